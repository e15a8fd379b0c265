"""The files of one bank's folder, and the names that messages give them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from qbank import resources
from qbank.bank import _files, reading
from qbank.bank._files import Source
from qbank.bank.settings import FILE, Settings, around, is_settings
from qbank.bank.sittings import SITTINGS
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

    def read(self, path: Path, root: Path | None = None) -> Read:
        """A file, or None with the problem why not; what is found below a folder must lie in it."""
        named = str(Path(self.name, path.relative_to(self.path))) if path.is_relative_to(self.path) else str(path)
        try:
            return _files.read(path, named, None if path == root else (self.path, root or self.path)), ()
        except Refused as refused:
            return None, tuple(refused.problems)

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
        apart = {own / CIRCUITS, own / BLUEPRINTS, own / SITTINGS, *map(whole, self.inner)}
        roots = [self.path] if only is None else list(only)
        for root in roots:
            for path in sorted(root.rglob("*.yaml")) if root.is_dir() else [root]:
                hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
                aside = not apart.isdisjoint(whole(path).parents) or _is_aside(path, root)
                if not hidden and not aside:
                    yield path, root


def named(bank: str | Path) -> Path:
    """The folder of a bank that a user names: the shipped one by its word, any other by its path."""
    return resources.folder("questions") if str(bank) == SHIPPED else Path(bank)


def opened(paths: Sequence[Path]) -> tuple[list[Folder], list[Problem]]:
    """The folders of several banks, in their order, and what is wrong with their settings.

    Raises Refused for a folder that is not there, and for two of which one is or holds the other.
    """
    for path in paths:
        if not path.is_dir():
            raise Refused(f"there is no folder {path}; --bank names the folder that holds your items")
    for place, path in enumerate(paths):
        for other in paths[:place]:
            _apart(other, path)
    folders: list[Folder] = []
    problems: list[Problem] = []
    for path in paths:
        name = str(path) if any(path.name == other.name for other in folders) else path.name
        bare = Folder(path, name, Settings())
        source, faults = bare.single(FILE)
        problems += faults
        settings = None
        if source is not None and is_settings(source.text):
            settings, found = reading.read(source, Settings)
            problems += found
        inner = tuple(each.parent for each in sorted(path.rglob(FILE)) if each.parent != path and _holds_settings(each))
        folders.append(Folder(path, name, settings or Settings(), inner))
        for each in inner:
            problems.append(Problem(
                "bank.inside", f"{each}: is a bank inside the bank {path}, and is not read as a part of it",
                proposal=f"move one out of the other, or delete {each / FILE}",
            ))  # fmt: skip
    return folders, problems


def _apart(first: Path, second: Path) -> None:
    """Raise Refused unless two folders have no file in common."""
    one, other = whole(first), whole(second)
    if one == other:
        raise Refused(f"the banks {first} and {second} are one folder; name it once")
    for inner, outer in ((first, second), (second, first)):
        if whole(inner).is_relative_to(whole(outer)):
            raise Refused(f"the bank {inner} lies inside the bank {outer}; move it out, or name one of the two")


def whole(path: Path) -> Path:
    """Where a path leads, or the path itself where its links go in a circle."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def _is_aside(path: Path, root: Path) -> bool:
    """Whether a file is no item by its name, or by the exam it belongs to, whose folder holds items as they were."""
    if path.name in (TOPICS, POINTS) or (path.name == FILE and _holds_settings(path)):
        return True
    above = [folder for folder in path.parents if folder.is_relative_to(root)]
    return any((folder / "exam.yaml").is_file() and (folder / "private").is_dir() for folder in above)


def _holds_settings(path: Path) -> bool:
    try:
        return is_settings(_files.read(path, str(path)).text)
    except Refused:
        return False


def settings_of(path: Path) -> Settings:
    """The settings of the bank in which a file lies; the usual ones where it lies in none."""
    home = around(path.absolute().parent)
    return Settings() if home is None else settings_in(home)


def settings_in(folder: Path) -> Settings:
    """The settings of a bank; the usual ones where its own cannot be read."""
    return opened([folder])[0][0].settings
