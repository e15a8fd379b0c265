"""The parsed formula: one frozen record per construction, the same tree for every printer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Face: TypeAlias = Literal["upright", "bold", "bold-italic", "italic", "script", "double"]


@dataclass(frozen=True, slots=True)
class Row:
    """Nodes one after another."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """Digits, with a decimal point or without."""

    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter, Latin or Greek, in the face of its surroundings."""

    text: str


@dataclass(frozen=True, slots=True)
class Symbol:
    """A sign that is placed like a letter and is never slanted: ∞, °, %."""

    text: str


@dataclass(frozen=True, slots=True)
class Operator:
    """A sign between, before or after others: operators, relations, punctuation, delimiters."""

    sign: str


@dataclass(frozen=True, slots=True)
class Big:
    """A sum, product, union or integral sign."""

    sign: str

    @property
    def limits(self) -> bool:
        """Whether its bounds are under and over it."""
        return self.sign not in "∫∬∮"


@dataclass(frozen=True, slots=True)
class Function:
    """A function by name, upright; with `limits`, its subscript is under it."""

    name: str
    limits: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Upright text, exactly as it is: words, or a unit such as kΩ."""

    text: str


@dataclass(frozen=True, slots=True)
class Space:
    """Room, in em; negative brings neighbours closer."""

    width: float


@dataclass(frozen=True, slots=True)
class Fraction:
    """One over another; `style` forces the size of a display or of a line of text."""

    over: Node
    under: Node
    style: Literal["", "display", "inline"] = ""


@dataclass(frozen=True, slots=True)
class Binomial:
    """n over k in parentheses, without a bar."""

    over: Node
    under: Node


@dataclass(frozen=True, slots=True)
class Root:
    """A square root, or the root of a degree."""

    body: Node
    degree: Node | None = None


@dataclass(frozen=True, slots=True)
class Accent:
    """A combining character over a body."""

    mark: str
    body: Node


@dataclass(frozen=True, slots=True)
class Line:
    """A line, a brace or an arrow over or under a body, as long as it is."""

    where: Literal["over", "under", "overbrace", "underbrace", "rightarrow", "leftarrow"]
    body: Node


@dataclass(frozen=True, slots=True)
class Stacked:
    """Something small over or under a base; where it is `stretched`, the base is a sign as long as that."""

    base: Node
    over: Node | None
    under: Node | None
    stretched: bool = False


@dataclass(frozen=True, slots=True)
class Font:
    """A body in another face."""

    face: Face
    body: Node


@dataclass(frozen=True, slots=True)
class Fenced:
    """A body between delimiters that grow with it; an empty delimiter prints nothing."""

    left: str
    body: Node
    right: str


@dataclass(frozen=True, slots=True)
class Scripts:
    """A base with a subscript, a superscript or both."""

    base: Node
    sub: Node | None
    sup: Node | None


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells: a matrix, cases, or aligned lines, between its delimiters."""

    kind: Literal["matrix", "cases", "aligned"]
    left: str
    right: str
    rows: tuple[tuple[Node, ...], ...]


Node: TypeAlias = (
    Row | Number | Letter | Symbol | Operator | Big | Function | Words | Space | Fraction | Binomial | Root | Accent
    | Line | Stacked | Font | Fenced | Scripts | Grid
)


def is_last(items: tuple[Node, ...], place: int) -> bool:
    """Whether nothing but a closing delimiter follows in a row."""
    following = items[place + 1 : place + 2]
    return not following or (isinstance(following[0], Operator) and following[0].sign in ")]}⟩⌋⌉")


def is_upright(letter: str, face: Face) -> bool:
    """Whether a letter is upright in its face: capital Greek is where others slant, as in TeX."""
    return face == "upright" or (face == "italic" and "Α" <= letter <= "Ω")


def apart(before: Node, item: Node) -> bool:
    """Whether a function and its neighbour need room: not before parentheses, nor beside operators and spaces."""
    if _is_function(before):
        return not isinstance(item, Operator | Space | Fenced)
    return _is_function(item) and not isinstance(before, Operator | Space)


def _is_function(node: Node) -> bool:
    return isinstance(node, Function) or (isinstance(node, Scripts) and isinstance(node.base, Function))
