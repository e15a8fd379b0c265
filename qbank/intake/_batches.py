"""Responses of any length, some thousand rows at a time: the same tables and the same words as of a file read whole.

What only the whole file tells is told at its end: numbers that stand twice, whose 64-bit digests are all that is kept
of the rows; rows that are no candidates; what a row was found to be wrong with.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from qbank import messages
from qbank.intake import _headings, _people, _responses, _sorts, _table, csv_, parquet
from qbank.intake._responses import Table
from qbank.model import Problem, Refused

Digests: TypeAlias = NDArray[np.uint64]
LARGE, MANY = 4 << 20, 250_000
"""A CSV file of so many bytes, and a Parquet file of so many cells, is read in batches."""


def is_large(path: Path) -> bool:
    """Whether a file of responses is better read in batches; what can be read only once is not."""
    if not path.is_file():
        return False
    match _table.form(path):
        case "csv":
            return path.stat().st_size >= LARGE
        case "parquet":
            return parquet.cells(path) >= MANY
    return False


def top(path: Path) -> _table.Sheet:
    """The headings of a table and the first rows below them."""
    if _table.form(path) not in ("csv", "parquet"):
        return _table.read(path)
    return next(iter(Batches(path, (), 1).sheets()), _table.Sheet(str(path), (), (), ()))


class Batches:
    """The responses in a file as tables of some rows each, in the order of the file.

    `problems` are the warnings about the whole, complete when the last table was given. Raises Refused, at the latest
    after the last, for what a file that is read whole is refused for.
    """

    def __init__(self, path: Path, columns: Sequence[str], rows: int) -> None:
        self.file = str(path)
        self._path, self._columns, self._rows = path, columns, rows
        self._told: dict[Problem, None] = {}
        self._left: list[str] = []
        self._first: tuple[Problem, ...] = ()
        _sorts.need(path, _table.form(path))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is doubtful or wrong, of the file, of rows and of columns."""
        return (*self._first, *_people.aside(self.file, self._left), *self._told)

    def __iter__(self) -> Iterator[Table]:
        also, surplus, faults = _responses.also(self._columns), list[Problem](), dict[int, Problem]()
        digests: list[Digests] = []
        empty = True
        filled, running = self._surveyed()
        for sheet in self.sheets():
            empty = False
            surplus += _table.surplus(sheet, running) if sheet.frame is None else []
            people = _people.among(sheet, wanted=_responses.wanted(), also=also, filled=filled)
            self._left += people.left
            faults |= people.faults
            digests.append(_digests(people.numbers))
            if not surplus and not faults:
                table = _responses.table(people, self._columns, ())
                self._told |= dict.fromkeys(table.problems)
                yield table
        if empty:
            raise Refused(messages.tell("{file}: the table is empty", file=self.file))
        if surplus:
            raise _table.refused_surplus(self.file, surplus)
        faults = {**self._twice(digests, filled), **faults}
        if faults:
            raise Refused(*(faults[line] for line in sorted(faults)))

    def of(self, numbers: Container[str]) -> Iterator[Table]:
        """The rows of the candidates with these numbers alone, in a file whose other rows are known to be sound."""
        also, (filled, _) = _responses.also(self._columns), self._surveyed()
        for sheet in self.sheets():
            people = _people.among(sheet, wanted=_responses.wanted(), also=also, filled=filled)
            own = [row for row, number in enumerate(people.numbers) if number in numbers]
            yield _responses.table(people.only(own), self._columns, ())

    def _twice(self, digests: Sequence[Digests], filled: Sequence[bool] | None) -> dict[int, Problem]:
        """What to say of numbers that stand twice, by line; the file is read again where there seem to be any."""
        every = np.sort(np.concatenate(digests))
        again = np.unique(every[1:][every[1:] == every[:-1]])
        if not len(again):
            return {}
        del every
        first: dict[str, int] = {}
        found: dict[int, Problem] = {}
        also = _responses.also(self._columns)
        for sheet in self.sheets():
            people = _people.among(sheet, wanted=_responses.wanted(), also=also, filled=filled)
            for row in np.flatnonzero(np.isin(_digests(people.numbers), again)).tolist():
                number, line = people.numbers[row], people.sheet.lines[row]
                if first.setdefault(number, line) != line:
                    found[line] = _people.twice(self.file, line, number, first[number])
        return found

    def _surveyed(self) -> tuple[list[bool] | None, frozenset[int]]:
        """Which columns hold anything, and which of those without a heading are filled in every row.

        The file is read for it where its headings leave the question open.
        """
        header = next(iter(self.sheets()), _table.Sheet(self.file, (), (), ())).header
        ranked = frozenset().union(*_headings.NUMBER)
        numbers = sum(_headings.folded(head) in ranked for head in header)
        if numbers < 2 and all(header):
            return [True] * len(header), frozenset()
        some, every = np.zeros(len(header), dtype=bool), np.ones(len(header), dtype=bool)
        for sheet in self.sheets():
            there = np.array([[bool(cell.strip()) for cell in sheet.column(at)] for at in range(len(header))])
            some |= there.any(axis=1)
            every &= there.all(axis=1)
        return some.tolist(), frozenset(np.flatnonzero(every).tolist())

    def sheets(self) -> Iterator[_table.Sheet]:
        """The parts of the file, as they are."""
        if _table.form(self._path) == "parquet":
            yield from parquet.sheets(self._path, self._rows)
            return
        with csv_.scanned(self._path) as (rows, self._first):
            yield from _sheets(self.file, ((line, row) for line, row in rows if any(map(str.strip, row))), self._rows)


def _sheets(file: str, rows: Iterable[tuple[int, list[str]]], size: int) -> Iterator[_table.Sheet]:
    """The rows that hold something, below the headings, so many at a time; one empty sheet where there are none."""
    rows = iter(rows)
    tops = list(islice(rows, _table.TITLES))
    if not tops:
        return
    head = _table.heading([row for _, row in tops])
    header, below = tuple(cell.strip() for cell in tops[head][1]), tops[head + 1 :]
    part = [*below, *islice(rows, max(size - len(below), 0))]
    while True:
        yield _table.Sheet(file, header, [row for _, row in part], [line for line, _ in part])
        part = list(islice(rows, size))
        if not part:
            return


def _digests(numbers: Sequence[str]) -> Digests:
    import polars as pl

    return pl.Series(numbers, dtype=pl.String).hash(0).to_numpy()

