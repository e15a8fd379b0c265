"""Journals of an exam: files of lines that only grow, readable by their owner alone, beside what was sealed.

A line is there whole or not at all: a run that was killed while it wrote leaves a line without an end, which nobody
reads and the next run takes away.
"""

from __future__ import annotations

import os
from pathlib import Path

from qbank.model import Refused
from qbank.store._reading import inside, read
from qbank.store._siblings import is_exam


def journal(folder: Path, path: str) -> bytes:
    """The whole lines of a journal, none where it does not exist yet. Raises Refused when the folder is no exam."""
    if is_exam(folder) and not inside(folder, path).exists():
        return b""
    content = read(folder, path)
    return content[: content.rfind(b"\n") + 1]


def append(folder: Path, path: str, lines: bytes) -> None:
    """Add whole lines to a journal, all of them or none. Raises Refused when the folder is no exam, or is read-only."""
    if not lines.endswith(b"\n"):
        raise ValueError("a line of a journal ends")
    kept = len(journal(folder, path))
    target = inside(folder, path)
    try:
        handle = os.open(target, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
        try:
            if os.fstat(handle).st_size > kept and not _ends_whole(target):
                os.truncate(target, kept)
            before = os.fstat(handle).st_size
            if os.write(handle, lines) < len(lines):
                os.truncate(target, before)
                raise Refused(f"{target}: the disk is full; nothing was written")
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise Refused(f"{target}: cannot be written: {error.strerror or error}") from error


def _ends_whole(target: Path) -> bool:
    with target.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
