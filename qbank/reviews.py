"""The record of a person's verdicts, kept beside the marks and never in them: who, when, why, and the text judged.

A verdict is on one candidate's answer to one part, as it was written: another text there waits again. It gives marks,
as a whole or step by step, or says what was written, which the rules then mark and carry on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from pydantic import ConfigDict, TypeAdapter

from qbank import journals

RECORD = "reviews.jsonl"
"""Where an exam keeps them: a line a verdict, the newest last."""


@dataclass(frozen=True, slots=True)
class Review:
    """A person's verdict on one answer: `part` is its column (Q7.1), `at` the time in UTC (ISO 8601).

    `marks` is None where the rules are to mark the `reading`: what the person read, as the candidate could have typed
    it. With both, the marks count and the reading is carried on. `steps` are the marks of each step, by name, and add
    up to the marks.
    """

    __pydantic_config__ = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)

    candidate: str
    part: str
    text: str
    marks: float | None
    by: str
    at: str
    why: str = ""
    reading: str = ""
    steps: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.marks is None and not self.reading:
            raise ValueError("a review has marks, or says what was read")


_REVIEW = TypeAdapter(Review)


def written(reviews: Iterable[Review]) -> bytes:
    """The reviews as lines of JSON; what a review does not have is left out."""
    return journals.written(_fields(review) for review in reviews)


def _fields(review: Review) -> dict[str, Any]:
    optional = ("reading", "steps")
    return {name: value for name, value in asdict(review).items() if value or name not in optional}


def parsed(content: bytes, file: str) -> tuple[Review, ...]:
    """The reviews of such lines. Raises Refused with the number of a line that is not one.

    >>> one = Review("71", "Q7", "-10 V", 1.5, "Wang", "2026-01-05T08:00:00Z")
    >>> parsed(written([one]), "reviews.jsonl") == (one,)
    True
    """
    names = [each.name for each in fields(Review)]
    return journals.parsed(_REVIEW, content, file, code="reviews.line", what="a review", fields=names)


def newest(reviews: Iterable[Review]) -> Mapping[tuple[str, str], Review]:
    """The last word on each answer, by candidate and part."""
    return {(review.candidate, review.part): review for review in reviews}
