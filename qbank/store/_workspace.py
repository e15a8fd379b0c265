"""Where a long run keeps what it has done so far: a folder in the exam that no other run reads, removed at its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qbank.store._siblings import discard, remove_left, sibling
from qbank.store._trees import refusals

WORK = ".work"


@contextmanager
def workspace(folder: Path) -> Iterator[Path]:
    """A new folder of this run; what dead runs left of theirs is removed first.

    Raises Refused where the disk is full, or the exam cannot be written.
    """
    folder = folder.absolute()
    with refusals(folder):
        remove_left(folder / WORK)
        work = sibling(folder / WORK, "new")
        try:
            work.mkdir(mode=0o700)
            yield work
        finally:
            discard(work)
