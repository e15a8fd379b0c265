"""Everybody's paper in files for the printer, in the order of the list: one after the other, each on its own sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from qbank.model import Lang
from qbank.papers import Exam

if TYPE_CHECKING:
    from qbank.outputs import Output, Workers

VOLUME = 100
"""Papers in one file."""
_Due: TypeAlias = tuple[str, Callable[[], bytes]]
"""A volume that is being joined: its name, and what waits for it."""


def tongues(exam: Exam) -> dict[str, tuple[Lang, ...]]:
    """The languages on each paper of a form, one or both, by what they add to the name of its file."""
    if exam.imprint.imposition.side_by_side or len(exam.langs) == 1:
        return {"": exam.langs}
    return {f".{lang}": (lang,) for lang in exam.langs}


def with_volumes(
    exam: Exam, output: Output, printed: Iterable[tuple[str, bytes]], total: int, workers: Workers, *, first: int = 0
) -> Iterator[tuple[str, bytes]]:
    """The `total` printed papers, each by its name, and their volumes, one a language: each when the next is full.

    `first` papers came before, in volumes of their own. With named forms, a volume holds a copy of the form for each
    candidate; without candidates there is none.
    """
    if exam.each:
        yield from _each(exam, output, printed, total, workers, first)
        return
    papers = []
    for name, paper in printed:
        yield name, paper
        papers.append(paper)
    yield from _copies(exam, output, papers, workers)


def _each(
    exam: Exam, output: Output, printed: Iterable[tuple[str, bytes]], total: int, workers: Workers, first: int
) -> Iterator[tuple[str, bytes]]:
    langs = len(tongues(exam))
    volume: list[bytes] = []
    due: list[_Due] = []
    for place, (name, paper) in enumerate(printed, 1):
        yield name, paper
        volume.append(paper)
        if len(volume) == VOLUME * langs or place == total:
            last = first + len(volume) // langs
            yield from _done(due)  # joined while these were printed
            due = [(_named(first, last - first, tongue), _joined(exam, output, volume[at::langs], tongue, workers))
                   for at, tongue in enumerate(tongues(exam))]  # fmt: skip
            volume, first = [], last
    yield from _done(due)


def _copies(exam: Exam, output: Output, papers: Sequence[bytes], workers: Workers) -> Iterator[tuple[str, bytes]]:
    """The volumes of copies; one that has the same papers in the same order as the one before is not joined again."""
    langs, taken = len(tongues(exam)), exam.taken()
    made: dict[str, tuple[list[int], bytes]] = {}
    for first in range(0, len(taken), VOLUME):
        places = taken[first : first + VOLUME]
        for at, tongue in enumerate(tongues(exam)):
            if tongue not in made or made[tongue][0] != places:
                copies = [papers[place * langs + at] for place in places]
                made[tongue] = places, _joined(exam, output, copies, tongue, workers)()
            yield _named(first, len(places), tongue), made[tongue][1]


def _named(first: int, count: int, tongue: str) -> str:
    return f"all-{first + 1:03d}-{first + count:03d}{tongue}"


def _joined(
    exam: Exam, output: Output, papers: Sequence[bytes], tongue: str, workers: Workers
) -> Callable[[], bytes]:
    """What waits for a volume, begun by one of the processes that print."""
    assert output.together is not None
    return workers.later(output.together, papers, tongues(exam)[tongue][0], exam.imprint.imposition)


def _done(due: Iterable[_Due]) -> Iterator[tuple[str, bytes]]:
    for name, content in due:
        yield name, content()
