"""The parser's complaints in words that help the writer of a question."""

from __future__ import annotations

from typing import Any, NamedTuple

import yaml

from qbank.model import Place, Problem
from qbank.nodes._tree import Source


class _Wording(NamedTuple):
    """A complaint that holds `needle` reads `message`; `opening`: it stands where the construct began."""

    needle: str
    message: str
    opening: bool = False


_UNFIT = "this line does not fit the lines above it: check its indentation, and the quotes before it"
_COLON = "a second ': ' in one line, or a line indented too far; quote the text, or put it under '|' on its own line"
_ESCAPE = "in double quotes a backslash begins an escape; write maths in 'single quotes' or under '|'"
_OPEN = (
    "the '{}' that opens here is not closed, or a comma is missing; a text in it with braces or brackets needs quotes"
)
_WORDINGS = (
    _Wording("mapping values are not allowed", _COLON),
    _Wording("block sequence entries are not allowed", "a list cannot begin here; put its '-' on a line of its own"),
    _Wording("mapping keys are not allowed", "'? ' cannot begin a text; put quotes around it"),
    _Wording("could not find expected ':'", "this line has no 'key:'; or a text above it needs '|' or quotes", True),
    _Wording("did not find expected ',' or '}'", _OPEN.format("{"), True),
    _Wording("expected ',' or '}'", _OPEN.format("{"), True),
    _Wording("did not find expected ',' or ']'", _OPEN.format("["), True),
    _Wording("expected ',' or ']'", _OPEN.format("["), True),
    _Wording("unknown escape character", _ESCAPE),
    _Wording("hexdecimal number", _ESCAPE),
    _Wording("invalid Unicode character escape code", _ESCAPE),
    _Wording("unexpected end of stream", "the quotation that opens here is not closed", True),
    _Wording("unexpected document indicator", "the quotation that opens here is not closed", True),
    _Wording("expected comment or line break", "nothing may stand after '|' or '>'; the text begins on the next line"),
    _Wording("expected alphabetic or numeric character", "a text that begins with '*' or '&' needs quotes", True),
    _Wording("indentation indicator", "after '|' or '>' an indentation must be 1 to 9; leave it out", True),
    _Wording("wrong indented line", "a blank line before the text under '|' is indented further than the text", True),
    _Wording("expected <document start>", _UNFIT),
    _Wording("expected key", _UNFIT),
    _Wording("expected '-' indicator", _UNFIT),
    _Wording("expected <block end>", _UNFIT),
)


def problem(error: yaml.MarkedYAMLError, source: Source) -> Problem:
    """The complaint as a Problem: reworded, and placed where the writer should look."""
    told = f"{error.context or ''} {error.problem or ''}"
    here, opening = _at(error.problem_mark, source), _at(error.context_mark, source)
    line, column = here or opening or (0, 0)
    text = source.lines[line]
    tab = text.find("\t", 0, len(text) - len(text.lstrip()))
    if tab >= 0 or "tab character" in told:
        return _placed("yaml.tab", "a tab stands in the indentation; use spaces", source, line, max(tab, 0))
    if "cannot start any token" in told:
        message = f"a text cannot begin with '{text[column : column + 1]}'; put quotes around it"
        return _placed("yaml.syntax", message, source, line, column)
    if "directive" in told:
        return _placed("yaml.syntax", "a line cannot begin with '%'; put quotes around the text", source, line, 0)
    if "tag" in told:
        message = "a tag ('!…') is not used here; delete it, or quote a text that begins with !"
        return _placed("yaml.tag", message, source, *(opening or (line, column)))
    for wording in _WORDINGS:
        if wording.needle in told:
            return _placed("yaml.syntax", wording.message, source, *((wording.opening and opening) or (line, column)))
    return _placed("yaml.syntax", _UNFIT, source, line, column)


def _at(mark: Any, source: Source) -> tuple[int, int] | None:
    """A mark's line and column, moved back to the last line with text when it stands after the end."""
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
