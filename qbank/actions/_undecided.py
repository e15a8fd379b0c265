"""The marks that a review is about: of a large class, of those with something to decide and nobody else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qbank import messages, store
from qbank.actions import _pieces, _review_list
from qbank.actions._parted import Parted, is_parted, parted
from qbank.actions._pieces import Few, Job, Sealed
from qbank.actions._sources import last
from qbank.actions._watching import Watch, quietly
from qbank.actions.grade import grade
from qbank.grading import Graded
from qbank.intake import Sheet
from qbank.model import Marks


def open_answers(graded: Graded, column: str, *, steps: bool) -> NDArray[np.bool_]:
    """(n,) which answers to a part wait or are doubtful; with `steps`, also those whose working may earn marks."""
    _, part, worth = graded.exam.columns()[column]
    found = graded.waiting(column) | graded.doubtful(column)
    if steps and part.steps:
        full = Marks.full(len(found), worth)
        found = found | (graded.open(column) & full.exceeds(graded.machine(column)))
    return found


def to_decide(folder: Path, *, steps: bool = False, unsealed: bool = False, watch: Watch = quietly) -> Graded:
    """The marks of a class; of a large one, of those with an answer in `open_answers`. Raises Refused as `grade`."""

    def own(parts: Parted) -> Graded:
        return parts.of(parts.each(partial(_open, steps), messages.tell("marking"), watch=watch))

    return _graded(folder, own, unsealed=unsealed)


def decided(
    folder: Path, sheets: Sequence[Sheet], *, unsealed: bool = False, watch: Watch = quietly
) -> Graded:
    """The marks of a class; of a large one, of those in lists, and of who wrote the same. Raises Refused as `grade`."""
    told = [_review_list.named(sheet) for sheet in sheets]
    numbers = frozenset(number for each in told for number in each)

    def own(parts: Parted) -> Graded:
        what = messages.tell("reading")
        graded = parts.of(parts.each(partial(named, numbers, {}), what, watch=watch))
        rows = _review_list.places(graded)
        texts: dict[str, set[str]] = {}
        for number, columns in (line for each in told for line in each.items() if line[0] in rows):
            for column in columns & graded.texts.keys():
                texts.setdefault(column, set()).add(graded.texts[column][rows[number]].strip())
        return parts.of(parts.each(partial(named, numbers, texts), what, watch=watch)) if texts else graded

    return _graded(folder, own, unsealed=unsealed)


def _graded(folder: Path, own: Callable[[Parted], Graded], *, unsealed: bool) -> Graded:
    """The marks of everyone, or what is taken of a large class."""
    if not is_parted(last(folder)):
        return grade(folder, write=False, unsealed=unsealed)
    with store.workspace(folder) as work:
        return own(parted(folder, work, unsealed=unsealed))


def _open(steps: bool, exam: Sealed, job: Job) -> Few:
    """Those of a partition with something to decide."""
    marked = _pieces.again(exam, job)
    open_ = [open_answers(marked.graded, column, steps=steps) for column in marked.graded.marked]
    return Few.marked(job, np.flatnonzero(np.logical_or.reduce(open_)), marked)


def named(numbers: Collection[str], texts: Mapping[str, Collection[str]], exam: Sealed, job: Job) -> Few:
    """Those of a partition with one of the numbers, as they are now or were, or with one of the answers to a part."""
    table, who = _pieces.rows(exam, job)
    wanted = {*numbers, *map(exam.exam.number, numbers)}
    found = [each.id in wanted or each.id.lstrip("0") in wanted for each in who.candidates]
    for column, own in texts.items():
        same = [text.strip() in own for text in table.frame[column].to_list()]
        found = [before or (row >= 0 and same[row]) for before, row in zip(found, who.order.tolist(), strict=True)]
    return Few.of(job, np.flatnonzero(found), table, who)
