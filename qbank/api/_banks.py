"""A bank in Python: its items by id, as a frame, by what they ask; its checks; the exams made from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from qbank import bank, intake
from qbank.actions import check, coverage, usage
from qbank.actions.make_paper import make_paper
from qbank.api._exams import Exam, open_exam
from qbank.api._items import Item
from qbank.model import Candidate, Lang, Problem, Refused

if TYPE_CHECKING:
    import polars as pl

SEATS = 200
"""The variants of each item that `check` looks at, unless asked otherwise."""


@dataclass(frozen=True, slots=True, repr=False)
class Bank:
    """The items of one or several folders: `len(bank)`, `for item in bank`, `bank["some.id"]`.

    `read` is what their files hold.
    """

    read: bank.Bank
    name: str

    def __len__(self) -> int:
        return len(self.read.items)

    def __iter__(self) -> Iterator[Item]:
        return (Item(item, self.read) for item in self.read.items.values())

    def __contains__(self, name: object) -> bool:
        return name in self.read.items

    def __getitem__(self, name: str) -> Item:
        """The item of that id. Raises KeyError with the nearest id there is, or with what is wrong in its file."""
        try:
            return Item(self.read.item(name), self.read)
        except Refused as refused:
            raise KeyError(str(refused)) from refused

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read, or does not fit together."""
        return self.read.problems

    @property
    def blueprints(self) -> tuple[str, ...]:
        """The ids of the blueprints."""
        return tuple(self.read.blueprints)

    def select(
        self, *names: str, topic: str | None = None, level: Iterable[int] = (), kind: str | None = None,
        covers: Iterable[str] = (), tags: Iterable[str] = (), status: Iterable[str] = (),
    ) -> tuple[Item, ...]:  # fmt: skip
        """The items of these ids or topics (all, where none is named), narrowed by the other conditions."""
        found = self.read.select(names, topic=topic, level=level, kind=kind, covers=covers, tags=tags, status=status)
        return tuple(Item(item, self.read) for item in found)

    def search(self, *words: str) -> tuple[Item, ...]:
        """The items in whose ids, titles, topics and texts, in either language, every one of the words appears."""
        return tuple(Item(item, self.read) for item in bank.found(self.read, words))

    def worst(self, count: int = 10, *names: str) -> tuple[Item, ...]:
        """The items (of the ids or topics named) that discriminated worst at past exams, as far as can be told."""
        return tuple(Item(item, self.read) for item in usage.worst(self.read, self.read.select(names), count))

    def unused_since(self, date: str, *names: str) -> tuple[Item, ...]:
        """The items (of the ids or topics named) that no past exam has used since "2025" or "2025-06-30"."""
        found = usage.unused(self.read, self.read.select(names), usage.since(date))
        return tuple(Item(item, self.read) for item in found)

    @property
    def sittings(self) -> pl.DataFrame:
        """A row for each use of an item at a past exam, the earliest first: when, how many, what it measured."""
        import polars as pl

        rows = [
            (each.exam, each.date, each.title.zh, each.title.en, item, own.count, own.variants, own.facility,
             own.discrimination)
            for each in self.read.sittings for item, own in each.items.items()
        ]  # fmt: skip
        return pl.DataFrame(rows, orient="row", schema={
            "exam": pl.String, "date": pl.Date, "zh": pl.String, "en": pl.String, "item": pl.String,
            "candidates": pl.Int64, "variants": pl.Int64, "facility": pl.Float64, "discrimination": pl.Float64,
        })  # fmt: skip

    def frame(self) -> pl.DataFrame:
        """A row an item: its id, titles, topic, level, kinds of answer, marks, points, tags and status."""
        import polars as pl

        items = self.read.items.values()
        return pl.DataFrame({
            "id": [item.id for item in items],
            "zh": [item.title.zh for item in items],
            "en": [item.title.en for item in items],
            "topic": [item.topic for item in items],
            "level": [item.level for item in items],
            "kinds": pl.Series([list(item.kinds) for item in items], dtype=pl.List(pl.String)),
            "marks": [float(item.marks) for item in items],
            "covers": pl.Series([list(item.points) for item in items], dtype=pl.List(pl.String)),
            "tags": pl.Series([list(item.tags) for item in items], dtype=pl.List(pl.String)),
            "status": [item.status for item in items],
        })  # fmt: skip

    def coverage(self, lang: Lang = "zh") -> pl.DataFrame:
        """A row a knowledge point: how many items and parts ask it, which, at which levels, with which kinds."""
        return coverage.frame(coverage.coverage(self.read), lang)

    def check(self, *names: str, seats: int = SEATS) -> pl.DataFrame:
        """What the checks find in the items or topics named (all, where none is): a row a problem.

        The checks of the whole bank are made where no item is named.
        """
        import polars as pl

        found = list(self.problems)
        for item in self.read.select(names):
            found += check.of_item(self.read, item.id, seats)
        if not names:
            found += check.of_bank(self.read, seats)
        fields = ("item", "severity", "code", "message", "proposal", "place")
        rows = [(one.item, one.severity, one.code, one.message, one.proposal, str(one.place or "")) for one in found]
        return pl.DataFrame(rows, schema=dict.fromkeys(fields, pl.String), orient="row")

    def make_exam(
        self, blueprint: str, folder: str | Path, *, roster: str | Path | Sequence[Candidate] = (), forms: str = "A",
        langs: Sequence[Lang] = ("zh",), side_by_side: bool | None = None, also: Sequence[str] = (),
        seed: str | None = None, templates: str | Path | None = None,
    ) -> Exam:  # fmt: skip
        """The exam of a blueprint, printed and sealed in a folder; `roster` is a table or its candidates.

        `forms` is "each" or names such as "A,B"; `also` names further outputs ("docx"); `side_by_side` puts both
        languages on one paper. Without a seed a secret one is drawn. `templates` is a folder of page templates of your
        own. Raises Refused for every fault.
        """
        people = intake.roster(Path(roster)).candidates if isinstance(roster, str | Path) else tuple(roster)
        own = Path(templates) if templates is not None else None
        make_paper(self.read, blueprint, Path(folder), candidates=people, forms=forms, langs=langs,
                   side_by_side=side_by_side, also=also, seed=seed, templates=own)  # fmt: skip
        return open_exam(folder)

    def __repr__(self) -> str:
        wrong = f", {len(self.problems)} problems" if self.problems else ""
        return f"Bank({self.name!r}: {len(self)} items, {len(self.blueprints)} blueprints{wrong})"

    def _repr_html_(self) -> str:
        topics = Counter(item.topic for item in self.read.items.values())
        rows = "".join(f"<tr><td>{escape(topic)}</td><td>{count}</td></tr>" for topic, count in topics.items())
        return f"<p>{escape(repr(self))}</p><table><tr><th>topic</th><th>items</th></tr>{rows}</table>"


def open_bank(*folders: str | Path) -> Bank:
    """The bank in a folder, or in several together; "shipped" is the one that comes with qbank, and the default.

    Raises Refused when a folder cannot be read at all; what is wrong in single files is in `problems`.
    """
    places = [bank.named(folder) for folder in folders or (bank.SHIPPED,)]
    return Bank(bank.load(*places), " + ".join(place.resolve().name for place in places))
