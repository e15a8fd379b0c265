"""The table of responses that Moodle writes of a quiz: for each question its text, the response, the right answer.

Headings follow the language of who downloads it, so columns are known by their numbers and by what is in them. A
second table, that of grades, says what each question earned: `Q. 3 /2.50`, of the marks of the quiz.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import accumulate, pairwise

from qbank import messages
from qbank.intake import Sheet
from qbank.model import Lang, Problem
from qbank.outputs import _moodle, _returned
from qbank.outputs._returned import Given, Known
from qbank.outputs.moodle import cloze
from qbank.sheets import Variant

_NUMBERED = re.compile(r"(.*?\D)\s*(\d{1,3})")
_EARNED = re.compile(r"\D*(\d{1,3})\s*/\s*(\d+(?:[.,]\d+)?)")
_DECIMAL = re.compile(r"-?\d+(?:[.,]\d+)?")
_MEANS = _moodle.Means(units=False, manner=_returned.MANNER)


@dataclass(frozen=True, slots=True)
class _Slot:
    """The columns of one question of the quiz."""

    number: int
    question: int
    response: int


def returned(sheet: Sheet, known: Known) -> Iterator[Given | Problem] | None:
    """The answers in Moodle's table; None for a table that is none, or lacks the texts of the questions."""
    slots = _slots(sheet, known)
    return _given(sheet, known, slots) if slots else None


def earned(sheet: Sheet) -> Mapping[int, Sequence[float | None]]:
    """What a table of grades says of each question of the quiz: the share of its marks, row by row."""
    found: dict[int, Sequence[float | None]] = {}
    for at, header in enumerate(sheet.header):
        match = _EARNED.fullmatch(header)
        if match is not None and (most := _number(match[2])):
            found[int(match[1])] = [None if (own := _number(cell)) is None else own / most
                                    for cell in sheet.column(at)]  # fmt: skip
    return found


def _number(cell: str) -> float | None:
    return float(cell.strip().replace(",", ".")) if _DECIMAL.fullmatch(cell.strip()) else None


def _slots(sheet: Sheet, known: Known) -> list[_Slot]:
    """Each number's first column, if it has texts of questions of an exam, and the one of the same number behind it.

    None where no question is of this exam. What a candidate types may look like a code: so most of a column's cells
    have to have one.
    """
    numbers = [int(match[2]) if (match := _NUMBERED.fullmatch(head)) else None for head in sheet.header]
    pairs = {number: at for at, (number, after) in reversed(list(enumerate(pairwise(numbers))))
             if number is not None and number == after}  # fmt: skip
    slots, own, is_own = [], False, cache(lambda text: known.asked(text) is not None)
    for number, at in sorted(pairs.items()):
        written = [cell for cell in sheet.column(at) if cell.strip() not in ("", _moodle.NOTHING)]
        if sum(is_own(cell) or _returned.is_coded(cell) for cell in written) * 2 > len(written):
            slots.append(_Slot(number, at, at + 1))
            own = own or any(map(is_own, written))
    return slots if own else []


def _given(sheet: Sheet, known: Known, slots: Sequence[_Slot]) -> Iterator[Given | Problem]:
    asked = cache(known.asked)

    @cache
    def told(code: str, place: int | None, question: str, response: str) -> tuple[Variant, Mapping[str, str]]:
        return _returned.understood(known.variants(code), partial(_texts, place, question, response), response)

    shares = earned(sheet)
    for slot in slots:
        cells = zip(sheet.column(slot.question), sheet.column(slot.response), strict=True)
        for row, (question, response) in enumerate(cells):
            found = asked(question)
            if found is not None:
                variant, texts = told(*found, question, response)
                yield Given(row, variant, texts, shares[slot.number][row] if slot.number in shares else None)
            elif response.strip() not in ("", _moodle.NOTHING):
                yield Problem("responses.code", messages.tell(
                    "{file}, line {line}: {question!r} has no code of this exam, but was answered", file=sheet.file,
                    line=sheet.lines[row], question=sheet.header[slot.question]))  # fmt: skip


def _texts(
    place: int | None, asked: str, response: str, variant: Variant, lang: Lang
) -> Mapping[str, str | None]:
    """The answer to every part that the question asks; None where it cannot be told."""
    answers = variant.worked.answers
    places = range(len(answers)) if place is None else [place - 1] if 0 < place <= len(answers) else []
    told = {at: _moodle.lowered(answers[at], lang, _MEANS) for at in places}
    if len(told) == 1 and not any(cloze.needed(one.asked) for one in told.values()):
        return {answers[at].part.id: _moodle.given(answers[at], lang, [response], asked, _moodle.MOODLE) for at in told}
    order = cloze.order(variant, told, lang)
    counts = [cloze.count(told[at].asked) for at in order]
    if response.strip() in ("", _moodle.NOTHING):
        return {answers[at].part.id: "" for at in order}
    pieces = _fields(response, sum(counts))
    if pieces is None:
        return {answers[at].part.id: None for at in order}
    ends = list(accumulate(counts, initial=0))
    return {
        answers[at].part.id: _moodle.given(answers[at], lang, pieces[start:end], asked, _moodle.MOODLE)
        for at, (start, end) in zip(order, pairwise(ends), strict=True)
    }


def _fields(response: str, count: int) -> list[str] | None:
    """What stands in the fields of a cloze: `part 1: 3.5; part 2: A. no`; None where that is not clear.

    >>> _fields("part 1: 3; part 2: ", 2), _fields("部分 1：3; 部分 2：a; b", 2), _fields("3.5", 2)
    (['3', ''], ['3', 'a; b'], None)
    """
    head = re.match(r"(\D*)1([^\S\n]?[:：])", response)
    if head is None:
        return None
    labels = [f"{'; ' if at > 1 else ''}{head[1]}{at}{head[2]}" for at in range(1, count + 2)]
    if any(response.count(label) != 1 for label in labels[1:count]) or labels[count] in response:
        return None
    starts = [response.index(label) for label in labels[:count]]
    if starts != sorted(starts):
        return None
    ends = [*starts[1:], len(response)]
    return [response[start + len(label) : end].strip()
            for start, label, end in zip(starts, labels, ends, strict=False)]  # fmt: skip
