r"""Reading running text: maths, bold, code, names, blanks and escapes.

    $…$  $$…$$  **bold**  `code`  {{ R1 }}  {{ x[0] }}  {{ R1:number }}  \$ \* \[ \{ \\
    [[part]]  [[figure main]]  [[file data.csv]]  [[derive A]]
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from typing import TypeAlias

from qbank import maths, messages
from qbank.markup import braces
from qbank.markup.error import MarkupError
from qbank.model import Blank, Code, Derivation, FigureSlot, FileSlot, Inline, Maths, Name, Strong, Text

Slot: TypeAlias = FigureSlot | FileSlot | Derivation
Piece: TypeAlias = Inline | Slot

_TAG = re.compile(r"\[\[[ \t]*(?:(figure|derive)[ \t]+)?([^\W\d][\w-]*)[ \t]*\]\]")
_FILE = re.compile(r"\[\[[ \t]*file[ \t]+([\w-]+(?:\.\w+)?)[ \t]*\]\]")
_ORDINARY = re.compile(r"[^\\$`*{\[\s]*")
_SPACE = re.compile(r"\s+")
_WIDE = re.compile(r"[\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an author's text, from `start` to `end`: the whole of a cell of a table, or any other."""

    text: str
    start: int
    end: int
    cell: bool = False

    def wrong(self, message: str, offset: int, end: int) -> MarkupError:
        return MarkupError(message, self.text, offset, end)


def read(span: Span) -> tuple[Piece, ...]:
    """The pieces of a stretch of running text. Raises MarkupError."""
    pieces, _ = _until(span, span.start, "")
    return pieces


def _until(span: Span, at: int, closing: str) -> tuple[tuple[Piece, ...], int]:
    """Pieces up to the closing mark, and the offset behind it; an empty mark means the end of the stretch."""
    pieces: list[Piece] = []
    text = span.text
    while at < span.end:
        if closing and text.startswith(closing, at, span.end):
            return tuple(pieces), at + len(closing)
        piece, at = _piece(span, at)
        last = pieces[-1] if pieces else None
        if isinstance(piece, Text) and isinstance(last, Text):
            pieces[-1] = Text(last.text + piece.text)
        elif piece != Text(""):
            pieces.append(piece)
    return tuple(pieces), -1 if closing else at


def _piece(span: Span, at: int) -> tuple[Piece, int]:
    """The piece that begins at an offset, and the offset behind it."""
    text = span.text
    match text[at]:
        case "\\":
            return _escape(span, at)
        case "$":
            return _maths(span, at)
        case "`":
            return _code(span, at)
        case "*" if text.startswith("**", at, span.end):
            return _strong(span, at)
        case "{" if text.startswith("{{", at, span.end):
            return _name(span, at)
        case "[" if text.startswith("[[", at, span.end):
            return _tag(span, at)
        case character if character.isspace():
            return _space(span, at)
        case _:
            found = _ORDINARY.match(text, at + 1, span.end)
            end = found.end() if found else at + 1
            return Text(text[at:end]), end


def _name(span: Span, at: int) -> tuple[Name, int]:
    name, end = braces.read(span.text, at, span.end)
    if not (span.cell and (at, end) == (span.start, span.end)):
        braces.spread(name, span.text, at, end)
    return name, end


def _escape(span: Span, at: int) -> tuple[Text, int]:
    character = span.text[at + 1:min(at + 2, span.end)]
    if not character or character not in string.punctuation:
        message = messages.tell(
            "a backslash must be followed by a sign, as in \\$ or \\\\; write a formula between dollar signs"
        )
        raise span.wrong(message, at, at + 2)
    return Text(character), at + 2


def _maths(span: Span, at: int) -> tuple[Maths, int]:
    mark = "$$" if span.text.startswith("$$", at, span.end) else "$"
    start = at + len(mark)
    end = closing(span, start, mark)
    if end < 0:
        message = messages.tell("the formula is not closed with {mark}; a dollar sign is written \\$", mark=mark)
        raise span.wrong(message, at, start)
    pieces: list[str | Name] = []
    dummy, done = "", start
    for name, opened, behind in braces.within(span.text, start, end):
        pieces += [span.text[done:opened], name]
        dummy += span.text[done:opened] + "{0".ljust(behind - opened - 1) + "}"  # as long as the name: offsets stay
        done = behind
    pieces.append(span.text[done:end])
    try:
        maths.parse(dummy + span.text[done:end])
    except maths.MathsError as error:
        raise span.wrong(error.message, start + error.offset, start + error.end) from error
    return Maths(tuple(piece for piece in pieces if piece), display=mark == "$$"), end + len(mark)


def closing(span: Span, at: int, mark: str) -> int:
    """Where a mark appears next, passing over what a backslash protects; -1 when it does not."""
    while at < span.end:
        if span.text.startswith(mark, at, span.end):
            return at
        at += 2 if span.text[at] == "\\" else 1
    return -1


def _code(span: Span, at: int) -> tuple[Code, int]:
    end = span.text.find("`", at + 1, span.end)
    if end < 0:
        message = messages.tell("the code is not closed with `; the sign itself is written \\`")
        raise span.wrong(message, at, at + 1)
    for _ in braces.within(span.text, at + 1, end):
        pass
    return Code(_SPACE.sub(" ", span.text[at + 1:end])), end + 1


def _strong(span: Span, at: int) -> tuple[Strong, int]:
    pieces, end = _until(span, at + 2, "**")
    if end < 0:
        message = messages.tell("the bold text is not closed with **; two asterisks are written \\*\\*")
        raise span.wrong(message, at, at + 2)
    inlines = _only_inlines(pieces)
    if inlines is None:
        message = messages.tell("a figure, a file or a derivation is not allowed in bold text")
        raise span.wrong(message, at, end)
    return Strong(inlines), end


def _tag(span: Span, at: int) -> tuple[Piece, int]:
    if (file := _FILE.match(span.text, at, span.end)) is not None:
        return FileSlot(file[1]), file.end()
    found = _TAG.match(span.text, at, span.end)
    if found is None:
        end = span.text.find("]]", at, span.end)
        message = messages.tell(
            "double brackets must contain a part, as in [[gain]], or [[figure main]], [[file data.csv]] or "
            "[[derive A]]; a bracket is written \\["
        )
        raise span.wrong(message, at, end + 2 if end >= 0 else at + 2)
    match found[1]:
        case "figure":
            return FigureSlot(found[2]), found.end()
        case "derive":
            return Derivation(found[2]), found.end()
        case _:
            return Blank(found[2]), found.end()


def _space(span: Span, at: int) -> tuple[Text, int]:
    """White space is one space; a line break is none beside a Chinese character, whatever bold text is between."""
    found = _SPACE.match(span.text, at, span.end)
    end = found.end() if found else at + 1
    if "\n" not in span.text[at:end]:
        return Text(" "), end
    before = span.text[max(span.start, at - 8):at].rstrip("*`")[-1:]
    after = span.text[end:min(end + 8, span.end)].lstrip("*`")[:1]
    return Text("" if beside_wide(before, after) else " "), end


def beside_wide(before: str, after: str) -> bool:
    """Whether one of two characters beside a line break is a Chinese one, which takes no space."""
    return bool(_WIDE.match(before) or _WIDE.match(after))


def of_cell(span: Span) -> tuple[Inline, ...]:
    """The inlines of a cell of a table. Raises MarkupError when it has a figure, a file or a derivation."""
    inlines = _only_inlines(read(span))
    if inlines is None:
        message = messages.tell("a figure, a file or a derivation is not allowed in a table")
        raise span.wrong(message, span.start, span.end)
    return inlines


def _only_inlines(pieces: tuple[Piece, ...]) -> tuple[Inline, ...] | None:
    """The pieces, or None where one of them is a figure, a file or a derivation."""
    inlines = tuple(piece for piece in pieces if not isinstance(piece, Slot))
    return inlines if len(inlines) == len(pieces) else None
