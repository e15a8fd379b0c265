"""The record of a person's verdicts, kept beside the marks and never in them: who, when, why, and the text judged.

A verdict is on one candidate's answer to one part, as it was written: another text there waits again. It gives marks,
as a whole or step by step, or gives what was written, which the rules then mark and carry on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from fractions import Fraction
from typing import Any
from unicodedata import normalize

import numpy as np
from pydantic import ConfigDict, TypeAdapter

from qbank import journals, messages
from qbank.model import exact_marks, printed_marks

RECORD = "reviews.jsonl"
"""Where an exam keeps them: a line a verdict, the newest last."""


@dataclass(frozen=True, slots=True)
class Review:
    """A person's verdict on one answer: `part` is its column (Q7.1), `at` the time in UTC (ISO 8601).

    `marks` is None where the rules are to mark the `reading`: what the person read, as the candidate could have typed
    it. With both, the marks count and the reading is carried on. `steps` are the marks of each step, by name, and add
    up to the marks. A verdict that is `withdrawn` only cancels the one before it.
    """

    __pydantic_config__ = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False, defer_build=True)

    candidate: str
    part: str
    text: str
    marks: float | None
    by: str
    at: str
    why: str = ""
    reading: str = ""
    steps: Mapping[str, float] = field(default_factory=dict)
    withdrawn: bool = False

    def __post_init__(self) -> None:
        if self.marks is None and not self.reading and not self.withdrawn:
            raise ValueError("a review needs marks or a reading")

    def told(self) -> tuple[object, ...]:
        """Everything that it says, to be compared."""
        return (*(getattr(self, each.name) for each in fields(self) if each.name != "steps"),
                *sorted(self.steps.items()))  # fmt: skip


_REVIEW = TypeAdapter(Review)


def written(reviews: Iterable[Review]) -> bytes:
    """The reviews as lines of JSON; what a review does not have is left out."""
    return journals.written(_fields(review) for review in reviews)


def _fields(review: Review) -> dict[str, Any]:
    optional = ("reading", "steps", "withdrawn")
    return {name: value for name, value in asdict(review).items() if value or name not in optional}


def parsed(content: bytes, file: str) -> tuple[Review, ...]:
    """The reviews of such lines. Raises Refused with the number of a line that is not one.

    >>> one = Review("71", "Q7", "-10 V", 1.5, "Wang", "2026-01-05T08:00:00Z")
    >>> parsed(written([one]), "reviews.jsonl") == (one,)
    True
    """
    return journals.parsed(_REVIEW, content, file, code="reviews.line", broken=_broken)


def _broken(file: str, line: int) -> str:
    names = messages.listed(each.name for each in fields(Review))
    return messages.tell("{file}, line {line}: this is not a review, which has the fields {fields}",
                         file=file, line=line, fields=names)  # fmt: skip


def newest(reviews: Iterable[Review]) -> Mapping[tuple[str, str], Review]:
    """The last word on each answer, by candidate and part, where it was not withdrawn."""
    last = {(review.candidate, review.part): review for review in reviews}
    return {answer: review for answer, review in last.items() if not review.withdrawn}


FULL = frozenset({"√", "✓", "✔", "☑", "对", "全对", "正确", "满分", "full", "right"})
HALF = frozenset({"½", "半", "半对", "一半", "half"})
NONE = frozenset({"×", "✗", "✘", "✕", "错", "全错", "零分", "none", "wrong"})
_MARKS = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,6})?|\.[0-9]{1,6}|[0-9]{1,4}/[1-9][0-9]{0,3})\s*(?:分|marks?|points?)?")


def marks_given(text: str, worth: Fraction) -> Fraction:
    """The marks that a person writes beside an answer: `3`, `2.5分`, `1/2`, or √, half and × of what it is worth.

    Raises ValueError for anything else, and for more than it is worth.

    >>> [str(marks_given(text, Fraction(3))) for text in ("√", "半对", "×", "2.5分", "３")]
    ['3', '3/2', '0', '5/2', '3']
    """
    word = text.strip().casefold()
    for words, share in ((FULL, Fraction(1)), (HALF, Fraction(1, 2)), (NONE, Fraction(0))):
        if word in words:
            return worth * share
    number = _MARKS.fullmatch(normalize("NFKC", word))
    marks = Fraction(number[1]) if number else Fraction(-1)
    if number and number[1] == printed_marks(worth):  # 2/3 prints as 0.6667
        marks = worth
    if not 0 <= marks <= worth:
        raise ValueError(messages.tell("{text!r} is not a number from 0 to {most}", text=text, most=exact_marks(worth)))
    return marks


def weighted_kappa(first: Sequence[float], second: Sequence[float]) -> float:
    """How far two markers agree beyond chance on marks (n,) of the same answers: 1 is always, 0 is by chance.

    Cohen's kappa with quadratic weights (Psychological Bulletin 70, 1968): marks far apart count more. NaN where both
    gave the same marks to every answer, so that nothing can be told, or there is none.

    >>> round(weighted_kappa([0, 1, 2, 3], [0, 1, 2, 2]), 3)
    0.875
    """
    own, other = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    if not len(own):
        return float("nan")
    by_chance = float(np.mean((own[:, None] - other[None, :]) ** 2))
    return 1 - float(np.mean((own - other) ** 2)) / by_chance if by_chance else float("nan")
