"""What YAML takes without a word and an author hardly meant: escapes that eat TeX, comments that cut a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qbank import messages
from qbank.model import Place, Problem
from qbank.nodes._places import scalar_place
from qbank.nodes._tree import Mapping, Node, Path, Scalar, Sequence, path_text

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85]")
r"""What `\a \b \e \f \v` are within double quotes: the beginning of \alpha, \beta, \eta, \frac, \varphi."""
_IN_MATHS = re.compile("[\t\n\r](?=[A-Za-z])")
r"""What `\n \r \t` are there, before a letter: the beginning of \nu, \rho, \theta, within a formula."""
_COMMENT = re.compile(r"[ \t]+(#.*)")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment after a text without quotes: the way to the text, the text, what follows it, and where."""

    path: tuple[str | int, ...]
    text: str
    comment: str
    place: Place


def mangled(node: Node) -> Iterator[Problem]:
    r"""Each text in double quotes in which a backslash of TeX has become a control character.

    >>> from qbank.nodes import read
    >>> print(*mangled(read(b'en: "$\\frac{1}{2}$"', "item.yaml")))
    item.yaml:1:7: $.en: '\f' in double quotes is a control character; write maths in 'single quotes' or under '|'
      en: "$\frac{1}{2}$"
            ^
    """
    for path, scalar in _scalars(node, ()):
        if scalar.style != '"' or not scalar.text:
            continue
        for offset in sorted(_controls(scalar.text)):
            place = scalar_place(scalar, (), offset)
            escape = place.source[place.column - 1 :][:2]
            if escape[:1] == "\\":  # and not the end of a line
                message = messages.tell(
                    "'{escape}' in double quotes is a control character; write maths in 'single quotes' or under '|'",
                    escape=escape,
                )
                yield Problem("yaml.escape", message, place, path_text(path))
                break


def commented(node: Node) -> Iterator[Comment]:
    """Each text without quotes after which a comment begins on the same line.

    >>> from qbank.nodes import read
    >>> [found.comment for found in commented(read(b"en: resistor #3", "item.yaml"))]
    ['#3']
    """
    for path, scalar in _scalars(node, ()):
        if scalar.style or not scalar.text:
            continue
        span = scalar.span
        line = span.source.lines[span.last_line]
        found = _COMMENT.match(line, span.last_column)
        if found is not None:
            place = Place(span.source.file, span.last_line + 1, found.start(1) + 1, found.end(1) + 1, line)
            yield Comment(path, scalar.text, found[1], place)


def _controls(text: str) -> Iterator[int]:
    yield from (found.start() for found in _CONTROL.finditer(text))
    yield from (found.start() for found in _IN_MATHS.finditer(text) if text.count("$", 0, found.start()) % 2)


def _scalars(node: Node, path: Path) -> Iterator[tuple[tuple[str | int, ...], Scalar]]:
    match node:
        case Scalar():
            yield tuple(path), node
        case Sequence(items=items):
            for number, item in enumerate(items):
                yield from _scalars(item, (*path, number))
        case Mapping(values=values):
            for name, value in values.items():
                yield from _scalars(value, (*path, name))
