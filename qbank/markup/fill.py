"""Putting printed values in the place of a text's names.

Values are looked up by what is in the braces, `R1`, `x[0]` or `x:list`; see `model.Name.key`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import assert_never

from qbank import maths
from qbank.markup import braces, cells
from qbank.model import (
    Blank,
    Block,
    Code,
    Derivation,
    FigureSlot,
    FileSlot,
    Inline,
    Listing,
    Maths,
    Name,
    Paragraph,
    Printed,
    Rich,
    Strong,
    Table,
    Text,
)


def fill(rich: Rich, values: Mapping[str, Printed]) -> Rich:
    """The text with every name printed.

    In a formula a name becomes TeX in braces; elsewhere text, or a formula when it is a matrix. A vector is a column
    in a displayed formula alone, and a row within a line. Raises KeyError for a name without a value, ValueError for
    vectors of different lengths in one table.
    """
    return tuple(_fill_block(block, values) for block in rich)


def fill_line(inlines: tuple[Inline, ...], values: Mapping[str, Printed]) -> tuple[Inline, ...]:
    """The inlines with every name printed; neighbouring texts become one. Raises KeyError as `fill`."""
    filled: list[Inline] = []
    for new in (each for inline in inlines for each in _fill_inline(inline, values)):
        last = filled[-1] if filled else None
        if isinstance(new, Text) and isinstance(last, Text):
            filled[-1] = Text(last.text + new.text)
        else:
            filled.append(new)
    return tuple(filled)


def told(text: str, values: Mapping[str, Printed]) -> str:
    """Plain characters in which there may still be names, with their values."""
    return braces.replace(text, lambda name: _text(name, values))


def _fill_block(block: Block, values: Mapping[str, Printed]) -> Block:
    match block:
        case Paragraph(inlines):
            return Paragraph(fill_line(inlines, values))
        case Table():
            return cells.fill(block, values, fill_line)
        case Listing(text, language):
            return Listing(told(text, values), language)
        case FigureSlot() | FileSlot() | Derivation():
            return block
        case other:
            assert_never(other)


def _fill_inline(inline: Inline, values: Mapping[str, Printed]) -> tuple[Inline, ...]:
    match inline:
        case Name():
            if values[inline.key].inlines:
                return values[inline.key].inlines
            tex = _in_line(inline, values)
            return (Maths((tex,)) if "\\begin{" in tex else Text(_text(inline, values)),)
        case Maths((*before, Name() as last), False) if before and _is_long(values[last.key]):
            return Maths(("".join(_piece(each, values, _in_line) for each in before),)), Text(f" {_text(last, values)}")
        case Maths(pieces, display):
            write = _tex if display else _in_line
            tex = "".join(_piece(piece, values, write) for piece in pieces)
            return (Maths((tex,), display),)
        case Strong(inlines):
            return (Strong(fill_line(inlines, values)),)
        case Code(text):
            return (Code(told(text, values)),)
        case Text() | Blank():
            return (inline,)
        case other:
            assert_never(other)


LONG = 60
"""A vector of more characters at the end of a formula goes on as text, which breaks over the lines of a page."""


def _is_long(value: Printed) -> bool:
    return len(value.text) > LONG and not value.text.startswith("[") and not value.inlines


def _piece(
    piece: str | Name, values: Mapping[str, Printed], write: Callable[[Name, Mapping[str, Printed]], str]
) -> str:
    """A piece of a formula, a value in braces."""
    return piece if isinstance(piece, str) else f"{{{write(piece, values)}}}"


def _text(name: Name, values: Mapping[str, Printed]) -> str:
    return values[name.key].bare_text if name.bare else values[name.key].text


def _tex(name: Name, values: Mapping[str, Printed]) -> str:
    return values[name.key].bare_tex if name.bare else values[name.key].tex


def _in_line(name: Name, values: Mapping[str, Printed]) -> str:
    return maths.in_line(_tex(name, values), _text(name, values))
