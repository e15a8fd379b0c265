"""`qbank demo`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qbank.cli import _shared, _terminal

LOOK = (_terminal.Column(""), _terminal.Column("", wraps=True))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("demo"))
@_shared.bank_option
@_shared.lang_option
@click.option("--replace", is_flag=True, help="Replace what an earlier run left in the folder; it is kept beside it.")
def command(folder: Path, banks: tuple[Path, ...], lang: Any, replace: bool) -> None:
    """Make a class of 30, a paper for each, simulated answers, and grade them, in FOLDER (default: demo)."""
    from qbank.actions.demo import BLUEPRINT, CLASS, demo

    source = _shared.open_bank(banks, strict=True, around=False)
    made = demo(source, folder, lang=lang, replace=replace, watch=_shared.progress, kept=_shared.say_kept)
    _terminal.say(f"{len(source.items)} items; {CLASS} candidates; blueprint {BLUEPRINT}")
    totals = made.graded.totals().floats[made.graded.sat]
    _terminal.say(f"graded: mean {totals.mean():.1f} of {float(made.graded.exam.total):g} (simulated answers)\n")
    _terminal.say("look at these files:")
    _terminal.table(LOOK, [(f"  {path}", word) for path, word in made.look])
