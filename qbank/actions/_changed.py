"""The files that changed since a revision of git."""

from __future__ import annotations

import subprocess
from pathlib import Path

from qbank import papers
from qbank.bank import Bank
from qbank.model import Refused


def files(folder: Path, revision: str) -> frozenset[Path]:
    """The files below a folder that differ from a revision, and those that git does not know yet.

    Raises Refused outside a repository, without git, or for a revision that is not there.
    """
    top = Path(_git(folder, "rev-parse", "--show-toplevel", said=f"{folder} is in no git repository; "
                    "--changed compares with a revision of one").strip())
    known = "the revision {!r} is not known to git; --changed takes a branch, a tag or a commit such as HEAD~1"
    if revision.startswith("-"):
        raise Refused(known.format(revision))
    _git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", said=known.format(revision))
    differing = _git(folder, "diff", "--name-only", "-z", "--no-renames", revision, "--", ".", said="git diff failed")
    strange = _git(folder, "ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", ".",
                   said="git ls-files failed")
    return frozenset((top / name).resolve() for name in (differing + strange).split("\0") if name)


def items(source: Bank, folder: Path, revision: str) -> tuple[str, ...]:
    """The items whose own file, or the file of one of their circuits or pictures, changed."""
    changed = files(folder, revision)
    names = {name for name, record in source.circuit_sources.items() if _path(folder, record.file) in changed}
    return tuple(
        name for name, item in source.items.items()
        if _path(folder, source.sources[name].file) in changed
        or any(circuit in names for spec in item.figures.values() for circuit in spec.names)
        or any(
            _path(folder, source.sources[name].file).parent / picture in changed for picture in papers.pictures(item)
        )
    )


def _path(folder: Path, file: str) -> Path:
    """The file that a record names, which is relative to the folder's parent."""
    return (folder.resolve().parent / file).resolve()


def _git(folder: Path, *arguments: str, said: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    except FileNotFoundError as error:
        raise Refused("--changed needs git, and it is not installed") from error
    if done.returncode:
        raise Refused(said)
    return done.stdout
