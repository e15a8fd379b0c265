"""What a check found, for people, for programs, and for the services that run it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from qbank import messages
from qbank.cli import _shared, _terminal

if TYPE_CHECKING:
    from qbank.actions.check import Checked
    from qbank.model import Problem


def show(checked: Checked, form: str) -> None:
    """Print what was found in the form that is asked for."""
    {"text": _text, "json": _json, "junit": _junit, "github": _github}[form](checked)


def _columns() -> tuple[_terminal.Column, ...]:
    tell, column = messages.tell, _terminal.Column
    return (column(tell("item")), column(tell("errors"), right=True), column(tell("warnings"), right=True),
            column(tell("codes"), wraps=True))  # fmt: skip


def _worst(problems: Iterable[Problem]) -> list[tuple[str, list[Problem]]]:
    """The problems by item, the item with the most errors first."""
    grouped: dict[str, list[Problem]] = {}
    for problem in problems:
        grouped.setdefault(
            problem.item or (problem.place.file if problem.place else messages.tell("the bank")), []
        ).append(problem)

    def weight(entry: tuple[str, list[Problem]]) -> tuple[int, int]:
        errors = sum(problem.severity == "error" for problem in entry[1])
        return -errors, -len(entry[1])

    return sorted(grouped.items(), key=weight)


def _text(checked: Checked) -> None:
    if checked.problems:
        rows = []
        for name, problems in _worst(checked.problems):
            bad = sum(problem.severity == "error" for problem in problems)
            codes = Counter(problem.code for problem in problems)
            counted = messages.listed(f"{code} ×{count}" if count > 1 else code for code, count in codes.items())
            rows.append((name, str(bad or ""), str(len(problems) - bad or ""), counted))
        _terminal.table(_columns(), rows)
        _terminal.say()
        for _, problems in _worst(checked.problems):
            for problem in problems:
                _terminal.say(f"{_told(problem)}\n")
    if checked.items:
        few = messages.listed(f"{tag} {most:,}" for tag, most in checked.looked.items() if most < checked.seats)
        _terminal.say(
            messages.tell("checked {count:,} variants of each item; fewer where they are printed, read or solved one "
                          "by one: {few}", count=checked.seats, few=few)
            if few else messages.tell_many(checked.seats, "checked {count} variant of each item",
                                           "checked {count:,} variants of each item")
        )  # fmt: skip
    _terminal.say(_summary(checked))


def _told(problem: Problem) -> str:
    if problem.severity == "error":
        return messages.tell("error: {problem} [{code}]", problem=problem, code=problem.code)
    return messages.tell("warning: {problem} [{code}]", problem=problem, code=problem.code)


def _summary(checked: Checked) -> str:
    """How many items and blueprints were checked, and what was found."""
    tell_many = messages.tell_many
    what = []
    if checked.items or not checked.plans:
        what.append(tell_many(len(checked.items), "{count} item", "{count} items"))
        if checked.kept:
            what.append(messages.tell("{count} known from before", count=checked.kept))
    if checked.plans:
        what.append(tell_many(checked.plans, "{count} blueprint", "{count} blueprints"))
    errors = tell_many(checked.errors, "{count} error", "{count} errors")
    warnings = tell_many(len(checked.problems) - checked.errors, "{count} warning", "{count} warnings")
    if checked.failed:
        failed = tell_many(checked.failed, "{count} check failed (exit code 3)", "{count} checks failed (exit code 3)")
        return messages.tell("{what}: {errors}, {warnings}; {failed}", what=_shared.joined(what), errors=errors,
                             warnings=warnings, failed=failed)  # fmt: skip
    return messages.tell("{what}: {errors}, {warnings}", what=_shared.joined(what), errors=errors, warnings=warnings)


def _json(checked: Checked) -> None:
    rows = [_row(problem) for problem in checked.problems]
    told = {"items": len(checked.items), "variants": checked.seats, "looked": dict(checked.looked),
            "errors": checked.errors,
            "warnings": len(rows) - checked.errors, "failed": checked.failed, "problems": rows}  # fmt: skip
    _terminal.emit(json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def _row(problem: Problem) -> dict[str, Any]:
    row = {"severity": problem.severity, "code": problem.code, "item": problem.item, "path": problem.path,
           "message": problem.message, "proposal": problem.proposal}  # fmt: skip
    if problem.place is None:
        return row
    return {**row, "file": problem.place.file, "line": problem.place.line, "column": problem.place.column}


def _junit(checked: Checked) -> None:
    """One test case for each item; errors are failures, a check that failed is an error, warnings are output."""
    from xml.etree import ElementTree

    from qbank.model import FAILED

    grouped = dict(_worst(checked.problems))
    names = [*checked.items, *(name for name in grouped if name not in checked.items)]
    failed = sum(any(each.severity == "error" for each in problems) for problems in grouped.values())
    broken = sum(any(each.code.endswith(FAILED) for each in problems) for problems in grouped.values())
    about = {"name": "qbank check", "tests": str(len(names)), "failures": str(failed - broken), "errors": str(broken)}
    suite = ElementTree.Element("testsuite", about)
    for name in names:
        case = ElementTree.SubElement(suite, "testcase", classname="qbank", name=name)
        problems = grouped.get(name, [])
        errors = [problem for problem in problems if problem.severity == "error"]
        if errors:
            message = _printable(errors[0].message)
            kind = "error" if any(each.code.endswith(FAILED) for each in errors) else "failure"
            failure = ElementTree.SubElement(case, kind, type=errors[0].code, message=message)
            failure.text = _printable("\n\n".join(f"{problem} [{problem.code}]" for problem in errors))
        if warnings := [problem for problem in problems if problem.severity == "warning"]:
            output = ElementTree.SubElement(case, "system-out")
            output.text = _printable("\n\n".join(f"{problem} [{problem.code}]" for problem in warnings))
    root = ElementTree.Element("testsuites")
    root.append(suite)
    ElementTree.indent(root)
    _terminal.emit('<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n")


def _printable(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return "".join(sign if sign in "\t\n" or sign.isprintable() else "�" for sign in text)


def _github(checked: Checked) -> None:
    """Annotations at the lines of the files, as GitHub Actions reads them from a log."""
    for problem in checked.problems:
        where = []
        if problem.place is not None:
            place = problem.place
            where = [f"file={_property(place.file)}", f"line={place.line}", f"col={place.column}"]
        where.append(f"title={_property(problem.code)}")
        message = problem.message + (f"\n→ {problem.proposal}" if problem.proposal else "")
        click.echo(f"::{problem.severity} {','.join(where)}::{_escaped(message)}")
    click.echo(_summary(checked))


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
