"""What the figures of a report are computed from, in a form that adds up: counts and exact sums of a part of a class.

`of(graded)` counts one grading, `together` adds up those of the parts of a class. Whatever the parts are and however
they are ordered, the figures are those of the whole class.
"""

from __future__ import annotations

from qbank.reports.tally._classes import Class
from qbank.reports.tally._earned import Earned
from qbank.reports.tally._hands import Hands
from qbank.reports.tally._options import Option
from qbank.reports.tally._tally import Tally, of, together

__all__ = ["Class", "Earned", "Hands", "Option", "Tally", "of", "together"]
