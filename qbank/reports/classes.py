"""Classes side by side: the candidates of each group of the roster, their totals and what they earned by section."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

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
    graded = findings.graded
    totals, highest = findings.totals.floats, findings.highest.floats
    passed = bands.passed(findings.totals, graded.exam.total)
    groups = [candidate.group for candidate in graded.candidates]
    own = np.array([groups[row] for row in findings.sat.tolist()], dtype=np.str_)
    waiting = sum((graded.waiting(column)[findings.sat].astype(int) for column in graded.marked),
                  start=np.zeros(len(own), dtype=int))  # fmt: skip
    found = []
    for name in dict.fromkeys(own.tolist()):
        rows = own == name
        told = statistics.summary(totals[rows])
        sections = tuple(statistics.facility(each.marks[rows], each.worth) for _, each in findings.sections)
        found.append(Group(
            name, told, told.deviation / np.sqrt(told.count), int(passed[rows].sum()), sections,
            int(waiting[rows].sum()), float(highest[rows].mean()),
        ))  # fmt: skip
    return tuple(found)
