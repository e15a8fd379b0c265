"""`qbank check`."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

from qbank.cli import _shared


@click.command()
@click.argument("what", nargs=-1)
@click.option("--seats", type=click.IntRange(1, 1_000_000), default=500, show_default=True,
              help="How many variants of each item to check.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@_shared.bank_option
def command(what: tuple[str, ...], seats: int, form: str, bank_folder: Path | None) -> None:
    """Check the bank, or only WHAT: files, folders, item ids or topics. Exit code 1 when an error is found."""
    from qbank import resources
    from qbank.actions.check import check

    folder = bank_folder or Path(os.environ.get("QBANK_BANK") or resources.folder("questions"))
    paths = [Path(each) for each in what if Path(each).exists()]
    names = [each for each in what if not Path(each).exists()]
    errors = warnings = 0
    for problem in check(folder, paths, names, seats=seats, watch=_shared.progress):
        errors += problem.severity == "error"
        warnings += problem.severity == "warning"
        if form == "json":
            where = {"file": problem.place.file, "line": problem.place.line, "column": problem.place.column}
            row = {"severity": problem.severity, "code": problem.code, "item": problem.item, "path": problem.path,
                   "message": problem.message, "proposal": problem.proposal, **(where if problem.place else {})}
            click.echo(json.dumps(row, ensure_ascii=False))
        else:
            click.echo(f"{problem.severity}: {problem} [{problem.code}]\n")
    if form == "text":
        click.echo(f"{errors} errors, {warnings} warnings")
    sys.exit(1 if errors else 0)
