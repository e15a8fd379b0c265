"""M, the chemists' sign for mol/L: a unit where a part asks for a concentration, and a prefix everywhere else.

`0.1 M`, `5 mM` and `2 M^-1 s^-1` are read where the asked unit holds amounts per volume, as `R` is an ohm behind a
number and 度 is what the part asks for.
"""

from __future__ import annotations

import re
from functools import lru_cache

from qbank.units.words import Unit

_LONG = {"milli": "m", "micro": "µ", "nano": "n", "pico": "p"}
_MOLAR = re.compile(r"(?<![^\W\d_])(?:([mµunpf]?)M|(milli|micro|nano|pico)?[Mm]olar)(?![^\W\d_])")
_METRES, _MOLES = 1, 5
"""Where the powers of these two stand in a dimension."""


def is_asked(asked: Unit) -> bool:
    """Whether a unit holds amounts per volume: mol/L, L²/mol², mol/(L·s).

    >>> from qbank.units import read
    >>> [is_asked(read(unit)) for unit in ("mol/L", "L^2/mol^2", "mol/(L s)", "L/mol", "mol", "g/mol", "MΩ")]
    [True, True, True, True, False, False, False]
    """
    moles = asked.dimension[_MOLES]
    return moles != 0 and asked.dimension[_METRES] == -3 * moles


def spelled(word: str) -> str:
    """A word that is M with a prefix or without, or molar, in moles and litres; any other word is ''.

    >>> spelled("M"), spelled("mM"), spelled("millimolar"), spelled("Mm")
    ('mol/L', 'mmol/L', 'mmol/L', '')
    """
    found = _MOLAR.fullmatch(word)
    return "" if found is None else _in_moles(found)


@lru_cache(maxsize=1024)
def in_moles(text: str, asked: Unit) -> str:
    """A text with M in it, in moles and litres, where that is what the part asks for; otherwise ''.

    >>> from qbank.units import read
    >>> in_moles("mM", read("mol/L")), in_moles("M^-1 s^-1", read("L/(mol s)")), in_moles("M", read("Ω"))
    ('(mmol/L)', '(mol/L)^-1 s^-1', '')
    """
    written = _MOLAR.sub(lambda found: f"({_in_moles(found)})", text) if is_asked(asked) else text
    return "" if written == text else written


def _in_moles(found: re.Match[str]) -> str:
    return (found[1] or _LONG.get(found[2] or "", "")) + "mol/L"


__all__ = ["in_moles", "is_asked", "spelled"]
