"""What a vector says to pages, reports and checks."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

import numpy as np

from qbank import numerals, units, waist
from qbank.answers import _bands, _lowering, _mistakes
from qbank.answers import _fineness as _fine
from qbank.answers._readings import spoken
from qbank.answers.vector import comparing
from qbank.answers.vector.spec import Spec
from qbank.model import Array, Columns, Floats, Lang, Printed, Rules
from qbank.sheets import Foreseen


def show(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> Printed:
    """The key with as few figures, from three, as earn full marks."""
    figures, decimals = _fineness(spec, key, row)
    return numerals.write_array(key["key"][row], spec.unit, figures=figures, decimals=decimals)


def _fineness(spec: Spec, key: Columns, row: int) -> tuple[int | None, int | None]:
    """The figures or decimals of a key, neither for all that it has: as many as the tolerance asks for."""
    values, unit = key["key"][row], spec.asked_unit
    if spec.tolerance.exact or (spec.tolerance.dp is None and _is_short(spec, values)):
        return None, None
    figures = _figures(spec, values, key["low"][row], key["high"][row])
    wanted = _fine.places(spec.tolerance, unit)
    if wanted is None:
        return figures, None
    largest = numerals.in_unit(float(np.abs(values - unit.offset).max()) + unit.offset, spec.unit)
    return None, max(wanted, _fine.ENOUGH - 1 - largest.adjusted()) if largest else wanted


def _is_short(spec: Spec, values: Floats) -> bool:
    """Whether every component has few figures, also when all are printed to as many decimals."""
    numbers = [_fine.shortest(numerals.in_unit(value, spec.unit)) for value in values.reshape(-1).tolist()]
    decimals = max([0, *(-int(number.as_tuple().exponent) for number in numbers)])
    places = max([1, *(number.adjusted() + 1 for number in numbers if number)])
    return all(map(_fine.is_short, numbers)) and decimals + places <= _fine.AMPLE + 1


def _beside(spec: Spec, values: Floats, fineness: tuple[int | None, int | None] = (None, None)) -> Printed:
    """Another vector in the style of the key: short where it is short."""
    figures, decimals = fineness
    if decimals is None and _is_short(spec, values):
        figures = None
    elif decimals is None:
        figures = figures or _fine.AMPLE
    return numerals.write_array(values, spec.unit, figures=figures, decimals=decimals)


def _figures(spec: Spec, values: Floats, low: Floats, high: Floats) -> int | None:
    """The fewest figures, from three, that are right; None for all that there are."""
    unit = spec.asked_unit
    for figures in range(3, 12):
        rounded = np.array([_rounded(value, spec.unit, figures) for value in values.reshape(-1).tolist()])
        printed = rounded * unit.factor + unit.offset
        if bool(((low.reshape(-1) <= printed) & (printed <= high.reshape(-1))).all()):
            return figures
    return None


def _rounded(value: float, unit: str, figures: int) -> float:
    return float(numerals.round_figures(numerals.in_unit(value, unit), figures))


def accepted(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> str:
    """The ends of every component, in the part's unit."""
    unit = spec.asked_unit
    ends = [(key[name][row].reshape(-1) - unit.offset) / unit.factor for name in ("low", "high")]
    texts_ = [_fine.between(low, high) for low, high in zip(*(end.tolist() for end in ends), strict=True)]
    suffix = f" {units.text(spec.unit)}" if spec.unit else ""
    return "; ".join(texts_) + suffix


def foreseen(
    spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang
) -> tuple[Foreseen, ...]:
    """The named mistakes that exist on the variant."""
    return tuple(
        Foreseen(
            _beside(spec, key[f"mistake.{name}"][row], _fineness(spec, key, row)).text,
            spoken(mistake.text, lang), mistake.credit, name,
        )
        for name, mistake in spec.mistakes.items() if key[f"applies.{name}"][row]
    )  # fmt: skip


def interaction(spec: Spec, arrangement: Columns, row: int, lang: Lang) -> waist.EntryGrid | waist.TextEntry:
    """A blank for every component where the size may be shown, else one line."""
    if spec.size is None or not spec.grid:
        return waist.TextEntry(width=12.0, unit=spec.unit if spec.unit_given == "printed" else "")
    rows, columns = (1, *spec.size) if len(spec.size) == 1 else spec.size
    return waist.EntryGrid(rows, columns)


def scoring(spec: Spec, key: Columns, arrangement: Columns, row: int, rules: Rules) -> waist.Cells:
    """The interval of every component, row by row, and the mistakes of the whole."""
    rows, columns = np.atleast_2d(key["key"][row]).shape
    unit = spec.asked_unit
    mistakes = []
    for name, mistake in spec.mistakes.items():
        if key[f"applies.{name}"][row]:
            value = key[f"mistake.{name}"][row].reshape(-1)
            low, high = comparing.mistaken(spec, value)
            mistakes.append(waist.Mistaken(name, _lowering.intervals(unit, low, high, value), mistake.credit))
    exact = spec.tolerance.exact and not _bands.short_decimal(key["key"][row].reshape(-1)).all()
    return waist.Cells(
        rows, columns, _lowering.intervals(unit, key["low"][row], key["high"][row], key["key"][row]),
        each=spec.credit == "each", mistakes=tuple(mistakes), units=_lowering.own_units(spec, rules),
        shown=spec.size is not None and spec.grid, untold=("fraction",) if exact else (),
    )  # fmt: skip


def told(spec: Spec, values: Array) -> str:
    """A key as sentences say it."""
    return _beside(spec, np.asarray(values, dtype=np.float64)).text


def spellings(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[str]:
    """As printed, in every bracket, with commas, semicolons, spaces and lines, with long dashes and full width."""
    values = key["key"][row]
    printed = show(spec, key, arrangement, row, "en")
    unit = spec.asked_unit
    numbers = ((values - unit.offset) / unit.factor).tolist()
    tail = f" {spec.unit}" if spec.unit else ""
    texts_ = [[f"{number:.12g}" for number in line] for line in (numbers if values.ndim == 2 else [numbers])]
    whole = ", ".join(f"[{', '.join(line)}]" for line in texts_)
    lines = [" ".join(f"{number}{tail}" for number in line) for line in texts_]
    found = [printed.text, f"[{whole}]{tail}", f"np.array([{whole}]){tail}", ";".join(lines), "\n".join(lines)]
    found.append("[" + "; ".join(lines).replace("-", "−") + "]")
    if values.ndim == 1:
        flat = [f"{number}{tail}" for number in texts_[0]]
        found += [f"({', '.join(flat)})", ", ".join(flat), f"（{'，'.join(flat)}）", f"[{'; '.join(flat)}]"]
        found += [f"[{', '.join(texts_[0])}]^T{tail}" if not tail else f"({', '.join(flat)})ᵀ"]
    return found


def wrong(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[tuple[str, str]]:
    """The mistakes that exist, all signs changed, one component far off, one component more."""
    values = key["key"][row]
    flat, low, high = values.reshape(-1), key["low"][row].reshape(-1), key["high"][row].reshape(-1)
    longer = "unreadable" if spec.shape == "unreadable" else "vector.shape"
    found = [(_typed(spec, np.append(flat, 1.0)), longer)]
    made = {name: key[f"mistake.{name}"][row] for name in spec.mistakes if key[f"applies.{name}"][row]}
    for (name, mistake), own in zip(made.items(), _mistakes.apart(list(made.values())), strict=True):
        if own:
            found.append((_typed(spec, mistake), f"vector.mistake.{name}"))
    if len(flat) > 1 and not made:
        off = flat.copy()
        off[-1] = high[-1] + 10 * (high[-1] - low[-1]) + abs(flat[-1])
        if off[-1] > high[-1]:
            found.append((_typed(spec, off.reshape(values.shape)), "vector.component"))
    return found


def _typed(spec: Spec, values: Floats) -> str:
    unit = spec.asked_unit
    numbers = ((values - unit.offset) / unit.factor).tolist()
    tail = f" {spec.unit}" if spec.unit else ""
    lines = numbers if values.ndim == 2 else [numbers]
    return "[" + "; ".join(", ".join(f"{number:.15g}{tail}" for number in line) for line in lines) + "]"


def unreadable(spec: Spec) -> list[str]:
    """Ragged rows, brackets that do not match or hold nothing, words, sums."""
    return ["[[1, 2], [3]]", "(1, 2", "1, 2)", "(1, 2]", "[]", "[[]]", "1,,2", "(a, b)", "1 - 2", "不知道", "nan, 1"]
