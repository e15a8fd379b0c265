"""What a corrected item would do to the marks of an exam, in Python, before it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qbank.actions import regrade
from qbank.model import Problem

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True, repr=False)
class Regraded:
    """A regrade that is not kept yet: whom it changes, and by how much."""

    folder: Path
    outcome: regrade.Outcome

    @property
    def changes(self) -> pl.DataFrame:
        """A row for each candidate whose marks of the item or whose total change, the first thousand of many."""
        import polars as pl

        numbers = ("before", "after", "total_before", "total_after")
        rows = [(each.candidate, each.name, *(float(getattr(each, name)) for name in numbers))
                for each in self.outcome.changes]  # fmt: skip
        schema = {"candidate": pl.String, "name": pl.String, **dict.fromkeys(numbers, pl.Float64)}
        return pl.DataFrame(rows, schema=schema, orient="row")

    @property
    def gain(self) -> int:
        """How many candidates gain by the item."""
        return self.outcome.compared.gain

    @property
    def lose(self) -> int:
        """How many candidates lose by the item."""
        return self.outcome.compared.lose

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is doubtful about the corrected item."""
        return self.outcome.doubts

    def keep(self) -> None:
        """Write the results after it and keep it for later gradings, as `qbank regrade --write` does."""
        regrade.keep(self.folder, self.outcome)

    def __len__(self) -> int:
        return self.outcome.compared.changed

    def __repr__(self) -> str:
        told = self.outcome.compared
        return f"Regraded({self.outcome.regrade.item!r}: {told.gain} gain, {told.lose} lose of {told.sat})"
