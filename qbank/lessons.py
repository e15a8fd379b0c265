"""What a candidate gets back: the questions as they were asked, what was written, what it earned and why.

A `Lesson` is in one language and about one candidate. Without keys, no field of it that has one is filled.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from qbank.model import Candidate, Inline, Lang, Printed
from qbank.sheets import Body, Question

Verdict: TypeAlias = Literal["right", "partly", "wrong", "waits", "blank"]
"""How an answer was judged, or that it was not yet."""


@dataclass(frozen=True, slots=True)
class Returned:
    """One part as it comes back: `column` names it (Q7.1), `mean` is the class's mean, `key` as it is printed.

    `by` is the person who marked it; `mean` and `key` are None where they are not told.
    """

    column: str
    part: str
    written: str
    verdict: Verdict
    earned: Fraction
    worth: Fraction
    reason: str
    by: str = ""
    mean: float | None = None
    key: Printed | None = None

    @property
    def lost(self) -> Fraction:
        """What it did not earn; nothing is lost yet that waits."""
        return max(self.worth - self.earned, Fraction(0)) if self.verdict != "waits" else Fraction(0)


@dataclass(frozen=True, slots=True)
class Back:
    """One question as it was asked, its parts as they come back, and its solution where that is told."""

    question: Question
    title: str
    parts: tuple[Returned, ...]
    solution: Body = ()

    @property
    def lost(self) -> Fraction:
        """What its parts did not earn."""
        return sum((part.lost for part in self.parts), start=Fraction(0))


@dataclass(frozen=True, slots=True)
class Weak:
    """A topic or a knowledge point of which less than most was earned."""

    name: tuple[Inline, ...]
    earned: Fraction
    worth: Fraction


@dataclass(frozen=True, slots=True)
class Lesson:
    """All that one candidate gets back; `total` is in words where there is none, `sections` are (title, marks)."""

    lang: Lang
    title: str
    who: Candidate
    total: str
    sections: tuple[tuple[str, str], ...]
    questions: tuple[Back, ...]
    weak: tuple[Weak, ...]
    note: str
    keyed: bool = False
    alike: str = ""
    """The characters of what the items say on any variant, each once: pages of a class may share a font of them."""
    everyone: str = ""
    """The characters of all that pages of the class say besides: names, answers, reasons; each once."""
