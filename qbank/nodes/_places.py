"""Where a node, or a character of its text, is in the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from qbank.model import Place
from qbank.nodes._tree import Mapping, Node, Path, Scalar, Span, child

_Piece: TypeAlias = tuple[str, int, int]
"""One character of a scalar's text, and the line and column it was written at."""

_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_HEX = {"x": 2, "u": 4, "U": 8}


def place(node: Node, path: Path, *, key: bool = False) -> Place:
    """The place of the value at `path` below the node, or of its key; else of the nearest thing that exists.

    A list or mapping that begins below its key is shown by the key.
    """
    label: Scalar | None = None
    for step in path:
        below = child(node, step)
        if below is None:
            key = True
            break
        label = node.keys[step] if isinstance(node, Mapping) and isinstance(step, str) else None
        node = below
    span = node.span
    if label is not None and (key or _hidden(node, label)):
        span = label.span
    return _place(span)


def _hidden(node: Node, label: Scalar) -> bool:
    if isinstance(node, Scalar):
        return node.text is None
    return node.span.line != label.span.line


def _place(span: Span) -> Place:
    lines = span.source.lines
    line = min(span.line, len(lines) - 1)
    text = lines[line]
    end = span.last_column if span.last_line == line else len(text.rstrip())
    return Place(span.source.file, line + 1, span.column + 1, max(end, span.column + 1) + 1, text)


def scalar_place(node: Node, path: Path, offset: int, length: int = 1) -> Place:
    """The place of `length` characters from `offset` on in the text of the scalar at `path`.

    Folding, quotation marks and escapes are undone; where the text is not found again, the whole value is meant.
    """
    found: Node | None = node
    for step in path:
        found = child(found, step) if found is not None else None
    if not isinstance(found, Scalar) or not found.text:
        return place(node, path)
    pieces = _pieces(found)
    if pieces is None:
        return place(node, path)
    offset = max(offset, 0)
    if offset < len(pieces):
        _, line, column = pieces[offset]
    else:
        _, line, column = pieces[-1]
        column += 1
    inside = [at for _, row, at in pieces[offset : offset + max(length, 1)] if row == line]
    end = inside[-1] + 1 if inside else column + 1
    return Place(found.span.source.file, line + 1, column + 1, end + 1, found.span.source.lines[line])


def _pieces(scalar: Scalar) -> list[_Piece] | None:
    """Every character of the text with its place, or None when reading the source again gives another text."""
    for pieces in _block(scalar) if scalar.style in ("|", ">") else (list(_flow(scalar)),):
        if "".join(character for character, _, _ in pieces) == scalar.text:
            return pieces
    return None


def _flow(scalar: Scalar) -> Iterator[_Piece]:
    """A plain or quoted scalar: lines are trimmed and folded, quotes undoubled, escapes undone."""
    span, quote = scalar.span, 1 if scalar.style else 0
    breaks = 0
    open_end = False
    for line in range(span.line, span.last_line + 1):
        text = span.source.lines[line] if line < len(span.source.lines) else ""
        end = span.last_column - quote if line == span.last_line else len(text)
        start = span.column + quote if line == span.line else len(text) - len(text.lstrip(" \t"))
        if line != span.line and start >= end and line != span.last_line:
            breaks += 1
            continue
        if line != span.line and not open_end:
            yield from ([("\n", line, start)] * breaks) or [(" ", line, start)]
        elif open_end:
            yield from [("\n", line, start)] * breaks
        breaks, open_end = 0, False
        if line != span.last_line or not quote:
            trimmed = len(text[:end].rstrip(" \t"))
            if scalar.style == '"' and text[:trimmed].endswith("\\") and _escapes(text[start:trimmed]):
                trimmed, open_end = trimmed - 1, True
            end = max(trimmed, start)
        yield from _unquoted(scalar.style, text, line, start, end)


def _escapes(text: str) -> bool:
    return (len(text) - len(text.rstrip("\\"))) % 2 == 1


def _unquoted(style: str, text: str, line: int, start: int, end: int) -> Iterator[_Piece]:
    at = start
    while at < end:
        character, width = text[at], 1
        if style == "'" and character == "'":
            width = 2
        elif style == '"' and character == "\\" and at + 1 < end:
            digits = _HEX.get(text[at + 1], 0)
            width = 2 + digits
            character = chr(int(text[at + 2 : at + width], 16)) if digits else _ESCAPES.get(text[at + 1], "")
        yield character, line, at
        at += width


def _block(scalar: Scalar) -> Iterator[list[_Piece]]:
    """A text under | or >, read with each indentation it could have; the header decides what ends it."""
    span = scalar.span
    lines = span.source.lines
    first = next((line for line in range(span.line + 1, len(lines)) if lines[line].strip(" ")), None)
    if first is None:
        return
    header = lines[span.line][span.column :].split("#")[0]
    deepest = len(lines[first]) - len(lines[first].lstrip(" "))
    for indent in range(deepest, -1, -1):
        yield list(_unfolded(lines, span.line + 1, indent, ">" in header, header))


def _unfolded(lines: tuple[str, ...], start: int, indent: int, folded: bool, header: str) -> Iterator[_Piece]:
    pending: list[_Piece] = []  # the break after the last line of text, then those of the blank lines after it
    told = was_deeper = False
    for line in range(start, len(lines)):
        text = lines[line]
        if len(text) <= indent and not text.strip(" "):
            if line < len(lines) - 1:  # the last line of a file has no break
                pending.append(("\n", line, len(text)))
            continue
        if text[:indent].strip(" "):
            break
        deeper = text[indent : indent + 1] in (" ", "\t")
        if folded and told and not was_deeper and not deeper:
            yield from pending[1:] or [(" ", *pending[0][1:])]
        else:
            yield from pending
        yield from ((character, line, indent + at) for at, character in enumerate(text[indent:]))
        pending = [("\n", line, len(text))] if line < len(lines) - 1 else []
        told, was_deeper = True, deeper
    yield from pending if "+" in header else [] if "-" in header else pending[:1] if told else []
