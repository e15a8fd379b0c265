"""Reading an author's text into blocks: paragraphs, tables, listings, figures and derivations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from qbank import messages
from qbank.markup import braces, inlines
from qbank.markup.error import MarkupError
from qbank.markup.inlines import Piece, Slot, Span
from qbank.model import Block, Inline, Listing, Name, Paragraph, Rich, Table, Text

_FENCE = re.compile(r"```[ \t]*([\w+-]*)[ \t]*")
_RULE = re.compile(r"\|(?:[ \t]*-+[ \t]*\|)*[ \t]*-+[ \t]*\|?")


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the text without its white space at both ends: where it begins with it, and without."""

    text: str
    begin: int
    start: int
    end: int


@lru_cache(maxsize=16384)
def read(text: str) -> Rich:
    """The blocks of an author's text. Raises MarkupError with the place of the first fault.

    >>> read("求 $A_{uf}$。")
    (Paragraph(inlines=(Text(text='求 '), Maths(pieces=('A_{uf}',), display=False), Text(text='。'))),)
    """
    lines = _lines(text)
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.text:
            at += 1
        elif line.text.startswith("```"):
            listing, at = _listing(text, lines, at)
            blocks.append(listing)
        elif _opens_table(lines, at):
            stop = next((i for i in range(at, len(lines)) if not lines[i].text.startswith("|")), len(lines))
            blocks.append(_table(text, lines[at:stop]))
            at = stop
        else:
            stop = next((i for i in range(at + 1, len(lines)) if _ends_paragraph(lines, i)), len(lines))
            blocks += _paragraphs(inlines.read(Span(text, line.start, lines[stop - 1].end)))
            at = stop
    return tuple(blocks)


@lru_cache(maxsize=16384)
def line(text: str) -> tuple[Inline, ...]:
    """The inlines of a text that is one paragraph: a label, an option. Raises MarkupError when it is more.

    >>> line("$R_1$")
    (Maths(pieces=('R_1',), display=False),)
    """
    match read(text):
        case ():
            return ()
        case (Paragraph(found),):
            return found
        case _:
            message = messages.tell("this text must be one paragraph of running text")
            raise MarkupError(message, text, 0, len(text))


def label(text: str) -> tuple[Inline, ...]:
    """The inlines of what a topic or a knowledge point is called; a text that is not markup stays as it was written.

    >>> label("$R_1$"), label("R_1 costs $5")
    ((Maths(pieces=('R_1',), display=False),), (Text(text='R_1 costs $5'),))
    """
    try:
        return line(text)
    except MarkupError:  # sealed before its formulas were read, or its bank tells so
        return (Text(text),)


def _lines(text: str) -> list[_Line]:
    lines, start = [], 0
    for raw in text.split("\n"):
        bare = raw.strip()
        lead = start + len(raw) - len(raw.lstrip())
        lines.append(_Line(bare, start, lead, lead + len(bare)))
        start += len(raw) + 1
    return lines


def _ends_paragraph(lines: list[_Line], at: int) -> bool:
    return not lines[at].text or lines[at].text.startswith("```") or _opens_table(lines, at)


def _opens_table(lines: list[_Line], at: int) -> bool:
    """A table is a line that begins with a bar, over a line of bars and dashes."""
    return lines[at].text.startswith("|") and at + 1 < len(lines) and _RULE.fullmatch(lines[at + 1].text) is not None


def _listing(text: str, lines: list[_Line], at: int) -> tuple[Listing, int]:
    """The listing that opens at a line, and the number of the line behind it."""
    opening = lines[at]
    fence = _FENCE.fullmatch(opening.text)
    if fence is None:
        message = messages.tell("a listing opens with ``` and its language, alone on the line")
        raise MarkupError(message, text, opening.start, opening.end)
    stop = next((i for i in range(at + 1, len(lines)) if lines[i].text == "```"), -1)
    if stop < 0:
        raise MarkupError(messages.tell("the listing is not closed with ```"), text, opening.start, opening.end)
    start, end = lines[at + 1].begin, lines[stop].begin
    for _ in braces.within(text, start, end):
        pass
    return Listing(text[start:end].removesuffix("\n"), fence[1]), stop + 1


def _table(text: str, lines: list[_Line]) -> Table:
    header = _cells(text, lines[0])
    if "down" in _forms(header):
        message = messages.tell(
            "a vector may go down in a row of the table, not in its header; in the header, write {{{{ x:across }}}}"
        )
        raise MarkupError(message, text, lines[0].start, lines[0].end)
    rows = []
    for line_ in lines[2:]:
        row = _cells(text, line_)
        if {"down", "across"} <= _forms(row):
            message = messages.tell("the vectors of one row must all go down or all go across")
            raise MarkupError(message, text, line_.start, line_.end)
        if len(row) != len(header):
            message = messages.tell("the table's header has {wanted} cells, but this row has {given}",
                                    wanted=len(header), given=len(row))  # fmt: skip
            raise MarkupError(message, text, line_.start, line_.end)
        rows.append(row)
    if len(_cells(text, lines[1])) != len(header):
        message = messages.tell("the line of dashes must have as many cells as the table's header")
        raise MarkupError(message, text, lines[1].start, lines[1].end)
    return Table(header, tuple(rows))


def _cells(text: str, line_: _Line) -> tuple[tuple[Inline, ...], ...]:
    """The cells of a line; a bar inside a formula or code, or behind a backslash, separates nothing."""
    return tuple(inlines.of_cell(span) for span in _spans(text, line_))


def _forms(row: tuple[tuple[Inline, ...], ...]) -> set[str]:
    """How the vectors that fill cells of a row are laid out."""
    return {cell[0].form for cell in row if len(cell) == 1 and isinstance(cell[0], Name)}


def _spans(text: str, line_: _Line) -> Iterator[Span]:
    whole = Span(text, line_.start, line_.end)
    start = at = line_.start + 1
    while at < line_.end:
        match text[at]:
            case "|":
                yield _trimmed(text, start, at)
                start = at + 1
            case "\\":
                at += 1
            case "$" | "`" as mark:
                end = inlines.closing(whole, at + 1, mark) if mark == "$" else text.find(mark, at + 1, line_.end)
                at = end if end >= 0 else at
        at += 1
    if start < line_.end:
        yield _trimmed(text, start, line_.end)


def _trimmed(text: str, start: int, end: int) -> Span:
    cell = text[start:end]
    lead = start + len(cell) - len(cell.lstrip())
    return Span(text, lead, lead + len(cell.strip()), cell=True)


def _paragraphs(pieces: tuple[Piece, ...]) -> Iterator[Block]:
    """Figures and derivations go between paragraphs, also where the author set them into a line."""
    run: list[Inline] = []
    for piece in pieces:
        if isinstance(piece, Slot):
            yield from _paragraph(run)
            yield piece
            run = []
        else:
            run.append(piece)
    yield from _paragraph(run)


def _paragraph(run: list[Inline]) -> Iterator[Paragraph]:
    """A paragraph without white space at its ends, if anything is left."""
    if run and isinstance(run[0], Text):
        run[0] = Text(run[0].text.lstrip())
    if run and isinstance(run[-1], Text):
        run[-1] = Text(run[-1].text.rstrip())
    kept = tuple(inline for inline in run if inline != Text(""))
    if kept:
        yield Paragraph(kept)
