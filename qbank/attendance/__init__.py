"""Who handed in what: the rows of the responses and the candidates of the exam, and what became of each."""

from __future__ import annotations

from qbank.attendance._doubts import Doubt, together, told
from qbank.attendance._rows import SHOWN, Attendance, agree, attendance, plain, strangers
from qbank.attendance._states import states, unknown

__all__ = ["SHOWN", "Attendance", "Doubt", "agree", "attendance", "plain", "states", "strangers", "together", "told",
           "unknown"]  # fmt: skip
