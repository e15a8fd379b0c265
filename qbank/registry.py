"""Finding what a tag names: the file name is the tag, so a new kind is a new file and nothing else.

>>> "number" in tags("answers")
True
>>> nearest("nubmer", ["number", "choice"])
'number'
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import pkgutil
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from qbank import messages


class UnknownTag(LookupError):
    """A tag that no file and no entry point answers to; the message says which do."""


@cache
def tags(package: str) -> tuple[str, ...]:
    """The tags of one room (`"answers"`, `"domains"`, …), sorted: its files, and what outside packages add."""
    spec = importlib.util.find_spec(f"qbank.{package}")
    if spec is None or spec.submodule_search_locations is None:
        raise UnknownTag(f"qbank has no package {package!r}")
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
    if not _is_extended():
        return {}
    from importlib.metadata import entry_points

    return {point.name: point.value for point in entry_points(group=f"qbank.{package}")}


@cache
def outside_packages() -> tuple[Path, ...]:
    """The folders (or the single files) of the packages that add something to a room, whichever it is; sorted."""
    if not _is_extended():
        return ()
    from importlib.metadata import entry_points

    groups = [group for group in entry_points().groups if group.startswith("qbank.")]
    names = {point.module.partition(".")[0] for group in groups for point in entry_points(group=group)}
    found: set[Path] = set()
    for name in names - {"qbank"}:
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.submodule_search_locations is not None:
            found |= {Path(each) for each in spec.submodule_search_locations}
        elif spec is not None and spec.origin is not None:
            found.add(Path(spec.origin))
    return tuple(sorted(found))


@cache
def distributions() -> tuple[str, ...]:
    """What is installed where Python looks for it: the folders that say so, each named by name and version; sorted."""
    found: list[str] = []
    for folder in dict.fromkeys(sys.path):
        try:
            found += (entry.path for entry in os.scandir(folder or ".") if entry.name.endswith(_TOLD))
        except OSError:  # an archive, or not there
            continue
    return tuple(sorted(found))


_TOLD = (".dist-info", ".egg-info")


@cache
def _is_extended() -> bool:
    """Whether anything installed adds something; asked of `importlib.metadata`, it would take longer than a command.

    What is not in folders (archives, finders of another's making) may add something: only that knows.
    """
    finders = [each for each in sys.meta_path if hasattr(each, "find_distributions")]
    if len(finders) != 1 or any(Path(each).is_file() for each in sys.path):
        return True
    for each in distributions():
        try:
            said = Path(each, "entry_points.txt").read_bytes()
        except OSError:
            continue
        if re.search(rb"(?m)^\s*\[\s*qbank\.", said):
            return True
    return False


def by_need(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """The `__getattr__` of a package whose names are loaded with their modules when they are first asked for.

    `homes` says in which module of the package each name is, or which name of which module it is: `settings.FILE`.
    """

    def found(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        home, _, own = homes[name].partition(".")
        value = getattr(importlib.import_module(f"{package}.{home}"), own or name)
        setattr(sys.modules[package], name, value)
        return value

    return found


LONGEST = 100
"""A longer word is near to none, and is not quoted whole."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like the given one, or None when none is near."""
    import difflib

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
        return messages.tell("{word!r} is not known; did you mean {guess!r}?", word=word, guess=guess)
    word = word if len(word) <= LONGEST else f"{word[:LONGEST]}…"
    if not names:
        return messages.tell("{word!r} is not known", word=word)
    shown = [name if len(name) <= LONGEST else f"{name[:LONGEST]}…" for name in names]
    listing = messages.listed(shown, 12)
    return messages.tell("{word!r} is not known; the known ones are: {names}", word=word, names=listing)
