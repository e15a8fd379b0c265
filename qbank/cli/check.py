"""`qbank check`."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qbank.cli import _shared

if TYPE_CHECKING:
    from qbank.model import Problem


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
            click.echo(json.dumps(_row(problem), ensure_ascii=False))
        else:
            click.echo(f"{problem.severity}: {problem} [{problem.code}]\n")
    if form == "text":
        click.echo(f"{errors} errors, {warnings} warnings")
    sys.exit(1 if errors else 0)


def _row(problem: Problem) -> dict[str, Any]:
    row = {"severity": problem.severity, "code": problem.code, "item": problem.item, "path": problem.path,
           "message": problem.message, "proposal": problem.proposal}  # fmt: skip
    if problem.place is None:
        return row
    return {**row, "file": problem.place.file, "line": problem.place.line, "column": problem.place.column}
