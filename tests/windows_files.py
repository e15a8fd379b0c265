"""The rules of Windows for files, on this system: what it does not rename or remove while somebody has it open.

Windows renames no folder in which a file is open, removes and replaces no open file, renames onto nothing that is
there, and moves nothing from one drive to another. What this process has open, `/proc` tells; other programs are files
that a test holds open.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qbank.store import _exchange, _lock

PROC = Path("/proc/self")


class Denied(PermissionError):
    """What Windows raises, with its own number."""

    def __init__(self, number: int, path: str) -> None:
        super().__init__(errno.EACCES, "Access is denied" if number == 5 else "Used by another process", path)
        self.winerror = number


def opened() -> set[str]:
    """The files that this process has open, or mapped into its memory."""
    found = set()
    for handle in (PROC / "fd").iterdir():
        try:
            found.add(str(handle.readlink()))
        except FileNotFoundError:
            continue  # the handle that lists them
    mapped = (line.split(maxsplit=5) for line in (PROC / "maps").read_text(encoding="utf-8").splitlines())
    found |= {line[5] for line in mapped if len(line) == 6}
    return {path for path in found if Path(path).is_file()}


def lay_down(patch: pytest.MonkeyPatch, drive: Path) -> None:
    """From now on these rules hold; the temporary files are on a drive of their own."""
    drive.mkdir()
    patch.setattr(tempfile, "tempdir", str(drive))
    patch.setattr(_exchange, "_system", lambda: None)
    patch.setattr(_lock, "moves_open", lambda: False)

    def moving(real: Callable[..., None], *, replaces: bool) -> Callable[..., None]:
        def move(source: Any, target: Any, **places: int) -> None:
            one, other = os.path.realpath(source), os.path.realpath(target)
            _need_closed(one)
            if one.startswith(f"{drive}/") != other.startswith(f"{drive}/"):
                raise OSError(errno.EXDEV, "Not the same drive", one)
            if os.path.lexists(target):
                if not replaces:
                    raise FileExistsError(errno.EEXIST, "It is there already", other)
                _need_closed(other)
                if Path(target).is_dir():
                    raise Denied(5, other)
            real(source, target, **places)

        return move

    def removing(real: Callable[..., None]) -> Callable[..., None]:
        def remove(path: Any, *, dir_fd: int | None = None) -> None:
            folder = Path() if dir_fd is None else (PROC / "fd" / str(dir_fd)).readlink()
            _need_closed(os.path.realpath(folder / os.fsdecode(path)))
            real(path, dir_fd=dir_fd)

        return remove

    patch.setattr(os, "rename", moving(os.rename, replaces=False))
    patch.setattr(os, "replace", moving(os.replace, replaces=True))
    for name in ("remove", "unlink"):
        patch.setattr(os, name, removing(getattr(os, name)))


def _need_closed(path: str) -> None:
    for each in opened():
        if each == path:
            raise Denied(32, path)
        if each.startswith(f"{path}/"):
            raise Denied(5, path)
