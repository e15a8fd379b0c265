"""Every number has a unit where it is printed in another unit than it could be read in."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from qbank import algebra, messages, numerals, units
from qbank.algebra import Expression, tree
from qbank.algebra.literals import SUFFIXES
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.model import Problem

RATIONALE = (
    "A number without a unit is in SI: 200 with `unit: h` is 200 seconds. The meaning is clear where the number has "
    "its unit (200 h), where the unit is the SI unit itself (4.7k with Ω), and where suffix and prefix "
    "agree (2m with mA)."
)
PROPOSAL = "write the number with its unit"
_RF = """
parameters:
  R1: {series: E24, from: 1k, to: 10k, unit: Ω, symbol: R_1}
  Rf: {%s, symbol: R_f}
"""
_DERIVE = """
derive:
  A: {value: -Rf/R1, symbol: A_u}
  E: {value: %s, unit: kΩ}
"""
EXAMPLES = (
    Sample("numbers.unit", _RF % "integers: [20, 80], unit: kΩ", _RF % "integers: [20 kΩ, 80 kΩ]", "20 Ω, not 20 kΩ"),
    Sample("numbers.unit", _RF % "values: [2, 3], unit: kΩ", _RF % "values: [2k, 3k], unit: kΩ", "a suffix is clear"),
    Sample("numbers.unit", _DERIVE % "250", _DERIVE % "250k", "a constant that is derived"),
)


def check(scene: Scene) -> Iterator[Problem]:
    """The first such number of every parameter, and every derived value and key that is one number."""
    for name, rule in scene.item.parameters.items():
        if not rule.unit:
            continue
        for path, each in rule.numbers():
            if not each.unit and _misleads(each.text, each.number, rule.unit):
                yield _said(scene, name, each.text, each.number, rule.unit, ("parameters", name, *path))
                break
    for name, derived in scene.item.derive.items():
        yield from _literal(scene, name, derived.value, derived.unit, ("derive", name, "value"))
    for number, part in enumerate(scene.item.parts):
        for key in part.facts.keys:
            yield from _literal(scene, part.id, key.expression, key.unit or "", ("parts", number, "answer", "key"))


def _literal(
    scene: Scene, name: str, expression: Expression, unit: str, path: tuple[str | int, ...]
) -> Iterator[Problem]:
    """The problem of an expression that is a single number."""
    root = expression.root
    if isinstance(root, tree.Unary):
        root = root.operand
    if unit and isinstance(root, tree.Number) and _misleads(root.text, root.value, unit):
        value = Decimal(repr(float(algebra.evaluate(expression, {}).values[0])))
        yield _said(scene, name, expression.text, value, unit, path)


def _misleads(text: str, value: Decimal, unit: str) -> bool:
    """Whether a number without a unit may have been meant in the unit in which it prints."""
    try:
        units.canonical(unit)
    except units.UnitError:  # which is a problem of its own (dimensions.unknown)
        return False
    if not value and not units.read(units.canonical(unit)).offset:
        return False
    suffix = text[-1:] if text[-1:] in SUFFIXES else ""
    return suffix == units.canonical(unit) or not units.coherent(unit, prefixes=bool(suffix))


def _said(
    scene: Scene, name: str, text: str, value: Decimal, unit: str, path: tuple[str | int, ...]
) -> Problem:
    """The problem, with the two ways to write what may be meant."""
    now, symbol = numerals.write(float(value), unit).text, units.text(unit)
    meant, exact = f"{text.rstrip(''.join(SUFFIXES))} {symbol}", f"{_shortest(value, unit)} {symbol}"
    return scene.problem(
        "numbers.unit",
        messages.tell("{name}: {number} has no unit and is read in SI; it is printed as {printed}",
                      name=name, number=text, printed=now),
        path, severity="warning",
        proposal=messages.tell("write {meant} if that is meant, otherwise {printed}",
                               meant=meant, printed=exact),
    )  # fmt: skip


def _shortest(value: Decimal, unit: str) -> str:
    return algebra.written(Decimal(f"{numerals.in_unit(float(value), unit):.12g}"))
