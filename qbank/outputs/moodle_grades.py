"""Totals for Moodle's gradebook: Grades → Import → CSV file; it maps the columns by their headings.

Candidates are found by the ID number of their profile. Source: Moodle, `grade/import/csv`.
"""

from __future__ import annotations

from qbank.grading import Summary
from qbank.model import Lang
from qbank.outputs import Output, Written, _grades
from qbank.scales import Final


def grades(summary: Summary, final: Final, lang: Lang) -> Written:
    """A row a candidate: ID number, name, total, and a remark that goes into Moodle's feedback.

    One for whom no total is entered has none.
    """
    name = _grades.title(summary.exam, final, lang)
    return _grades.written(summary.totals, {
        "ID number": [who.id for who in summary.totals.candidates],
        "Name": [who.name for who in summary.totals.candidates],
        name: final.texts(),
        f"{name} (feedback)": _grades.remarks(summary.totals, final, lang),
    })  # fmt: skip


OUTPUT = Output(".moodle_grades.csv", totals=grades)
