"""How a unit is printed: as text (kΩ, m/s²) and as TeX of our subset (\\mathrm{k\\Omega})."""

from __future__ import annotations

import re
from functools import lru_cache

from qbank.units.reading import Unit, UnitError, read
from qbank.units.symbols import NAMES

_SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_FOLD = str.maketrans({"μ": "µ", "Ω": "Ω", "·": "*", "⋅": "*", "×": "*"} | dict(zip("²³", "23", strict=True)))
_POWER = re.compile(r"\s*(?:\^|\*\*)\s*\(?\s*([+-]?\d)\s*\)?")
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1024)
def canonical(unit: str) -> str:
    """An author's unit as it is stored: symbols for names, `µ` and `Ω` in one code point, `^` for powers.

    Raises UnitError, whose message says what was meant.

    >>> canonical("kohm"), canonical("uF"), canonical("m/s²"), canonical("")
    ('kΩ', 'µF', 'm/s^2', '')
    """
    raised = re.sub("[²³]", lambda found: "^" + found.group(), unit).translate(_FOLD).strip()
    read(raised)
    named = _WORD.sub(lambda found: NAMES.get(found.group(), found.group()), raised)
    small = re.sub(r"(?<![^\W\d_])u(?=[^\W\d_])", "µ", named)
    return _POWER.sub(lambda found: "^" + found.group(1).lstrip("+"), re.sub(r"\s*([*/])\s*", r"\1", small))


@lru_cache(maxsize=1024)
def text(unit: str) -> str:
    """The unit as a page shows it.

    >>> text("V/us"), text("m*s^-2")
    ('V/µs', 'm·s⁻²')
    """
    raised = re.sub(r"\^(-?\d)", lambda found: found.group(1).translate(_SUPERSCRIPT), canonical(unit))
    return raised.replace("*", "·")


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
    greek = re.sub(r"µ(?=\w)", lambda _: r"\mu ", stored)
    greek = greek.replace("Ω", r"\Omega").replace("*", r"\cdot ").replace("%", r"\%")
    return r"\mathrm{" + re.sub(r"\^(-?\d)", r"^{\1}", greek) + "}"


__all__ = ["Unit", "UnitError", "canonical", "tex", "text"]
