"""Which questions deserve a look, and why: a suspect key, few right, nearly all right, many blanks.

The limits and what chance may have done are those of `reports.measures`; beside them, blanks and options are looked at,
and what waits for a person counts for the question until it is marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np

from qbank import statistics
from qbank.reports import measures
from qbank.reports.findings import Findings, Measures, Question
from qbank.reports.picks import Pick

Reason: TypeAlias = Literal["reversed", "rival", "weak", "hard", "blank", "easy"]
"""Strong candidates did worse than weak ones; they took a wrong option more often than the right one; it hardly tells
strong from weak; few were right; many left it blank; nearly all were right."""
REASONS: tuple[Reason, ...] = get_args(Reason)
SUSPECT: tuple[Reason, ...] = ("reversed", "rival")
"""The reasons that make a key suspect."""
BLANK = 0.2
"""More than this share of the class left the question blank."""
PENDING = 0.1
"""While more than this share of a question's answers wait, its discrimination is not judged."""
FEWEST = 10
"""With fewer candidates than this, nothing is flagged: chance alone does as much."""


@dataclass(frozen=True, slots=True)
class Flag:
    """One reason to look at a question; `sure` is False where the number of candidates does not prove it."""

    reason: Reason
    sure: bool = True

    def __str__(self) -> str:
        """As a table holds it: `weak?`."""
        return self.reason + measures.DOUBT * (not self.sure)


Flags: TypeAlias = tuple[Flag, ...]


def of(findings: Findings, question: Question) -> Flags:
    """The flags of a question, the gravest first; none for one that a regrade settled."""
    if findings.sat < FEWEST or all(column in findings.graded.settled for column in question.columns):
        return ()
    found = {flag.reason: flag for flag in _measured(question.measures)}
    if any(rival(findings.picks.get(column, ())) for column in question.columns):
        found["rival"] = Flag("rival", sure=False)
    return tuple(found[reason] for reason in REASONS if reason in found)


def _measured(measured: Measures) -> Iterator[Flag]:
    """What the measures alone say; where answers wait, what holds whatever they will earn."""
    count = measured.count
    low, high = statistics.facility_interval(np.array(measured.facility), count)
    _, most = statistics.correlation_interval(np.array(measured.discrimination), count)
    told = measures.remarks({
        "facility": measured.facility, "facility_low": float(low), "facility_high": float(high),
        "discrimination": measured.discrimination, "discrimination_high": float(most),
    })  # fmt: skip
    unmarked = measured.waiting > PENDING * count
    left: set[Reason] = {"weak", "reversed"} if unmarked else set()
    left |= {"weak"} if measured.facility > measures.EASY else set()  # where all are right nothing can discriminate
    left |= {"hard"} if measured.highest >= measures.HARD else set()
    for reason in REASONS:
        if reason not in left and (remarks := [each for each in told if each.rstrip(measures.DOUBT) == reason]):
            yield Flag(reason, sure=not remarks[0].endswith(measures.DOUBT))
    if measured.blank > BLANK * count:
        yield Flag("blank")


def rival(picked: Iterable[Pick]) -> Pick | None:
    """The wrong option that more of the upper group took than any right one, where there is such an option."""
    wrong = max((each for each in picked if each.right is False), key=lambda each: each.upper, default=None)
    right = [each.upper for each in picked if each.right is not False]
    return wrong if wrong is not None and right and wrong.upper > max(right) else None


def suspect(own: Flags) -> bool:
    """Whether the key is to be looked at first: it may be wrong where few are right and strong ones not more often."""
    reasons = {flag.reason for flag in own}
    return bool(reasons & set(SUSPECT)) or {"hard", "weak"} <= reasons


def gravest(flagged: Iterable[tuple[Question, Flags]]) -> list[tuple[Question, Flags]]:
    """The questions with flags: suspect keys first, then what is sure before what chance may have done."""

    def order(each: tuple[Question, Flags]) -> tuple[bool, bool, int, float]:
        question, own = each
        told = question.measures.discrimination
        sure = any(flag.sure for flag in own)
        return not suspect(own), not sure, REASONS.index(own[0].reason), told if told == told else 1.0

    return sorted((each for each in flagged if each[1]), key=order)
