"""A large class in partitions: stretches of its candidates, each marked as the whole would be, and put together again.

Pure functions of a sealed exam and a table of responses, on this machine or another: the marks of a partition are
those of its candidates in the whole class, and its tally adds up with the others to the figures of the report.
"""

from __future__ import annotations

from qbank.partitions._marked import Marked, Rules, marked
from qbank.partitions._spans import Span, spans, within
from qbank.partitions._tables import COUNTED, tables

__all__ = ["COUNTED", "Marked", "Rules", "Span", "marked", "spans", "tables", "within"]
