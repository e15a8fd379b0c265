"""The exam: what was drawn for whom. It holds the keys, and never leaves for a candidate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from qbank.bank import Source
from qbank.bank.item import Item, Part
from qbank.circuits import Circuit
from qbank.model import Bilingual, Candidate, Imprint, Lang, Rules
from qbank.roll import Correction
from qbank.variants import Variants


@dataclass(frozen=True, slots=True)
class Placed:
    """An item in its place on the paper: its number through the paper, and the marks of each of its parts."""

    number: int
    item: Item
    marks: tuple[Fraction, ...]

    @property
    def total(self) -> Fraction:
        """What the item is worth on this paper."""
        return sum(self.marks, start=Fraction(0))

    def column(self, part: Part) -> str:
        """The heading of a part's answers in responses.csv: Q7, or Q21.2 for the second of several parts."""
        if len(self.item.parts) == 1:
            return f"Q{self.number}"
        place = next(place for place, own in enumerate(self.item.parts, start=1) if own.id == part.id)
        return f"Q{self.number}.{place}"


@dataclass(frozen=True, slots=True)
class Section:
    """A titled run of placed items, the rules of marking that hold in it, and how it is laid out."""

    title: Bilingual
    text: Bilingual | None
    marks: Fraction
    placed: tuple[Placed, ...]
    rules: Rules
    working: float | None = None
    """Room for working where an item says nothing of it, in centimetres a mark; 0 for none at all."""
    answer_grid: bool = False


@dataclass(frozen=True, eq=False, repr=False)
class Exam:
    """One exam: the paper, its forms, who sits it, and what was drawn.

    `drawn` maps an item's id to its variants, row f for form f; `form_of` (candidates,) is each candidate's form.
    `each` says whether every candidate has a form of their own: then a form is a seat, `spares` are the seats whose
    papers have no candidate, and the seats of people who have left are neither printed nor given again.
    `numbers` leads from a number that was corrected to the one that counts now, `moves` are all corrections of numbers;
    `instead` says which form had been made for a candidate, by their number, who was given a spare paper.
    """

    id: str
    title: Bilingual
    institution: Bilingual | None
    course: Bilingual | None
    notes: Bilingual | None
    minutes: int
    total: Fraction
    langs: tuple[Lang, ...]
    sections: tuple[Section, ...]
    candidates: tuple[Candidate, ...]
    forms: tuple[str, ...]
    form_of: NDArray[np.int64]
    each: bool
    seed: str
    rules: Rules
    drawn: Mapping[str, Variants]
    circuits: Mapping[str, Circuit]
    item_sources: Mapping[str, Source]
    circuit_sources: Mapping[str, Source]
    spares: tuple[int, ...] = ()
    imprint: Imprint = field(default_factory=Imprint)
    numbers: Mapping[str, str] = field(default_factory=dict)
    moves: tuple[Correction, ...] = ()
    instead: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, Bilingual] = field(default_factory=dict)
    """What the topics and knowledge points of its items are called; exams of early versions do not have them."""
    mixtures: int = 0
    """So many of the last forms were put together by another system, each question from a form of its own."""

    def __repr__(self) -> str:
        """Short, and without the seed: what is printed by chance tells no key."""
        return f"Exam({self.id!r}: {len(self.columns())} parts, {len(self.forms)} forms)"

    def number(self, said: str) -> str:
        """The number that a candidate has now, from that or an earlier one; any other number as it is."""
        return self.numbers.get(said, said)

    def number_since(self, said: str, at: str) -> str:
        """The number that a candidate has now whose number was that one at a time (UTC)."""
        now = said
        for move in self.moves:
            if move.at >= at and move.candidate == now:
                now = move.number
        return now if now != said else self.number(said)

    def form(self, said: str) -> int | None:
        """The form whose code somebody wrote: capitals and leading zeros do not matter."""
        plain, numbers = self._codes
        wanted = said.strip()
        found = plain.get(wanted.casefold())
        return numbers.get(int(wanted)) if found is None and wanted.isdecimal() and len(wanted) < 10 else found

    def printed(self) -> list[tuple[int, Candidate | None]]:
        """Every form that is printed, with whose it is: in the order of the list, then the spare ones."""
        if not self.each:
            return [(form, None) for form in range(len(self.forms))]
        own = zip(self.form_of.tolist(), self.candidates, strict=True)
        return [*own, *((form, None) for form in self.spares)]

    def large_prints(self) -> list[int]:
        """The named forms that are also printed in large print, for the candidates who are granted it."""
        if self.each:
            return []
        own = zip(self.form_of.tolist(), self.candidates, strict=True)
        return sorted({form for form, candidate in own if candidate.accommodation.large_print})

    def taken(self) -> list[int]:
        """The place of each candidate's paper among the sheets: `printed()`, then the named forms in large print."""
        if self.each:
            return list(range(len(self.candidates)))
        large = self.large_prints()
        return [
            len(self.forms) + large.index(form) if candidate.accommodation.large_print else form
            for form, candidate in zip(self.form_of.tolist(), self.candidates, strict=True)
        ]

    def placed(self) -> Iterator[tuple[Section, Placed]]:
        """Every placed item with its section, in the order of the paper."""
        for section in self.sections:
            for placed in section.placed:
                yield section, placed

    def numbered(self) -> Mapping[int, tuple[Section, Placed]]:
        """Every placed item with its section, by its number on the paper."""
        return self._numbered

    def columns(self) -> Mapping[str, tuple[Placed, Part, Fraction]]:
        """The heading of every part's answers, in the order of the paper, with what it stands for and its marks."""
        return self._columns

    @cached_property
    def _codes(self) -> tuple[dict[str, int], dict[int, int]]:
        """The forms by what people write for them: the code, and its number where it is one."""
        plain = {code.casefold(): place for place, code in enumerate(self.forms)}
        return plain, {int(code): place for code, place in plain.items() if code.isdecimal()}

    @cached_property
    def _numbered(self) -> Mapping[int, tuple[Section, Placed]]:
        return {placed.number: (section, placed) for section, placed in self.placed()}

    @cached_property
    def _columns(self) -> Mapping[str, tuple[Placed, Part, Fraction]]:
        return {
            placed.column(part): (placed, part, marks)
            for _, placed in self.placed()
            for part, marks in zip(placed.item.parts, placed.marks, strict=True)
        }
