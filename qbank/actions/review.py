"""What waits for a person: the list to fill in, the list read back, and the answers that one verdict decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from qbank import answers, attendance, intake, papers, records, registry, reports, reviews, store
from qbank.actions._sources import now
from qbank.grading import Graded
from qbank.intake import Sheet
from qbank.model import UNREADABLE, Bilingual, Lang, Problem, Refused, printed_marks, take
from qbank.reviews import Review

if TYPE_CHECKING:
    import polars as pl

Why: TypeAlias = Literal["unreadable", "waits", "doubtful"]
WHY: dict[Why, Bilingual] = {
    "unreadable": Bilingual(zh="无法识读", en="could not be read"),
    "waits": Bilingual(zh="须人工评阅", en="a person marks it"),
    "doubtful": Bilingual(zh="可疑，请过目", en="doubtful, please look"),
}
COLUMNS = ("candidate", "name", "part", "written", "stopped at", "expected", "key", "why", "earned", "worth", "marks",
           "comment", "by")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waiting:
    """One answer that waits: `part` is its column, `row` its candidate's row, `earned` what the rules gave it.

    `alike` are the rows, this one among them, with an equal text and an equal key: what one verdict decides.
    """

    candidate: str
    name: str
    part: str
    row: int
    text: str
    stop: int
    expected: str
    key: str
    why: Why
    earned: Fraction
    worth: Fraction
    alike: tuple[int, ...]


def waiting(graded: Graded, lang: Lang) -> tuple[Waiting, ...]:
    """Everything that waits, part by part: unreadable and long answers, near-misses in spelling, unknown units."""
    found = []
    for column, (placed, part, worth) in graded.exam.columns().items():
        rows = np.flatnonzero(graded.waiting(column) | graded.doubtful(column))
        if not len(rows):
            continue
        kind, drawn = answers.kind_of(part.kind), graded.exam.drawn[placed.item.id]
        marked, earned = graded.marked[column], graded.machine(column)
        reading = marked.reading
        same: dict[tuple[str, bytes], list[int]] = {}
        judged = [(graded.texts[column][row].strip(), _sealed(graded, column, int(row))) for row in rows]
        for row, mark in zip(rows, judged, strict=True):
            same.setdefault(mark, []).append(int(row))
        long = ~(reading.state == UNREADABLE) & graded.waiting(column)
        for row, mark in zip(rows, judged, strict=True):
            form = int(graded.rows[row])
            key, arrangement = drawn.keys[part.id], drawn.arrangements[part.id]
            said = kind.accepted(part.answer, key, arrangement, form, lang) if part.facts.waits else papers.key(
                drawn, part, form, lang).text
            expected = reading.expected(int(row), lang)
            if long[row] and not part.facts.waits:  # marking left it to a person: both readings, say
                variant = reports.variant_of(graded, column, int(row))
                expected = " ".join(reports.spoken(marked, int(row), lang, variant))
            why: Why = "unreadable" if reading.state[row] == UNREADABLE else "waits" if long[row] else "doubtful"
            who = graded.candidates[row]
            found.append(Waiting(
                who.id, who.name, column, int(row), graded.texts[column][row], int(reading.stop[row]),
                expected, said, why, earned[row], worth, tuple(same[mark]),
            ))  # fmt: skip
    return tuple(found)


def _sealed(graded: Graded, column: str, row: int) -> bytes:
    """The key and the arrangement of one answer, as bytes: equal where one verdict holds for both."""
    placed, part, _ = graded.exam.columns()[column]
    drawn, form = graded.exam.drawn[placed.item.id], graded.rows[[row]]
    pieces = {**take(drawn.keys[part.id], form), **take(drawn.arrangements[part.id], form)}
    return b"|".join(
        repr(array.tolist()).encode() if array.dtype.hasobject else array.tobytes() for array in pieces.values()
    )


def frame(found: Sequence[Waiting], lang: Lang) -> pl.DataFrame:
    """The list to fill in: `marks`, `comment` and `by` are left to the person.

    An answer that no cell of a spreadsheet can hold is cut, and recognised when the list comes back.
    """
    import polars as pl

    rows = [
        (each.candidate, each.name, each.part, intake.shortened(each.text), str(each.stop or ""), each.expected,
         intake.shortened(each.key), WHY[each.why][lang],
         printed_marks(each.earned), printed_marks(each.worth), "", "", "")
        for each in found
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")


def write(path: Path, found: Sequence[Waiting], lang: Lang) -> None:
    """The list as a table, as the ending of the path says."""
    intake.write(path, frame(found, lang))


def verdicts(graded: Graded, sheet: Sheet, *, by: str, at: str = "") -> tuple[Review, ...]:
    """The verdicts of a list that was filled in (`intake.sheet` reads it); rows without marks are left out.

    `by` is who judged where the list does not say. Raises Refused with the line of every fault: an answer that the exam
    does not have, or that is no longer the one judged; marks that the part is not worth.
    """
    columns = {name: _column(sheet, name) for name in ("candidate", "part", "marks", "written", "comment", "by")}
    for name in ("candidate", "part", "marks"):
        if columns[name] is None:
            raise Refused(f"{sheet.file}: no column {name!r}; qbank review EXAM --out writes a list that has all")
    cells = {name: sheet.column(at_) if at_ is not None else [""] * len(sheet.rows) for name, at_ in columns.items()}
    places = {intake.identity(candidate.id): row for row, candidate in enumerate(graded.candidates)}
    found: dict[tuple[str, str], Review] = {}
    faults: list[Problem] = []
    nobody: list[tuple[int, str]] = []
    when = at or now()
    for row, line in enumerate(sheet.lines):
        part, marks = (cells[name][row].strip() for name in ("part", "marks"))
        who = intake.restored(cells["candidate"][row]) or cells["candidate"][row].strip()
        if not marks:
            continue
        if who not in places:
            nobody.append((line, who))
            continue
        given = _Given(who, part, marks, cells["written"][row] if columns["written"] is not None else None)
        fault = sheet.cells.get((row, columns["marks"] or 0)) or _fault(graded, places[who], given)
        if fault is None and (who, part) in found:
            fault = f"candidate {who}, {part} stands twice"
        if fault is not None:
            message = fault.message if isinstance(fault, Problem) else f"{sheet.file}, line {line}: {fault}"
            faults.append(Problem("review.line", message))
            continue
        candidate, text = graded.candidates[places[who]].id, graded.texts[part][places[who]]
        judge = cells["by"][row].strip() or by
        found[who, part] = Review(candidate, part, text, float(records.fraction(marks)), judge, when,
                                  cells["comment"][row].strip())
    faults += attendance.strangers(sheet.file, nobody, places)
    if faults:
        raise Refused(*faults)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Given:
    candidate: str
    part: str
    marks: str
    text: str | None


def _fault(graded: Graded, row: int, given: _Given) -> str | None:
    columns = graded.exam.columns()
    if given.part not in columns:
        return f"part {registry.unknown(given.part, columns)}"
    text = graded.texts[given.part][row]
    if given.text is not None and given.text.strip() not in ("", text.strip(), intake.shortened(text).strip()):
        texts = tuple(repr(each if len(each) <= 200 else f"{each[:200]}…") for each in (given.text, text))
        told = f"candidate {given.candidate}, {given.part}: {texts[0]} was judged, and the answer is {texts[1]}"
        return f"{told}; if a spreadsheet has changed it, empty the cell"
    worth = columns[given.part][2]
    try:
        marks = records.fraction(given.marks)
    except ValueError as error:
        return str(error)
    return None if marks <= worth else f"{given.marks} marks for {given.part}, which is worth {float(worth):g}"


def judged(graded: Graded, one: Waiting, marks: float, *, by: str, why: str = "", at: str = "") -> tuple[Review, ...]:
    """One verdict on an answer, and on all that are alike."""
    when = at or now()
    return tuple(
        Review(graded.candidates[row].id, one.part, graded.texts[one.part][row], marks, by, when, why)
        for row in one.alike
    )


def keep(folder: Path, new: Sequence[Review]) -> None:
    """Add the verdicts to those that the exam keeps, all or none."""
    if new:
        with store.writing(folder) as exam:
            store.append(exam, reviews.RECORD, reviews.written(new))


def _column(sheet: Sheet, name: str) -> int | None:
    found = [at for at, header in enumerate(sheet.header) if header.strip().casefold() == name]
    if len(found) > 1:
        raise Refused(f"{sheet.file}: {len(found)} columns are headed {name!r}; delete those that do not count")
    return found[0] if found else None
