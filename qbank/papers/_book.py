"""An exam's form as its examiners see it."""

from __future__ import annotations

from qbank.model import Lang
from qbank.papers import questions
from qbank.papers._sheet import sheet
from qbank.papers.exam import Exam
from qbank.sheets import Book, Section, Sheet, Worked


def book(exam: Exam, form: int, lang: Lang) -> Book:
    """The answer book of one form in one language."""
    return Book(
        sheet(exam, form, lang),
        tuple(
            questions.worked(
                exam.drawn[placed.item.id], form, lang, exam.circuits, placed.number, placed.marks, section.rules,
                exam.forms[form],
            )
            for section, placed in exam.placed()
        ),
    )


def alone(worked: Worked, lang: Lang) -> Book:
    """An answer book of one question, under no title of its own: for looking at an item and for checking it."""
    asked = worked.question
    section = Section("", "", "", (), asked.marks, (asked,))
    return Book(Sheet(lang, "qbank", "", "", 10, asked.marks, "A", None, (), (section,)), (worked,))
