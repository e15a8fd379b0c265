"""What a text holds (names, blanks, figures), and putting printed values in the place of its names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from qbank import maths
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
    Printed,
    Rich,
    Strong,
    Table,
    Text,
)


def names(rich: Rich) -> frozenset[str]:
    """The names that must be filled in, those in formulas and code among them."""
    return frozenset(name.name for name in _names(rich))


def pieces(rich: Rich) -> tuple[str | Name, ...]:
    """The characters of a text and its names, in order: two texts with equal pieces print alike for equal values.

    >>> pieces((Paragraph((Text("about "), Name("U"), Text(" or more"))),))
    ('about ', Name(name='U', bare=False), ' or more')
    """
    found: list[str | Name] = []
    for block in rich:
        found += _pieces(block)
    return tuple(found)


def blanks(rich: Rich) -> tuple[str, ...]:
    """The parts whose blanks stand in the text, in order."""
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


def fill(rich: Rich, values: Mapping[str, Printed]) -> Rich:
    """The text with every name printed. Raises KeyError for a name without a value.

    In a formula a name becomes TeX in braces; elsewhere text, or a formula when it is a matrix. A vector is a column
    in a displayed formula alone, and a row within a line.
    """
    return tuple(_fill_block(block, values) for block in rich)


def fill_line(inlines: tuple[Inline, ...], values: Mapping[str, Printed]) -> tuple[Inline, ...]:
    """The inlines with every name printed; neighbouring texts become one. Raises KeyError as `fill`."""
    filled: list[Inline] = []
    for inline in inlines:
        new = _fill_inline(inline, values)
        last = filled[-1] if filled else None
        if isinstance(new, Text) and isinstance(last, Text):
            filled[-1] = Text(last.text + new.text)
        else:
            filled.append(new)
    return tuple(filled)


def _fill_block(block: Block, values: Mapping[str, Printed]) -> Block:
    match block:
        case Paragraph(inlines):
            return Paragraph(fill_line(inlines, values))
        case Table(header, rows):
            return Table(
                tuple(fill_line(cell, values) for cell in header),
                tuple(tuple(fill_line(cell, values) for cell in row) for row in rows),
            )
        case Listing(text, language):
            return Listing(braces.replace(text, lambda name: _text(name, values)), language)
        case FigureSlot() | FileSlot() | Derivation():
            return block
        case other:
            assert_never(other)


def _fill_inline(inline: Inline, values: Mapping[str, Printed]) -> Inline:
    match inline:
        case Name():
            tex = _in_line(inline, values)
            return Maths((tex,)) if "\\begin{" in tex else Text(_text(inline, values))
        case Maths(pieces, display):
            written = _tex if display else _in_line
            tex = "".join(piece if isinstance(piece, str) else f"{{{written(piece, values)}}}" for piece in pieces)
            return Maths((tex,), display)
        case Strong(inlines):
            return Strong(fill_line(inlines, values))
        case Code(text):
            return Code(braces.replace(text, lambda name: _text(name, values)))
        case Text() | Blank():
            return inline
        case other:
            assert_never(other)


def _text(name: Name, values: Mapping[str, Printed]) -> str:
    return values[name.name].bare_text if name.bare else values[name.name].text


def _tex(name: Name, values: Mapping[str, Printed]) -> str:
    return values[name.name].bare_tex if name.bare else values[name.name].tex


def _in_line(name: Name, values: Mapping[str, Printed]) -> str:
    return maths.in_line(_tex(name, values), _text(name, values))


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
