"""Files that are added to the results of an exam, where these count everything that was recorded or added."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from qbank import messages, store
from qbank.actions import _sources
from qbank.actions.grade import Grading
from qbank.model import Refused


def add(folder: Path, done: Grading, files: Iterable[tuple[str, bytes]], *, command: str) -> None:
    """Add files (`results/…`) to the results that a grading gave, in one step; `command` is who makes them.

    Raises Refused when reviews or regrades came after these results, or when they change in the meantime.
    """
    need_newest(folder, done)
    with store.prepared(folder, files) as ready, store.writing(folder) as exam:
        if _sources.current(folder) != done.basis.record:
            raise Refused(messages.tell("{folder} was graded again in the meantime; nothing was kept; run 'qbank "
                                        "{command}' again", folder=folder, command=command))  # fmt: skip
        store.publish(exam, ready, add=True)


def need_newest(folder: Path, done: Grading) -> None:
    """Raise Refused unless the results count every addition, review and regrade."""
    if done.basis.record is None:
        raise Refused(messages.tell("{folder}: the results were made by an earlier version; first run: qbank grade "
                                    "{folder}", folder=folder))  # fmt: skip
    made = _sources.parsed(done.basis.record)
    if len(done.basis.seal) > len(made.seal) > 0:
        raise Refused(messages.tell("{folder}: candidates or papers were added since the results were made; first run: "
                                    "qbank grade {folder}", folder=folder))  # fmt: skip
    counted = made.used
    for path, content in done.basis.journals.items():
        if counted.get(path, _sources.used(b"")) != _sources.used(content):  # earlier versions knew fewer
            raise Refused(messages.tell("{folder}: the results are older than {path}; first run: qbank grade {folder}",
                                        folder=folder, path=path))  # fmt: skip
