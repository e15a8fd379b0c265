"""Putting one exam in the place of another, which is kept beside it: keys of printed papers are never deleted."""

from __future__ import annotations

import errno
from pathlib import Path

from qbank import messages
from qbank.model import Refused
from qbank.store._exchange import exchange
from qbank.store._siblings import MARKER, discard, left, sibling
from qbank.store._trees import create, sync

_TAKEN = frozenset({errno.ENOTEMPTY, errno.EEXIST})


def take_name(ready: Path, folder: Path) -> None:
    """Give a whole exam its name. Raises Refused when something has the name by now."""
    try:
        if folder.is_dir():
            folder.rmdir()  # only an empty folder goes
        ready.rename(folder)
    except OSError as error:
        if error.errno in _TAKEN or folder.exists():
            raise Refused(messages.tell("{folder}: another run made something there in the meantime; it was kept, "
                                        "and this exam was not; choose another folder",
                                        folder=folder)) from error  # fmt: skip
        raise
    sync(folder.parent)


def replace(ready: Path, folder: Path) -> Path:
    """Put a whole exam in the place of the one that is there, and return where that one is kept. Needs the lock."""
    create(ready / MARKER, b"", mode=0o600)
    sync(ready)
    waiting = sibling(folder, "replacing")
    ready.rename(waiting)
    try:
        if exchange(waiting, folder):
            kept = _keep(waiting, folder)
        else:
            kept = _keep(folder, folder)
            waiting.rename(folder)
    finally:
        if folder.exists() and (waiting / MARKER).exists():
            discard(waiting)
    sync(folder.parent)
    (folder / MARKER).unlink(missing_ok=True)
    return kept


def finish_replacing(folder: Path) -> None:
    """Do what is left where a run was killed while it replaced an exam."""
    for waiting in left(folder, "replacing"):
        if not (waiting / MARKER).exists():
            _keep(waiting, folder)  # it is the old exam
        elif folder.exists():
            discard(waiting)  # a new exam that was never seen
        else:
            waiting.rename(folder)
    (folder / MARKER).unlink(missing_ok=True)


def _keep(old: Path, folder: Path) -> Path:
    """Move an exam to the first free name beside the folder."""
    number = 1
    while True:
        kept = folder.with_name(f"{folder.name}.replaced-{number}")
        if not kept.exists():
            try:
                old.rename(kept)
            except OSError as error:
                if error.errno not in _TAKEN:
                    raise
            else:
                return kept
        number += 1
