"""What the installation and the machine offer: shipped folders, in the wheel or beside the package, and processors."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

from qbank import messages


@cache
def folder(name: str) -> Path:
    """The shipped folder `questions` or `templates`. Raises FileNotFoundError when the installation lacks it."""
    package = Path(__file__).resolve().parent
    for candidate in (package / name, package.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(messages.tell("this installation of qbank has no folder {name!r}; reinstall qbank",
                                          name=name))  # fmt: skip


def processors() -> int:
    """How many processors this process may use: those it is bound to, where the system tells them."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return processes(os.cpu_count() or 1)


def processes(wanted: int) -> int:
    """So many processes, or as many as one process can wait for: on Windows 61."""
    return min(wanted, 61) if sys.platform == "win32" else wanted
