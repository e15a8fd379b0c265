"""Which questions deserve a look, and why: a suspect key, few right, nearly all right, many blanks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias, get_args

from qbank.reports.findings import Findings, Measures, Question
from qbank.reports.picks import Pick

Flag: TypeAlias = Literal["negative", "rival", "weak", "hard", "blank", "easy"]
"""Strong candidates did worse than weak ones; they took a wrong option more often than the right one; it hardly tells
strong from weak; few were right; many left it blank; nearly all were right."""
FLAGS: tuple[Flag, ...] = get_args(Flag)

SUSPECT: tuple[Flag, ...] = ("negative", "rival")
"""The flags that make a key suspect."""
WEAK = 0.2
"""A discrimination below this one is weak (Ebel & Frisbie 1991, chapter 13)."""
HARD, EASY = 0.3, 0.95
"""A facility below the first or above the second says little of a class."""
BLANK = 0.2
"""More than this share of the class left the question blank."""
FEWEST = 10
"""With fewer candidates than this, nothing is flagged: chance alone does as much."""


def of(findings: Findings, question: Question) -> tuple[Flag, ...]:
    """The flags of a question, the gravest first; none for one that a regrade settled."""
    measured = question.measures
    if len(measured.marks) < FEWEST or all(column in findings.graded.settled for column in question.columns):
        return ()
    found = set(_measured(measured))
    if any(rival(findings.picks.get(column, ())) for column in question.columns):
        found.add("rival")
    return tuple(flag for flag in FLAGS if flag in found)


def _measured(measured: Measures) -> Iterable[Flag]:
    """What the measures alone say; where answers wait, what is sure whatever they will earn."""
    told = measured.discrimination
    if measured.facility > EASY:
        yield "easy"
    elif measured.highest < HARD:
        yield "hard"
    if told < 0:
        yield "negative"
    elif told < WEAK and measured.facility <= EASY and not measured.waiting > len(measured.marks) / 10:
        yield "weak"
    if measured.blank > BLANK * len(measured.marks):
        yield "blank"


def rival(picked: Iterable[Pick]) -> Pick | None:
    """The wrong option that more of the upper group took than any right one, where there is such an option."""
    wrong = max((each for each in picked if each.right is False), key=lambda each: each.upper, default=None)
    right = [each.upper for each in picked if each.right is not False]
    return wrong if wrong is not None and right and wrong.upper > max(right) else None


def gravest(flagged: Iterable[tuple[Question, tuple[Flag, ...]]]) -> list[tuple[Question, tuple[Flag, ...]]]:
    """The questions with flags, the gravest first: a suspect key, then few right and weak, then by discrimination."""

    def order(each: tuple[Question, tuple[Flag, ...]]) -> tuple[int, float]:
        question, own = each
        told = question.measures.discrimination
        grave = 0 if own[0] in SUSPECT else 1 if {"weak", "hard"} <= set(own) else 1 + FLAGS.index(own[0])
        return grave, told if told == told else 1.0

    return sorted((each for each in flagged if each[1]), key=order)
