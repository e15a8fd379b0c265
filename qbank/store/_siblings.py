"""The temporary siblings of a folder that is being written, and what dead runs left of them.

A sibling is `.midterm.<process>.new` while it is written, `.ready` when it is whole, `.old` when it gave up its name.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from pathlib import Path

_DAY = 86_400.0


def is_exam(folder: Path) -> bool:
    """Whether the folder is a sealed exam."""
    return (folder / "exam.yaml").is_file()


def sibling(target: Path, state: str) -> Path:
    """The sibling of this run in a state."""
    return target.with_name(f".{target.name}.{os.getpid()}.{state}")


def left(target: Path, state: str) -> list[Path]:
    """The siblings in a state that dead runs left."""
    pattern = re.compile(rf"\.{re.escape(target.name)}\.(\d+)\.{state}")
    found = [(path, pattern.fullmatch(path.name)) for path in target.parent.glob(".*")]
    return sorted(path for path, match in found if match and not _is_alive(int(match[1]), path))


def _is_alive(process: int, path: Path) -> bool:
    if process == os.getpid():
        return False  # one run writes one folder at a time: this is another process's number used again
    if sys.platform == "win32":  # there, asking a process for life ends it
        return time.time() - path.stat().st_mtime < _DAY
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def recover(folder: Path) -> None:
    """Finish what a run did that was killed between two renames."""
    if not folder.parent.is_dir():
        return
    for state in ("ready", "old"):
        for path in left(folder, state):
            if not folder.exists() and is_exam(path):
                path.rename(folder)


def remove_left(target: Path) -> None:
    """Remove every sibling that dead runs left."""
    for state in ("new", "ready", "old"):
        for path in left(target, state):
            shutil.rmtree(path)
