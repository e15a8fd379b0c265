"""`qbank demo`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qbank import messages
from qbank.cli import _shared, _terminal

LOOK = (_terminal.Column(""), _terminal.Column("", wraps=True))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("demo"))
@_shared.bank_option
@_shared.lang_option
@click.option(
    "--replace", is_flag=True, help="Replace the result of an earlier run; the earlier one is kept beside the folder."
)
def command(folder: Path, banks: tuple[Path, ...], lang: Any, replace: bool) -> None:
    """Make a class of 30 in FOLDER (default: demo), with a paper and simulated answers for each, and grade them."""
    from qbank.actions.demo import BLUEPRINT, CLASS, demo

    source = _shared.open_bank(banks, strict=True, around=False)
    made = demo(source, folder, lang=lang, replace=replace, watch=_shared.progress, kept=_shared.say_kept)
    _terminal.say(messages.tell("{items} items; {candidates} candidates; blueprint {blueprint}",
                                items=len(source.items), candidates=CLASS, blueprint=BLUEPRINT))  # fmt: skip
    totals = made.graded.totals().floats[made.graded.sat]
    graded = messages.tell("graded: mean {mean:.1f} of {full:g} (simulated answers)", mean=totals.mean(),
                           full=float(made.graded.exam.total))  # fmt: skip
    _terminal.say(f"{graded}\n")
    _terminal.say(messages.tell("look at these files:"))
    _terminal.table(LOOK, [(f"  {path}", word) for path, word in made.look])
