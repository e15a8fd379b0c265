"""What every command does first with an exam folder: finish what a killed run had begun; then it may write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from qbank import messages
from qbank.model import Refused
from qbank.store._adding import place, waits
from qbank.store._lock import held
from qbank.store._paths import need_exam
from qbank.store._publish import PUBLISH, Writing, begun, finish
from qbank.store._replacing import finish_replacing
from qbank.store._siblings import remove_left
from qbank.store._trees import refusals


def recover(folder: Path) -> None:
    """Finish every change to an exam that a killed run had begun; nothing happens where there is none.

    Raises Refused when there is something to finish and the folder cannot be written.
    """
    folder = folder.absolute()
    if folder.parent.is_dir():
        with suppress(OSError):  # another run finishes the same, or this one may only read
            finish_replacing(folder)
    if begun(folder) or waits(folder):
        try:
            with refusals(folder), held(folder):
                finish(folder)
                place(folder)
        except Refused as error:
            raise Refused(messages.tell("{folder}: an earlier run was stopped while it was writing there, and its work "
                                        "cannot be finished: {reason}", folder=folder, reason=error)) from error


@contextmanager
def writing(folder: Path) -> Iterator[Writing]:
    """The right to write into an exam, with everything finished that a killed run had begun.

    Raises Refused when the folder is not an exam, or another run keeps writing there.
    """
    recover(folder)
    need_exam(folder)
    folder = folder.absolute()
    with refusals(folder), held(folder):
        finish(folder)
        place(folder)
        remove_left(folder / PUBLISH)
        yield Writing(folder)
