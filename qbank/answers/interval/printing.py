"""How an interval prints: in brackets, or as an inequality of its letter."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

import math

from qbank import algebra, numerals, units
from qbank.answers._fineness import is_short
from qbank.answers.interval.spec import Spec
from qbank.formulas.vocabulary import GREEK
from qbank.model import Columns, Floats, Lang, Printed


def show(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> Printed:
    """The interval, its ends with as few figures, from three, as earn full marks."""
    ends = key["ends"][row]
    figures = [_figures(spec, float(end), key["low"][row, side], key["high"][row, side])
               for side, end in enumerate(ends.tolist())]  # fmt: skip
    return written(spec, ends, spec.printed, figures)


def _figures(spec: Spec, end: float, low: float, high: float) -> int | None:
    """How many figures an end is printed with, None for all that it has."""
    if spec.tolerance.exact or not math.isfinite(end):
        return None
    unit = spec.asked_unit
    for figures in range(3, 12):
        rounded = float(numerals.round_figures(numerals.in_unit(end, spec.unit), figures))
        if low <= rounded * unit.factor + unit.offset <= high:
            return figures
    return None


def written(spec: Spec, ends: Floats, brackets: str, figures: list[int | None]) -> Printed:
    """An interval, or an inequality where that is asked, its ends with so many figures, None for all that they have."""
    if spec.inequality:
        return _inequality(spec, ends, brackets, figures)
    texts_, texes = [], []
    for end, count in zip(ends.tolist(), figures, strict=True):
        if math.isfinite(end):
            number = numerals.in_unit(end, spec.unit)
            printed = numerals.write(float(number), figures=None if is_short(number) else count)
            texts_.append(printed.text)
            texes.append(printed.tex)
        else:
            texts_.append("+∞" if end > 0 else "−∞")
            texes.append(r"+\infty" if end > 0 else r"-\infty")
    text = f"{brackets[0]}{', '.join(texts_)}{brackets[1]}"
    inner = r",\, ".join(texes)
    tex = rf"\left{brackets[0]}{inner}\right{brackets[1]}"
    if not spec.unit:
        return Printed(text, tex, text, tex)
    return Printed(f"{text} {units.text(spec.unit)}", rf"{tex}\,{units.tex(spec.unit)}", text, tex)


def _inequality(spec: Spec, ends: Floats, brackets: str, figures: list[int | None]) -> Printed:
    """The interval as an inequality of its letter: on its left where there is one end, else between the two."""
    shut = brackets[0] == "[", brackets[1] == "]"
    printed = [_end(spec, end, count) for end, count in zip(ends.tolist(), figures, strict=True)]
    tex = algebra.default_symbol(spec.inequality)
    text = next((letter for letter, name in GREEK.items() if name == spec.inequality), spec.inequality)
    letter = Printed(text, tex, text, tex)
    if math.isinf(ends[1]) and math.isfinite(ends[0]):
        pieces = [letter, _RELATIONS["≥" if shut[0] else ">"], printed[0]]
    elif math.isinf(ends[0]) and math.isfinite(ends[1]):
        pieces = [letter, _RELATIONS["≤" if shut[1] else "<"], printed[1]]
    else:
        first, second = (_RELATIONS["≤" if each else "<"] for each in shut)
        pieces = [printed[0], first, letter, second, printed[1]]
    return Printed(
        " ".join(each.text for each in pieces), " ".join(each.tex for each in pieces),
        " ".join(each.bare_text for each in pieces), " ".join(each.bare_tex for each in pieces),
    )  # fmt: skip


def _end(spec: Spec, end: float, figures: int | None) -> Printed:
    """One end of an inequality, with its unit."""
    if math.isinf(end):
        return numerals.write(end)
    number = numerals.in_unit(end, spec.unit)
    bare = numerals.write(float(number), figures=None if is_short(number) else figures)
    if not spec.unit:
        return bare
    return Printed(f"{bare.text} {units.text(spec.unit)}", rf"{bare.tex}\,{units.tex(spec.unit)}", bare.text, bare.tex)


_RELATIONS = {sign: Printed(sign, tex, sign, tex) for sign, tex in (
    ("<", "<"), ("≤", r"\leq"), (">", ">"), ("≥", r"\geq"),
)}  # fmt: skip


def told(spec: Spec, ends: Floats) -> str:
    """A key as sentences say it."""
    return written(spec, ends, spec.printed, [4, 4]).text
