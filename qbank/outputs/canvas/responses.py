"""The table "student analysis" that Canvas writes of a quiz: the text of each question above the answers, and points.

`4711: What is the gain? A-7-K3Q.2` heads the answers, its points the next column. A question that a candidate did not
draw is two empty cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from qbank import messages
from qbank.intake import Sheet
from qbank.model import Lang, Problem
from qbank.outputs import _moodle, _returned
from qbank.outputs._returned import Given, Known
from qbank.outputs.canvas import question
from qbank.sheets import Variant

_HEAD = re.compile(r"\d+: .+", re.DOTALL)
FIGURE = "?"
"""In the place of what was answered where an option is a picture alone."""
_POINTS = re.compile(r"\d+(?:\.\d+)?")


def returned(sheet: Sheet, known: Known) -> Iterator[Given | Problem] | None:
    """The answers in Canvas's table; None for a table of any other sort."""
    pairs = [
        (at, float(after)) for at, (head, after) in enumerate(pairwise(sheet.header))
        if _HEAD.fullmatch(head) and _POINTS.fullmatch(after) and float(after)
    ]  # fmt: skip
    if not any(known.asked(sheet.header[at]) for at, _ in pairs):
        return None
    return _given(sheet, known, pairs)


def _given(sheet: Sheet, known: Known, pairs: Sequence[tuple[int, float]]) -> Iterator[Given | Problem]:
    for at, most in pairs:
        asked = sheet.header[at]
        found = known.asked(asked)
        if found is None:
            yield _returned.strange(sheet.file, asked[:60], asked)
            continue
        code, place = found
        variants = known.variants(code)
        count = len(variants[0][1].worked.answers)
        if (place is None and count > 1) or not 1 <= (place or 1) <= count:
            message = messages.tell("{file}: the question {question!r} does not show which of the {count} parts of "
                                    "{code} it "
                                    "asks", file=sheet.file, question=asked[:60], count=count, code=code)  # fmt: skip
            yield Problem("responses.code", message, proposal=messages.tell("end its text with {code}.1, {code}.2, …",
                                                                            code=code))  # fmt: skip
            continue
        for row, (said, points) in enumerate(zip(sheet.column(at), sheet.column(at + 1), strict=True)):
            if said.strip() or points.strip():
                share = float(points) / most if _POINTS.fullmatch(points.strip()) else None
                yield _of_variant(variants, (place or 1) - 1, row, said, asked, share)


def _of_variant(
    variants: Sequence[tuple[Lang, Variant]], place: int, row: int, said: str, asked: str, share: float | None
) -> Given:
    """What was given at a question, in the language of which all options are known.

    A picture has no text there: where options are pictures, one cannot be told from another or from no answer.
    """
    if not said.strip() and question.pictured(variants[0][1].worked.answers[place]):
        said = FIGURE

    def read(variant: Variant, lang: Lang) -> dict[str, str | None]:
        answer = variant.worked.answers[place]
        return {answer.part.id: _moodle.given(answer, lang, [said], asked, _moodle.CANVAS)}

    return Given(row, *_returned.understood(variants, read, said), share)
