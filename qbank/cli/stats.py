"""`qbank stats`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qbank.cli import _shared, _terminal

if TYPE_CHECKING:
    import polars as pl

    from qbank.actions.stats import Measured
    from qbank.reports.measures import Paper

Column = _terminal.Column
QUESTIONS = (Column("question"), Column("item", wraps=True), Column("facility", right=True),
             Column("discrimination", right=True), Column("α without", right=True),
             Column("look at", wraps=True))  # fmt: skip
OPTIONS = (Column("question"), Column("option", wraps=True), Column("right", right=True), Column("chosen", right=True),
           Column("weak", right=True), Column("strong", right=True), Column("rest", right=True),
           Column("correlation", right=True), Column("look at", wraps=True))  # fmt: skip
FORMS = (Column("question"), Column("item", wraps=True), Column("best"), Column("worst"),
         Column("difference", right=True), Column("p", right=True), Column("found from", right=True))  # fmt: skip
VALUES = (Column("question"), Column("item", wraps=True), Column("drawn"), Column("easiest"), Column("hardest"),
          Column("difference", right=True), Column("p", right=True), Column("found from", right=True))  # fmt: skip
MODEL = (Column("question"), Column("item", wraps=True), Column("part"), Column("slope a", right=True),
         Column("difficulty b", right=True))  # fmt: skip


@click.command()
@_shared.exam_argument
@click.option("--parts", is_flag=True, help="The parts of each question as well.")
@click.option("--options", is_flag=True, help="Every option of every choice, not only those worth a look.")
@click.option("--fairness", is_flag=True, help="Every test of forms and drawn values, not only the differences found.")
@click.option("--model", is_flag=True, help="The two-parameter model (2PL), from 200 candidates on.")
@click.option("--write", is_flag=True, help="Keep what the items measured beside your own bank, in its sittings/.")
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), help="Write into this bank.")
@_shared.unsealed_option
@_shared.lang_option
@_shared.bank_option
def command(
    exam: Path, parts: bool, options: bool, fairness: bool, model: bool, write: bool, into: Path | None,
    unsealed: bool, lang: Any, banks: tuple[Path, ...],
) -> None:  # fmt: skip
    """Say what EXAM measured: how hard, how well it discriminates, how reliable and fair it was; --write keeps it.

    With --write, `qbank list --worst` and `--unused-since` and blueprints know of it; what each number means is in
    docs/statistics.md.
    """
    from qbank import bank
    from qbank.actions import stats
    from qbank.statistics import lacking

    home = None
    if into is not None or write:
        home = bank.named(into) if into is not None else stats.own(_shared.folders(banks, [str(exam)]))
    found = stats.stats(exam, unsealed=unsealed)
    _shared.warn(found.paper.graded.problems)
    if home is not None:
        path, replaced = stats.keep(found, home)
    _summary(found, lang)
    if found.paper.count:
        _questions(found.paper, lang, parts=parts)
        _options(found.paper, lang, every=options)
        if missing := lacking():
            _terminal.say(missing)
        else:
            _fair(found.paper, every=fairness)
            if model:
                _model(found.paper)
    if home is not None:
        said = "" if found.dated else f", dated {found.sitting.date}, when it was sealed: its blueprint has no date:"
        _terminal.say(f"{'written anew' if replaced else 'written'}: {path}{said}")


def _summary(found: Measured, lang: Any) -> None:
    from qbank import statistics

    paper, sitting = found.paper, found.sitting
    _terminal.say(f"{_shared.safe(sitting.title[lang])} ({sitting.exam}): {paper.count} sat it")
    if not paper.count:
        return
    told, whole = statistics.summary(paper.spread), statistics.reliable(paper.items)
    _terminal.say(f"mean {told.mean:.1f}, standard deviation {told.deviation:.1f}, "
                  f"of {float(paper.graded.exam.total):g} marks")
    if whole.alpha != whole.alpha:
        _terminal.say("reliability: too few candidates or questions to tell")
    else:
        ends = "" if statistics.lacking() else " (95 %: {:.2f} to {:.2f})".format(*whole.interval())
        _terminal.say(f"reliability α {whole.alpha:.2f}{ends}, standard error {whole.error:.2f}; "
                      f"standard error of measurement: ± {whole.measurement:.1f} marks on a total")
    waiting = paper.graded.undecided[0]
    if waiting:
        _terminal.say(f"{_shared.count(waiting, 'answer')} still wait for a person and count 0 here")


def _questions(paper: Paper, lang: Any, *, parts: bool) -> None:
    from qbank.reports import measures

    frame = measures.questions(paper, lang)
    rows = [
        (row["question"], row["item"] if row["question"].count(".") == 0 else f"  {row['part']}",
         _ranged(row, "facility"), _ranged(row, "discrimination"), _number(row["alpha_without"]), row["remarks"])
        for row in frame.iter_rows(named=True) if parts or "." not in row["question"]
    ]  # fmt: skip
    _terminal.say()
    _terminal.table(QUESTIONS, rows)
    if any(measures.DOUBT in row[-1] for row in rows):
        _terminal.say("?: with so few candidates, chance may have done it (the 95 % interval reaches the limit)")


def _options(paper: Paper, lang: Any, *, every: bool) -> None:
    from qbank.reports import measures

    frame = measures.options(paper, lang)
    rows = [
        (row["question"], row["option"], _share(row["right"]), str(row["chosen"]), _share(row["lower"]),
         _share(row["upper"]), "" if row["rest"] is None else f"{row['rest']:.1f}", _number(row["correlation"]),
         row["remarks"])
        for row in frame.iter_rows(named=True) if every or row["remarks"]
    ]  # fmt: skip
    if rows:
        _terminal.say()
        _terminal.table(OPTIONS, rows)


def _fair(paper: Paper, *, every: bool) -> None:
    from qbank.reports import measures

    frame = measures.parameters(paper) if paper.graded.exam.each else measures.forms(paper)
    _terminal.say()
    if not len(frame):
        one = len(paper.graded.exam.forms) < 2
        _terminal.say("fairness: everybody had one form" if one else "fairness: too few candidates or values to tell")
        return
    found = frame.filter((frame["chance"] < 0.05) | every)
    if paper.graded.exam.each:
        told = (f"drawn values: {_shared.count(len(frame), 'test')}, {_differences(frame)}; a difference of "
                f"{_share(frame['detectable'].median())} of the marks of an item (median) would have been found with a "
                "chance of 0.8")  # fmt: skip
        rows: list[tuple[str, ...]] = [
            (row["question"], row["item"], row["parameter"], row["easiest"], row["hardest"],
             _share(row["difference"]), _chance(row["chance"]), _share(row["detectable"]))
            for row in found.iter_rows(named=True)
        ]  # fmt: skip
        columns: tuple[_terminal.Column, ...] = VALUES
    else:
        total = frame.row(0, named=True)
        sure = "more than chance" if total["chance"] is not None and total["chance"] < 0.05 else "within chance"
        told = (f"forms: {total['best']} is {total['difference']:.1f} marks above {total['worst']}, {sure} "
                f"(p = {_chance(total['chance'])}, ω² = {_number(total['effect'])}); {total['detectable']:.1f} marks "
                f"would have been found with a chance of 0.8; questions: {_differences(frame[1:])}")  # fmt: skip
        rows = [(row["question"], row["item"], row["best"], row["worst"], f"{row['difference']:.2f}",
                 _chance(row["chance"]), f"{row['detectable']:.2f}") for row in found.iter_rows(named=True)
                if every or row["question"] != measures.TOTAL]  # fmt: skip
        columns = FORMS
    _terminal.say(told)
    if rows:
        _terminal.table(columns, rows)


def _differences(frame: pl.DataFrame) -> str:
    count = int((frame["chance"] < 0.05).sum())
    return f"{count if count else 'no'} difference{'s' * (count != 1)} beyond chance"


def _model(paper: Paper) -> None:
    from qbank.reports import measures

    told = measures.model(paper)
    _terminal.say()
    if told.reason:
        _terminal.say(f"two-parameter model: {told.reason}")
        return
    _terminal.say("two-parameter model, P(right) = 1 / (1 + exp(-a (θ - b))):")
    _terminal.table(MODEL, [
        (row["question"], row["item"], row["part"], f"{row['slope']:.2f} ± {row['slope_error']:.2f}",
         f"{row['difficulty']:.2f} ± {row['difficulty_error']:.2f}") for row in told.frame.iter_rows(named=True)
    ])  # fmt: skip
    if told.left_out:
        named = ", ".join(told.left_out)
        _terminal.say(f"left out, for their marks are not right or wrong alone, or all alike: {named}")


def _ranged(row: dict[str, Any], name: str) -> str:
    if row[name] is None:
        return "?"
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    return f"{row[name]:.2f}" if low is None else f"{row[name]:.2f} ({low:.2f} to {high:.2f})"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _share(value: Any) -> str:
    return "" if value is None else f"{100 * value:.0f} %"


def _chance(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}" if value >= 0.001 else "< 0.001"
