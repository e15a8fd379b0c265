"""What a check looks at: one item in its bank, with the same variants for every check."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np

from qbank import answers, messages, nodes, papers, variants
from qbank.bank import Bank
from qbank.bank.item import Item, Part
from qbank.model import Array, Lang, Problem
from qbank.sheets import Book, Question
from qbank.variants import Variants

SEED = "check"
"""The seed of the variants that are checked: a problem's seat is the one that `qbank show --seed check` shows."""


TEXTS = 1000
"""As soon as a part has so many wrong answers to try, no further variant is looked at."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Wrong answers, each with the variant that it is given to and the note that it is to get; of so many variants."""

    rows: list[int]
    texts: list[str]
    notes: list[str]
    looked: int


@dataclass(frozen=True)
class Scene:
    """One item of a bank and the variants of seats 0..seats-1."""

    bank: Bank
    item: Item
    seats: int
    _questions: dict[tuple[int, Lang], Question] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def space(self) -> variants.Space:
        """What the item's parameters can be. Raises Refused when nothing can."""
        return variants.space(self.item)

    @cached_property
    def drawn(self) -> Variants:
        """The variants that are checked; no more of them than there are different ones."""
        return self.space.draw(SEED, np.arange(self.seats))

    @cached_property
    def node(self) -> nodes.Node:
        """The item's file, with the place of everything in it."""
        source = self.bank.sources[self.item.id]
        return nodes.read(source.text, source.file)

    @cached_property
    def varies(self) -> bool:
        """Whether variants differ: a parameter has more than one value, or each variant shows some of the options."""
        return self.space.combinations > 1 or any(part.facts.shown for part in self.item.parts)

    def printed_keys(self, part: Part, lang: Lang = "zh") -> list[str]:
        """The key of every variant as the answer book of one language prints it."""
        kind = answers.kind_of(part.kind)
        key, arrangement = self.drawn.keys[part.id], self.drawn.arrangements[part.id]
        return [kind.show(part.answer, key, arrangement, row, lang).text for row in range(len(self.drawn))]

    def wrong(self, part: Part, most: int) -> Wrong:
        """The wrong answers of a part's first variants, at most so many: fewer where a variant has hundreds."""
        kind = answers.kind_of(part.kind)
        key, arrangement = self.drawn.keys[part.id], self.drawn.arrangements[part.id]
        rows: list[int] = []
        given: list[tuple[str, str]] = []
        looked = 0
        while looked < min(most, len(self.drawn)) and len(given) < TEXTS:
            found = kind.wrong(part.answer, key, arrangement, looked)
            rows += [looked] * len(found)
            given += found
            looked += 1
        return Wrong(rows, [text for text, _ in given], [note for _, note in given], looked)

    def question(self, row: int, lang: Lang) -> Question:
        """The question as variant `row` shows it."""
        if (row, lang) not in self._questions:
            marks = tuple(part.marks for part in self.item.parts)
            self._questions[row, lang] = papers.question(self.drawn, row, lang, self.bank.circuits, 1, marks)
        return self._questions[row, lang]

    def book(self, row: int, lang: Lang) -> Book:
        """An answer book of this item alone."""
        marks = tuple(part.marks for part in self.item.parts)
        return papers.alone(papers.worked(self.drawn, row, lang, self.bank.circuits, 1, marks), lang)

    def problem(
        self,
        code: str,
        message: str,
        path: tuple[str | int, ...] = (),
        *,
        seat: int | None = None,
        looked: int | None = None,
        proposal: str = "",
        severity: Literal["error", "warning"] = "error",
    ) -> Problem:
        """A problem of this item, at a path of its file; with a seat, the command that shows that variant.

        `looked` is how many variants were looked at, where it was not all of them. A proposal that is a constant of its
        check is told in the language of the reader.
        """
        place = nodes.place(self.node, path or ("id",))
        some = looked is not None and looked < len(self.drawn)
        command = f"qbank show {self.item.id} --seed {SEED} --seat {seat} --key"
        if seat is not None and some:
            message = messages.tell("{message} (seat {seat} of the {count:,} variants looked at; see it: {command})",
                                    message=message, seat=seat, count=looked, command=command)  # fmt: skip
        elif seat is not None:
            message = messages.tell("{message} (seat {seat}; see it: {command})",
                                    message=message, seat=seat, command=command)  # fmt: skip
        elif some:
            message = messages.tell("{message} (the {count:,} variants looked at)", message=message, count=looked)
        where = nodes.path_text(path) if path else ""
        return Problem(code, message, place, where, messages.translated(proposal), self.item.id, severity)


def scene(source: Bank, name: str, seats: int) -> Scene:
    """The scene of one item."""
    return Scene(source, source.item(name), seats)


def first(rows: Array) -> int:
    """The index of the first true row."""
    return int(np.flatnonzero(rows)[0])


def share(rows: Array) -> str:
    """How many of the rows are true, in words for a message.

    >>> share(np.array([True, False, False]))
    '1 of 3 variants'
    """
    return messages.tell("{count:,} of {total:,} variants", count=int(np.count_nonzero(rows)), total=len(rows))
