"""Some of many, none twice: `{choose: 3, of: 10}` of 1 to 10, or `of:` a list of numbers or labels."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from qbank import messages
from qbank.domains import _picks
from qbank.domains._common import Domain, DomainExample, DomainRecord, Quantity, Whole
from qbank.domains._picks import Options
from qbank.nodes import Path


class Spec(DomainRecord):
    """How many to take, from what, and whether they keep the order of the list or that of the draw."""

    choose: Whole
    of: Options
    order: Literal["list", "drawn"] = Field(default="list")

    def numbers(self) -> tuple[tuple[Path, Quantity], ...]:
        """The numbers of the list, each with the path to it."""
        return _picks.placed("of", _picks.measured(self.of, self.unit))

    @model_validator(mode="after")
    def _enough(self) -> Spec:
        count = self.of if isinstance(self.of, int) else len(self.of)
        if not 1 <= self.choose <= count:
            raise ValueError(messages.tell("choose: must be from 1 to {most}, not {given}",
                                           most=count, given=self.choose))  # fmt: skip
        _picks.measured(self.of, self.unit)
        return self


def table(spec: Spec) -> Domain:
    """A vector of them, in the order of the list or as they were drawn."""
    return _picks.table(spec.of, spec.choose, "sorted" if spec.order == "list" else "ordered", spec.unit)


EXAMPLES = (
    DomainExample({"choose": "2", "of": "3"}, 3, ("[1, 2]", "[1, 3]", "[2, 3]"), "in the order of the list"),
    DomainExample({"choose": "2", "of": "3", "order": "drawn"}, 6, ("[1, 2]", "[1, 3]", "[2, 1]"), "in any order"),
    DomainExample({"choose": "2", "of": ["2", "3", "5"]}, 3, ("[2, 3]", "[2, 5]", "[3, 5]"), "numbers of a list"),
    DomainExample({"choose": "2", "of": ["1 kΩ", "2.2 kΩ", "470 Ω"], "unit": "Ω"}, 3, ("[1000, 2200]", "[1000, 470]"),
                  "numbers with units, where `unit:` is written"),
    DomainExample({"choose": "1", "of": ["and", "or"]}, 2, ("[and]", "[or]"), "labels"),
    DomainExample({"choose": "5", "of": "90"}, 90, ("1", "2"), "43,949,268 choices, so each is drawn entry by entry",
                  (5,)),
)  # fmt: skip
