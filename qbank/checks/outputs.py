"""Every output can print the item, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

from qbank import papers
from qbank.checks._scene import Scene
from qbank.model import LANGS, Problem, Refused
from qbank.sheets import Book, Section, Sheet

RATIONALE = "A character without a glyph, or a formula that one output cannot set, is found on the printer otherwise."
PROPOSAL = "correct the text that the message names"


def check(scene: Scene) -> Iterator[Problem]:
    """What a PDF or a web page of the item stumbles over."""
    from qbank.outputs import html, pdf

    for lang in LANGS:
        book = single(scene, 0, lang)
        for name, print_it in (("pdf", pdf.book), ("html", html.book), ("pdf", lambda b: pdf.sheet(b.sheet))):
            try:
                print_it(book)
            except Refused as refused:
                for problem in refused.problems:
                    yield scene.problem(f"outputs.{name}", f"{name} ({lang}): {problem.message}", proposal=PROPOSAL)


def single(scene: Scene, row: int, lang: str) -> Book:
    """An answer book of this item alone."""
    marks = tuple(part.marks for part in scene.item.parts)
    worked = papers.worked(scene.drawn, row, lang, scene.bank.circuits, 1, marks)  # type: ignore[arg-type]
    title = scene.item.title[lang]  # type: ignore[index]
    section = Section("", title, "", (), worked.question.marks, (worked.question,))
    sheet = Sheet(lang, title, "", "", 10, worked.question.marks, "A", None, (), (section,))  # type: ignore[arg-type]
    return Book(sheet, (worked,))
