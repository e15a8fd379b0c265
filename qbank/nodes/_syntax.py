"""The parser's complaints in words that help the writer of a question."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any, NamedTuple

import yaml

from qbank import messages
from qbank.model import Place, Problem
from qbank.nodes._tree import Source


class _Wording(NamedTuple):
    """A complaint that holds `needle` is told by `told`; with `opening`, where the construct began."""

    needle: str
    told: Callable[[], str]
    opening: bool = False


def tag() -> str:
    """That a tag of YAML is not allowed."""
    return messages.tell("a tag ('!…') is not allowed; delete it, or quote text that begins with !")


def twice(key: str, line: int, *, torn: bool) -> str:
    """That a key appears twice, or that it is a piece of a text that a comma has torn: {en: a, b, b}."""
    if torn:
        return messages.tell(
            "the comma before {key!r} ends the text; put the text in quotes, or on its own line", key=key
        )
    return messages.tell("the key {key!r} appears twice; the first is on line {line}", key=key, line=line)


def _unfit() -> str:
    return messages.tell("this line does not fit the lines above it; check its indentation, and the quotes before it")


def _colon() -> str:
    return messages.tell(
        "a second ': ' in one line, or a line indented too far; quote the text, or write it under '|' on its own line"
    )


def _escape() -> str:
    return messages.tell(
        "a backslash in double quotes begins an escape sequence; write maths in 'single quotes' or under '|'"
    )


def _open(bracket: str) -> str:
    return messages.tell(
        "the '{bracket}' that opens here is not closed, or a comma is missing; quote each text in it that has braces "
        "or brackets", bracket=bracket,
    )  # fmt: skip


def _quotation() -> str:
    return messages.tell("the quotation that opens here is not closed")


_WORDINGS = (
    _Wording("mapping values are not allowed", _colon),
    _Wording("block sequence entries are not allowed",
             lambda: messages.tell("a list cannot begin here; put its '-' on a line of its own")),
    _Wording("mapping keys are not allowed",
             lambda: messages.tell("text cannot begin with '? '; put quotes around it")),
    _Wording("could not find expected ':'",
             lambda: messages.tell("this line has no 'key:', or a text above it needs '|' or quotes"), opening=True),
    _Wording("did not find expected ',' or '}'", lambda: _open("{"), opening=True),
    _Wording("expected ',' or '}'", lambda: _open("{"), opening=True),
    _Wording("did not find expected ',' or ']'", lambda: _open("["), opening=True),
    _Wording("expected ',' or ']'", lambda: _open("["), opening=True),
    _Wording("unknown escape character", _escape),
    _Wording("hexdecimal number", _escape),
    _Wording("invalid Unicode character escape code", _escape),
    _Wording("unexpected end of stream", _quotation, opening=True),
    _Wording("unexpected document indicator", _quotation, opening=True),
    _Wording("expected comment or line break",
             lambda: messages.tell("nothing may follow '|' or '>' on its line; the text begins on the next line")),
    _Wording("expected alphabetic or numeric character",
             lambda: messages.tell("text that begins with '*' or '&' needs quotes"), opening=True),
    _Wording("indentation indicator",
             lambda: messages.tell("an indentation after '|' or '>' must be 1 to 9; delete it"), opening=True),
    _Wording("wrong indented line",
             lambda: messages.tell("a blank line before the text under '|' is indented further than the text"),
             opening=True),
    _Wording("expected <document start>", _unfit),
    _Wording("expected key", _unfit),
    _Wording("expected '-' indicator", _unfit),
    _Wording("expected <block end>", _unfit),
)  # fmt: skip
"""The first that fits decides."""


_WIDE = re.compile(
    r"\s*(?:- )?[\w.]+\s*：|\s*(?:- )?[\w.]+:\s*[｛［]|[^'\"：]*[｝］]\s*$|[^'\"]*[{\[][^'\"]*，(?=\s*[\w.]+:\s)"
)
"""A key with a colon, a bracket around a value, or a comma before a key, of a Chinese keyboard."""
_QUOTED = re.compile(r"""\s*(?:- )?(?:[\w.-]+:[ \t]+)?(["'{\[])""")
"""A value that begins with a quote or a bracket."""
_ENDS = {'"': '"', "'": "'", "{": "}", "[": "]"}
_ABOVE = 3
"""How many lines are searched for one: what it does to the reader shows below it."""


def problem(error: yaml.MarkedYAMLError, source: Source) -> Problem:
    """The complaint as a Problem: reworded, and placed where the writer should look."""
    told = f"{error.context or ''} {error.problem or ''}"
    here, opening = _at(error.problem_mark, source), _at(error.context_mark, source)
    line, column = here or opening or (0, 0)
    text = source.lines[line]
    tab = text.find("\t", 0, len(text) - len(text.lstrip()))
    if tab >= 0 or "tab character" in told:
        message = messages.tell("the indentation has a tab; use spaces")
        return _placed("yaml.tab", message, source, line, max(tab, 0))
    if (wide := _full_width(source, line)) is not None:
        message = messages.tell("'{sign}' is a full-width sign; write '{plain}'", sign=wide[2],
                                plain=unicodedata.normalize("NFKC", wide[2]))  # fmt: skip
        return _placed("yaml.syntax", message, source, wide[0], wide[1])
    if "cannot start any token" in told:
        message = messages.tell("text cannot begin with '{sign}'; put quotes around it", sign=text[column : column + 1])
        return _placed("yaml.syntax", message, source, line, column)
    if "directive" in told:
        message = messages.tell("a line cannot begin with '%'; put quotes around the text")
        return _placed("yaml.syntax", message, source, line, 0)
    if "tag" in told:
        return _placed("yaml.tag", tag(), source, *(opening or (line, column)))
    if opening and ("or ']'" in told or "or '}'" in told):
        cut = source.lines[opening[0]].find(" #", opening[1])
        if cut >= 0:
            message = messages.tell("' #' begins a comment, which hides the end of the line; put the text in quotes")
            return _placed("yaml.syntax", message, source, opening[0], cut + 1)
    begun = _QUOTED.match(text)
    ended = begun is not None and text[:column].rstrip()[begun.end() :].endswith(_ENDS[begun[1]])
    if begun and ended and ("expected key" in told or "expected '-'" in told):
        message = messages.tell(
            "text follows a value that begins with {sign}; put quotes around the whole text, or write it under '|'",
            sign=begun[1],
        )
        return _placed("yaml.syntax", message, source, line, column)
    for wording in _WORDINGS:
        if wording.needle in told:
            return _placed("yaml.syntax", wording.told(), source, *((wording.opening and opening) or (line, column)))
    return _placed("yaml.syntax", _unfit(), source, line, column)


def _full_width(source: Source, line: int) -> tuple[int, int, str] | None:
    """The line, the column and the sign of a colon or bracket from a Chinese keyboard, in the line or just above it."""
    for at in range(line, max(line - _ABOVE, -1), -1):
        found = _WIDE.match(source.lines[at])
        if found is not None:
            return at, found.end() - 1, found[0][-1]
    return None


def _at(mark: Any, source: Source) -> tuple[int, int] | None:
    """A mark's line and column, moved back to the last line with text when it is after the end."""
    if mark is None:
        return None
    line, column = int(mark.line), int(mark.column)
    if line < len(source.lines) and (source.lines[line].strip() or line == 0):
        return line, column
    line = min(line, len(source.lines) - 1)
    while line > 0 and not source.lines[line].strip():
        line -= 1
    return line, len(source.lines[line].rstrip())


def _placed(code: str, message: str, source: Source, line: int, column: int) -> Problem:
    return Problem(code, message, Place(source.file, line + 1, column + 1, column + 2, source.lines[line]))
