"""The files of one bank's folder, and the names that messages give them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from qbank import messages, resources
from qbank.bank import _files
from qbank.bank._files import Source
from qbank.bank._known import Known
from qbank.bank._places import Places, below, whole
from qbank.bank.settings import FILE, Settings, around, is_settings, usual
from qbank.bank.uses import SITTINGS
from qbank.model import Problem, Refused

CIRCUITS, BLUEPRINTS, TOPICS, POINTS = "circuits", "blueprints", "topics.yaml", "knowledge-points.yaml"
SHIPPED = "shipped"
"""The word for the bank that comes with qbank; a folder of that name is ./shipped."""
Read: TypeAlias = tuple[Source | None, tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class Folder:
    """A bank's folder, what its files are called from, and its settings."""

    path: Path
    name: str
    settings: Settings
    inner: tuple[Path, ...] = ()
    """The folders below it that are banks of their own, of which it reads nothing."""
    files: tuple[Path, ...] = ()
    """Everything called *.yaml in it."""
    places: Places = field(default_factory=Places)
    _allowed: dict[Path | None, tuple[Path, ...]] = field(default_factory=dict)

    def read(self, path: Path, root: Path | None = None) -> Read:
        """A file, or None with the problem why not; what is found below a folder must lie in it."""
        named, above = str(path), os.path.join(self.path, "")  # noqa: PTH118 - a bank has many files
        if named.startswith(above):
            named = os.path.join(self.name, named[len(above) :])  # noqa: PTH118
        try:
            if path == root:
                return _files.read(path, named), ()
            return _files.found(path, self.places.real(path), named, self._within(root)), ()
        except Refused as refused:
            return None, tuple(refused.problems)

    def _within(self, root: Path | None) -> tuple[Path, ...]:
        """The folders in which a file must lie that was found below one."""
        if root not in self._allowed:
            self._allowed[root] = (whole(self.path), whole(root or self.path))
        return self._allowed[root]

    def below(self, part: str) -> dict[Path, Read]:
        """Every file of the folder's part for circuits, blueprints or sittings, read."""
        return {path: self.read(path) for path in sorted((self.path / part).glob("*.yaml"))}

    def single(self, name: str) -> Read:
        """The file of that name, which a bank need not have."""
        path = self.path / name
        return self.read(path) if path.exists() or path.is_symlink() else (None, ())

    def item_files(self, only: Iterable[Path] | None) -> Iterator[tuple[Path, Path]]:
        """Every file that may hold an item, with the folder in which it was found (itself where it was named)."""
        own = whole(self.path)
        apart = frozenset({own / CIRCUITS, own / BLUEPRINTS, own / SITTINGS, *map(whole, self.inner)})
        roots = [self.path] if only is None else list(only)
        for root in roots:
            passed: dict[str, bool] = {}
            for path in self.files if root == self.path else below(root) if root.is_dir() else [root]:
                folder, name = os.path.split(path)
                if folder not in passed:
                    passed[folder] = self._is_apart(path.parent, root, apart)
                if passed[folder] or (name.startswith(".") and path != root) or _is_no_item(path, name):
                    continue
                if os.path.islink(path) and not apart.isdisjoint(whole(path).parents):  # noqa: PTH114
                    continue
                yield path, root

    def _is_apart(self, folder: Path, root: Path, apart: frozenset[Path]) -> bool:
        """Whether the files of a folder are not items: it is hidden, for other things, or an exam's with its own."""
        depth = len(folder.parts) - len(root.parts) if folder.is_relative_to(root) else -1
        inside = (folder, *folder.parents)[: depth + 1]
        real = whole(folder)
        return (
            any(each.name.startswith(".") for each in inside if each != root)
            or not apart.isdisjoint((real, *real.parents))
            or any((each / "exam.yaml").is_file() and (each / "private").is_dir() for each in inside)
        )


def _is_no_item(path: Path, name: str) -> bool:
    """Whether a file is not an item by its name."""
    return name in (TOPICS, POINTS) or (name == FILE and _holds_settings(path))


def named(bank: str | Path) -> Path:
    """The folder of a bank that a user names: the shipped one by its word, any other by its path."""
    return resources.folder("questions") if str(bank) == SHIPPED else Path(bank)


def opened(paths: Sequence[Path], known: Known) -> tuple[list[Folder], list[Problem]]:
    """The folders of several banks, in their order, and what is wrong with their settings.

    Raises Refused for a folder that is not there, and for two of which one is or holds the other.
    """
    for path in paths:
        if not path.is_dir():
            raise Refused(messages.tell("there is no folder {folder}; give the folder of your items with --bank",
                                        folder=path))  # fmt: skip
    for place, path in enumerate(paths):
        for other in paths[:place]:
            _apart(other, path)
    folders: list[Folder] = []
    problems: list[Problem] = []
    for path in paths:
        name = str(path) if any(path.name == other.name for other in folders) else path.name
        bare = Folder(path, name, usual())
        source, faults = bare.single(FILE)
        problems += faults
        settings = None
        if source is not None and is_settings(source.text):
            settings, found = known.settings(source)
            problems += found
        files = tuple(below(path))
        inner = tuple(each.parent for each in files
                      if each.name == FILE and each.parent != path and _holds_settings(each))  # fmt: skip
        folders.append(Folder(path, name, settings or usual(), inner, files))
        for each in inner:
            problems.append(Problem(
                "bank.inside",
                messages.tell("{folder}: is a bank inside the bank {bank}, and was not read as a part of it",
                              folder=each, bank=path),
                proposal=messages.tell("move one out of the other, or delete {file}", file=each / FILE),
            ))  # fmt: skip
    return folders, problems


def _apart(first: Path, second: Path) -> None:
    """Raise Refused unless two folders have no file in common."""
    one, other = whole(first), whole(second)
    if one == other:
        raise Refused(messages.tell("the banks {first} and {second} are the same folder; name it once",
                                    first=first, second=second))  # fmt: skip
    for inner, outer in ((first, second), (second, first)):
        if whole(inner).is_relative_to(whole(outer)):
            raise Refused(messages.tell("the bank {inner} is inside the bank {outer}; move it out, or name only one",
                                        inner=inner, outer=outer))  # fmt: skip


def _holds_settings(path: Path) -> bool:
    try:
        return is_settings(_files.read(path, str(path)).text)
    except Refused:
        return False


def settings_of(path: Path) -> Settings:
    """The settings of the bank in which a file lies; the usual ones where it lies in none."""
    home = around(path.absolute().parent)
    return usual() if home is None else settings_in(home)


def settings_in(folder: Path) -> Settings:
    """The settings of a bank; the usual ones where its own cannot be read."""
    return opened([folder], Known.of("settings", [folder]))[0][0].settings
