"""Totals for Canvas's gradebook: Grades → Import; the exam becomes an assignment.

Candidates are found by their SIS user ID. The second row says what the assignment is worth, as in Canvas's own export.
"""

from __future__ import annotations

from qbank.grading import Summary
from qbank.model import Lang
from qbank.outputs import Output, Written, _grades
from qbank.scales import Final

POINTS = "    Points Possible"
"""How Canvas marks the row that says what an assignment is worth; its export has the spaces too."""


def grades(summary: Summary, final: Final, lang: Lang) -> Written:
    """The five columns that name a student, then the total; empty where none is entered."""
    people = summary.totals.candidates
    none = [""] * (len(people) + 1)
    return _grades.written(summary.totals, {
        "Student": [POINTS, *(who.name or who.id for who in people)],
        "ID": none,
        "SIS User ID": ["", *(who.id for who in people)],
        "SIS Login ID": none,
        "Section": ["", *(who.group for who in people)],
        _grades.title(summary.exam, final, lang): [_grades.full(final), *final.texts()],
    })  # fmt: skip


OUTPUT = Output(".canvas_grades.csv", totals=grades)
