"""What an exam measured: its questions and options, its reliability, fairness and model, and what a bank keeps of it.

`of(graded)` takes the marks of those who sat; every other function makes one table of them.
"""

from __future__ import annotations

from qbank.reports.measures._fairness import TOTAL, forms, parameters
from qbank.reports.measures._model import Model, model
from qbank.reports.measures._options import options, taken
from qbank.reports.measures._paper import Paper, of
from qbank.reports.measures._questions import DOUBT, EASY, HARD, WEAK, questions, remarks
from qbank.reports.measures._sitting import sitting

__all__ = [
    "DOUBT", "EASY", "HARD", "TOTAL", "WEAK", "Model", "Paper", "forms", "model", "of", "options", "parameters",
    "questions", "remarks", "sitting", "taken",
]  # fmt: skip
