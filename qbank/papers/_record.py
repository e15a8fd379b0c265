"""private/exam.json: what it holds, written from an exam, and read strictly, so that a damaged one is told at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from fractions import Fraction
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, TypeAdapter, ValidationError, model_validator

from qbank import __version__, messages, store
from qbank.model import Accommodation, Bilingual, Candidate, Imposition, Imprint, Lang, Refused, Rules
from qbank.papers.exam import Exam

FORMAT = store.FORMAT
"""The number of this layout. Later versions read every earlier one."""
RECORD = "private/exam.json"
LOGO = "private/logo"
"""The logo's file, whatever image it is."""


def _fraction(written: Any) -> Fraction:
    try:
        return Fraction(written) if isinstance(written, str) else Fraction("")
    except (ValueError, ZeroDivisionError):
        raise ValueError(messages.tell("{value!r} is not a number of marks", value=written)) from None


def _rules(written: Any) -> Rules:
    known = set(Rules.__dataclass_fields__)
    for name in written if isinstance(written, dict) else ():
        if name not in known:
            raise ValueError(messages.tell("the rule {rule!r} is not known", rule=name))
    return _adapter().validate_python(written)


@cache
def _adapter() -> TypeAdapter[Rules]:
    return TypeAdapter(Rules)


Exact = Annotated[Fraction, BeforeValidator(_fraction)]
Ruled = Annotated[Rules, BeforeValidator(_rules)]


class Part(BaseModel):
    """The base of every part of a record: strict, so that a damaged one is told."""

    model_config = ConfigDict(frozen=True, strict=True, arbitrary_types_allowed=True, defer_build=True)


class Texts(Part):
    """A text in both languages."""

    zh: str
    en: str

    def bilingual(self) -> Bilingual:
        """The text as the program uses it."""
        return Bilingual(zh=self.zh, en=self.en)


class PlacedItem(Part):
    """An item on the paper and the marks of its parts."""

    item: str
    marks: tuple[Exact, ...]


class PaperSection(Part):
    """A section of the paper."""

    title: Texts
    text: Texts | None
    marks: Exact
    rules: Ruled
    items: tuple[PlacedItem, ...]
    working: float | None = None
    answer_grid: bool = False


class Granted(Part):
    """What a candidate is granted."""

    large_print: bool = False
    percent: float = 0.0
    minutes: int = 0


class Seat(Part):
    """A candidate and the row of their form."""

    id: str
    name: str
    group: str
    form: int
    accommodation: Granted = Granted.model_construct()

    def candidate(self) -> Candidate:
        """The candidate as the program uses it."""
        granted = self.accommodation
        accommodation = Accommodation(granted.large_print, granted.percent, granted.minutes)
        return Candidate(self.id, self.name, self.group, accommodation)


class Sheets(Part):
    """The sheets on which the paper is printed."""

    size: Literal["A4", "A3"] = "A4"
    sides: Literal[1, 2] = 2
    multiple: Literal[1, 2, 4] = 2
    side_by_side: bool = False


class Said(Part):
    """What the paper says of itself besides its title; `logo` is its file, in the private half."""

    term: Texts | None = None
    date: str = ""
    course_code: str = ""
    open_book: bool | None = None
    notices: tuple[Texts, ...] = ()
    logo: str = ""
    sheets: Sheets = Sheets.model_construct()

    def imprint(self, logo: bytes) -> Imprint:
        """The same as the program uses it, with the content of the logo's file."""
        return Imprint(
            self.term.bilingual() if self.term else None, self.date, self.course_code, self.open_book,
            tuple(notice.bilingual() for notice in self.notices), logo,
            Imposition(self.sheets.size, self.sheets.sides, self.sheets.multiple, self.sheets.side_by_side),
        )  # fmt: skip


class Record(Part):
    """The whole record; item and circuit names lead to their files."""

    format: int
    version: str
    id: str
    title: Texts
    institution: Texts | None
    course: Texts | None
    notes: Texts | None
    minutes: int
    total: Exact
    langs: tuple[Lang, ...]
    forms: tuple[str, ...]
    each: bool
    spares: tuple[int, ...] = ()
    seed: str
    imprint: Said = Said.model_construct()
    rules: Ruled
    sections: tuple[PaperSection, ...]
    candidates: tuple[Seat, ...]
    circuits: tuple[str, ...]
    items: dict[str, dict[str, tuple[str, ...]]]
    names: dict[str, Texts] = {}

    @model_validator(mode="after")
    def _fits(self) -> Record:
        fit(self)
        return self


def fit(record: Record) -> None:
    """Raise ValueError where the fields of a record do not fit together."""
    placed = [each.item for section in record.sections for each in section.items]
    for name in placed:
        if name not in record.items:
            raise ValueError(messages.tell("the item {item!r} is on the paper, but not among the items", item=name))
    for name in record.items:
        if placed.count(name) != 1:
            raise ValueError(messages.tell("the item {item!r} is on the paper {count} times", item=name,
                                           count=placed.count(name)))  # fmt: skip
    seats = [*(seat.form for seat in record.candidates), *record.spares]
    if not record.langs or not record.forms or not all(0 <= form < len(record.forms) for form in seats):
        raise ValueError(messages.tell("the languages, the forms and the candidates' forms do not fit together"))
    if len({seat.id for seat in record.candidates}) < len(record.candidates):
        raise ValueError(messages.tell("a candidate appears twice"))


def parsed(content: bytes) -> Record:
    """The record in the file. Raises Refused for a damaged one, and for one of a later version."""
    try:
        return Record.model_validate_json(content)
    except ValidationError as error:
        raise Refused(messages.tell("{file} is damaged: {fault}", file=RECORD, fault=store.fault(error))) from error


def written(exam: Exam) -> dict[str, Any]:
    """The record of an exam, as JSON holds it."""
    return {
        "format": FORMAT,
        "version": __version__,
        "id": exam.id,
        "title": asdict(exam.title),
        **{
            name: asdict(text) if text else None
            for name, text in (("institution", exam.institution), ("course", exam.course), ("notes", exam.notes))
        },
        "minutes": exam.minutes,
        "total": str(exam.total),
        "langs": list(exam.langs),
        "forms": list(exam.forms),
        "each": exam.each,
        "spares": list(exam.spares),
        "seed": exam.seed,
        "imprint": _said(exam.imprint),
        "rules": _plain(exam.rules),
        "sections": [
            {
                "title": asdict(section.title),
                "text": asdict(section.text) if section.text else None,
                "marks": str(section.marks),
                "rules": _plain(section.rules),
                "working": section.working,
                "answer_grid": section.answer_grid,
                "items": [
                    {"item": placed.item.id, "marks": [str(marks) for marks in placed.marks]}
                    for placed in section.placed
                ],
            }
            for section in exam.sections
        ],
        "candidates": seats_of(exam),
        "circuits": list(exam.circuit_sources),
        "items": {
            name: {label: list(column.labels) for label, column in drawn.columns.items() if column.labels}
            for name, drawn in exam.drawn.items()
        },
        "names": {name: asdict(text) for name, text in exam.names.items()},
    }


def seats_of(exam: Exam) -> list[dict[str, Any]]:
    """Every candidate with the row of their form, as JSON holds it."""
    return [
        {"id": each.id, "name": each.name, "group": each.group, "form": int(form)} | _granted(each.accommodation)
        for each, form in zip(exam.candidates, exam.form_of, strict=True)
    ]


def _granted(accommodation: Accommodation) -> dict[str, Any]:
    return {"accommodation": asdict(accommodation)} if accommodation else {}


def _said(imprint: Imprint) -> dict[str, Any]:
    return {
        "term": asdict(imprint.term) if imprint.term else None,
        "date": imprint.date,
        "course_code": imprint.course_code,
        "open_book": imprint.open_book,
        "notices": [asdict(notice) for notice in imprint.notices],
        "logo": LOGO if imprint.logo else "",
        "sheets": asdict(imprint.imposition),
    }


def _plain(rules: Rules) -> Mapping[str, Any]:
    return {name: str(value) if isinstance(value, Fraction) else value for name, value in asdict(rules).items()}
