"""`qbank list`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qbank import messages
from qbank.cli import _completion, _shared, _terminal

if TYPE_CHECKING:
    from qbank.actions.usage import Usage
    from qbank.bank import Bank
    from qbank.bank.card import Card

WORST = 10
"""The items that --worst lists, unless asked otherwise."""


@click.command()
@click.argument("names", nargs=-1, shell_complete=_completion.items_and_topics)
@click.option("--topic", help="Only this topic and the topics under it, e.g. electronics/opamp.")
@click.option("--level", type=click.IntRange(1, 5), multiple=True, help="Only this level; may be repeated.")
@click.option("--kind", help="Only items with a part of this kind, e.g. number.")
@click.option("--covers", multiple=True, help="Only items that cover this knowledge point, e.g. E009; may be repeated.")
@click.option("--tag", "tags", multiple=True, help="Only items with this tag; may be repeated.")
@click.option("--status", type=click.Choice(["draft", "ready", "retired"]), multiple=True,
              help="Only items of this status; may be repeated.")
@click.option("--worst", type=click.IntRange(1), is_flag=False, flag_value=WORST, metavar="[N]",
              help=f"The N items (default: {WORST}) that discriminated worst in past exams.")
@click.option(
    "--unused-since",
    metavar="DATE",
    help="Only items that no exam has used since this date, such as 2025 or 2025-06-30.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on each line, for programs.")
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
    worst: int | None,
    unused_since: str | None,
    as_json: bool,
    lang: Any,
    banks: tuple[Path, ...],
) -> None:
    """List the bank's items; NAMES are ids or topics (default: all), or words that appear in an item.

    Words are searched in ids, titles, topics and texts, in both languages; an item must contain all of them.
    --worst and --unused-since use the sittings that qbank stats EXAM --write keeps in the bank.
    """
    if unused_since is not None:
        from qbank.actions import usage

        first = usage.since(unused_since)
    else:
        first = None
    source = _shared.open_bank(banks)
    cards = _meant(source, names, topic=topic, level=level, kind=kind, covers=covers, tags=tags, status=status)
    _shared.warn(source.problems)
    if not as_json and worst is None and first is None:
        _show(cards, lang)
        return
    from qbank.actions import usage

    items = tuple(source.items[card.id] for card in cards)
    if first is not None:
        items = usage.unused(source, items, first)
    if worst is not None:
        items = usage.worst(source, items, worst)
    told = usage.usage(source, items)
    _shared.warn(source.sittings.problems)
    if as_json:
        for each in told:
            item = each.item
            row = {"id": item.id, "topic": item.topic, "level": item.level, "kinds": item.kinds, "status": item.status,
                   "languages": item.languages, "tags": item.tags, "author": item.author, "licence": item.licence,
                   "reviewed": [{"by": each.by, "on": each.on.isoformat()} for each in item.reviewed]}
            told_row = {**row, **_measured(each), "title": item.title[lang]}
            _terminal.emit(json.dumps(told_row, ensure_ascii=False) + "\n")
        return
    _terminal.table(_usage_columns(), [_used(each, lang) for each in told])
    if len(source.sittings):
        _say_count(len(items))
    else:
        _terminal.say(messages.tell_many(
            len(items),
            "{count} item; the bank has no past exams yet: qbank stats EXAM --write",
            "{count} items; the bank has no past exams yet: qbank stats EXAM --write",
        ))  # fmt: skip


def _say_count(count: int) -> None:
    _terminal.say(messages.tell_many(count, "{count} item", "{count} items"))


def _columns() -> tuple[_terminal.Column, ...]:
    tell, column = messages.tell, _terminal.Column
    return (column(tell("id")), column(tell("topic")), column(tell("level"), right=True),
            column(tell("kinds"), wraps=True), column(tell("marks"), right=True),
            column(tell("title"), wraps=True))  # fmt: skip


def _usage_columns() -> tuple[_terminal.Column, ...]:
    tell, column = messages.tell, _terminal.Column
    return (column(tell("id")), column(tell("last used")), column(tell("times"), right=True),
            column(tell("number of answers"), right=True), column(tell("facility"), right=True),
            column(tell("discrimination"), right=True), column(tell("change per year"), right=True),
            column(tell("title"), wraps=True))  # fmt: skip


def _show(cards: tuple[Card, ...], lang: Any) -> None:
    """A line for each item, from its card alone."""
    rows = []
    for card in cards:
        marks, kinds = f"{float(card.marks):g}", " ".join(card.kinds)
        said = card.title[lang] if card.status == "ready" else f"{card.title[lang]} ({card.status})"
        rows.append((card.id, card.topic, str(card.level), kinds, marks, said))
    _terminal.table(_columns(), rows)
    _say_count(len(cards))


def _used(each: Usage, lang: Any) -> tuple[str, ...]:
    """The cells of one item: when it was used, and what it measured; the trend where chance did not do it."""
    item, found = each.item, each.measured
    if found is None:
        return item.id, messages.tell("never"), "", "", "", "", "", item.title[lang]
    told = [f"{value:.2f}" if value is not None else "?" for value in (found.facility, found.discrimination)]
    sure = each.trend is not None and each.chance is not None and each.chance < 0.05
    trend = f"{each.trend.slope:+.2f}" if sure and each.trend is not None else ""
    return item.id, str(found.last), str(found.sittings), str(found.count), *told, trend, item.title[lang]


def _measured(each: Usage) -> dict[str, object]:
    found, trend = each.measured, each.trend
    if found is None:
        return {}
    yearly = {} if trend is None else {"trend": {"a_year": trend.slope, "p": each.chance}}
    return {"used": {"last": found.last.isoformat(), "times": found.sittings, "answers": found.count,
                     "facility": found.facility, "discrimination": found.discrimination, **yearly}}  # fmt: skip


def _meant(source: Bank, names: tuple[str, ...], **narrowed: Any) -> tuple[Card, ...]:
    """The cards of these ids and topics; where one of them is neither, of the items that contain all the words."""
    from qbank import bank
    from qbank.model import Refused

    try:
        return source.picked(names, **narrowed)
    except Refused:
        found = bank.found(source, names)
        if not found:
            raise
    allowed = {card.id: card for card in source.picked((), **narrowed)}
    return tuple(allowed[item.id] for item in found if item.id in allowed)
