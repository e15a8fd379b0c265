"""Everyone on the class report: the total, the sections, and why marks were lost, as far as a page can hold it."""

from __future__ import annotations

from typing import Any

import numpy as np

from qbank.grading import Graded
from qbank.model import Lang, printed_marks
from qbank.reports._reasons import reasons
from qbank.reports.answers import cut
from qbank.reports.findings import Findings

LISTED = 300
"""A class of up to so many is listed; of a larger one, the tables hold everybody."""
REASONS = 2500
"""The reasons are told of everyone while the whole class lost marks on no more answers than this."""
LONGEST = 120
"""The most characters of one candidate's answer that the report shows."""


def listed(findings: Findings) -> bool:
    """Whether everyone is on the page."""
    return findings.tally.candidates <= LISTED


def told(findings: Findings) -> bool:
    """Whether the reasons of everyone are as well."""
    return listed(findings) and sum(
        int(rows.sum()) for graded in findings.everyone() for rows in _lost(graded).values()
    ) <= REASONS  # fmt: skip


def _lost(graded: Graded) -> dict[str, Any]:
    """(n,) who has a reason to be told on each part: lost marks, or an own earlier value."""
    columns = graded.exam.columns()
    return {
        name: graded.sat & ((graded.marks(name).floats < float(columns[name][2])) | marked.carried)
        for name, marked in graded.marked.items()
    }


def everyone(findings: Findings, lang: Lang) -> list[dict[str, Any]]:
    """A row a candidate; with the reasons, where the page can hold those of the whole class."""
    if not listed(findings):
        return []
    why = told(findings)
    return [row for graded in findings.everyone() for row in _rows(graded, lang, why=why)]


def _rows(graded: Graded, lang: Lang, *, why: bool) -> list[dict[str, Any]]:
    totals, columns = graded.totals(), graded.exam.columns()
    sections = [graded.of_section(section) for section in graded.exam.sections]
    lost, sat = _lost(graded), graded.sat
    waits = sum((graded.waiting(name).astype(int) for name in graded.marked), start=np.zeros(len(sat), dtype=int))
    return [
        {
            "candidate": who.id, "name": who.name, "group": who.group,
            "total": printed_marks(totals[row]) if sat[row] else graded.word(row, lang),
            "sections": [printed_marks(each[row]) if sat[row] else "–" for each in sections],
            "waiting": int(waits[row]),
            "lost": [
                {
                    "number": name, "written": cut(graded.texts[name][row], LONGEST),
                    "earned": f"{printed_marks(graded.marks(name)[row])} / {printed_marks(columns[name][2])}",
                    "reason": reasons(graded, name, row, lang),
                }
                for name in graded.marked if lost[name][row]
            ] if why else [],
        }
        for row, who in enumerate(graded.candidates)
    ]  # fmt: skip
