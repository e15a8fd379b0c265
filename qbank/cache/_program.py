"""What decides what an author's file means, besides the file: this program, its plug-ins, Python and every library."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import qbank
from qbank import registry


@cache
def program() -> bytes:
    """A digest of the code that reads records: it is another as soon as any of it is another.

    Of this program and of the packages that add kinds to it: every file's name, size, inode and times, of which the
    system sets one by itself at every change. Of everything else that is installed: its name with its version.
    """
    state = hashlib.blake2b(f"{qbank.__version__} {sys.version} {sys.byteorder}".encode(), digest_size=20)
    for each in registry.distributions():
        state.update(f"{each}\n".encode())
    for home in (Path(qbank.__file__).parent, *registry.outside_packages()):
        state.update(f"{home}\n".encode())
        for line in sorted(_files(os.fspath(home))) if home.is_dir() else [_line(str(home), home.stat())]:
            state.update(line.encode("utf-8", "surrogateescape"))
    return state.digest()


def _files(home: str) -> Iterator[str]:
    """A line for each file of a package."""
    with os.scandir(home) as found:
        for each in found:
            if each.is_dir():
                if each.name != "__pycache__":
                    yield from _files(each.path)
            else:
                yield _line(each.path, each.stat())


def _line(path: str, about: os.stat_result) -> str:
    return f"{path} {about.st_size} {about.st_ino} {about.st_mtime_ns} {about.st_ctime_ns}\n"
