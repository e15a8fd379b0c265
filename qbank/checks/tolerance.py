"""No tolerance accepts a clearly wrong answer: zero, the other sign, a power of ten, the next whole number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from qbank import algebra, messages
from qbank.answers import Facts, Mistake
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene, first, share
from qbank.domains import integers
from qbank.model import Array, Columns, Floats, Problem

RATIONALE = "A tolerance that is wide, or absolute for a small key, accepts a guess, a lost sign or a lost prefix."
PROPOSAL = "write a narrower or a relative tolerance, or use require: so that the key is not so small"
WIDE, RATHER = 0.2, 0.1
"""Half a band as a share of the key: an error from the first on, a warning above the second."""
DECIBELS = 3.0
OFTEN = 0.01
"""The share of variants from which a band that takes in too much is reported; a rare small key is a chance."""
NEAR = 0.25
"""The share of its variants on which a mistake may lie within an eighth of the band's width of it."""
_TENS = tuple(10.0**power for power in (-6, -3, -2, -1, 1, 2, 3, 6))

_WIDE = """
parts:
  - id: gain
    ask: {zh: 求电压放大倍数。, en: Find the voltage gain.}
    answer: {kind: number, key: A, tolerance: %s}
    witness: none
    because: the sample has no circuit
"""
_SMALL = """
parameters:
  R1: {series: E24, from: 1k, to: 10k, unit: Ω, symbol: R_1}
  Rf: {series: E24, from: %s, unit: Ω, symbol: R_f}
parts:
  - id: gain
    ask: {zh: 求电压放大倍数。, en: Find the voltage gain.}
    answer: {kind: number, key: A, tolerance: 0.5}
    witness: none
    because: the sample has no circuit
"""
_COUNT = """
parameters:
  R1: {integers: {from: 2, to: 9}}
  Rf: {integers: {from: 20, to: 90}}
derive:
  A: R1 * Rf
stem:
  zh: 权重矩阵为 {{ R1 }} 行、{{ Rf }} 列。
  en: A weight matrix has {{ R1 }} rows and {{ Rf }} columns.
parts:
  - id: count
    ask: {zh: 求元素个数。, en: Find the number of entries.}
    answer: {kind: number, key: A, tolerance: %s}
    witness: none
    because: the sample counts
"""
EXAMPLES = (
    Sample("tolerance.wide", _WIDE % "20%", _WIDE % "2%"),
    Sample(
        "tolerance.zero", _SMALL % "'100', to: '400'", _SMALL % "20k, to: 200k", "a key of 0.1 with ±0.5 accepts 0"
    ),
    Sample("tolerance.sign", _SMALL % "'100', to: '400'", _SMALL % "20k, to: 200k"),
    Sample("tolerance.count", _COUNT % "1%", _COUNT % "exact", "a count is right or wrong"),
)


def check(scene: Scene) -> Iterator[Problem]:
    """What the band of each number or vector takes in, on how many variants."""
    for number, part in enumerate(scene.item.parts):
        key, facts = scene.drawn.keys[part.id], part.facts
        if (band := facts.band) is None:
            continue
        value, low, high = (_flat(key[name]) for name in (facts.column, band.low, band.high))
        there = np.isfinite(value).any(axis=0)
        if not there.any():
            continue
        value, low, high = (each[:, there] for each in (value, low, high))
        path = ("parts", number, "answer", "tolerance")
        unit, tolerance = band.asked_unit, band.tolerance
        if tolerance.range is None and not tolerance.exact:
            yield from _wide(scene, path, value, high - low, log=unit.kind == "log")
        if unit.kind == "linear" and not unit.offset and tolerance.dp is None:
            yield from _swallowed(scene, path, value, low, high)
        if key[facts.column].ndim == 1:
            yield from _edge(scene, facts.mistakes, key, low[:, 0], high[:, 0], path)
        if _counts(scene, facts) and not (value % 1).any():
            near: Array = np.any((low <= value - 1) | (value + 1 <= high), axis=1)
            if near.any():
                yield scene.problem(
                    "tolerance.count",
                    messages.tell("a count that is wrong by one is marked right on {variants}", variants=share(near)),
                    path,
                    seat=first(near),
                    proposal=messages.tell("a count is exact: write tolerance: exact"),
                )


def _flat(column: Array) -> Floats:
    """(n, k) every number of the key; a value cannot be near infinity."""
    values = np.asarray(column, dtype=float).reshape(len(column), -1)
    return np.where(np.isfinite(values), values, np.nan)


def _wide(scene: Scene, path: tuple[str | int, ...], value: Floats, width: Floats, *, log: bool) -> Iterator[Problem]:
    half = width / 2
    if log:
        if np.median(half) >= DECIBELS:
            message = messages.tell("±{width:.2g} dB is so wide that answers wrong by a factor are marked right",
                                    width=np.median(half))  # fmt: skip
            yield scene.problem("tolerance.wide", message, path)
        return
    with np.errstate(all="ignore"):
        relative = np.nanmedian(np.where(value != 0, half / np.abs(value), np.nan), axis=0).min()
    if not relative > RATHER * (1 + 1e-6):
        return
    severe = relative >= WIDE * (1 - 1e-6)
    yield scene.problem(
        "tolerance.wide",
        messages.tell("answers {share:.0%} off the key are marked right", share=relative),
        path,
        severity="error" if severe else "warning",
        proposal=PROPOSAL,
    )


def _swallowed(
    scene: Scene, path: tuple[str | int, ...], value: Floats, low: Floats, high: Floats
) -> Iterator[Problem]:
    """Zero, the other sign, a power of ten: at most one problem, the worst."""
    # a sum that cancels leaves a rest of the arithmetic, not a key
    there = np.abs(value) > 1e-12 * np.nanmax(np.abs(value), initial=0)
    tens = np.zeros_like(there)
    for factor in _TENS:
        tens |= (low <= value * factor) & (value * factor <= high)
    for code, taken in (
        ("sign", (low <= -value) & (-value <= high)), ("power", tens), ("zero", (low <= 0) & (high >= 0)),
    ):  # fmt: skip
        rows = (taken & there).any(axis=1)
        if rows.mean() >= OFTEN:
            said = _accepted(code, share(rows))
            yield scene.problem(f"tolerance.{code}", said, path, seat=first(rows), proposal=PROPOSAL)


def _accepted(code: str, variants: str) -> str:
    """The sentence for a wrong answer that the tolerance accepts."""
    match code:
        case "sign":
            return messages.tell("the key with the other sign is marked right on {variants}", variants=variants)
        case "power":
            return messages.tell("the key times a power of ten is marked right on {variants}", variants=variants)
        case _:
            return messages.tell("the answer 0 is marked right on {variants}", variants=variants)


def _edge(
    scene: Scene, mistakes: Sequence[Mistake], key: Columns, low: Floats, high: Floats, path: tuple[str | int, ...]
) -> Iterator[Problem]:
    """A foreseen mistake so near the band of a single number that rounding brings it in."""
    for mistake in mistakes:
        value, exists = key[mistake.column], key[mistake.applies]
        if not exists.any():
            continue
        room = (high - low) / 8
        near: Array = exists & (low - room < value) & (value < high + room)
        if near.sum() > NEAR * exists.sum():
            yield scene.problem(
                "tolerance.edge",
                messages.tell("the mistake {name!r} lies at the edge of the tolerance on {variants}",
                              name=mistake.name, variants=share(near)),
                path, seat=first(near), severity="warning",
                proposal=messages.tell("narrow the tolerance, or use require: so that the two differ"),
            )  # fmt: skip


def _counts(scene: Scene, facts: Facts) -> bool:
    """Whether the key is made of integers alone, and so is a count."""
    used: set[str] = set()
    waiting = {name for key in facts.keys for name in algebra.names(key.expression)}
    while waiting:
        name = waiting.pop()
        if name in used:
            continue
        used.add(name)
        if name in scene.item.derive:
            waiting |= algebra.names(scene.item.derive[name].value)
    given = [scene.item.parameters[name] for name in used if name in scene.item.parameters]
    bare = not any(key.unit for key in facts.keys)
    return bool(given) and bare and all(isinstance(rule, integers.Spec) and rule.counts for rule in given)
