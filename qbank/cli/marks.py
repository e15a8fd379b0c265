"""`qbank marks`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qbank import messages
from qbank.cli import _shared, _terminal

if TYPE_CHECKING:
    from qbank.actions.final_table import Made
    from qbank.actions.marks import Finals

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("exams", nargs=-1, required=True, type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--into", type=_FILE, help="The department's own file (xlsx or csv), which is filled in by candidates' numbers."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write: with --into, the filled file (default: NAME-filled); else a table (xlsx or csv).",
)
@click.option("--column", "columns", multiple=True, metavar="HEADING[=WHAT]",
              help="The column to fill: WHAT is mark (default), grade, points, remark or a component of the scheme.")
@click.option("--sheet", default="", help="The sheet of the workbook (default: the first with candidates' numbers).")
@click.option("--overwrite", is_flag=True, help="Replace the present content of the cells of these columns.")
@_shared.replace_option
@click.option(
    "--scale",
    default="",
    help="The scale: to-100, sqrt, 'linear A B' or 'anchors X:Y X:Y' (end with 'of 100' for percent).",
)
@click.option("--best", type=click.IntRange(1), metavar="N", help="Of several exams, the mean of the best N.")
@click.option(
    "--round", "step", help="The step to which the final mark is rounded, halves up: 1, 0.5 (default: as the paper)."
)
@click.option("--grade", default="", help="The table of grades: five-level, pass-fail, letters, letters-plus, gpa-4, "
              "gpa-4-fine.")
@click.option("--scheme", type=_FILE, help="A YAML file with components, weights, curves, rounding and grades.")
@click.option("--table", "tables", type=_FILE, multiple=True,
              help="A table with columns that the scheme uses, such as 平时成绩; may be repeated.")
@click.option(
    "--anonymous", metavar="code|last-N", help="A list without names: by codes, or by the last N digits of the numbers."
)
@click.option("--encoding", type=click.Choice(["utf-8", "gbk", "gb18030"]), default="utf-8", show_default=True,
              help="The encoding of a CSV table (the department's file keeps its own).")
@_shared.written_lang_option
@_shared.unsealed_option
def command(
    exams: tuple[Path, ...], into: Path | None, output: Path | None, columns: tuple[str, ...], sheet: str,
    overwrite: bool, replace: bool, scale: str, best: int | None, step: str | None, grade: str, scheme: Path | None,
    tables: tuple[Path, ...], anonymous: str | None, encoding: str, lang: Any, unsealed: bool,
) -> None:  # fmt: skip
    """Make the final marks of graded EXAMs by a rule, and write them as a table or into the department's own file.

    Every other cell, format and formula of that file stays. The rule is recorded in the results of each exam.
    """
    from qbank.actions import final_table, marks
    from qbank.model import Refused

    if into is None and (columns or sheet or overwrite):
        raise Refused(messages.tell("--column, --sheet and --overwrite need the department's file: --into FILE"))
    if into is None and output is None:
        raise Refused(messages.tell("give the department's file (--into FILE) or the table to write (-o marks.xlsx)"))
    if into is not None and (anonymous or encoding != "utf-8"):
        raise Refused(messages.tell("--anonymous and --encoding are not allowed with --into"))
    rule = marks.Rule(scale, best, _shared.step(step), grade, scheme)
    if into is not None:
        sources = (*tables, *((into,) if scheme is not None else ()))
        done = marks.finals(exams, rule, tables=sources, unsealed=unsealed, watch=_shared.progress)
        _fill(done, into, output, columns, sheet, overwrite, replace, lang)
        made = final_table.Made.of(done, len(done.candidates))
    else:
        assert output is not None
        made = final_table.write(
            exams, rule, output, tables=tables, lang=lang, anonymous=anonymous or "", encoding=encoding,
            replace=replace, unsealed=unsealed, watch=_shared.progress,
        )  # fmt: skip
        _terminal.say(messages.tell_many(made.rows, "{file}: {count} candidate", "{file}: {count} candidates",
                                         file=output))  # fmt: skip
    for told in made.rules:
        _terminal.say(messages.tell("rule: {rule}", rule=told[lang]))
    _warn(made, exams)


def _fill(
    done: Finals, into: Path, output: Path | None, columns: tuple[str, ...], sheet: str, overwrite: bool, replace: bool,
    lang: Any,
) -> None:  # fmt: skip
    from qbank.actions import deliver, fill, marks
    from qbank.model import Refused

    target = output or into.with_name(f"{into.stem}-filled{into.suffix}")
    if target.suffix.lower() != into.suffix.lower():
        raise Refused(messages.tell("{file}: the filled file has the format of {template}: its name must end with "
                                    "{suffix}",
                                    file=target, template=into.name, suffix=into.suffix))  # fmt: skip
    filled = fill.filled(done, into, columns=columns, sheet=sheet, overwrite=overwrite, lang=lang)
    deliver.need_free(target, filled.content, replace=replace)
    _shared.warn(marks.keep(done, lang))
    deliver.deliver(target, filled.content, replace=replace)
    told = messages.listed(messages.tell("{what} into {heading!r}", what=what, heading=heading)
                           for heading, what in filled.columns)  # fmt: skip
    _terminal.say(messages.tell_many(
        filled.rows,
        "{file}: {filled} of {count} row filled: {columns}",
        "{file}: {filled} of {count} rows filled: {columns}",
        file=target, filled=filled.count, columns=told,
    ))  # fmt: skip
    _shared.warn(filled.problems)


def _warn(made: Made, exams: Sequence[Path]) -> None:
    _shared.warn(made.problems)
    if made.waiting:
        _shared.warn([messages.tell_many(
            made.waiting,
            "{count} mark is not final, because answers wait for a person: qbank review {folders}",
            "{count} marks are not final, because answers wait for a person: qbank review {folders}",
            folders=" ".join(map(str, exams)),
        )])  # fmt: skip
    if made.held:
        _terminal.say(messages.tell_many(
            made.held,
            "{count} candidate is below a minimum: the total does not pass",
            "{count} candidates are below a minimum: their totals do not pass",
        ))  # fmt: skip
