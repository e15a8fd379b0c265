"""Pages: what a candidate sees, what an examiner sees, and that no text of anybody's can break either."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pypdf
import pytest
import sample_sheets
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_sheets import HOSTILE, SECRET, m, option, p, part, question, section

from qbank.model import LANGS, Bilingual, Blank, Candidate, Imposition, Lang, Name, Paragraph, Printed, Refused
from qbank.outputs import _page, _parallel, _questions, _text, _view, html, pdf, workers
from qbank.outputs.html.page import Page
from qbank.outputs.pdf.markinglist import WHOLE
from qbank.sheets import Answer, Book, Keys, Part, Sheet, Worked
from qbank.waist import Choice, ExtendedText, TextEntry, Unscored


@cache
def printed(lang: Lang) -> bytes:
    return pdf.sheet(sample_sheets.sheet(lang))


@cache
def web(lang: Lang) -> str:
    return html.sheet(sample_sheets.sheet(lang))


def pages(document: bytes) -> list[str]:
    """The text of each page without white space: typesetting may break a line anywhere."""
    return ["".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(document)).pages]


def squeezed(text: str) -> str:
    return "".join(text.split())


def spaced(text: str) -> str:
    """The text with plain spaces: one at which no line ends is a space to a reader."""
    return text.replace("\u00a0", " ")


def short(notes: str, lang: Lang = "zh") -> Sheet:
    """A sheet of one question whose text is given."""
    only = section("一", "题", "", question(1, (p(notes),), part("a", TextEntry())))
    return replace(sample_sheets.sheet(lang), notes=(), sections=(only,))


class Elements(HTMLParser):
    """The tags, attributes and visible text of a page; complains of a tag that does not close what is open."""

    VOID = frozenset({"meta", "img", "input", "br"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(str(page))  # plain: text that is marked as trusted would be escaped again
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


# --- paper -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_the_same_sheet_gives_the_same_bytes(lang: Lang) -> None:
    assert pdf.sheet(sample_sheets.sheet(lang)) == printed(lang)


@pytest.mark.parametrize("lang", LANGS)
def test_a_paper_is_archival_accessible_and_in_its_language(lang: Lang) -> None:
    reader = pypdf.PdfReader(io.BytesIO(printed(lang)))
    root: Any = reader.root_object
    about: Any = reader.metadata

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == {"zh": "zh-CN", "en": "en"}[lang]
    assert b"pdfuaid" in printed(lang)
    assert b"pdfaid" in printed(lang)
    assert set(about) <= {"/Title", "/Creator", "/Producer", "/CreationDate", "/ModDate"}
    assert about["/Title"] == {"zh": "期末考试", "en": "Final Examination"}[lang]


@pytest.mark.parametrize("lang", LANGS)
def test_a_paper_uses_our_fonts_alone_and_holds_them(lang: Lang) -> None:
    sheets: Any = pypdf.PdfReader(io.BytesIO(printed(lang))).pages
    fonts = [font.get_object() for page in sheets for font in page["/Resources"]["/Font"].values()]
    names = {str(font["/BaseFont"]).split("+")[1].split("-")[0] for font in fonts}

    assert names == {"STIXTwoText", "STIXTwoMath", "NotoSerifSC", "NotoSansSC", "DejaVuSansMono"}


@pytest.mark.parametrize(("lang", "texts"), [
    ("zh", ["某某大学", "《模拟电子技术》期末考试（A卷）", "考试时间：120分钟", "姓名", "学号", "班级",
            "题号一二三四五总分", "阅卷人", "一、填空题（每空1分，共4分）", "四、匹配与排序题（共6分）",
            "（9.5分）电路如图", "第1页共3页",
            "密封线内请勿答题", "复核人", "请翻页", "（全卷完）"]),
    ("en", ["ExampleUniversity", "AnalogueElectronics:FinalExamination—PaperA", "Timeallowed:120minutes", "StudentNo.",
            "SectionB.Multiplechoice(2markseach,8inall)", "(9.5marks)", "[2.5]", "Page1of3",
            "Checkedby", "Turnover", "Endofpaper"]),
])
def test_a_paper_says_what_an_examination_says(lang: Lang, texts: list[str]) -> None:
    whole = "".join(pages(printed(lang)))
    missing = [text for text in texts if text not in whole]
    assert missing == []


@pytest.mark.parametrize("lang", LANGS)
def test_hostile_texts_print_as_they_are_written(lang: Lang) -> None:
    assert squeezed(" ".join(HOSTILE)) in "".join(pages(printed(lang)))


@settings(max_examples=25, deadline=None)
@given(st.text(st.sampled_from("#$\\[]{}()<>@*_`~=-+/.,:;!?%&^|'\"0 1aé中，。“”…—Ω\n\t\x00\u202e"), max_size=40))
def test_any_text_prints_as_it_is_written(text: str) -> None:
    assert squeezed(f"始{_text.clean(text)}终") in "".join(pages(pdf.sheet(short(f"始{text}终"))))


def test_a_candidate_stands_on_their_own_paper() -> None:
    who = Candidate("20210001", "欧阳\U00030000娜", "#panic()")
    text = "".join(pages(pdf.sheet(replace(short("题"), candidate=who, form="X7Q2"))))
    missing = [each for each in ("欧阳〓娜", "20210001", "#panic()", "（X7Q2卷）") if each not in text]

    assert missing == []  # a character that no font has is 〓 in a name: nobody's name may stop an exam


def test_a_character_that_no_font_has_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        pdf.sheet(short("a \U0001f600 b"))

    assert str(caught.value) == "no font of the paper has '\U0001f600'; write it in another way"


def test_a_question_is_not_torn_from_its_figure_and_options() -> None:
    drawn = sample_sheets.sections("zh")[1].questions[1]
    for before in range(1, 30, 3):
        filler = [replace(question(i, (p("填充"),), part("a", TextEntry()))) for i in range(before)]
        sheet = replace(short(""), sections=(section("一", "题", "", *filler, drawn),))
        with_stem = [page for page in pages(pdf.sheet(sheet)) if "电路如图" in page]

        assert len(with_stem) == 1
        assert "D.闭环增益" in with_stem[0]


def test_a_question_longer_than_a_page_goes_on_to_the_next() -> None:
    long = question(1, tuple(p(f"第{i}段") for i in range(80)), part("a", ExtendedText(40)))
    text = pages(pdf.sheet(replace(short(""), sections=(section("一", "题", "", long),))))

    assert len(text) > 2
    assert all(f"第{i}段" in "".join(text) for i in range(80))


def test_many_papers_come_in_order_and_as_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_parallel, "FEW", 2)
    monkeypatch.setattr(_parallel, "CHUNK", 2)
    sheets = [(f"{i}.pdf", short(f"第{i}份")) for i in range(7)]

    with workers(2) as several:
        assert list(pdf.print_all(sheets[:2], several)) == [(name, pdf.sheet(each)) for name, each in sheets[:2]]
        assert list(pdf.print_all(iter(sheets), several)) == [(name, pdf.sheet(each)) for name, each in sheets]
        assert list(pdf.print_all(sheets[:2], several)) == [(name, pdf.sheet(each)) for name, each in sheets[:2]]


def test_many_papers_are_taken_as_they_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_parallel, "FEW", 2)
    monkeypatch.setattr(_parallel, "CHUNK", 1)
    taken: list[int] = []

    def sheets() -> Iterator[tuple[str, Sheet]]:
        for i in range(1000):
            taken.append(i)
            yield f"{i}", short("题")

    with workers(2) as several:
        next(pdf.print_all(sheets(), several))

    assert len(taken) <= 8


def test_what_is_to_be_done_later_is_done_by_the_processes_that_print(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_parallel, "FEW", 0)
    paper = pdf.sheet(short("题"))
    with workers(2) as several:
        here = several.later(pdf.together, [paper] * 2, "zh", Imposition("A4", 1, 1))
        list(several.each(pdf.sheet, [("1", short("题"))]))
        there = several.later(pdf.together, [paper] * 2, "zh", Imposition("A4", 1, 1))

        assert here() == there()


def test_papers_joined_are_all_their_pages_and_the_same_bytes() -> None:
    papers = [pdf.sheet(short(f"第{i}份")) for i in range(3)]

    volume = pdf.together(papers, "zh", Imposition("A4", 1, 1))

    assert [re.findall("第.份", text) for text in pages(volume)] == [["第0份"], ["第1份"], ["第2份"]]
    assert volume == pdf.together(papers, "zh", Imposition("A4", 1, 1))


def test_the_answer_book_shows_what_counts_as_right_and_wrong() -> None:
    text = "".join(pages(pdf.book(sample_sheets.book("zh"))))
    missing = [each for each in (f"[{SECRET},1]", "漏掉负号", "<script>alert(1)</script>", "由虚短、虚断得", "50%",
                                 "opamp.sample.q12", "参考答案与评分标准") if each not in text]
    assert missing == []


# --- web ---------------------------------------------------------------------------------------------------------


def books() -> tuple[Book, Book]:
    zh, en = sample_sheets.book("zh"), sample_sheets.book("en")
    return replace(zh, worked=zh.worked[10:]), replace(en, worked=en.worked[10:])


@cache
def gallery() -> str:
    title, facts = Bilingual("细胞", "Cell"), (("变式数", "1 024"),)
    entry = html.Entry("rnn.cell", title, "rnn/lstm", ("number",), facts, (books(), books()))
    return html.gallery((entry, replace(entry, item='"><script>')), "题库 <b>", facts=("2 items",))


WEB = pytest.mark.parametrize("page", [
    pytest.param(lambda: web("zh"), id="sheet-zh"), pytest.param(lambda: web("en"), id="sheet-en"),
    pytest.param(lambda: html.book(sample_sheets.book("zh")), id="book"), pytest.param(gallery, id="gallery"),
])


@WEB
def test_a_web_page_is_well_formed_and_needs_nothing_but_itself(page: Callable[[], str]) -> None:
    text = page()
    found = Elements(text)
    addresses = [value for _, attributes in found.seen for name, value in attributes.items() if name in ("src", "href")]
    policy = next(a["content"] for tag, a in found.seen if a.get("http-equiv") == "Content-Security-Policy") or ""
    style = re.search("<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()

    assert not [tag for tag, _ in found.seen if tag in ("script", "link", "iframe", "object")]
    assert not [(tag, name) for tag, a in found.seen for name in a if name == "style" or name.startswith("on")]
    assert all(address and address.startswith(("data:", "#")) for address in addresses)
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'; ")
    assert "url(http" not in text


@WEB
def test_every_figure_of_a_web_page_says_what_it_shows(page: Callable[[], str]) -> None:
    found = Elements(page())
    said = [a.get("aria-label") or "" for _, a in found.seen if a.get("role") == "img"]

    assert all(said)
    assert [label for label in said if "运算电路" in label or "amplifier" in label]


@pytest.mark.parametrize("lang", LANGS)
def test_hostile_texts_show_as_they_are_written(lang: Lang) -> None:
    assert squeezed(" ".join(HOSTILE)) in squeezed(Elements(web(lang)).text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_shows_as_it_is_written(text: str) -> None:
    nodes = _text.blocks((p(f"始{text}终"),), "zh")
    doc: dict[str, Any] = {
        "lang": "zh", "institution": "", "headline": "", "facts": [], "fields": [], "notes": nodes, "sections": [],
        "about": [], "notices": [], "logo": "", "second": None,
    }  # fmt: skip
    shown = Elements(Page("zh", "sheet").fill("sheet", doc=doc)).text

    assert spaced(f"始{_text.clean(text)}终") in spaced(shown)


def test_a_web_page_carries_every_chinese_character_it_shows() -> None:
    fonts = re.findall(r"font-weight: 400; src: url\(data:font/woff;base64,([^)]*)\)", web("zh"))
    carried = set(TTFont(io.BytesIO(base64.b64decode(fonts[0]))).getBestCmap())

    assert {c for c in Elements(web("zh")).text if "\u3000" <= c <= "\uffef"} - set(map(chr, carried)) == set()


def test_the_gallery_shows_both_languages_and_folds_the_keys_away() -> None:
    found = Elements(gallery())
    tags = [tag for tag, _ in found.seen]

    assert tags.count("details") == 1 + 2 * 2 * 2 * 2  # the contents; then entries, variants, languages, questions
    assert "由虚短、虚断得" in found.text
    assert "With a virtual short," in found.text


# --- no sheet contains a key -------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_no_sheet_contains_a_key(lang: Lang) -> None:
    assert SECRET in Elements(html.book(sample_sheets.book(lang))).text  # so that its absence below means something
    assert SECRET not in "".join(pages(printed(lang)))
    assert SECRET not in web(lang)
    assert "opamp.sample" not in web(lang)


# --- where things stand ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("texts", "columns", "remark"), [
    (["10", "100", "1000", "40"], 4, "short ones share a line"),
    (["输入电阻等于零", "输出电阻很大", "是电流负反馈", "以上都不对"], 4, "seven wide characters still do"),
    (["输入电阻等于第一个电阻", "b", "c", "d"], 2, "the longest one decides"),
    (["遗忘门的输出在零与一之间，它逐元素地乘在上一时刻的细胞状态上", "b", "c", "d"], 1, "long ones stand alone"),
    (["a", "b", "c"], 3, "three in three"),
    (["a", "b", "c", "d", "e", "f"], 3, "six in two rows of three"),
])
def test_options_share_lines_as_their_length_allows(texts: list[str], columns: int, remark: str) -> None:
    options = [_text.blocks(option(text), "zh") for text in texts]
    assert _questions.options_columns(options) == columns, remark


def test_a_formula_counts_by_what_it_prints() -> None:
    options = [_text.blocks(option(m(r"\mathrm{k\Omega}")), "zh")] * 4
    assert _questions.options_columns(options) == 4


def seen(body: _page.Body) -> str:
    """Paragraphs as text, what stands at the right after a bar."""
    paragraphs = [block for block in body if isinstance(block, _page.Paragraph)]
    return "/".join(_text.plain(each.run) + ("|" + _text.plain(each.tail) if each.tail else "") for each in paragraphs)


@pytest.mark.parametrize(("lang", "marked", "lead", "body"), [
    ("zh", True, "（4 分）", "题干。求甲。"),
    ("zh", False, "", "题干。求甲。"),
    ("en", True, "", "题干。 求甲。|[4]"),
])
def test_a_single_part_runs_on_from_its_stem(lang: Lang, marked: bool, lead: str, body: str) -> None:
    one = question(1, (p("题干。"), sample_sheets.amplifier()), part("a", TextEntry(), p("求甲。"), marks=4))
    view = _questions.question(one, lang, marked=marked)

    assert (view.lead, seen(view.body)) == (lead, body)
    assert list(map(_page.sort, view.body)) == ["Paragraph", "Figure"]


@pytest.mark.parametrize(("marks", "inline", "note", "leads", "remark"), [
    ([2, 2], False, "每题 2 分", ["", ""], "the section says it for all"),
    ([2, 2], False, "", ["（2 分）", "（2 分）"], "nothing else does"),
    ([2, 3], False, "共 5 分", ["（2 分）", "（3 分）"], "they differ"),
    ([1, 1], True, "每空 1 分", ["", ""], "every blank is worth the same, however many a question has"),
    ([1, 2], True, "共 6 分", ["（2 分）", "（4 分）"], "blanks differ"),
])
def test_a_question_says_its_marks_where_its_section_does_not(
    marks: list[int], inline: bool, note: str, leads: list[str], remark: str
) -> None:
    def parts(worth: int) -> list[Part]:
        return [part(f"p{i}", TextEntry(), marks=worth, inline=inline) for i in range(2 if inline else 1)]

    stem = (p(*(Blank(f"p{i}") for i in range(2 if inline else 0))),)
    whole = section("一", "题", note, *(question(i, stem, *parts(worth)) for i, worth in enumerate(marks)))
    assert [each.lead for each in _questions.section(whole, "zh").questions] == leads, remark


@pytest.mark.parametrize(("printed", "node"), [
    (Printed("√", r"\text{√}", "√", r"\text{√}"), _page.Text("√")),
    (Printed("−10", "-10", "−10", "-10"), _page.Formula("-10")),
    (Printed("B", "", "B", ""), _page.Text("B")),
])
def test_a_key_is_a_formula_unless_it_is_words(printed: Printed, node: _page.Inline) -> None:
    one = question(1, (p("题"),), part("a", TextEntry()))
    worked = Worked(one, "item", "题", (Answer(one.parts[0], printed, "", (), Unscored("")),), ())

    assert _view.worked(worked, "zh").answers[0].key == (node,)


def test_several_parts_bear_their_own_marks() -> None:
    two = question(
        1, (p("题干。"),), part("a", TextEntry(), p("求甲。"), label="(1)", marks=Fraction(5, 2)),
        part("b", Choice((option("x"),)), p("选乙。"), label="(2)"),
    )
    zh, en = _questions.question(two, "zh"), _questions.question(two, "en")

    assert (zh.lead, seen(zh.body)) == ("（4.5 分）", "题干。")
    assert [seen(each.body) for each in zh.parts] == ["求甲。（2.5 分）", "选乙。（2 分）|____"]
    assert seen(en.body) == "题干。|(4.5 marks)"
    assert [seen(each.body) for each in en.parts] == ["求甲。|[2.5]", "选乙。|____[2]"]


@pytest.mark.parametrize(("run", "error"), [
    (p(Name("R1")), "the name 'R1' is still open on a page"),
    (p(Blank("x")), "the blank 'x' belongs to no part of this question"),
])
def test_an_unfinished_text_is_not_printed(run: Paragraph, error: str) -> None:
    with pytest.raises(ValueError, match=re.escape(error)):
        _questions.question(question(1, (run,), part("a", TextEntry())), "zh")


# --- marking list ------------------------------------------------------------------------------------------------


def marking_list(keys: Keys, count: int = 1) -> bytes:
    with workers(count) as some:
        return pdf.markinglist(keys, some)


def test_the_marking_list_has_a_row_for_each_candidate_and_every_key() -> None:
    columns = tuple(f"{i}" for i in range(1, 41))
    rows = [(Candidate(f"2021{i:03d}", "张三"), f"F{i}", tuple(f"k{i}_{column}" for column in columns))
            for i in range(30)]  # fmt: skip
    marks = (Fraction(7, 2),) * 40
    text = "".join(pages(marking_list(Keys("zh", "期末", columns, marks, (*rows, (None, "B", ("#set",) * 40))))))
    missing = [key for _, code, keys in rows for key in (code, *keys) if key not in text]

    assert missing == []
    assert "2021029张三F29" in text
    assert text.count("3.5") >= 40
    assert "#set" in text


def test_a_row_of_the_marking_list_must_have_every_key() -> None:
    with pytest.raises(ValueError, match=r"^paper A has 1 keys for 2 columns$"):
        marking_list(Keys("en", "t", ("1", "2"), (Fraction(1),) * 2, ((None, "A", ("x",)),)))


def test_a_long_marking_list_has_every_row_and_numbers_its_pages_through() -> None:
    rows = tuple((Candidate(f"{i}", "张三"), f"F{i}", (f"k{i}", "×")) for i in range(WHOLE + 1))
    keys = Keys("zh", "期末", ("1", "2"), (Fraction(1),) * 2, rows)
    whole = marking_list(keys)
    read = pypdf.PdfReader(io.BytesIO(whole))
    text = [page.extract_text() for page in read.pages]
    found = [re.findall(r"\bk\d+", page) for page in text]

    assert [key for page in found for key in page] == [key for _, _, (key, _) in rows]
    assert [re.findall(r"第(\d+)页共(\d+)页", page.replace(" ", "")) for page in text] == [
        [(str(place), str(len(text)))] for place in range(1, len(text) + 1)]  # fmt: skip
    outline: Any = read.outline
    marks = {read.get_destination_page_number(each) or 0: each.title for each in outline}
    assert [found[page][0] for page in marks] == ["k0", "k100", "k200"]
    assert list(marks.values()) == ["F0–F99", "F100–F199", "F200–F200"]
    assert whole == marking_list(keys, 2)


def test_a_marking_list_of_a_class_is_one_tagged_document() -> None:
    rows = tuple((None, f"F{i}", (f"k{i}",)) for i in range(WHOLE))

    printed = marking_list(Keys("en", "t", ("1",), (Fraction(1),), rows))

    assert "/StructTreeRoot" in pypdf.PdfReader(io.BytesIO(printed)).root_object


