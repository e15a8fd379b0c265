"""Classes side by side: the candidates of each group of the roster, their totals and what they earned by section."""

from __future__ import annotations

import math
from dataclasses import dataclass

from qbank import statistics
from qbank.reports import bands
from qbank.reports.findings import Findings


@dataclass(frozen=True, slots=True)
class Group:
    """One class: how many sat, the summary of their totals, how many passed, the facility of every section for them.

    `error` is the standard error of the mean, NaN for fewer than two; `highest` is the mean if everything that waits
    earned full marks, `waiting` how many answers of theirs wait.
    """

    name: str
    totals: statistics.Summary
    error: float
    passed: int
    sections: tuple[float, ...]
    waiting: int
    highest: float


def table(findings: Findings) -> tuple[Group, ...]:
    """Every class of which somebody sat, in the order of the roster; a candidate without one is in the class ''."""
    worth = [own.worth for _, own in findings.sections]
    found = []
    for name, own in findings.tally.classes.items():
        told = statistics.summary(own.totals)
        shares = tuple(
            float(earned) / told.count / whole if whole else float("nan")
            for earned, whole in zip(own.sections, worth, strict=True)
        )
        found.append(Group(
            name, told, told.deviation / math.sqrt(told.count), bands.passed(own.totals, findings.exam.total), shares,
            own.waiting, own.highest.mean,
        ))  # fmt: skip
    return tuple(found)
