"""A number as it was written: its value, its significant figures and its unit text; and the printing of one."""

from __future__ import annotations

from qbank.folding import fold, invisible, normalise, visible
from qbank.numerals.columns import FEW, Numerals, plainly, read
from qbank.numerals.constant import CONSTANT, DECIMAL, FRACTION
from qbank.numerals.grammar import Comma, Numeral, one
from qbank.numerals.reasons import CODES, REASONS
from qbank.numerals.spans import Spans, laid
from qbank.numerals.writing import (
    digits,
    in_unit,
    round_figures,
    with_unit,
    write,
    write_array,
    write_complex,
    write_entries,
)

__all__ = [
    "CODES", "CONSTANT", "DECIMAL", "FEW", "FRACTION", "REASONS", "Comma", "Numeral", "Numerals", "Spans",
    "digits", "fold", "in_unit", "invisible", "laid", "normalise", "one", "plainly", "read", "round_figures", "visible",
    "with_unit", "write", "write_array", "write_complex", "write_entries",
]  # fmt: skip
