"""Papers as a print shop gets them: whole sheets, the sealed strip, the code on each page, where pages end."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pypdf
import pytest
import sample_sheets
from hypothesis import given
from hypothesis import strategies as st
from sample_sheets import p, part, question, section
from test_outputs import pages, short

from qbank import bank, model, resources
from qbank import papers as papers_of
from qbank.bank import Bank
from qbank.bank.blueprint import Blueprint
from qbank.bank.logo import fault_of
from qbank.model import LANGS, Bilingual, Candidate, Imposition, Lang, Refused
from qbank.outputs import html, pdf
from qbank.outputs.pdf import breaks, pagecode, paper, press
from qbank.outputs.pdf.breaks import NEVER, Unit
from qbank.sheets import Imprint, Serial, Sheet
from qbank.waist import TextEntry

BLANK = {"zh": "本页无试题", "en": "Thispageisblank"}


def papers(lang: Lang, size: int) -> list[bytes]:
    return [pdf.sheet(sample_sheets.sheet(lang)) for _ in range(size)]


@pytest.mark.parametrize(("on", "blank", "remark"), [
    (Imposition("A4", 1, 1), [], "each page is a sheet"),
    (Imposition("A4", 2, 2), [4, 8], "three pages: the next candidate begins on a front"),
    (Imposition("A4", 2, 4), [4, 8], "folded sheets of A3"),
])
@pytest.mark.parametrize("lang", LANGS)
def test_each_paper_of_a_volume_has_sheets_of_its_own(
    lang: Lang, on: Imposition, blank: list[int], remark: str
) -> None:
    volume = pages(pdf.together(papers(lang, 2), lang, on))

    assert [place for place, text in enumerate(volume, 1) if text == BLANK[lang]] == blank, remark
    assert len(volume) % on.printed == 0


@pytest.mark.parametrize(("on", "pages", "sheets"), [
    (Imposition(), 7, 4), (Imposition(), 8, 4), (Imposition("A4", 1, 1), 7, 7), (Imposition("A4", 2, 4), 9, 3),
    (Imposition("A3", 2, 4), 3, 2), (Imposition("A3", 1, 2), 3, 3),
])  # fmt: skip
def test_the_sheets_of_a_paper_follow_from_its_pages(on: Imposition, pages: int, sheets: int) -> None:
    assert on.sheets(pages) == sheets


@pytest.mark.parametrize("lang", LANGS)
def test_who_sits_a_paper_stands_in_the_strip_alone(lang: Lang) -> None:
    who = Candidate("20210001", "Zhang San", "E2301")
    sheet = replace(sample_sheets.sheet(lang, candidate=who), serial=Serial(123456, 7))
    found: list[tuple[str, float]] = []

    def seen(text: str, at: list[float], to: list[float], *_: object) -> None:
        found.append((text, at[4] * to[0] + at[5] * to[2] + to[4]))

    for page in pypdf.PdfReader(io.BytesIO(pdf.sheet(sheet))).pages:
        page.extract_text(visitor_text=seen)
    places = [x for text, x in found if any(each in text for each in ("20210001", "Zhang", "E2301"))]

    assert len(places) >= 3
    assert max(places) < 3 * 72 / 2.54  # left of the seal, which is 3 cm from the edge


@pytest.mark.parametrize("size", ["A4", "A3"])
@pytest.mark.parametrize("lang", LANGS)
def test_a_paper_is_printed_on_the_size_that_is_asked(lang: Lang, size: str) -> None:
    on = Imposition("A3", 2, 4) if size == "A3" else Imposition()
    sheet = replace(sample_sheets.sheet(lang), imprint=Imprint(imposition=on))
    printed = pypdf.PdfReader(io.BytesIO(pdf.sheet(sheet)))
    text = "".join("".join(page.extract_text().split()) for page in printed.pages)

    assert {round(float(page.mediabox.width)) for page in printed.pages} == {1191 if size == "A3" else 595}
    assert len(printed.pages) == (2 if size == "A3" else 3)
    assert {"zh": "第3页共3页", "en": "Page3of3"}[lang] in text
    assert (BLANK[lang] in text) == (size == "A3")  # the right half of the last side


def test_what_the_blueprint_says_of_the_examination_is_printed() -> None:
    notices = ((p("请用黑色笔。"),), (p("不得携带手机。"),))
    imprint = Imprint("2026—2027 学年第一学期", "2027-01-12", "EE2043", False, notices)
    sheet = replace(sample_sheets.sheet("zh"), imprint=imprint)
    text = "".join(pages(pdf.sheet(sheet)))
    page = "".join(html.sheet(sheet).split())
    told = ["2026—2027学年第一学期", "课程代码：EE2043", "2027年1月12日", "闭卷", "注意事项", "请用黑色笔。",
            "不得携带手机。"]  # fmt: skip

    assert [each for each in told if each not in text] == []
    assert [each for each in told if each not in page] == []


def test_a_section_with_an_answer_grid_has_a_cell_for_each_choice_and_no_brackets() -> None:
    sheet = sample_sheets.sheet("zh")
    choices = replace(sheet.sections[1], answer_grid=True)
    sheet = replace(sheet, sections=(choices,))
    text = pages(pdf.sheet(sheet))[0]

    assert "题号3456" in text
    assert "（　　）" not in text
    assert "题号" in html.sheet(sheet)


@given(st.integers(0, 999_999), st.integers(1, 99_999_999), st.integers(1, 99))
def test_the_code_of_a_page_is_that_of_its_digits(exam: int, seat: int, page: int) -> None:
    serial = Serial(exam, seat)
    quick = pagecode.modules(pagecode.digits(("en",), serial, 0)) ^ pagecode._change(page)

    assert np.array_equal(quick, pagecode.modules(pagecode.digits(("en",), serial, page)))


def test_the_code_says_neither_key_nor_seed_nor_name() -> None:
    sheet = sample_sheets.sheet("zh", candidate=Candidate("20210001", "张三"))
    same = replace(sheet, candidate=Candidate("20210002", "李四"), form="B")

    assert pagecode.digits(("zh",), Serial(42, 7), 3) == "1" + "000042" + "00000007" + "03"
    assert Sheet.__dataclass_fields__.keys() & {"seed", "key", "id"} == set()
    assert same.serial == sheet.serial is None


units = st.builds(
    Unit, st.floats(1, 60), st.floats(0, 10), st.sampled_from([NEVER, 0.0, 60.0, 400.0]), st.floats(0, 20),
    st.integers(0, 3),
)  # fmt: skip


@given(st.lists(units, min_size=1, max_size=25), st.sampled_from([frozenset(), frozenset({0}), frozenset({1})]))
def test_pages_hold_every_unit_once_in_order_and_none_ends_where_it_may_not(
    made: list[Unit], turned: frozenset[int]
) -> None:
    plan = breaks.divided(made, 100, turned)

    assert [place for page in plan for place in range(page.start, page.end)] == list(range(len(made)))
    assert all(made[page.start].tear != NEVER for page in plan[1:])
    for page in plan:
        own = made[page.start : page.end]
        high = sum(unit.height + page.more * unit.room for unit in own) + sum(unit.gap for unit in own[1:])
        high += sum(page.air for unit in own[1:] if unit.air)
        assert high <= 100 or page.count > 1


@pytest.mark.parametrize(("made", "ends", "remark"), [
    ([Unit(30), Unit(30, tear=0), Unit(50, tear=0)], [2, 3], "a question that does not fit begins a page"),
    ([Unit(40), Unit(30, tear=0), Unit(40, tear=400)], [1, 3], "a question stays together, whatever is left empty"),
    ([Unit(20), Unit(50, tear=0), Unit(30, tear=400)], [2, 3], "but no page is left under a third full"),
    ([Unit(50), Unit(30, tear=NEVER), Unit(60, tear=0)], [2, 3], "a heading stays with its first question"),
])
def test_a_page_ends_where_it_costs_least(made: list[Unit], ends: list[int], remark: str) -> None:
    assert [page.end for page in breaks.divided(made, 100, set())] == ends, remark


def test_what_a_page_leaves_goes_to_the_gaps_between_questions_but_not_below_a_heading() -> None:
    made = [Unit(20), Unit(20, gap=5, tear=NEVER), Unit(20, gap=5, tear=0), Unit(60, tear=0)]
    first, last = breaks.divided(made, 100, set())

    assert (first.end, first.air) == (3, 6.0)  # 100 less 70 less what is spared for other forms: one gap
    assert last.air == 0.0  # the last page ends where it ends


def test_what_must_be_torn_is_torn_where_both_pages_lie_side_by_side() -> None:
    torn = [Unit(60), Unit(60, tear=0, question=1), Unit(60, tear=400, question=1), Unit(60, tear=0)]
    facing = breaks.divided(torn, 100, {0})

    assert [(page.start, page.continued) for page in facing] == [(0, 0), (1, 0), (2, 1), (3, 0)]


def test_the_pages_of_one_form_serve_for_another_that_fits_them() -> None:
    one, other = short("第一份"), short("第二份")
    long = replace(short("长"), notes=tuple(p(f"第{i}段") for i in range(90)))
    plan = paper.planned(one)

    assert paper.printed(other, plan) == pdf.sheet(other)
    assert paper.printed(long, plan) == pdf.sheet(long)  # it does not fit them: it gets its own
    assert all(f"第{i}段" in "".join(pages(paper.printed(long, plan))) for i in range(90))


@pytest.mark.parametrize("template", ["sheet", "feedback"])
def test_no_style_of_a_page_holds_what_differs_from_paper_to_paper(template: str) -> None:
    """All that is printed has the style of its page: with another one, nothing of it is taken from an earlier paper."""
    text = (resources.folder("templates") / f"paper/{template}.typ.j2").read_text(encoding="utf-8")
    style = text[text.index("#set page(") : text.index("\n)\n", text.index("#set page("))]

    assert set(re.findall(r"doc\.\w+", style)) <= {"doc.sides"}
    assert "query(<" in text


def test_a_paper_is_the_same_whatever_was_printed_before_it() -> None:
    one, other = sample_sheets.sheet("zh"), short("另一份")
    first = pdf.sheet(one)
    pdf.sheet(other)
    press.forget()

    assert pdf.sheet(one) == first


def test_nothing_of_a_paper_stays_where_it_was_typeset() -> None:
    pdf.sheet(short("题"))

    assert list(press._root().iterdir()) == []


def test_a_page_that_cannot_be_written_to_be_typeset_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "_root", lambda: Path("/dev/null"))

    with pytest.raises(Refused, match=r"^/dev/null/doc.json: cannot be written, and a page is typeset from it: Not a "):
        press.typeset("blank", "en", {})


@pytest.mark.parametrize(("paper", "error"), [
    ("{size: A5}", "'A5' is not known; the known ones are: A3, A4"),
    ("{size: A3, multiple: 1}",
     "a sheet of A3 with 2 printed sides holds 4 pages of A4; write multiple: 4, or leave it out"),
    ("{sides: 3}", "'3' is not known; the known ones are: 1, 2"),
])
def test_sheets_that_cannot_be_are_told(paper: str, error: str) -> None:
    found = _problems(f"paper: {paper}\n")
    assert error in found


NO_LOGO = "is not the name of a .png or .svg file beside the blueprint, such as logo.svg"


@pytest.mark.parametrize(("line", "error"), [
    ("date: 12.1.2027\n", "'12.1.2027' is not a date; write it as 2027-01-12"),
    ("date: 2027-02-30\n", "'2027-02-30' is not a date; write it as 2027-01-12"),
    ("logo: ../logo.svg\n", f"'../logo.svg' {NO_LOGO}"),
    ("logo: /etc/passwd\n", f"'/etc/passwd' {NO_LOGO}"),
    ("logo: logo.gif\n", f"'logo.gif' {NO_LOGO}"),
])
def test_what_a_paper_cannot_bear_is_told(line: str, error: str) -> None:
    assert error in _problems(line)


PLAN = """id: quiz
title: {zh: 测验, en: Quiz}
minutes: 10
total: 2
sections:
  - title: {zh: 题, en: Questions}
    marks: 2
    items: [a]
"""


def _problems(line: str) -> str:
    plan, problems = bank.read(bank.Source("quiz.yaml", (PLAN + line).encode()), Blueprint)
    assert plan is None
    return "\n".join(map(str, problems))


@pytest.mark.parametrize(("room", "centimetres"), [("yes", 1.2), ("no", 0.0), ("1.5cm", 1.5), ("0.8 cm", 0.8)])
def test_room_for_working_is_so_much_a_mark(room: str, centimetres: float) -> None:
    text = PLAN.replace("    marks: 2\n", f"    marks: 2\n    working: {room}\n")
    plan, problems = bank.read(bank.Source("quiz.yaml", text.encode()), Blueprint)

    assert problems == []
    assert plan is not None
    assert plan.sections[0].working == centimetres


SVG = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>{}</svg>"


@pytest.mark.parametrize(("content", "fault"), [
    (SVG.format("<path d='M0 0H9V9Z'/>"), ""),
    (SVG.format("<image href='file:///etc/passwd'/>"), "has '<image', which is not allowed in a printed drawing"),
    (SVG.format("<script>1</script>"), "has '<script', which is not allowed in a printed drawing"),
    (SVG.format("<path style='fill:url(http://a/b)'/>"), "has 'url(', which is not allowed in a printed drawing"),
    ("<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SVG.format("&a;"), "is neither a PNG nor an SVG image"),
    (SVG.format("<path"), "is damaged"),
    ("<svg viewBox='0 0 1 1'/>", "needs the namespace of SVG, and either a viewBox or a width and a height"),
    ("\x89PNG", "is neither a PNG nor an SVG image"),
])
def test_a_logo_that_reaches_further_or_is_damaged_is_refused(content: str, fault: str) -> None:
    found = fault_of(content.encode("latin-1"))
    assert found.startswith(fault) and bool(found) == bool(fault)


def test_a_question_says_that_it_goes_on() -> None:
    parts = [part(f"p{i}", TextEntry(), p("求"), label=f"({i})", space=6.0) for i in range(1, 8)]
    asked = replace(question(1, (p("长题"),), *parts), marks=Fraction(14))
    text = pages(pdf.sheet(replace(short(""), sections=(section("一", "题", "", asked),))))

    assert ["第1题（续）" in page for page in text] == [False, True, True]


PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGM4IScHRAwQCgAfJgQRoo8irwAAAABJRU5ErkJggg=="
)


def test_a_png_logo_is_printed_and_stands_on_the_web_page() -> None:
    assert fault_of(PNG) == ""
    sheet = replace(sample_sheets.sheet("zh"), imprint=Imprint(logo=PNG))
    first = pypdf.PdfReader(io.BytesIO(pdf.sheet(sheet))).pages[0]

    assert len(first.images) == 1
    assert 'class="logo" src="data:image/svg+xml;base64,' in html.sheet(sheet)
    assert 'class="logo"' not in html.sheet(sample_sheets.sheet("zh"))


def test_all_that_a_blueprint_says_of_the_examination_is_sealed(gallery: Bank) -> None:
    said = model.Imprint(
        Bilingual("秋", "Autumn"), "2027-01-12", "EE1", False, (Bilingual("静", "Silence"),), PNG,
        Imposition("A3", 1, 2),
    )  # fmt: skip
    exam = replace(papers_of.compose(gallery.blueprint("everything"), gallery, seed="s"), imprint=said)
    kept = dict(papers_of.files(exam))

    assert papers_of.opened(kept.__getitem__).imprint == said
    assert kept["private/logo"] == PNG
