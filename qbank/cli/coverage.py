"""`qbank coverage`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qbank import messages
from qbank.cli import _shared, _terminal

if TYPE_CHECKING:
    from qbank.actions.coverage import Point
    from qbank.model import Lang


@click.command()
@click.argument("names", nargs=-1)
@click.option("--gaps", is_flag=True, help="Only the points that no item tests, or only one item.")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True,
              help="text is for people; csv and json are for programs.")
@_shared.lang_option
@_shared.bank_option
def command(names: tuple[str, ...], gaps: bool, form: str, lang: Any, banks: tuple[Path, ...]) -> None:
    """Show which items test each knowledge point, at which levels and with which kinds of answer.

    A point that only one item tests is always asked by the same question. NAMES are ids or topics of items (default:
    all items that are ready).
    """
    from qbank import intake
    from qbank.actions import coverage

    source = _shared.open_bank(banks)
    _shared.warn(source.problems)
    points = coverage.coverage(source, source.select(names, status=("ready",)))
    shown = tuple(point for point in points if point.gap) if gaps else points
    if form == "csv":
        click.echo(intake.csv_bytes(coverage.frame(shown, lang)), nl=False)
    elif form == "json":
        for point in shown:
            asked = [{"item": one.item, "part": one.part, "level": one.level, "kind": one.kind} for one in point.asked]
            row = {"point": point.name, "text": point.text[lang], "gap": point.gap, "asked": asked}
            _terminal.emit(json.dumps(row, ensure_ascii=False) + "\n")
    else:
        _print(shown, lang)
        none, one = (sum(point.gap == gap for point in points) for gap in ("none", "one item"))
        _terminal.say(messages.tell_many(
            len(points),
            "{count} point; tested by no item: {none}; by one item: {one}",
            "{count} points; tested by no item: {none}; by one item: {one}",
            none=none, one=one,
        ))  # fmt: skip


def _print(points: tuple[Point, ...], lang: Lang) -> None:
    from qbank import markup
    from qbank.actions.coverage import GAPS, counted

    heads = {"zh": ("知识点", "题数", "难度", "题型", "缺口", "内容"),
             "en": ("point", "items", "levels", "kinds", "gap", "text")}  # fmt: skip
    columns = [
        _terminal.Column(head, right=place == 1, wraps=place in (3, 5)) for place, head in enumerate(heads[lang])
    ]
    rows = []
    for each in points:
        row = (str(len(each.items)), counted(each.levels), counted(each.kinds), GAPS[each.gap][lang],
               markup.called(each.text[lang]))
        rows.append((each.name, *row))
    _terminal.table(columns, rows)
