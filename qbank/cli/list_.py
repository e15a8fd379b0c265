"""`qbank list`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qbank.cli import _completion, _shared, _terminal

if TYPE_CHECKING:
    from qbank.bank import Bank
    from qbank.bank.item import Item

COLUMNS = (
    _terminal.Column("id"), _terminal.Column("topic"), _terminal.Column("level", right=True),
    _terminal.Column("kinds", wraps=True), _terminal.Column("marks", right=True), _terminal.Column("title", wraps=True),
)  # fmt: skip


@click.command()
@click.argument("names", nargs=-1, shell_complete=_completion.items_and_topics)
@click.option("--topic", help="Only this topic and what lies under it, e.g. electronics/opamp.")
@click.option("--level", type=click.IntRange(1, 5), multiple=True, help="Only this level (may be given again).")
@click.option("--kind", help="Only items with a part of this kind, e.g. number.")
@click.option("--covers", multiple=True, help="Only items that cover this knowledge point, e.g. E009.")
@click.option("--tag", "tags", multiple=True, help="Only items with this tag (may be given again).")
@click.option("--status", type=click.Choice(["draft", "ready", "retired"]), multiple=True,
              help="Only items of this status (may be given again).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for programs.")
@_shared.lang_option
@_shared.bank_option
def command(
    names: tuple[str, ...],
    topic: str | None,
    level: tuple[int, ...],
    kind: str | None,
    covers: tuple[str, ...],
    tags: tuple[str, ...],
    status: tuple[str, ...],
    as_json: bool,
    lang: Any,
    banks: tuple[Path, ...],
) -> None:
    """List the bank's items; NAMES are ids or topics (default: all), or words that stand in an item.

    Words are looked for in ids, titles, topics and texts, in both languages; an item has to have them all.
    """
    source = _shared.open_bank(banks)
    items = _meant(source, names, topic=topic, level=level, kind=kind, covers=covers, tags=tags, status=status)
    _shared.warn(source.problems)
    if as_json:
        for item in items:
            row = {"id": item.id, "topic": item.topic, "level": item.level, "kinds": item.kinds, "status": item.status,
                   "languages": item.languages, "tags": item.tags, "author": item.author, "licence": item.licence,
                   "reviewed": [{"by": each.by, "on": each.on.isoformat()} for each in item.reviewed]}
            click.echo(json.dumps({**row, "title": item.title[lang]}, ensure_ascii=False))
        return
    rows = []
    for item in items:
        marks, kinds = f"{float(item.marks):g}", " ".join(item.kinds)
        said = item.title[lang] if item.status == "ready" else f"{item.title[lang]} ({item.status})"
        rows.append((item.id, item.topic, str(item.level), kinds, marks, said))
    _terminal.table(COLUMNS, rows)
    _terminal.say(_shared.count(len(items), "item"))


def _meant(source: Bank, names: tuple[str, ...], **narrowed: Any) -> tuple[Item, ...]:
    """The items of these ids and topics; where one of them names none, those in which all the words stand."""
    from qbank import bank
    from qbank.model import Refused

    try:
        return source.select(names, **narrowed)
    except Refused:
        found = bank.found(source, names)
        if not found:
            raise
    allowed = {item.id for item in source.select((), **narrowed)}
    return tuple(item for item in found if item.id in allowed)
