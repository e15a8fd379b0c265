"""One number: intervals that are tried in their order, and what the unit leaves of the credit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qbank import messages
from qbank.outputs import _lost
from qbank.outputs._qti import parts, rules, units
from qbank.outputs._qti.parts import Asked, Told
from qbank.outputs._qti.tree import Element, text, written
from qbank.waist import Interval, Numbers, UnitName, Units

PREFIXES = [10.0 ** (3 * power) for power in range(-10, 11) if power]


def told(asked: Asked, scoring: Numbers, width: float, unit: str) -> Told:
    """The line, the list of units where the candidate gives one, and the score."""
    if "fraction" in scoring.untold:
        entry = written(parts.entry(asked.response, width), asked.version)
        return Told((parts.response(asked.response, "string"),), inline=entry, person=True,
                    lost=(_lost.by_person(messages.tell("the key is written as a fraction")),))  # fmt: skip
    lost = [messages.tell("how many figures are shown")] if "figures" in scoring.untold else []
    key = next(each for each in scoring.intervals if not each.mistake)
    offered = units.listed(scoring.units)
    responses = [parts.response(asked.response, "float", correct=[rules.number(key.value)])]
    shown = written(parts.entry(asked.response, width), asked.version)
    if offered:
        lost.append(units.lost())
        responses.append(parts.response(asked.unit, "identifier", correct=["U0"]))
        shown += " " + written(units.choice(asked, scoring.units), asked.version)
    elif unit:
        shown += " " + text(unit).text
    processing = rules.chosen([(rules.given(asked.response), scored(asked, scoring))])
    return Told(tuple(responses), processing, inline=shown, lost=tuple(lost))


def scored(asked: Asked, scoring: Numbers) -> tuple[Element, ...]:
    """The rules for a number that was typed, by the unit beside it."""
    told = scoring.units
    if not units.listed(told):
        return _tried(asked, scoring, UnitName(""), 1.0, bare=True)
    return by_unit(asked, told, lambda unit, kept, sort: _tried(asked, scoring, unit, kept, bare=sort == "none",
                                                              own=sort == "own"))


def by_unit(
    asked: Asked, told: Units, rules_of: Callable[[UnitName, float, str], tuple[Element, ...]]
) -> tuple[Element, ...]:
    """Rules for every unit that can be picked, for those of another dimension, and for none.

    `rules_of` is given the unit in which the number is, what is kept of its credit, and "own", "other" or "none".
    """
    offered = units.listed(told)
    same = UnitName(offered[0].name)
    cases = [(rules.empty(asked.unit), rules_of(same, told.missing, "none"))]
    cases += [(rules.picked(asked.unit, f"U{number}"), rules_of(unit, unit.credit, "own"))
              for number, unit in enumerate(offered)]  # fmt: skip
    wrong = units.wrong(asked, told)
    if wrong is not None:
        cases.append((wrong, rules_of(same, told.other, "other")))
    return rules.chosen((condition, inner) for condition, inner in cases if inner)


def _tried(
    asked: Asked, scoring: Numbers, unit: UnitName, kept: float, *, bare: bool, own: bool = False
) -> tuple[Element, ...]:
    """The intervals in their order; then the prefix, and what the unit alone is worth."""
    told = scoring.units
    alone = told.alone if (own and kept == 1) or (bare and told.missing == 1 and told.names) else 0.0
    cases: list[tuple[Element, Sequence[Element]]] = []
    for each in scoring.intervals:
        if not each.bare or bare:
            earned = max(each.credit * (1.0 if each.bare else kept), alone)
            cases.append((holds(asked.response, each, unit), asked.earned(earned, each.mistake)))
    if own and told.prefix:
        key = next(each for each in scoring.intervals if not each.mistake)
        moved = [Interval(key.low * power, key.high * power, key.value * power) for power in PREFIXES]
        cases.append((rules.either(*(holds(asked.response, each, unit) for each in moved)), asked.earned(told.prefix)))
    return rules.chosen(cases, asked.earned(alone) if alone else ())


def holds(name: str, interval: Interval, unit: UnitName) -> Element:
    """Whether a number typed in a unit lies in an interval of the part's own unit."""
    low, high = sorted((end - unit.offset) / unit.factor for end in (interval.low, interval.high))
    return rules.within(name, low, high)


