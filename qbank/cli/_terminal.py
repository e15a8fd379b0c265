"""What a person reads in a terminal: lines that hang, tables that line up, nothing broken that belongs together.

A pipe or a file gets every line whole; widths count terminal columns, in which a Chinese character takes two.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import click

GAP = "  "
NARROW = 16
"""A column of text narrower than this is not read with ease: the table is told row by row instead."""
_LABEL = re.compile(r"\s*(?:\([0-9a-zA-Z]{1,3}\)|[0-9]{1,3}[.)]|[A-Za-z][.)])\s+")
_PIECE = re.compile(r"\s+|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+|.", re.DOTALL)
_HELD = "\ue000"
"""What stands for a space at which a line is not broken."""
_CARET = re.compile(r"\s*~*\^(?:\s|$)")
_CLOSING = frozenset("，。；：、？！）》】”’％")
_OPENING = frozenset("（《【“‘")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head; `right` sets numbers under each other; only text that `wraps` may be broken."""

    head: str
    right: bool = False
    wraps: bool = False


def width(*, err: bool = False) -> int | None:
    """How many columns the terminal has; None where what is written goes elsewhere."""
    stream = sys.stderr if err else sys.stdout
    return shutil.get_terminal_size().columns if stream.isatty() else None


def say(text: str = "", *, hang: int = 4, err: bool = False) -> None:
    """Print a text, its long lines broken where a reader would; what goes on is set in by `hang`, or under a label."""
    room = width(err=err)
    click.echo(text if room is None else "\n".join(wrapped(text, room, hang)), err=err)


def emit(text: str) -> None:
    """Print what another program reads: UTF-8, whatever encoding the terminal has."""
    click.echo(text.encode("utf-8", "replace"), nl=False)


def table(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
    """Print a table; where its columns do not fit, each row by itself, first and last cell before the others."""
    lines = list(tabled(columns, [tuple(row) for row in rows], width()))
    if lines:
        click.echo("\n".join(lines))


def cells(text: str) -> int:
    """How many columns of a terminal a text takes.

    >>> cells("增益 A")
    6
    """
    if text.isascii() and text.isprintable():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def wrapped(text: str, room: int, hang: int = 4) -> list[str]:
    """The lines of a text, none wider than the room but for a word that is; a line with a caret under it is kept.

    >>> wrapped("(1) 反相比例电路的增益 A_u 为", 16)
    ['(1) 反相比例电路', '    的增益 A_u', '    为']
    """
    lines = text.split("\n")
    kept = {place + step for place, line in enumerate(lines) if place and _CARET.match(line) for step in (-1, 0)}
    broken = ([line] if place in kept else _hung(line, room, hang) for place, line in enumerate(lines))
    return [piece for pieces in broken for piece in pieces]


def _hung(line: str, room: int, hang: int) -> list[str]:
    """One line in pieces; those after the first stand under its text, after a label where it begins with one."""
    if cells(line) <= room:
        return [line]
    label = _LABEL.match(line)
    under = cells(label[0]) if label else len(line) - len(line.lstrip()) + hang
    return _broken(line, room, " " * min(under, room // 2))


def _broken(line: str, room: int, hang: str) -> list[str]:
    """A line broken between words and between Chinese characters; no line begins with a closing sign."""
    if cells(line) <= room:
        return [line.rstrip()]
    done, at = [], line[: len(line) - len(line.lstrip())]
    for word in _words(line.lstrip()):
        if at.strip() and cells(at + word.rstrip()) > room:
            done.append(at.rstrip())
            at = hang + word.lstrip()
        else:
            at += word
    return [*done, at.rstrip()]


def _words(text: str) -> Iterator[str]:
    """What may not be broken: a word with the white space before it, a wide character with the signs that it holds."""
    held = ""
    for piece in _PIECE.findall(text):
        joins = not piece.isspace() and (piece in _CLOSING or (held[-1:] and held[-1] in _OPENING))
        if held.strip() and not joins:
            yield held
            held = ""
        held += piece
    if held:
        yield held


def tabled(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int | None) -> Iterator[str]:
    """The lines of a table, its head first where it has one."""
    every = [tuple(column.head for column in columns), *rows]
    natural = [max(cells(row[place]) for row in every) for place in range(len(columns))]
    widths = _fitted(columns, natural, room)
    if widths is None:
        assert room is not None
        for row in rows:
            yield from _told(columns, row, room)
        return
    for row in every if any(every[0]) else rows:
        broken = [_broken(cell, size, "") if column.wraps else [cell]
                  for column, cell, size in zip(columns, row, widths, strict=True)]  # fmt: skip
        for place in range(max(map(len, broken))):
            line = [cell[place] if place < len(cell) else "" for cell in broken]
            yield GAP.join(_set(*each) for each in zip(columns, line, widths, strict=True)).rstrip()


def _set(column: Column, text: str, size: int) -> str:
    blank = " " * (size - cells(text))
    return blank + text if column.right else text + blank


def _fitted(columns: Sequence[Column], natural: Sequence[int], room: int | None) -> list[int] | None:
    """The widths of the columns within the room; None where text would become too narrow to be read."""
    left = (room or 0) - len(GAP) * (len(columns) - 1) - sum(natural)
    if room is None or left >= 0:
        return list(natural)
    widths = list(natural)
    while left < 0:
        widest = max((place for place, each in enumerate(columns) if each.wraps), key=lambda place: widths[place],
                     default=None)  # fmt: skip
        if widest is None or widths[widest] <= NARROW:
            return None
        less = min(widths[widest] - NARROW, -left, max(widths[widest] // 8, 1))
        widths[widest] -= less
        left += less
    return widths


def _told(columns: Sequence[Column], row: Sequence[str], room: int) -> Iterator[str]:
    """One row by itself: what it is, and under it the other cells with their heads."""
    yield from _broken(GAP.join(filter(None, (row[0], row[-1]))), room, "    ")
    between = zip(columns[1:-1], row[1:-1], strict=True)
    facts = " · ".join(f"{column.head} {cell}".replace(" ", _HELD) for column, cell in between if cell)
    for line in _broken(f"    {facts}", room, "    ") if facts else ():
        yield line.replace(_HELD, " ")
