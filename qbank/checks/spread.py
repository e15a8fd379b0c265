"""Variants differ in what is shown and in the key, but not in difficulty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qbank import algebra, domains, messages, units
from qbank.answers import Band
from qbank.bank.item import Item
from qbank.checks import _shown
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene, first, share
from qbank.domains import labels, value, values
from qbank.model import Floats, Problem, flat

RATIONALE = "Variants with the same key can be copied; a key of 3.2e7 Ω, or one that is given, makes another question."
PROPOSAL = "widen the domains, choose another unit:, or use require: so that the key is an ordinary number"
FEW = 8
"""Fewer different variants than this are hardly variants, unless the author lists the values one by one."""
COMMON = 0.75
"""A key on more than this share of the variants is as good as the only one."""
LARGE, SMALL = 1e7, 1e-5
"""Keys beyond these, in the unit they are asked in, are awkward to write."""
NEAR_ZERO = 1e-4
"""A key this small beside the usual one."""
OFTEN = 0.02
"""The share of variants from which an odd key is reported; fewer are a chance."""

_RF = """
parameters:
  R1: {series: E24, from: 1k, to: 10k, unit: Ω, symbol: R_1}
  Rf: {%s, unit: Ω, symbol: R_f}
"""
_KEY = """
derive:
  A: {value: "%s", symbol: A_u}
"""
EXAMPLES = (
    Sample("spread.few", _RF.replace("10k", "1.1k") % "series: E24, from: 20k, to: 22k",
           _RF % "series: E24, from: 20k, to: 200k"),
    Sample("spread.constant", _KEY % "0 * Rf/R1 - 10", _KEY % "-Rf/R1", "every variant has the same key"),
    Sample("spread.awkward", _KEY % "-Rf * 1e9 / R1", _KEY % "-Rf/R1"),
    Sample("spread.easy", _RF % "series: E24, from: 1k, to: 10k", _RF % "series: E24, from: 20k, to: 200k",
           "where R_f = R_1, the key is -1"),
)  # fmt: skip


def check(scene: Scene) -> Iterator[Problem]:
    """Too few variants, variants that look alike, keys that stay, awkward keys, and variants that are too easy."""
    if not scene.varies:
        return
    feasible = scene.space.feasible
    listed = all(isinstance(rule, labels.Spec | values.Spec | value.Spec) for rule in scene.item.parameters.values())
    if not listed and feasible is not None and len(feasible) < FEW:
        yield scene.problem(
            "spread.few",
            messages.tell_many(len(feasible), "the item has only {count} different variant",
                               "the item has only {count} different variants"),
            ("parameters",),
            severity="warning",
            proposal=messages.tell("widen the domain of a parameter"),
        )
        return
    yield from _duplicates(scene)
    for number, part in enumerate(scene.item.parts):
        facts = part.facts
        depends = [key.expression for key in facts.keys]
        if not facts.column or not any(map(algebra.names, depends)):
            continue
        path = ("parts", number, "answer", "key")
        key = scene.drawn.keys[part.id][facts.column]
        numbers = np.asarray(key, dtype=float).reshape(len(key), -1)
        kinds, counts = np.unique(numbers, axis=0, return_counts=True)
        if len(kinds) == 1:
            message = messages.tell("the key is the same on every variant")
            yield scene.problem("spread.constant", message, path, severity="warning", proposal=PROPOSAL)
            continue
        if counts.max() > COMMON * len(numbers):
            yield scene.problem(
                "spread.common",
                messages.tell("the key is the same on {count:,} of {total:,} variants",
                              count=counts.max(), total=len(numbers)),
                path,
                severity="warning",
                proposal=PROPOSAL,
            )
        if key.ndim == 1 and facts.band is not None:
            yield from _awkward(scene, facts.band, key, path)
            if np.isfinite(key).all() and not _branches(depends, scene.item):
                yield from _easy(scene, facts.band, key, path)


def _duplicates(scene: Scene) -> Iterator[Problem]:
    """Variants with other values that look the same to the candidate."""
    if any(part.facts.statements for part in scene.item.parts):
        return
    seen = [_flat(scene, name) for name in sorted(_shown.visible(scene.item)) if name in scene.drawn.columns]
    drawn = [_flat(scene, name) for name in scene.item.parameters]
    if not seen:
        return
    different = len(np.unique(np.concatenate(drawn, axis=1), axis=0))
    visible = len(np.unique(np.concatenate(seen, axis=1), axis=0))
    if visible < different / 4:
        yield scene.problem(
            "spread.duplicates",
            messages.tell("{different:,} different variants show only {visible:,} different questions",
                          different=different, visible=visible),
            ("parameters",),
            severity="warning",
            proposal=messages.tell("show the parameter that differs, or delete it"),
        )


def _flat(scene: Scene, name: str) -> Floats:
    return flat(scene.drawn.columns[name].values)


def _extreme(values: Floats, factor: float) -> NDArray[np.bool_]:
    """Which values are awkward to write in a unit of this size without a power of ten."""
    size = np.abs(values / factor)
    return np.isfinite(size) & ((size > LARGE) | ((size < SMALL) & (size > 0)))


def _powers_are_given(scene: Scene, n: int) -> NDArray[np.bool_]:
    """Where the question itself gives a number with such a power of ten, as the constant of Avogadro or of Planck."""
    given = np.zeros(n, bool)
    for name, rule in scene.item.parameters.items():
        found = scene.drawn.columns[name].values
        if found.dtype.kind in "if":
            factor = units.read(units.canonical(domains.table(rule).unit)).factor
            given |= _extreme(flat(found), factor).any(axis=1)
    return given


def _awkward(scene: Scene, asked: Band, key: Floats, path: tuple[str | int, ...]) -> Iterator[Problem]:
    unit = asked.asked_unit
    if unit.kind != "linear" or unit.offset or not np.isfinite(key).any():
        return
    odd = _extreme(key, unit.factor) & ~_powers_are_given(scene, len(key))
    if odd.mean() > OFTEN:
        row = first(odd)
        shown = f"{key[row] / unit.factor:.4g} {asked.unit}".rstrip()
        yield scene.problem(
            "spread.awkward",
            messages.tell("the key is {key} on this variant, and as awkward on {variants}",
                          key=shown, variants=share(odd)),
            path,
            seat=row,
            severity="warning",
            proposal=messages.tell("choose another unit: (another prefix), or narrow the domains"),
        )
    zero = (key != 0) & (np.abs(key) < NEAR_ZERO * np.median(np.abs(key[np.isfinite(key)])))
    if zero.mean() > OFTEN:
        yield scene.problem(
            "spread.near-zero",
            messages.tell("the key is nearly 0 on {variants}", variants=share(zero)),
            path,
            seat=first(zero),
            severity="warning",
            proposal=messages.tell("use require: so that the key is not near 0"),
        )


def _branches(expressions: Sequence[algebra.Expression], item: Item) -> bool:
    """Whether a key takes another way on some variants, as an output that saturates does: a given value is meant."""
    waiting, seen = [*expressions], {expression.text for expression in expressions}
    while waiting:
        each = waiting.pop()
        if " if " in each.text or algebra.functions(each) & {"clamp", "clip", "min", "max"}:
            return True
        for name in algebra.names(each) & set(item.derive):
            below = item.derive[name].value
            if below.text not in seen:
                seen.add(below.text)
                waiting.append(below)
    return False


def _easy(scene: Scene, asked: Band, key: Floats, path: tuple[str | int, ...]) -> Iterator[Problem]:
    """Variants on which nothing needs to be computed, among others on which it does."""
    given = np.zeros(len(key), dtype=bool)
    for name in _shown.visible(scene.item):
        rule: Any = scene.item.parameters.get(name) or scene.item.derive[name]
        column = scene.drawn.columns[name]
        dimension = units.read(units.canonical(rule.unit)).dimension
        if not column.shape and not column.labels and dimension == asked.asked_unit.dimension:
            given |= np.isclose(key, column.values, rtol=1e-9, atol=0)
    given |= np.isin(key, (0.0, 1.0, -1.0)) & (not asked.unit)
    if OFTEN < given.mean() < 0.5 and not (key % 1 == 0).all():
        yield scene.problem(
            "spread.easy",
            messages.tell("the key is 0, ±1 or simply a given value on {variants}", variants=share(given)),
            path,
            seat=first(given),
            severity="warning",
            proposal=messages.tell("use require: so that there is something to compute"),
        )
