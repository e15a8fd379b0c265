"""Units with real dimensions: what a unit text means, and how a unit is printed.

    unit    := product
    product := factor (("*" | " " | "/") factor)*        "/" is left-associative: m/s/s is m/s²
    factor  := atom (("^" | "**") power)? | symbol digit       a digit right after a symbol is its power
    atom    := symbol | name | "(" product ")" | "1" before "/"
    power   := sign? digit | "(" sign? digit ")"
"""

from __future__ import annotations

from qbank.units.meanings import LONGEST, Asked, Because, Doubt, Meaning, Second, meaning
from qbank.units.printing import canonical, coherent, tex, text
from qbank.units.reading import UnitError, prefix, read
from qbank.units.symbols import PURE, Dimension
from qbank.units.words import Unit

__all__ = [
    "LONGEST", "PURE", "Asked", "Because", "Dimension", "Doubt", "Meaning", "Second", "Unit", "UnitError", "canonical",
    "coherent", "meaning", "prefix", "read", "tex", "text",
]  # fmt: skip
