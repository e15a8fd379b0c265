"""The marking scheme of one part on one variant."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from qbank import algebra
from qbank.bank.item import Part
from qbank.model import Problem, Refused
from qbank.variants._passages import holds
from qbank.variants._values import Variants


def scheme(drawn: Variants, part: Part, row: int, worth: Fraction) -> tuple[tuple[str, Fraction], ...]:
    """The steps of a part that exist on variant `row`, with their marks where the part is worth `worth`.

    They add up to the part exactly, as they do in the item. Raises Refused for a `when:` that is not a condition.
    """
    share = worth / part.marks if part.marks else Fraction(0)
    return tuple((name, line.marks * share) for name, line in part.steps.items() if _exists(drawn, line.when, row))


def _exists(drawn: Variants, when: algebra.Expression | None, row: int) -> bool:
    if when is None:
        return True
    one = {name: column.take(np.array([row])) for name, column in drawn.columns.items()}
    try:
        return bool(holds(drawn.item, when, one, 1)[0])
    except ValueError as error:
        raise Refused(Problem("item.steps", str(error), item=drawn.item.id)) from error
