"""Vectors understood: ragged rows of quantities, laid end to end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qbank.answers import _quantities
from qbank.answers._quantities import Asked, Quantities
from qbank.answers._readings import LONGEST, TOO_LONG, Stopped
from qbank.answers.vector.spec import Spec
from qbank.answers.vector.written import Grid, may_be_decimal, parse
from qbank.model import BLANK, READ, UNREADABLE, Array, Bilingual, Lang, Rules


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """n vectors or matrices; the components of row i begin at `start[i]` of `entries`, row by row.

    `rows` and `columns` (n,) are the shapes as written, 0 where nothing was read. `other` are the texts whose commas
    may be decimal, so read; `at` (n,) says which of them is whose, -1 where there is none.
    """

    state: NDArray[np.uint8]
    stop: NDArray[np.int64]
    wanted: NDArray[np.int64]
    sentences: tuple[Bilingual, ...]
    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    start: NDArray[np.int64]
    entries: Quantities
    other: Vectors | None = None
    at: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def __len__(self) -> int:
        return len(self.state)

    def take(self, rows: Array) -> Vectors:
        """The readings of the given rows (indices, which may repeat, or a mask)."""
        return Vectors(
            self.state[rows], self.stop[rows], self.wanted[rows], self.sentences,
            self.rows[rows], self.columns[rows], self.start[rows], self.entries, self.other,
            self.at[rows] if self.other is not None else self.at,
        )  # fmt: skip

    def expected(self, row: int, lang: Lang) -> str:
        """What was expected where reading stopped; empty where it did not stop."""
        return self.sentences[int(self.wanted[row])][lang]

    def told(self, row: int) -> Iterator[tuple[str, Any]]:
        """The shape as written, and the components in SI."""
        rows, columns, start = int(self.rows[row]), int(self.columns[row]), int(self.start[row])
        yield "rows", rows
        yield "columns", columns
        yield "value", self.entries.value[start : start + rows * columns]

    def fits(self, shape: tuple[int, ...]) -> NDArray[np.bool_]:
        """(n,) which have a shape; a vector may stand as a row or as a column."""
        count = prod(shape)
        line = ((self.rows == 1) & (self.columns == count)) | ((self.columns == 1) & (self.rows == count))
        if len(shape) == 1 or 1 in shape:
            return np.asarray(line, dtype=np.bool_)
        return np.asarray((self.rows == shape[0]) & (self.columns == shape[1]), dtype=np.bool_)

    def components(self, shape: tuple[int, ...]) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """(n,) which have the shape, and (n, count) where their components stand in `entries` (0 for the others)."""
        fits = self.fits(shape) & (self.state == READ)
        places = self.start[:, None] + np.arange(prod(shape))
        return fits, np.where(fits[:, None], places, 0)


def read(spec: Spec, texts: Sequence[str], rules: Rules) -> Vectors:
    """The texts as grids of quantities in the part's unit; those whose commas may be decimal have a second reading."""
    asked = spec.reads(rules)
    usual = _read(spec, texts, asked, decimal=asked.comma == "decimal")
    if asked.comma != "ask":
        return usual
    rows = [row for row in np.flatnonzero(usual.state == READ).tolist() if may_be_decimal(texts[row])]
    if not rows:
        return usual
    other = _read(spec, [texts[row] for row in rows], replace(asked, comma="decimal"), decimal=True)
    at = np.full(len(texts), -1, dtype=np.int64)
    at[rows] = np.arange(len(rows))
    return replace(usual, other=other, at=at)


def _read(spec: Spec, texts: Sequence[str], asked: Asked, *, decimal: bool) -> Vectors:
    """The texts as grids, their commas decimal or not."""
    count = len(texts)
    state = np.full(count, READ, dtype=np.uint8)
    stop, wanted, start = (np.zeros(count, dtype=np.int64) for _ in range(3))
    rows, columns = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    sentences = {Bilingual(zh="", en=""): 0}
    grids: dict[int, Grid] = {}
    pieces: list[str] = []
    tesla = "T" in asked.unit.symbols

    def refuse(row: int, column: int, sentence: Bilingual) -> None:
        state[row], stop[row], rows[row], columns[row] = UNREADABLE, column, 0, 0
        wanted[row] = sentences.setdefault(sentence, len(sentences))

    for row, text in enumerate(texts):
        if not text.strip():
            state[row] = BLANK
            continue
        try:
            if len(text) > LONGEST:
                raise Stopped(LONGEST + 1, TOO_LONG)
            grid = parse(text, decimal_comma=decimal, name=spec.own_name, tesla=tesla)
        except Stopped as stopped:
            refuse(row, stopped.column, stopped.expected)
            continue
        grids[row], start[row] = grid, len(pieces)
        rows[row], columns[row] = len(grid.rows), len(grid.rows[0])
        pieces.extend(entry.text for line in grid.rows for entry in line)
    entries = _quantities.read(pieces or ["0"], asked)
    for row, grid in grids.items():
        flat = [entry for line in grid.rows for entry in line]
        for place, entry in enumerate(flat, start=int(start[row])):
            if entries.state[place] != READ:
                reason = Bilingual(zh=entries.expected(place, "zh"), en=entries.expected(place, "en"))
                refuse(row, grid.column(entry.at + max(int(entries.stop[place]), 1) - 1), reason)
                break
    vectors = Vectors(state, stop, wanted, tuple(sentences), rows, columns, start, entries)
    if spec.shape == "unreadable" and spec.size is not None:
        for row in np.flatnonzero((state == READ) & ~vectors.fits(spec.size)).tolist():
            refuse(row, len(texts[row]) + 1, _sized(spec.size))
        return Vectors(state, stop, wanted, tuple(sentences), rows, columns, start, entries)
    return vectors


def _sized(size: tuple[int, ...]) -> Bilingual:
    written = "×".join(map(str, size))
    return Bilingual(
        zh=f"{written} 个分量" if len(size) == 1 else f"{written} 的矩阵",
        en=f"{written} components" if len(size) == 1 else f"a {written} matrix",
    )
