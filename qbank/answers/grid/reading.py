"""Grids understood: every entry of the shape asked, read by its own kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qbank import numerals
from qbank.answers import Reading
from qbank.answers._entries import Grid
from qbank.answers._readings import LONGEST, TOO_LONG, Stopped, unannounced
from qbank.answers.grid.spec import Spec
from qbank.answers.grid.written import COMMA, COMMAS, multiplies, parse
from qbank.model import BLANK, READ, UNREADABLE, Array, Bilingual, Lang, Rules


@dataclass(frozen=True, slots=True, eq=False)
class Grids:
    """n grids: `fits` (n,) says which have the shape asked; `entries` holds the reading of each place, (n,) each."""

    state: NDArray[np.uint8]
    stop: NDArray[np.int64]
    wanted: NDArray[np.int64]
    sentences: tuple[Bilingual, ...]
    sizes: NDArray[np.int64]
    fits: NDArray[np.bool_]
    entries: tuple[Reading, ...]

    def take(self, rows: Array) -> Grids:
        """The readings of the given rows (indices, which may repeat, or a mask)."""
        return Grids(
            self.state[rows], self.stop[rows], self.wanted[rows], self.sentences, self.sizes[rows], self.fits[rows],
            tuple(entry.take(rows) for entry in self.entries),
        )  # fmt: skip

    def expected(self, row: int, lang: Lang) -> str:
        """What was expected where reading stopped; empty where it did not stop."""
        return self.sentences[int(self.wanted[row])][lang]

    def told(self, row: int, lang: Lang) -> str:
        """What each entry was taken for, where the shape is right, else the shape."""
        rows, columns = self.sizes[row].tolist()
        if not self.fits[row]:
            return f"{rows} × {columns}"
        entries = [entry.told(row, lang) for entry in self.entries]
        return f"[{'; '.join(', '.join(entries[at * columns : (at + 1) * columns]) for at in range(rows))}]"


def read(spec: Spec, texts: Sequence[str], rules: Rules) -> Grids:
    """The texts as grids; an entry that cannot be read makes the whole unreadable."""
    count = len(texts)
    state, stop = np.full(count, READ, dtype=np.uint8), np.zeros(count, dtype=np.int64)
    wanted, sizes = np.zeros(count, dtype=np.int64), np.zeros((count, 2), dtype=np.int64)
    sentences = {Bilingual(zh="", en=""): 0}
    grids: dict[int, Grid] = {}

    def refuse(row: int, column: int, sentence: Bilingual) -> None:
        if state[row] == READ:
            state[row], stop[row] = UNREADABLE, min(column, len(texts[row]) + 1)
            wanted[row] = sentences.setdefault(sentence, len(sentences))

    comma, unit = spec.decimal_comma(rules), str(spec.entries.get("unit", ""))
    for row, text in enumerate(texts):
        if not numerals.visible(text).strip():
            state[row] = BLANK
            continue
        try:
            if len(text) > LONGEST:
                raise Stopped(LONGEST + 1, TOO_LONG)
            grids[row] = parse(unannounced(text), name=spec.own_name, decimal_comma=comma, unit=unit)
            sizes[row] = len(grids[row].rows), len(grids[row].rows[0])
        except Stopped as stopped:
            refuse(row, stopped.column, stopped.expected)
    fits, letters = _fits(spec.shape, sizes), spec.scalar.facts(spec.cells[0]).in_letters
    flat = {row: [entry for line in grid.rows for entry in line] for row, grid in grids.items()}
    entries = []
    for place, cell in enumerate(spec.cells):
        own = [flat[row][place].text if row in flat and fits[row] else "" for row in range(count)]
        entries.append(spec.scalar.read(cell, own, rules))
        for row in np.flatnonzero(fits & (entries[-1].state != READ)).tolist():
            column = grids[row].column(flat[row][place].at + max(int(entries[-1].stop[row]), 1) - 1)
            refuse(row, column, _sentence(entries[-1], row))
    for row in np.flatnonzero(~fits & (state == READ)).tolist():  # of another shape, if it can be read at all
        found = spec.scalar.read(spec.cells[0], [entry.text for entry in flat[row]], rules)
        for place in np.flatnonzero(found.state != READ)[:1].tolist():
            column = grids[row].column(flat[row][place].at + max(int(found.stop[place]), 1) - 1)
            refuse(row, column, _sentence(found, place))
        for entry in filter(multiplies, flat[row] if letters and not COMMA.search(texts[row]) else []):
            refuse(row, grids[row].column(entry.at), COMMAS)
    return Grids(state, stop, wanted, tuple(sentences), sizes, fits & (state == READ), tuple(entries))


def _sentence(reading: Reading, row: int) -> Bilingual:
    return Bilingual(zh=reading.expected(row, "zh") or "一个分量", en=reading.expected(row, "en") or "an entry")


def _fits(shape: tuple[int, ...], sizes: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(n,) which grids have the shape asked: a matrix its rows and columns, a vector may be a row or a column."""
    if len(shape) == 2:
        return np.asarray((sizes == shape).all(axis=1))
    return np.asarray((sizes.max(axis=1) == shape[0]) & (sizes.min(axis=1) == 1))
