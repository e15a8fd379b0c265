"""Where a long run keeps what it has done so far: a folder that no other run reads, removed at its end."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from qbank.store._siblings import discard, remove_left, sibling
from qbank.store._trees import refusals

WORK = ".work"


@contextmanager
def workspace(folder: Path) -> Iterator[Path]:
    """A new folder of this run beside the exam's files; what dead runs left of theirs is removed first.

    For an exam in a read-only folder it is among the temporary files of the system, where only their owner can read.
    Raises Refused where the disk is full.
    """
    folder = folder.absolute()
    if not os.access(folder, os.W_OK):
        with TemporaryDirectory(prefix="qbank-") as own, refusals(Path(own)):
            yield Path(own)
        return
    with refusals(folder):
        remove_left(folder / WORK)
        work = sibling(folder / WORK, "new")
        try:
            work.mkdir(mode=0o700)
            yield work
        finally:
            discard(work)
