"""An item in Python: its variants as a frame, one of them to be asked, a column of answers marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from qbank import intake, marking, messages, registry, reports, variants
from qbank.actions.ask import Asked, ask
from qbank.actions.preview import preview
from qbank.actions.show import SEED
from qbank.bank import Bank, Measured
from qbank.bank.item import Item as Read
from qbank.model import Bilingual, Column, Lang, Refused

if TYPE_CHECKING:
    import polars as pl

Answers = Sequence[object]
"""A column of answers: texts, or numbers as numbers."""


@dataclass(frozen=True, slots=True, repr=False)
class Item:
    """One item of a bank; `read` is what its file holds."""

    read: Read
    source: Bank

    @property
    def id(self) -> str:
        """The item's name in its bank."""
        return self.read.id

    @property
    def title(self) -> Bilingual:
        """Its title, by language: `item.title["en"]`."""
        return self.read.title

    @property
    def parts(self) -> tuple[str, ...]:
        """The ids of its parts, in order."""
        return tuple(part.id for part in self.read.parts)

    @property
    def measured(self) -> Measured | None:
        """What past exams measured of it, and when it was used last; None where the bank keeps none."""
        return self.source.measured(self.id)

    def variants(self, count: int = 10, *, seed: str = SEED) -> pl.DataFrame:
        """The values of `count` variants: a row a seat, a column a parameter and a derived value, numbers as numbers.

        Vectors and matrices are lists. The same seed draws the same variants. Raises Refused when there is none.
        """
        import polars as pl

        drawn = variants.make(self.read, seed, np.arange(count))
        columns: dict[str, Any] = {"seat": drawn.seats}
        columns |= {name: _values(column) for name, column in drawn.columns.items()}
        return pl.DataFrame(columns)

    def ask(self, seat: int = 0, *, lang: Lang = "zh", seed: str = SEED) -> Asked:
        """The variant of one seat, to be looked at and answered."""
        return ask(self.id, seat=seat, lang=lang, seed=seed, source=self.source)

    def mark(
        self, answers: Answers | Mapping[str, Answers], *, seat: int | Sequence[int] = 0, lang: Lang = "zh",
        seed: str = SEED,
    ) -> pl.DataFrame:  # fmt: skip
        """The marks of a column of answers to the only part, or of a column for each part by its name.

        Answer i is that of the seat, or of seat i of a sequence. A row an answer and part: `seat`, `part`, `answer`,
        `credit` (1 for all of it), `marks`, `waits` (a person decides), `notes`, `reason`. Raises Refused for a name
        that is not a part, for columns of different lengths, and for another number of seats than of answers.
        """
        import polars as pl

        columns = self._columns(answers)
        count = len(next(iter(columns.values())))
        seats = np.full(count, seat) if isinstance(seat, int) else np.asarray(seat, dtype=np.int64)
        if len(seats) != count:
            raise Refused(messages.tell("the number of seats is {seats}, but the number of answers is {answers}; "
                                        "name one seat, or one for each answer", seats=len(seats),
                                        answers=count))  # fmt: skip
        different, rows = np.unique(seats, return_inverse=True)
        drawn = variants.make(self.read, seed, different)
        marked = marking.mark(self.read, drawn, columns, rows)
        frames = []
        for part in self.read.parts:
            done, worth = marked[part.id], float(part.marks)
            waits = done.waits
            notes = [[note for note, _, _ in done.steps.of(row)] for row in range(count)]
            told = [reports.joined(reports.spoken(done, row, lang, reports.Variant(drawn, int(rows[row]))), lang)
                    for row in range(count)]
            frames.append(pl.DataFrame({
                "seat": seats, "part": [part.id] * count, "answer": list(columns[part.id]),
                "credit": done.credit, "marks": done.credit * worth, "waits": waits,
                "notes": pl.Series(notes, dtype=pl.List(pl.String)), "reason": told,
            }))  # fmt: skip
        return pl.concat(frames)

    def _columns(self, answers: Answers | Mapping[str, Answers]) -> dict[str, list[str]]:
        """The texts of every part, blank where nothing is given."""
        if not isinstance(answers, Mapping):
            if len(self.parts) > 1:
                raise Refused(messages.tell("{item} has the parts {parts}; give a column for each part by its name",
                                            item=self.id, parts=messages.listed(self.parts)))  # fmt: skip
            answers = {self.parts[0]: answers}
        for name in answers:
            if name not in self.parts:
                raise Refused(messages.tell("{item}: the part {unknown}", item=self.id,
                                            unknown=registry.unknown(name, self.parts)))  # fmt: skip
        lengths = {name: len(column) for name, column in answers.items()}
        if len(set(lengths.values())) != 1:
            if not lengths:
                raise Refused(messages.tell("{item}: there are no columns of answers", item=self.id))
            told = messages.listed(f"{name} {length}" for name, length in lengths.items())
            raise Refused(messages.tell("{item}: the columns of answers must have the same length: {lengths}",
                                        item=self.id, lengths=told))  # fmt: skip
        count = next(iter(lengths.values()))
        return {name: [intake.written(one) for one in answers.get(name, [None] * count)] for name in self.parts}

    def __repr__(self) -> str:
        return f"Item({self.id!r}: {self.title.en}, level {self.read.level}, {' '.join(self.read.kinds)})"

    def _repr_html_(self) -> str:
        from qbank.outputs import html

        return html.framed(preview(self.source, [self.id], count=1, lang="en"), 480)


def _values(column: Column) -> Any:
    """A column's values, or the words that they stand for."""
    if column.labels:
        return np.asarray(column.labels)[column.values]
    return column.values.tolist() if column.shape else column.values
