"""Grade an exam again with a corrected item, look at who changes, and keep the regrade."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from qbank import __version__, messages, regrades, store
from qbank.actions import _pieces
from qbank.actions._parted import is_parted, parted
from qbank.actions._pieces import Few, Job, Sealed
from qbank.actions._sources import Basis, last, now
from qbank.actions._watching import Watch, quietly
from qbank.actions.grade import Grading, grading, recorded
from qbank.actions.grade_large import remade
from qbank.grading import Graded
from qbank.model import Problem, Refused
from qbank.regrades import Policy, Regrade
from qbank.regrading import SETTLING, Change, Compared, compared, corrected, regraded
from qbank.store import Content


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """A regrade that is not kept yet: the marks before and after it, and what it does to the class.

    Of a large class, `before` and `after` are the marks of those who are listed as changed. `basis` is what the marks
    before were made from.
    """

    regrade: Regrade
    before: Graded
    after: Graded
    compared: Compared
    basis: Basis

    @property
    def changes(self) -> tuple[Change, ...]:
        """The candidates whose marks of the item or whose total change, in the order of the class: the first."""
        return self.compared.changes

    @property
    def doubts(self) -> tuple[Problem, ...]:
        """What is doubtful about the corrected item."""
        return self.after.problems[len(self.before.problems) :]


def regrade(
    folder: Path, text: str, *, file: str = "", policy: Policy = "new", item: str = "",
    parts: Sequence[str] = (), by: str = "", why: str = "", unsealed: bool = False, watch: Watch = quietly,
) -> Outcome:  # fmt: skip
    """What a corrected item (its YAML as `text`; messages call it `file`) would do to the marks; nothing is written.

    Policies "full", "drop" and "drop-rescale" need only the item's name. Raises Refused when the exam was not graded
    yet, or the item does not fit what was on the papers.
    """
    given = _Given(text, file, policy, item, tuple(parts), by, why)
    if is_parted(last(folder)):
        return _parted(folder, given, unsealed=unsealed, watch=watch)
    done = grading(folder, unsealed=unsealed)
    record = given.record(done.graded)
    after = regraded(done.graded, record)
    return Outcome(record, done.graded, after, compared(done.graded, after, record.item)[0], done.basis)


@dataclass(frozen=True, slots=True)
class _Given:
    """What was said of a regrade."""

    text: str
    file: str
    policy: Policy
    item: str
    parts: tuple[str, ...]
    by: str
    why: str

    def record(self, before: Graded) -> Regrade:
        """The regrade of some marks. Raises Refused where its item is not clear, or does not fit."""
        item = self.item
        if self.text:
            exam, _ = corrected(before.exam, self.text, self.file)
            named = next(name for name, drawn in exam.drawn.items() if drawn is not before.exam.drawn[name])
            if item and item != named:
                raise Refused(messages.tell("the corrected item is {named!r}, not {item!r}", named=named, item=item))
            item = named
        elif self.policy not in SETTLING:
            raise Refused(messages.tell("the policy {policy!r} needs a corrected item: --with fixed.yaml",
                                        policy=self.policy))  # fmt: skip
        return Regrade(item, self.text, self.policy, self.parts, self.by, now(), __version__, self.why)


def _parted(folder: Path, given: _Given, *, unsealed: bool, watch: Watch) -> Outcome:
    """The same for a large class, whose partitions are compared one by one."""
    with store.workspace(folder) as work:
        parts = parted(folder, work, unsealed=unsealed)
        first = parts.chosen([0])
        record = given.record(first)
        regraded(first, record)  # what does not fit is refused before anything takes long
        found = parts.each(partial(_compared, record), messages.tell("marking"), watch=watch)
        told = Compared.together([each for each, _ in found])
        listed = parts.of([few for _, few in found])
    return Outcome(record, listed, regraded(listed, record), told, parts.basis)


def _compared(record: Regrade, exam: Sealed, job: Job) -> tuple[Compared, Few]:
    """A partition before and after a regrade, and those of it who are listed."""
    marked = _pieces.again(exam, job)
    told, rows = compared(marked.graded, regraded(marked.graded, record), record.item)
    return told, Few.marked(job, rows, marked)


def keep(folder: Path, outcome: Outcome, *, unsealed: bool = False, watch: Watch = quietly) -> None:
    """Write the results after the regrade and keep it for later gradings, both or neither.

    Raises Refused when reviews, regrades or results came in between, or the very same regrade is kept already.
    """
    kept = outcome.basis.journals[regrades.RECORD]
    for same in [each for each in regrades.parsed(kept, regrades.RECORD) if each.item == outcome.regrade.item][-1:]:
        if replace(outcome.regrade, by=same.by, at=same.at, why=same.why, version=same.version) == same:
            raise Refused(messages.tell("{folder}: this regrade of {item} is already kept ({by}, {at})", folder=folder,
                                        item=same.item, by=same.by, at=same.at))  # fmt: skip
    after = kept + regrades.written(outcome.regrade)
    basis = replace(outcome.basis, journals={**outcome.basis.journals, regrades.RECORD: after})
    with store.writing(folder) as exam:
        if not outcome.basis.unchanged(folder):
            raise Refused(messages.tell("{folder}: results, reviews or regrades have changed in the meantime; run "
                                        "'qbank regrade' again", folder=folder))  # fmt: skip
        with (
            _results(folder, Grading(outcome.after, basis), unsealed=unsealed, watch=watch) as files,
            store.prepared(folder, files) as ready,
        ):
            store.publish(exam, ready, records={regrades.RECORD: after})


@contextmanager
def _results(
    folder: Path, done: Grading, *, unsealed: bool, watch: Watch
) -> Iterator[Iterator[tuple[str, Content]]]:
    """The results after the regrade; those of a large class are made of all its partitions again."""
    if is_parted(last(folder)):
        with remade(folder, done.basis, unsealed=unsealed, watch=watch) as files:
            yield files
    else:
        yield recorded(done)
