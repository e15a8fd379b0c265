"""Every frozen type that crosses a room. Values only: no file, no chance, no marking happens here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import reduce
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Lang: TypeAlias = Literal["zh", "en"]
LANGS: tuple[Lang, Lang] = ("zh", "en")
Floats: TypeAlias = NDArray[np.float64]
Array: TypeAlias = NDArray[Any]
Columns: TypeAlias = Mapping[str, Array]
"""Named arrays whose first axis is the variant (or the answer): what a kind seals, arranges and marks with."""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in both languages of the bank.

    >>> Bilingual(zh="电阻", en="resistor")["en"]
    'resistor'
    """

    zh: str
    en: str

    def __getitem__(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en


# --- what is wrong, and where ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text file: line and column count from 1, `end` is the column after the last wrong character."""

    file: str
    line: int
    column: int
    end: int
    source: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def caret(self) -> str:
        """The offending line with the wrong part underlined; wide (Chinese) characters take two columns."""
        lead = "".join("  " if _wide(c) else "\t" if c == "\t" else " " for c in self.source[: self.column - 1])
        wrong = self.source[self.column - 1 : max(self.end - 1, self.column)] or " "
        width = sum(2 if _wide(c) else 1 for c in wrong)
        return f"  {self.source}\n  {lead}{'~' * (width - 1)}^"


def _wide(character: str) -> bool:
    return character >= "\u1100" and not "\u2010" <= character <= "\u2fff"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of an author's file: a stable code, a sentence, its place, and what to do about it."""

    code: str
    message: str
    place: Place | None = None
    path: str = ""
    proposal: str = ""
    item: str = ""
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else f"{self.item}: " if self.item else ""
        path = f"{self.path}: " if self.path else ""
        lines = [f"{where}{path}{self.message}"]
        if self.place:
            lines.append(self.place.caret())
        if self.proposal:
            lines.append(f"  → {self.proposal}")
        return "\n".join(lines)


class Refused(Exception):
    """The user's input cannot be used; every problem says where and what to do. The command line prints them."""

    def __init__(self, *problems: Problem | str) -> None:
        self.problems = tuple(Problem("refused", p) if isinstance(p, str) else p for p in problems)
        super().__init__("\n".join(map(str, self.problems)))


# --- columns -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A named value over variants: `values` is (n, *shape); with `labels`, the values are codes into them."""

    values: Array
    labels: tuple[str, ...] = ()

    def __len__(self) -> int:
        return int(self.values.shape[0])

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of one variant's value: () for a scalar, (3,) for a vector, (2, 3) for a matrix."""
        return tuple(int(size) for size in self.values.shape[1:])

    def take(self, rows: Array) -> Column:
        """The column of the given rows (indices or a mask)."""
        return replace(self, values=self.values[rows])


def take(columns: Columns, rows: Array) -> dict[str, Array]:
    """The given rows (indices or a mask) of every array."""
    return {name: array[rows] for name, array in columns.items()}


# --- text as it is printed ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Printed:
    """A value as a page shows it: with its unit and without, as text and as TeX of our subset."""

    text: str
    tex: str
    bare_text: str
    bare_tex: str


@dataclass(frozen=True, slots=True)
class Text:
    """Characters, exactly as they are printed."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Bold inline text."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A piece of program text in a line."""

    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """A `{{ name }}` not yet filled in: `bare` prints it without its unit."""

    name: str
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Maths:
    """A formula of our LaTeX subset; before filling in, its pieces hold Names between the TeX."""

    pieces: tuple[str | Name, ...]
    display: bool = False

    @property
    def tex(self) -> str:
        """The TeX of a formula that has no open name left."""
        return "".join(piece if isinstance(piece, str) else f"{{{{{piece.name}}}}}" for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Blank:
    """The place of a blank that is a part: `[[part]]`."""

    part: str


Inline: TypeAlias = Text | Strong | Code | Name | Maths | Blank


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of running text."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A pipe table: a header row and body rows of cells, each cell a run of inlines."""

    header: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Program text, line by line, in a fixed-width font."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class FigureSlot:
    """Where a figure stands: `[[figure main]]`."""

    name: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """Where a worked line stands in a solution: `[[derive A]]` becomes A = formula = numbers = value."""

    name: str


Block: TypeAlias = Paragraph | Table | Listing | FigureSlot | Derivation
Rich: TypeAlias = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A text in a drawing: its anchor point in points from the top left, and what stands there."""

    x: float
    y: float
    halign: Literal["left", "center", "right"]
    valign: Literal["top", "middle", "bottom"]
    inlines: tuple[Inline, ...]
    size: float = 9.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure: SVG of paths alone (no text), its size in points, labels set by the page, and a description."""

    width: float
    height: float
    svg: str
    labels: tuple[Label, ...]
    alt: Bilingual


# --- marking -----------------------------------------------------------------------------------------------------

BLANK, UNREADABLE, READ = 0, 1, 2
"""The three states of an answer, before any mark."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the paper decides where a part is silent (docs/grading.md); names as in the YAML."""

    comma: Literal["ask", "decimal", "thousands"] = "ask"
    unit_missing: float = 0.2
    unit_wrong: float = 1.0
    unit_prefix: float = 1.0
    several: str = "net"
    round_to: Fraction = Fraction(1, 2)


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One decision in marking: a constant note, the rows it was taken on, the scale it put on the credit, and why.

    `rows` (n,) says where; `scale` is a number or (n,); `details` hold the values that explain the note, (n,) each.
    """

    note: str
    rows: NDArray[np.bool_]
    scale: float | Floats = 1.0
    details: Columns = field(default_factory=dict)

    def take(self, rows: Array) -> Step:
        """The step of the given answers."""
        scale = self.scale[rows] if isinstance(self.scale, np.ndarray) else self.scale
        return Step(self.note, self.rows[rows], scale, take(self.details, rows))


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """The decisions on n answers to one part, in order; the credit is the product of their scales."""

    count: int
    steps: tuple[Step, ...] = ()

    def where(
        self, rows: NDArray[np.bool_], note: str, scale: float | Floats = 1.0, **details: Array
    ) -> Steps:
        """These steps and one more on the given rows; a step that is taken nowhere is not kept."""
        if not rows.any():
            return self
        return Steps(self.count, (*self.steps, Step(note, rows, scale, details)))

    @property
    def credit(self) -> Floats:
        """(n,) what each answer earns of the part, 1 for all of it."""
        credit = np.ones(self.count)
        for step in self.steps:
            credit = np.where(step.rows, credit * step.scale, credit)
        return credit

    def take(self, rows: Array) -> Steps:
        """The steps of the given answers (indices)."""
        kept = tuple(step.take(rows) for step in self.steps)
        return Steps(len(rows), tuple(step for step in kept if step.rows.any()))

    def of(self, row: int) -> Iterator[tuple[str, float, dict[str, Any]]]:
        """(note, scale, details) of one answer, in order."""
        for step in self.steps:
            if step.rows[row]:
                scale = float(step.scale[row]) if isinstance(step.scale, np.ndarray) else step.scale
                yield step.note, scale, {name: array[row] for name, array in step.details.items()}

    def noted(self, note: str) -> NDArray[np.bool_]:
        """(n,) which answers carry the note."""
        none = np.zeros(self.count, dtype=bool)
        return reduce(np.logical_or, (step.rows for step in self.steps if step.note == note), none)


def merge(choose: NDArray[np.bool_], yes: Steps, no: Steps) -> Steps:
    """Row by row the steps of `yes` where chosen, else those of `no`."""
    first = tuple(replace(step, rows=step.rows & choose) for step in yes.steps)
    second = tuple(replace(step, rows=step.rows & ~choose) for step in no.steps)
    return Steps(yes.count, tuple(step for step in (*first, *second) if step.rows.any()))


@dataclass(frozen=True, slots=True)
class Example:
    """A row that is a kind's test, its documentation and the instructor's reference at once.

    `answer` is the YAML of the part's answer, `given` the values its names have, `response` what a candidate wrote,
    `credit` and `note` (the last step's) the verdict; `remark` says what is odd about it.
    """

    answer: str
    response: str
    credit: float
    note: str
    remark: str = ""
    given: Mapping[str, float | Sequence[float] | Sequence[Sequence[float]]] = field(default_factory=dict)


# --- people ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who sits the exam: the number that names them, and what the roster says besides."""

    id: str
    name: str = ""
    group: str = ""


def duplicates(values: Iterable[str]) -> dict[str, int]:
    """Every value that stands more than once, with its count.

    >>> duplicates(["a", "b", "a"])
    {'a': 2}
    """
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return {value: count for value, count in counts.items() if count > 1}
