"""Units: picked from a list beside the number, with some of other dimensions among them."""

from __future__ import annotations

from functools import lru_cache

from qbank import messages, units
from qbank.outputs._qti import parts, rules
from qbank.outputs._qti.tree import Element, element, text
from qbank.waist import UnitName, Units

FAR = 1e6
"""Prefixes that are further than this from the part's own unit are not listed."""
OTHERS = ("V", "A", "Ω", "W", "Hz", "s", "m", "kg", "N", "J")
"""Units of which some of another dimension are listed as well."""
WRONG = 3


def lost() -> str:
    """What is lost where units are picked from a list."""
    return messages.tell("the unit as it is written: it is picked from a list there")


def listed(told: Units) -> tuple[UnitName, ...]:
    """The units of a part that are offered, the own one first: one spelling of each."""
    return _listed(told.names) if told.names and not told.printed else ()


@lru_cache(maxsize=4096)
def _listed(names: tuple[UnitName, ...]) -> tuple[UnitName, ...]:
    found: dict[tuple[float, float], UnitName] = {}
    for each in names:
        if 1 / FAR <= abs(each.factor) <= FAR or each is names[0]:
            found.setdefault((each.factor, each.offset), each)
    return tuple(found.values())


@lru_cache(maxsize=4096)
def others(name: str) -> tuple[str, ...]:
    """Some units of other dimensions than a unit has."""
    try:
        own = units.read(name)
    except units.UnitError:
        return ()
    return tuple(each for each in OTHERS if not own.fits(units.read(each)))[:WRONG]


def choice(asked: parts.Asked, told: Units) -> Element:
    """The list from which the unit is picked, in the order of the alphabet."""
    own = [(each.name, f"U{number}") for number, each in enumerate(listed(told))]
    wrong = [(name, f"X{number}") for number, name in enumerate(others(own[0][0]))]
    options = (element("inline_choice", text(name), identifier=id) for name, id in sorted([*own, *wrong]))
    return element("inline_choice_interaction", *options, response_identifier=asked.unit, shuffle="false")


def wrong(asked: parts.Asked, told: Units) -> Element | None:
    """Whether a unit of another dimension is picked; None where there is none on the list."""
    names = others(listed(told)[0].name)
    return rules.either(*(rules.picked(asked.unit, f"X{number}") for number in range(len(names)))) if names else None
