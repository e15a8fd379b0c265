"""Scales: how the marks of exams become the mark that a registry enters, exactly and by rules that are told.

Pure values: curves, tables of grades, weights, minimum and one rounding; a rule that no mark meets is refused.
"""

from __future__ import annotations

from qbank.scales.combining import Final, Given, combined
from qbank.scales.curves import AsIs, Curve, To
from qbank.scales.named import TABLES
from qbank.scales.reading import curve, scheme, table
from qbank.scales.scheme import Component, Scheme, single
from qbank.scales.tables import Band, Table, need_whole

__all__ = [
    "TABLES", "AsIs", "Band", "Component", "Curve", "Final", "Given", "Scheme", "Table", "To", "combined", "curve",
    "need_whole", "scheme", "single", "table",
]  # fmt: skip
