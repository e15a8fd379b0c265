"""Exchanging two folders in one step, where the system can: no reader ever meets neither."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

_HERE, _EXCHANGE, _SWAP = -100, 2, 2  # AT_FDCWD, RENAME_EXCHANGE (Linux), RENAME_SWAP (macOS)


def exchange(one: Path, other: Path) -> bool:
    """Exchange the folders of two names, and return whether it was done; where it cannot be, nothing is changed."""
    names = os.fsencode(one), os.fsencode(other)
    system = _system()
    if system is None:
        return False
    if sys.platform == "darwin":
        return bool(system(*names, _SWAP) == 0)
    return bool(system(_HERE, names[0], _HERE, names[1], _EXCHANGE) == 0)


@cache
def _system() -> Any:
    """The system's own function, None where it has none."""
    if sys.platform == "win32":
        return None
    import ctypes

    name = "renamex_np" if sys.platform == "darwin" else "renameat2"
    return getattr(ctypes.CDLL(None, use_errno=True), name, None)
