"""A department's own page templates: one file at a time, in a sandbox, with nothing in reach that is secret."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest
import sample_sheets
from conftest import Run
from test_outputs import pages

from qbank.actions import _templates
from qbank.model import Refused
from qbank.outputs import html, pdf
from qbank.outputs._page import Paper
from qbank.sheets import Book, Imprint, Sheet
from qbank.templating import REPLACEABLE, Own

HEAD = """#let title = align(center, {
  heading(level: 1, "DEPT " + doc.institution)
  doc.headline
})
"""


def with_own(*own: tuple[str, str]) -> Sheet:
    return replace(sample_sheets.sheet("en"), imprint=Imprint(templates=own))


def test_a_paper_is_printed_with_an_own_head_and_everything_else_as_ever() -> None:
    usual, own = pages(pdf.sheet(sample_sheets.sheet("en"))), pages(pdf.sheet(with_own(("paper/title.typ.j2", HEAD))))

    assert "DEPT" in own[0]
    assert "DEPT" not in usual[0]
    assert own[1:] == usual[1:]


def test_a_web_page_and_a_book_take_own_templates() -> None:
    sheet = with_own(("web/sheet.html.j2", "<main>mine {{ doc.headline }}</main>"))
    book = Book(with_own(("paper/book.typ.j2", '{% include "paper/common.typ.j2" %}\nown #doc.headline')), ())

    assert "<main>mine " in html.sheet(sheet)
    assert "own" in pages(pdf.book(book))[0]


FAULTS: list[tuple[Own, str, str]] = [
    ((("paper/title.typ.j2", "#let title = [\n  #doc.key\n]\n"),),
     'paper/title.typ.j2, line 2: dictionary does not contain key "key"', "a sheet has no key"),
    ((("paper/title.typ.j2", "{% if lang == 'en' %}\n#let title = []\n{% endif %}\n#nonsense\n"),),
     "paper/title.typ.j2, line 4: unknown variable: nonsense", "lines of blocks are counted"),
    ((("paper/title.typ.j2", "#let title = read(\"/etc/passwd\")\n"),),
     "paper/title.typ.j2, line 1: file not found", "no file is in reach"),
    ((("paper/title.typ.j2", "\n{{ doc.key }}\n"),),
     "paper/title.typ.j2, line 2: 'doc' is undefined", "texts reach Typst as data alone"),
    ((("paper/title.typ.j2", "a\n{% if %}\n"),),
     "paper/title.typ.j2, line 2: Expected an expression, got 'end of statement block'", "a fault of Jinja"),
    ((("paper/title.typ.j2", "{{ ''.__class__.__mro__ }}"),),
     "paper/title.typ.j2, line 1: access to attribute '__class__' of 'str' object is unsafe.", "the sandbox"),
    ((("paper/title.typ.j2", "#let crest = 1\n"),),
     ("paper/title.typ.j2: the paper cannot be printed with this template: PDF/UA-1 error: the first heading must be "
      "of level 1"),
     "a paper without a title"),
]  # fmt: skip


@pytest.mark.parametrize(("own", "error", "remark"), FAULTS, ids=[remark for _, _, remark in FAULTS])
def test_a_fault_of_an_own_template_has_its_file_and_line(own: Own, error: str, remark: str) -> None:
    with pytest.raises(Refused) as refused:
        pdf.sheet(with_own(*own))

    assert str(refused.value).startswith(error), remark


def test_a_fault_of_an_own_web_template_has_its_file_and_line() -> None:
    with pytest.raises(Refused) as refused:
        html.sheet(with_own(("web/sheet.html.j2", "<p>\n{{ doc.seed }}\n</p>")))

    assert str(refused.value).startswith("web/sheet.html.j2, line 2: 'qbank.outputs._page.Paper object' has no attr")


def test_names_that_replace_nothing_are_refused(tmp_path: Path) -> None:
    (tmp_path / "paper").mkdir()
    (tmp_path / "paper" / "titel.typ.j2").write_text("x", encoding="utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("", encoding="utf-8")

    with pytest.raises(Refused) as refused:
        _templates.read(tmp_path)

    known = "'paper/titel.typ.j2' is not known; did you mean 'paper/title.typ.j2'?"
    assert str(refused.value) == f"{tmp_path}: the template {known}"


@pytest.mark.parametrize(("content", "error"), [(None, "contains no template"), (b"\xff\xfe", "is not UTF-8")])
def test_a_folder_that_cannot_be_used_is_refused(tmp_path: Path, content: bytes | None, error: str) -> None:
    if content is not None:
        (tmp_path / "paper").mkdir()
        (tmp_path / "paper" / "title.typ.j2").write_bytes(content)

    with pytest.raises(Refused, match=error):
        _templates.read(tmp_path)


def test_the_command_prints_with_them_and_leaves_nothing_behind_where_it_cannot(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "ours" / "paper"
    folder.mkdir(parents=True)
    (folder / "title.typ.j2").write_text(HEAD, encoding="utf-8")
    (tmp_path / "class.csv").write_text("id\n1\n2\n", encoding="utf-8")
    asked = ("paper", "everything", "--roster", "class.csv", "--forms", "each", "--templates", "ours", "-o", "exam")
    code, _, _ = run(*asked)
    (folder / "title.typ.j2").write_text("#let title = [\n", encoding="utf-8")
    failed, _, error = run(*asked[:-1], "other")

    assert code == 0
    assert "DEPT" in pages((tmp_path / "exam" / "sheets" / "1.pdf").read_bytes())[0]
    assert failed == 2
    assert "paper/title.typ.j2, line 1: unclosed delimiter" in error
    assert not (tmp_path / "other").exists()


def test_all_that_may_be_replaced_is_there() -> None:
    shipped = Path(__file__).parent.parent / "templates"

    assert [name for name in REPLACEABLE if not (shipped / name).is_file()] == []


def test_the_page_names_every_variable_and_every_file() -> None:
    page = (Path(__file__).parent.parent / "docs/en/templates.md").read_text(encoding="utf-8")
    variables = [each.name for each in fields(Paper)]

    assert [name for name in (*variables, *REPLACEABLE) if f"`{name}`" not in page] == []
