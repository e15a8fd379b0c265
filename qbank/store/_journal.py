"""Journals of an exam: files of lines that only grow, readable by their owner alone, beside what was sealed.

A line is there whole or not at all: a run that was killed while it wrote leaves a line without an end, which is
never read and which the next run removes.
"""

from __future__ import annotations

import os
from pathlib import Path

from qbank import files, messages
from qbank.model import Refused
from qbank.store._paths import inside, need_exam
from qbank.store._publish import Writing
from qbank.store._reading import read
from qbank.store._trees import sync


def journal(folder: Path, path: str) -> bytes:
    """The whole lines of a journal, none where it does not exist yet. Raises Refused when the folder is not an exam."""
    need_exam(folder)
    if not os.path.lexists(inside(folder, path)):
        return b""
    content = read(folder, path)
    return content[: content.rfind(b"\n") + 1]


def append(exam: Writing, path: str, lines: bytes) -> None:
    """Add whole lines to a journal, all of them or none. Raises Refused when the disk is full, or read-only."""
    if not lines.endswith(b"\n"):
        raise ValueError("a line of a journal ends")
    kept = len(journal(exam.folder, path))
    target = inside(exam.folder, path)
    new, whole = not target.exists(), False
    try:
        handle = os.open(target, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        try:
            os.truncate(handle, kept)
            os.lseek(handle, kept, os.SEEK_SET)
            try:
                if os.write(handle, lines) < len(lines):
                    raise Refused(messages.tell("{path}: the disk is full; nothing was written", path=target))
                os.fsync(handle)
                whole = True
            finally:
                if not whole:
                    os.truncate(handle, kept)
        finally:
            os.close(handle)
            if new and not whole:
                target.unlink()  # Windows removes no file that is open
        if kept == 0:
            sync(exam.folder)
    except OSError as error:
        raise Refused(messages.tell("{path}: {reason}; nothing was written", path=target,
                                    reason=files.unwritten(error))) from error  # fmt: skip
