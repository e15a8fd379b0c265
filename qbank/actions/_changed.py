"""The files that changed since a revision of git."""

from __future__ import annotations

import subprocess
from pathlib import Path

from qbank import bank, messages
from qbank.bank import Bank
from qbank.model import Refused


def files(folder: Path, revision: str) -> frozenset[Path]:
    """The files below a folder that differ from a revision, and those that git does not know yet.

    Raises Refused outside a repository, without git, or for a revision that is not there.
    """
    try:
        top = Path(_git(folder, "rev-parse", "--show-toplevel", said="").strip())
    except Refused as refused:
        raise _Outside(messages.tell("{folder} is not in a git repository; --changed compares with a revision of a "
                                     "repository", folder=folder)) from refused  # fmt: skip
    unknown = messages.tell("the revision {revision!r} is not known to git; --changed takes a branch, a tag or a "
                            "commit such as HEAD~1", revision=revision)  # fmt: skip
    if revision.startswith("-"):
        raise Refused(unknown)
    _git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", said=unknown)
    differing = _git(folder, "diff", "--name-only", "-z", "--no-renames", revision, "--", ".",
                     said=messages.tell("'{command}' failed", command="git diff"))  # fmt: skip
    strange = _git(folder, "ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", ".",
                   said=messages.tell("'{command}' failed", command="git ls-files"))  # fmt: skip
    return frozenset((top / name).resolve() for name in (differing + strange).split("\0") if name)


def items(source: Bank, revision: str) -> tuple[str, ...]:
    """The items whose own file, the file of one of their circuits or pictures, or the settings of whose bank changed.

    Of several banks, those in no repository have not changed. Raises Refused where none is in one.
    """
    changed: set[Path] = set()
    outside: list[Refused] = []
    for folder in source.folders:
        try:
            changed |= files(folder, revision)
        except _Outside as refused:
            outside.append(refused)
    if len(outside) == len(source.folders):
        raise outside[0]
    names = {name for name, record in source.circuit_sources.items() if record.path in changed}
    banks = [path.parent.resolve() for path in source.settings if path.resolve() in changed]
    return tuple(
        name for name, item in source.items.items()
        if (path := source.sources[name].path) in changed
        or (path is not None and any(path.is_relative_to(folder) for folder in banks))
        or any(circuit in names for spec in item.figures.values() for circuit in spec.names)
        or (path is not None and any(path.parent / picture in changed for picture in bank.pictures(item)))
    )  # fmt: skip


class _Outside(Refused):
    """The folder is in no repository."""


def _git(folder: Path, *arguments: str, said: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    except FileNotFoundError as error:
        raise Refused(messages.tell("--changed needs git, which is not installed")) from error
    if done.returncode:
        raise Refused(said)
    return done.stdout
