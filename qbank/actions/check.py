"""Let the bank check itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from qbank import bank, checks
from qbank.actions.make_paper import Watch, quietly
from qbank.model import Problem, Refused

SEATS = 500
"""The variants of each item that are checked, unless asked otherwise."""


def check(
    folder: Path, paths: Iterable[Path] = (), names: Iterable[str] = (), *, seats: int = SEATS, watch: Watch = quietly
) -> Iterator[Problem]:
    """Every problem of a bank, or of some of its files or items: first what cannot be read, then what is wrong.

    Raises Refused for a path or a name that is not there.
    """
    only = list(paths)
    source = bank.load(folder, only=only or None)
    yield from source.problems
    items = [item.id for item in source.select(names)]
    for name in watch(items, len(items), "items"):
        try:
            yield from checks.of_item(source, name, seats=seats)
        except Refused as refused:
            yield from refused.problems
