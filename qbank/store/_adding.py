"""Additions: what is sealed into an exam later, as the next link of its chain; all of it or nothing.

Sheets and the form of an addition are for people, who look for them beside the others: copies are made ready before the
addition counts, and take their places after it. A run that finds them waiting does the same.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from qbank import messages
from qbank.model import Refused
from qbank.store._paths import inside
from qbank.store._publish import Writing
from qbank.store._seal import ADDITIONS, FORM, SHEETS, added
from qbank.store._siblings import discard, remove_left, sibling
from qbank.store._trees import refusals, sync, write

WAITING = ".added"
"""Copies that wait for their places, in a folder with the number of their addition."""


def add(exam: Writing, before: str, files: Iterable[tuple[str, bytes]]) -> str:
    """Seal files into an exam as its next addition, after the seal with a digest; gives the addition's path.

    Its `sheets/…` are copied to the exam's own sheets, its `responses.csv` to `responses-added-<n>.csv`. Raises
    Refused, and leaves everything as it was, when the disk is full, or a file that is there would have to be replaced.
    """
    folder = exam.folder
    home, waiting = folder / ADDITIONS, folder / WAITING
    with refusals(folder):
        home.mkdir(mode=0o700, exist_ok=True, parents=True)
        remove_left(home / "next")
        remove_left(waiting)
        number = 1 + max((int(each.name) for each in home.iterdir() if each.name.isdecimal()), default=0)
        new, copies = sibling(home / "next", "new"), sibling(waiting, "new")
        try:
            write(new, folder, added(before, files), secret=True)
            write(copies, folder, ((f"{number}/{path}", content) for path, content in _public(new, str(number))))
            _need_room(folder, copies / str(number))
            copies.rename(waiting)
            sync(folder)
            new.rename(home / str(number))
        finally:
            discard(new)
            discard(copies)
            with suppress(OSError):  # it is empty where there was no room for the first addition
                home.rmdir()
        sync(home)
        place(folder)
    return f"{ADDITIONS}/{number}"


def waits(folder: Path) -> bool:
    """Whether copies of an addition wait for their places."""
    return (folder / WAITING).is_dir()


def place(folder: Path) -> None:
    """Give the copies that wait their places; those of an addition that never counted go. Needs the lock."""
    waiting = folder / WAITING
    if not waiting.is_dir():
        return
    for own in waiting.iterdir():
        if (folder / ADDITIONS / own.name).is_dir():
            for copy in _files(own):
                target = folder / copy.relative_to(own)
                target.parent.mkdir(exist_ok=True)
                if not os.path.lexists(target):
                    copy.rename(target)
                    sync(target.parent)
    shutil.rmtree(waiting)
    sync(folder)


def form_of(addition: str) -> str:
    """Where the responses form of an addition, named by its path, lies in the exam.

    >>> form_of("private/additions/1")
    'responses-added-1.csv'
    """
    return f"{FORM.removesuffix('.csv')}-added-{addition.rpartition('/')[2]}.csv"


def public(folder: Path) -> frozenset[str]:
    """The paths of everything that additions have put beside the sealed files."""
    return frozenset(
        path for base in (folder / ADDITIONS).glob("*") if base.name.isdecimal()
        for path, _ in _placed(base, base.name)
    )  # fmt: skip


def _public(base: Path, number: str) -> Iterator[tuple[str, bytes]]:
    for path, file in _placed(base, number):
        yield path, file.read_bytes()


def _placed(base: Path, number: str) -> Iterator[tuple[str, Path]]:
    """The files of an addition that are for people, by their places in the exam."""
    for file in _files(base / SHEETS):
        yield file.relative_to(base).as_posix(), file
    if (base / FORM).is_file():
        yield form_of(number), base / FORM


def _need_room(folder: Path, copies: Path) -> None:
    """Raise Refused where another file has the place of one of the copies."""
    for copy in _files(copies):
        path = copy.relative_to(copies).as_posix()
        there = inside(folder, path)
        if os.path.lexists(there) and (not there.is_file() or there.read_bytes() != copy.read_bytes()):
            raise Refused(messages.tell("{folder}: {path} already exists and is a different file; move it away, then "
                                        "try again", folder=folder, path=path))  # fmt: skip


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())
