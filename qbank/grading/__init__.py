"""Grading an exam: a table of responses against the sealed exam, to marks with their reasons.

A class is marked as a whole (`grade`), or in parts (`part`) whose problems are told together (`problems`).
"""

from __future__ import annotations

from qbank.grading._by_hand import SLACK, numbered, renumbered
from qbank.grading._graded import DOUBTFUL, Graded, doubts
from qbank.grading._part import Notes, grade, part, problems
from qbank.grading._totals import Summary, Totals

__all__ = [
    "DOUBTFUL", "SLACK", "Graded", "Notes", "Summary", "Totals", "doubts", "grade", "numbered", "part", "problems",
    "renumbered",
]  # fmt: skip
