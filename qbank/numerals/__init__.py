"""A number as it was written: its value, its significant figures and its unit text; and the printing of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank import registry
from qbank.folding import fold, invisible, normalise, visible

if TYPE_CHECKING:
    from qbank.numerals.columns import FEW, Numerals, plainly, read
    from qbank.numerals.forms import CONSTANT, DECIMAL, FRACTION
    from qbank.numerals.grammar import Numeral, one
    from qbank.numerals.literals import Comma
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
else:
    __getattr__ = registry.by_need(__name__, {
        **dict.fromkeys(("FEW", "Numerals", "plainly", "read"), "columns"),
        **dict.fromkeys(("CONSTANT", "DECIMAL", "FRACTION"), "forms"),
        "Comma": "literals", **dict.fromkeys(("Numeral", "one"), "grammar"),
        **dict.fromkeys(("CODES", "REASONS"), "reasons"),
        **dict.fromkeys(("Spans", "laid"), "spans"),
        **dict.fromkeys(("digits", "in_unit", "round_figures", "with_unit"), "writing"),
        **dict.fromkeys(("write", "write_array", "write_complex", "write_entries"), "writing"),
    })  # fmt: skip

__all__ = [
    "CODES", "CONSTANT", "DECIMAL", "FEW", "FRACTION", "REASONS", "Comma", "Numeral", "Numerals", "Spans",
    "digits", "fold", "in_unit", "invisible", "laid", "normalise", "one", "plainly", "read", "round_figures", "visible",
    "with_unit", "write", "write_array", "write_complex", "write_entries",
]  # fmt: skip
