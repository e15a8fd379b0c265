"""Answers written to break something: from the responses to every page and table, nothing of them is ever alive."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
import sat_exam
from conftest import SEED
from test_kinds import part

from qbank import algebra, answers, formulas, intake, numerals, papers, registry, units
from qbank.actions import review
from qbank.actions.grade import grade
from qbank.bank import Bank
from qbank.formulas import Vocabulary
from qbank.model import READ, UNREADABLE, Candidate, Example, Refused, Rules
from qbank.outputs import html, pdf
from qbank.papers import Exam

MARK = "qqalive"
HOSTILE = {
    "a megabyte": "1" * 1_000_000,
    "deep brackets": "(" * 999,
    "deep lists": "[" * 500 + "]" * 500,
    "a tower": "9^9^9^9",
    "another tower": "2**2**2**2**2**2**2",
    "python": "__import__('os')",
    "a template": "{{7*7}}",
    "another template": "{% raw %}${7*7}<%= 7*7 %>",
    "typst": f"#set page(1cm) #{MARK} $x$ ] #[",
    "a shell": "$(reboot)`reboot`",
    "a formula cell": "=cmd|' /C calc'!A0",
    "another formula cell": '@SUM(1+1)*cmd|"/C calc"!A0',
    "more formula cells": "+1+cmd|' /C calc'!A0",
    "a formula cell behind a tab": "\t=1+1",
    "a wide formula cell": "＝1+1",
    "an element": f'<img src=x onerror="{MARK}()"><{MARK}>',
    "an attribute": f"\" {MARK}=1 onmouseover={MARK} x='",
    "an ending": f"</script></style></textarea>--><script>{MARK}()</script>",
    "an entity": "&lt;b&gt;&#60;b&#62;&amp;",
    "control characters": "\x01\x07\x1b[2J\x7f\x85\x9f5",
    "a zero byte": "5\x00V",
    "bidi": "\u202e5\u202c\u2066V\u2069",
    "zalgo": "5" + "\u0301\u0336\u0489" * 300,
    "no characters": "\ufffe\uffff\ufdd0",
    "private signs": "\ue000\U0010ffff🙂",
    "lines": "1\n\n=1+1\n2",
    "long digits": "0." + "3" * 990,
    "a link": "https://example.org/%00?q=1 javascript:alert(1)",
    "TeX": r"\input{/etc/passwd} \def\a{\a\a}\a $\frac{1}{0}$",
}
READABLE = ("an element", "an attribute", "an ending", "an entity", "a template", "typst", "a shell")
"""What a candidate must be able to read again on the page."""
PAGES = ("a tower", *READABLE, "control characters", f"<{MARK}>")
PEOPLE = (*HOSTILE, "=cmd|' /C calc'!A0", f"<{MARK}>")


@pytest.fixture(scope="module")
def sat(gallery: Bank, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An exam of all kinds where each candidate wrote one hostile text everywhere, graded."""
    people = tuple(Candidate(str(1000 + place), name) for place, name in enumerate(PEOPLE))
    blueprint = gallery.blueprint("everything")
    exam = papers.compose(blueprint, gallery, seed=SEED, candidates=people, forms=("A", "B"), langs=("zh", "en"))
    folder = sat_exam.sealed(exam, tmp_path_factory.mktemp("exam") / "exam")
    path = folder.parent / "responses.csv"
    path.write_bytes(written(exam, [HOSTILE.get(name, name) for name in PEOPLE]))
    grade(folder, path)
    return folder


def written(exam: Exam, texts: list[str]) -> bytes:
    """The responses where each candidate gave one text to every part."""
    file = io.StringIO(newline="")
    rows = csv.writer(file, quoting=csv.QUOTE_ALL)
    rows.writerow(["candidate", *exam.columns()])
    rows.writerows([who.id, *[text] * len(exam.columns())] for who, text in zip(exam.candidates, texts, strict=True))
    return file.getvalue().encode()


def test_a_hostile_text_costs_nobody_else_anything(sat: Path) -> None:
    graded = grade(sat, write=False)

    assert graded.problems == ()
    assert len(graded.candidates) == len(PEOPLE)
    earned = graded.totals().floats
    assert np.isfinite(earned).all()
    assert (earned >= 0).all()
    assert (earned < 10).all()
    for column, marked in graded.marked.items():
        credit = marked.steps.credit
        assert ((credit >= 0) & (credit <= 1)).all(), column
        assert not credit[marked.reading.state != READ].any(), column


def test_what_was_graded_is_what_was_written(sat: Path) -> None:
    """An apostrophe that keeps a cell from being computed goes when the results are read again."""
    graded = grade(sat, write=False)
    for texts in graded.texts.values():
        assert list(texts) == [HOSTILE.get(name, name) for name in PEOPLE]


@pytest.mark.parametrize("name", ["marks.csv", "unreadable.csv", "responses.csv"])
def test_no_cell_of_a_table_is_a_formula(sat: Path, name: str) -> None:
    cells = list(cells_of_csv((sat / "results" / name).read_bytes()))

    assert len(cells) > len(PEOPLE)
    assert [cell[:40] for cell in cells if is_live(cell)] == []


def cells_of_csv(content: bytes) -> Iterator[str]:
    before = csv.field_size_limit(1 << 24)
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        yield from row
    csv.field_size_limit(before)


def is_live(cell: str) -> bool:
    """Whether a spreadsheet would compute with the cell: a plain negative number stays what it is."""
    return cell[:1] in tuple("=+-@\t\r\n＝＋－＠") and not intake._table.is_number(cell)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_list_to_review_is_inert_and_reads_back(sat: Path, tmp_path: Path, ending: str) -> None:
    graded = grade(sat, write=False)
    path = tmp_path / f"review.{ending}"

    review.write(path, review.waiting(graded, "en"), "en")

    if ending == "csv":
        assert [cell[:40] for cell in cells_of_csv(path.read_bytes()) if is_live(cell)] == []
    else:
        with zipfile.ZipFile(path) as book:
            for name in book.namelist():
                tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(book.read(name)).iter()}
                assert not tags & {"f", "hyperlink", "ddeLink", "externalReference"}, name
    assert review.verdicts(graded, intake.sheet(path), by="anyone") == ()


class Seen(HTMLParser):
    """The elements and attributes of a page, and its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.made: set[tuple[str, ...]] = set()
        self.code: list[str] = []
        self.text: list[str] = []
        self.within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.made.add((tag,))
        self.made.update((tag, name) for name, _ in attrs)
        self.code.extend(value or "" for _, value in attrs)
        self.within = tag

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser's own signature
        self.within = ""

    def handle_data(self, data: str) -> None:
        (self.code if self.within in ("script", "style") else self.text).append(data)

    def handle_comment(self, data: str) -> None:
        self.code.append(data)


def seen(page: str) -> Seen:
    parser = Seen()
    parser.feed(page)
    parser.close()
    return parser


def test_no_element_or_attribute_of_a_page_comes_from_a_candidate(sat: Path) -> None:
    from qbank.reports import feedback as sheets

    graded = grade(sat, write=False)
    pages = {name: html.lesson(sheets.of(graded, PEOPLE.index(name), "en")) for name in PAGES}
    plain = seen(pages["a tower"])  # nothing in it looks like HTML
    for name, page in {**pages, "report": (sat / "results" / "report.html").read_text(encoding="utf-8")}.items():
        found = seen(page)
        if name != "report":
            assert found.made <= plain.made, name
        assert not {made for made in found.made if MARK in "".join(made)}, name
        assert not [piece[:80] for piece in found.code if MARK in piece], name
        assert not {made for made in found.made if made[-1].startswith("on")}, name
        if name in READABLE:
            assert HOSTILE[name] in "".join(found.text), name


@pytest.mark.parametrize("name", ["typst", "a template", "TeX", "an element", "control characters", "no characters"])
def test_a_printed_sheet_holds_the_text_literally(sat: Path, name: str) -> None:
    import pypdf

    from qbank.reports import feedback as sheets

    graded = grade(sat, write=False)
    printed = pypdf.PdfReader(io.BytesIO(pdf.lesson(sheets.of(graded, PEOPLE.index(name), "en"))))

    assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in printed.pages} == {(595, 842)}
    text = "".join("".join(page.extract_text() for page in printed.pages).split())
    for piece in {"typst": ["#setpage(1cm)", "#[", MARK], "a template": ["{{7*7}}"], "TeX": [r"\input{/etc/passwd}"],
                  "an element": ["<imgsrc=x", f"<{MARK}>"]}.get(name, []):  # fmt: skip
        assert piece in text, text[:2000]


FAULTS: list[tuple[str, Callable[[], Any], str]] = [
    ("an exponent of more digits than a Decimal counts",
     lambda: formulas.read("1e9999999999999999999999", Vocabulary(())), "column 1: "),
    ("a unit of no size", lambda: units.read("pm^9/(Tm^9 Tm^9)"),
     "'pm^9/(Tm^9 Tm^9)' is too large or too small for a unit"),
    ("a unit of every size", lambda: units.read("((Tm^9)^9)^9"), "'((Tm^9)^9)^9' is too large or too small for a unit"),
]  # fmt: skip


@pytest.mark.parametrize(("remark", "call", "message"), FAULTS, ids=[row[0] for row in FAULTS])
def test_a_reader_refuses_in_its_own_words(remark: str, call: Callable[[], Any], message: str) -> None:
    with pytest.raises((formulas.Unreadable, units.UnitError)) as error:
        call()

    assert str(error.value).startswith(message), remark


def test_an_authors_long_number_keeps_its_digits() -> None:
    digits = "123456789012345678901234567890123"
    assert str(algebra.exact(digits + "T")) == digits + "0" * 12


READ_AS = [
    ("matching", "1-İ, 2-a, 3-c", UNREADABLE, "a letter whose small form is two"),
    ("complex", "5∠53\n13° Ω", UNREADABLE, "a new line in an angle"),
    ("complex", "5∠1" + " " * 990 + "!", READ, "a factorial after many spaces"),
    ("formula", "-max(Rf)/R1", READ, "the largest of one"),
    ("number", "√" * 40 + "1/1", UNREADABLE, "roots in roots, each of which may go on"),
    ("number", "(16\\16)", UNREADABLE, "a backslash between digits joins nothing"),
    ("number", "(1\\mathrm{6})", UNREADABLE, "nor does TeX that vanishes"),
]


@pytest.mark.parametrize(("kind", "text", "state", "remark"), READ_AS)
def test_a_text_is_read_or_not_and_never_a_fault(kind: str, text: str, state: int, remark: str) -> None:
    tried = part(kind, answers.kind_of(kind).examples[0])

    assert tried.kind.read(tried.spec, [text], Rules()).state.tolist() == [state], remark
    assert 0 <= tried.marked([text], [0]).credit[0] <= 1


def test_equal_formulas_with_the_largest_of_one_are_right() -> None:
    tried = part("formula", answers.kind_of("formula").examples[0])

    assert tried.marked(["-max(Rf)/min(R1)", "-Rf/R1*(1 + 1e-14)*max(1)"], [0, 0]).credit.tolist() == [1, 0]


ADVERSARIAL = [
    before + pump * (990 // len(pump)) + after
    for before in ("", "1", "(", "5∠1")
    for pump in (" ", "\t", "。", "½", "⁻¹", "1/", "-1", "m/", "ﷺ", "0", "a1", "1,", "√", "()", "'")
    for after in ("", "x")
]  # fmt: skip


@pytest.mark.parametrize("kind", registry.tags("answers"))
def test_a_thousand_characters_are_read_whatever_they_are(kind: str) -> None:
    """A pattern that tried again from every place would hang here; how fast they are read, fuzz/ measures."""
    tried = part(kind, answers.kind_of(kind).examples[0])
    credit = tried.marked(ADVERSARIAL, [0] * len(ADVERSARIAL)).credit

    assert ((credit >= 0) & (credit <= 1)).all()


FILES: list[tuple[str, bytes, str]] = [
    ("a cell with a zero byte", b"candidate,1\n2001,5\x00V\n2002,7\n", ""),
    ("zero bytes in a wide encoding", "candidate,1\n2001,5\n".encode("utf-16-le"), ""),
    ("a header of dashes", b"candidate,1," + b"-" * 100_000 + b"\n2001,5,\n", ""),
    ("a header of spaces", b"candidate,1,x" + b" _" * 50_000 + b"x\n2001,5,\n", ""),
    ("a cell of a megabyte", b"candidate,1\n2001," + b"1" * 1_000_000 + b"\n", ""),
    ("a cell without an end", b'candidate,1\n2001,"' + b"1" * ((1 << 24) + 1),
     ", line 2: a cell is longer than 16777216 characters"),
]  # fmt: skip


@pytest.mark.parametrize(("remark", "content", "message"), FILES, ids=[row[0] for row in FILES])
def test_a_table_is_read_or_refused(tmp_path: Path, remark: str, content: bytes, message: str) -> None:
    path = tmp_path / "responses.csv"
    path.write_bytes(content)
    if not message:
        assert intake.responses(path, ["1"]).candidates[0] == "2001", remark
        return
    with pytest.raises(Refused) as error:
        intake.responses(path, ["1"])

    assert str(error.value) == f"{path}{message}"


def test_numbers_beyond_any_size_are_unreadable_at_once() -> None:
    for text in ("9^9^9^9", "1e999999999", "(" * 999, HOSTILE["a megabyte"], HOSTILE["zalgo"]):
        assert numerals.one(text).state == UNREADABLE
    assert isinstance(answers.kind_of("number").examples[0], Example)
