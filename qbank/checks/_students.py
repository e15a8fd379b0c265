"""Students who work as most do: from the printed values, rounding what they write down, or by a known approximation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from qbank import algebra, answers, marking, numerals, variants
from qbank.algebra import Expression
from qbank.answers import Band
from qbank.bank.item import Part
from qbank.bank.visible import visible
from qbank.model import Array, Column, Floats, take
from qbank.numerals import rounding
from qbank.variants import Scope, Variants

FIGURES = 3
"""The figures that a student keeps, unless the item asks for more or prints data with more."""
MOST = 4
"""The figures of printed data that count: a count of 65536 is exact, and five figures are not carried on."""
READ = 200
"""How many variants are written and marked, of those on which a value lies outside the band around its key."""


@dataclass(frozen=True, slots=True)
class Student:
    """How a student works: each derived value is rounded once or, at `every` step, inside a formula too.

    `instead` holds the formulas of an approximation for some derived names.
    """

    every: bool = False
    instead: Mapping[str, Expression] = field(default_factory=dict)


ROUNDING = (Student(), Student(every=True))
"""Who rounds each value on the way, or at every step."""


@dataclass(frozen=True, slots=True, eq=False)
class Loss:
    """A part that a student loses, or loses some of: on which share of the variants, and an answer that does."""

    part: Part
    share: float
    row: int
    text: str


def losses(drawn: Variants, student: Student, *, all_marks: bool = True) -> Iterator[Loss]:
    """The parts in which a student who works so loses marks (all of them unless `all_marks`), on which share.

    Values are compared with the bands around the keys, for all variants at once; where one lies outside, the answers
    to all parts are written and marked in earnest, so that accepted formulas and carried answers count.
    """
    item, count = drawn.item, len(drawn)
    figures = _figures(drawn)
    written = _written(drawn, student, figures)
    answered = {
        part.id: _answered(part, band, drawn, written, figures, student)
        for part in item.parts
        if (band := part.facts.band) is not None and part.facts.column and not band.tolerance.exact
    }
    outside = np.zeros(count, dtype=np.bool_)
    for name, values in answered.items():
        band = item.part(name).facts.band
        assert band is not None
        inside: Array = (drawn.keys[name][band.low] <= values) & (values <= drawn.keys[name][band.high])
        outside |= ~inside.reshape(count, -1).all(axis=1)
    rows = np.flatnonzero(outside)
    if not len(rows):
        return
    chosen = rows[np.linspace(0, len(rows) - 1, min(len(rows), READ)).astype(np.int64)]
    responses = {
        part.id: _texts(part, drawn, answered[part.id], chosen) if part.id in answered else [""] * len(chosen)
        for part in item.parts
    }
    marked = marking.mark(item, drawn, responses, chosen)
    for name in answered:
        credit = marked[name].credit
        lost = np.flatnonzero(credit < 1 if all_marks else credit <= 0)
        if len(lost):
            share = len(lost) / len(chosen) * len(rows) / count
            yield Loss(item.part(name), share, int(chosen[lost[0]]), responses[name][lost[0]])


def _figures(drawn: Variants) -> int:
    """As many as the values on the sheet have, and as the answers need."""
    item = drawn.item
    seen = visible(item)
    bands = [part.facts.band for part in item.parts]
    asked = [band.tolerance.sf for band in bands if band is not None and band.tolerance.sf]
    printed = [
        _longest(column.values, variants.unit_of(item, name))
        for name, column in drawn.columns.items()
        if name in seen and variants.exact(item, name) and not column.labels and column.values.dtype.kind == "f"
    ]
    return max((FIGURES, *asked, *(min(each, MOST) for each in printed)))


def _longest(values: Array, unit: str) -> int:
    """The most figures that one of the values has, in the unit that it prints in."""
    some = np.unique(values[np.isfinite(values)])[:1000].tolist()
    return max((len(numerals.in_unit(value, unit).normalize().as_tuple().digits) for value in some), default=0)


def _written(drawn: Variants, student: Student, figures: int) -> dict[str, Column]:
    """Every name's values as the student has them; what is printed on the sheet is taken from there."""
    item, count = drawn.item, len(drawn)
    seen = visible(item)
    columns = {name: drawn.columns[name] for name in item.parameters}
    for name in item.order:
        rule, sealed = item.derive[name], drawn.columns[name]
        if name in seen:
            columns[name] = Column(variants.as_printed(item, name, sealed.values), sealed.labels)
            continue
        if sealed.labels or sealed.values.dtype == np.bool_ or rule.labels is not None:
            columns[name] = sealed
            continue
        expression = student.instead.get(name, rule.value)
        value = algebra.evaluate(expression, columns, count, _rounding(figures) if student.every else None)
        counted = not rule.unit and Scope(count, drawn.columns, item).whole(expression)
        columns[name] = value if counted else Column(_rounded(value.values, figures, rule.unit))
    return columns


def _answered(
    part: Part, band: Band, drawn: Variants, written: Mapping[str, Column], figures: int, student: Student
) -> Floats:
    """(n, …) what the student answers, as the key is held: to the figures or decimals that are asked for."""
    count, column = len(drawn), part.facts.column
    values = variants.bind(drawn.item, part, written, drawn.arrangements[part.id], count)[column]
    if student.every and len(part.facts.keys) == 1:
        alone = algebra.evaluate(part.facts.keys[0].expression, written, count, _rounding(figures)).values
        values = alone if alone.shape == values.shape and alone.dtype == values.dtype else values
    tolerance = band.tolerance
    if tolerance.dp is not None:
        return rounding.rounded_in(band.unit, values, decimals=tolerance.dp)
    return _rounded(values, tolerance.sf or figures, band.unit)


def _texts(part: Part, drawn: Variants, values: Floats, rows: Array) -> Sequence[str]:
    """The values of some variants as their answer book would print them."""
    kind = answers.kind_of(part.kind)
    key = take(drawn.keys[part.id], rows) | {part.facts.column: values[rows]}
    arrangement = take(drawn.arrangements[part.id], rows)
    return [kind.show(part.answer, key, arrangement, row, "zh").text for row in range(len(rows))]


def _rounding(figures: int) -> Callable[[Array], Array]:
    return lambda values: _rounded(values, figures)


def _rounded(values: Array, figures: int, unit: str = "") -> Array:
    return rounding.rounded_in(unit, values, figures=figures) if values.dtype.kind in "fc" else values
