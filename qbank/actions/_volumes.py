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


def tongues(exam: Exam) -> tuple[tuple[Lang, ...], ...]:
    """The papers of each form, by the languages on them: one in each, or one in both."""
    return (exam.langs,) if exam.imprint.imposition.side_by_side else tuple((lang,) for lang in exam.langs)


def with_volumes(
    exam: Exam, output: Output, printed: Iterable[tuple[str, bytes]], total: int
) -> Iterator[tuple[str, bytes]]:
    """So many printed papers, each by its name, and the volumes of them as soon as they are full, one a language.

    With named forms, a volume holds a copy of the form for each candidate; without candidates there is none.
    """
    if exam.each:
        yield from _each(exam, output, printed, total)
        return
    papers = []
    for name, paper in printed:
        yield name, paper
        papers.append(paper)
    yield from _copies(exam, output, papers)


def _each(
    exam: Exam, output: Output, printed: Iterable[tuple[str, bytes]], total: int
) -> Iterator[tuple[str, bytes]]:
    langs = len(tongues(exam))
    volume: list[bytes] = []
    first = 0
    for place, (name, paper) in enumerate(printed, 1):
        yield name, paper
        volume.append(paper)
        if len(volume) == VOLUME * langs or place == total:
            last = first + len(volume) // langs
            for at, (lang, *_) in enumerate(tongues(exam)):
                yield _joined(exam, output, volume[at::langs], lang, first)
            volume, first = [], last


def _copies(exam: Exam, output: Output, papers: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    langs, large = len(tongues(exam)), exam.large_prints()
    places = [
        len(exam.forms) + large.index(form) if candidate.accommodation.large_print else form
        for form, candidate in zip(exam.form_of.tolist(), exam.candidates, strict=True)
    ]
    for first in range(0, len(places), VOLUME):
        for at, (lang, *_) in enumerate(tongues(exam)):
            copies = [papers[place * langs + at] for place in places[first : first + VOLUME]]
            yield _joined(exam, output, copies, lang, first)


def _joined(exam: Exam, output: Output, papers: Sequence[bytes], lang: Lang, first: int) -> tuple[str, bytes]:
    assert output.together is not None
    content = output.together(papers, lang, exam.imprint.imposition)
    suffix = f".{lang}" if len(tongues(exam)) > 1 else ""
    return f"all-{first + 1:03d}-{first + len(papers):03d}{suffix}", content
