"""The rules that a choice of items has to meet, each in words and as a sum over all options."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Literal, TypeAlias

import numpy as np

from qbank import messages
from qbank.bank.item import Item
from qbank.bank.table import Bound, Row
from qbank.model import Floats
from qbank.papers import expected
from qbank.papers._offer import ONE, Offer

Unit: TypeAlias = Literal["items", "marks", "minutes", "spare"]
"""What a rule sums; `spare` are the expected marks beyond a limit of the facility."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A sum of weights (options,) over the items chosen lies within a bound; `told` names the items.

    `unit` is what is summed; `item` is the one item that the rule requires, if it is such a rule.
    """

    told: str
    unit: Unit
    bound: Bound
    weights: Floats
    item: str = ""

    def __str__(self) -> str:
        return messages.tell("{rule}: {amount}", rule=self.told, amount=amount(self.bound, self.unit))

    def of(self, chosen: list[int]) -> float:
        """What the items chosen come to."""
        return float(self.weights[chosen].sum())

    def met(self, chosen: list[int]) -> bool:
        """Whether the items chosen meet it, but for the rounding of floats."""
        found = self.of(chosen)
        return float(self.bound.least) - 1e-6 <= found <= _most(self.bound) + 1e-6


def amount(number: Bound | str, unit: Unit) -> str:
    """A number of what is summed, in words."""
    match unit:
        case "items":
            return messages.tell("{number} items", number=number)
        case "marks":
            return messages.tell("{number} marks", number=number)
        case "minutes":
            return messages.tell("{number} minutes", number=number)
        case "spare":
            return messages.tell("{number} expected marks to spare", number=number)


def _most(bound: Bound) -> float:
    return np.inf if bound.most is None else float(bound.most)


def rules(offer: Offer, measured: Mapping[str, float]) -> list[Rule]:
    """Every rule of a blueprint: how many are drawn, marks of sections, tables, what is required, what is apart."""
    return [
        *_entries(offer), *_sections(offer), *_tables(offer, measured), *_required(offer), *_families(offer),
        *_pairs(offer),
    ]  # fmt: skip


def _weights(values: Iterable[float]) -> Floats:
    return np.array(list(values), dtype=np.float64)


def _entries(offer: Offer) -> Iterator[Rule]:
    """One for every slot, and for every item, which is on the paper once."""
    for place, slot in enumerate(offer.slots):
        if slot.named:
            told = messages.tell("named item {item}", item=slot.entry.item)
        elif slot.entry.told:
            told = messages.tell("draw: of {described}", described=slot.entry.told)
        else:
            told = messages.tell("draw: of the bank")
        yield Rule(told, "items", slot.bound, _weights(each.slot == place for each in offer.options))


def _sections(offer: Offer) -> Iterator[Rule]:
    for number, section in enumerate(offer.plan.sections):
        weights = _weights(float(each.total) * (offer.section(each) == number) for each in offer.options)
        told = messages.tell("section {section!r}", section=section.title["en"])
        yield Rule(told, "marks", Bound(section.marks, section.marks), weights)


def _tables(offer: Offer, measured: Mapping[str, float]) -> Iterator[Rule]:
    for row in offer.plan.table:
        yield from _rows(offer, row, None, measured)
    for number, section in enumerate(offer.plan.sections):
        for row in section.table:
            yield from _rows(offer, row, number, measured)


def _rows(offer: Offer, row: Row, section: int | None, measured: Mapping[str, float]) -> Iterator[Rule]:
    """A row, or one for each circuit, topic … of the items that it means."""
    meant = [row.fits(each.item) and (section is None or offer.section(each) == section)
             and (not row.worth or each.total in row.worth) for each in offer.options]  # fmt: skip
    parts = [set(row.parts(each.item)) if fits else set() for each, fits in zip(offer.options, meant, strict=True)]
    worth = messages.either(f"{float(each):g}" for each in row.worth or ())
    for part in sorted(set().union(*parts)) if row.each else [""]:
        words = (f"{row.each} {part}" if row.each else "", row.told,
                 messages.tell("worth {marks}", marks=worth) if worth else "")  # fmt: skip
        told = messages.listed(filter(None, words)) or messages.tell("the paper")
        if section is not None:
            told = messages.tell("{rule} in section {section!r}", rule=told,
                                 section=offer.plan.sections[section].title["en"])  # fmt: skip
        inside = np.array([part in own for own in parts], dtype=np.float64)
        yield from _quantities(offer, row, told, inside, measured)


def _quantities(
    offer: Offer, row: Row, told: str, inside: Floats, measured: Mapping[str, float]
) -> Iterator[Rule]:
    marks = _weights(float(each.total) for each in offer.options)
    if row.items is not None:
        yield Rule(told, "items", row.items, inside)
    if row.marks is not None:
        yield Rule(told, "marks", row.marks, inside * marks)
    if row.minutes is not None:
        lasting = _weights(expected.minutes(each.item, each.marks) for each in offer.options)
        yield Rule(told, "minutes", row.minutes, inside * lasting)
    if row.facility is not None:
        earned = marks * _weights(expected.facility(each.item, measured) for each in offer.options)
        some, least, most = Bound(), float(row.facility.least), row.facility.most
        below = messages.tell("{rule}: facility {range}, from below", rule=told, range=row.facility)
        yield Rule(below, "spare", some, inside * (earned - marks * least))
        if most is not None:
            above = messages.tell("{rule}: facility {range}, from above", rule=told, range=row.facility)
            yield Rule(above, "spare", some, inside * (marks * float(most) - earned))


def _required(offer: Offer) -> Iterator[Rule]:
    for name in offer.plan.require:
        told = messages.tell("require: {item}", item=name)
        yield Rule(told, "items", ONE, _weights(each.item.id == name for each in offer.options), item=name)


def _families(offer: Offer) -> Iterator[Rule]:
    """At most one item of a family, unless some row of a table says how many, or more of them are named."""
    said = [row for row in (*offer.plan.table, *(row for each in offer.plan.sections for row in each.table))
            if row.family or row.each == "family"]  # fmt: skip
    families = {option.item.family for option in offer.options if option.item.family}
    for family in sorted(families):
        if any(row.each == "family" or family in row.family for row in said):
            continue
        named = sum(offer.named(each) and each.item.family == family for each in offer.options)
        most = Bound(Fraction(0), Fraction(max(named, 1)))
        told = messages.tell("family {family}", family=family)
        yield Rule(told, "items", most, _weights(each.item.family == family for each in offer.options))


def _pairs(offer: Offer) -> Iterator[Rule]:
    """No two items of which one excludes the other."""
    for first, second in apart(offer):
        told = messages.tell("{first} excludes {second}", first=first, second=second)
        yield Rule(told, "items", Bound(Fraction(0), Fraction(1)),
                   _weights(each.item.id in (first, second) for each in offer.options))  # fmt: skip


def apart(offer: Offer) -> list[tuple[str, str]]:
    """The pairs of items that give each other away, as one of them says."""
    offered = {option.item.id: option.item for option in offer.options}
    saying: list[Item] = [item for item in offered.values() if item.excludes]
    pairs = {(item.id, other) for item in saying for other in item.excludes if other in offered and other != item.id}
    return sorted({pair for pair in pairs if (pair[1], pair[0]) not in pairs or pair[0] < pair[1]})


def named_apart(offer: Offer) -> Iterator[tuple[str, str]]:
    """The pairs of named items that give each other away."""
    named = sorted({option.item.id for option in offer.options if offer.named(option)})
    known = {frozenset(pair) for pair in apart(offer)}
    yield from (pair for pair in combinations(named, 2) if frozenset(pair) in known)
