"""What a text holds: names, blanks, figures, data files, worked lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from qbank.markup import braces
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
    Rich,
    Strong,
    Table,
    Text,
)


def names(rich: Rich) -> frozenset[str]:
    """The names that must be filled in, those in formulas, in code and in indices among them."""
    return frozenset(each for name in _names(rich) for each in name.names)


def opened(rich: Rich) -> tuple[Name, ...]:
    """Every `{{ … }}` of a text, in order, those in formulas and in code among them."""
    return tuple(_names(rich))


def pieces(rich: Rich) -> tuple[str | Name, ...]:
    """The characters of a text and its names, in order: two texts with equal pieces print alike for equal values.

    >>> pieces((Paragraph((Text("about "), Name("U"), Text(" or more"))),))[2]
    ' or more'
    """
    found: list[str | Name] = []
    for block in rich:
        found += _pieces(block)
    return tuple(found)


def blanks(rich: Rich) -> tuple[str, ...]:
    """The parts whose blanks are in the text, in order."""
    return tuple(inline.part for inline in _flat(rich) if isinstance(inline, Blank))


def figures(rich: Rich) -> tuple[str, ...]:
    """The figures that the text places, in order."""
    return tuple(block.name for block in rich if isinstance(block, FigureSlot))


def files(rich: Rich) -> tuple[str, ...]:
    """The data files that the text names, in order."""
    return tuple(block.name for block in rich if isinstance(block, FileSlot))


def derivations(rich: Rich) -> tuple[str, ...]:
    """The names whose worked lines the text places, in order."""
    return tuple(block.name for block in rich if isinstance(block, Derivation))


def _names(rich: Rich) -> Iterator[Name]:
    for inline in _flat(rich):
        match inline:
            case Name():
                yield inline
            case Maths(pieces):
                yield from (piece for piece in pieces if isinstance(piece, Name))
            case Code(text):
                yield from (name for name, _, _ in braces.find(text, 0, len(text)))
            case _:
                pass
    for block in rich:
        if isinstance(block, Listing):
            yield from (name for name, _, _ in braces.find(block.text, 0, len(block.text)))


def _pieces(block: Block) -> Iterator[str | Name]:
    match block:
        case Paragraph(inlines):
            yield from (piece for inline in inlines for piece in _of_inline(inline))
        case Table(header, rows):
            for row in (header, *rows):
                for cell in row:
                    yield from (piece for inline in cell for piece in _of_inline(inline))
                    yield "|"
        case Listing(text):
            yield from _in_code(text)
        case FigureSlot(name) | FileSlot(name) | Derivation(name):
            yield f"[[{name}]]"
        case other:
            assert_never(other)


def _of_inline(inline: Inline) -> Iterator[str | Name]:
    match inline:
        case Text(text):
            yield text
        case Name():
            yield inline
        case Maths(pieces_):
            yield from ("$", *pieces_, "$")
        case Strong(inlines):
            yield from (piece for each in inlines for piece in _of_inline(each))
        case Code(text):
            yield from _in_code(text)
        case Blank(part):
            yield f"[[{part}]]"
        case other:
            assert_never(other)


def _in_code(text: str) -> Iterator[str | Name]:
    at = 0
    for name, start, end in braces.find(text, 0, len(text)):
        yield text[at:start]
        yield name
        at = end
    yield text[at:]


def _flat(rich: Rich) -> Iterator[Inline]:
    """Every inline of a text, those of bold text and of tables among them."""
    for block in rich:
        match block:
            case Paragraph(inlines):
                yield from _flat_line(inlines)
            case Table(header, rows):
                for cell in (*header, *(cell for row in rows for cell in row)):
                    yield from _flat_line(cell)
            case _:
                pass


def _flat_line(inlines: tuple[Inline, ...]) -> Iterator[Inline]:
    for inline in inlines:
        if isinstance(inline, Strong):
            yield from _flat_line(inline.inlines)
        else:
            yield inline
