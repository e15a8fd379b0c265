"""An exam's form as a candidate sees it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from qbank import markup
from qbank.model import Bilingual, Candidate, Lang
from qbank.papers import questions
from qbank.papers.exam import Exam, Section
from qbank.papers.serial import serial
from qbank.sheets import Body, Imprint, Question, Sheet
from qbank.sheets import Section as SheetSection

NUMERALS = {"zh": "一二三四五六七八九十", "en": "ABCDEFGHIJ"}


def sheet(
    exam: Exam, form: int, lang: Lang, candidate: Candidate | None = None, beside: Sequence[Lang] = (), *,
    large: bool = False,
) -> Sheet:  # fmt: skip
    """The sheet of one form in one language, with the candidate's name on it where it is theirs alone.

    The same in the language that is to be `beside` it is part of it. It is in large print where it is to be `large`,
    or its candidate is granted that.
    """
    return Sheet(
        lang=lang,
        title=exam.title[lang],
        institution=_text(exam.institution, lang),
        course=_text(exam.course, lang),
        minutes=exam.minutes,
        marks=exam.total,
        form=exam.forms[form],
        candidate=candidate,
        notes=_body(exam.notes, lang),
        sections=tuple(_section(exam, place, section, form, lang) for place, section in enumerate(exam.sections)),
        imprint=_imprint(exam, lang),
        serial=serial(exam, form),
        large_print=large or (candidate is not None and candidate.accommodation.large_print),
        beside=sheet(exam, form, beside[0], candidate, large=large) if beside else None,
    )


def _section(exam: Exam, place: int, section: Section, form: int, lang: Lang) -> SheetSection:
    asked = tuple(
        questions.question(
            exam.drawn[placed.item.id], form, lang, exam.circuits, placed.number, placed.marks, exam.forms[form],
            section.working,
        )
        for placed in section.placed
    )
    return SheetSection(
        label=NUMERALS[lang][place] if place < len(NUMERALS[lang]) else str(place + 1),
        title=section.title[lang],
        note=note(asked, section.marks, lang),
        text=_body(section.text, lang),
        marks=section.marks,
        questions=asked,
        answer_grid=section.answer_grid,
    )


def note(asked: tuple[Question, ...], marks: Fraction, lang: Lang) -> str:
    """What stands in brackets behind a section's title: how many marks each has, and all together.

    The marks of each are said where all blanks, or all questions, are worth the same.
    """
    total = f"{float(marks):g}"
    blanks = [part for each in asked for part in each.parts]
    inline = bool(blanks) and all(part.inline for part in blanks)
    values = {part.marks for part in blanks} if inline else {each.marks for each in asked}
    if len(values) == 1 and (len(asked) > 1 or (inline and len(blanks) > 1)):
        own = f"{float(values.pop()):g}"
        many = len(blanks) if inline else len(asked)
        if lang == "zh":
            return f"每空 {own} 分，共 {total} 分" if inline else f"共 {many} 题，每题 {own} 分，共 {total} 分"
        plural = "" if own == "1" else "s"
        return f"{own} mark{plural} for each {'blank' if inline else 'question'}, {total} marks in all"
    if lang == "zh":
        return f"共 {len(asked)} 题，共 {total} 分"
    return f"{len(asked)} question{'' if len(asked) == 1 else 's'}, {total} marks in all"


def _imprint(exam: Exam, lang: Lang) -> Imprint:
    said = exam.imprint
    notices = tuple(_body(notice, lang) for notice in said.notices)
    return Imprint(_text(said.term, lang), said.date, said.course_code, said.open_book, notices, said.logo,
                   said.imposition, said.templates)  # fmt: skip


def _text(texts: Bilingual | None, lang: Lang) -> str:
    return texts[lang] if texts else ""


def _body(texts: Bilingual | None, lang: Lang) -> Body:
    return markup.fill(markup.read(texts[lang]), {}) if texts else ()  # type: ignore[return-value]  # no figure stands in it
