"""What a complex number says to pages, reports and checks."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

import math

import numpy as np

from qbank import messages, numerals, units, waist
from qbank.answers import _lowering, _mistakes
from qbank.answers._fineness import between
from qbank.answers._readings import spoken
from qbank.answers.complex_ import marks
from qbank.answers.complex_.marks import near
from qbank.answers.complex_.spec import Spec
from qbank.model import Columns, Floats, Lang, Printed, Rules
from qbank.sheets import Foreseen


def show(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> Printed:
    """The key with as few figures, from three, as earn full marks."""
    value = key["key"][row]
    for figures in range(3, 13):
        printed, rounded = _written(spec, value, figures)
        if near(spec, rounded[None], value[None]).all():
            return printed
    return printed


def _written(spec: Spec, value: Floats, figures: int) -> tuple[Printed, Floats]:
    """The number to so many figures, and the value that it then has."""
    unit = spec.asked_unit.factor
    real, imaginary = (value / unit).tolist()
    if spec.polar:
        modulus, angle = math.hypot(real, imaginary), math.degrees(math.atan2(imaginary, real))
        first, second = (numerals.write(one, figures=figures) for one in (modulus, angle))
        rounded = [_rounded(one, figures) for one in (modulus, angle)]
        turned = math.radians(rounded[1])
        back = np.array([rounded[0] * math.cos(turned), rounded[0] * math.sin(turned)])
        text, tex = f"{first.text}∠{second.text}°", rf"{first.tex}\angle {{{second.tex}}}^{{\circ}}"
    else:
        first, second = (numerals.write(one, figures=figures) for one in (real, abs(imaginary)))
        sign, sign_tex = ("−", "-") if imaginary < 0 else ("+", "+")
        back = np.array([_rounded(one, figures) for one in (real, imaginary)])
        text = f"{first.text} {sign} {_factor(second.text)}j"
        tex = rf"{first.tex} {sign_tex} {second.tex}\mathrm{{j}}"
    if not spec.unit:
        return Printed(text, tex, text, tex), back
    held, held_tex = (text, tex) if spec.polar else (f"({text})", f"({tex})")
    whole = Printed(f"{held} {units.text(spec.unit)}", rf"{held_tex}\,{units.tex(spec.unit)}", text, tex)
    return whole, back * unit


def _rounded(value: float, figures: int) -> float:
    return float(numerals.round_figures(numerals.in_unit(value, ""), figures))


def _factor(text: str) -> str:
    return f"{text} " if "×" in text else text


def accepted(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> str:
    """The ends of both parts, or the distance from the key."""
    factor, suffix = spec.asked_unit.factor, f" {spec.unit}" if spec.unit else ""
    low, high = key["low"][row] / factor, key["high"][row] / factor
    if spec.by == "modulus":
        radius = (high[0] - low[0]) / 2
        printed = show(spec, key, arrangement, row, lang).text
        return f"与 {printed} 相距不超过 {radius:.6g}{suffix}" if lang == "zh" else (
            f"no farther than {radius:.6g}{suffix} from {printed}"
        )  # fmt: skip
    names = ("实部", "虚部") if lang == "zh" else ("real part", "imaginary part")
    return "; ".join(f"{name} {between(low[place], high[place])}{suffix}" for place, name in enumerate(names))


def foreseen(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> tuple[Foreseen, ...]:
    """The named mistakes that exist on the variant."""
    return tuple(
        Foreseen(
            _written(spec, key[f"mistake.{name}"][row], 4)[0].text, spoken(mistake.text, lang), mistake.credit, name
        )
        for name, mistake in spec.mistakes.items() if key[f"applies.{name}"][row]
    )  # fmt: skip


def interaction(spec: Spec, arrangement: Columns, row: int, lang: Lang) -> waist.TextEntry:
    """One line."""
    return waist.TextEntry(width=10.0, unit=spec.unit if spec.unit_given == "printed" else "")


def scoring(spec: Spec, key: Columns, arrangement: Columns, row: int, rules: Rules) -> waist.Cells | waist.Unscored:
    """The real and the imaginary part; by modulus they cannot be told apart."""
    if spec.by == "modulus":
        return waist.Unscored(messages.tell("a complex number is marked by its distance from the key"))
    unit, asked = spec.asked_unit, key["key"][[row]]
    mistakes = []
    for name, mistake in spec.mistakes.items():
        if key[f"applies.{name}"][row]:
            value = key[f"mistake.{name}"][[row]]
            mistakes.append(waist.Mistaken(
                name, _lowering.intervals(unit, *marks.band(spec, value), value), mistake.credit
            ))  # fmt: skip
    return waist.Cells(
        1, 2, _lowering.intervals(unit, *marks.band(spec, asked), asked), each=spec.credit == "each",
        mistakes=tuple(mistakes), units=_lowering.own_units(spec, rules), shown=True, names=("Re", "Im"),
    )  # fmt: skip


def told(spec: Spec, value: Floats) -> str:
    """A key as sentences say it."""
    return _written(spec, value, 4)[0].text


def _typed(spec: Spec, value: Floats) -> str:
    real, imaginary = (value / spec.asked_unit.factor).tolist()
    tail = f" {spec.unit}" if spec.unit else ""
    text = f"{real:.15g}{imaginary:+.15g}j"
    return f"({text}){tail}" if tail else text


def spellings(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[str]:
    """As it prints; with i or j, before the number or after; by modulus and angle, as a power of e."""
    value = key["key"][row]
    real, imaginary = (value / spec.asked_unit.factor).tolist()
    tail = f" {spec.unit}" if spec.unit else ""
    modulus, angle = math.hypot(real, imaginary), math.atan2(imaginary, real)
    sign = "-" if imaginary < 0 else "+"
    found = [show(spec, key, arrangement, row, "zh").text, _typed(spec, value)]
    found += [f"{real:.15g} {sign} j{abs(imaginary):.15g}{tail}", f"({real:.15g}{imaginary:+.15g}i){tail}"]
    found.append(f"（{real:.15g}{'＋' if sign == '+' else '－'}{abs(imaginary):.15g}ｊ）{tail}")
    if (spec.tolerance.rel or spec.tolerance.abs or spec.tolerance.dp) and min(abs(real), abs(imaginary)) > 0:
        found.append(f"{modulus:.15g}∠{math.degrees(angle):.15g}°{tail}")
        found.append(f"{modulus:.15g}e^({sign}j{abs(angle):.15g}){tail}")
        found += [f"{modulus:.15g}∠{angle:.15g}rad{tail}", f"{modulus:.15g}*exp({angle:.15g}i){tail}"]
    return found


def wrong(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[tuple[str, str]]:
    """The mistakes that exist, and what is far from everything."""
    value = key["key"][row]
    made = {name: key[f"mistake.{name}"][row] for name in spec.mistakes if key[f"applies.{name}"][row]}
    found: list[tuple[str, str]] = []
    for (name, mistake), own in zip(made.items(), _mistakes.apart(list(made.values())), strict=True):
        if own:
            found.append((_typed(spec, mistake), f"complex.mistake.{name}"))
    size = np.abs(value).max() + 1
    found.append((_typed(spec, value * 7 + size * np.array([31.0, 57.0])), "complex.wrong"))
    return found


def unreadable(spec: Spec) -> list[str]:
    """Letters that are no unit, brackets that do not match, two angles."""
    return ["3+", "3+4x", "(3+4j", "5∠", "∠30°", "5∠30°∠3", "5∠j", "3+4j+", "不知道", "nan", "1/0", "j4 5", "3=4"]
