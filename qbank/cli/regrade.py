"""`qbank regrade`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qbank import messages
from qbank.cli import _shared, _terminal


@click.command()
@_shared.exam_argument
@click.option("--with", "fixed", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="The file of the corrected item (YAML).")
@click.option("--item", default="", help="The item, if the policy does not need a corrected one.")
@click.option("--part", "parts", multiple=True, help="Only this part of the item; may be repeated.")
@click.option("--policy", type=click.Choice(["new", "either", "never-lower", "full", "drop", "drop-rescale"]),
              default="new", show_default=True, help="new: the new key counts. either: for each part, the better of "
              "the old marks and the new ones. never-lower: the new marks, unless the item would get fewer. full: full "
              "marks for all. drop: the parts do not count. drop-rescale: as drop, and the total is scaled to the same "
              "full marks.")
@click.option("--write", is_flag=True, help="Write the results, and keep the regrade for later gradings.")
@_shared.by_option
@_shared.why_option
@_shared.unsealed_option
def command(
    exam: Path, fixed: Path | None, item: str, parts: tuple[str, ...], policy: Any, write: bool, by: str, why: str,
    unsealed: bool,
) -> None:
    """Grade EXAM again with a corrected item: its keys are computed for the values on the papers.

    Shows whose marks change, and by how much; nothing is written without --write.
    """
    from qbank import files
    from qbank.actions.regrade import keep, regrade
    from qbank.model import printed_marks
    from qbank.regrades import POLICIES
    from qbank.regrading import SETTLING

    text = files.text(fixed) if fixed else ""
    done = regrade(exam, text, file=str(fixed), policy=policy, item=item, parts=parts, by=_shared.judge(by), why=why,
                   unsealed=unsealed, watch=_shared.progress)
    told = done.compared
    _shared.warn(done.doubts)
    policy_told = POLICIES[done.regrade.policy][messages.language()]
    _terminal.say(messages.tell("{item}: {policy}", item=done.regrade.item, policy=policy_told))
    _terminal.say()
    if done.changes:
        rows = []
        for each in done.changes:
            difference = each.total_after - each.total_before
            sign = "+" if difference > 0 else ""
            earlier, later = printed_marks(each.total_before), printed_marks(each.total_after)
            rows.append((each.candidate, f"{printed_marks(each.before)} → {printed_marks(each.after)}",
                         f"{earlier} → {later}", f"{sign}{printed_marks(difference)}"))  # fmt: skip
        right = [_terminal.Column(head, right=True)
                 for head in (messages.tell("item"), messages.tell("total"), messages.tell("change"))]  # fmt: skip
        _terminal.table([_terminal.Column(messages.tell("candidate")), *right], rows)
        if more := told.changed - len(rows):
            _terminal.say(messages.tell_many(more, "and {count} more candidate", "and {count} more candidates"))
        _terminal.say()
    same = told.sat - told.gain - told.lose
    _terminal.say(messages.tell("candidates: {gain} gain, {lose} lose, {same} keep their marks for the item",
                                gain=told.gain, lose=told.lose, same=same))  # fmt: skip
    if told.by_hand and policy in SETTLING:
        _terminal.say(messages.tell("answers to the item that a person marked: {count}; the policy settles these too",
                                    count=told.by_hand))  # fmt: skip
    elif told.by_hand:
        _terminal.say(messages.tell("answers to the item that a person marked: {count}; those marks stay",
                                    count=told.by_hand))  # fmt: skip
    if told.sat:
        first, second = (float(graded.exam.total) for graded in (done.before, done.after))
        _terminal.say(messages.tell(
            "mean {before:.2f} of {first:g} → {after:.2f} of {second:g}", before=float(told.before / told.sat),
            first=first, after=float(told.after / told.sat), second=second,
        ))  # fmt: skip
    if write:
        keep(exam, done, unsealed=unsealed, watch=_shared.progress)
        _terminal.say(messages.tell("written: {folder}; later gradings keep this regrade", folder=exam / "results"))
    else:
        _terminal.say(messages.tell("nothing was written; use --write to write it"))
