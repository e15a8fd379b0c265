"""Writing an exam: into a temporary sibling, which then takes the name; what a killed run left is finished or removed.

Only a whole folder is ever given the name, so that no reader meets half of one.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from qbank.model import Refused
from qbank.store._reading import inside
from qbank.store._siblings import is_exam, left, recover, remove_left, sibling

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def seal(folder: Path, files: Iterable[tuple[str, bytes]], *, replace: bool = False) -> None:
    """Write a whole exam. `private/` is readable by its owner alone.

    Raises Refused, and leaves everything as it was, when the folder holds something else, holds an exam and `replace`
    is not said, when a path leads out of it, when `exam.yaml` is not among the files, or when the disk is full.
    """
    folder = folder.absolute()
    with _refusals(folder):
        recover(folder)
        _refuse_to_cover(folder, replace=replace)
        remove_left(folder)
        if folder.parent.is_file():
            raise Refused(f"{folder}: cannot be written: {folder.parent.name} is a file")
        folder.parent.mkdir(parents=True, exist_ok=True)
        ready, old = _written(folder, files), sibling(folder, "old")
        try:
            if not is_exam(ready):
                raise Refused(f"{folder}: an exam without exam.yaml is not sealed")
            if folder.exists():
                folder.rename(old)
            ready.rename(folder)
        finally:
            if old.exists() and not folder.exists():
                old.rename(folder)
            shutil.rmtree(ready, ignore_errors=True)
            shutil.rmtree(old, ignore_errors=True)


def write(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write results (`results/…`) into an exam; those that are there move to `results/history/<n>/`.

    Raises Refused, and leaves everything as it was, when the folder is no exam, when a path lies elsewhere, or when the
    disk is full.
    """
    folder = folder.absolute()
    results = folder / "results"
    with _refusals(folder):
        recover(folder)
        if not is_exam(folder):
            raise Refused(f"{folder}: not a sealed exam (it has no exam.yaml)")
        for ready in left(results, "ready"):
            _publish(ready, results)
        remove_left(results)
        _publish(_written(results, _below_results(files)), results)


def _below_results(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    for path, content in files:
        if not path.startswith("results/") or path.startswith("results/history/"):
            raise Refused(f"{path!r} is no path of results")
        yield path.removeprefix("results/"), content


def _publish(ready: Path, results: Path) -> None:
    """Make a whole folder the results; it can be stopped after any step, and called again."""
    for _ in range(8):  # another run may publish at the same time; then its results are the older ones
        history = ready / "history"
        if results.exists():
            earlier = results / "history"
            if earlier.exists() and not history.exists():
                earlier.rename(history)
            history.mkdir(exist_ok=True)
            number = max((int(run.name) for run in history.iterdir() if run.name.isdigit()), default=0) + 1
            results.rename(history / str(number))
        try:
            ready.rename(results)
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
        else:
            return
    raise Refused(f"{results}: other runs are writing results all the time; try again")


def _written(target: Path, files: Iterable[tuple[str, bytes]]) -> Path:
    """A whole sibling of the target that holds the files; when anything goes wrong, none stays."""
    new, ready = sibling(target, "new"), sibling(target, "ready")
    total = 0
    try:
        new.mkdir(mode=0o700)
        for path, content in files:
            file = inside(new, path)
            private = path.startswith("private/")
            _folders(new, file.parent, private=private)
            _create(file, content, mode=0o600 if private else 0o666)
            total += len(content)
        new.chmod(0o777 & ~_umask())
        new.rename(ready)
    except OSError as error:
        shutil.rmtree(new, ignore_errors=True)
        if error.errno in _FULL:
            raise Refused(_full(target, total)) from error
        raise
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    return ready


def _create(file: Path, content: bytes, *, mode: int) -> None:
    """Write one new file. Raises FileExistsError when it is there."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)


def _folders(root: Path, folder: Path, *, private: bool) -> None:
    if folder != root and not folder.exists():
        _folders(root, folder.parent, private=private)
        folder.mkdir(mode=0o700 if private else 0o777)


def _full(target: Path, total: int) -> str:
    free = shutil.disk_usage(target.parent).free
    return (
        f"{target}: the disk is full: {total / 2**20:.1f} MiB fitted, and that is not all; nothing was kept, "
        f"{free / 2**20:.1f} MiB are free now; make room or choose another disk"
    )


@contextmanager
def _refusals(folder: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError as error:
        raise Refused(f"{folder}: {Path(str(error.filename)).name!r} is written twice") from error
    except OSError as error:
        raise Refused(f"{folder}: cannot be written: {error.strerror or error}") from error


def _refuse_to_cover(folder: Path, *, replace: bool) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise Refused(f"{folder}: is a file; an exam is a folder")
    if not any(folder.iterdir()):
        return
    if not is_exam(folder):
        raise Refused(f"{folder}: is not empty and holds no exam; choose another folder")
    if not replace:
        held = "an exam with results" if (folder / "results").exists() else "an exam"
        raise Refused(f"{folder}: holds {held}; choose another folder, or replace it (--replace)")


def _umask() -> int:
    current = os.umask(0o077)
    os.umask(current)
    return current
