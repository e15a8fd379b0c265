"""Where the headings of a department's table stand, what they say, and whose rows are below them.

Headings may fill several rows (merged cells), and appear twice side by side, where a page holds two columns of people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from qbank import messages
from qbank.intake import _headings, _people, _table
from qbank.model import Problem, Refused

_TITLES = 30
"""So many rows may be above the headings."""
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A row of one candidate: the number and the name as the table has them, and which of the blocks it is in."""

    number: str
    name: str
    row: int
    block: int


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a table by row and column, and the merged ranges as (first row, last row, first and last column)."""

    texts: Mapping[tuple[int, int], str]
    merged: Sequence[tuple[int, int, int, int]] = field(default=())

    def spread(self) -> dict[tuple[int, int], str]:
        """The texts with that of a merged cell in all that it covers."""
        found = dict(self.texts)
        for top, bottom, left, right in self.merged:
            text = self.texts.get((top, left), "")
            if text and (bottom - top + 1) * (right - left + 1) <= 1000:
                for row in range(top, bottom + 1):
                    found |= {(row, column): text for column in range(left, right + 1)}
        return found


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks of a table: for each the column of numbers, that of names or none, and the headings of its columns."""

    numbers: tuple[int, ...]
    names: tuple[int | None, ...]
    headings: tuple[Mapping[int, tuple[str, ...]], ...]
    body: int
    """The first row below the headings."""


def layout(cells: Cells) -> Layout | None:
    """Where the headings of a table stand and what they say; None where no row heads the candidates' numbers.

    Raises ValueError where two columns mean the candidate's number.
    """
    rows: dict[int, dict[int, str]] = {}
    for (row, column), text in cells.texts.items():
        if text.strip():
            rows.setdefault(row, {})[column] = text
    tops = sorted(rows)[:_TITLES]
    for plainly in (True, False):
        for row in tops:
            header = _header(rows[row])
            if _headings.heads_numbers(header, plainly=plainly):
                return _below(cells, row, _headings.found(header, _headings.NUMBER))
    return None


def _header(row: Mapping[int, str]) -> list[str]:
    return [row.get(at, "") for at in range(max(row) + 1)]


def _below(cells: Cells, top: int, numbers: Sequence[int]) -> Layout:
    said = {_headings.folded(cells.texts[top, at]) for at in numbers}
    if len(said) > 1:
        both = messages.listed(repr(cells.texts[top, at].strip()) for at in numbers)
        raise ValueError(messages.tell("several columns mean the candidate's number: {columns}; in a copy of the file, "
                                       "rename the others", columns=both))  # fmt: skip
    deep = next((bottom for first, bottom, left, _ in cells.merged if first == top and left == numbers[0]), top)
    deep = _deeper(cells, deep, numbers)
    texts = cells.spread()
    last = max((column for row, column in texts if top <= row <= deep), default=0)
    headings: list[dict[int, tuple[str, ...]]] = []
    names: list[int | None] = []
    for place, at in enumerate(numbers):
        end = numbers[place + 1] if place + 1 < len(numbers) else last + 1
        start = 0 if place == 0 else at
        heads = {column: _said(texts, column, range(top, deep + 1)) for column in range(start, end) if column != at}
        headings.append({column: told for column, told in heads.items() if told})
        own = [(heads.get(column) or ("",))[-1] for column in range(end)]
        found = _headings.found(own, _headings.NAME)
        names.append(next((column for column in found if column >= start), None))
    return Layout(tuple(numbers), tuple(names), tuple(headings), deep + 1)


def _said(texts: Mapping[tuple[int, int], str], column: int, rows: range) -> tuple[str, ...]:
    """What the heading cells of a column say, from the top down."""
    return tuple(dict.fromkeys(texts[row, column].strip() for row in rows if texts.get((row, column), "").strip()))


def _deeper(cells: Cells, deep: int, numbers: Sequence[int]) -> int:
    """The last row of headings, where a row of texts without numbers follows: 平时, 期末, 总评 below 成绩."""
    below = {column: text for (row, column), text in cells.texts.items() if row == deep + 1 and text.strip()}
    heads = below and not any(at in below for at in numbers) and not any(map(_table.is_number, below.values()))
    further = any(row > deep + 1 and column in numbers for (row, column), text in cells.texts.items() if text.strip())
    return deep + 1 if heads and further and len(below) > 1 else deep


def lines(file: str, cells: Cells, found: Layout, place: Callable[[int, int], str]) -> tuple[Line, ...]:
    """The rows of candidates. Raises Refused with the cells of numbers that a spreadsheet spoilt, or that are twice."""
    problems: list[Problem] = []
    first: dict[str, tuple[int, int]] = {}
    told: list[Line] = []
    for row, block, written in sorted(_numbers(cells, found)):
        at, name_at = found.numbers[block], found.names[block]
        name = cells.texts.get((row, name_at), "").strip() if name_at is not None else ""
        if _people.is_nobody(written, name, [], []):
            continue
        number = _people.restored(written)
        if number is None:
            problems.append(Problem("template.id", messages.tell("{file}, {place}: {message}", file=file,
                                                                 place=place(row, at),
                                                                 message=_people.spoilt(written))))  # fmt: skip
        elif number in first:
            message = messages.tell("{file}, {place}: candidate {number!r} appears twice; first in {first}", file=file,
                                    place=place(row, at), number=number, first=place(*first[number]))  # fmt: skip
            problems.append(Problem("template.duplicate", message))
        else:
            first[number] = row, at
            told.append(Line(number, name, row, block))
    if problems:
        raise Refused(*problems[:_SHOWN])
    if not told:
        raise Refused(messages.tell("{file}: there is no row with a candidate's number below the headings, so there is "
                                    "nothing to fill in; use the file in which the department lists its candidates",
                                    file=file))  # fmt: skip
    return tuple(told)


def _numbers(cells: Cells, found: Layout) -> Iterator[tuple[int, int, str]]:
    """Every cell below the headings that holds a number; not the headings again, as each page of a list has them."""
    blocks = {at: block for block, at in enumerate(found.numbers)}
    heads = frozenset().union(*_headings.NUMBER)
    for (row, column), text in cells.texts.items():
        if row >= found.body and column in blocks and text.strip() and _headings.folded(text) not in heads:
            yield row, blocks[column], text


def no_numbers(file: str, cells: Cells) -> Refused:
    """What to say of a table without a column of candidates' numbers."""
    rows: dict[int, list[str]] = {}
    for (row, _), text in sorted(cells.texts.items()):
        rows.setdefault(row, []).append(text.strip()[:20])
    seen = max(list(rows.values())[:_TITLES], key=len, default=[])
    if seen:
        message = messages.tell("{file}: no column of candidates' numbers; the cells of its longest row are {cells}",
                                file=file, cells=messages.listed(map(repr, seen[:_SHOWN])))  # fmt: skip
    else:
        message = messages.tell("{file}: no column of candidates' numbers; the table is empty", file=file)
    proposal = messages.tell("give a column the heading '学号' or 'id'")
    return Refused(Problem("template.column", message, proposal=proposal))
