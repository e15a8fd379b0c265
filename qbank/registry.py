"""Finding what a tag names: the file name is the tag, so a new kind is a new file and nothing else.

>>> "number" in tags("answers")
True
>>> nearest("nubmer", ["number", "choice"])
'number'
"""

from __future__ import annotations

import difflib
import importlib
import importlib.util
import pkgutil
from collections.abc import Iterable
from functools import cache
from importlib.metadata import entry_points
from types import ModuleType


class UnknownTag(LookupError):
    """A tag that no file and no entry point answers to; the message says which do."""


@cache
def tags(package: str) -> tuple[str, ...]:
    """The tags of one room (`"answers"`, `"domains"`, …), sorted: its files, and what outside packages add."""
    spec = importlib.util.find_spec(f"qbank.{package}")
    if spec is None or spec.submodule_search_locations is None:
        raise UnknownTag(f"there is no room {package!r}")
    files = {
        module.name.removesuffix("_") for module in pkgutil.iter_modules(spec.submodule_search_locations)
        if not module.name.startswith("_")
    }
    return tuple(sorted(files | set(_outside(package))))


@cache
def load(package: str, tag: str) -> ModuleType:
    """The module that a tag names. Raises UnknownTag with the nearest tag that exists."""
    if tag not in tags(package):
        raise UnknownTag(unknown(tag, tags(package)))
    outside = _outside(package)
    if tag in outside:
        return importlib.import_module(outside[tag])
    try:
        return importlib.import_module(f"qbank.{package}.{tag.replace('-', '_')}")
    except ModuleNotFoundError as error:
        if error.name != f"qbank.{package}.{tag}":
            raise
        return importlib.import_module(f"qbank.{package}.{tag}_")  # `list` lives in list_.py


@cache
def _outside(package: str) -> dict[str, str]:
    return {point.name: point.value for point in entry_points(group=f"qbank.{package}")}


LONGEST = 100
"""A longer word is near to none, and is not quoted whole."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like the given one, or None when none is near."""
    if len(word) > LONGEST:
        return None
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return close[0] if close else None


def unknown(word: str, known: Iterable[str]) -> str:
    """The sentence for a word that is not known: did you mean …, or the whole list when it is short.

    >>> unknown("nubmer", ["number", "choice"])
    "'nubmer' is not known; did you mean 'number'?"
    """
    names = sorted(known)
    guess = nearest(word, names)
    if guess is not None:
        return f"{word!r} is not known; did you mean {guess!r}?"
    listing = ", ".join(name if len(name) <= LONGEST else f"{name[:LONGEST]}…" for name in names[:12])
    listing += ", …" if len(names) > 12 else ""
    word = word if len(word) <= LONGEST else f"{word[:LONGEST]}…"
    return f"{word!r} is not known; known are: {listing}" if names else f"{word!r} is not known"
