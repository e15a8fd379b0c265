"""A regrade applied to a grading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from qbank import marking, messages, registry
from qbank.bank.item import Item
from qbank.grading import Graded
from qbank.model import Marks, Problem, Refused, merge, total_marks
from qbank.papers import Exam
from qbank.regrades import Policy, Regrade
from qbank.regrading._corrected import corrected
from qbank.variants import Variants

SETTLING: tuple[Policy, ...] = ("full", "drop", "drop-rescale")
"""The policies that need no corrected item: the parts are worth the same to all."""


def regraded(graded: Graded, regrade: Regrade) -> Graded:
    """The grading after a regrade. Raises Refused when the corrected item does not fit what was on the papers."""
    item = graded.exam.drawn[regrade.item].item if regrade.item in graded.exam.drawn else None
    if item is None:
        unknown = registry.unknown(regrade.item, graded.exam.drawn)
        raise Refused(messages.tell("in this exam, the item {unknown}", unknown=unknown))
    for name in regrade.parts:
        if name not in [part.id for part in item.parts]:
            unknown = registry.unknown(name, [part.id for part in item.parts])
            raise Refused(messages.tell("{item}: the part {unknown}", item=item.id, unknown=unknown))
    chosen = frozenset(regrade.parts or (part.id for part in item.parts))
    if regrade.policy in SETTLING:
        return _settled(graded, item, chosen, regrade)
    exam, doubts = corrected(graded.exam, regrade.text, name=regrade.item)
    return _marked(graded, exam, item.id, chosen, regrade, doubts)


def _settled(graded: Graded, item: Item, chosen: frozenset[str], regrade: Regrade) -> Graded:
    columns = {
        placed.column(part): "full" if regrade.policy == "full" else "drop"
        for _, placed in graded.exam.placed() if placed.item.id == item.id
        for part in placed.item.parts if part.id in chosen
    }  # fmt: skip
    exam = graded.exam
    if regrade.policy != "full":
        exam = _without(exam, frozenset(columns), rescale=regrade.policy == "drop-rescale")
    settled = {**graded.settled, **columns}
    return replace(graded, exam=exam, settled=settled, regrades=(*graded.regrades, regrade))


def _without(exam: Exam, dropped: frozenset[str], *, rescale: bool) -> Exam:
    """The exam where these parts are worth nothing; `rescale` keeps the full total, so that the others count more.

    Raises Refused where nothing is left.
    """
    before = sum((section.marks for section in exam.sections), start=Fraction(0))
    sections = []
    for section in exam.sections:
        placed = tuple(
            replace(each, marks=tuple(
                Fraction(0) if each.column(part) in dropped else marks
                for part, marks in zip(each.item.parts, each.marks, strict=True)
            ))
            for each in section.placed
        )  # fmt: skip
        marks = sum((each.total for each in placed), start=Fraction(0))
        sections.append(replace(section, placed=placed, marks=marks))
    left = sum((section.marks for section in sections), start=Fraction(0))
    if not left:
        raise Refused(messages.tell("nothing would be left of the exam; the policy 'full' gives everyone the marks"))
    return replace(exam, sections=tuple(sections), total=exam.total if rescale else exam.total * left / before)


def _marked(
    graded: Graded, exam: Exam, name: str, chosen: frozenset[str], regrade: Regrade, doubts: Iterable[Problem]
) -> Graded:
    marked, earlier, settled = dict(graded.marked), dict(graded.earlier), dict(graded.settled)
    for section, placed in exam.placed():
        if placed.item.id != name:
            continue
        columns = {part.id: placed.column(part) for part in placed.item.parts}
        texts = {part: graded.read_as(column) for part, column in columns.items()}
        done = marking.mark(placed.item, exam.drawn[name], texts, graded.rows, section.rules)
        own = {part: column for part, column in columns.items() if part in chosen}
        if regrade.policy == "new":
            settled = {column: how for column, how in settled.items() if how != "full" or column not in own.values()}
        fresh = replace(graded, marked={**marked, **{own[part]: done[part] for part in own}}, settled=settled)
        old = {part: graded.marks(column) for part, column in own.items()}
        new = {part: fresh.marks(column) for part, column in own.items()}
        for part, stays in _stays(regrade.policy, old, new).items():
            steps = merge(stays, graded.marked[own[part]].steps, done[part].steps)
            marked[own[part]] = replace(done[part], steps=steps)
            earlier[own[part]] = (stays, graded)
        everyone = np.ones(len(graded.candidates), dtype=np.bool_)
        earlier |= {columns[part]: (everyone, graded) for part in columns.keys() - own.keys()
                    if _is_asked_otherwise(part, graded.exam.drawn[name], exam.drawn[name])}  # fmt: skip
    return replace(
        graded, exam=exam, marked=marked, earlier=earlier, settled=settled, regrades=(*graded.regrades, regrade),
        problems=(*graded.problems, *doubts),
    )  # fmt: skip


def _is_asked_otherwise(name: str, before: Variants, after: Variants) -> bool:
    """Whether a part's answer or its key on any paper is another one in the corrected item."""
    old, new = (next(part.answer for part in each.item.parts if part.id == name) for each in (before, after))
    keys, others = before.keys[name], after.keys[name]
    return old != new or keys.keys() != others.keys() or not all(
        np.array_equal(key, others[column], equal_nan=key.dtype.kind in "fc") for column, key in keys.items()
    )


def _stays(policy: Policy, old: Mapping[str, Marks], new: Mapping[str, Marks]) -> dict[str, NDArray[np.bool_]]:
    """(n,) for each part, where the earlier marking stays; what a person gave, or all were given, is in both."""
    if policy == "either":
        return {part: old[part].exceeds(new[part]) for part in new}
    if policy == "never-lower":
        count = len(next(iter(new.values())))
        lower = total_marks(list(old.values()), count).exceeds(total_marks(list(new.values()), count))
        return dict.fromkeys(new, lower)
    return {part: np.zeros(len(each), dtype=bool) for part, each in new.items()}
