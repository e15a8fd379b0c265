"""Every vector entry that a text prints exists; tables of vectors are even, fit the page and give their units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from qbank import markup, messages, units, variants
from qbank.bank import prose
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.model import Bilingual, Inline, Lang, Name, Problem, Table
from qbank.variants import Variants

RATIONALE = "A table with a cell missing, or an entry that does not exist, stops the paper on the day it is printed."
PROPOSAL = "give the vectors of a table the same length; the first entry is x[0]"
WIDE = 42.0
"""The width of the line of a page, in em: half of one for each character, and what is beside it in a cell."""
BESIDE = 1.2
_TABLE = """
derive:
  A: {value: -Rf/R1, symbol: A_u}
  U: {value: "[R1/4700, Rf/4700, 1%s]", shown: 3, unit: V}
  n: {value: "[1, 2, 3]", shown: 3}
stem:
  zh: |
    反相放大电路中 $R_1 = {{ R1 }}$，$R_f = {{ Rf }}$，电压 {{ U[%s] }}。

    | $n$ | $U$%s |
    | --- | --- |
    | {{ n:down }} | {{ U:down }} |
  en: |
    In an inverting amplifier, $R_1 = {{ R1 }}$ and $R_f = {{ Rf }}$, the voltage {{ U[%s] }}.

    | $n$ | $U$%s |
    | --- | --- |
    | {{ n:down }} | {{ U:down }} |
"""


def _sample(more: str, place: str, head: str) -> str:
    return _TABLE % (more, place, head, place, head)


EXAMPLES = (
    Sample("entries.place", _sample("", "3", " / V"), _sample("", "2", " / V"), "there are three entries: 0, 1 and 2"),
    Sample("entries.table", _sample(", 2", "2", " / V"), _sample("", "2", " / V"), "four voltages, three numbers"),
    Sample("entries.unit", _sample("", "2", ""), _sample("", "2", " / V"), "cells print no unit; the heading gives it"),
)


def check(scene: Scene) -> Iterator[Problem]:
    """The first fault of every text: an entry that does not exist, a table that is uneven, too wide, without units."""
    for path, text, rows in _texts(scene):
        for lang in text.langs:
            for problem in _faults(scene, (*path, lang), text, lang, rows):
                yield problem
                break


def _texts(scene: Scene) -> Iterator[tuple[tuple[str | int, ...], Bilingual, NDArray[np.intp]]]:
    """Every text with its path and the variants on which it appears, if there are any."""
    drawn = scene.drawn
    everywhere = np.arange(len(drawn))
    for path, told in prose.told(scene.item):
        for passage, (place, text) in zip(told.all, told.texts(), strict=True):
            when = passage.when
            rows = everywhere
            if when is not None:
                rows = np.flatnonzero(variants.holds(scene.item, when, drawn.columns, len(drawn)))
            if len(rows):
                yield (*path, *place), text, rows
    for number, part in enumerate(scene.item.parts):
        yield from ((("parts", number, "answer"), text, everywhere) for text in part.facts.texts)


def _faults(
    scene: Scene, path: tuple[str | int, ...], text: Bilingual, lang: Lang, rows: NDArray[np.intp]
) -> Iterator[Problem]:
    rich = markup.read(text[lang])
    for name in markup.opened(rich):
        row = _missing(scene.drawn, name, rows)
        try:
            variants.show(scene.item, name, scene.drawn.columns, int(rows[0]) if row is None else row, lang)
        except ValueError as error:
            code = "entries.place" if name.places else "entries.form"
            yield scene.problem(code, str(error), path, seat=row, proposal=PROPOSAL if name.places else "")
            return
    try:
        filled = markup.fill(rich, variants.printed(scene.drawn, int(rows[0]), lang))
    except ValueError as error:
        yield scene.problem("entries.table", str(error), path, proposal=PROPOSAL)
        return
    for table, printed in zip(rich, filled, strict=True):
        if isinstance(table, Table) and isinstance(printed, Table):
            yield from _of_table(scene, path, table, printed)


def _missing(drawn: Variants, name: Name, rows: NDArray[np.intp]) -> int | None:
    """The first of some variants on which an index is none of the vector, where the index differs between variants."""
    shape = drawn.columns[name.name].shape
    for place, size in zip(name.places, shape, strict=False):
        if place in drawn.columns:
            index = np.asarray(drawn.columns[place].values[rows], dtype=float).reshape(len(rows), -1)[:, 0]
            outside = ~((index >= -size) & (index < size) & (index == np.rint(index)))
            if outside.any():
                return int(rows[np.flatnonzero(outside)[0]])
    return None


def _of_table(scene: Scene, path: tuple[str | int, ...], table: Table, printed: Table) -> Iterator[Problem]:
    wide = sum(max(map(_width, column)) for column in zip(printed.header, *printed.rows, strict=True))
    if wide > WIDE and any(_spread(cell) for row in (table.header, *table.rows) for cell in row):
        message = messages.tell("the table is about {width:.0f} em wide, but the page has only {page:.0f} em",
                                width=wide, page=WIDE)  # fmt: skip
        yield scene.problem(
            "entries.wide", message, path, severity="warning",
            proposal=messages.tell("print the vectors downwards, split them (x[:10], x[10:]), or print a list"),
        )  # fmt: skip
    for row in (table.header, *table.rows):
        for place, cell in enumerate(row):
            name = _spread(cell)
            if name is None:
                continue
            head = table.header[place] if name.form == "down" else row[0]
            unit = _unit(scene, name)
            if unit and units.text(unit) not in markup.plain_line(head):
                message = messages.tell("the cells of {vector} print no unit, and their heading does not give {unit}",
                                        vector=name.entry, unit=unit)  # fmt: skip
                yield scene.problem(
                    "entries.unit", message, path,
                    severity="warning",
                    proposal=messages.tell("write the unit in the heading, as in $U$ / {unit}", unit=unit),
                )  # fmt: skip


def _width(cell: Sequence[Inline]) -> float:
    return BESIDE + sum(0.5 if each.isascii() else 1.0 for each in markup.plain_line(tuple(cell)))


def _spread(cell: Sequence[Inline]) -> Name | None:
    """The vector that fills a cell, if one does."""
    return cell[0] if len(cell) == 1 and isinstance(cell[0], Name) and cell[0].form in ("down", "across") else None


def _unit(scene: Scene, name: Name) -> str:
    rule = scene.item.parameters.get(name.name) or scene.item.derive[name.name]
    return units.canonical(rule.unit) if rule.unit else ""
