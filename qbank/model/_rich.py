"""Text as it is printed: inlines, blocks, and drawings with their labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from qbank.model._texts import Bilingual


@dataclass(frozen=True, slots=True)
class Printed:
    """A value as a page shows it: with its unit and without, as text and as TeX of our subset.

    `inlines` are the words of a label whose text holds more than characters; `cells` the entries of a vector that is
    spread over the cells of a table.
    """

    text: str
    tex: str
    bare_text: str
    bare_tex: str
    inlines: tuple[Inline, ...] = ()
    cells: tuple[Printed, ...] = ()


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
    """A `{{ name }}` not yet filled in: `bare` prints it without its unit.

    `places` are the indices of one entry, `{{ x[0] }}` or `{{ x[k] }}`; `form` is how a vector is laid out: as a
    list, or over the cells of a table, down or across.
    """

    name: str
    bare: bool = False
    places: tuple[str, ...] = ()
    form: Literal["", "list", "down", "across"] = ""

    @property
    def entry(self) -> str:
        """The name with its indices: `x`, `W[1, 0]`."""
        return f"{self.name}[{', '.join(self.places)}]" if self.places else self.name

    @property
    def key(self) -> str:
        """What is printed, with or without its unit: `x`, `x[0]`, `x:list`."""
        return f"{self.entry}:{self.form}" if self.form else self.entry

    @property
    def names(self) -> tuple[str, ...]:
        """The names that decide what is printed: its own, and those of its indices."""
        return (self.name, *(place for place in self.places if not place.lstrip("-").isdigit()))


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
    """Where a figure is placed: `[[figure main]]`."""

    name: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """Where a worked line is placed in a solution: `[[derive A]]` becomes A = formula = numbers = value."""

    name: str


@dataclass(frozen=True, slots=True)
class FileSlot:
    """Where a data file is named: `[[file data.csv]]`."""

    name: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A data file that a candidate gets with the question: its name, its bytes, its headings and how many rows."""

    name: str
    content: bytes
    headings: tuple[str, ...]
    rows: int


Block: TypeAlias = Paragraph | Table | Listing | FigureSlot | FileSlot | Derivation
Rich: TypeAlias = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A text in a drawing: its anchor point in points from the top left, and its text."""

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


Content: TypeAlias = tuple[Block | Drawing | Attachment, ...]
"""A text in which figures may be drawn already, and files attached."""
