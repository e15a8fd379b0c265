"""Answers as candidates would write them: right in many spellings, wrong with a known note, and unreadable."""

from __future__ import annotations

import re
from decimal import Decimal

import numpy as np

from qbank import numerals, units
from qbank.answers import _bands
from qbank.answers.number import pages
from qbank.answers.number.earning import earned
from qbank.answers.number.marks import read
from qbank.answers.number.naming import near
from qbank.answers.number.spec import Spec
from qbank.model import READ, Columns, Rules, take

_WIDE = str.maketrans("0123456789-.", "０１２３４５６７８９－．")
_PREFIXES = {"k": 3, "m": -3, "M": 6, "µ": -6, "u": -6, "n": -9, "G": 9}


def spellings(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[str]:
    """The key as printed and in plain letters, with a comma, an exponent, other prefixes, full width, its own name."""
    printed = pages.show(spec, key, arrangement, row, "zh")
    if np.isinf(key["key"][row]):
        return _endless(spec, float(key["key"][row]))
    digits = _digits(printed.bare_text)
    bare = spec.unit_given == "printed" or not spec.unit
    unit = "" if bare else spec.unit
    if "/" in digits:  # an exact key that no decimal is
        return [printed.text, f"{digits} {unit}", f"({digits}) {unit}", f"= {digits} {unit}"]
    number = Decimal(digits)
    found = [
        printed.text, f"{digits} {spec.unit}".strip(), f"{digits}{unit}", f" {digits} {unit} ", f"（{digits}）{unit}",
        f"{digits.translate(_WIDE)} {unit}", f"≈ {digits.replace('-', '−')} {unit}", f"= {digits} {unit}。",
        f"{digits}e0 {unit}", f"{digits}×10⁰ {unit}",
    ]  # fmt: skip
    own = spec.reads(Rules()).name.split()
    found += [f"{name} = {digits} {unit}" for name in own]
    if spec.comma in (None, "ask", "decimal") and re.fullmatch(r"-?\d+\.(\d\d?|\d{4,})", digits):
        found.append(f"{digits.replace('.', ',')} {unit}")
    if spec.places is None:
        sign, figures, power = number.as_tuple()
        assert isinstance(power, int)
        lead = "".join(map(str, figures))
        if spec.figures is not None and not lead[spec.figures.least :].strip("0"):
            power += len(lead) - spec.figures.least
            lead = lead[: spec.figures.least].ljust(spec.figures.least, "0")
        mantissa = ("-" if sign else "") + lead[0] + ("." + lead[1:] if lead[1:] else "")
        shift = power + len(lead) - 1 if number else 0
        found += [f"{mantissa}e{shift} {unit}", f"{mantissa} * 10^({shift}) {unit}", f"{mantissa}x10**{shift} {unit}"]
        found += _other_prefixes(spec, number, unit)
    return list(dict.fromkeys(found))


def _endless(spec: Spec, value: float) -> list[str]:
    """Infinity in signs and words, with its sign, the unit, the part's own name."""
    signs = ("", "+", "正") if value > 0 else ("-", "−", "负")
    found = [f"{signs[0]}{word}" for word in ("∞", "infinity", "inf", "Inf", "oo")]
    found += [f"{signs[1]}∞", f"（{signs[1]}∞）", f"{signs[2]}无穷大", f"{signs[2]}无穷", f"≈ {signs[0]}∞"]
    unit = "" if spec.unit_given == "printed" else spec.unit
    return [*found, f"{signs[0]}∞ {unit}", *(f"{name} = {signs[1]}∞" for name in spec.reads(Rules()).name.split())]


def _digits(text: str) -> str:
    """The printed number in ASCII digits, without an exponent of its own."""
    plain = numerals.normalise(text).replace(" ", "")
    mantissa, _, power = plain.partition("*10^(")
    return f"{Decimal(mantissa).scaleb(int(power.rstrip(')') or 0)):f}" if power else plain


def _other_prefixes(spec: Spec, number: Decimal, unit: str) -> list[str]:
    """The same value under other prefixes, and by a bare prefix where the part takes one."""
    if unit in ("", "%", "°") or not spec.unit_convert or spec.asked_unit.kind == "log" or units.read(unit).offset:
        return []
    found = []
    base = unit[1:] if unit[0] in _PREFIXES and len(unit) > 1 and _reads(unit[1:]) else unit
    own = _PREFIXES.get(unit[0], 0) if base != unit else 0
    for letter, power in _PREFIXES.items():
        if _reads(letter + base) and abs(power - own) <= 6:
            found.append(f"{number.scaleb(own - power):f} {letter}{base}")
            if spec.takes_prefix and base in ("Ω", "F", "V", "A", "Hz"):
                found.append(f"{number.scaleb(own - power):f}{letter}")
    if base == "Ω":
        found += [f"{number.scaleb(own):f} ohm", f"{number.scaleb(own):f}R"]
    return [text for text in found if len(text) < 40]


def _reads(unit: str) -> bool:
    try:
        units.read(unit)
    except units.UnitError:
        return False
    return not set("/*^") & set(unit)


def wrong(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[tuple[str, str]]:
    """Every mistake that exists, the other sign, ten times too much, no unit and the wrong one."""
    one = take(key, np.array([row]))
    value = float(one["key"][0])
    mistakes = [name for name in spec.mistakes if one[f"applies.{name}"][0]]
    unit = "" if spec.unit_given == "printed" else spec.unit

    def text(number: float) -> str:
        return "-∞" if number == -np.inf else "∞" if number == np.inf else (
            f"{numerals.in_unit(number, spec.scale)} {unit}".strip()
        )  # fmt: skip

    made = np.array([one[f"mistake.{name}"][0] for name in mistakes])
    trials = [(float(number), "") for number in made]
    plain = not spec.tolerance.exact or _bands.short_decimal(one["key"])[0]
    symmetric = -one["high"][0] <= one["high"][0] and -one["low"][0] >= one["low"][0]
    if value and np.isfinite(value) and plain and not symmetric and not spec.asked_unit.offset:
        trials += [(value * 10, "number.power-of-ten"), (-value, "number.sign")]
    if np.isinf(value):
        trials.append((-value, "number.sign"))
    found = []
    if trials:
        texts = [text(number) for number, _ in trials]
        reading = read(spec, texts, Rules())
        same = take(one, np.zeros(len(texts), dtype=np.intp))
        off = (reading.state == READ) & (earned(spec, reading, reading.value, same) == 0)
        for place in np.flatnonzero(off).tolist():
            number, note = trials[place]
            fits = np.flatnonzero(near(spec, np.full(len(made), number), made))  # the first mistake names the answer
            found.append((texts[place], f"number.mistake.{mistakes[fits[0]]}" if len(fits) else note))
    if np.isinf(value):
        return found
    if spec.unit and spec.unit_given == "asked" and spec.figures is None and spec.places is None and not spec.also:
        digits = _digits(pages.show(spec, key, arrangement, row, "zh").bare_text)
        other = "kg" if spec.asked_unit.dimension != units.read("kg").dimension else "s"
        found += [(digits, "unit.missing"), (f"{digits} {other}", "unit.dimension"), (f"{digits} blah", "unit.unknown")]
    return found


def unreadable(spec: Spec) -> list[str]:
    """Two numbers, broken numbers, programs, and words."""
    stranger = next(letter for letter in "xyz" if letter not in (spec.name, spec.key.text))  # `x = 3` names the key x
    texts = ["1.2.3", "--3", "5V 3", "0x10", "1_000", "1 2 3", ".", "nan", "Infinity", "1e999999999", "9^9^9^9",
             "__import__('os')", "=cmd|' /C calc'!A0", "不知道", "1 V/", "5 mhz", f"{stranger} = 3"]  # fmt: skip
    read_ = {"9^9^9^9"} if spec.form == "constant" else set[str]()
    return [text for text in texts if text not in read_ | ({"Infinity"} if spec.infinite else set())]
