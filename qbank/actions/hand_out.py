"""Write the data files of one question into a folder, to work with them."""

from __future__ import annotations

from pathlib import Path

from qbank import messages, sheets
from qbank.actions.deliver import deliver_all
from qbank.model import Refused
from qbank.sheets import Question


def hand_out(question: Question, folder: Path) -> tuple[Path, ...]:
    """The paths of the question's data files, written into a folder that is made where it is missing.

    Raises Refused, and writes nothing, where a file of that name is there and is another one, or the question has none.
    """
    wanted = {folder / each.name: each.content for each in sheets.attachments(question)}
    if not wanted:
        raise Refused(messages.tell("the question has no data file"))
    deliver_all(wanted)
    return tuple(wanted)
