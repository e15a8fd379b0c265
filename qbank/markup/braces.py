"""`{{ name }}` and `{{ name:number }}`: where they stand in a text, and nothing else in double braces."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from qbank.markup.error import MarkupError
from qbank.model import Name

_NAME = re.compile(r"\{\{[ \t]*([^\W\d]\w*)[ \t]*(?::[ \t]*(\w*)[ \t]*)?\}\}")


def find(text: str, start: int, end: int) -> Iterator[tuple[Name, int, int]]:
    """Every name between two offsets, with its own. Raises MarkupError at double braces that hold no name."""
    at = start
    while (opened := text.find("{{", at, end)) >= 0:
        while text[opened + 2:opened + 3] == "{" and opened + 2 < end:  # x^{{{ n }}}: the inner two are the name's
            opened += 1
        name, at = read(text, opened, end)
        yield name, opened, at


def read(text: str, at: int, end: int) -> tuple[Name, int]:
    """The name whose braces open at an offset, and the offset behind them. Raises MarkupError."""
    found = _NAME.match(text, at, end)
    if found is None:
        closed = text.find("}}", at, end)
        line = text.find("\n", at, end)
        stop = closed + 2 if closed >= 0 and (line < 0 or closed < line) else at + 2
        raise MarkupError("double braces hold a name, {{ R1 }} or {{ R1:number }}, and no expression", text, at, stop)
    if found[2] not in (None, "number"):
        raise MarkupError(f"{{{{ {found[1]}:{found[2]} }}}}: after the colon stands 'number' and nothing else",
                          text, at, found.end())
    return Name(found[1], bare=found[2] is not None), found.end()


def replace(text: str, print_: Callable[[Name], str]) -> str:
    """A text with every name printed; the names are known to be well formed.

    >>> replace("Linear({{ d }}, 4)", lambda name: name.name.upper())
    'Linear(D, 4)'
    """
    return _NAME.sub(lambda found: print_(Name(found[1], bare=found[2] is not None)), text)
