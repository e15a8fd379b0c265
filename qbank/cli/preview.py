"""`qbank preview`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qbank import messages
from qbank.cli import _completion, _shared, _terminal


@click.command()
@click.argument("names", nargs=-1, shell_complete=_completion.items_and_topics)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), default=Path("preview.html"),
              show_default=True, help="The page to write.")
@_shared.replace_option
@click.option("--variants", "count", type=click.IntRange(1, 50), default=3, show_default=True,
              help="The number of variants of each item.")
@_shared.lang_option
@_shared.bank_option
def command(
    names: tuple[str, ...], output: Path, replace: bool, count: int, lang: Any, banks: tuple[Path, ...]
) -> None:  # fmt: skip
    """Write a web page, complete in one file, of the items NAMES (ids, topics or files; default: all)."""
    from qbank.actions.deliver import deliver, need_free
    from qbank.actions.preview import preview

    need_free(output, replace=replace)
    source = _shared.open_bank(banks, names)
    _shared.warn(source.problems)
    ids = []
    for name in names:
        source, own = _shared.having(source, name)
        ids.append(own)
    page = preview(source, ids, count=count, lang=lang, watch=_shared.progress)
    deliver(output, page.encode(), replace=replace)
    _terminal.say(messages.tell("open {file} in a browser", file=output))
