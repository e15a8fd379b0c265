"""Fill a department's own table with final marks: the marks, grades and words in its columns, nothing else changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qbank import intake, messages
from qbank.actions import _rows
from qbank.actions.marks import Finals
from qbank.intake import Entry, Line, Template
from qbank.model import Lang, Problem, Refused

KINDS = ("mark", "grade", "points", "remark")
"""What a column may be filled with, besides a component of the scheme by its name."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A department's table as it was filled: the file's bytes, what went into which heading, how many rows got it.

    `rows` are the rows of candidates that the table has.
    """

    content: bytes
    columns: tuple[tuple[str, str], ...]
    count: int
    rows: int
    problems: tuple[Problem, ...]


def filled(
    done: Finals, path: Path, *, columns: Sequence[str] = (), sheet: str = "", overwrite: bool = False,
    lang: Lang = "zh",
) -> Filled:  # fmt: skip
    """The table in a file with the final marks in it, by the candidates' numbers.

    `columns` are headings, or `HEADING=WHAT` with mark, grade, points, remark or the name of a component; without any,
    the headings tell. A cell that holds something else stays unless `overwrite` is said, one with a formula always.
    Raises Refused where no column can be filled, or a formula or a merged cell is in the way.
    """
    template = intake.template(path, sheet)
    targets = _targets(template, done, columns)
    found = _rows.matched(template, done.candidates, done.former)
    values = {what: _values(done, what, lang) for what in targets}
    entries: dict[tuple[int, int], Entry] = {}
    kept: list[str] = []
    for line, place in found.candidate.items():
        for what, own in targets.items():
            at, entry = (line.row, own[line.block]), values[what][place]
            _need_free(template, at)
            there = template.texts.get(at, "").strip()
            if not entry.text or there == entry.text or _equal(there, entry):
                continue
            if there and not overwrite:
                kept.append(messages.tell("{number}: {there!r}, not {new!r}", number=line.number, there=there,
                                          new=entry.text))  # fmt: skip
            else:
                entries[at] = entry
    content = template.filled(entries)
    told = tuple((_heading(template, own), what) for what, own in targets.items())
    problems = (*template.problems, *found.problems, *_told(template, done, found, kept, "remark" in targets, lang))
    return Filled(content, told, len({at[0] for at in entries}), len(template.lines), problems)


def _targets(template: Template, done: Finals, columns: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """What is filled in, with its column in each block."""
    scheme = done.final.scheme
    if columns:
        targets: dict[str, tuple[int, ...]] = {}
        for said in columns:
            heading, _, what = said.rpartition("=") if "=" in said else (said, "", "mark")
            if what not in (*KINDS, *done.final.components):
                names = messages.listed((*KINDS, *done.final.components))
                raise Refused(messages.tell("--column {column}: {what!r} cannot be filled in; write HEADING= and one "
                                            "of: {names}", column=said, what=what, names=names))  # fmt: skip
            if what in ("grade", "points") and scheme.table is None:
                raise Refused(messages.tell("--column {column}: there is no table of grades; name one: --grade "
                                            "five-level", column=said))  # fmt: skip
            if what in targets:
                raise Refused(messages.tell("--column {column}: {what} already has a column", column=said, what=what))
            targets[what] = template.named(heading)
        if "remark" not in targets and (remarks := template.remarks()) is not None:
            targets["remark"] = remarks
        return targets
    marks = template.marks(whole=len(scheme.components) > 1)
    grades = template.grades() if scheme.table is not None else None
    points = template.points() if scheme.table is not None else None
    if scheme.table is not None and grades is None and points is None:
        grades, marks = marks, None  # the department wants the word as the mark
    named = {"mark": marks, "grade": grades, "points": points, "remark": template.remarks()}
    targets = {what: own for what, own in named.items() if own is not None}
    if targets.keys() <= {"remark"}:
        raise Refused(messages.tell("{file}: no column for the marks is recognised among {names}; name it: --column "
                                    "HEADING", file=template.file,
                                    names=messages.listed(map(repr, template.written()))))  # fmt: skip
    return targets


def _values(done: Finals, what: str, lang: Lang) -> list[Entry]:
    """What every candidate gets in a column."""
    final = done.final
    match what:
        case "mark":
            return [Entry(text, number=True) for text in final.texts()]
        case "grade":
            return [Entry(word[lang]) for word in final.grades]
        case "points":
            return [Entry(text, number=True) for text in final.points]
        case "remark":
            return [Entry(word[lang]) for word in final.words]
    marks, counted = final.components[what]
    texts = marks.rounded(final.scheme.step).texts()
    return [Entry(text if there else "", number=True) for text, there in zip(texts, counted.tolist(), strict=True)]


def _need_free(template: Template, at: tuple[int, int]) -> None:
    """Raise Refused for a cell that is computed, or that another one covers."""
    if at in template.formulas:
        raise Refused(messages.tell("{file}, {place}: the cell has a formula, which is never replaced; fill in the "
                                    "column that it is computed from: --column HEADING", file=template.file,
                                    place=template.place(*at)))  # fmt: skip
    if at in template.covered:
        raise Refused(messages.tell("{file}, {place}: the cell is part of a merged cell, where a mark would not be "
                                    "seen; unmerge it in a copy", file=template.file,
                                    place=template.place(*at)))  # fmt: skip


def _equal(there: str, entry: Entry) -> bool:
    """Whether a cell holds the same number, written another way."""
    return entry.number and _rows.mark(there) is not None and _rows.mark(there) == _rows.mark(entry.text)


def _heading(template: Template, own: Sequence[int]) -> str:
    return template.headings[0][own[0]][-1] if own[0] in template.headings[0] else template.place(0, own[0])


def _told(
    template: Template, done: Finals, found: _rows.Matched, kept: Sequence[str], remarks: bool, lang: Lang
) -> Iterator[Problem]:
    """What a person has to know before the file goes to the registry."""
    if found.strange:
        told = _rows.some([_named(line) for line in found.strange])
        yield _warning("template.strange", messages.tell_many(
            len(found.strange), "{file}: no marks for {count} row, whose number the exam does not have: {numbers}",
            "{file}: no marks for {count} rows, whose numbers the exam does not have: {numbers}", file=template.file,
            numbers=told,
        ))  # fmt: skip
    counted = {place for place in found.left if done.final.counted[place] or done.final.words[place][lang]}
    if counted:
        told = _rows.some([_person(done, place) for place in sorted(counted)])
        yield _warning("template.left", messages.tell_many(
            len(counted), "{file}: no row for {count} candidate of the exam: {numbers}",
            "{file}: no row for {count} candidates of the exam: {numbers}", file=template.file, numbers=told,
        ))  # fmt: skip
    if kept:
        yield _warning("template.kept", messages.tell_many(
            len(kept), "{file}: {count} cell with another value, which was kept: {cells}",
            "{file}: {count} cells with other values, which were kept: {cells}", file=template.file,
            cells=_rows.some(kept),
        ), messages.tell("to replace them: --overwrite"))  # fmt: skip
    words = [f"{_person(done, place)} {done.final.words[place][lang]}" for place in found.candidate.values()
             if done.final.words[place][lang]]  # fmt: skip
    if words and not remarks:
        yield _warning("template.words", messages.tell("{file} has no column for remarks (备注), so it does not show: "
                                                       "{words}", file=template.file,
                                                       words=_rows.some(words)))  # fmt: skip


def _warning(code: str, message: str, proposal: str = "") -> Problem:
    return Problem(code, message, severity="warning", proposal=proposal)


def _named(line: Line) -> str:
    return f"{line.number} {line.name}".strip()


def _person(done: Finals, place: int) -> str:
    return f"{done.candidates[place].id} {done.candidates[place].name}".strip()
