"""What an exam measured, in Python: every table of `qbank stats` as a frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qbank import statistics
from qbank.model import Lang
from qbank.reports import measures

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True, repr=False)
class Measures:
    """The measures of those who sat an exam; docs/en/statistics.md explains each number."""

    paper: measures.Paper
    lang: Lang

    @property
    def reliability(self) -> statistics.Reliability:
        """Cronbach's α, its standard error, the standard error of a total, and α without each question."""
        return statistics.reliable(self.paper.items)

    @property
    def questions(self) -> pl.DataFrame:
        """A row a question and a part: facility and discrimination with their 95 % intervals, and what to look at."""
        return measures.questions(self.paper, self.lang)

    @property
    def options(self) -> pl.DataFrame:
        """A row an option of every choice: who took it, of the weakest and of the strongest."""
        return measures.options(self.paper, self.lang)

    @property
    def forms(self) -> pl.DataFrame:
        """Whether named forms differ, in total and by question. Raises ModuleNotFoundError without SciPy."""
        return measures.forms(self.paper)

    @property
    def parameters(self) -> pl.DataFrame:
        """Whether drawn values made a question harder, with --forms each. Raises ModuleNotFoundError without SciPy."""
        return measures.parameters(self.paper)

    @property
    def model(self) -> measures.Model:
        """The two-parameter model, or why there is none. Raises ModuleNotFoundError without SciPy."""
        return measures.model(self.paper)

    def __repr__(self) -> str:
        return f"Measures({self.paper.graded.exam.id!r}: {self.paper.count} candidates, {len(self.paper.placed)} items)"
