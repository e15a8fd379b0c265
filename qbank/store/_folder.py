"""Writing an exam: into a temporary sibling, which then takes the name. Only a whole folder is ever given it.

What is in the folder already is looked at before the first file is written, and again just before the name is given.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from qbank import messages
from qbank.model import Refused
from qbank.store._contents import typed
from qbank.store._lock import held
from qbank.store._paths import EXAM, is_exam
from qbank.store._publish import finish
from qbank.store._recovery import recover
from qbank.store._replacing import replace as put_in_place
from qbank.store._replacing import take_name
from qbank.store._siblings import discard, remove_left, sibling
from qbank.store._trees import refusals, write


def seal(folder: Path, files: Iterable[tuple[str, bytes]], *, replace: bool = False, sat: bool = False) -> Path | None:
    """Write a whole exam; `private/` is readable by its owner alone. With `replace`, return where the old one is.

    An exam that holds answers, reviews, results or files of other programs is replaced only if `sat` is said as well.
    Raises Refused, and leaves everything as it was, when the folder holds something else, when another run was faster,
    when a path leads out of it, when `exam.yaml` is not among the files, or when the disk is full.
    """
    folder = folder.absolute()
    with refusals(folder):
        recover(folder)
        seen = _look(folder, replace=replace, sat=sat)
        remove_left(folder)
        if folder.parent.is_file():
            raise Refused(messages.tell("{folder}: cannot be written: {parent} is a file", folder=folder,
                                        parent=folder.parent.name))  # fmt: skip
        folder.parent.mkdir(parents=True, exist_ok=True)
        ready = sibling(folder, "new")
        try:
            write(ready, folder, files)
            if not is_exam(ready):
                raise Refused(messages.tell("{folder}: an exam without {file} cannot be sealed", folder=folder,
                                            file=EXAM))  # fmt: skip
            if seen is None:
                take_name(ready, folder)
                return None
            with held(folder) as before_moving:
                finish(folder)
                if _look(folder, replace=replace, sat=sat) != seen:
                    raise Refused(messages.tell("{folder}: another run made an exam there in the meantime; that exam "
                                                "was kept, this one was not", folder=folder))  # fmt: skip
                before_moving()
                return put_in_place(ready, folder)
        finally:
            discard(ready)


def _look(folder: Path, *, replace: bool, sat: bool) -> bytes | None:
    """The exam.yaml of the exam that may be replaced, None where there is nothing. Raises Refused for what stays."""
    if not folder.exists():
        return None
    if not folder.is_dir():
        raise Refused(messages.tell("{folder} is a file; an exam is a folder", folder=folder))
    if not any(folder.iterdir()):
        return None
    if not is_exam(folder):
        raise Refused(messages.tell("{folder} is not empty and contains no exam; choose another folder", folder=folder))
    held_there = messages.listed(typed(folder))
    if not replace and not held_there:
        raise Refused(messages.tell("{folder} already contains an exam; choose another folder, or replace it "
                                    "(--replace)", folder=folder))  # fmt: skip
    if not replace:
        raise Refused(messages.tell("{folder} already contains an exam that has {contents}; choose another folder",
                                    folder=folder, contents=held_there))  # fmt: skip
    if held_there and not sat:
        raise Refused(messages.tell("{folder} already contains an exam that has {contents}; move it away, or choose "
                                    "another folder", folder=folder, contents=held_there))  # fmt: skip
    return (folder / EXAM).read_bytes()
