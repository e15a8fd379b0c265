"""Two people who marked the same answers: what they agree on is kept, the rest is a list to settle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qbank import intake, messages, reviews
from qbank.actions import review
from qbank.actions.deliver import deliver
from qbank.grading import Graded
from qbank.intake import Sheet
from qbank.model import Lang, Refused
from qbank.reviews import Review

if TYPE_CHECKING:
    import polars as pl

ALL = ""
"""The part of the agreement over all parts together."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two markers agree on a part, in marks, or on all together, in shares of what each part is worth.

    `difference` is the mean of the second's marks less the first's; `kappa` is weighted, NaN where it cannot be told.
    """

    part: str
    answers: int
    equal: int
    difference: float
    kappa: float


@dataclass(frozen=True, slots=True)
class Marked:
    """What two markers gave: verdicts that are settled, pairs that are not, and those that only one of them gave."""

    markers: tuple[str, str]
    settled: tuple[Review, ...]
    apart: tuple[tuple[Review, Review], ...]
    single: tuple[Review, ...]
    agreements: tuple[Agreement, ...]


def compared(graded: Graded, first: Sheet, second: Sheet, *, within: float = 0.0) -> Marked:
    """The verdicts of two lists that were filled in by two people, who are named by the lists or by their files.

    Marks that differ by no more than `within` are settled by their mean. Raises Refused with every fault of the lists,
    and where both are by the same person.
    """
    own, other = (review.verdicts(graded, sheet, by=Path(sheet.file).stem) for sheet in (first, second))
    markers = tuple("、".join(dict.fromkeys(each.by for each in given)) for given in (own, other))
    if own and markers[0] == markers[1]:
        raise Refused(messages.tell("{first} and {second} are both by {marker}; write in the column 'by' who marked "
                                    "each", first=first.file, second=second.file, marker=markers[0]))  # fmt: skip
    firsts, seconds = reviews.newest(own), reviews.newest(other)
    both = [(firsts[answer], seconds[answer]) for answer in firsts if answer in seconds]
    settled, apart = [], []
    for pair in both:
        together = _settled(*pair, within)
        if together is None:
            apart.append(pair)
        else:
            settled.append(together)
    single = [given for one, two in ((firsts, seconds), (seconds, firsts)) for key, given in one.items()
              if key not in two]  # fmt: skip
    return Marked((markers[0], markers[1]), tuple(settled), tuple(apart), tuple(single),
                  tuple(_agreements(graded, both)))  # fmt: skip


def to_settle(graded: Graded, marked: Marked, lang: Lang) -> pl.DataFrame:
    """The list of what is not settled, with the marks of both, to be filled in by a third or by both together."""
    import polars as pl

    pairs = {(one.candidate, one.part): (one, two) for one, two in marked.apart}
    found = [each for each in review.waiting(graded, lang, steps=True) if (each.candidate, each.part) in pairs]
    blank = review.frame([replace(each, steps=()) for each in found], lang, each=True)
    for place, name in enumerate(marked.markers):
        told = [_told(pairs[each.candidate, each.part][place]) for each in found]
        blank = blank.insert_column(-4 - 1, pl.Series(f"marks {name}", told, dtype=pl.String))
    return blank


def write(path: Path, graded: Graded, marked: Marked, lang: Lang, *, replace: bool = False) -> None:
    """The list to settle as a table, in the format of the path's ending. Raises Refused as `review.write` does."""
    content = intake.encoded(path, to_settle(graded, marked, lang))
    deliver(path, content, replace=replace, own=review.is_unfilled)


def _settled(one: Review, two: Review, within: float) -> Review | None:
    """The verdict of both, None where they differ."""
    why = "; ".join(dict.fromkeys(filter(None, (one.why, two.why))))
    both = replace(one, by=f"{one.by}, {two.by}", why=why, steps=one.steps if one.steps == two.steps else {})
    if (one.marks, one.reading) == (two.marks, two.reading):
        return both
    if one.marks is None or two.marks is None or one.reading or two.reading or abs(one.marks - two.marks) > within:
        return None
    return replace(both, marks=(one.marks + two.marks) / 2, steps={})


def _agreements(graded: Graded, pairs: Sequence[tuple[Review, Review]]) -> Iterator[Agreement]:
    """Of every part, and of all together where there are several."""
    columns = graded.exam.columns()
    shares = {}
    for part in dict.fromkeys(one.part for one, _ in pairs):
        worth = float(columns[part][2])
        marks = [(one.marks, two.marks) for one, two in pairs
                 if one.part == part and one.marks is not None and two.marks is not None]  # fmt: skip
        shares[part] = [(first / worth, second / worth) for first, second in marks]
        yield _agreement(part, marks)
    if len(shares) > 1:
        yield _agreement(ALL, [pair for each in shares.values() for pair in each])


def _agreement(part: str, marks: Sequence[tuple[float, float]]) -> Agreement:
    firsts, seconds = [first for first, _ in marks], [second for _, second in marks]
    difference = sum(seconds) - sum(firsts)
    return Agreement(part, len(marks), sum(first == second for first, second in marks),
                     difference / len(marks) if marks else 0.0, reviews.weighted_kappa(firsts, seconds))  # fmt: skip


def _told(one: Review) -> str:
    return f"{one.marks:g}" if one.marks is not None else one.reading
