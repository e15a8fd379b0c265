"""Reading a file of a bank: regular files of bounded size that lie in the bank's folder, and nothing else.

A bank comes from colleagues. A link in it must not print the lines of a secret file in somebody's log, and a pipe, a
device or a gigabyte must not stop a check.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from qbank import messages
from qbank.model import Problem, Refused

MIB = 1024 * 1024
SIZE = MIB
"""The most bytes of a file of YAML."""
PICTURE = 5 * 1024 * 1024
"""The most bytes of a picture beside an item."""


@dataclass(frozen=True, slots=True)
class Source:
    """The file that a record was read from, as it was: what messages call it, and what it holds.

    `beside` reads a file beside it: a name to its bytes. What was sealed, or never was a file, has no `path`.
    """

    file: str
    text: bytes
    beside: Callable[[str], bytes] | None = field(default=None, compare=False, repr=False)
    path: Path | None = None


def read(path: Path, name: str, within: tuple[Path, ...] | None = None) -> Source:
    """A file of a bank, under the name that messages give it. Raises Refused with one problem.

    With `within`, the file must lie in one of these folders once every link is followed; so must those beside it,
    which otherwise lie in the file's own folder.
    """
    content = _content(path, name, within, SIZE)
    return Source(name, content, _beside(path, within or (path.absolute().parent,)), path.resolve())


def found(path: Path, real: str, name: str, within: tuple[Path, ...]) -> Source:
    """The same for a file of which it is known where it is; it must lie in one of these folders. Raises Refused."""
    try:
        inside = any(real.startswith(os.path.join(folder, "")) for folder in within)  # noqa: PTH118
        content = _bytes(real, name, SIZE) if inside else _content(path, name, within, SIZE)
    except OSError:  # why, is told by following its links again
        content = _content(path, name, within, SIZE)
    return Source(name, content, _beside(path, within), Path(real))


def _beside(path: Path, allowed: tuple[Path, ...]) -> Callable[[str], bytes]:
    def beside(other: str) -> bytes:
        return _content(path.parent / other, other, allowed, PICTURE)

    return beside


def _content(path: Path, name: str, within: tuple[Path, ...] | None, most: int) -> bytes:
    """The bytes of a regular file of bounded size. Raises Refused."""
    try:
        real = path.resolve(strict=True)
        if within is not None and not any(real.is_relative_to(folder.resolve()) for folder in within):
            raise Refused(Problem(
                "file.outside",
                messages.tell("{file}: is a link that leads out of the bank's folder, and was not read", file=name),
                proposal=messages.tell("put the file itself there"),
            ))  # fmt: skip
        return _bytes(os.fspath(real), name, most)
    except RuntimeError as error:
        message = messages.tell("{file}: cannot be read: its links form a circle", file=name)
        raise Refused(Problem("file", message)) from error
    except OSError as error:
        message = messages.tell("{file}: cannot be read: {reason}", file=name, reason=messages.reason(error))
        raise Refused(Problem("file", message)) from error


def _bytes(real: str, name: str, most: int) -> bytes:
    """What a regular file holds, which is not a link. Raises Refused, and OSError where it cannot be opened."""
    handle = os.open(real, _FLAGS)
    unfit = _unfit(os.fstat(handle), name, most)
    if unfit is not None:
        os.close(handle)
        raise Refused(unfit)
    with os.fdopen(handle, "rb") as file:
        return file.read(most + 1)  # a file may grow while it is read


def _unfit(about: os.stat_result, name: str, most: int) -> Problem | None:
    """Why what was opened is not read, or None."""
    if stat.S_ISREG(about.st_mode):
        if about.st_size <= most:
            return None
        message = messages.tell("{file}: has {size:,.1f} MiB; at most {most:g} MiB is allowed",
                                file=name, size=about.st_size / MIB, most=most / MIB)  # fmt: skip
        return Problem("yaml.size" if most == SIZE else "file.size", message)
    severity: Literal["error", "warning"] = "warning" if stat.S_ISDIR(about.st_mode) else "error"
    return Problem("file.irregular", _irregular(about.st_mode, name), severity=severity)


def _irregular(mode: int, name: str) -> str:
    if stat.S_ISDIR(mode):
        return messages.tell("{file}: is a folder, not a file, and was not read", file=name)
    if stat.S_ISFIFO(mode):
        return messages.tell("{file}: is a pipe, not a file, and was not read", file=name)
    if stat.S_ISSOCK(mode):
        return messages.tell("{file}: is a socket, not a file, and was not read", file=name)
    if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
        return messages.tell("{file}: is a device, not a file, and was not read", file=name)
    return messages.tell("{file}: is not a regular file, and was not read", file=name)


def _flag(name: str) -> int:
    """A flag of `os.open`, 0 on a system that has none of this name."""
    return int(vars(os).get(name, 0))


_FLAGS = os.O_RDONLY | _flag("O_NONBLOCK") | _flag("O_NOFOLLOW") | _flag("O_BINARY")
