"""`qbank regrade`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qbank.cli import _shared, _terminal

CHANGES = (_terminal.Column("candidate"), _terminal.Column("item", right=True), _terminal.Column("total", right=True),
           _terminal.Column("change", right=True))  # fmt: skip


@click.command()
@_shared.exam_argument
@click.option("--with", "fixed", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="The corrected item (YAML).")
@click.option("--item", default="", help="The item, where the policy needs no corrected one.")
@click.option("--part", "parts", multiple=True, help="Only this part of the item; may be repeated.")
@click.option("--policy", type=click.Choice(["new", "either", "never-lower", "full", "drop", "drop-rescale"]),
              default="new", show_default=True, help="What counts: the new key; for each part the better of old and "
              "new; the new one unless the item loses by it; full marks for all; or nothing: the parts leave the "
              "total, which drop-rescale scales back to the full marks.")
@click.option("--write", is_flag=True, help="Write the results, and keep the regrade for later gradings.")
@_shared.by_option
@_shared.why_option
@_shared.unsealed_option
def command(
    exam: Path, fixed: Path | None, item: str, parts: tuple[str, ...], policy: Any, write: bool, by: str, why: str,
    unsealed: bool,
) -> None:
    """Grade EXAM again with a corrected item: its keys for the values that were on the papers.

    Prints who changes and by how much; only --write changes anything.
    """
    from qbank.actions.regrade import keep, regrade
    from qbank.model import printed_marks
    from qbank.regrades import POLICIES

    text = _text(fixed) if fixed else ""
    done = regrade(exam, text, file=str(fixed), policy=policy, item=item, parts=parts, by=_shared.judge(by), why=why,
                   unsealed=unsealed)
    _shared.warn(done.after.problems[len(done.before.problems):])
    _terminal.say(f"{done.regrade.item}: {POLICIES[done.regrade.policy].en}\n")
    if done.changes:
        rows = []
        for each in done.changes:
            difference = each.total_after - each.total_before
            sign = "+" if difference > 0 else ""
            earlier, later = printed_marks(each.total_before), printed_marks(each.total_after)
            rows.append((each.candidate, f"{printed_marks(each.before)} → {printed_marks(each.after)}",
                         f"{earlier} → {later}", f"{sign}{printed_marks(difference)}"))  # fmt: skip
        _terminal.table(CHANGES, rows)
        _terminal.say()
    before, after = (graded.totals().floats[graded.sat] for graded in (done.before, done.after))
    gain = sum(each.after > each.before for each in done.changes)
    lose = sum(each.after < each.before for each in done.changes)
    _terminal.say(f"candidates: {gain} gain, {lose} lose, {len(before) - gain - lose} keep their marks for the item")
    if done.by_hand:
        _terminal.say(f"answers to it that a person marked: {done.by_hand}; those marks stay")
    if len(before):
        full = (float(graded.exam.total) for graded in (done.before, done.after))
        first, second = full
        _terminal.say(f"mean {before.mean():.2f} of {first:g} → {after.mean():.2f} of {second:g}")
    if write:
        keep(exam, done)
        _terminal.say(f"written: {exam / 'results'}; later gradings keep this regrade")
    else:
        _terminal.say("nothing was written; --write writes it")


def _text(path: Path) -> str:
    from qbank.model import Refused

    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(f"{path}: not UTF-8 text; save it as UTF-8") from None
