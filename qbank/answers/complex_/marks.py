"""From values to key columns, from texts to complex numbers, from both to steps."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from qbank import messages, numerals, units
from qbank.answers import Complex, Scope, _across, _bands, _mistakes, _unit_costs
from qbank.answers._ladder import Ladder
from qbank.answers._quantities import OTHER, UNKNOWN
from qbank.answers._readings import Readings, begun, collect
from qbank.answers.complex_.spec import Number, Spec
from qbank.answers.complex_.written import SECONDS, parse
from qbank.model import Array, Columns, Floats, Lang, Rules, Steps

Mask = NDArray[np.bool_]
DOUBTS: tuple[units.Doubt, ...] = ("", "gloss", "customary")
"""What a unit text may leave in doubt."""
VANISHING = 1e-12
"""A part below this share of the modulus is zero."""


def bind(spec: Spec, scope: Scope, arrangement: Columns) -> dict[str, Array]:
    """`key` (n, 2) the real and the imaginary part in SI, `low` and `high` (n, 2); for every mistake its own (n, 2)."""
    key = _column(spec.key, scope)
    low, high = band(spec, key)
    columns: dict[str, Array] = {"key": key, "low": low, "high": high}
    for name, mistake in spec.mistakes.items():
        value = _column(mistake.value, scope)
        there = _mistakes.where(mistake.when, np.array(np.isfinite(value).all(axis=1)), scope)
        columns |= {f"mistake.{name}": value, f"applies.{name}": there}
    return columns


def _column(number: Number, scope: Scope) -> Floats:
    if number.value is not None:
        value = np.broadcast_to(cast(Complex, scope).complex(number.value), (scope.n,))
        return _settled(np.stack([value.real, value.imag], axis=1))
    first, second = (
        np.broadcast_to(scope.evaluate(one).values.astype(np.float64), (scope.n,)) for one in number.expressions
    )
    if number.re is None:
        first, second = first * np.cos(second), first * np.sin(second)
    return _settled(np.stack([first, second], axis=1))


def _settled(value: Floats) -> Floats:
    """A part that vanishes beside the modulus is zero, and never negative zero."""
    with np.errstate(invalid="ignore"):
        modulus = np.hypot(value[:, 0], value[:, 1])[:, None]
        return np.asarray(np.where(np.abs(value) < VANISHING * modulus, 0.0, value) + 0.0)


def band(spec: Spec, key: Floats) -> tuple[Floats, Floats]:
    """(n, 2) the ends of each part; by the modulus, the ends of the square around the circle."""
    if spec.by == "modulus":
        radius = _radius(spec, key)[:, None]
        return key - radius, key + radius
    low, high = _bands.band(spec.tolerance, key, spec.asked_unit)
    modulus = np.hypot(key[:, 0], key[:, 1])[:, None]
    share = VANISHING if spec.tolerance.rel is None else spec.tolerance.rel * (1 + _bands.SLACK)
    beside = modulus * share  # the relative tolerance of a part that is zero is that of the modulus
    return np.where(key == 0, np.minimum(low, -beside), low), np.where(key == 0, np.maximum(high, beside), high)


def _radius(spec: Spec, key: Floats) -> Floats:
    """(n,) how far from the key an answer may lie."""
    low, high = _bands.band(spec.tolerance, np.hypot(key[:, 0], key[:, 1]), spec.asked_unit)
    return (high - low) / 2


def near(spec: Spec, given: Floats, asked: Floats) -> Mask:
    """(n, 2) which parts of the numbers given are right beside the numbers asked; by modulus both or none."""
    if spec.by == "modulus":
        distance = np.hypot(given[:, 0] - asked[:, 0], given[:, 1] - asked[:, 1])
        return np.repeat((distance <= _radius(spec, asked))[:, None], 2, axis=1)
    low, high = band(spec, asked)
    return np.asarray((low <= given) & (given <= high), dtype=np.bool_)


def _right(spec: Spec, given: Floats, key: Columns) -> Mask:
    """(n, 2) which parts of the numbers given are right beside the key; by modulus both or none."""
    if spec.by == "modulus":
        return near(spec, given, key["key"])
    return np.asarray((key["low"] <= given) & (given <= key["high"]), dtype=np.bool_)


def feasible(spec: Spec, key: Columns) -> Mask:
    """Where the key is finite, and no mistake that exists is right."""
    value = key["key"]
    sound: Mask = np.asarray(np.isfinite(value).all(axis=1), dtype=np.bool_)
    for name in spec.mistakes:
        sound &= ~(key[f"applies.{name}"] & near(spec, key[f"mistake.{name}"], value).all(axis=1))
    return sound


def impossible(spec: Spec, key: Columns) -> str:
    """The one thing that can be wrong with the key itself."""
    return messages.tell("the key is not a finite number")


def read(spec: Spec, texts: Sequence[str], rules: Rules) -> Readings:
    """`value` (n, 2) in SI, `several` (n,) how many other readings it has, `seconds` (n, k, 2) what those are, `unit`
    (n,): NONE, FITS, OTHER or UNKNOWN, and `doubt` (n,), a code of `DOUBTS`."""
    comma, asked = rules.comma == "decimal", units.Asked(spec.asked_unit, prefixes=False)

    def one(text: str) -> dict[str, Any]:
        given = parse(text, asked, degrees=spec.angles == "degrees", name=spec.own_name, decimal_comma=comma)
        seconds = np.full((SECONDS, 2), np.nan)
        for place, second in enumerate(given.seconds):
            seconds[place] = second.real, second.imag
        return {
            "value": (given.value.real, given.value.imag), "several": len(given.seconds), "seconds": seconds,
            "unit": given.unit, "doubt": DOUBTS.index(given.doubt),
        }  # fmt: skip

    none = np.zeros((), dtype=np.uint8)
    empty = {"value": np.full(2, np.nan), "several": none, "seconds": np.full((SECONDS, 2), np.nan), "unit": none,
             "doubt": none}  # fmt: skip
    def told(columns: Columns, row: int, lang: Lang) -> str:
        real, imaginary = (float(f"{each:.6g}") for each in columns["value"][row].tolist())
        return numerals.write_complex(complex(real, imaginary), spec.unit).text

    found = collect(texts, one, empty, told)
    most = int(found.columns["several"].max(initial=0))
    return replace(found, columns={**found.columns, "seconds": found.columns["seconds"][:, :most]})


def value(spec: Spec, reading: Readings, shape: tuple[int, ...] = ()) -> Floats:
    """(n, 2) the real and the imaginary part of what each candidate gave, in SI; NaN where there is none."""
    return np.asarray(reading.columns["value"], dtype=np.float64)


def mark(spec: Spec, reading: Readings, key: Columns, arrangement: Columns, rules: Rules) -> Steps:
    """`complex.right`, `.mistake.…`, `.conjugate`, `.sign`, `.part` (one part is right) or `.wrong`; then the unit."""
    given, asked = reading.columns["value"], key["key"]
    good = _right(spec, given, key)
    right = reading.read & _across.every(good)
    share: Floats = _across.number(good) / 2 if spec.credit == "each" else right.astype(np.float64)
    details: dict[str, Array] = {"given": given, "asked": asked, "good": good}
    steps, left = _unclear(begun(reading), reading, good, details)
    ladder = Ladder(steps, left, np.where(left, share, 0.0), details)
    ladder.step(right, "complex.right", 1.0)
    for name, mistake in spec.mistakes.items():
        made = key[f"applies.{name}"] & _across.every(near(spec, given, key[f"mistake.{name}"]))
        ladder.step(made, f"complex.mistake.{name}", np.maximum(share, mistake.credit))
    seconds, several = reading.columns["seconds"], reading.columns["several"]
    for place in range(seconds.shape[1]):
        if (ladder.left & (several > place)).any():
            second = seconds[:, place]
            ladder.step(_across.every(_right(spec, second, key)), "two-readings.waits", 0.0, second=second)
    ladder.step(_across.every(_right(spec, given * np.array([1, -1]), key)), "complex.conjugate", share)
    ladder.step(_across.every(_right(spec, -given, key)), "complex.sign", share)
    ladder.step(_across.some(good), "complex.part", share)
    ladder.step(ladder.left, "complex.wrong", 0.0)
    return _unit_costs.steps(spec, ladder.steps, reading.columns["unit"], ladder.earned > 0, details, rules)


def _unclear(steps: Steps, reading: Readings, good: Mask, details: Columns) -> tuple[Steps, Mask]:
    """The steps with one more for each answer whose unit is not clear, and (n,) which answers are left to mark."""
    unit, doubt, left = reading.columns["unit"], reading.columns["doubt"], reading.read.copy()

    def wait(rows: Mask, note: str) -> None:
        nonlocal steps, left
        steps, left = steps.where(left & rows, note, 0.0, **details), left & ~rows

    wait((unit == UNKNOWN) & ~_across.every(good), "unit.unknown.waits")
    for code, name in enumerate(DOUBTS[1:], start=1):
        wait((doubt == code) & _across.some(good) & (unit != OTHER), f"unit.{name}.waits")
    return steps, left
