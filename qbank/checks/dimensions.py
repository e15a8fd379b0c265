"""Every key has the dimension of its unit; no formula adds volts to amperes or takes the logarithm of ohms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qbank import algebra, messages, units
from qbank.algebra import Expression, tree
from qbank.bank.datafile import FileColumn
from qbank.checks import _dimensional
from qbank.checks._dimensional import ANY, Dimensional, Mismatch, spoken
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.model import Problem

RATIONALE = "A formula whose dimensions do not fit is wrong, whatever number it gives."
PROPOSAL = "correct the formula, or the unit: of a value in it"
_DERIVE = """
derive:
  A: {value: "%s", symbol: A_u%s}
"""
_KEY = """
parts:
  - id: gain
    ask: {zh: 求输入电阻。, en: Find the input resistance.}
    answer: {kind: number, key: R1, unit: %s, tolerance: 1%%}
    witness: none
    because: the sample has no circuit
"""
_MISTAKE = """
parameters:
  R1: {series: E24, from: 1k, to: 10k, unit: Ω, symbol: R_1}
  Rf: {series: E24, from: 20k, to: 200k, unit: Ω, symbol: R_f}
  m: {integers: [2 g, 9 g], hidden: yes}
parts:
  - id: gain
    ask: {zh: 求质量。, en: Find the mass.}
    answer: {kind: number, key: 2*m, unit: g, tolerance: 1%%, mistakes: {other: {value: %s, zh: 错, en: wrong}}}
    witness: none
    because: the sample has no circuit
"""
_FILE = """
files:
  data.csv:
    columns: {R: {value: "[R1, Rf]", unit: %s}}
"""
EXAMPLES = (
    Sample("dimensions.key", _KEY % "V", _KEY % "kΩ", "a resistance asked for in volts"),
    Sample("dimensions.formula", _DERIVE % ("1 + Rf", ""), _DERIVE % ("1 + Rf/R1", ""), "a number plus a resistance"),
    Sample("dimensions.formula", _DERIVE % ("db20(Rf)", ""), _DERIVE % ("db20(Rf/R1)", ""), "a level is of a ratio"),
    Sample("dimensions.unit", _DERIVE % ("Rf/R1", ", unit: V"), _DERIVE % ("Rf/R1", ""), "a ratio called volts"),
    Sample("dimensions.mistake", _MISTAKE % "m**2", _MISTAKE % "m", "candidates write the number in grams"),
    Sample("dimensions.unit", _FILE % "V", _FILE % "kΩ", "a column of resistances called volts"),
)


def check(scene: Scene) -> Iterator[Problem]:
    """The first fault of every derived value, requirement and key."""
    item = scene.item
    strange = list(_strange(scene))
    if strange:
        yield from strange
        return
    table = _dimensional.table(item)
    for name in item.order:
        rule: Any = item.derive[name]
        path: tuple[str | int, ...] = ("derive", name)
        found, problem = _of(scene, rule.value, table, path)
        yield from problem
        declared = _dimensional.declared(rule.unit)
        if rule.unit and found is not None and not _dimensional.fits(found, declared):
            yield scene.problem(
                "dimensions.unit",
                messages.tell("{formula} is {found}, but its unit {unit} means {declared}",
                              formula=rule.value, found=spoken(found), unit=rule.unit, declared=spoken(declared)),
                path,
                proposal=PROPOSAL,
            )
        table[name] = declared if rule.unit else found if found is not None else ANY
    for number, condition in enumerate(item.require):
        yield from _of(scene, condition, table, ("require", number))[1]
    for name, file in item.files.items():
        for heading, column in file.columns.items():
            yield from _column(scene, name, heading, column, table)
    for number, part in enumerate(item.parts):
        for key in part.facts.keys:
            if key.unit is not None:
                yield from _key(scene, number, key.expression, key.unit, table)
        yield from _mistakes(scene, number, table)


def _mistakes(scene: Scene, number: int, table: dict[str, Dimensional]) -> Iterator[Problem]:
    """Mistakes of another dimension in a part whose unit is not of SI: no answer in that unit has their values.

    In a unit of SI, with a prefix too, the number that a candidate writes is the value, whatever its dimension.
    """
    facts = scene.item.parts[number].facts
    unit = facts.keys[0].unit if len(facts.keys) == 1 else None
    if not unit or units.coherent(unit, prefixes=True) or units.read(unit).kind != "linear":
        return
    wanted = _dimensional.declared(unit)
    for mistake in facts.mistakes:
        for value in mistake.value:
            try:
                found = _dimensional.of(value.root, table)
            except Mismatch:  # a mistake of this kind may be just what is foreseen
                continue
            if not _dimensional.fits(found, wanted):
                yield scene.problem(
                    "dimensions.mistake",
                    messages.tell("the mistake {name!r} is {found}, and no answer in {unit} has its value",
                                  name=mistake.name, found=spoken(found), unit=unit),
                    ("parts", number, "answer", "mistakes", mistake.name), severity="warning",
                    proposal=messages.tell("multiply it by a parameter that is a constant with a unit, "
                                           "as in c0: {{value: 1 mol/L}}"),
                )  # fmt: skip


def _column(
    scene: Scene, name: str, heading: str, column: FileColumn, table: dict[str, Dimensional]
) -> Iterator[Problem]:
    """A column of a data file that is not of the dimension of its unit."""
    path = ("files", name, "columns", heading)
    found, problem = _of(scene, column.value, table, path)
    yield from problem
    wanted = _dimensional.declared(column.unit)
    if column.unit and found is not None and not _dimensional.fits(found, wanted):
        message = messages.tell("the column {column!r} is {found}, but its unit {unit} means {declared}",
                                column=heading, found=spoken(found), unit=column.unit,
                                declared=spoken(wanted))  # fmt: skip
        yield scene.problem("dimensions.unit", message, path, proposal=PROPOSAL)


def _key(
    scene: Scene, number: int, key: Expression, unit: str, table: dict[str, Dimensional]
) -> Iterator[Problem]:
    """A key that is not of the dimension that is asked, or another mark or level."""
    path = ("parts", number, "answer", "key")
    found, problem = _of(scene, key, table, path)
    yield from problem
    wanted = _dimensional.declared(unit)
    if found is not None and not _dimensional.fits(found, wanted):
        if unit:
            message = messages.tell("the key {key} is {found}, but an answer in {unit} is asked for ({declared})",
                                    key=key, found=spoken(found), unit=unit, declared=spoken(wanted))  # fmt: skip
        else:
            message = messages.tell("the key {key} is {found}, but a number without a unit is asked for",
                                    key=key, found=spoken(found))  # fmt: skip
        yield scene.problem("dimensions.key", message, path, proposal=PROPOSAL)
    yield from _mark(scene, number, key, unit)
    if units.read(unit).kind == "log":
        yield from _level(scene, number, key)


def _strange(scene: Scene) -> Iterator[Problem]:
    """The units of parameters and derived values that are not known."""
    for kind, rules in (("parameters", scene.item.parameters), ("derive", scene.item.derive)):
        for name, rule in rules.items():
            try:
                units.canonical(rule.unit)
            except units.UnitError as error:
                yield scene.problem("dimensions.unknown", str(error), (kind, name),
                                    proposal=messages.tell("write a unit such as kΩ"))  # fmt: skip


def _of(
    scene: Scene, expression: Expression, table: dict[str, Dimensional], path: tuple[str | int, ...]
) -> tuple[Dimensional | None, list[Problem]]:
    try:
        return _dimensional.of(expression.root, table), []
    except Mismatch as mismatch:
        message = messages.tell("{place}: {problem}", place=expression, problem=mismatch)
        problem = scene.problem("dimensions.formula", message, path, proposal=PROPOSAL)
        return None, [problem]


def _made_of(scene: Scene, key: Expression) -> tuple[list[Expression], set[str]]:
    """A key with everything that it is derived from, and the parameters at the bottom."""
    expressions, given = [key], set()
    waiting, done = set(algebra.names(key)), set()
    while waiting:
        name = waiting.pop()
        if name in scene.item.parameters:
            given.add(name)
        elif name not in done:
            done.add(name)
            expressions.append(scene.item.derive[name].value)
            waiting |= algebra.names(scene.item.derive[name].value)
    return expressions, given


def _mark(scene: Scene, number: int, key: Expression, unit: str) -> Iterator[Problem]:
    """An rms value, an amplitude and a peak-to-peak value taken for one another: no number and no root between them."""
    asked = units.read(unit).mark
    expressions, given = _made_of(scene, key)
    marks = {units.read(units.canonical(scene.item.parameters[name].unit)).mark for name in given} - {""}
    pieces = [piece for each in expressions for piece in tree.walk(each.root)]
    scaled = any(isinstance(piece, tree.Number | tree.Call) for piece in pieces)
    if units.read(unit).kind == "linear" and asked and marks and asked not in marks and not scaled:
        message = messages.tell("the key is asked for in {unit}, but is made of {marks} values",
                                unit=unit, marks=messages.listed(sorted(marks)))  # fmt: skip
        yield scene.problem("dimensions.mark", message, ("parts", number, "answer", "unit"),
                            proposal=messages.tell("an amplitude is √2 times the rms value of a sine"))  # fmt: skip


def _level(scene: Scene, number: int, key: Expression) -> Iterator[Problem]:
    """A level of amplitudes taken as one of powers, or the other way round."""
    band = scene.item.parts[number].facts.band
    level = band.level if band else None
    called = frozenset().union(*map(algebra.functions, _made_of(scene, key)[0]))
    path = ("parts", number, "answer", "level")
    if level == "power" and "db20" in called:
        message = messages.tell("the level is that of a power, but the key is computed with db20")
    elif level == "amplitude" and "db10" in called:
        message = messages.tell("the level is that of an amplitude, but the key is computed with db10")
    else:
        return
    yield scene.problem("dimensions.level", message, path,
                        proposal=messages.tell("db20 is for voltages and currents, db10 for powers"))  # fmt: skip
