"""The tables of a partition that have a row a candidate, an answer or a step: pieces of those of the class."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from qbank.grading import Graded
from qbank.reports import answers, marks, stepmarks, steps, unreadable

if TYPE_CHECKING:
    import polars as pl

Frames = Callable[[], "Iterator[pl.DataFrame]"]
COUNTED = ("answers", "unreadable", "step-marks")
"""The tables that go part by part through the paper: pieces of theirs are put together by `question` or `part`."""


def tables(graded: Graded, start: int) -> Mapping[str, Frames]:
    """Every such table by its name, each made when it is asked for; `start` is the place of the first candidate."""
    import polars as pl

    def counted() -> Iterator[pl.DataFrame]:
        for column in graded.marked:
            yield answers.counted(graded, column, start).with_columns(pl.lit(column).alias("question"))

    return {
        "marks": lambda: iter([marks.frame(graded)]),
        "steps": lambda: steps.pieces(graded),
        "answers": lambda: iter([pl.concat(counted())]),
        "unreadable": lambda: iter([unreadable.frame(graded, graded.exam.langs[0])]),
        "step-marks": lambda: iter([stepmarks.frame(graded)]),
    }
