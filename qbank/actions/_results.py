"""Files that are added to the results of an exam, where these count everything that was recorded or added."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from qbank import messages, store
from qbank.actions import _sources
from qbank.actions._sources import Basis
from qbank.model import Refused
from qbank.store import Content


def add(folder: Path, basis: Basis, files: Iterable[tuple[str, Content]], *, command: str) -> None:
    """Add files (`results/…`) to the results on a basis, in one step; `command` is who makes them.

    Raises Refused when reviews or regrades came after these results, or when they change in the meantime.
    """
    need_newest(folder, basis)
    with store.prepared(folder, files) as ready, store.writing(folder) as exam:
        if _sources.current(folder) != basis.record:
            raise Refused(messages.tell("{folder} was graded again in the meantime; nothing was kept; run 'qbank "
                                        "{command}' again", folder=folder, command=command))  # fmt: skip
        store.publish(exam, ready, add=True)


def need_newest(folder: Path, basis: Basis) -> None:
    """Raise Refused unless the results count every addition, review and regrade."""
    if basis.record is None:
        raise Refused(messages.tell("{folder}: the results were made by an earlier version; first run: qbank grade "
                                    "{folder}", folder=folder))  # fmt: skip
    made = _sources.parsed(basis.record)
    if len(basis.seal) > len(made.seal) > 0:
        raise Refused(messages.tell("{folder}: candidates or papers were added since the results were made; first run: "
                                    "qbank grade {folder}", folder=folder))  # fmt: skip
    counted = made.used
    for path, content in basis.journals.items():
        if counted.get(path, _sources.used(b"")) != _sources.used(content):  # earlier versions knew fewer
            raise Refused(messages.tell("{folder}: the results are older than {path}; first run: qbank grade {folder}",
                                        folder=folder, path=path))  # fmt: skip
