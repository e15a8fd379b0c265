"""Results take their place, with the record that goes with them, in one step that any later run finishes.

The new results are written beside the exam's own as `.publish.….new/`. Renaming that to `.publish/` is the step: from
then on they count, and what is left to do is found and done by whatever run comes next. Where folders can be exchanged,
`results/` is there at every moment.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from qbank import messages
from qbank.files import unwritten
from qbank.model import Refused
from qbank.store._exchange import exchange
from qbank.store._paths import need_exam
from qbank.store._siblings import MARKER, discard, sibling
from qbank.store._trees import Content, create, refusals, sync, sync_tree, write

PUBLISH = ".publish"
RESULTS, HISTORY = "results", "history"


@dataclass(frozen=True, slots=True)
class Writing:
    """The right to write into an exam; only `writing` gives it, to one process at a time."""

    folder: Path


@dataclass(frozen=True, slots=True)
class Ready:
    """Results that are written and synced, and not published yet."""

    path: Path


@contextmanager
def prepared(folder: Path, files: Iterable[tuple[str, Content]]) -> Iterator[Ready]:
    """New results (`results/…`), whole and synced beside the exam's own; gone afterwards unless they are published.

    Raises Refused, and leaves everything as it was, when the folder is not an exam, a path lies elsewhere, or the disk
    is full.
    """
    folder = folder.absolute()
    need_exam(folder)
    new = sibling(folder / PUBLISH, "new")
    with refusals(folder):
        try:
            write(new, folder, _results(files))
            yield Ready(new)
        finally:
            discard(new)


def publish(exam: Writing, ready: Ready, *, records: Mapping[str, bytes] | None = None, add: bool = False) -> None:
    """Make the prepared results the exam's, the earlier ones `results/history/<n>/`.

    `records` (path → whole content) change in the same step. With `add`, what the earlier results hold besides is in
    the new ones as well. Raises Refused, and leaves everything as it was, when the disk is full.
    """
    folder, new = exam.folder, ready.path / RESULTS
    if add and (folder / RESULTS).is_dir():
        for entry in sorted((folder / RESULTS).iterdir()):
            if entry.name not in (HISTORY, MARKER) and not (new / entry.name).exists():
                _copy(entry, new / entry.name)
    for path, content in (records or {}).items():
        create(ready.path / path, content, mode=0o600)
    create(new / MARKER, b"", mode=0o600)
    if (folder / RESULTS).is_dir() and not (folder / RESULTS / HISTORY).exists():
        (new / HISTORY).mkdir(mode=0o700)  # so that nothing after the step needs room on the disk
    sync_tree(ready.path)
    ready.path.rename(folder / PUBLISH)
    sync(folder)
    try:
        finish(folder)
    except OSError as error:
        message = messages.tell("{folder}: the new results are kept, but could not be put in place: {reason}; the next "
                                "command does it", folder=folder, reason=unwritten(error))  # fmt: skip
        raise Refused(message) from error


def finish(folder: Path) -> None:
    """Do what is left of a publication; it can be stopped after any step, and called again. Needs the lock."""
    begun, results = folder / PUBLISH, folder / RESULTS
    if not begun.is_dir():
        return
    new, old = begun / RESULTS, begun / "old"
    for record in sorted(begun.glob("*.jsonl")):
        record.replace(folder / record.name)
    if (new / MARKER).exists():
        if not os.path.lexists(results):
            new.rename(results)
        elif not exchange(new, results):
            results.rename(old)
            new.rename(results)
    sync(folder)
    _archive(new if os.path.lexists(new) else old, results / HISTORY)
    (results / MARKER).unlink(missing_ok=True)
    begun.rmdir()
    sync(folder)


def begun(folder: Path) -> bool:
    """Whether a publication was begun and is not finished."""
    return (folder / PUBLISH).is_dir()


def _archive(old: Path, history: Path) -> None:
    """Move results that others replaced to the end of the history, which they had with them."""
    if not os.path.lexists(old):
        return
    if (old / HISTORY).is_dir() and not history.exists():
        (old / HISTORY).rename(history)
    history.mkdir(mode=0o700, exist_ok=True)  # only where the results are no folder
    number = max((int(run.name) for run in history.iterdir() if run.name.isdecimal()), default=0) + 1
    old.rename(history / str(number))


def _copy(source: Path, target: Path) -> None:
    """A copy of a file or folder, synced."""
    if source.is_dir():
        target.mkdir(mode=0o700)
        for entry in sorted(source.iterdir()):
            _copy(entry, target / entry.name)
        return
    shutil.copy2(source, target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _results(files: Iterable[tuple[str, Content]]) -> Iterator[tuple[str, Content]]:
    for path, content in files:
        if not path.startswith(f"{RESULTS}/") or path.startswith(f"{RESULTS}/{HISTORY}/"):
            raise Refused(messages.tell("{path!r} is not a path of results", path=path))
        yield path, content
