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
    """Where paths lead, asked of the system once for each folder; for as long as one reading of a bank."""

    _folders: dict[Path, Path] = field(default_factory=dict)

    def folder(self, path: Path) -> Path:
        """Where a folder is, as `whole` says it."""
        found = self._folders.get(path)
        if found is None:
            found = self._folders[path] = whole(path)
        return found

    def file(self, path: Path) -> Path:
        """Where a file is, as `whole` says it."""
        return whole(path) if os.path.islink(path) else self.folder(path.parent) / path.name  # noqa: PTH114


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
