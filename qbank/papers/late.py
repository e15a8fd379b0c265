"""Candidates who come after an exam was sealed: the next seats, drawn from the items and the seed that were sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from qbank import messages, variants
from qbank.model import Array, Candidate, Column, Columns, Refused
from qbank.papers import seats
from qbank.papers.balancing import balanced
from qbank.papers.exam import Exam, Section
from qbank.variants import Variants

SAMPLE = 16
"""The number of sealed forms that show whether the true statements of a section were balanced."""


def enlarged(exam: Exam, late: Sequence[Candidate], *, spares: int = 0) -> Exam:
    """The exam with more candidates and spare papers; everyone who is on it keeps their paper.

    With a form for each, they get the next seats by their numbers, and what those seats would have got from the first;
    else the next of the named forms in turn. Raises Refused for spare papers of named forms.
    """
    candidates = (*exam.candidates, *late)
    if not exam.each:
        if spares:
            raise Refused(seats.no_spares())
        turns = np.arange(len(exam.candidates), len(candidates)) % len(exam.forms)
        return replace(exam, candidates=candidates, form_of=np.concatenate([exam.form_of, turns]))
    seated = seats.seating(candidates, spares=len(exam.spares) + spares, earlier=exam)
    rows = np.arange(len(exam.forms), len(seated.codes))
    return replace(
        exam, candidates=candidates, forms=seated.codes, form_of=seated.seat_of, spares=seated.spares,
        drawn=_drawn(exam, rows),
    )  # fmt: skip


def _drawn(exam: Exam, rows: NDArray[np.int64]) -> dict[str, Variants]:
    """Every item's variants with those of more forms after them."""
    more = {name: variants.make(drawn.item, exam.seed, rows) for name, drawn in exam.drawn.items()}
    for section in exam.sections:
        if _is_balanced(exam, section):
            more |= balanced([placed.item for placed in section.placed], more, exam.seed, rows)
    return {name: _after(drawn, more[name]) for name, drawn in exam.drawn.items()}


def _is_balanced(exam: Exam, section: Section) -> bool:
    """Whether the forms that were sealed are what balancing makes of them, and drawing alone does not."""
    items = [placed.item for placed in section.placed]
    rows = np.arange(min(len(exam.forms), SAMPLE))
    plain = {item.id: variants.make(item, exam.seed, rows) for item in items}
    even = {**plain, **balanced(items, plain, exam.seed, rows)}
    sealed = {item.id: exam.drawn[item.id] for item in items}
    same = partial(_alike, sealed, len(rows))
    return same(even) and not same(plain)


def _alike(sealed: dict[str, Variants], count: int, drawn: dict[str, Variants]) -> bool:
    """Whether the arrangements of the first forms are the same."""
    return all(
        np.array_equal(columns[name][:count], drawn[item].arrangements[part][name])
        for item, own in sealed.items() for part, columns in own.arrangements.items() for name in columns
        if name in drawn[item].arrangements[part]
    )  # fmt: skip


def _after(sealed: Variants, more: Variants) -> Variants:
    """Variants with others after them, in the columns that were sealed.

    Raises Refused where what is drawn today has another shape.
    """
    columns = {name: _column(sealed, name, column, more.columns[name]) for name, column in sealed.columns.items()}
    arrangements, keys = (
        {part: _appended(sealed, own, later[part]) for part, own in first.items()}
        for first, later in ((sealed.arrangements, more.arrangements), (sealed.keys, more.keys))
    )
    seat = _joined(sealed, "seat", sealed.seats, more.seats)
    return Variants(sealed.item, seat, columns, arrangements, keys)


def _column(sealed: Variants, name: str, first: Column, later: Column) -> Column:
    if first.labels != later.labels:
        places = [first.labels.index(label) if label in first.labels else -1 for label in later.labels]
        if not first.labels or -1 in places:
            raise Refused(messages.tell("{item}: this version of qbank draws {name!r} from other values than those "
                                        "sealed",
                                        item=sealed.item.id, name=name))  # fmt: skip
        later = Column(np.array(places, dtype=first.values.dtype)[later.values], first.labels)
    return replace(first, values=_joined(sealed, name, first.values, later.values))


def _appended(sealed: Variants, first: Columns, later: Columns) -> dict[str, Array]:
    for name in first:
        if name not in later:
            raise Refused(messages.tell("{item}: this version of qbank has no column {name!r}, which was sealed",
                                        item=sealed.item.id, name=name))  # fmt: skip
    return {name: _joined(sealed, name, array, later[name]) for name, array in first.items()}


def _joined(sealed: Variants, name: str, first: Array, later: Array) -> Array:
    if first.shape[1:] != later.shape[1:]:
        raise Refused(messages.tell("{item}: this version of qbank draws {name!r} in another shape than the one sealed",
                                    item=sealed.item.id, name=name))  # fmt: skip
    return np.concatenate([first, later.astype(first.dtype, copy=False)])
