"""One writer at a time: a lock that the kernel holds for a process and takes back when the process ends, killed or not.

The lock is on exam.yaml, which is there as long as the exam is and is never written again. No lock of a library is
used, because a folder may be replaced while a run waits for it: the lock counts only while the file that was locked is
still the one with the name.

Windows renames no folder in which a file is open, and the lock is an open file. There a run lets go of the lock just
before it moves the exam; while another run holds the lock, the exam cannot be moved.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from qbank import messages
from qbank.model import Refused
from qbank.store._paths import EXAM, need_exam

PATIENCE = 120.0
"""Seconds that a run waits for another to finish writing."""
_PAUSE = 0.02
_BUSY = frozenset({errno.EAGAIN, errno.EACCES, errno.EDEADLK})


@contextmanager
def held(folder: Path) -> Iterator[Callable[[], None]]:
    """The right to write into an exam, for one process at a time, and what must be called before the exam is moved.

    Raises Refused when the folder is not an exam, or another run keeps it for longer than PATIENCE.
    """
    handles = [_acquired(folder)]

    def before_moving() -> None:
        while handles and not moves_open():
            os.close(handles.pop())

    try:
        yield before_moving
    finally:
        for handle in handles:
            os.close(handle)  # closing releases


def moves_open() -> bool:
    """Whether this system renames a folder in which a file is open."""
    return sys.platform != "win32"


def _acquired(folder: Path) -> int:
    end = time.monotonic() + PATIENCE
    while True:
        need_exam(folder)
        handle = _opened(folder / EXAM)
        try:
            if _locks(handle) and _same(handle, folder / EXAM):
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)
        if time.monotonic() > end:
            raise Refused(messages.tell("{folder}: another run of qbank is writing there; try again when it has "
                                        "finished", folder=folder))  # fmt: skip
        time.sleep(_PAUSE)


def _opened(file: Path) -> int:
    try:
        return os.open(file, os.O_RDWR)  # network file systems lock only what may be written
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise
        return os.open(file, os.O_RDONLY)


def _same(handle: int, file: Path) -> bool:
    """Whether the locked file still has the name: the folder may have been replaced in the meantime."""
    try:
        return os.path.samestat(os.fstat(handle), file.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _locks(handle: int) -> bool:
        os.lseek(handle, 1 << 30, os.SEEK_SET)  # beyond the end, which is never read
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno in _BUSY:
                return False
            raise
        return True

else:
    import fcntl

    def _locks(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _BUSY:
                return False
            raise
        return True
