"""Printing a value: with engineering prefixes where the unit takes them, with figures where they are asked for."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from qbank import messages, units
from qbank.model import Printed

_LETTERS = {-15: "f", -12: "p", -9: "n", -6: "µ", -3: "m", 0: "", 3: "k", 6: "M", 9: "G", 12: "T"}
_SPAN = {
    "V": (-9, 6), "A": (-15, 3), "Ω": (-3, 9), "S": (-9, 3), "F": (-15, 0), "H": (-9, 0), "W": (-12, 9), "VA": (0, 9),
    "var": (0, 9), "J": (-9, 9), "N": (-6, 6), "Pa": (0, 9), "C": (-15, 0), "T": (-9, 0), "Wb": (-9, 0), "s": (-15, 0),
    "Hz": (0, 12), "m": (-9, 3), "eV": (-3, 12), "bit": (0, 12), "B": (0, 12), "g": (-9, 3), "L": (-9, 0),
    "K": (-6, 0), "mol": (-9, 0), "rad": (-3, 0), "Vpp": (-6, 3), "Vp": (-6, 3), "Vrms": (-6, 3),
}  # fmt: skip
"""The smallest and largest prefix (as powers of ten) that a value in this unit prints with."""

WHOLE = 2**53
"""Below this, a float is every whole number."""
_SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


@lru_cache(maxsize=1 << 16)
def write(value: float, unit: str = "", figures: int | None = None, decimals: int | None = None) -> Printed:
    """The value (SI) as a page shows it in its unit; `decimals` are counted in the unit itself, without a prefix.

    Halves round away from zero. With neither figures nor decimals the shortest exact form prints, 12 figures at most.
    Infinity is ∞, without a unit. Raises ValueError for a value that is not a number, UnitError for an unknown unit.

    >>> write(4700, "Ω").text, write(4700, "Ω").tex, write(1e-5, "F").text, write(0.026, "V").text
    ('4.7 kΩ', '4.7\\\\,\\\\mathrm{k\\\\Omega}', '10 µF', '26 mV')
    >>> write(0.7, "V").text
    '0.7 V'
    >>> write(-10).text, write(0.000123).text, write(0.5, "%").text, write(1500, figures=3).text
    ('−10', '1.23 × 10⁻⁴', '50%', '1500')

    A whole number below 2^53 without a unit prints all its digits; no prefix is used for less than a thousandth or
    a million and more.

    >>> write(1234567890123456).text, write(1.602e-19, "C").text, write(2e13, "V").text, write(1e24).text
    ('1234567890123456', '1.602 × 10⁻¹⁹ C', '2 × 10¹³ V', '1 × 10²⁴')
    """
    if math.isinf(value):  # no unit says how large it is
        text, tex = ("∞", r"\infty") if value > 0 else ("−∞", r"-\infty")
        return Printed(text, tex, text, tex)
    if not unit and figures is None and decimals is None and abs(value) < WHOLE and value == int(value):
        text, tex = _signs(str(int(value)))
        return Printed(text, tex, text, tex)
    number = in_unit(value, unit)
    bare_text, bare_tex = _number(number, figures, decimals)
    if not unit:
        return Printed(bare_text, bare_tex, bare_text, bare_tex)
    shown, symbol = bare_text, unit
    shown_tex = bare_tex
    span = _SPAN.get(units.canonical(unit))
    if span is not None and decimals is None:
        power = _engineering(number, figures, *span)
        if number and not -3 <= round_figures(number, figures or 12).adjusted() - power < 6:
            power = 0  # no prefix of this unit fits: the power of ten is the unit's own
        shown, shown_tex = _number(_shift(number, -power), figures, None)
        symbol = _LETTERS[power] + units.canonical(unit)
    return Printed(_join(shown, symbol), _join_tex(shown_tex, symbol), bare_text, bare_tex)


def in_unit(value: float, unit: str) -> Decimal:
    """The value (SI) in the author's unit, to 15 figures, so that 4700 Ω is 4.7 kΩ without a binary tail."""
    if not math.isfinite(value):
        raise ValueError(messages.tell("{value} cannot be printed: it is not a finite number", value=value))
    if unit:
        asked = units.read(units.canonical(unit))
        if asked.offset:  # as decimals: 295.65 - 273.15 is 22.5 to the last digit
            value = float(Decimal(repr(value)) - Decimal(repr(asked.offset)))
        value = value / asked.factor
    return Decimal(f"{value:.15g}")


def _shift(number: Decimal, power: int) -> Decimal:
    return number.scaleb(power)


def _engineering(number: Decimal, figures: int | None, low: int, high: int) -> int:
    if not number:
        return 0
    rounded = round_figures(number, figures or 12)
    if rounded.adjusted() == -1:
        return 0  # 0.7 V and 0.5 A, as textbooks print them
    return min(max(3 * math.floor(rounded.adjusted() / 3), low), high)


def round_figures(number: Decimal, figures: int) -> Decimal:
    """The number to so many significant figures, halves away from zero.

    >>> round_figures(Decimal("9.995"), 3), round_figures(Decimal("-2.5"), 1)
    (Decimal('10.0'), Decimal('-3'))
    """
    if not number:
        return number
    once = number.quantize(Decimal(1).scaleb(number.adjusted() - figures + 1), ROUND_HALF_UP)
    return once.quantize(Decimal(1).scaleb(once.adjusted() - figures + 1), ROUND_HALF_UP)


def _number(number: Decimal, figures: int | None, decimals: int | None) -> tuple[str, str]:
    """A bare number as text and as TeX."""
    if decimals is not None and number.adjusted() < 15:
        return _signs(f"{number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}")
    rounded = round_figures(number, figures) if figures else round_figures(number, 12).normalize()
    if not rounded:
        return _signs("0" if figures is None or figures < 2 else "0." + "0" * (figures - 1))
    power = rounded.adjusted()
    whole = figures is None and rounded == rounded.to_integral_value() and power < 9
    if whole or -4 < power < 6:
        return _signs(f"{rounded:f}")
    mantissa, mantissa_tex = _signs(f"{rounded.scaleb(-power):f}")
    return f"{mantissa} × 10{str(power).translate(_SUPERSCRIPT)}", rf"{mantissa_tex}\times10^{{{power}}}"


def _signs(digits: str) -> tuple[str, str]:
    if digits.startswith("-") and not digits.strip("-0."):
        digits = digits[1:]
    return digits.replace("-", "−"), digits


def _join(number: str, symbol: str) -> str:
    printed = units.text(symbol)
    return number + printed if printed in ("%", "°", "倍") else f"{number} {printed}"


def _join_tex(number: str, symbol: str) -> str:
    printed = units.tex(symbol)
    return number + printed if units.text(symbol) in ("%", "°", "倍") else rf"{number}\,{printed}"


def write_complex(value: ArrayLike, unit: str = "") -> Printed:
    """A complex number as `3 + 4j`, a vector of some as `(3 + 4j, 1 − 2j)`; in its unit, without a further prefix.

    >>> write_complex(3 - 4j).text, write_complex(4700 + 100j, "kΩ").text, write_complex([1, 2j]).text
    ('3 − 4j', '(4.7 + 0.1j) kΩ', '(1 + 0j, 0 + 2j)')
    """
    given = np.asarray(value, dtype=np.complex128)
    pairs = [_complex(each, unit) for each in given.reshape(-1).tolist()]
    text, tex = pairs[0]
    if given.ndim:
        text = f"({', '.join(one for one, _ in pairs)})"
        rows = [pairs[start : start + given.shape[-1]] for start in range(0, len(pairs), given.shape[-1])]
        lines = (rows[0] if given.ndim == 1 else ["&".join(one for _, one in row) for row in rows])
        body = r"\\".join(line if isinstance(line, str) else line[1] for line in lines)
        tex = rf"\begin{{bmatrix}}{body}\end{{bmatrix}}"
    if not unit:
        return Printed(text, tex, text, tex)
    held, held_tex = (text, tex) if given.ndim else (f"({text})", f"({tex})")
    return Printed(_join(held, unit), _join_tex(held_tex, unit), text, tex)


def _complex(value: complex, unit: str) -> tuple[str, str]:
    """One complex number, as text and as TeX."""
    parts = (_number(in_unit(one, unit), None, None) for one in (value.real, abs(value.imag)))
    (real, real_tex), (size, size_tex) = parts
    sign = "−" if value.imag < 0 else "+"
    factor = f"({size})" if " " in size else size
    return f"{real} {sign} {factor}j", rf"{real_tex} {'-' if value.imag < 0 else '+'} {size_tex}\,\mathrm{{j}}"


def write_array(
    values: ArrayLike, unit: str = "",
    figures: int | None = None, decimals: int | None = None,
) -> Printed:  # fmt: skip
    """A vector as `(0.46, −0.20)` and a column in TeX, a matrix as `[[1, 2], [3, 4]]`; all entries to as many decimals.

    >>> write_array([0.46, -0.2]).text, write_array([0.46, -0.2]).tex
    ('(0.46, −0.20)', '\\\\begin{bmatrix}0.46\\\\\\\\-0.20\\\\end{bmatrix}')
    >>> write_array([[1, 2], [3, 4]]).text
    '[[1, 2], [3, 4]]'
    """
    array = np.asarray(values, dtype=np.float64)
    if array.ndim not in (1, 2):
        raise ValueError(messages.tell(
            "an array of {dimensions} dimensions cannot be printed; only a vector or a matrix can",
            dimensions=array.ndim,
        ))  # fmt: skip
    return _write_array(array.tobytes(), array.shape, unit, figures, decimals)


def write_entries(
    values: ArrayLike, unit: str = "", figures: int | None = None, decimals: int | None = None
) -> tuple[Printed, ...]:
    """The entries of a vector in its unit, all to as many decimals; what is printed has no unit.

    >>> [each.text for each in write_entries([0.046, -0.2], "V")]
    ['0.046', '−0.200']
    """
    pairs = _pairs(np.asarray(values, dtype=np.float64).ravel().tolist(), unit, figures, decimals)
    return tuple(Printed(text, tex, text, tex) for text, tex in pairs)


def _pairs(values: list[float], unit: str, figures: int | None, decimals: int | None) -> list[tuple[str, str]]:
    """The entries as text and as TeX."""
    entries = [in_unit(value, unit) for value in values]
    if decimals is None and figures is None:
        shortest = [round_figures(entry, 12).normalize() for entry in entries]
        plain = all(not entry or -7 < entry.adjusted() < 9 for entry in shortest)
        decimals = max([0, *(-int(entry.as_tuple().exponent) for entry in shortest)]) if plain else None
    return [_number(entry, figures, decimals) for entry in entries]


@lru_cache(maxsize=1 << 14)
def _write_array(
    raw: bytes, shape: tuple[int, ...], unit: str, figures: int | None, decimals: int | None
) -> Printed:
    pairs = _pairs(np.frombuffer(raw).tolist(), unit, figures, decimals)
    texts, texes = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    if len(shape) == 1:
        text = "(" + ", ".join(texts) + ")"
        body = r"\\".join(texes)
    else:
        width = shape[1]
        rows = [range(start, start + width) for start in range(0, len(texts), width)]
        text = "[" + ", ".join("[" + ", ".join(texts[i] for i in row) + "]" for row in rows) + "]"
        body = r"\\".join("&".join(texes[i] for i in row) for row in rows)
    return with_unit(text, rf"\begin{{bmatrix}}{body}\end{{bmatrix}}", unit)


def with_unit(text: str, tex: str, unit: str) -> Printed:
    """Something written, as text and as TeX, with its unit behind it and without."""
    if not unit:
        return Printed(text, tex, text, tex)
    return Printed(_join(text, unit), _join_tex(tex, unit), text, tex)


def digits(value: float, base: int, width: int = 0) -> str:
    """A whole number in base 2, 8 or 16, in capitals, with as many digits at least. Raises ValueError for another.

    >>> digits(31, 16, 4), digits(10, 2), digits(-8, 8)
    ('001F', '1010', '−10')
    """
    if not abs(value) < WHOLE or value != int(value):
        raise ValueError(messages.tell(
            "{value:.12g} has no digits in base {base}: it is not a whole number below 2^53", value=value, base=base
        ))  # fmt: skip
    sign = "−" if value < 0 else ""
    return sign + format(abs(int(value)), {2: "b", 8: "o", 16: "X"}[base]).zfill(width)
