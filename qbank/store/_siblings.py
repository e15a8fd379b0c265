"""The temporary siblings of a folder that is being written, and what dead runs left of them.

A sibling is `.midterm.<machine>.<process>.<number>.new` while it is written, and `.replacing` while it takes the name
of an exam that is there.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import platform
import re
import shutil
import sys
import time
from functools import cache
from pathlib import Path

MARKER = ".new"
"""An empty file in a folder that has not been given its name yet: after an exchange it tells the new from the old."""
_LONGEST = {"replacing": 600.0}
"""Seconds in which a run gets past a state, where its process cannot be asked: giving a name takes no time."""
_DAY = 86_400.0
_numbers = itertools.count(1)
_own: set[Path] = set()


def sibling(target: Path, state: str) -> Path:
    """A sibling of this run in a state; no other run and no other call gets the same."""
    path = target.with_name(f".{target.name}.{_machine()}.{os.getpid()}.{next(_numbers)}.{state}")
    _own.add(path)
    return path


def discard(path: Path) -> None:
    """Remove a sibling of this run, if it is still there."""
    shutil.rmtree(path, ignore_errors=True)
    _own.discard(path)


def left(target: Path, state: str) -> list[Path]:
    """The siblings in a state that dead runs left."""
    pattern = re.compile(rf"\.{re.escape(target.name)}\.([0-9a-f]{{6}})\.(\d+)\.\d+\.{state}")
    found = [(path, pattern.fullmatch(path.name)) for path in target.parent.glob(".*")]
    longest = _LONGEST.get(state, _DAY)
    return sorted(path for path, match in found if match and not _is_alive(match[1], int(match[2]), path, longest))


def remove_left(target: Path) -> None:
    """Remove what dead runs had not finished writing; it was never read."""
    for path in left(target, "new"):
        shutil.rmtree(path, ignore_errors=True)


def _is_alive(machine: str, process: int, path: Path, longest: float) -> bool:
    if machine != _machine() or sys.platform == "win32":  # there, asking a process for life ends it
        try:
            return time.time() - path.stat().st_mtime < longest
        except FileNotFoundError:
            return False  # it has just gone
    if process == os.getpid():
        return path in _own
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


@cache
def _machine() -> str:
    return hashlib.sha256(platform.node().encode()).hexdigest()[:6]
