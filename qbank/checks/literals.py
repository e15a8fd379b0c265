"""A number without a unit is not compared with, or added to, a quantity that is written in another unit than SI."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from qbank import algebra, domains, messages, numerals, units, variants
from qbank.algebra import Expression, tree
from qbank.algebra.literals import SUFFIXES
from qbank.answers import Key
from qbank.bank.item import Item
from qbank.checks import _dimensional
from qbank.checks._dimensional import ANY, NUMBER, Dimensional, Mismatch
from qbank.checks._expressions import expressions
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.model import Column, Problem
from qbank.variants import Scope

RATIONALE = (
    "Values are in SI in every expression: with V1 in mL, `V1 < 30` compares it with 30 cubic metres and always holds. "
    "A number is told where it would be nearer to the values beside it if it were in their unit."
)
PROPOSAL = "write the number in SI"
_PARAMETERS = """
parameters:
  R1: {series: E24, from: 1k, to: 10k, unit: Ω, symbol: R_1}
  Rf: {integers: [20 kΩ, 200 kΩ], symbol: R_f}
"""
EXAMPLES = (
    Sample("literals.unit", f"{_PARAMETERS}require:\n  - Rf > 50\n", f"{_PARAMETERS}require:\n  - Rf > 50k\n",
           "50 Ω, which every Rf exceeds"),
    Sample("literals.unit", f"{_PARAMETERS}derive:\n  A: {{value: -(Rf + 10)/R1, symbol: A_u}}\n",
           f"{_PARAMETERS}derive:\n  A: {{value: -(Rf + 10k)/R1, symbol: A_u}}\n"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class _Names:
    """What is known of an item's names: dimensions, the units that they print in, and values on some combinations."""

    dimensions: Mapping[str, Dimensional]
    units: Mapping[str, str]
    scope: Scope

    def carrying(self, key: Key) -> _Names:
        """With the names that a condition of what is carried has besides."""
        value, unit = self.scope.evaluate(key.expression), key.unit or ""
        both = ("carried", "key")
        return _Names(
            {**self.dimensions, **dict.fromkeys(both, _dimensional.declared(unit))},
            {**self.units, **dict.fromkeys(both, unit)},
            Scope(self.scope.n, {**self.scope.columns, **dict.fromkeys(both, value)}, self.scope.item),
        )


def check(scene: Scene) -> Iterator[Problem]:
    """The first such number of every expression, whether or not variants can be drawn."""
    try:
        names = _names(scene.item)
    except ValueError:  # a unit that is not known, a value that cannot be computed: a problem of another check
        return
    for path, expression, key in expressions(scene.item):
        try:
            known = names.carrying(key) if key is not None else names
            _dimensional.of(expression.root, known.dimensions)
        except (Mismatch, ValueError):
            continue
        found = next((told for node in tree.walk(expression.root) for told in _beside(node, known)), None)
        if found is not None:
            message, proposal = found
            yield scene.problem("literals.unit", message, path, severity="warning", proposal=proposal)


def _names(item: Item) -> _Names:
    dimensions = _dimensional.table(item)
    for name in item.order:
        rule = item.derive[name]
        try:
            found = _dimensional.of(rule.value.root, dimensions)
        except Mismatch:
            found = ANY
        dimensions[name] = _dimensional.declared(rule.unit) if rule.unit else found
    printed = {name: domains.table(rule).unit for name, rule in item.parameters.items()}
    printed |= {name: rule.unit for name, rule in item.derive.items()}
    return _Names(dimensions, printed, variants.regardless(item))


def _beside(node: tree.Node, names: _Names) -> Iterator[tuple[str, str]]:
    """The message and the proposal for each number of a node that may have been meant in the unit of what is beside."""
    together = _alike(node)
    found = [_dimensional.of(each, names.dimensions) for each in together]
    ratio = any(dimension == _dimensional.declared("") for dimension in found)
    if ratio and not isinstance(node, tree.Compare):  # 1 - p, with p in per cent
        return
    for quantity, dimension in zip(together, found, strict=True):
        unit = "" if dimension in (ANY, NUMBER) else _unit(quantity, dimension, names)
        for each in together if unit else ():
            value = _value(each, names)
            suffix = each.text[-1:] if isinstance(each, tree.Number) and each.text[-1:] in SUFFIXES else ""
            if value and not (suffix and units.coherent(unit, prefixes=True)):
                bare = value / 10 ** SUFFIXES[suffix] if suffix else value
                if _nearer(bare, value, names.scope.evaluate(Expression("", quantity)), unit, tie=not suffix):
                    yield _said(value, bare, unit)


def _alike(node: tree.Node) -> tuple[tree.Node, ...]:
    """What is directly below a node and must have one dimension, such as the two sides of a sum."""
    match node:
        case tree.Binary(operator="+" | "-" | "%", left=left, right=right):
            return left, right
        case tree.Compare(operands=operands) | tree.Listing(items=operands):
            return operands
        case tree.Conditional(yes=yes, no=no):
            return yes, no
        case tree.Call(function=function, arguments=arguments) if function in _dimensional.ALIKE:
            return arguments
        case _:
            return ()


def _unit(quantity: tree.Node, dimension: Dimensional, names: _Names) -> str:
    """The unit other than SI in which a name of the quantity is written that has the dimension of the whole."""
    for name in sorted(algebra.names(Expression("", quantity))):
        unit = names.units.get(name, "")
        if unit and names.dimensions.get(name) == dimension and not units.coherent(unit):
            return unit
    return ""


def _value(node: tree.Node, names: _Names) -> float | None:
    """The number that a node is on every variant, made of no quantity."""
    expression = Expression("", node)
    if any(names.dimensions.get(name) != NUMBER for name in algebra.names(expression)):
        return None
    values = names.scope.evaluate(expression).values
    if values.dtype.kind not in "if" or not np.isfinite(values).all() or np.ptp(values):
        return None
    return float(values.flat[0])


def _nearer(bare: float, value: float, beside: Column, unit: str, *, tie: bool) -> bool:
    """Whether a number would be nearer to the values beside it if it were in their unit, or as near."""
    sizes = np.abs(beside.values[np.isfinite(beside.values) & (beside.values != 0)])
    if not len(sizes):
        return False
    read = units.read(units.canonical(unit))
    low, high = float(sizes.min()), float(sizes.max())
    meant, now = (max(low / abs(each), abs(each) / high, 1) for each in (bare * read.factor + read.offset, value))
    return meant < now or (meant == now and tie and units.coherent(unit, prefixes=True))


def _said(value: float, bare: float, unit: str) -> tuple[str, str]:
    read = units.read(units.canonical(unit))
    symbol, meant = units.text(unit), bare * read.factor + read.offset
    now, number, instead = (
        algebra.written(Decimal(f"{each:.12g}")) for each in (numerals.in_unit(value, unit), bare, meant)
    )
    message = messages.tell("{number} has no unit and is read in SI, where it is {value} {unit}",
                            number=algebra.written(Decimal(repr(value))), value=now, unit=symbol)  # fmt: skip
    return message, messages.tell("write {number} if {meant} {unit} is meant", number=instead, meant=number,
                                  unit=symbol)  # fmt: skip
