"""What a candidate sees, and what an examiner sees beside it.

A `Sheet` has no field that could hold a key, a seed or an item's name: what is not there cannot leak. A `Book` is a
sheet with the answers; `Items` are variants with theirs, for another system. Every text is in one language, filled in,
in the order of its form.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from qbank.model import (
    Attachment,
    Candidate,
    Drawing,
    Imposition,
    Inline,
    Lang,
    Listing,
    Paragraph,
    Printed,
    Table,
)
from qbank.waist import Interaction, Scoring

Body: TypeAlias = tuple[Paragraph | Table | Listing | Drawing | Attachment, ...]
"""Filled-in text: no open name, no open figure, no open file.

Paragraphs may still hold Blanks: the places of inline parts.
"""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to answer: `label` is "(1)" or empty; `inline` parts are Blanks in the question's own text."""

    id: str
    label: str
    marks: Fraction
    ask: Body
    interaction: Interaction
    inline: bool = False
    space: float = 0.0
    """Room for the working under the part, in centimetres."""


@dataclass(frozen=True, slots=True)
class Question:
    """One item as this form shows it, numbered through the paper."""

    number: int
    marks: Fraction
    stem: Body
    parts: tuple[Part, ...]


def attachments(question: Question) -> tuple[Attachment, ...]:
    """The data files that a question hands out, each once, in the order of their names in its texts."""
    bodies = (question.stem, *(part.ask for part in question.parts))
    return tuple(dict.fromkeys(block for body in bodies for block in body if isinstance(block, Attachment)))


@dataclass(frozen=True, slots=True)
class Section:
    """A titled run of questions: `label` is 一 or I, `note` a line such as "2 marks each, 20 in all"."""

    label: str
    title: str
    note: str
    text: Body
    marks: Fraction
    questions: tuple[Question, ...]
    answer_grid: bool = False
    """Whether the answers of its choices are written into a grid at its head."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a paper has about the examination besides its title, in one language; whatever is empty is not printed.

    `date` is 2027-01-12; `logo` a PNG or an SVG file; `imposition` the sheets on which it is printed.
    """

    term: str = ""
    date: str = ""
    course_code: str = ""
    open_book: bool | None = None
    notices: tuple[Body, ...] = ()
    logo: bytes = b""
    imposition: Imposition = field(default_factory=Imposition)
    templates: tuple[tuple[str, str], ...] = ()
    """A department's own page templates, by their names."""


@dataclass(frozen=True, slots=True)
class Serial:
    """What a machine reads on each page: numbers of the exam and of the seat (the form), neither a key nor the seed."""

    exam: int
    seat: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper in one language for one form."""

    lang: Lang
    title: str
    institution: str
    course: str
    minutes: int
    marks: Fraction
    form: str
    """What the sheet bears to be told from others: A, B, … or the candidate's own code. Never the seed."""
    candidate: Candidate | None
    notes: Body
    sections: tuple[Section, ...]
    imprint: Imprint = field(default_factory=Imprint)
    serial: Serial | None = None
    large_print: bool = False
    beside: Sheet | None = None
    """The same paper in English, printed side by side with this one in Chinese."""

    @property
    def langs(self) -> tuple[Lang, ...]:
        """The languages on it."""
        return (self.lang,) if self.beside is None else (self.lang, self.beside.lang)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A foreseen wrong answer as the marking scheme names it."""

    printed: str
    text: tuple[Inline, ...]
    credit: float
    name: str = ""
    """The mistake's name, as the scoring of the part has it too."""


@dataclass(frozen=True, slots=True)
class Line:
    """One step of a part's marking scheme: its name, what is looked for, and the marks it is worth on this paper."""

    name: str
    text: Body
    marks: Fraction


@dataclass(frozen=True, slots=True)
class Answer:
    """The key of one part, as printed, what counts as right, the foreseen mistakes, and the whole rule of its mark.

    `follows` are the parts whose own answers are carried into this one; `steps`, where there are any, are its marking
    scheme and add up to the marks of the part.
    """

    part: Part
    printed: Printed
    accepted: str
    mistakes: tuple[Foreseen, ...]
    scoring: Scoring
    follows: tuple[str, ...] = ()
    steps: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Worked:
    """A question with its answers and its worked solution, for examiners alone."""

    question: Question
    item: str
    title: str
    answers: tuple[Answer, ...]
    solution: Body
    any_order: tuple[str, ...] = ()
    """The parts whose blanks take each other's answers."""

    @property
    def explained(self) -> Body:
        """The steps of its parts, then the solution: for a reader who is told no marks."""
        return (*(block for answer in self.answers for line in answer.steps for block in line.text), *self.solution)


@dataclass(frozen=True, slots=True)
class Book:
    """The answer book of one form: its sheet, and every question worked, in the order of the sheet."""

    sheet: Sheet
    worked: tuple[Worked, ...]


@dataclass(frozen=True, slots=True)
class Keys:
    """The printed keys of many forms: a column for each part, with its marks, and a row for each paper.

    A row has whose paper it is, if it is anybody's, the code that the paper bears, and the key of every part.
    """

    lang: Lang
    title: str
    columns: tuple[str, ...]
    marks: tuple[Fraction, ...]
    rows: tuple[tuple[Candidate | None, str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """One variant of an item for another system; `code` is shown in its text, so that an answer finds its variant."""

    code: str
    worked: Worked


@dataclass(frozen=True, slots=True)
class Pool:
    """One item in several variants, all worth the same: the other system draws one for each candidate."""

    item: str
    title: str
    topic: str
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """Items for another system, with their keys, in one language."""

    lang: Lang
    title: str
    pools: tuple[Pool, ...]
