"""`qbank export`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qbank import messages
from qbank.cli import _completion, _shared, _terminal


@click.command()
@click.argument("tag", shell_complete=_completion.named("outputs"))
@click.argument("names", nargs=-1, shell_complete=_completion.items_and_topics)
@click.option("-n", "--variants", "count", type=click.IntRange(1, 1000), default=20, show_default=True,
              help="The number of variants of each item (of an exam: all that its papers print).")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False),
              help="The file to write (default: items and the format's own ending).")
@_shared.replace_option
@click.option("--seed", help="Draw the same variants again (default: a secret seed).")
@click.option("--scale", default="", help="For marks: the scale, as for qbank marks (to-100, sqrt, 'linear A B', …).")
@click.option("--round", "step", help="For marks: the step of rounding, such as 1 or 0.5 (default: as the paper).")
@click.option("--losses", type=click.Path(path_type=Path, dir_okay=False),
              help="Write everything that is lost, item by item, to this file (JSON).")
@click.option("--strict", is_flag=True, help="Write nothing if anything is lost.")
@_shared.written_lang_option
@_shared.bank_option
def command(
    tag: str, names: tuple[str, ...], count: int, output: Path | None, replace: bool, seed: str | None, strict: bool,
    lang: Any, losses: Path | None, banks: tuple[Path, ...], scale: str, step: str | None,
) -> None:  # fmt: skip
    """Write items or marks for another system, in the format TAG, and list what it cannot hold.

    NAMES are ids, topics or files of items (default: all), or the folder of one exam. Items: moodle and gift (Moodle's
    question bank), qti3, qti21, canvas. Marks of a graded exam: moodle_grades, canvas_grades.
    """
    from qbank import store
    from qbank.actions.deliver import deliver, need_free
    from qbank.actions.export import export
    from qbank.actions.marks import Rule
    from qbank.bank import Bank
    from qbank.sheets import Items

    source: Bank | Path
    ids = []
    if len(names) == 1 and store.is_exam(Path(names[0])):
        source = Path(names[0])
    else:
        source = _shared.open_bank(banks, names)
        _shared.warn(source.problems)
        for name in names:
            source, own = _shared.having(source, name)
            ids.append(own)
    rule = Rule(scale, step=_shared.step(step))
    done = export(tag, source, ids, count=count, lang=lang, seed=seed, strict=strict, rule=rule,
                  watch=_shared.progress)  # fmt: skip
    written = done.written
    path = output or Path(f"{'items' if isinstance(done.source, Items) else 'marks'}{done.suffix}")
    if losses is not None:
        need_free(losses, done.report(tag), replace=replace)
    deliver(path, written.content, replace=replace)
    _shared.say_lost(written.losses, of_people=not isinstance(done.source, Items))
    tell_many = messages.tell_many
    counts = [tell_many(written.count, "{count} candidate", "{count} candidates")]
    if isinstance(done.source, Items):
        counts = [tell_many(len(done.source.pools), "{count} item", "{count} items"),
                  tell_many(written.count, "{count} question", "{count} questions")]  # fmt: skip
    counts.append(tell_many(len(written.losses), "{count} loss", "{count} losses"))
    if losses is not None:
        deliver(losses, done.report(tag), replace=replace)
    _terminal.say(messages.tell("{file}: {counts}", file=path, counts=_shared.joined(counts)))
    if done.seed:
        _terminal.say(messages.tell("seed: {seed} (draws the same variants and keys again: keep it secret)",
                                    seed=done.seed))  # fmt: skip
