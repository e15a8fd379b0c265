"""A file written whole or not at all, outside the exam folders (whose files `store` writes), and one that is text."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from qbank import messages
from qbank.model import Refused

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What a system says of a disk, or a user's share of it, that is full."""
_IN_USE = frozenset({5, 32, 33})
"""ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of Windows."""


_BLOCK = 1 << 20


def put(
    path: Path, content: bytes | Iterable[bytes], *, private: bool = False, synced: bool = True
) -> None:  # fmt: skip
    """Write a file to a temporary sibling, which then takes the name; a `private` one only its owner can read.

    A long one is given in blocks. What need not outlive a power cut is not `synced`. Raises Refused with the path.

    >>> from tempfile import mkdtemp
    >>> path = Path(mkdtemp()) / "a.txt"
    >>> put(path, b"one")
    >>> path.read_bytes(), len(list(path.parent.iterdir()))
    (b'one', 1)
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with open(temporary, "wb", opener=_for_owner if private else None) as file:
            file.writelines((content,) if isinstance(content, bytes) else content)
            file.flush()
            if synced:
                os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise Refused(f"{path}: {unwritten(error)}") from error
    finally:
        with suppress(OSError):  # a read-only disk refuses this as well, and what it refused first is told
            temporary.unlink(missing_ok=True)


def blocks(path: Path) -> Iterator[bytes]:
    """The bytes of a file of any length, a block after another."""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def text(path: Path) -> str:
    """The text of a file. Raises Refused for what is no file, and for one that is not UTF-8."""
    need_regular(path)
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(messages.tell("{file}: the text is not UTF-8; save the file as UTF-8", file=path)) from None


def need_regular(path: Path, *, missing: bool = False) -> None:
    """Raise Refused for a pipe, a device, a socket or a folder in the place of a file; it may be `missing`.

    >>> need_regular(Path(os.devnull))
    Traceback (most recent call last):
    qbank.model._problems.Refused: /dev/null is a device, not a file; save its content as a file, and name that
    """
    try:
        mode = path.stat().st_mode
    except OSError as error:
        if missing and isinstance(error, FileNotFoundError):
            return
        raise Refused(
            messages.tell("{file}: cannot be read: {reason}", file=path, reason=messages.reason(error))
        ) from error
    if stat.S_ISDIR(mode):
        raise Refused(messages.tell("{file} is a folder, not a file; name a file in it", file=path))
    if stat.S_ISFIFO(mode):
        raise Refused(messages.tell("{file} is a pipe, not a file; save its content as a file, and name that",
                                    file=path))  # fmt: skip
    if stat.S_ISSOCK(mode):
        raise Refused(messages.tell("{file} is a socket, not a file; name a file", file=path))
    if not stat.S_ISREG(mode):
        raise Refused(messages.tell("{file} is a device, not a file; save its content as a file, and name that",
                                    file=path))  # fmt: skip


def unwritten(error: OSError) -> str:
    """Why something cannot be written, and what to do about a full disk, a read-only one, or a file that is in use.

    >>> unwritten(PermissionError(13, "Permission denied"))
    'cannot be written: Permission denied'
    """
    reason = messages.reason(error)
    if getattr(error, "winerror", None) in _IN_USE:
        return messages.tell("cannot be written: {reason}; if it is open in another program (Excel, a PDF reader, a "
                             "terminal), close it there, then try again", reason=reason)  # fmt: skip
    if error.errno in FULL:
        return messages.tell("cannot be written: {reason}; make room on the disk, then try again", reason=reason)
    if error.errno == errno.EROFS:
        return messages.tell("cannot be written: {reason}; choose a place that is not read-only, or work on a copy "
                             "there", reason=reason)  # fmt: skip
    return messages.tell("cannot be written: {reason}", reason=reason)


def _for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
