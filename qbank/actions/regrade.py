"""Grade an exam again with a corrected item, look at who changes, and keep the regrade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qbank import __version__, messages, regrades, store
from qbank.actions._sources import Basis, now
from qbank.actions.grade import Grading, grading, recorded
from qbank.grading import Graded
from qbank.model import Refused
from qbank.regrades import Policy, Regrade
from qbank.regrading import SETTLING, Change, changes, corrected, regraded


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """A regrade that is not kept yet: the marks before and after it, and whom it changes.

    `by_hand` counts the answers to the item that a person marked: those marks stay. `basis` is what the marks before
    were made from.
    """

    regrade: Regrade
    before: Graded
    after: Graded
    changes: tuple[Change, ...]
    by_hand: int
    basis: Basis


def regrade(
    folder: Path, text: str, *, file: str = "", policy: Policy = "new", item: str = "",
    parts: Sequence[str] = (), by: str = "", why: str = "", unsealed: bool = False,
) -> Outcome:  # fmt: skip
    """What a corrected item (its YAML as `text`; messages call it `file`) would do to the marks; nothing is written.

    Policies "full", "drop" and "drop-rescale" need only the item's name. Raises Refused when the exam was not graded
    yet, or the item does not fit what was on the papers.
    """
    done = grading(folder, unsealed=unsealed)
    before = done.graded
    if text:
        exam, _ = corrected(before.exam, text, file)
        named = next(name for name, drawn in exam.drawn.items() if drawn is not before.exam.drawn[name])
        if item and item != named:
            raise Refused(messages.tell("the corrected item is {named!r}, not {item!r}", named=named, item=item))
        item = named
    elif policy not in SETTLING:
        raise Refused(messages.tell("the policy {policy!r} needs a corrected item: --with fixed.yaml", policy=policy))
    record = Regrade(item, text, policy, tuple(parts), by, now(), __version__, why)
    after = regraded(before, record)
    columns = [placed.column(part) for _, placed in before.exam.placed() if placed.item.id == item
               for part in placed.item.parts]
    by_hand = sum(int((before.by_hand[name] >= 0).sum()) for name in columns if name in before.by_hand)
    return Outcome(record, before, after, changes(before, after, item), by_hand, done.basis)


def keep(folder: Path, outcome: Outcome) -> None:
    """Write the results after the regrade and keep it for later gradings, both or neither.

    Raises Refused when reviews, regrades or results came in between, or the very same regrade is kept already.
    """
    kept = outcome.basis.journals[regrades.RECORD]
    for last in [each for each in regrades.parsed(kept, regrades.RECORD) if each.item == outcome.regrade.item][-1:]:
        if replace(outcome.regrade, by=last.by, at=last.at, why=last.why, version=last.version) == last:
            raise Refused(messages.tell("{folder}: this regrade of {item} is already kept ({by}, {at})", folder=folder,
                                        item=last.item, by=last.by, at=last.at))  # fmt: skip
    after = kept + regrades.written(outcome.regrade)
    basis = replace(outcome.basis, journals={**outcome.basis.journals, regrades.RECORD: after})
    with store.writing(folder) as exam:
        if not outcome.basis.unchanged(folder):
            raise Refused(messages.tell("{folder}: results, reviews or regrades have changed in the meantime; run "
                                        "'qbank regrade' again", folder=folder))  # fmt: skip
        with store.prepared(folder, recorded(Grading(outcome.after, basis))) as ready:
            store.publish(exam, ready, records={regrades.RECORD: after})
