"""Tables that are filled with vectors: an entry for each cell, down from a row or across it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from qbank import messages
from qbank.model import Inline, Name, Printed, Table, Text

Cell: TypeAlias = tuple[Inline, ...]
Values: TypeAlias = Mapping[str, Printed]


def fill(table: Table, values: Values, fill_line: Callable[[Cell, Values], Cell]) -> Table:
    """The table with its names printed: a row of vectors that go down becomes as many rows as they have entries.

    Everything else in such a row is repeated. Raises ValueError for vectors of different lengths in one row, and for
    rows that are not as wide as the head.
    """
    header = _across(table.header, values, fill_line)
    rows = [_across(each, values, fill_line) for row in table.rows for each in _down(row, values)]
    for row in rows:
        if len(row) != len(header):
            raise ValueError(messages.tell("the header of a table has {wanted} cells, but a row of it has {given}",
                                           wanted=len(header), given=len(row)))  # fmt: skip
    return Table(header, tuple(rows))


def _down(row: tuple[Cell, ...], values: Values) -> list[tuple[Cell, ...]]:
    """The rows that a row stands for."""
    columns = {place: _entries(name, values) for place, cell in enumerate(row) if (name := _spread(cell, "down"))}
    if not columns:
        return [row]
    lengths = {len(column) for column in columns.values()}
    if len(lengths) > 1:
        sizes = messages.listed(
            messages.tell("{name} has {count}", name=row[place][0].name, count=len(column))  # type: ignore[union-attr]
            for place, column in columns.items()
        )
        raise ValueError(messages.tell("the vectors of one row must have the same number of entries: {sizes}",
                                       sizes=sizes))  # fmt: skip
    return [
        tuple(columns[place][number] if place in columns else cell for place, cell in enumerate(row))
        for number in range(lengths.pop())
    ]


def _across(row: tuple[Cell, ...], values: Values, fill_line: Callable[[Cell, Values], Cell]) -> tuple[Cell, ...]:
    """The cells of a row, filled."""
    found: list[Cell] = []
    for cell in row:
        name = _spread(cell, "across")
        found += _entries(name, values) if name else [fill_line(cell, values)]
    return tuple(found)


def _spread(cell: Cell, form: str) -> Name | None:
    """The vector that fills a cell in this way, if it is one."""
    return cell[0] if len(cell) == 1 and isinstance(cell[0], Name) and cell[0].form == form else None


def _entries(name: Name, values: Values) -> list[Cell]:
    return [entry.inlines or (Text(entry.text),) for entry in values[name.key].cells]
