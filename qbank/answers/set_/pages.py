"""What a set says to pages, reports and checks."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qbank import numerals, units, waist
from qbank.answers import _bands, _fineness, _lowering, _tolerance
from qbank.answers._readings import spoken
from qbank.answers.number import pages as numbers
from qbank.answers.set_.spec import Spec
from qbank.model import Columns, Floats, Lang, Printed, Rules
from qbank.sheets import Foreseen


def show(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> Printed:
    """The values in braces, each with as few figures as earn full marks, and their unit."""
    return written(spec, key["key"][row], key["low"][row], key["high"][row])


def written(spec: Spec, values: Floats, low: Floats, high: Floats) -> Printed:
    """Values (SI) in braces, each as a number part prints it beside its band."""
    each = [
        numbers.show(spec.entry, {"key": values, "low": low, "high": high}, {}, place, "en")
        for place in range(len(values))
    ]
    text = "{" + ", ".join(one.bare_text for one in each) + "}"
    tex = r"\{" + r",\,".join(one.bare_tex for one in each) + r"\}"
    return numbers.in_own_unit(spec.entry, Printed(text, tex, text, tex))


def accepted(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> str:
    """The ends around every value, in the part's unit."""
    unit = spec.asked_unit
    ends = [((key[name][row] - unit.offset) / unit.factor).tolist() for name in ("low", "high")]
    if _tolerance.only_exact(spec.tolerance):
        return show(spec, key, arrangement, row, lang).text
    suffix = f" {units.text(spec.unit)}" if spec.unit else ""
    return "; ".join(_fineness.between(low, high) for low, high in zip(*ends, strict=True)) + suffix


def foreseen(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> tuple[Foreseen, ...]:
    """The named mistakes that exist on the variant."""
    return tuple(
        Foreseen(_beside(spec, key[f"mistake.{name}"][row]).text, spoken(mistake.text, lang), mistake.credit, name)
        for name, mistake in spec.mistakes.items() if key[f"applies.{name}"][row]
    )  # fmt: skip


def _beside(spec: Spec, values: Floats) -> Printed:
    return written(spec, values, *_bands.band(spec.tolerance, values, spec.asked_unit))


def interaction(spec: Spec, arrangement: Columns, row: int, lang: Lang) -> waist.TextEntry:
    """One blank, which does not say how many values there are."""
    return waist.TextEntry(width=12.0, unit=units.text(spec.unit) if spec.unit_given == "printed" else "")


def scoring(spec: Spec, key: Columns, arrangement: Columns, row: int, rules: Rules) -> waist.Cells:
    """The interval of every value, in any order, and the mistakes of the whole."""
    unit, values = spec.asked_unit, key["key"][row]
    mistakes = []
    for name, mistake in spec.mistakes.items():
        if key[f"applies.{name}"][row]:
            value = key[f"mistake.{name}"][row]
            cells = _lowering.intervals(unit, *_bands.band(spec.tolerance, value, spec.asked_unit), value)
            mistakes.append(waist.Mistaken(name, cells, mistake.credit))
    exact = _tolerance.only_exact(spec.tolerance) and not _bands.short_decimal(values).all()
    return waist.Cells(
        1, len(values), _lowering.intervals(unit, key["low"][row], key["high"][row], values),
        each=spec.credit == "each", mistakes=tuple(mistakes), units=_lowering.own_units(spec, rules),
        any_order=True, untold=("fraction",) if exact else (),
    )  # fmt: skip


def spellings(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[str]:
    """As printed, from the last to the first, in every bracket, with every separator, each value with its name."""
    typed = [_typed(spec, value) for value in key["key"][row].tolist()]
    tail = f" {spec.unit}" if spec.unit else ""
    each, back = [f"{one}{tail}" for one in typed], [f"{one}{tail}" for one in reversed(typed)]
    found = [show(spec, key, arrangement, row, "en").text, ", ".join(each), f"{{{', '.join(typed)}}}{tail}"]
    found += [between.join(back) for between in ("; ", "、", "，", " 或 ", " or ", "和", "\n", ", and ")]
    found += [f"（{'，'.join(back)}）", f"[{' '.join(back)}]".replace("-", "−"), f"{', '.join(typed)}{tail}"]
    for name in spec.names[:1]:
        found.append(", ".join(f"{name}{place} = {one}" for place, one in enumerate(each, start=1)))
        found += [" or ".join(f"{name}={one}" for one in back), f"{name} = {{{', '.join(each)}}}"]
    if len(typed) == 2 and typed[0].strip("-") == typed[1].strip("-") and typed[0] != typed[1]:
        found.append(f"±{typed[0].strip('-')}{tail}")
    return found


def _typed(spec: Spec, value: float) -> str:
    """A value (SI) in the part's unit as one types it, a fraction where no decimal is right."""
    unit = spec.asked_unit
    fraction = _bands.fraction(value / unit.factor) if spec.tolerance.exact else None
    return str(fraction) if fraction is not None else f"{float(numerals.in_unit(value, spec.unit)):.15g}"


def _list(spec: Spec, values: Sequence[float]) -> str:
    tail = f" {spec.unit}" if spec.unit else ""
    return ", ".join(f"{_typed(spec, value)}{tail}" for value in values)


def wrong(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[tuple[str, str]]:
    """The mistakes that exist, one value more, one value less."""
    values, low, high = (key[name][row] for name in ("key", "low", "high"))
    beyond = float(high.max() + 10 * (high - low).max() + np.abs(values).max() + spec.asked_unit.factor)
    made = {name: key[f"mistake.{name}"][row] for name in spec.mistakes if key[f"applies.{name}"][row]}
    found = [(_list(spec, [*values.tolist(), beyond]), "set.surplus")]
    if len(values) > 1 and not made:
        found.append((_list(spec, values.tolist()[1:]), "set.part"))
    if len(made) == 1:  # several may be alike
        found += [(_list(spec, value.tolist()), f"set.mistake.{name}") for name, value in made.items()]
    return found


def unreadable(spec: Spec) -> list[str]:
    """Brackets that do not match or hold nothing, words, what is missing between separators."""
    return ["{2, 3", "2, 3)", "(2, 3]", "{}", "2,,3", "2 or", "or", "±", "a, b", "不知道", "无解", "nan, 1"]
