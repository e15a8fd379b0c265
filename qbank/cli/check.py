"""`qbank check`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from qbank import messages
from qbank.cli import _completion, _shared, _terminal


@click.command()
@click.argument("what", nargs=-1, shell_complete=_completion.items_and_topics)
@click.option("--seats", type=click.IntRange(1, 1_000_000), default=2000, show_default=True,
              help="How many variants of each item to check.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "junit", "github"]),
    default="text",
    show_default=True,
    help="text is for people, json for programs, junit for test reports, github for annotations of a pull request.",
)
@click.option("--html", "page", type=click.Path(path_type=Path, dir_okay=False),
              help="Also write a web page: every item with variants, answers, mistakes and problems.")
@_shared.replace_option
@click.option("--changed", is_flag=False, flag_value="HEAD", metavar="[REV]",
              help="Only the items whose files differ from a revision of git (without REV: from HEAD).")
@click.option("--jobs", type=click.IntRange(1, 256), help="The number of processes (default: one for each core).")
@click.option("--cache/--no-cache", default=True, help="Keep the results until the item or the program changes.")
@_shared.lang_option
@_shared.bank_option
def command(
    what: tuple[str, ...],
    seats: int,
    form: str,
    page: Path | None,
    replace: bool,
    changed: str | None,
    jobs: int | None,
    cache: bool,
    lang: Any,
    banks: tuple[Path, ...],
) -> None:
    """Check the bank, or only WHAT: files, folders, item ids or topics.

    Exit code 1: an error was found. Exit code 3: a check itself failed; it is named, and the rest was checked.
    """
    from qbank import resources
    from qbank.actions.check import check, kept
    from qbank.cli import _check_formats

    if page is not None:
        from qbank.actions.deliver import deliver, need_free

        need_free(page, replace=replace)
    paths = [Path(each) for each in what if Path(each).exists()]
    names = [_shared.no_file(each) for each in what if not Path(each).exists()]
    checked = check(
        _shared.folders(banks, what), paths, names, seats=seats, jobs=jobs or resources.processors(),
        cache=kept() if cache else None, changed=changed, watch=_shared.progress,
    )  # fmt: skip
    _check_formats.show(checked, form)
    if page is not None:
        from qbank.actions.check_page import check_page

        deliver(page, check_page(checked, lang=lang, watch=_shared.progress).encode(), replace=replace)
        _terminal.say(messages.tell("open {file} in a browser", file=page), err=True)
    sys.exit(3 if checked.failed else 1 if checked.errors else 0)
