"""The tally of a grading: everything that the figures of its report are computed from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qbank.grading import Graded
from qbank.model import Lang, Marks, State, away, total_marks
from qbank.reports import measures, mistakes, stepmarks
from qbank.reports.tally._classes import Class, classes
from qbank.reports.tally._earned import Answered, Earned, answered, earned
from qbank.reports.tally._hands import Hands, hands
from qbank.reports.tally._options import Option, options
from qbank.statistics import Moments, Spread, ranked


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Counts and exact sums over the candidates of a grading; save for `candidates` and `states`, of those who sat.

    `exact` are the totals before they are rounded, `highest` the rounded ones if everything that waits earned full
    marks. `earned` has every part by its column, every question of several parts as Q7, every section as
    `section 1`; the layers of a part with `options` count who saw each of them, then who took it. `moments` are those
    of the marks of the questions that count.
    """

    candidates: int
    states: Mapping[State, int]
    totals: Spread
    highest: Spread
    exact: Spread
    earned: Mapping[str, Earned]
    options: Mapping[str, tuple[Option, ...]]
    moments: Moments
    classes: Mapping[str, Class]
    carried: int
    hands: Hands
    mistakes: Mapping[mistakes.Key, mistakes.Count]
    steps: Mapping[tuple[str, str], stepmarks.Step]

    @property
    def sat(self) -> int:
        """How many sat the exam."""
        return len(self.totals)

    def away(self, lang: Lang) -> dict[str, int]:
        """How many did not sit the exam, by the word for it; the absent always."""
        return away(self.states, lang)

    def undecided(self, columns: Sequence[str]) -> tuple[int, int]:
        """How many answers to these parts wait for a person, and how many others are doubtful."""
        own = [self.earned[column] for column in columns]
        return sum(each.waiting for each in own), sum(each.doubtful for each in own)


def of(graded: Graded) -> Tally:
    """The tally of one grading."""
    exam, sat = graded.exam, np.flatnonzero(graded.sat)
    parts = {column: answered(graded, column, sat) for column in exam.columns()}
    exact = graded.exact()[sat]
    totals, step = ranked(exact), exam.rules.round_to
    rounded = exact.rounded(step)
    waits = any(each.waiting.any() for each in parts.values())
    raised = total_marks([each.highest for each in parts.values()], len(sat)).times(graded.scale).rounded(step)
    highest = raised if waits else rounded
    paper = measures.of(graded)
    counted: dict[str, Earned] = {}
    chosen: dict[str, tuple[Option, ...]] = {}
    for column, own in parts.items():
        layers, told = options(paper, column)
        counted[column] = earned([own], totals, len(sat), layers)
        chosen |= {column: told} if told else {}
    for name, columns in _groups(graded).items():
        counted[name] = earned([parts[column] for column in columns], totals, len(sat))
    questions = [[placed.column(part) for part in placed.item.parts] for _, placed in exam.placed()]
    kept = [own for own in questions if not all(graded.settled.get(column) == "drop" for column in own)]
    sections = [[placed.column(part) for placed in section.placed for part in placed.item.parts]
                for section in exam.sections]  # fmt: skip
    return Tally(
        len(graded.candidates), Counter(graded.states), Spread.of(rounded), Spread.of(highest), Spread.of(exact),
        counted, chosen, Moments.of([_sum(parts, own, len(sat)) for own in kept], len(sat)),
        classes([graded.candidates[row].group for row in sat.tolist()], rounded, highest,
                [_sum(parts, own, len(sat)) for own in sections],
                sum((each.waiting.astype(np.int64) for each in parts.values()), start=np.zeros(len(sat), np.int64))),
        sum(int((marked.carried & graded.sat).sum()) for marked in graded.marked.values()), hands(graded),
        mistakes.counted(graded), stepmarks.counted(graded),
    )  # fmt: skip


def together(parts: Sequence[Tally]) -> Tally:
    """The tally of the whole class, from those of its parts in the order of the candidates; they are of one exam."""
    first = parts[0]
    if len(parts) == 1:
        return first
    named = dict.fromkeys(name for each in parts for name in each.classes)
    return Tally(
        sum(each.candidates for each in parts), sum((Counter(each.states) for each in parts), start=Counter()),
        Spread.together([each.totals for each in parts]), Spread.together([each.highest for each in parts]),
        Spread.together([each.exact for each in parts]),
        {name: Earned.together([each.earned[name] for each in parts]) for name in first.earned},
        {column: tuple(_either([each.options[column][place] for each in parts]) for place in range(len(own)))
         for column, own in first.options.items()},
        Moments.together([each.moments for each in parts]),
        {name: Class.together([each.classes[name] for each in parts if name in each.classes]) for name in named},
        sum(each.carried for each in parts), Hands.together([each.hands for each in parts]),
        mistakes.together([each.mistakes for each in parts]), stepmarks.together([each.steps for each in parts]),
    )  # fmt: skip


def _groups(graded: Graded) -> dict[str, list[str]]:
    """The columns of what is told together: questions of several parts, and sections."""
    found: dict[str, list[str]] = {}
    for place, section in enumerate(graded.exam.sections, start=1):
        every = []
        for placed in section.placed:
            columns = [placed.column(part) for part in placed.item.parts]
            found |= {f"Q{placed.number}": columns} if len(columns) > 1 else {}
            every += columns
        found[f"section {place}"] = every
    return found


def _sum(parts: Mapping[str, Answered], columns: Sequence[str], count: int) -> Marks:
    return total_marks([parts[column].marks for column in columns], count)


def _either(told: Sequence[Option]) -> Option:
    first, *others = told
    for each in others:
        first = first | each
    return first
