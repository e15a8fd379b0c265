"""Where the files of a bank lie: folders walked once, and links followed once a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


def whole(path: Path) -> Path:
    """Where a path leads, or the path itself where its links go in a circle."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


@dataclass(frozen=True, slots=True)
class Places:
    """Where files lead, each of their folders asked of the system once; for as long as one reading of a bank.

    In plain texts, for a bank has many files: a `Path` costs more than to read a small one.
    """

    _folders: dict[str, str] = field(default_factory=dict)

    def real(self, path: Path) -> str:
        """Where a file is, as `whole` gives it."""
        told = os.fspath(path)
        if os.path.islink(told):  # noqa: PTH114
            return os.fspath(whole(path))
        folder, name = os.path.split(told)
        found = self._folders.get(folder)
        if found is None:
            found = self._folders[folder] = os.path.join(whole(Path(folder)), "")  # noqa: PTH118
        return found + name


def below(root: Path) -> list[Path]:
    """Everything called *.yaml below a folder, however deep, in the order of the paths; links are not followed."""
    return [root.joinpath(*parts) for parts in sorted(_below(os.fspath(root), ()))]


def _below(folder: str, parts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    try:
        with os.scandir(folder) as found:
            entries = list(found)
    except OSError:  # it cannot be listed
        return
    for entry in entries:
        own = (*parts, entry.name)
        if os.path.normcase(entry.name).endswith(".yaml"):
            yield own
        if entry.is_dir(follow_symlinks=False):
            yield from _below(entry.path, own)
