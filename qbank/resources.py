"""Where the bank, the templates and the fonts that come with qbank lie: in the wheel, or beside the package."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def folder(name: str) -> Path:
    """The shipped folder `questions` or `templates`. Raises FileNotFoundError when the installation lacks it."""
    package = Path(__file__).resolve().parent
    for candidate in (package / name, package.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"this installation of qbank has no folder {name!r}; reinstall it")
