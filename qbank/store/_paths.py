"""Paths within an exam folder, and whether a folder is an exam."""

from __future__ import annotations

import re
from pathlib import Path

from qbank import messages
from qbank.model import Refused

EXAM = "exam.yaml"
"""The file that makes a folder an exam. It is written once, and whoever writes into the exam holds a lock on it."""


def is_exam(folder: Path) -> bool:
    """Whether the folder is a sealed exam."""
    return (folder / EXAM).is_file()


def need_exam(folder: Path) -> None:
    """Raise Refused unless the folder is a sealed exam."""
    if not folder.exists():
        raise Refused(messages.tell("there is no folder {folder}; 'qbank paper' makes an exam", folder=folder))
    if not is_exam(folder):
        raise Refused(messages.tell("{folder} is not a sealed exam (it has no {file}); 'qbank paper' makes one",
                                    folder=folder, file=EXAM))  # fmt: skip


def inside(folder: Path, path: str) -> Path:
    """The file that a relative path names. Raises Refused for a path that leads, or could lead, out of the folder.

    >>> inside(Path("midterm"), "private/../../x")
    Traceback (most recent call last):
    qbank.model._problems.Refused: 'private/../../x' is not a path within an exam
    """
    parts = path.split("/")  # Windows drops dots and spaces at the end of each
    if any(re.search(r'^$|[\\:\x00-\x1f<>"|?*]|[. ]$', part) for part in parts):
        raise Refused(messages.tell("{path!r} is not a path within an exam", path=path))
    return folder.joinpath(*parts)
