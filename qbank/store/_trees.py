"""Folders written whole and synced, before anything gives them a name."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from qbank import messages
from qbank.files import FULL, unwritten
from qbank.model import Refused
from qbank.store._paths import inside
from qbank.store._siblings import discard

_SECRET = ("private", "results")
"""The folders of an exam that are their owner's alone, as its journals are."""


Content: TypeAlias = bytes | Iterator[bytes] | Path
"""What a file is to hold: bytes, pieces of a long one, or a file of this run's own that is moved."""


def write(new: Path, target: Path, files: Iterable[tuple[str, Content]], *, secret: bool = False) -> None:
    """Write the files into a new folder that will be published as the target, and sync it.

    `private/` and `results/` are their owner's alone, with `secret` everything is. Raises Refused when the disk is
    full, and OSError; in both cases nothing stays.
    """
    total = 0
    try:
        new.mkdir(mode=0o700)
        for path, content in files:
            file = inside(new, path)
            own = secret or path.split("/", 1)[0] in _SECRET or path.endswith(".jsonl")
            _folders(new, file.parent, secret=own)
            create(file, content, mode=0o600 if own else 0o666)
            total += file.stat().st_size
        new.chmod(0o700 if secret else 0o777 & ~_umask())
        sync_tree(new)
    except OSError as error:
        discard(new)
        if error.errno in FULL:
            raise Refused(_full(target, total)) from error
        raise
    except BaseException:
        discard(new)
        raise


def create(file: Path, content: Content, *, mode: int) -> None:
    """Write and sync one new file. Raises FileExistsError when it is there."""
    if isinstance(content, Path):
        if os.path.lexists(file):
            raise FileExistsError(errno.EEXIST, "written twice", str(file))
        content.rename(file)
        file.chmod(mode)
        with file.open("rb+") as moved:
            os.fsync(moved.fileno())
        return
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    with os.fdopen(handle, "wb") as stream:
        for piece in (content,) if isinstance(content, bytes) else content:
            stream.write(piece)
        stream.flush()
        os.fsync(handle)


def sync(folder: Path) -> None:
    """Bring the names in a folder to the disk, so that a power cut does not take a rename back."""
    if sys.platform == "win32":
        return  # a folder cannot be synced there
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise  # some network file systems sync no folder
    finally:
        os.close(handle)


def sync_tree(root: Path) -> None:
    """Sync a folder and every folder in it, once each; the files in them are synced already."""
    for folder, _, _ in os.walk(root, topdown=False):
        sync(Path(folder))


@contextmanager
def refusals(folder: Path) -> Iterator[None]:
    """Turns what the disk refuses into a message about the folder."""
    try:
        yield
    except FileExistsError as error:
        name = Path(str(error.filename)).name
        raise Refused(messages.tell("{folder}: {name!r} is written twice", folder=folder, name=name)) from error
    except OSError as error:
        if error.errno in FULL:
            free = shutil.disk_usage(folder.parent).free / 2**20
            raise Refused(messages.tell("{folder}: the disk is full ({free:.1f} MiB are free); make room, then try "
                                        "again", folder=folder, free=free)) from error  # fmt: skip
        raise Refused(f"{folder}: {unwritten(error)}") from error


def _folders(root: Path, folder: Path, *, secret: bool) -> None:
    if folder != root and not folder.exists():
        _folders(root, folder.parent, secret=secret)
        folder.mkdir(mode=0o700 if secret else 0o777)


def _full(target: Path, total: int) -> str:
    free = shutil.disk_usage(target.parent).free
    return messages.tell("{folder}: the disk is full after {written:.1f} MiB, and more is needed; nothing was kept, "
                         "and {free:.1f} MiB are free now; make room or choose another disk", folder=target,
                         written=total / 2**20, free=free / 2**20)  # fmt: skip


def _umask() -> int:
    current = os.umask(0o077)
    os.umask(current)
    return current
