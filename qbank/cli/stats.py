"""`qbank stats`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qbank import messages
from qbank.cli import _shared, _terminal

if TYPE_CHECKING:
    import polars as pl

    from qbank.actions.stats import Measured
    from qbank.reports.measures import Paper

Column = _terminal.Column


@click.command()
@_shared.exam_argument
@click.option("--parts", is_flag=True, help="Also show the parts of each question.")
@click.option("--options", is_flag=True, help="Show every option of every choice, not only those to look at.")
@click.option(
    "--fairness", is_flag=True, help="Show every test of forms and drawn values, not only the differences found."
)
@click.option("--model", is_flag=True, help="Fit the two-parameter model (2PL); it needs 200 candidates.")
@click.option("--write", is_flag=True, help="Keep the results of the items in the sittings/ of your own bank.")
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), help="Keep the results in this bank.")
@_shared.unsealed_option
@_shared.lang_option
@_shared.bank_option
def command(
    exam: Path, parts: bool, options: bool, fairness: bool, model: bool, write: bool, into: Path | None,
    unsealed: bool, lang: Any, banks: tuple[Path, ...],
) -> None:  # fmt: skip
    """Show what EXAM measured: how difficult it was, how well it discriminates, how reliable and fair it was.

    With --write, the results are kept for blueprints and for qbank list --worst and --unused-since. The page
    "Statistics" of the manual explains each number.
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
        if not found.dated:
            _terminal.say(messages.tell("the sitting has the date {date}, the first that the files and records of "
                                        "the exam tell, because the blueprint gives no date; correct it in the file if "
                                        "the exam was copied", date=found.sitting.date))  # fmt: skip
        _terminal.say(messages.tell("written again: {file}", file=path) if replaced
                      else messages.tell("written: {file}", file=path))  # fmt: skip


def _summary(found: Measured, lang: Any) -> None:
    from qbank import statistics

    paper, sitting = found.paper, found.sitting
    _terminal.say(messages.tell_many(
        paper.count, "{title} ({exam}): {count} candidate sat it", "{title} ({exam}): {count} candidates sat it",
        title=_shared.safe(sitting.title[lang]), exam=sitting.exam,
    ))  # fmt: skip
    if not paper.count:
        return
    told, whole = statistics.summary(paper.spread), statistics.reliable(paper.items)
    _terminal.say(messages.tell("mean {mean:.1f}, standard deviation {deviation:.1f}, of {full:g} marks",
                                mean=told.mean, deviation=told.deviation,
                                full=float(paper.graded.exam.total)))  # fmt: skip
    if whole.alpha != whole.alpha:
        _terminal.say(messages.tell("reliability: too few candidates or questions to tell"))
    elif statistics.lacking():
        _terminal.say(messages.tell(
            "reliability α {alpha:.2f}, standard error {error:.2f}; standard error of measurement: ± {measurement:.1f} "
            "marks on a total",
            alpha=whole.alpha, error=whole.error, measurement=whole.measurement,
        ))  # fmt: skip
    else:
        low, high = whole.interval()
        _terminal.say(messages.tell(
            "reliability α {alpha:.2f} (95 %: {low:.2f} to {high:.2f}), standard error {error:.2f}; standard error of "
            "measurement: ± {measurement:.1f} marks on a total",
            alpha=whole.alpha, low=low, high=high, error=whole.error, measurement=whole.measurement,
        ))  # fmt: skip
    waiting = paper.graded.undecided[0]
    if waiting:
        _terminal.say(messages.tell_many(waiting, "{count} answer still waits for a person and counts 0 here",
                                         "{count} answers still wait for a person and count 0 here"))  # fmt: skip


def _questions(paper: Paper, lang: Any, *, parts: bool) -> None:
    from qbank.reports import measures

    frame = measures.questions(paper, lang)
    shown = [row for row in frame.iter_rows(named=True) if parts or "." not in row["question"]]
    rows = [
        (row["question"], row["item"] if row["question"].count(".") == 0 else f"  {row['part']}",
         _ranged(row, "facility"), _ranged(row, "discrimination"), _number(row["alpha_without"]),
         _remarks(row["remarks"]))
        for row in shown
    ]  # fmt: skip
    _terminal.say()
    tell = messages.tell
    _terminal.table((Column(tell("question")), Column(tell("item"), wraps=True), Column(tell("facility"), right=True),
                     Column(tell("discrimination"), right=True), Column(tell("α without"), right=True),
                     Column(tell("remarks"), wraps=True)), rows)  # fmt: skip
    if any(measures.DOUBT in row["remarks"] for row in shown):
        _terminal.say(tell("?: with this number of candidates it may be chance (the 95 % interval reaches the limit)"))


def _options(paper: Paper, lang: Any, *, every: bool) -> None:
    from qbank.reports import measures

    frame = measures.options(paper, lang)
    rows = [
        (row["question"], row["option"], _share(row["right"]), str(row["chosen"]), _share(row["lower"]),
         _share(row["upper"]), "" if row["rest"] is None else f"{row['rest']:.1f}", _number(row["correlation"]),
         _remarks(row["remarks"]))
        for row in frame.iter_rows(named=True) if every or row["remarks"]
    ]  # fmt: skip
    if rows:
        _terminal.say()
        tell = messages.tell
        _terminal.table((
            Column(tell("question")), Column(tell("option"), wraps=True), Column(tell("right"), right=True),
            Column(tell("chosen"), right=True), Column(tell("lower group"), right=True),
            Column(tell("upper group"), right=True), Column(tell("mean of the rest"), right=True),
            Column(tell("correlation"), right=True), Column(tell("remarks"), wraps=True),
        ), rows)  # fmt: skip


def _fair(paper: Paper, *, every: bool) -> None:
    from qbank.reports import measures

    frame = measures.parameters(paper) if paper.graded.exam.each else measures.forms(paper)
    _terminal.say()
    if not len(frame):
        one = len(paper.graded.exam.forms) < 2
        _terminal.say(messages.tell("fairness: all candidates had the same form") if one
                      else messages.tell("fairness: too few candidates or values to tell"))  # fmt: skip
        return
    found = frame.filter((frame["chance"] < 0.05) | every)
    if paper.graded.exam.each:
        told = messages.tell_many(
            len(frame),
            "drawn values: {count} test, {differences}; a difference of {share} of the marks of an item (median) would "
            "have been found with a probability of 0.8",
            "drawn values: {count} tests, {differences}; a difference of {share} of the marks of an item (median) "
            "would have been found with a probability of 0.8",
            differences=_differences(frame), share=_share(frame["detectable"].median()),
        )  # fmt: skip
        rows: list[tuple[str, ...]] = [
            (row["question"], row["item"], row["parameter"], row["easiest"], row["hardest"],
             _share(row["difference"]), _chance(row["chance"]), _share(row["detectable"]))
            for row in found.iter_rows(named=True)
        ]  # fmt: skip
        columns = _values()
    else:
        total = frame.row(0, named=True)
        sure = total["chance"] is not None and total["chance"] < 0.05
        told = messages.tell(
            "forms: {best} is {difference:.1f} marks above {worst}, {chance} (p = {p}, ω² = {effect}); a difference of "
            "{detectable:.1f} marks would have been found with a probability of 0.8; questions: {differences}",
            best=total["best"], difference=total["difference"], worst=total["worst"],
            chance=messages.tell("more than chance") if sure else messages.tell("within chance"),
            p=_chance(total["chance"]), effect=_number(total["effect"]), detectable=total["detectable"],
            differences=_differences(frame[1:]),
        )  # fmt: skip
        rows = [(row["question"], row["item"], row["best"], row["worst"], f"{row['difference']:.2f}",
                 _chance(row["chance"]), f"{row['detectable']:.2f}") for row in found.iter_rows(named=True)
                if every or row["question"] != measures.TOTAL]  # fmt: skip
        columns = _forms()
    _terminal.say(told)
    if rows:
        _terminal.table(columns, rows)


def _differences(frame: pl.DataFrame) -> str:
    count = int((frame["chance"] < 0.05).sum())
    if not count:
        return messages.tell("no differences beyond chance")
    return messages.tell_many(count, "{count} difference beyond chance", "{count} differences beyond chance")


def _values() -> tuple[Column, ...]:
    tell = messages.tell
    return (Column(tell("question")), Column(tell("item"), wraps=True), Column(tell("drawn")), Column(tell("easiest")),
            Column(tell("hardest")), *_tested())  # fmt: skip


def _forms() -> tuple[Column, ...]:
    tell = messages.tell
    return (Column(tell("question")), Column(tell("item"), wraps=True), Column(tell("highest form")),
            Column(tell("lowest form")), *_tested())  # fmt: skip


def _tested() -> tuple[Column, ...]:
    heads = (messages.tell("difference"), "p", messages.tell("detectable from"))
    return tuple(Column(head, right=True) for head in heads)


def _model(paper: Paper) -> None:
    from qbank.reports import measures

    told = measures.model(paper)
    _terminal.say()
    if told.reason:
        _terminal.say(messages.tell("two-parameter model: {reason}", reason=told.reason))
        return
    _terminal.say(messages.tell("two-parameter model, P(right) = 1 / (1 + exp(-a (θ - b))):"))
    tell = messages.tell
    columns = (Column(tell("question")), Column(tell("item"), wraps=True), Column(tell("part")),
               Column(tell("slope a"), right=True), Column(tell("difficulty b"), right=True))  # fmt: skip
    _terminal.table(columns, [
        (row["question"], row["item"], row["part"], f"{row['slope']:.2f} ± {row['slope_error']:.2f}",
         f"{row['difficulty']:.2f} ± {row['difficulty_error']:.2f}") for row in told.frame.iter_rows(named=True)
    ])  # fmt: skip
    if told.left_out:
        _terminal.say(messages.tell("left out, because they have part marks or every candidate has the same marks: "
                                    "{names}",
                                    names=messages.listed(told.left_out)))  # fmt: skip


def _ranged(row: dict[str, Any], name: str) -> str:
    if row[name] is None:
        return "?"
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    if low is None:
        return f"{row[name]:.2f}"
    return messages.tell("{value:.2f} ({low:.2f} to {high:.2f})", value=row[name], low=low, high=high)


def _remarks(codes: str) -> str:
    """Remarks such as `hard weak?` in words."""
    tell = messages.tell
    words = {"hard": tell("hard"), "easy": tell("easy"), "weak": tell("weak"), "reversed": tell("reversed"),
             "unused": tell("unused"), "misleading": tell("misleading"), "avoided": tell("avoided")}  # fmt: skip
    told = ((code.rstrip("?"), "?" * code.endswith("?")) for code in codes.split())
    return " ".join(words.get(code, code) + doubt for code, doubt in told)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _share(value: Any) -> str:
    return "" if value is None else f"{100 * value:.0f} %"


def _chance(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}" if value >= 0.001 else "< 0.001"
