"""Which of the options are on the paper: as luck has them where every rule is met so, else as the solver finds them.

With several forms, their marks by section, topic and level are equal, and what is expected of them lies within a
spread; as few items as can be are on more than one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from qbank.bank import within
from qbank.bank.blueprint import Blueprint
from qbank.bank.item import Item
from qbank.bank.table import Parallel
from qbank.model import Floats
from qbank.papers import _solver, expected
from qbank.papers._again import chapter
from qbank.papers._offer import Offer
from qbank.papers._rules import Rule, apart
from qbank.papers._solver import Condition, condition

FAR = AGAIN = float(1 << 28)
"""What a step away from what is wished costs, or an item on one more form: more than the luck of 1,000 items."""


def by_luck(offer: Offer) -> list[int] | None:
    """The options that luck alone takes, entry by entry, each item once and no two that exclude each other.

    None where an entry finds too few, or may take more than it must.
    """
    partners: dict[str, set[str]] = {}
    for first, second in apart(offer):
        partners.setdefault(first, set()).add(second)
        partners.setdefault(second, set()).add(first)
    taken = {option.item.id for option in offer.options if offer.named(option)}
    chosen: list[int] = []
    for place, slot in enumerate(offer.slots):
        found: list[int] = []
        for option in sorted(offer.of_slot(place), key=lambda each: _worth(offer, each)):
            name = offer.options[option].item.id
            if len(found) < slot.bound.least and (slot.named or not taken & {name, *partners.get(name, ())}):
                found.append(option)
                taken.add(name)
        if len(found) < slot.bound.least or not slot.bound.exact:
            return None
        chosen += found
    return chosen


def _worth(offer: Offer, option: int) -> tuple[int, int]:
    return offer.options[option].distance, int(offer.luck[0, option])


def solved(
    offer: Offer, rules: Sequence[Rule], measured: Mapping[str, float], parallel: Parallel | None
) -> list[list[int]] | None:
    """The best choice of each form that meets every rule; None where there is none.

    The forms are solved one after another: each has the marks of the first one in every cell, lies within the spread of
    it, and costs for every item that an earlier one has. As the items of the first meet all of that, none is in vain.
    """
    every = [*conditions(offer, rules)]
    far = FAR * np.array([each.distance for each in offer.options])
    chosen: list[list[int]] = []
    used: dict[str, int] = {}
    for luck in offer.luck:
        again = AGAIN * np.array([used.get(each.item.id, 0) for each in offer.options])
        alike = _alike(offer, measured, parallel, chosen[0]) if parallel is not None and chosen else []
        whole = np.ones(len(offer.options), dtype=np.bool_)
        found = _solver.solved(luck + far + again, [*every, *alike], whole=whole, most=np.ones(len(whole)))
        if found is None:
            return None
        chosen.append(np.flatnonzero(found > 0.5).tolist())
        for option in chosen[-1]:
            name = offer.options[option].item.id
            used[name] = used.get(name, 0) + 1
    return chosen


def conditions(offer: Offer, rules: Sequence[Rule]) -> Iterator[Condition]:
    """What holds on every form: the rules, and that an item is on it once."""
    for rule in rules:
        at = np.flatnonzero(rule.weights)
        most = np.inf if rule.bound.most is None else float(rule.bound.most)
        yield condition(at, rule.weights[at], float(rule.bound.least), most)
    for places in _places(offer).values():
        if len(places) > 1:
            yield condition(places, 1.0, 0.0, 1.0)


def _places(offer: Offer) -> dict[str, list[int]]:
    """The options of every item."""
    places: dict[str, list[int]] = {}
    for place, option in enumerate(offer.options):
        places.setdefault(option.item.id, []).append(place)
    return places


def _alike(
    offer: Offer, measured: Mapping[str, float], parallel: Parallel, first: Sequence[int]
) -> Iterator[Condition]:
    """What makes a form like the first one: equal marks in every cell, half the spread to either side of it."""
    def near(weights: Floats, spread: float) -> Condition:
        at = np.flatnonzero(weights)
        middle = float(weights[list(first)].sum())
        return condition(at, weights[at], middle - spread / 2, middle + spread / 2)

    marks = np.array([float(option.total) for option in offer.options])
    named = topics(offer.plan)
    cells = np.array([cell(offer.section(each), topic_of(each.item, named), each.item.level)
                      for each in offer.options])  # fmt: skip
    for one in dict.fromkeys(cells.tolist()):
        yield near(np.where(cells == one, marks, 0.0), 0.0)
    earned = marks * np.array([expected.facility(each.item, measured) for each in offer.options])
    yield near(earned, float(parallel.difficulty * offer.plan.total))
    yield near(np.array([expected.minutes(each.item, each.marks) for each in offer.options]), parallel.minutes)


def cell(section: int, topic: str, level: int) -> str:
    """The name of a cell in which all forms have equal marks."""
    return f"{section}\0{topic}\0{level}"


def topics(plan: Blueprint) -> tuple[str, ...]:
    """The topics that a blueprint names in its entries and tables."""
    filters = [*plan.table, *(each for section in plan.sections for each in (*section.table, *section.items))]
    return tuple(dict.fromkeys(each.topic for each in filters if each.topic))


def topic_of(item: Item, named: Sequence[str]) -> str:
    """The narrowest topic that a blueprint names for an item, else its chapter."""
    return max((topic for topic in named if within(item.topic, topic)), key=len, default=chapter(item))
