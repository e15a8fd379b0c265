"""What candidates answered: one text column for each part, as it was typed."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qbank import messages, registry
from qbank.distinct import Texts
from qbank.intake import _headings, _people, _runs, _table
from qbank.model import Problem, Refused

if TYPE_CHECKING:
    import polars

_YES = frozenset({"1", "yes", "y", "true", "t", "√", "✓", "是", "缺考", "缺", "absent", "x", "×"})
_NO = frozenset({"", "0", "no", "n", "false", "f", "否", "-", "到", "present"})
_MARKS = re.compile(r"(.+?)[\s_]*[(（]?(?:marks?|score|得分|分数|分)[)）]?", re.IGNORECASE)
_SHARE = re.compile(r"(Q\d+(?:\.\d+)?) share in (\w+)")
_LONGEST_HEADER = 200
"""A longer header names no part and no run of parts."""


def wanted() -> str:
    """What to do where a table has no column of candidates' numbers."""
    return messages.tell("give one of them the heading 'candidate' (also recognised: 学号, 考号, id)")


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The responses of a class, a row for each candidate, in the order of the file.

    `frame` holds `candidate`, `absent` and a text column for each part (as typed; nothing is an empty text);
    `marks` a text column for each part that was marked by hand; `lines` the line of each row; `problems` what is
    doubtful. An error among them means that a cell does not hold what the candidate wrote.
    """

    file: str
    frame: polars.DataFrame
    marks: polars.DataFrame
    lines: tuple[int, ...]
    problems: tuple[Problem, ...]
    forms: tuple[str, ...] = ()
    """Who had which form, where a column says so."""
    names: tuple[str, ...] = ()
    """What the file calls each candidate; empty texts where it does not."""
    system: str = ""
    """The other system in which they were given, by its tag."""
    shares: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The share of the marks of a question (`Q7`) or a part (`Q7.2`) that each candidate had there."""

    def only(self, rows: Sequence[int]) -> Table:
        """The table with these rows alone."""
        kept = list(rows)
        return replace(
            self, frame=self.frame[kept], marks=self.marks[kept] if self.marks.width else self.marks,
            lines=tuple(self.lines[row] for row in kept),
            forms=tuple(self.forms[row] for row in kept) if self.forms else (),
            names=tuple(self.names[row] for row in kept) if self.names else (),
            shares={key: tuple(each[row] for row in kept) for key, each in self.shares.items()},
        )

    @property
    def candidates(self) -> tuple[str, ...]:
        """The candidates' numbers, row by row."""
        return tuple(self.frame["candidate"].to_list())


def is_own(sheet: _table.Sheet, columns: Sequence[str]) -> bool:
    """Whether a table has a column of answers or marks of these parts, and so is no other system's."""
    known = {_headings.folded(column) for column in columns}
    heads = [head for head in sheet.header if len(head) <= _LONGEST_HEADER]
    marked = (_MARKS.fullmatch(head) for head in heads)
    named = {*map(_headings.folded, heads), *(_headings.folded(each[1]) for each in marked if each)}
    return bool(named & known) or any(_runs.span(head, columns) for head in heads)


def of_system(
    sheet: _table.Sheet, people: _people.People, texts: Mapping[str, Sequence[str]], *, forms: tuple[str, ...],
    problems: Sequence[Problem], system: str, shares: Mapping[str, tuple[str, ...]],
) -> Table:  # fmt: skip
    """The responses of candidates who answered in another system: `texts` by part, nobody absent, nothing by hand."""
    return Table(sheet.file, _frame(people.numbers, [False] * len(people.numbers), texts), _by_hand({}),
                 tuple(sheet.lines), tuple(problems), forms, people.names, system, shares)  # fmt: skip


def responses(source: Path | _table.Sheet, columns: Sequence[str]) -> Table:
    """The responses to the parts named by `columns`, in a file or in a table that was read.

    Raises Refused when the file is no table, has no column of answers, or its candidates' numbers are missing, blank or
    twice there.
    """
    read = _table.read(source) if isinstance(source, Path) else source
    people = _people.people(read, wanted=wanted(), also=also(columns))
    return table(people, columns, (*read.problems, *people.problems))


def also(columns: Sequence[str]) -> tuple[str, ...]:
    """What headings mean in the responses besides what they mean everywhere."""
    return tuple(map(_headings.folded, columns))


def table(people: _people.People, columns: Sequence[str], told: Sequence[Problem]) -> Table:
    """The responses of the people of a table, or of a part of one; what is `told` of it comes first.

    Raises Refused when it has no column of answers.
    """
    known = {_headings.folded(column): column for column in columns}
    sheet, numbers = people.sheet, people.numbers
    problems: list[Problem] = [*told]
    answers: dict[str, Texts] = {}
    marks: dict[str, list[str]] = {}
    about: dict[str, list[str]] = {}
    shares: dict[tuple[str, str], tuple[str, ...]] = {}
    absent = [False] * len(numbers)
    for at, header in enumerate(sheet.header):
        name, named = _headings.folded(header), len(header) <= _LONGEST_HEADER
        marked = _MARKS.fullmatch(header) if named else None
        run = _runs.span(header, columns) if named and name not in known else ()
        part = _headings.folded(marked[1]) if marked else ""
        told = [problem for (_, column), problem in sheet.cells.items() if column == at]
        if name in known:
            problems.extend([*_twice(sheet, header, [known[name]], answers), *told])
            answers[known[name]] = sheet.texts(at)
        elif part in known:
            problems.extend([*_twice(sheet, header, [known[part]], marks), *_errors(told)])
            marks[known[part]] = [cell.strip() for cell in sheet.column(at)]
        elif run:
            problems.extend([*_twice(sheet, header, run, answers), *told])
            columns_of_run, faults = _expanded(sheet, at, run, numbers)
            answers.update(columns_of_run)
            problems.extend(faults)
        elif (share := _SHARE.fullmatch(header)) is not None:
            shares[share[2], share[1]] = tuple(cell.strip() for cell in sheet.column(at))
        elif name in _headings.ABSENT[0]:
            problems.extend(_twice(sheet, header, ["absent"], about))
            about["absent"] = sheet.column(at)
            absent, faults = _absent(sheet, at, numbers)
            problems.extend(faults)
        elif name in _headings.FORM[0]:
            problems.extend(_twice(sheet, header, ["form"], about))
            about["form"] = [cell.strip() for cell in sheet.column(at)]
        elif name and not _headings.known(header):
            problems.append(_extra(sheet, header, columns))
    if not answers and not marks:
        raise Refused(_no_answers(sheet, columns))
    given = {column for column, cells in marks.items() if any(cell.strip() for cell in cells)}
    problems.extend(_missing(sheet, [column for column in columns if column not in answers and column not in given]))
    texts = {column: answers.get(column, [""] * len(numbers)) for column in columns}
    systems = {system for system, _ in shares}
    if len(systems) > 1:
        message = messages.tell("{file}: the shares come from several systems ({systems}); keep those of one",
                                file=sheet.file, systems=messages.listed(sorted(systems)))  # fmt: skip
        problems.append(Problem("intake.column", message))
    return Table(sheet.file, _frame(numbers, absent, texts), _by_hand(marks), tuple(sheet.lines), tuple(problems),
                 tuple(about.get("form", ())), people.names, next(iter(systems), ""),
                 {key: share for (_, key), share in shares.items()})  # fmt: skip


def _frame(numbers: Sequence[str], absent: Sequence[bool], texts: Mapping[str, Texts]) -> polars.DataFrame:
    import polars as pl

    schema = {"candidate": pl.String, "absent": pl.Boolean, **dict.fromkeys(texts, pl.String)}
    return pl.DataFrame({"candidate": numbers, "absent": absent, **texts}, schema=schema)


def _by_hand(marks: Mapping[str, Sequence[str]]) -> polars.DataFrame:
    import polars as pl

    return pl.DataFrame(marks, schema=dict.fromkeys(marks, pl.String))


def _no_answers(sheet: _table.Sheet, columns: Sequence[str]) -> Problem:
    heads = messages.listed(repr(header) for header in sheet.header[:8] if header)
    message = messages.tell("{file}: no column has answers to this exam ({parts}); the columns are {columns}",
                            file=sheet.file, parts=messages.listed(columns, 3), columns=heads)  # fmt: skip
    return Problem("intake.column", message, proposal=messages.tell("nothing was changed; is it the right file?"))


def _errors(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity == "error"]


def _twice(sheet: _table.Sheet, header: str, names: Sequence[str], seen: Container[str]) -> Iterator[Problem]:
    for name in names:
        if name in seen:
            yield Problem("intake.column", messages.tell("{file}: column {column!r} contains {name!r} a second time",
                                                         file=sheet.file, column=header, name=name))  # fmt: skip


def _extra(sheet: _table.Sheet, header: str, columns: Sequence[str]) -> Problem:
    guess = registry.nearest(header, columns)
    if guess:
        message = messages.tell("{file}: column {column!r} is not a part of this exam and is not read; did you mean "
                                "{guess!r}?", file=sheet.file, column=header, guess=guess)  # fmt: skip
    else:
        message = messages.tell("{file}: column {column!r} is not a part of this exam and is not read", file=sheet.file,
                                column=header)  # fmt: skip
    return Problem("intake.column", message, severity="warning")


def _missing(sheet: _table.Sheet, columns: Sequence[str]) -> Iterator[Problem]:
    if columns:
        message = messages.tell("{file}: no column for {parts}; their answers count as blank", file=sheet.file,
                                parts=messages.listed(columns, 8))  # fmt: skip
        yield Problem("intake.column", message, severity="warning")


def _absent(sheet: _table.Sheet, at: int, numbers: Sequence[str]) -> tuple[list[bool], list[Problem]]:
    cells = [cell.strip().casefold() for cell in sheet.column(at)]
    faults = [
        Problem(
            "intake.absent",
            messages.tell("{file}, line {line}: candidate {number!r}: absent is {cell!r}; write yes, or leave it empty",
                          file=sheet.file, line=line, number=number, cell=cell),
        )
        for cell, number, line in zip(cells, numbers, sheet.lines, strict=True)
        if cell not in _YES | _NO
    ]
    return [cell in _YES for cell in cells], faults


def _expanded(
    sheet: _table.Sheet, at: int, run: Sequence[str], numbers: Sequence[str]
) -> tuple[dict[str, list[str]], list[Problem]]:
    rows: list[tuple[str, ...]] = []
    faults: list[Problem] = []
    blank = ("",) * len(run)
    for text, number, line in zip(sheet.column(at), numbers, sheet.lines, strict=True):
        answers = _runs.split(text)
        if text.strip() and (isinstance(answers, str) or len(answers) != len(run)):
            if isinstance(answers, str):
                message = messages.tell("{part!r} in {text!r} cannot be read; {column!r} takes {count} answers",
                                        part=answers,
                                        text=text.strip(), column=sheet.header[at], count=len(run))  # fmt: skip
            else:
                message = messages.tell("{text!r} has {found} answers, but {column!r} takes {count}", text=text.strip(),
                                        found=len(answers), column=sheet.header[at], count=len(run))  # fmt: skip
            faults.append(Problem("intake.run", messages.tell(
                "{file}, line {line}: candidate {number!r}: {message}", file=sheet.file, line=line, number=number,
                message=message)))  # fmt: skip
        rows.append(answers if isinstance(answers, tuple) and len(answers) == len(run) else blank)
    return {name: [row[index] for row in rows] for index, name in enumerate(run)}, faults
