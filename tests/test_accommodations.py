"""What candidates are granted: read from the roster, sealed with the exam, printed where it belongs, not elsewhere."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pypdf
import pytest
import sample_sheets
from conftest import CLASS, SEED, Run
from test_outputs import pages

from qbank import intake, papers
from qbank.actions.make_paper import sheets
from qbank.bank import Bank
from qbank.intake._accommodations import accommodation
from qbank.model import LANGS, Accommodation, Candidate, Lang, Refused
from qbank.outputs import Workers, granted, html, pdf
from qbank.sheets import Keys

KNOWN = "write large print (大字卷), extra time 25% (延长 25%) or extra time 30 min (延长 30 分钟), or leave it empty"


@pytest.mark.parametrize(("cell", "read", "remark"), [
    ("", Accommodation(), ""),
    ("无", Accommodation(), ""),
    ("large print", Accommodation(True), ""),
    ("ＬＡＲＧＥ　ＰＲＩＮＴ", Accommodation(True), "full width"),
    ("大字卷", Accommodation(True), ""),
    ("extra time 25%", Accommodation(percent=25), ""),
    ("25 % extra time", Accommodation(percent=25), "the words behind"),
    ("+12.5%", Accommodation(percent=12.5), ""),
    ("30 minutes", Accommodation(minutes=30), "an amount of time alone"),
    ("延长考试时间30%", Accommodation(percent=30), ""),
    ("加时：45分钟", Accommodation(minutes=45), ""),
    ("大字卷、延长 30 分钟", Accommodation(True, minutes=30), ""),
    ("Extra_time: 10 min; LARGE", Accommodation(True, minutes=10), ""),
    ("large print, large print", Accommodation(True), "said twice is said"),
])  # fmt: skip
def test_a_cell_grants_what_it_says(cell: str, read: Accommodation, remark: str) -> None:
    assert accommodation(cell) == read, remark


@pytest.mark.parametrize(("cell", "error"), [
    ("braille", "the accommodation 'braille' is not recognised"),
    ("large print; scribe", "the accommodation 'scribe' is not recognised"),
    ("25", "the accommodation '25' is not recognised"),  # percent or minutes?
    ("extra time", "the accommodation 'extra time' is not recognised"),
    ("extra time 0%", "the extra time 'extra time 0%' is not possible"),
    ("+2500%", "the extra time '+2500%' is not possible"),
    ("2.5 min", "the extra time '2.5 min' is not possible"),
    ("25%; 30 min", "'25%; 30 min' grants extra time twice"),
])  # fmt: skip
def test_a_cell_that_is_not_recognised_is_refused_with_its_line(tmp_path: Path, cell: str, error: str) -> None:
    path = tmp_path / "class.csv"
    path.write_text(f'学号,便利\n1,\n2,"{cell}"\n', encoding="utf-8")

    with pytest.raises(Refused) as refused:
        intake.roster(path)

    assert str(refused.value) == f"{path}, line 3: {error}\n  → {KNOWN}"


def test_two_columns_of_accommodations_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "class.csv"
    path.write_text("id,accommodation,便利\n1,large print,\n", encoding="utf-8")

    with pytest.raises(
        Refused, match="several columns mean the accommodations of a candidate: 'accommodation', '便利'"
    ):
        intake.roster(path)


@pytest.mark.parametrize(("accommodation", "minutes", "extra"), [
    (Accommodation(percent=25), 90, 23), (Accommodation(percent=10), 30, 3), (Accommodation(percent=30), 110, 33),
    (Accommodation(minutes=20), 45, 20), (Accommodation(True), 45, 0),
])  # fmt: skip
def test_extra_time_is_whole_minutes(accommodation: Accommodation, minutes: int, extra: int) -> None:
    assert accommodation.extra(minutes) == extra


GRANTED = Candidate("2001", "张三", "一班", Accommodation(True, percent=50))


def test_it_is_sealed_with_the_exam(gallery: Bank) -> None:
    plan = gallery.blueprint("everything")
    exam = papers.compose(plan, gallery, seed=SEED, candidates=(GRANTED, *CLASS[1:]), each=True)
    kept = dict(papers.files(exam))
    record = json.loads(kept["private/exam.json"])

    assert papers.opened(kept.__getitem__).candidates == exam.candidates
    assert [each.get("accommodation") for each in record["candidates"]] == [
        {"large_print": True, "percent": 50, "minutes": 0}, None, None
    ]  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
def test_extra_time_is_printed_in_the_strip_and_nowhere_else(lang: Lang) -> None:
    told = {"zh": "延长", "en": "extra"}[lang]
    sheet = sample_sheets.sheet(lang, candidate=replace(GRANTED, accommodation=Accommodation(percent=50)))
    found: list[tuple[str, float]] = []

    def seen(text: str, at: list[float], to: list[float], *_: object) -> None:
        found.append((text, at[4] * to[0] + at[5] * to[2] + to[4]))

    for page in pypdf.PdfReader(io.BytesIO(pdf.sheet(sheet))).pages:
        page.extract_text(visitor_text=seen)
    places = [x for text, x in found if told in text]

    assert places
    assert max(places) < 3 * 72 / 2.54
    assert told in html.sheet(sheet)


def type_size(paper: bytes) -> float:
    """The size of the type in which most texts are printed."""
    sizes: list[float] = []

    def seen(text: str, _at: object, to: list[float], _font: object, size: float) -> None:
        if len(text) > 9:
            sizes.append(round(size * abs(to[0] or to[1]), 1))

    for page in pypdf.PdfReader(io.BytesIO(paper)).pages:
        page.extract_text(visitor_text=seen)
    return max(set(sizes), key=sizes.count)


@pytest.mark.parametrize("lang", LANGS)
def test_large_print_is_the_same_paper_in_larger_type(lang: Lang) -> None:
    usual = sample_sheets.sheet(lang)
    large = replace(usual, large_print=True)
    words = {"zh": "大字卷", "en": "Largeprint"}[lang]
    before, after = type_size(pdf.sheet(usual)), type_size(pdf.sheet(large))
    texts = "".join(pages(pdf.sheet(large)))

    assert (before, after) == (10.5, 14.7)
    assert words in texts
    assert words not in "".join(pages(pdf.sheet(usual)))
    assert 'class="sheet large"' in html.sheet(large)


def test_large_print_in_a_class_has_pages_of_its_own(gallery: Bank) -> None:
    plan = gallery.blueprint("everything")
    exam = papers.compose(plan, gallery, seed=SEED, candidates=(CLASS[1], GRANTED, CLASS[2]), each=True)
    alone = {name: pdf.sheet(sheet) for name, sheet in sheets(exam)}
    together = dict(pdf.print_all(sheets(exam), Workers(1)))

    assert together["2001"] == alone["2001"]  # the pages of its neighbours do not count
    assert together["2002"] == alone["2002"]


def test_a_named_form_has_a_second_file_for_large_print(run: Run, tmp_path: Path) -> None:
    (tmp_path / "class.csv").write_text("id,便利\n1,\n2,大字\n3,延长10%\n4,\n", encoding="utf-8")
    code, out, _ = run("paper", "everything", "--roster", "class.csv", "--forms", "A,B", "-o", "exam",
                       "--lang", "both", "--no-html")  # fmt: skip
    names = sorted(path.name for path in (tmp_path / "exam" / "sheets").iterdir() if path.suffix == ".pdf")

    assert code == 0
    assert names == [
        "A.en.pdf", "A.zh.pdf", "B-large-print.en.pdf", "B-large-print.zh.pdf", "B.en.pdf", "B.zh.pdf",
        "all-001-004.en.pdf", "all-001-004.zh.pdf",
    ]  # fmt: skip
    assert "accommodation: 2, paper B: Large print\n" in out
    assert "accommodation: 3, paper A: Extra time 10% (" in out


def test_the_marking_list_says_what_is_granted() -> None:
    keys = Keys("zh", "测验", ("Q1",), (Fraction(2),), ((GRANTED, "001", ("5",)), (None, "004", ("6",))))

    assert "2001张三[大字卷，延长时间50%]" in "".join(pages(pdf.markinglist(keys, Workers(1))))
    assert granted(Accommodation(), "zh") == ""
