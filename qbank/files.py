"""A file written whole or not at all, outside the exam folders (whose files `store` writes)."""

from __future__ import annotations

import os
from pathlib import Path

from qbank import messages
from qbank.model import Refused

_IN_USE = frozenset({5, 32, 33})
"""ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of Windows."""


def put(path: Path, content: bytes, *, private: bool = False, synced: bool = True) -> None:
    """Write a file to a temporary sibling, which then takes the name; a `private` one only its owner can read.

    What need not outlive a power cut is not `synced`. Raises Refused with the path.

    >>> from tempfile import mkdtemp
    >>> path = Path(mkdtemp()) / "a.txt"
    >>> put(path, b"one")
    >>> path.read_bytes(), len(list(path.parent.iterdir()))
    (b'one', 1)
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with open(temporary, "wb", opener=_for_owner if private else None) as file:
            file.write(content)
            file.flush()
            if synced:
                os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise Refused(f"{path}: {unwritten(error)}") from error
    finally:
        temporary.unlink(missing_ok=True)


def unwritten(error: OSError) -> str:
    """Why something cannot be written; on Windows, where that may be because another program has it open, also so.

    >>> unwritten(PermissionError(13, "Permission denied"))
    'cannot be written: Permission denied'
    """
    reason = messages.reason(error)
    if getattr(error, "winerror", None) not in _IN_USE:
        return messages.tell("cannot be written: {reason}", reason=reason)
    return messages.tell("cannot be written: {reason}; if it is open in another program (Excel, a PDF reader, a "
                         "terminal), close it there, then try again", reason=reason)  # fmt: skip


def _for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
