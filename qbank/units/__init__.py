"""Units with real dimensions: what a unit text means, and how a unit is printed.

    unit    := product
    product := factor (("*" | " " | "/") factor)*        "/" is left-associative: m/s/s is m/s²
    factor  := atom (("^" | "**") power)? | symbol digit       a digit right after a symbol is its power
    atom    := symbol | name | "(" product ")" | "1" before "/"
    power   := sign? digit | "(" sign? digit ")"
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank import registry

if TYPE_CHECKING:
    from qbank.units.meanings import LONGEST, Asked, Doubt, Meaning, meaning
    from qbank.units.printing import canonical, coherent, tex, text
    from qbank.units.reading import UnitError, prefix, read
    from qbank.units.second_readings import Because, Second
    from qbank.units.symbols import PURE, Dimension
    from qbank.units.words import Unit
else:
    __getattr__ = registry.by_need(__name__, {
        **dict.fromkeys(("LONGEST", "Asked", "Doubt", "Meaning", "meaning"), "meanings"),
        **dict.fromkeys(("canonical", "coherent", "tex", "text"), "printing"),
        **dict.fromkeys(("UnitError", "prefix", "read"), "reading"),
        **dict.fromkeys(("Because", "Second"), "second_readings"),
        **dict.fromkeys(("PURE", "Dimension"), "symbols"), "Unit": "words",
    })  # fmt: skip

__all__ = [
    "LONGEST", "PURE", "Asked", "Because", "Dimension", "Doubt", "Meaning", "Second", "Unit", "UnitError", "canonical",
    "coherent", "meaning", "prefix", "read", "tex", "text",
]  # fmt: skip
