"""`qbank marks`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qbank.cli import _shared, _terminal

if TYPE_CHECKING:
    from qbank.actions.marks import Finals

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("exams", nargs=-1, required=True, type=click.Path(path_type=Path, file_okay=False))
@click.option("--into", type=_FILE, help="The department's own file (xlsx or csv): it is filled in by number.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False),
              help="The file to write: with --into, the filled one (default: NAME-filled); else a table (xlsx or csv).")
@click.option("--column", "columns", multiple=True, metavar="HEADING[=WHAT]",
              help="The column to fill: WHAT is mark (default), grade, points, remark or a component of the scheme.")
@click.option("--sheet", default="", help="The sheet of the workbook (default: the first with candidates' numbers).")
@click.option("--overwrite", is_flag=True, help="Replace what cells of these columns hold.")
@click.option("--scale", default="", help="to-100, sqrt, 'linear A B', 'anchors X:Y X:Y' (end with 'of 100' for %).")
@click.option("--best", type=click.IntRange(1), help="Of several exams, the mean of so many best ones.")
@click.option("--round", "step", help="To what the mark is rounded, once, halves up: 1, 0.5 (default: as the paper).")
@click.option("--grade", default="", help="A table of grades: five-level, pass-fail, letters, letters-plus, gpa-4, "
              "gpa-4-fine.")
@click.option("--scheme", type=_FILE, help="A YAML file with components, weights, curves, rounding and grades.")
@click.option("--table", "tables", type=_FILE, multiple=True,
              help="A table with columns that the scheme takes, such as 平时成绩.")
@click.option("--anonymous", metavar="code|last-N", help="A list without people, by codes or last digits of numbers.")
@click.option("--encoding", type=click.Choice(["utf-8", "gbk", "gb18030"]), default="utf-8", show_default=True,
              help="Of a CSV table; a template keeps its own.")
@_shared.lang_option
@_shared.unsealed_option
def command(
    exams: tuple[Path, ...], into: Path | None, output: Path | None, columns: tuple[str, ...], sheet: str,
    overwrite: bool, scale: str, best: int | None, step: str | None, grade: str, scheme: Path | None,
    tables: tuple[Path, ...], anonymous: str | None, encoding: str, lang: Any, unsealed: bool,
) -> None:  # fmt: skip
    """Make the final marks of graded EXAMs by a rule, and write them as a table or into the department's own file.

    Every other cell, format and formula of that file stays. The rule is written into the results of each exam.
    """
    from qbank.actions import marks
    from qbank.model import Refused

    if into is None and (columns or sheet or overwrite):
        raise Refused("--column, --sheet and --overwrite belong to the department's file: name it, --into FILE")
    if into is None and output is None:
        raise Refused("name the department's file (--into FILE) or the table to write (-o marks.xlsx)")
    if into is not None and (anonymous or encoding != "utf-8"):
        raise Refused("--anonymous and --encoding belong to a table of our own: leave out --into")
    rule = marks.Rule(scale, best, _shared.step(step), grade, scheme)
    sources = (*tables, *((into,) if into is not None and scheme is not None else ()))
    done = marks.finals(exams, rule, tables=sources, unsealed=unsealed)
    if into is not None:
        _fill(done, into, output, columns, sheet, overwrite, lang)
    else:
        assert output is not None
        _write(done, output, anonymous, encoding, lang)
    for rule_told in done.final.rules:
        _terminal.say(f"rule: {rule_told[lang]}")
    _warn(done)


def _fill(
    done: Finals, into: Path, output: Path | None, columns: tuple[str, ...], sheet: str, overwrite: bool, lang: Any
) -> None:
    from qbank.actions import fill, marks
    from qbank.model import Refused

    target = output or into.with_name(f"{into.stem}-filled{into.suffix}")
    if output is None and target.exists():
        raise Refused(f"{target} exists; name the file to write: -o FILE")
    if target.suffix.lower() != into.suffix.lower():
        raise Refused(f"{target}: the filled file is of the kind of {into.name}: end its name with {into.suffix}")
    filled = fill.filled(done, into, columns=columns, sheet=sheet, overwrite=overwrite, lang=lang)
    marks.record(done, lang)
    fill.write(target, filled.content)
    told = ", ".join(f"{what} into {heading!r}" for heading, what in filled.columns)
    _terminal.say(f"{target}: {filled.count} of {_shared.count(filled.rows, 'row')} filled: {told}")
    _shared.warn(filled.problems)


def _write(done: Finals, output: Path, anonymous: str | None, encoding: str, lang: Any) -> None:
    from qbank.actions import marks

    content = marks.table(done, output, lang=lang, anonymous=anonymous or "", encoding=encoding)
    marks.record(done, lang)
    content.write()
    _terminal.say(f"{output}: {_shared.count(content.rows, 'candidate')}")


def _warn(done: Finals) -> None:
    _shared.warn(done.problems)
    waiting = int((done.waiting > 0).sum())
    if waiting:
        folders = " ".join(str(folder) for folder, _ in done.gradings.values())
        _terminal.say(f"qbank: {_shared.count(waiting, 'mark')} not final: answers wait for a person: qbank review "
                      f"{folders}", err=True)  # fmt: skip
    held = int(done.final.held.sum())
    if held:
        _terminal.say(f"{_shared.count(held, 'candidate')} below a minimum: their total does not pass")
