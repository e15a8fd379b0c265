"""What a check found, kept by content: asked again only when the item, its circuits or the program change."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache as once
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from qbank import cache, messages
from qbank.bank import Bank
from qbank.bank.card import Card
from qbank.model import Place, Problem


def folder() -> Path | None:
    """The user's folder for what checks found, or None where nothing is kept."""
    return cache.folder("check")


def digest(source: Bank, item: Card, seats: int) -> str:
    """The name under which the problems of an item are kept."""
    record = source.sources[item.id]
    told = (
        cache.program(), messages.language().encode(), _tools(), record.file.encode(), record.text, str(seats).encode(),
        *(source.circuit_sources[circuit].text for circuit in item.circuits), " ".join(item.pictures).encode(),
        "\n".join((*source.topics, *source.points)).encode(), " ".join(item.languages).encode(),
    )  # fmt: skip
    state = hashlib.blake2b(digest_size=20)
    for each in told:
        state.update(len(each).to_bytes(8, "big") + each)
    return state.hexdigest()


@once
def _tools() -> bytes:
    """Which witnesses there are besides the program's own."""
    return bytes((shutil.which("ngspice") is not None, *(find_spec(name) is not None for name in _LIBRARIES)))


_LIBRARIES = ("onnxruntime", "scipy")


def found(kept: cache.Entries, key: str) -> tuple[Problem, ...] | None:
    """The problems kept under a name, or None."""
    rows = kept.found(key)
    try:
        return None if rows is None else tuple(_problem(row) for row in rows)
    except (TypeError, KeyError, AttributeError):
        return None  # not ours any more: it is computed again


def samples(kept: cache.Entries | None) -> dict[str, int]:
    """What `checks.samples` gives, for which every check would have to be loaded."""
    key = f"samples-{cache.program().hex()}"
    told = kept.found(key) if kept else None
    if not (isinstance(told, dict) and all(isinstance(most, int) for most in told.values())):
        from qbank import checks

        told = checks.samples()
        if kept:
            kept.keep(key, told)
    return told


def keep(kept: cache.Entries, key: str, problems: Sequence[Problem]) -> None:
    """Keep the problems under a name."""
    kept.keep(key, [asdict(problem) for problem in problems])


def _problem(row: dict[str, Any]) -> Problem:
    place = row.pop("place")
    return Problem(place=Place(**place) if place else None, **row)
