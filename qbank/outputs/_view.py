"""A sheet or a book as every page template reads it: all its words chosen, all its marks placed."""

from __future__ import annotations

import base64
import re
import struct
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from qbank import maths
from qbank.model import Candidate, Lang, Printed, exact_marks
from qbank.outputs import _page, _questions, _sides, _text
from qbank.outputs._wording import Wording, number, wording
from qbank.sheets import Answer, Book, Imprint, Sheet, Worked

_WORDS = re.compile(r"\\text\{(?:[^{}\\]|\\[{}%$#&_])*\}")
"""TeX that is words and nothing else; a sign of TeX in them has a stroke before it."""
LARGE = 1.4
"""How much larger than the usual type large print is."""
BRIEF = 18.0
"""How wide a key may be, in em, to stand in the list of all keys at the head of a book."""


_TOGETHER = re.compile(r"\([^()]{1,24}\)|— .*")
"""What of a title stays on one line: an aside in brackets, and the code of the paper with the dash before it."""


def headline(sheet: Sheet) -> str:
    """The title line: 《course》title（A 卷）; an aside and the code of the paper are not broken."""
    words, course = wording(sheet.lang), _text.clean(sheet.course)
    title, form = _text.clean(sheet.title), _text.clean(sheet.form)
    if course and course not in title:
        title = f"《{course}》{title}" if sheet.lang == "zh" else f"{course}: {title}" if title else course
    whole = title + (words.form.format(form) if form else "")
    return _TOGETHER.sub(lambda found: found[0].replace(" ", "\u00a0"), whole)


def sheet(sheet: Sheet) -> _page.Paper:
    """A sheet for a page template, with the one beside it."""
    own = _alone(sheet)
    return own if sheet.beside is None else _sides.joined(own, _alone(sheet.beside))


def _alone(sheet: Sheet) -> _page.Paper:
    words, who = wording(sheet.lang), sheet.candidate
    scale = LARGE if sheet.large_print else 1.0
    return _page.Paper(
        lang=sheet.lang,
        words=words,
        title=_text.clean(sheet.title) or _text.clean(sheet.course),
        headline=headline(sheet),
        institution=_text.clean(sheet.institution),
        facts=(
            words.minutes.format(sheet.minutes), words.total.format(number(sheet.marks)),
            *_books(sheet.imprint, words), *[words.large_print] * sheet.large_print,
        ),
        about=tuple(_about(sheet.imprint, sheet.lang)),
        notices=tuple(_text.blocks(notice, sheet.lang) for notice in sheet.imprint.notices),
        logo=_logo(sheet.imprint.logo),
        size=sheet.imprint.imposition.size,
        sides=sheet.imprint.imposition.sides,
        fields=(
            _page.Field(words.name, _text.printable(who.name) if who else ""),
            _page.Field(words.number, _text.printable(who.id) if who else ""),
            _page.Field(words.group, _text.printable(who.group) if who else ""),
            *_extra(who, sheet.minutes, words),
        ),
        notes=_text.blocks(sheet.notes, sheet.lang),
        sections=tuple(_questions.section(section, sheet.lang, _text.LINE / scale) for section in sheet.sections),
        scale=scale,
    )


def _extra(who: Candidate | None, minutes: int, words: Wording) -> Iterator[_page.Field]:
    """For the invigilator, in the strip with the name: the time that a candidate has who is granted more."""
    extra = who.accommodation.extra(minutes) if who else 0
    if extra:
        yield _page.Field(words.extra_time, words.time_and_more.format(minutes + extra, extra))


def _books(said: Imprint, words: Wording) -> tuple[str, ...]:
    return () if said.open_book is None else (words.open_book if said.open_book else words.closed_book,)


def _about(said: Imprint, lang: Lang) -> Iterator[str]:
    words = wording(lang)
    if said.term:
        yield _text.clean(said.term)
    if said.course_code:
        yield words.course_code.format(_text.clean(said.course_code))
    if said.date:
        yield day(said.date, lang)


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def day(written: str, lang: Lang) -> str:
    """A date as a paper prints it.

    >>> day("2027-01-12", "zh"), day("2027-01-12", "en")
    ('2027年1月12日', '12 January 2027')
    """
    on = date.fromisoformat(written)
    return f"{on.year}年{on.month}月{on.day}日" if lang == "zh" else f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def _logo(content: bytes) -> str:
    """A logo as a drawing: an SVG as it is, a PNG within one, for a page takes its pictures as text."""
    if not content.startswith(b"\x89PNG"):
        return content.decode("utf-8", "replace")
    width, height = struct.unpack(">II", content[16:24])
    pixels = base64.b64encode(content).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{pixels}"/></svg>'
    )


def _answer(answer: Answer, place: int, words: Wording) -> _page.Key:
    """The row of one part: its own label, or its place among the parts."""
    return _page.Key(
        label=_text.clean(answer.part.label) or words.nth.format(place),
        marks=number(answer.part.marks),
        key=(_key(answer.printed),),
        brief=_text.width(answer.printed.text) <= BRIEF and not answer.printed.text.startswith("[["),
        accepted=_accepted(answer, words),
        mistakes=tuple(
            _page.Wrong(_text.clean(wrong.printed), _text.inlines(wrong.text, {}), f"{wrong.credit:.0%}")
            for wrong in answer.mistakes
        ),
    )


def _accepted(answer: Answer, words: Wording) -> str:
    """What counts as right beside the key, which is not said again."""
    text = _text.clean(answer.accepted)
    return "" if text == answer.printed.text else text.replace(" … ", words.span)


def _key(printed: Printed) -> _page.Inline:
    """A key as it is printed: a formula, a vector as a row, or a text where it is nothing but text."""
    if not printed.tex or _WORDS.fullmatch(printed.tex):
        return _page.Text(_text.clean(printed.text))
    return _page.Formula(maths.in_line(printed.tex, printed.text))


def worked(worked: Worked, lang: Lang) -> _page.Worked:
    """A question with its answers, for examiners."""
    words = wording(lang)
    return _page.Worked(
        question=_questions.question(worked.question, lang, marked=False),
        item=_text.clean(worked.item),
        title=_text.clean(worked.title),
        marks=words.question_marks.format(number(worked.question.marks)),
        answers=tuple(_answer(answer, i, words) for i, answer in enumerate(worked.answers, 1)),
        scheme=tuple(_scheme(worked, lang)),
        solution=_text.blocks(worked.solution, lang),
    )


def _scheme(worked: Worked, lang: Lang) -> Iterator[_page.Step]:
    """Every step with its marks."""
    words = wording(lang)
    for place, answer in enumerate(worked.answers, 1):
        label = _text.clean(answer.part.label) or (words.nth.format(place) if len(worked.answers) > 1 else "")
        for line in answer.steps:
            yield _page.Step(label, _text.blocks(line.text, lang), words.step_marks.format(exact_marks(line.marks)))
            label = ""


def book(book: Book) -> _page.Paper:
    """An answer book for a page template: the sections of the sheet, with their questions worked."""
    lang = book.sheet.lang
    by_number = {each.question.number: worked(each, lang) for each in book.worked}
    paper = sheet(book.sheet)
    sections = tuple(
        replace(section, worked=tuple(by_number[q.number] for q in section.questions if q.number in by_number))
        for section in paper.sections
    )
    return replace(paper, sections=sections)
