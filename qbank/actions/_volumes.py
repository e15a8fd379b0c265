"""Everybody's paper in files for the printer, in the order of the list: one after the other, each on its own sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from qbank.model import Lang
from qbank.papers import Exam

if TYPE_CHECKING:
    from qbank.outputs import Output

VOLUME = 100
"""Papers in one file."""


def tongues(exam: Exam) -> dict[str, tuple[Lang, ...]]:
    """The languages on each paper of a form, one or both, by what they add to the name of its file."""
    if exam.imprint.imposition.side_by_side or len(exam.langs) == 1:
        return {"": exam.langs}
    return {f".{lang}": (lang,) for lang in exam.langs}


def with_volumes(
    exam: Exam, output: Output, printed: Iterable[tuple[str, bytes]], total: int, *, first: int = 0
) -> Iterator[tuple[str, bytes]]:
    """So many printed papers, each by its name, and the volumes of them as soon as they are full, one a language.

    So many came `first`, in volumes of their own. With named forms, a volume holds a copy of the form for each
    candidate; without candidates there is none.
    """
    if exam.each:
        yield from _each(exam, output, printed, total, first)
        return
    papers = []
    for name, paper in printed:
        yield name, paper
        papers.append(paper)
    yield from _copies(exam, output, papers)


def _each(
    exam: Exam, output: Output, printed: Iterable[tuple[str, bytes]], total: int, first: int
) -> Iterator[tuple[str, bytes]]:
    langs = len(tongues(exam))
    volume: list[bytes] = []
    for place, (name, paper) in enumerate(printed, 1):
        yield name, paper
        volume.append(paper)
        if len(volume) == VOLUME * langs or place == total:
            last = first + len(volume) // langs
            for at, tongue in enumerate(tongues(exam)):
                yield _joined(exam, output, volume[at::langs], tongue, first)
            volume, first = [], last


def _copies(exam: Exam, output: Output, papers: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    langs, places = len(tongues(exam)), exam.taken()
    for first in range(0, len(places), VOLUME):
        for at, tongue in enumerate(tongues(exam)):
            copies = [papers[place * langs + at] for place in places[first : first + VOLUME]]
            yield _joined(exam, output, copies, tongue, first)


def _joined(exam: Exam, output: Output, papers: Sequence[bytes], tongue: str, first: int) -> tuple[str, bytes]:
    assert output.together is not None
    content = output.together(papers, tongues(exam)[tongue][0], exam.imprint.imposition)
    return f"all-{first + 1:03d}-{first + len(papers):03d}{tongue}", content
