"""Whose variant it was: the candidates whose papers showed some values, or some numbers wherever they are printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

import numpy as np

from qbank import algebra, messages, papers, registry, variants
from qbank.actions.grade import open_exam
from qbank.algebra import Expression
from qbank.bank.item import Item
from qbank.model import Candidate, Column, Refused
from qbank.papers import Exam, Sightings
from qbank.variants import Variants


@dataclass(frozen=True, slots=True)
class Found:
    """One form of one item that meets the conditions: its values as printed, and who had it."""

    item: str
    number: int
    form: str
    values: tuple[tuple[str, str], ...]
    candidates: tuple[Candidate, ...]


def trace(folder: Path, conditions: Sequence[str], *, item: str = "", unsealed: bool = False) -> tuple[Found, ...]:
    """The forms of the items on which every condition holds, such as "R1 = 4.7k" or "A < -20 and case == 'sat'".

    Values are compared as they are printed. An item that lacks a name of the conditions is passed over. Raises Refused
    for a condition that cannot be read, or whose names no item of the exam has.
    """
    exam = open_exam(folder, unsealed=unsealed)
    read = [_read(text) for text in conditions]
    if not read:
        raise Refused(messages.tell("nothing to look for; write --seen 4.7k --seen \"12 V\", or --where \"R1 = 4.7k\""))
    if item and item not in exam.drawn:
        raise Refused(messages.tell("in this exam, the item {unknown}", unknown=registry.unknown(item, exam.drawn)))
    wanted = frozenset[str]().union(*(algebra.names(each) for each in read))
    chosen = [placed for _, placed in exam.placed() if not item or placed.item.id == item]
    having = [placed for placed in chosen if wanted <= set(exam.drawn[placed.item.id].columns)]
    if not having:
        known = {name for placed in chosen for name in exam.drawn[placed.item.id].columns}
        for name in sorted(wanted - known):
            unknown = registry.unknown(name, known)
            if item:
                raise Refused(messages.tell("in {item}, the name {unknown}", item=item, unknown=unknown))
            raise Refused(messages.tell("in this exam, the name {unknown}", unknown=unknown))
        raise Refused(messages.tell("no item of this exam has all of {names}", names=messages.listed(sorted(wanted))))
    return tuple(
        _found(exam, placed.number, exam.drawn[placed.item.id], int(row))
        for placed in having
        for row in np.flatnonzero(_holds(read, exam.drawn[placed.item.id]))
    )


def seen(folder: Path, texts: Sequence[str], *, within: float = 0.0, unsealed: bool = False) -> Sightings:
    """The papers of an exam that print the most of some numbers, such as "4.7 kΩ", each within a share of itself."""
    return papers.sightings(open_exam(folder, unsealed=unsealed), texts, within=within)


def _read(text: str) -> Expression:
    """A condition; a single = is meant as ==."""
    try:
        return algebra.read(re.sub(r"(?<![<>=!])=(?!=)", "==", text))
    except algebra.ExpressionError as error:
        raise Refused(messages.tell("{text!r} is not a condition such as \"R1 = 4.7k\": {reason}", text=text,
                                    reason=error)) from error  # fmt: skip


def _holds(conditions: Sequence[Expression], drawn: Variants) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    columns = {name: _printed(drawn.item, name, column) for name, column in drawn.columns.items()}
    try:
        scope = variants.Scope(len(drawn), columns)
        held = [scope.evaluate(each).values for each in conditions]
    except algebra.ExpressionError as error:
        raise Refused(messages.tell("{item}: {reason}", item=drawn.item.id, reason=error)) from error
    if any(values.dtype != np.bool_ or values.ndim != 1 for values in held):
        raise Refused(messages.tell("a condition must be true or false for each variant, such as \"R1 = 4.7k\""))
    none = np.ones(len(drawn), dtype=np.bool_)
    return reduce(np.logical_and, (np.broadcast_to(values, len(drawn)) for values in held), none)


def _printed(item: Item, name: str, column: Column) -> Column:
    return column if column.labels else Column(variants.as_printed(item, name, column.values))


def _label(column: Column, row: int) -> str:
    """The label itself, by which one looks for it, whatever it prints as."""
    return ", ".join(column.labels[code] for code in np.ravel(column.values[row]).tolist()) if column.labels else ""


def _found(exam: Exam, number: int, drawn: Variants, row: int) -> Found:
    shown = variants.printed(drawn, row, "en")
    values = tuple((name, _label(column, row) or shown[name].text) for name, column in drawn.columns.items())
    who = tuple(each for each, form in zip(exam.candidates, exam.form_of, strict=True) if form == row)
    return Found(drawn.item.id, number, exam.forms[row], values, who)
