"""What an exam folder holds, and the digests by which a change to it is seen."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from qbank.model import Refused
from qbank.store._siblings import is_exam, recover

HISTORY = "results/history"


def read(folder: Path, path: str) -> bytes:
    """The bytes of one file of an exam. Raises Refused when the folder is no exam, or lacks the file."""
    target = inside(folder, path)
    _need_exam(folder)
    try:
        return target.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise Refused(f"{folder}: this exam has no {path!r}; it is damaged, or of another version") from None
    except OSError as error:
        raise Refused(f"{target}: cannot be read: {error.strerror or error}") from error


def files(folder: Path, under: str = "") -> Iterator[tuple[str, bytes]]:
    """The files of an exam below a path, in order, earlier results left out. Raises Refused when it is no exam."""
    _need_exam(folder)
    start = inside(folder, under) if under else folder
    for found in sorted(start.rglob("*")):
        path = found.relative_to(folder).as_posix()
        hidden = any(part.startswith(".") for part in Path(path).parts)
        if found.is_file() and not hidden and not path.startswith(f"{HISTORY}/"):
            yield path, read(folder, path)


def fingerprint(path: str, content: bytes) -> str:
    """The name of one file with this content: 64 hexadecimal digits of BLAKE2b over both.

    >>> fingerprint("exam.yaml", b"")[:8]
    'fb94ec0e'
    """
    start = f"{len(path.encode())}:{path}:".encode()
    return hashlib.blake2b(start + content, digest_size=32).hexdigest()


def digest(fingerprints: Iterable[str]) -> str:
    """One name for a set of files, whatever their order.

    >>> digest(["b", "a"]) == digest(["a", "b"]) != digest(["ab"])
    True
    """
    return hashlib.blake2b("\n".join(sorted(fingerprints)).encode(), digest_size=32).hexdigest()


def inside(folder: Path, path: str) -> Path:
    """The file that a relative path names. Raises Refused for a path that leads, or could lead, out of the folder.

    >>> inside(Path("midterm"), "private/../../x")
    Traceback (most recent call last):
    qbank.model.Refused: 'private/../../x' is no path within an exam
    """
    parts = path.split("/")
    if any(part in ("", ".", "..") or re.search(r'[\\:\x00-\x1f<>"|?*]', part) for part in parts):
        raise Refused(f"{path!r} is no path within an exam")
    return folder.joinpath(*parts)


def _need_exam(folder: Path) -> None:
    if not folder.exists():
        recover(folder.absolute())  # a run may have been killed between two renames
    if not is_exam(folder):
        raise Refused(f"{folder}: not a sealed exam (it has no exam.yaml)")
