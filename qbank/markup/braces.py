"""`{{ name }}`, `{{ x[0] }}`, `{{ name:number }}`: where they appear in a text, and nothing else in double braces.

    braces := "{{" name [ "[" index [ "," index ] "]" ] [ ":" ("number" | "list" | "down" | "across") ] "}}"
    index  := an integer from 0 on, or from the end below 0 | name
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, cast

from qbank import messages
from qbank.markup.error import MarkupError
from qbank.model import Name

FORMS = ("number", "list", "down", "across")
_WORD = r"[^\W\d]\w*"
_INDEX = rf"(?:-?\d{{1,6}}|{_WORD})"
_INSIDE = (
    rf"(?P<name>{_WORD})[ \t]*(?:\[[ \t]*(?P<places>{_INDEX}(?:[ \t]*,[ \t]*{_INDEX})?)[ \t]*\])?"
    r"[ \t]*(?::[ \t]*(?P<form>\w*)[ \t]*)?"
)
_NAME = re.compile(rf"\{{\{{[ \t]*{_INSIDE}\}}\}}")


def find(text: str, start: int, end: int) -> Iterator[tuple[Name, int, int]]:
    """Every name between two offsets, with its own. Raises MarkupError at double braces that hold no name."""
    at = start
    while (opened := text.find("{{", at, end)) >= 0:
        while text[opened + 2:opened + 3] == "{" and opened + 2 < end:  # x^{{{ n }}}: the inner two are the name's
            opened += 1
        name, at = read(text, opened, end)
        yield name, opened, at


def within(text: str, start: int, end: int) -> Iterator[tuple[Name, int, int]]:
    """Every name of a formula or of code, where no vector can be spread over cells. Raises MarkupError."""
    for name, opened, behind in find(text, start, end):
        spread(name, text, opened, behind)
        yield name, opened, behind


def spread(name: Name, text: str, at: int, end: int) -> None:
    """Raise MarkupError for a vector that is to be spread over the cells of a table, where there are none."""
    if name.form in ("down", "across"):
        message = messages.tell(
            "{{{{ {key} }}}} fills a cell of a table, where it must be alone; in a line, write {{{{ {name}:list }}}}",
            key=name.key, name=name.entry,
        )  # fmt: skip
        raise MarkupError(message, text, at, end)


def read(text: str, at: int, end: int) -> tuple[Name, int]:
    """The name whose braces open at an offset, and the offset behind them. Raises MarkupError."""
    found = _NAME.match(text, at, end)
    if found is None:
        closed = text.find("}}", at, end)
        line = text.find("\n", at, end)
        stop = closed + 2 if closed >= 0 and (line < 0 or closed < line) else at + 2
        message = messages.tell(
            "double braces must contain a name, as in {{{{ R1 }}}} or {{{{ R1:number }}}}, or an entry, as in "
            "{{{{ x[0] }}}}; an expression is not allowed"
        )
        raise MarkupError(message, text, at, stop)
    if found["form"] is not None and found["form"] not in FORMS:
        message = messages.tell(
            "{{{{ {name}:{form} }}}}: write number, list, down or across after the colon",
            name=found["name"], form=found["form"],
        )  # fmt: skip
        raise MarkupError(message, text, at, found.end())
    return _named(found), found.end()


def _named(found: re.Match[str]) -> Name:
    places = tuple(place.strip() for place in (found["places"] or "").split(",") if place.strip())
    bare = found["form"] == "number"
    form = cast(Any, found["form"] if found["form"] and not bare else "")
    return Name(found["name"], bare=bare, places=places, form=form)


@lru_cache(maxsize=4096)
def of_key(key: str) -> Name:
    """The name that a `Name.key` stands for. Raises KeyError for any other text.

    >>> of_key("W[1, k]").places, of_key("x:list").form
    (('1', 'k'), 'list')
    """
    found = re.fullmatch(_INSIDE, key)
    if found is None:
        raise KeyError(key)
    return _named(found)


def replace(text: str, print_: Callable[[Name], str]) -> str:
    """A text with every name printed; the names are known to be well formed.

    >>> replace("Linear({{ d }}, 4)", lambda name: name.name.upper())
    'Linear(D, 4)'
    """
    return _NAME.sub(lambda found: print_(_named(found)), text)
