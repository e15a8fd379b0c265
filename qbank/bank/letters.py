"""What an item's own names can be, for the kinds of answer that compare formulas: its domains, drawn together.

The sample is the same on every machine and for every exam, so that a formula is right or wrong once and for all.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from qbank import algebra, answers, domains, formulas
from qbank.bank import visible, words
from qbank.domains import integers
from qbank.draws import Chance
from qbank.model import Column, Floats

if TYPE_CHECKING:
    from qbank.bank.item import Item, Part

_BEFORE_BLANK = re.compile(r"\$(?P<name>[^$=]{1,40})(?:=|\\to|\\approx)\s*\$\s*\[\[(?P<part>[\w-]+)\]\]")
ROWS = 512
"""How many combinations are drawn where there are more; of these, the ones that meet the requirements are taken."""


def joined(item: Item) -> tuple[Part, ...]:
    """The parts, the answers of which know of their item what their kinds ask for."""
    kinds = [answers.kind_of(part.kind) for part in item.parts]
    if not any(kind.join for kind in kinds):
        return item.parts
    letters = _Letters(item)
    return tuple(
        part if kind.join is None else
        part.model_copy(update={"answer": kind.join(part.answer, _Around(item, part, letters))})
        for part, kind in zip(item.parts, kinds, strict=True)
    )  # fmt: skip


@dataclass(frozen=True)
class _Letters:
    """What an item's names can be, drawn when it is first asked for."""

    item: Item

    @cached_property
    def columns(self) -> dict[str, Floats]:
        return sample(self.item)


@dataclass(frozen=True, slots=True)
class _Around:
    """One part's surroundings; see `answers.Around`."""

    item: Item
    part: Part
    letters: _Letters

    @property
    def others(self) -> frozenset[str]:
        return frozenset(
            name for other in self.item.parts if other is not self.part
            for name in (other.id, *answers.facts(other.answer).names, *_before(self.item, other))
        )  # fmt: skip

    @property
    def any_order(self) -> bool:
        return self.part.id in self.item.any_order

    @property
    def symbols(self) -> dict[str, str]:
        rules: dict[str, Any] = {**self.item.parameters, **self.item.derive}
        return {name: rule.symbol for name, rule in rules.items() if rule.symbol}

    @property
    def printed(self) -> frozenset[str]:
        return visible.numbers(self.item)

    @property
    def whole(self) -> frozenset[str]:
        rules = self.item.parameters.items()
        return frozenset(name for name, spec in rules if isinstance(spec, integers.Spec) and spec.counts)

    @property
    def worded(self) -> frozenset[str]:
        return frozenset(name for name in (*self.item.parameters, *self.item.derive) if words.of(self.item, name))

    @property
    def bases(self) -> dict[str, tuple[int, int]]:
        rules = {name: rule.value for name, rule in self.item.derive.items()}
        return {name: (value.base, value.width) for name, value in rules.items() if value.base != 10}

    def values(self, letters: Iterable[str]) -> dict[str, Floats]:
        shown = {name for name, spec in self.item.parameters.items() if not spec.hidden}
        return {name: values for name, values in self.letters.columns.items() if name in shown.union(letters)}


def _before(item: Item, part: Part) -> Iterator[str]:
    """What comes before a part's blank in the stem, as `A_{od}` in `$A_{od} =$ [[gain]]`."""
    for text in (item.stem["zh"], item.stem["en"]) if item.stem else ():
        for blank in _BEFORE_BLANK.finditer(text):
            if blank["part"] == part.id:
                yield blank["name"].strip()


def sample(item: Item) -> dict[str, Floats]:
    """(n,) values of every name that is a number, of the combinations that the item requires, no two alike."""
    columns = _drawn(item)
    rows = next((len(column) for column in columns.values()), ROWS)
    keep = np.ones(rows, dtype=bool)
    for condition in item.require:
        column = _evaluated(condition, columns, rows)
        if column is not None and column.values.dtype == np.bool_:
            keep &= column.values
    numbers = {name: column.values for name, column in columns.items()
               if not column.labels and not column.shape and not np.iscomplexobj(column.values)}  # fmt: skip
    return formulas.joint(numbers, keep.tolist() if keep.any() else None) if numbers else {}


def _drawn(item: Item) -> dict[str, Column]:
    chance = Chance("letters", item.id)
    tables = {name: domains.table(spec) for name, spec in item.parameters.items()}
    tables = {name: domain for name, domain in tables.items() if not domain.entries}
    total = math.prod(len(domain.values) for domain in tables.values())
    rows = np.arange(min(total, ROWS))
    columns: dict[str, Column] = {}
    step = 1
    for name, domain in tables.items():
        size = len(domain.values)
        place = rows // step % size if total <= ROWS else chance.below(name, size, rows)
        columns[name] = Column(domain.values[place], domain.labels)
        step *= size
    try:
        order = item.order
    except ValueError:  # a circle, which is a problem of its own
        return columns
    for name in order:
        column = _evaluated(item.derive[name].value, columns, len(rows))
        if column is not None:
            columns[name] = column
    return columns


def _evaluated(expression: algebra.Expression, columns: dict[str, Column], rows: int) -> Column | None:
    """The column of an expression; None where a name has none, which is a problem of its own."""
    try:
        return algebra.evaluate(expression, columns, rows)
    except algebra.ExpressionError:
        return None
