"""The marks of an exam in Python, and what they show, as frames."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qbank import statistics as figures
from qbank.api._measures import Measures
from qbank.grading import Graded
from qbank.model import Lang, Problem

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True, repr=False)
class Results:
    """The marks of an exam, and what they show; every table is a Polars frame."""

    graded: Graded

    @property
    def marks(self) -> pl.DataFrame:
        """A row a candidate: the total, every section, every part, what waits."""
        from qbank.reports import marks

        return marks.frame(self.graded)

    @property
    def questions(self) -> pl.DataFrame:
        """A row a part: what it is worth, its facility and discrimination, blank and unreadable answers."""
        from qbank.reports import findings, questions

        return questions.frame(findings.of(self.graded), self._lang)

    @property
    def items(self) -> pl.DataFrame:
        """A row a question, all its parts together: its measures, by the fifths of the class too, and its flags."""
        from qbank.reports import findings, items

        return items.frame(findings.of(self.graded), self._lang)

    @property
    def answers(self) -> pl.DataFrame:
        """Every distinct answer to every part, with how many wrote it and what it earned."""
        from qbank.reports import answers, findings

        return answers.frame(findings.of(self.graded))

    @property
    def mistakes(self) -> pl.DataFrame:
        """What cost marks, part by part, the most frequent first."""
        from qbank.reports import findings, mistakes

        return mistakes.frame(findings.of(self.graded))

    @property
    def unreadable(self) -> pl.DataFrame:
        """The answers that a person has to look at, and why."""
        from qbank.reports import unreadable

        return unreadable.frame(self.graded, self._lang)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The warnings of the grading."""
        return self.graded.problems

    @property
    def summary(self) -> figures.Summary:
        """The distribution of the totals of those who sat it. Raises ValueError where there are none."""
        return figures.summary(figures.Spread.of(self.graded.totals()[self.graded.sat]))

    @property
    def measures(self) -> Measures:
        """What the exam measured: facility, discrimination, options, reliability, fairness, a model."""
        from qbank.reports import measures

        return Measures(measures.of(self.graded), self._lang)

    def report(self, lang: Lang | None = None) -> str:
        """The class report as a web page."""
        from qbank.reports import classreport

        return classreport.page(self.graded, lang or self._lang)

    @property
    def _lang(self) -> Lang:
        return self.graded.exam.langs[0]

    def __len__(self) -> int:
        return len(self.graded.candidates)

    def __repr__(self) -> str:
        away = "".join(f", {count} {word}" for word, count in self.graded.away("en").items())
        waiting = self.graded.undecided[0]
        return f"Results({self.graded.exam.id!r}: {len(self)} candidates{away}, {waiting} answers wait)"

    def _repr_html_(self) -> str:
        from qbank.outputs import html

        return html.framed(self.report(), 640)
