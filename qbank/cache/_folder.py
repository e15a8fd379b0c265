"""Where the user's cache is, and whether it is the user's alone."""

from __future__ import annotations

import os
import stat
import sys
import time
from contextlib import suppress
from pathlib import Path

SWITCH = "QBANK_CACHE"
"""The variable of the environment that switches every cache off: QBANK_CACHE=off."""
OTHERS = stat.S_IWGRP | stat.S_IWOTH
ABANDONED = 3600.0
"""Seconds after which a file that is not whole is a dead run's."""


def folder(part: str) -> Path | None:
    """The folder $XDG_CACHE_HOME/qbank/PART, else ~/.cache/qbank/PART, made where it was not; None where none is safe.

    It is safe when it is this user's, open to nobody else, and when no other user could put another one in its place.
    """
    if os.environ.get(SWITCH, "").casefold() == "off" or sys.platform == "win32":
        return None
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    try:
        home = named if named.is_absolute() else Path.home() / ".cache"
        own = home / "qbank"
        for each in (own, own / part):
            each.mkdir(mode=0o700, parents=True, exist_ok=True)
        real = (own / part).resolve(strict=True)
        return real if _ours_alone(real) else None
    except (OSError, RuntimeError):  # no home, a read-only or a full disk, links in a circle
        return None


def _ours_alone(path: Path) -> bool:
    """Whether a folder is this user's alone, and everything above it in the hands of this user or the system's."""
    if sys.platform == "win32":
        return False  # it does not tell in a file's mode who may write to it
    about, me = path.lstat(), os.geteuid()
    if not stat.S_ISDIR(about.st_mode) or about.st_uid != me or stat.S_IMODE(about.st_mode) & 0o077:
        return False
    above = [parent.lstat() for parent in path.parents]
    return all(each.st_uid in (0, me) and (not each.st_mode & OTHERS or each.st_mode & stat.S_ISVTX) for each in above)


def content(path: Path) -> bytes | None:
    """The bytes of a file of such a folder; None where there is none, or it is another's or open to others."""
    if sys.platform == "win32":
        return None
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    with os.fdopen(handle, "rb") as file:
        about = os.fstat(handle)
        ours = about.st_uid == os.geteuid() and not stat.S_IMODE(about.st_mode) & 0o077
        try:
            return file.read() if stat.S_ISREG(about.st_mode) and ours else None
        except OSError:
            return None


def forget(place: Path, most: int, room: int | None = None) -> None:
    """Drop the files that were used least lately beyond a number of files or bytes, and what killed runs left."""
    with suppress(OSError):  # another run forgets the same ones
        found = [(path, path.lstat()) for path in place.iterdir()]
        kept = size = 0
        for path, about in sorted(found, key=lambda each: each[1].st_mtime, reverse=True):
            if path.name.startswith("."):
                if about.st_mtime < time.time() - ABANDONED:
                    path.unlink(missing_ok=True)
                continue
            kept, size = kept + 1, size + about.st_size
            if kept > most or (room is not None and size > room):
                path.unlink(missing_ok=True)
