"""What a check found, kept by content: asked again only when the item, its circuits or the program change."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import qbank
from qbank import papers
from qbank.bank import Bank
from qbank.model import Place, Problem

MOST = 5000
"""Entries beyond these are forgotten, the oldest first."""
ABANDONED = 3600.0
"""Seconds after which an entry that is not whole is a dead run's."""


def folder() -> Path:
    """The user's folder for what can be computed again: $XDG_CACHE_HOME/qbank/check, else ~/.cache/qbank/check."""
    home = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(home) if Path(home).is_absolute() else Path.home() / ".cache") / "qbank" / "check"


def digest(source: Bank, name: str, seats: int) -> str:
    """The name under which the problems of an item are kept."""
    item, record = source.items[name], source.sources[name]
    circuits = sorted({circuit for spec in item.figures.values() for circuit in spec.names})
    told = (
        program(), record.file.encode(), record.text, str(seats).encode(),
        *(source.circuit_sources[circuit].text for circuit in circuits), *papers.pictures(item).values(),
        "\n".join((*source.topics, *source.points)).encode(), " ".join(item.languages).encode(),
    )  # fmt: skip
    state = hashlib.blake2b(digest_size=20)
    for each in told:
        state.update(len(each).to_bytes(8, "big") + each)
    return state.hexdigest()


@cache
def program() -> bytes:
    """What the answer depends on besides the bank: the version, the files of the program, the witnesses there are."""
    package = Path(qbank.__file__).parent
    files = sorted((path, path.stat()) for path in package.rglob("*.py"))
    state = hashlib.blake2b(qbank.__version__.encode(), digest_size=20)
    for path, about in files:
        state.update(f"{path.relative_to(package)} {about.st_size} {about.st_mtime_ns}\n".encode())
    tools = (shutil.which("ngspice") is not None, find_spec("onnxruntime") is not None, find_spec("scipy") is not None)
    return state.digest() + bytes(tools)


def found(cache_folder: Path, key: str) -> tuple[Problem, ...] | None:
    """The problems kept under a name, or None."""
    try:
        rows = json.loads((cache_folder / f"{key}.json").read_text(encoding="utf-8"))
        return tuple(_problem(row) for row in rows)
    except (OSError, ValueError, TypeError, KeyError):
        return None  # not there, or not ours any more: it is computed again


def keep(cache_folder: Path, key: str, problems: Sequence[Problem]) -> None:
    """Keep the problems under a name; a folder that cannot be written keeps nothing."""
    written = json.dumps([asdict(problem) for problem in problems], ensure_ascii=False)
    beside = cache_folder / f".{key}.{os.getpid()}"
    try:
        cache_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside.write_text(written, encoding="utf-8")
        beside.replace(cache_folder / f"{key}.json")
    except OSError:
        return  # it is computed again
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def forget(cache_folder: Path) -> None:
    """Drop the oldest entries beyond the most, and what runs that were killed left half-written."""
    try:
        for path in cache_folder.glob(".*"):
            if path.stat().st_mtime < time.time() - ABANDONED:
                path.unlink(missing_ok=True)
        entries = sorted(cache_folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
        for path in entries[: max(len(entries) - MOST, 0)]:
            path.unlink(missing_ok=True)
    except OSError:
        return  # another run forgets the same entries


def _problem(row: dict[str, Any]) -> Problem:
    place = row.pop("place")
    return Problem(place=Place(**place) if place else None, **row)
