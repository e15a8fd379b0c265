"""Files that a person names: written whole or not at all, and never over what may be somebody's work.

A file that is there gives way to the same bytes, where qbank knows it as its own without anything filled in, and where
the person asked for it (`replace`); there is one rule for every command.
"""

from __future__ import annotations

import filecmp
from collections.abc import Callable, Mapping
from pathlib import Path

from qbank import files, messages, store
from qbank.model import Problem, Refused


def _page(path: Path) -> bool:
    """Whether a file is a web page of qbank, which nobody fills in."""
    from qbank.outputs import html

    with path.open("rb") as file:
        return html.is_own(file.read(html.HEAD))


def deliver(
    path: Path, content: bytes | Path, *, replace: bool | None = None, own: Callable[[Path], bool] = _page
) -> None:  # fmt: skip
    """Write a file that a person named, a long one as the copy of another; a link is followed.

    Raises Refused as `need_free` does.
    """
    need_free(path, content, replace=replace, own=own)
    target = path.resolve() if path.is_symlink() else path
    files.put(target, files.blocks(content) if isinstance(content, Path) else content)


def deliver_all(contents: Mapping[Path, bytes]) -> None:
    """Write several files, into folders that are made where they are missing, or none. Raises Refused."""
    for path, content in contents.items():
        need_free(path, content)
    for path, content in contents.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Refused(f"{path.parent}: {files.unwritten(error)}") from error
        deliver(path, content)


def need_free(
    path: Path, content: bytes | Path | None = None, *, replace: bool | None = None, own: Callable[[Path], bool] = _page
) -> None:  # fmt: skip
    """Raise Refused where a file may not be written: another is there, or the place is no file or an exam's own.

    With `replace`, the other one gives way; None stands for a command that cannot be asked to. `own` knows a file of
    qbank's that nobody has worked in.
    """
    files.need_regular(path, missing=True)
    folder = store.owner(path)
    if folder is not None:
        told = messages.tell("{file} is among the files of the exam {folder}, which only qbank writes", file=path,
                             folder=folder)  # fmt: skip
        raise Refused(Problem("file.exam", told, proposal=messages.tell("name a file outside the exam")))
    if replace or not path.exists() or _is(path, content):
        return
    try:
        if own(path):
            return
    except OSError as error:
        raise Refused(f"{path}: {files.unwritten(error)}") from error
    told = messages.tell("{file} already exists, and may be somebody's work", file=path)
    proposal = (messages.tell("name another file") if replace is None
                else messages.tell("name another file, or replace this one (--replace)"))  # fmt: skip
    raise Refused(Problem("file.there", told, proposal=proposal))


def _is(path: Path, content: bytes | Path | None) -> bool:
    """Whether a file holds these bytes already."""
    try:
        if isinstance(content, Path):
            return filecmp.cmp(path, content, shallow=False)
        return content is not None and path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False
