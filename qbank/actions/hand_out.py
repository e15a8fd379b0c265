"""Write the data files of one question into a folder, to work with them."""

from __future__ import annotations

from pathlib import Path

from qbank import files, messages, sheets
from qbank.model import Refused
from qbank.sheets import Question


def hand_out(question: Question, folder: Path) -> tuple[Path, ...]:
    """The paths of the question's data files, written into a folder that is made where it is missing.

    Raises Refused, and writes nothing, where a file of that name is there and is another one, or the question has none.
    """
    wanted = {folder / each.name: each.content for each in sheets.attachments(question)}
    if not wanted:
        raise Refused(messages.tell("the question has no data file"))
    for path, content in wanted.items():
        if path.exists() and (not path.is_file() or path.read_bytes() != content):
            raise Refused(messages.tell("{path} already exists and is a different file; name another folder",
                                        path=path))  # fmt: skip
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(messages.tell("{path}: cannot be written: {reason}", path=folder,
                                    reason=messages.reason(error))) from error  # fmt: skip
    for path, content in wanted.items():
        files.put(path, content)
    return tuple(wanted)
