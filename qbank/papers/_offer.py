"""What may go where on a paper: the items that every entry names or describes, with their marks there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from qbank import bank, messages, registry
from qbank.bank import Bank
from qbank.bank import blueprint as blueprints
from qbank.bank.blueprint import Blueprint, Entry
from qbank.bank.item import Item
from qbank.bank.table import Bound
from qbank.draws import Chance
from qbank.model import Problem, Refused
from qbank.papers import _again, _suited
from qbank.papers.exam import Exam, Placed
from qbank.papers.past import Past

ONE = Bound(Fraction(1), Fraction(1))
LUCK = 1 << 18
"""The chance of an item is a whole number below this: with so many values, two best choices are hardly ever equally "
  "good."""


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """An entry of a section: how many items it takes."""

    section: int
    entry: Entry
    bound: Bound

    @property
    def named(self) -> bool:
        """Whether the blueprint names its item."""
        return self.entry.draw is None


@dataclass(frozen=True, slots=True, eq=False)
class Option:
    """An item in one slot: the marks of its parts there, and how far it is from what is wished (0: not at all)."""

    slot: int
    item: Item
    marks: tuple[Fraction, ...]
    distance: int = 0

    @property
    def total(self) -> Fraction:
        """What it is worth there."""
        return sum(self.marks, start=Fraction(0))


@dataclass(frozen=True, slots=True, eq=False)
class Offer:
    """The slots of a paper in its order, every option, and (forms, options) the luck of each on each form."""

    plan: Blueprint
    slots: tuple[Slot, ...]
    options: tuple[Option, ...]
    luck: NDArray[np.int64]
    avoid: Past

    def of_slot(self, slot: int) -> list[int]:
        """The places of a slot's options."""
        return [place for place, option in enumerate(self.options) if option.slot == slot]

    def section(self, option: Option) -> int:
        """The number of the section in which an option stands."""
        return self.slots[option.slot].section

    def named(self, option: Option) -> bool:
        """Whether the blueprint names the item for that place."""
        return self.slots[option.slot].named


def offered(
    plan: Blueprint, source: Bank, seed: str, avoid: Past, like: Exam | None, forms: int
) -> tuple[Offer, tuple[tuple[int | None, Problem], ...]]:
    """Every option of a blueprint, and what is wrong with its entries, by the number of the section.

    Only items are drawn that are ready, have all languages of the blueprint and are not excluded, named elsewhere, or
    used in an exam to avoid, and whose parts can share the marks. With an exam that the paper is to be `like`, its
    entries stand for the items of that exam one by one.
    """
    taken = frozenset(entry.item for section in plan.sections for entry in section.items if entry.item)
    slots: list[Slot] = []
    options: list[Option] = []
    problems: list[tuple[int | None, Problem]] = [(None, each) for each in _unknown(plan, source, taken)]
    before = [placed for _, placed in like.placed()] if like is not None else []
    for number, section in enumerate(plan.sections):
        for entry in section.items:
            place = len(slots)
            slots.append(Slot(number, entry, entry.draw or ONE))
            if entry.draw is None:
                found, faults = _named(place, entry, section.each, source)
            elif like is not None:
                found, faults = _similar(place, before[place], plan, source, like, avoid)
            else:
                found, faults = _drawn(place, entry, section.each, plan, source, taken, avoid)
            options += found
            problems += [(number, fault) for fault in faults]
    luck = np.array([_luck(plan, seed, slots[each.slot], each, forms) for each in options], dtype=np.int64)
    table = luck.reshape(-1, forms).T
    return Offer(plan, tuple(slots), tuple(options), table, avoid), tuple(problems)


def _luck(plan: Blueprint, seed: str, slot: Slot, option: Option, forms: int) -> NDArray[np.int64]:
    """(forms,) a chance of the item's own, so that another item in the bank changes nothing for this one."""
    chance = Chance(seed, f"blueprint {plan.id} section {slot.section}")
    return chance.below(f"draw {slot.entry.asked} {option.item.id}", LUCK, np.arange(forms))


def _unknown(plan: Blueprint, source: Bank, taken: frozenset[str]) -> Iterator[Problem]:
    """The items that are required or excluded and are not there, or are named all the same."""
    known = {*source.items, *(item.topic for item in source.items.values()), *source.topics}
    for name in plan.require:
        if name not in source.items:
            yield Problem(
                "blueprint.require", messages.tell("require: {unknown}", unknown=registry.unknown(name, source.items))
            )
    for name in plan.exclude:
        if name not in known:
            yield Problem(
                "blueprint.exclude", messages.tell("exclude: {unknown}", unknown=registry.unknown(name, sorted(known)))
            )
        if name in taken or name in plan.require:
            message = messages.tell(
                "blueprint {blueprint}: {item} is both excluded and named", blueprint=plan.id, item=name
            )
            yield Problem("blueprint.exclude", message,
                          proposal=messages.tell("take it out of exclude:, or do not name it"))  # fmt: skip


def _named(
    place: int, entry: Entry, each: Fraction | None, source: Bank
) -> tuple[list[Option], tuple[Problem, ...]]:
    try:
        item = source.item(entry.item or "")
    except Refused as refused:
        return [], refused.problems
    marks, faults = marks_of(item, entry, each)
    return [Option(place, item, marks)], faults


def _drawn(
    place: int, entry: Entry, each: Fraction | None, plan: Blueprint, source: Bank, taken: frozenset[str], avoid: Past
) -> tuple[list[Option], tuple[Problem, ...]]:  # fmt: skip
    if entry.topic is not None and not any(bank.within(item.topic, entry.topic) for item in source.items.values()):
        return [], (Problem("blueprint.topic", messages.tell("no item has the topic {topic!r}", topic=entry.topic)),)
    described = [item for item in source.items.values() if entry.fits(item)]
    fitting = [item for item in described if next(_suited.of_item(item, plan.languages), None) is None]
    allowed = [item for item in fitting if not excluded(plan, item) and item.id not in taken]
    unused = [item for item in allowed if not avoid.used(item.id)]
    pool = [Option(place, item, marks) for item in unused for marks, wrong in [marks_of(item, entry, each)]
            if not wrong]  # fmt: skip
    least = entry.draw.least if entry.draw else 0
    if len(pool) < least:
        unfit, used = len(described) - len(fitting), len(allowed) - len(unused)
        asked = messages.listed(f"{name} {_listed(value)}" for name, value in entry.asked.items())
        told = [messages.tell_many(
            len(pool),
            "draw: {draw} ({asked}), but only {count} item fits",
            "draw: {draw} ({asked}), but only {count} items fit",
            draw=entry.draw, asked=asked,
        )]  # fmt: skip
        if unfit:
            told.append(messages.tell_many(
                unfit,
                "{count} more is not ready, or has no texts in a language of the paper",
                "{count} more are not ready, or have no texts in a language of the paper",
            ))  # fmt: skip
        if used:
            told.append(messages.tell_many(used, "{count} more was used in an exam to avoid",
                                           "{count} more were used in an exam to avoid"))  # fmt: skip
        return [], (
            Problem("blueprint.pool", messages.clauses(told),
                    proposal=messages.tell("ask for fewer items, or widen topic:, level: or kind:")),
        )  # fmt: skip
    return pool, ()


def _similar(
    place: int, earlier: Placed, plan: Blueprint, source: Bank, like: Exam, avoid: Past
) -> tuple[list[Option], tuple[Problem, ...]]:  # fmt: skip
    """What can take the place of an item of an earlier exam: others, or itself with other values."""
    found: list[Option] = []
    for item in source.items.values():
        distance = _again.distance(item, earlier, like, avoid)
        if distance is None or next(_suited.of_item(item, plan.languages), None) is not None:
            continue
        same = item.id == earlier.item.id and len(item.parts) == len(earlier.marks)
        marks, wrong = (earlier.marks, ()) if same else marks_of(item, Entry(draw=ONE, marks=earlier.total), None)
        if not wrong:
            found.append(Option(place, item, marks, distance))
    if found:
        return found, ()
    before = earlier.item
    told = messages.tell(
        "question {number} ({item}, level {level}, {kind}) cannot be replaced: no other item of {chapter} is like it, "
        "and it has no other values",
        number=earlier.number, item=before.id, level=before.level, kind=before.kinds[0], chapter=_again.chapter(before),
    )  # fmt: skip
    proposal = messages.tell("write another item for it, or use a blueprint instead of --like")
    return [], (Problem("blueprint.like", told, proposal=proposal),)


def excluded(plan: Blueprint, item: Item) -> bool:
    """Whether a blueprint excludes an item, by its id or its topic."""
    return any(name == item.id or bank.within(item.topic, name) for name in plan.exclude)


def marks_of(
    item: Item, entry: Entry, each: Fraction | None
) -> tuple[tuple[Fraction, ...], tuple[Problem, ...]]:
    """The marks of the item's parts on this paper: its own, or scaled to what the blueprint gives it."""
    own, known = [entry.parts.get(part.id, part.marks) for part in item.parts], [part.id for part in item.parts]
    problems = [
        Problem("blueprint.marks", messages.tell("parts: {unknown}", unknown=registry.unknown(name, known)),
                item=item.id, proposal=messages.tell("use the names of the item's parts"))
        for name in entry.parts if name not in known
    ]  # fmt: skip
    marks = entry.marks if entry.marks is not None else each
    if marks is not None:
        try:
            own = list(blueprints.share(own, marks))
        except ValueError as error:
            proposal = messages.tell("give the item other marks, or give the marks of each part: parts: {{id: marks}}")
            problems.append(Problem("blueprint.marks", str(error), item=item.id, proposal=proposal))
    return tuple(own), tuple(problems)


def _listed(value: object) -> str:
    return messages.either(map(str, value)) if isinstance(value, tuple) else str(value)
