"""What a bank asks: every knowledge point with the parts that ask it, and their items, levels and kinds of answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from qbank.bank import Bank
from qbank.bank.item import Item
from qbank.model import Bilingual, Lang

if TYPE_CHECKING:
    import polars as pl

Gap: TypeAlias = Literal["", "none", "one item"]
GAPS: dict[Gap, Bilingual] = {
    "": Bilingual(zh="", en=""),
    "none": Bilingual(zh="无题", en="none"),
    "one item": Bilingual(zh="仅一题", en="one item"),
}


@dataclass(frozen=True, slots=True)
class Asking:
    """One part that asks a point."""

    item: str
    part: str
    level: int
    kind: str


@dataclass(frozen=True, slots=True)
class Point:
    """A knowledge point and the parts that ask it, in the order of the bank."""

    name: str
    text: Bilingual
    asked: tuple[Asking, ...]

    @property
    def items(self) -> tuple[str, ...]:
        """The items that ask it."""
        return tuple(dict.fromkeys(each.item for each in self.asked))

    @property
    def gap(self) -> Gap:
        """Whether no item, or only one, asks it: then it is asked on no paper, or always by the same question."""
        return "none" if not self.asked else "one item" if len(self.items) == 1 else ""

    @property
    def levels(self) -> Counter[int]:
        """How many items of each level ask it."""
        return Counter({each.item: each.level for each in self.asked}.values())

    @property
    def kinds(self) -> Counter[str]:
        """How many parts of each kind ask it."""
        return Counter(each.kind for each in self.asked)


def coverage(source: Bank, items: Iterable[Item] | None = None) -> tuple[Point, ...]:
    """Every knowledge point of the bank, in its order, with the parts of these items that ask it.

    Without items, of all that are ready: drafts and items that were retired are on no paper.
    """
    asked: dict[str, list[Asking]] = {name: [] for name in source.points}
    for item in source.select(status=("ready",)) if items is None else items:
        for point, parts in item.asks.items():
            if point in asked:  # one that the bank does not list is a problem of its own
                asked[point] += [Asking(item.id, part.id, item.level, part.kind) for part in parts]
    return tuple(Point(name, source.points[name], tuple(found)) for name, found in asked.items())


def frame(points: Sequence[Point], lang: Lang) -> pl.DataFrame:
    """A row a point: its name and text, how many items and parts ask it, the items, their levels, the kinds, the gap.

    `levels` and `kinds` tell how many of each: `1×2 3` are two items of level 1 and one of level 3.
    """
    import polars as pl

    rows = [
        (each.name, each.text[lang], len(each.items), len(each.asked), " ".join(each.items), counted(each.levels),
         counted(each.kinds), GAPS[each.gap][lang])
        for each in points
    ]  # fmt: skip
    text, count = pl.String, pl.Int64
    schema = {"point": text, "text": text, "items": count, "parts": count, "asked by": text, "levels": text,
              "kinds": text, "gap": text}  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def counted(counts: Counter[int] | Counter[str]) -> str:
    """The names in order, each with how many there are where it is more than one.

    >>> counted(Counter([1, 3, 1]))
    '1×2 3'
    """
    return " ".join(f"{name}×{count}" if count > 1 else f"{name}" for name, count in sorted(counts.items()))
