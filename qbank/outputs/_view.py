"""A sheet or a book as the plain tree that every page template reads: all its words chosen, all its marks placed."""

from __future__ import annotations

import re
from dataclasses import asdict

from qbank import maths
from qbank.model import Lang, Printed
from qbank.outputs import _questions, _text
from qbank.outputs._text import Node
from qbank.outputs._wording import Wording, number, wording
from qbank.sheets import Answer, Book, Sheet, Worked

BRIEF = 18.0
"""How wide a key may be, in em, to stand in the list of all keys at the head of a book."""


def headline(sheet: Sheet) -> str:
    """The title line: 《course》title（A 卷）."""
    words, course = wording(sheet.lang), _text.clean(sheet.course)
    title, form = _text.clean(sheet.title), _text.clean(sheet.form)
    if course and course not in title:
        title = f"《{course}》{title}" if sheet.lang == "zh" else f"{course}: {title}" if title else course
    return title + (words.form.format(form) if form else "")


def sheet(sheet: Sheet) -> Node:
    """A sheet for a page template."""
    words, who = wording(sheet.lang), sheet.candidate
    return {
        "lang": sheet.lang,
        "words": asdict(words),
        "title": _text.clean(sheet.title) or _text.clean(sheet.course),
        "headline": headline(sheet),
        "institution": _text.clean(sheet.institution),
        "facts": [words.minutes.format(sheet.minutes), words.total.format(number(sheet.marks))],
        "fields": [
            {"label": words.name, "value": _text.printable(who.name) if who else ""},
            {"label": words.number, "value": _text.printable(who.id) if who else ""},
            {"label": words.group, "value": _text.printable(who.group) if who else ""},
        ],
        "notes": _text.blocks(sheet.notes, sheet.lang),
        "sections": [_questions.section(section, sheet.lang) for section in sheet.sections],
    }


def _answer(answer: Answer, place: int, words: Wording) -> Node:
    """The row of one part: its own label, or the how-manieth part it is."""
    return {
        "label": _text.clean(answer.part.label) or words.nth.format(place),
        "marks": number(answer.part.marks),
        "key": [_key(answer.printed)],
        "brief": _text.width(answer.printed.text) <= BRIEF and not answer.printed.text.startswith("[["),
        "accepted": _accepted(answer, words),
        "mistakes": [
            {
                "printed": _text.clean(wrong.printed),
                "text": _text.inlines(wrong.text, {}),
                "credit": f"{wrong.credit:.0%}",
            }
            for wrong in answer.mistakes
        ],
    }


def _accepted(answer: Answer, words: Wording) -> str:
    """What counts as right beside the key, which is not said again."""
    text = _text.clean(answer.accepted)
    return "" if text == answer.printed.text else text.replace(" … ", words.span)


def _key(printed: Printed) -> Node:
    """A key as it is printed: a formula, a vector as a row, or a text where it is nothing but text."""
    if not printed.tex or re.fullmatch(r"\\text\{[^{}\\]*\}", printed.tex):
        return {"k": "text", "v": _text.clean(printed.text)}
    return {"k": "maths", "tex": maths.in_line(printed.tex, printed.text), "display": False}


def worked(worked: Worked, lang: Lang) -> Node:
    """A question with its answers, for examiners."""
    words = wording(lang)
    return {
        **_questions.question(worked.question, lang, marked=False),
        "item": _text.clean(worked.item),
        "title": _text.clean(worked.title),
        "marks": words.question_marks.format(number(worked.question.marks)),
        "answers": [_answer(answer, i, words) for i, answer in enumerate(worked.answers, 1)],
        "solution": _text.blocks(worked.solution, lang),
    }


def book(book: Book) -> Node:
    """An answer book for a page template: the sections of the sheet, with their questions worked."""
    lang = book.sheet.lang
    by_number = {each.question.number: worked(each, lang) for each in book.worked}
    sections = [
        {**_questions.section(section, lang),
         "worked": [by_number[q.number] for q in section.questions if q.number in by_number]}
        for section in book.sheet.sections
    ]
    return {**sheet(book.sheet), "sections": sections}
