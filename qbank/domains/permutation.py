"""Everything in an order: `{permutation: 5}` for 1 to 5, `{permutation: [2, 3, 5]}`, `{permutation: [A, B, C]}`."""

from __future__ import annotations

from pydantic import model_validator

from qbank.domains import _picks
from qbank.domains._common import Domain, DomainExample, DomainRecord, Quantity
from qbank.domains._picks import Options
from qbank.nodes import Path


class Spec(DomainRecord):
    """Whole numbers from 1, or different numbers or labels, in some order."""

    permutation: Options

    def numbers(self) -> tuple[tuple[Path, Quantity], ...]:
        """The numbers of the list, each with the path to it."""
        return _picks.placed("permutation", _picks.measured(self.permutation, self.unit))

    @model_validator(mode="after")
    def _numbers(self) -> Spec:
        _picks.measured(self.permutation, self.unit)
        return self


def table(spec: Spec) -> Domain:
    """A vector with each of them once."""
    given = spec.permutation
    return _picks.table(given, given if isinstance(given, int) else len(given), "ordered", spec.unit)


EXAMPLES = (
    DomainExample({"permutation": "3"}, 6, ("[1, 2, 3]", "[1, 3, 2]"), "1, 2, 3 in any order"),
    DomainExample({"permutation": ["2.5", "1k"]}, 2, ("[2.5, 1000]", "[1000, 2.5]"), "numbers of a list"),
    DomainExample({"permutation": ["5 V", "12 V"], "unit": "V"}, 2, ("[5, 12]", "[12, 5]"), "numbers with units"),
    DomainExample({"permutation": ["5 V", "12 V"]}, 2, ("[5 V, 12 V]", "[12 V, 5 V]"),
                  "without `unit:` they are labels"),
    DomainExample({"permutation": ["red", "blue"]}, 2, ("[red, blue]", "[blue, red]"), "labels"),
    DomainExample({"permutation": "10"}, 10, ("1", "2"), "3,628,800 orders, so each is drawn entry by entry", (10,)),
)  # fmt: skip
