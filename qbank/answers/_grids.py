"""Answers of several quantities understood: grids of entries, laid end to end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import prod
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from qbank import numerals
from qbank.answers import _quantities, _unit_costs, _usual
from qbank.answers._entries import Grid, may_be_decimal
from qbank.answers._quantities import NONE, UNKNOWN, Asked, Quantities
from qbank.answers._readings import collect
from qbank.answers._usual import Usual
from qbank.model import READ, UNREADABLE, Array, Bilingual, Lang, gather

Parse: TypeAlias = Callable[[str, bool], Grid]
"""How a kind reads one text, its commas decimal or not, as a grid of entries. Raises Stopped."""

STRANGE, GLOSSED, CUSTOMARY, AMBIGUOUS, SHORTER = 1, 2, 4, 8, 16
"""What is odd about some entry of a grid: an unknown word for its unit, more beside the unit, a unit that the part does
not open, a second reading; of a whole grid, that with decimal commas it has fewer entries."""


def told(lines: Sequence[Sequence[float]]) -> str:
    """Numbers as a row, or as rows.

    >>> told([[0.46, -0.2]]), told([[1, 2], [3, 4]])
    ('(0.46, −0.2)', '[1, 2; 3, 4]')
    """
    rows = [", ".join(f"{value:.10g}".replace("-", "−") for value in line) for line in lines]
    return f"({rows[0]})" if len(rows) == 1 else f"[{'; '.join(rows)}]"


@dataclass(frozen=True, slots=True, eq=False)
class Grids:
    """n grids; the components of grid i begin at `start[i]` of `entries`, row by row.

    `rows` and `columns` (n,) are the shapes as written, 0 where nothing was read. `unit` (n,) is the worst unit of the
    entries, `odd` (n,) the sum of what is odd about any of them: marking looks closer at those alone. `other` reads
    a text again with decimal commas; `at` (n,) says which text is whose, -1 where its commas are none.
    """

    state: NDArray[np.uint8]
    stop: NDArray[np.int64]
    wanted: NDArray[np.int64]
    sentences: tuple[Bilingual, ...]
    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    start: NDArray[np.int64]
    unit: NDArray[np.uint8]
    odd: NDArray[np.uint8]
    entries: Quantities
    other: Again | None = None
    at: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def __len__(self) -> int:
        return len(self.state)

    def take(self, rows: Array) -> Grids:
        """The readings of the given rows (indices, which may repeat, or a mask)."""
        arrays = {name: gather(getattr(self, name), rows) for name in _ARRAYS}
        at = self.at if self.other is None else self.at[rows]
        return Grids(**arrays, sentences=self.sentences, entries=self.entries, other=self.other, at=at)

    def few(self, rows: NDArray[np.int64]) -> Grids:
        """The readings of the given rows, with their own entries alone where those are fewer than all there are."""
        picked = self.take(rows)
        counts = picked.counts()
        if not 0 < counts.sum() < len(self.entries):
            return picked
        return replace(picked, entries=self.entries.take(picked.flat()[1]), start=np.cumsum(counts) - counts)

    def expected(self, row: int, lang: Lang) -> str:
        """What was expected where reading stopped; empty where it did not stop."""
        return self.sentences[int(self.wanted[row])][lang]

    def told(self, row: int, lang: Lang) -> str:  # noqa: ARG002 - numbers are of no language
        """The components in SI, row by row."""
        rows, columns, start = int(self.rows[row]), int(self.columns[row]), int(self.start[row])
        values = self.entries.value[start : start + rows * columns].reshape(rows, columns)
        return told(values.tolist())

    def settled(self, rows: NDArray[np.bool_]) -> Grids:
        """The readings without a second one of the commas on those of the rows (n,) that would have fewer entries."""
        if self.other is None:
            return self
        return replace(self, at=np.where(rows & ((self.odd & SHORTER) > 0), -1, self.at))

    def counts(self) -> NDArray[np.int64]:
        """(n,) how many entries each has."""
        return self.rows * self.columns

    def flat(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Every entry of every grid: (e,) the row of its grid, and (e,) where it is in `entries`."""
        counts = self.counts()
        rows = np.repeat(np.arange(len(self)), counts)
        within = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
        return rows, self.start[rows] + within

    def refused(self, stops: Mapping[int, tuple[int, Bilingual]]) -> Grids:
        """The readings with some rows unreadable: from which column (from 1) of its text on, and what was expected."""
        state, stop, wanted, sentences = self.state.copy(), self.stop.copy(), self.wanted.copy(), list(self.sentences)
        for row, (column, sentence) in stops.items():
            if sentence not in sentences:
                sentences.append(sentence)
            state[row], stop[row], wanted[row] = UNREADABLE, column, sentences.index(sentence)
        there = state == READ
        return replace(self, state=state, stop=stop, wanted=wanted, sentences=tuple(sentences),
                       rows=self.rows * there, columns=self.columns * there)  # fmt: skip

    def fits(self, shape: tuple[int, ...]) -> NDArray[np.bool_]:
        """(n,) which have a shape; a vector may appear as a row or as a column."""
        count = prod(shape)
        line = ((self.rows == 1) & (self.columns == count)) | ((self.columns == 1) & (self.rows == count))
        if len(shape) == 1 or 1 in shape:
            return np.asarray(line, dtype=np.bool_)
        return np.asarray((self.rows == shape[0]) & (self.columns == shape[1]), dtype=np.bool_)

    def components(self, shape: tuple[int, ...]) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """(n,) which have the shape, and (n, count) where their components are in `entries` (0 for the others)."""
        fits = self.fits(shape) & (self.state == READ)
        places = np.empty((len(self), prod(shape)), dtype=np.int64)
        start = self.start * fits
        for place in range(places.shape[1]):  # much faster than a sum of two shapes, where the rows are short
            np.add(start, place * fits, out=places[:, place])
        return fits, places


_ARRAYS = ("state", "stop", "wanted", "rows", "columns", "start", "unit", "odd")


@dataclass(frozen=True, slots=True, eq=False)
class Again:
    """Texts that can be read a second time, with decimal commas: few are, and only when marking asks."""

    texts: Sequence[str]
    parse: Parse
    asked: Asked

    def few(self, places: NDArray[np.int64]) -> Grids:
        """The texts of the given places, so read."""
        different, whose = np.unique(places, return_inverse=True)
        found = once([self.texts[place] for place in different.tolist()], self.parse, self.asked, decimal=True)
        return found.few(whose)


def read(texts: Sequence[str], parse: Parse, asked: Asked, *, usual: bool = False) -> Grids:
    """The texts as grids of quantities in the part's unit; those whose commas may be decimal have a second reading.

    `usual` says that `parse` takes what `_usual` splits in columns as that does.
    """
    decimal = asked.comma == "decimal"
    plain = None
    if usual and not decimal and len(texts) >= numerals.FEW:
        plain = _usual.read(numerals.laid(texts), asked.comma)
    found = once(texts, parse, asked, decimal=decimal, plain=plain)
    if asked.comma != "ask":
        return found
    read_, at = found.state == READ, np.full(len(texts), -1, dtype=np.int64)
    if plain is not None:
        read_[plain.texts] = False
        tight = plain.texts[plain.tight]
        at[tight] = tight
        found.odd[tight] |= SHORTER
    for row in np.flatnonzero(read_).tolist():
        if may_be_decimal(texts[row]):
            at[row] = row
    if (at < 0).all():
        return found
    return replace(found, other=Again(texts, parse, replace(asked, comma="decimal")), at=at)


def once(texts: Sequence[str], parse: Parse, asked: Asked, *, decimal: bool, plain: Usual | None = None) -> Grids:
    """The texts as grids, their commas decimal or not; a grid with an entry that cannot be read is unreadable there.

    Those that are `plain` are split already.
    """
    pieces: dict[str, int] = {}
    places: list[int] = []
    grids: list[Grid] = []

    def one(text: str) -> dict[str, int]:
        grid = parse(text, decimal)
        start = len(places)
        places.extend(pieces.setdefault(entry.text, len(pieces)) for line in grid.rows for entry in line)
        grids.append(grid)
        return {"rows": len(grid.rows), "columns": len(grid.rows[0]), "start": start, "grid": len(grids) - 1}

    rest = np.arange(len(texts)) if plain is None else np.delete(np.arange(len(texts)), plain.texts)
    left = texts if plain is None else [texts[row] for row in rest.tolist()]
    nothing = np.zeros((), dtype=np.int64)
    seen = collect(left, one, dict.fromkeys(("rows", "columns", "start", "grid"), nothing))
    written = list(pieces) or ["0"]
    numbers = numerals.read(written, comma=asked.comma, prefix=asked.prefix, name=asked.name)
    order = np.array(places or [0])
    shape = {name: _at(rest, column, len(texts)) for name, column in seen.columns.items()}
    if plain is not None:
        counts = plain.rows * plain.columns
        shape["rows"][plain.texts], shape["columns"][plain.texts] = plain.rows, plain.columns
        shape["start"][plain.texts] = len(order) + np.cumsum(counts) - counts
        order = np.concatenate((order, len(numbers) + np.arange(len(plain.numbers))))
        numbers = numbers.joined(plain.numbers)
    entries = _quantities.understood(written, numbers, asked)
    entries = entries if len(places) == len(pieces) else entries.take(order)  # those that come once are in order
    state = _at(rest, seen.state, len(texts), READ)
    stop, wanted = (_at(rest, column, len(texts)) for column in (seen.stop, seen.wanted))
    none = np.zeros(len(texts), dtype=np.uint8)
    found = Grids(state, stop, wanted, seen.sentences, shape["rows"], shape["columns"], shape["start"], none, none,
                  entries)  # fmt: skip
    own, at = found.flat()
    found = replace(found, unit=_unit_costs.worst(entries.unit[at], own, len(texts)), odd=_odd(entries, own, at, none))
    stops: dict[int, tuple[int, Bilingual]] = {}
    bad = entries.state[at] != READ
    if (found.odd & STRANGE).any():  # `5 maybe 6`: a word that one value alone has is not in the place of a unit
        lacking = np.zeros(len(texts), dtype=np.bool_)
        lacking[own[entries.unit[at] == NONE]] = True
        bad |= (entries.unit[at] == UNKNOWN) & lacking[own]
    for row, entry in reversed(list(zip(own[bad].tolist(), at[bad].tolist(), strict=True))):  # the first one counts
        stops[row] = _stop(grids[int(shape["grid"][row])], entry - int(shape["start"][row]), entries, entry)
    return found.refused(stops) if stops else found


def _at(rows: NDArray[np.int64], values: Array, count: int, else_: int = 0) -> Array:
    """(count,) the values at their rows, and something else at all others."""
    if len(rows) == count:
        return values
    wide = np.full(count, else_, dtype=values.dtype)
    wide[rows] = values
    return wide


def _odd(entries: Quantities, own: NDArray[np.int64], at: NDArray[np.int64], none: Array) -> NDArray[np.uint8]:
    """(n,) what is odd about the entries `at` (e,) of the grids `own` (e,)."""
    odd = none.copy()
    those = {STRANGE: entries.unit == UNKNOWN, GLOSSED: entries.doubted("gloss"),
             CUSTOMARY: entries.doubted("customary"), AMBIGUOUS: entries.has_seconds()}  # fmt: skip
    for bit, where in those.items():
        odd[own[where[at]]] |= bit
    return odd


def _stop(grid: Grid, place: int, entries: Quantities, entry: int) -> tuple[int, Bilingual]:
    """The column where an entry stopped that could not be read, and what was expected there."""
    written = grid.rows[place // len(grid.rows[0])][place % len(grid.rows[0])]
    reason = Bilingual(zh=entries.expected(entry, "zh"), en=entries.expected(entry, "en"))
    if entries.state[entry] == READ:
        reason = numerals.REASONS["unit"]
    return grid.column(written.at + max(int(entries.stop[entry]), 1) - 1), reason
