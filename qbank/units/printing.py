"""How a unit is printed: as text (kΩ, m/s²) and as TeX of our subset (\\mathrm{k\\Omega})."""

from __future__ import annotations

import re
from functools import lru_cache

from qbank import folding
from qbank.units import words
from qbank.units.reading import POWER, WORD, read
from qbank.units.symbols import SYMBOLS

_SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_RAISED = re.compile(POWER)


@lru_cache(maxsize=1024)
def canonical(unit: str) -> str:
    """An author's unit as it is stored: symbols for names, `µ` and `Ω` in one code point, `^` for powers.

    Raises UnitError, whose message says what was meant.

    >>> canonical("kohm"), canonical("uF"), canonical("m/s²"), canonical("mV/℃"), canonical("")
    ('kΩ', 'µF', 'm/s^2', 'mV/°C', '')
    """
    body = folding.normalise(unit).strip()
    read(body)
    named = WORD.sub(lambda found: words.stored(found.group()), body)
    raised = _RAISED.sub(lambda found: "^" + (found.group(1) or found.group(2)).lstrip("+"), named)
    return re.sub(r"(?<=[^\W\d_])(?=[1-9](?!\d))", "^", re.sub(r"\s*([*/])\s*", r"\1", raised))


@lru_cache(maxsize=1024)
def coherent(unit: str, *, prefixes: bool = False) -> bool:
    """Whether a number in the unit is the number in SI; with `prefixes`, but for the prefixes that are in it.

    >>> [coherent(unit) for unit in ("Ω", "kΩ", "kg", "g", "mmol/L", "°C")]
    [True, False, True, False, True, False]
    >>> [coherent(unit, prefixes=True) for unit in ("kΩ", "V/µs", "g", "mm^2", "km/h", "%", "°")]
    [True, True, False, False, False, False, False]
    """
    stored = canonical(unit)
    read_ = read(stored)
    if read_.factor == 1 and not read_.offset:
        return True
    found = [(words.known()[each.group()], stored[each.end() :]) for each in WORD.finditer(stored)]
    plain = all((word.symbol in SYMBOLS and SYMBOLS[word.symbol].factor == 1) or word.unit.mark for word, _ in found)
    return prefixes and plain and not read_.offset and not any(word.prefix and rest[:1] == "^" for word, rest in found)


@lru_cache(maxsize=1024)
def text(unit: str) -> str:
    """The unit as a page shows it.

    >>> text("V/us"), text("m*s^-2"), text("J/(mol K)")
    ('V/µs', 'm·s⁻²', 'J/(mol·K)')
    """
    raised = re.sub(r"\^(-?\d)", lambda found: found.group(1).translate(_SUPERSCRIPT), canonical(unit))
    return re.sub(r"\*|\s+", "·", raised)


@lru_cache(maxsize=1024)
def tex(unit: str) -> str:
    """The unit in TeX, upright; a number and this go together with `\\,` between, but for ° and %.

    >>> tex("kΩ"), tex("m/s^2"), tex("%"), tex("°C")
    ('\\\\mathrm{k\\\\Omega}', '\\\\mathrm{m/s^{2}}', '\\\\%', '^{\\\\circ}\\\\mathrm{C}')
    """
    stored = canonical(unit)
    if stored in ("", "%", "°"):
        return {"": "", "%": r"\%", "°": r"^{\circ}"}[stored]
    if stored == "°C":
        return r"^{\circ}\mathrm{C}"
    products = re.sub(r"\s+", "*", stored)
    greek = re.sub(r"µ(?=\w)", lambda _: r"\mu ", products).replace("°", r"{}^{\circ}")
    greek = greek.replace("Ω", r"\Omega").replace("*", r"\cdot ").replace("%", r"\%")
    return r"\mathrm{" + re.sub(r"\^(-?\d)", r"^{\1}", greek) + "}"


__all__ = ["canonical", "coherent", "tex", "text"]
