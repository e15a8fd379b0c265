"""An item's card: what a list shows of it, and by what it is picked, for which the item need not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from qbank import cache
from qbank.model import Bilingual, Lang

if TYPE_CHECKING:
    from qbank.bank.item import Item


@dataclass(frozen=True, slots=True)
class Card:
    """What is on it; `points` are the knowledge points of the item and of its parts, each once.

    `circuits` are the names of those in its figures, `pictures` the digests of its picture files; both are sorted.
    """

    id: str
    title: Bilingual
    topic: str
    level: int
    kinds: tuple[str, ...]
    marks: Fraction
    points: tuple[str, ...]
    tags: tuple[str, ...]
    status: str
    replaces: str
    languages: tuple[Lang, ...]
    circuits: tuple[str, ...]
    pictures: tuple[str, ...]

    @classmethod
    def of(cls, item: Item) -> Card:
        """The card of an item that was read."""
        from qbank.bank._pictures import pictures

        shown = sorted(cache.digest(content) for content in pictures(item).values())
        return cls(item.id, item.title, item.topic, item.level, item.kinds, item.marks, item.points, item.tags,
                   item.status, item.replaces, item.languages, tuple(sorted(item.circuits)), tuple(shown))  # fmt: skip

    @classmethod
    def parsed(cls, row: Mapping[str, Any]) -> Card:
        """The card that `written` made a row of."""
        own = dict(row)
        for name in ("kinds", "points", "tags", "languages", "circuits", "pictures"):
            own[name] = tuple(own[name])
        return cls(title=Bilingual(*own.pop("title")), marks=Fraction(*own.pop("marks")), **own)

    def written(self) -> dict[str, Any]:
        """The card as JSON holds it."""
        own = {name: getattr(self, name) for name in self.__slots__}
        return own | {"title": [self.title.zh, self.title.en], "marks": [self.marks.numerator, self.marks.denominator]}


def named(row: Mapping[str, Any]) -> tuple[str, str]:
    """The id of the item of a written card, and the id that it replaces."""
    return row["id"], row["replaces"]


def within(topic: str, wanted: str) -> bool:
    """Whether a topic is the wanted one or lies under it.

    >>> within("electronics/opamp/inverting", "electronics/opamp")
    True
    """
    return topic == wanted or topic.startswith(wanted.rstrip("/") + "/")
