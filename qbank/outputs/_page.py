"""What a page shows, as frozen records: every text clean, every word chosen, marks and blanks in their places.

Templates read these and nothing else; each output writes formulas in its own way. A record's `sort` is its name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from qbank.lessons import Verdict
from qbank.model import Lang
from qbank.outputs._wording import Wording


@dataclass(frozen=True, slots=True)
class Text:
    """Characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Bold text."""

    run: Run


@dataclass(frozen=True, slots=True)
class Code:
    """A piece of program text in a line."""

    text: str


@dataclass(frozen=True, slots=True)
class File:
    """The name of a data file, and its bytes, which a web page hands out."""

    text: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Formula:
    """TeX of our subset."""

    tex: str
    display: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A line to write on, so many em wide, and the unit after it."""

    width: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A blank for each component of a vector or a matrix."""

    rows: int
    columns: int
    width: float


@dataclass(frozen=True, slots=True)
class Bracket:
    """The brackets in which a letter is written."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What something is worth, in words."""

    text: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A place to answer with what was written there, and how it was judged: a sign and its meaning in words."""

    text: str
    verdict: Verdict
    sign: str
    said: str


Inline: TypeAlias = Text | Strong | Code | File | Formula | Entry | Grid | Bracket | Filled | Worth
Run: TypeAlias = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, and what stands at the right end of its last line."""

    run: Run
    tail: Run = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A header row and rows of cells."""

    header: tuple[Run, ...]
    rows: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Program text, line by line."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A text in a figure, at a point."""

    x: float
    y: float
    halign: str
    valign: str
    size: float
    run: Run


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing, its labels, and its description in the language of the page."""

    width: float
    height: float
    svg: str
    alt: str
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """The same text in two languages, side by side."""

    zh: Body
    en: Body


Block: TypeAlias = Paragraph | Table | Listing | Figure | Sides
Body: TypeAlias = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An option, or an entry of a list, under its letter or number."""

    label: str
    body: Body


@dataclass(frozen=True, slots=True)
class Nothing:
    """No place to answer below the text."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A place to answer below the text."""

    blank: Entry | Grid | Filled


@dataclass(frozen=True, slots=True)
class Options:
    """Options in so many columns."""

    columns: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Two lists to join."""

    left: tuple[Item, ...]
    right: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """A list to put in order."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines to write on."""

    lines: int


Action: TypeAlias = Nothing | Answer | Options | Pairs | Order | Lines


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a question; `space` is room for working, in centimetres."""

    label: str
    body: Body
    action: Action
    space: float


@dataclass(frozen=True, slots=True)
class Question:
    """A question: `lead` says its marks before the text."""

    number: int
    lead: str
    body: Body
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A foreseen mistake."""

    printed: str
    run: Run
    credit: str


@dataclass(frozen=True, slots=True)
class Key:
    """The row of one part in a marking scheme; a `brief` key stands in the list of all keys too."""

    label: str
    marks: str
    key: Run
    brief: bool
    accepted: str
    mistakes: tuple[Wrong, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a marking scheme and what it is worth; the first of a part has the part's label."""

    label: str
    body: Body
    marks: str


@dataclass(frozen=True, slots=True)
class Worked:
    """A question with its keys, the steps of its parts, and its solution."""

    question: Question
    item: str
    title: str
    marks: str
    answers: tuple[Key, ...]
    scheme: tuple[Step, ...]
    solution: Body


@dataclass(frozen=True, slots=True)
class Section:
    """A section with its heading; `worked` are its questions with their keys, in a book."""

    label: str
    heading: str
    note: str
    body: Body
    questions: tuple[Question, ...]
    worked: tuple[Worked, ...] = ()
    grid: tuple[str, ...] = ()
    """The numbers over the cells into which the answers to its choices are written."""


@dataclass(frozen=True, slots=True)
class Field:
    """A line of the head for the candidate to fill in, or filled in."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet or an answer book."""

    lang: Lang
    words: Wording
    title: str
    headline: str
    institution: str
    facts: tuple[str, ...]
    fields: tuple[Field, ...]
    notes: Body
    sections: tuple[Section, ...]
    about: tuple[str, ...] = ()
    """Term, date and course code, as they are printed."""
    notices: tuple[Body, ...] = ()
    logo: str = ""
    """An SVG drawing."""
    size: str = "A4"
    sides: int = 2
    scale: float = 1.0
    """The size of its type beside the usual one."""
    second: Paper | None = None
    """The same paper in the other language, whose head stands below this one's; the sections have both."""


def sort(record: object) -> str:
    """The name by which templates tell records apart."""
    return type(record).__name__
