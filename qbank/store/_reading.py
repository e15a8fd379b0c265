"""The files of an exam folder as they are."""

from __future__ import annotations

from pathlib import Path

from qbank import messages
from qbank.model import Refused
from qbank.store._paths import inside, need_exam
from qbank.store._recovery import recover


def read(folder: Path, path: str) -> bytes:
    """The bytes of one file of an exam. Raises Refused when the folder is not an exam, or lacks the file."""
    target = inside(folder, path)
    need_exam(folder)
    content = content_of(target)
    if content is None:
        recover(folder)  # a run may be publishing at this moment
        content = content_of(target)
    if content is None:
        raise Refused(messages.tell("{folder}: this exam has no {path!r}; it is damaged or was made by another version",
                                    folder=folder, path=path))  # fmt: skip
    return content


def content_of(target: Path) -> bytes | None:
    """What a regular file holds, None where there is none. Raises Refused when it may not be read."""
    try:
        return target.read_bytes() if target.is_file() else None
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Refused(messages.tell("{path}: cannot be read: {reason}", path=target,
                                    reason=messages.reason(error))) from error  # fmt: skip
