"""qbank from Python: open a bank or an exam, look at items, draw variants, mark columns of answers, read statistics.

Everything that is a table comes back as a Polars frame; what can be looked at shows itself in a notebook.

>>> bank = open_bank()
>>> item = bank["opamp.inverting.gain"]
>>> item.variants(3).columns
['seat', 'R1', 'Rf', 'A']
>>> item.mark([-10, "10"], seat=7)["notes"].to_list()
[['number.wrong'], ['number.wrong']]
"""

from __future__ import annotations

from qbank.actions.ask import ask
from qbank.api._banks import Bank, open_bank
from qbank.api._exams import Exam, open_exam
from qbank.api._items import Item
from qbank.api._marks import FinalMarks, anonymise, final_marks, pack, unpack
from qbank.api._measures import Measures
from qbank.api._regraded import Regraded
from qbank.api._results import Results

__all__ = [
    "Bank", "Exam", "FinalMarks", "Item", "Measures", "Regraded", "Results", "anonymise", "ask", "final_marks",
    "open_bank", "open_exam", "pack", "unpack",
]  # fmt: skip
