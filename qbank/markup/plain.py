"""A text as a terminal, a table or a screen reader shows it."""

from __future__ import annotations

import unicodedata
from typing import assert_never

from qbank import maths
from qbank.markup.read import label
from qbank.model import (
    Attachment,
    Blank,
    Block,
    Code,
    Content,
    Derivation,
    Drawing,
    FigureSlot,
    FileSlot,
    Inline,
    Listing,
    Maths,
    Name,
    Paragraph,
    Rich,
    Strong,
    Table,
    Text,
)

BLANK = "____"


def literal(text: str) -> Rich:
    """Characters as they are, as a text of one paragraph: nothing in them is markup."""
    return (Paragraph((Text(text),)),) if text else ()


def plain(rich: Content) -> str:
    """The text, its blocks parted by empty lines; open names stay as they were written, and neither a drawing nor
    a file has a text.
    """
    return "\n\n".join(_block(block) for block in rich if not isinstance(block, Drawing | Attachment))


def plain_line(inlines: tuple[Inline, ...]) -> str:
    """The inlines as one line of text."""
    return "".join(map(_inline, inlines))


def called(text: str) -> str:
    """What a topic or a knowledge point is called, as one line of text.

    >>> called(r"the gain $-R_f/R_1$")
    'the gain -R_f/R_1'
    """
    return plain_line(label(text))


def _block(block: Block) -> str:
    match block:
        case Paragraph(inlines):
            return plain_line(inlines)
        case Table(header, rows):
            return _aligned([[plain_line(cell) for cell in row] for row in (header, *rows)])
        case Listing(text, _):
            return text
        case FigureSlot(name) | FileSlot(name):
            return f"[{name}]"
        case Derivation(name):
            return f"[{name} = …]"
        case other:
            assert_never(other)


def _aligned(rows: list[list[str]]) -> str:
    """Rows of cells, one under another; a wide character takes two places."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = (" | ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
             for row in rows)  # fmt: skip
    return "\n".join(line.rstrip() for line in lines)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _inline(inline: Inline) -> str:
    match inline:
        case Text(text) | Code(text):
            return text
        case Strong(inlines):
            return plain_line(inlines)
        case Name():
            return _name(inline)
        case Maths(pieces):
            return _maths(pieces)
        case Blank():
            return BLANK
        case other:
            assert_never(other)


def _name(name: Name) -> str:
    return f"{{{{ {name.key}:number }}}}" if name.bare else f"{{{{ {name.key} }}}}"


def _maths(pieces: tuple[str | Name, ...]) -> str:
    """A formula as text; one with open names stays as it was written."""
    if any(isinstance(piece, Name) for piece in pieces):
        return "".join(piece if isinstance(piece, str) else _name(piece) for piece in pieces).strip()
    return maths.plain("".join(map(str, pieces)))
