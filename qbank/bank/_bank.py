"""What one or several folders hold, and the ways to pick from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qbank import messages, registry
from qbank.bank import _lazily
from qbank.bank._lazily import Unread
from qbank.bank.card import Card, within
from qbank.bank.uses import Measured, Sittings
from qbank.model import Bilingual, Problem, Refused

if TYPE_CHECKING:
    from qbank.bank._files import Source
    from qbank.bank.blueprint import Blueprint
    from qbank.bank.item import Item
    from qbank.circuits import Circuit


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The item of a file that a blueprint names, with that file."""

    item: Item
    source: Source


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Bank:
    """Everything that one or several folders hold; `problems` are what could not be read or does not fit together."""

    items: Mapping[str, Item] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    circuits: Mapping[str, Circuit] = field(default_factory=dict)
    circuit_sources: Mapping[str, Source] = field(default_factory=dict)
    blueprints: Mapping[str, Blueprint] = field(default_factory=dict)
    blueprint_sources: Mapping[str, Source] = field(default_factory=dict)
    topics: Mapping[str, Bilingual] = field(default_factory=dict)
    points: Mapping[str, Bilingual] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    enclosed: Mapping[str, Mapping[str, Enclosed]] = field(default_factory=dict)
    """By the ids of blueprints, the items of the files that their entries name."""
    logos: Mapping[str, bytes] = field(default_factory=dict)
    """By the ids of blueprints, the logos of those that have one."""
    folders: tuple[Path, ...] = ()
    settings: tuple[Path, ...] = ()
    """The files with the settings of the folders."""
    sittings: Sittings = field(default_factory=Sittings)
    """The past exams that measured its items."""

    def __repr__(self) -> str:
        return f"Bank({len(self.items)} items, {len(self.blueprints)} blueprints, {len(self.problems)} problems)"

    def item(self, name: str) -> Item:
        """The item of that id. Raises Refused with the nearest id, or with the item's own problems."""
        if name in self.items:
            return self.items[name]
        own = tuple(problem for problem in self.problems if problem.item == name)
        if own:
            raise Refused(*own)
        raise Refused(messages.tell("the item {unknown}", unknown=registry.unknown(name, self.items)))

    def blueprint(self, name: str) -> Blueprint:
        """The blueprint of that id. Raises Refused with the nearest id, or with the blueprint's own problems."""
        if name in self.blueprints:
            return self.blueprints[name]
        own = tuple(p for p in self.problems if p.place and Path(p.place.file).stem == name)
        if own:
            raise Refused(*own)
        raise Refused(messages.tell("the blueprint {unknown}", unknown=registry.unknown(name, self.blueprints)))

    def measured(self, item: str) -> Measured | None:
        """What past exams measured of an item, and when it was used last; None where none is kept."""
        return self.sittings.measured(item)

    def select(self, names: Iterable[str] = (), **narrowed: Any) -> tuple[Item, ...]:
        """The items that `picked` picks by their cards."""
        return tuple(self.items[card.id] for card in self.picked(names, **narrowed))

    @property
    def cards(self) -> tuple[Card, ...]:
        """The card of every item, in the order of the bank."""
        return tuple(
            Card.parsed(item.card[0]) if isinstance(item, Unread) else Card.of(item)
            for item in _lazily.held(self.items).values()
        )

    def picked(
        self,
        names: Iterable[str] = (),
        *,
        topic: str | None = None,
        level: Iterable[int] = (),
        kind: str | None = None,
        covers: Iterable[str] = (),
        tags: Iterable[str] = (),
        status: Iterable[str] = (),
    ) -> tuple[Card, ...]:
        """The cards of the items that a user means: ids or topics by name, then narrowed; in the order of the bank.

        Of several levels, points, tags or status, one is enough.
        Raises Refused for a name that is neither an item nor a topic.
        """
        wanted, cards = tuple(names), self.cards
        for name in wanted:
            if name not in self.items and not any(within(card.topic, name) for card in cards):
                unknown = registry.unknown(name, [*self.items, *self.topics])
                raise Refused(messages.tell("the item or topic {unknown}", unknown=unknown))
        levels, points, words, states = frozenset(level), frozenset(covers), frozenset(tags), frozenset(status)
        return tuple(
            card
            for card in cards
            if (not wanted or any(card.id == name or within(card.topic, name) for name in wanted))
            and (topic is None or within(card.topic, topic))
            and (not levels or card.level in levels)
            and (kind is None or kind in card.kinds)
            and (not points or points & set(card.points))
            and (not words or words & set(card.tags))
            and (not states or card.status in states)
        )

    def whole(self, plan: Blueprint) -> tuple[Blueprint, Bank]:
        """The blueprint with every `file:` as the item in it, and the bank with these items.

        Raises Refused for a file that was not read with the blueprint.
        """
        own = self.enclosed.get(plan.id, {})
        named = [entry.file for section in plan.sections for entry in section.items if entry.file]
        if not named:
            return plan, self
        for file in named:
            if file not in own:
                raise Refused(messages.tell(
                    "blueprint {blueprint}: the file {file!r} was not read; name the blueprint by its file",
                    blueprint=plan.id, file=file,
                ))  # fmt: skip
        items = {each.item.id: each.item for each in own.values()}
        sources = {each.item.id: each.source for each in own.values()}
        together = replace(self, items=_lazily.joined(self.items, items), sources={**self.sources, **sources})
        return plan.naming({file: each.item.id for file, each in own.items()}), together


def found(source: Bank, words: Iterable[str]) -> tuple[Item, ...]:
    """The items in whose ids, titles, topics and texts, in either language, every one of the words appears."""
    from qbank.bank import searching

    return searching.search(source.items.values(), words, source.topics)
