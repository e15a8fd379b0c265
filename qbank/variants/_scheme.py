"""The marking scheme of one part on one variant."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from qbank import algebra
from qbank.bank.item import Part
from qbank.variants._values import Variants


def scheme(drawn: Variants, part: Part, row: int, worth: Fraction) -> tuple[tuple[str, Fraction], ...]:
    """The steps of a part that exist on variant `row`, with their marks where the part is worth so much.

    They add up to the part exactly, as they do in the item.
    """
    share = worth / part.marks if part.marks else Fraction(0)
    return tuple((name, line.marks * share) for name, line in part.steps.items() if _exists(drawn, line.when, row))


def _exists(drawn: Variants, when: algebra.Expression | None, row: int) -> bool:
    if when is None:
        return True
    used = algebra.names(when)
    scope = {name: column.take(np.array([row])) for name, column in drawn.columns.items() if name in used}
    return bool(algebra.evaluate(when, scope, 1).values.all())
