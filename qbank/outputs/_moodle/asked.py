"""What Moodle can ask and give credit for, whichever format carries it: one closed union, and what credits it takes.

Answers are tried in their order, and the first that holds decides. Texts are HTML unless said otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from qbank import messages
from qbank.outputs import _text, _webtext
from qbank.waist import UnitName

FRACTIONS = (100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5,
             11.11111, 10, 5, 0)  # fmt: skip
"""The percentages that Moodle takes, of either sign, each within a thousandth of a point."""

LONGEST = 255
"""The most signs of the name of a question or a category."""


@dataclass(frozen=True, slots=True)
class Near:
    """A number within `reach` of `middle`, its credit, and what is said to those who give it."""

    middle: float
    reach: float
    credit: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class Numeric:
    """A number; with `units`, the first of factor 1, those count, and any other costs the share `penalty`."""

    nears: tuple[Near, ...]
    units: tuple[UnitName, ...] = ()
    penalty: float = 0.0


@dataclass(frozen=True, slots=True)
class Word:
    """What is typed (plain text), its credit, and what is said to those who type it."""

    text: str
    credit: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text; `case` says that capitals count."""

    words: tuple[Word, ...]
    case: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """An option, its credit, and what is said to those who pick it."""

    option: str
    credit: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class Ticks:
    """Options to pick from, one or several, under their letters or as signs of their own."""

    ticks: tuple[Tick, ...]
    several: bool
    lettered: bool = True


@dataclass(frozen=True, slots=True)
class Truth:
    """A statement to judge, and what is said to those who judge it wrongly."""

    holds: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """Texts on the left, each with the position of the one on the right (plain text) that belongs to it."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """A grid of numbers, row by row, each worth the same."""

    rows: int
    columns: int
    cells: tuple[Near, ...]
    names: tuple[str, ...] = ()
    brackets: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """Room for so many lines; a person marks them."""

    lines: int = 8


@dataclass(frozen=True, slots=True)
class Impossible:
    """What Moodle cannot mark, and why."""

    why: str


Asked: TypeAlias = Numeric | Words | Ticks | Truth | Joined | Fields | Written | Impossible


@dataclass(frozen=True, slots=True)
class Lowered:
    """What is asked of one part, what the text says besides, and what is lost."""

    asked: Asked
    after: str = ""
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Means:
    """What a format of Moodle's holds: units, capitals that count, options in their order, arrows in a word, several
    fields in one question, and how it shows formulas and figures.
    """

    units: bool = True
    case: bool = True
    ordered: bool = True
    arrows: bool = True
    fields: bool = True
    manner: _webtext.Manner = _webtext.PLAIN


def percent(credit: float) -> tuple[str, tuple[str, ...]]:
    """The fraction of Moodle's that is nearest to a credit, and the loss where it is another.

    >>> percent(1 / 3), percent(0.37)
    (('33.33333', ()), ('40', ('a credit of 0.37: it is 0.4 there',)))
    """
    size = min(FRACTIONS, key=lambda each: abs(each - abs(credit) * 100))
    sign = "-" if credit < 0 and size else ""
    exact = abs(size - abs(credit) * 100) <= 1e-3
    if exact:
        return f"{sign}{size}", ()
    there = f"{sign}{size / 100:g}"
    lost = messages.tell("a credit of {credit:.4g}: it is {there} there", credit=credit, there=there)
    return f"{sign}{size}", (lost,)


def credits_of(asked: Asked) -> tuple[float, ...]:
    """Every credit that an answer may earn."""
    match asked:
        case Numeric(nears):
            return tuple(each.credit for each in nears)
        case Words(words):
            return tuple(each.credit for each in words)
        case Ticks(ticks):
            return tuple(each.credit for each in ticks)
        case _:
            return ()


def snapped(asked: Asked) -> tuple[str, ...]:
    """The losses of credits that are not in Moodle's list."""
    return tuple(loss for credit in credits_of(asked) for loss in percent(credit)[1])


def category(title: str, *names: str) -> str:
    """The path of a category below the course's own, where an import makes it; a slash in a name is doubled, and a
    name is as long as the database takes.

    >>> category("Quiz", "opamp.gain", "")
    '$course$/top/Quiz/opamp.gain'
    """
    path = (title or "qbank", *(name for name in names if name))
    return "$course$/top/" + "/".join(_text.clean(name).strip()[:LONGEST].replace("/", "//") for name in path)


def typed(text: str) -> str:
    r"""A spelling as Moodle compares it: a star alone would stand for anything.

    >>> typed("a*b")
    'a\\*b'
    """
    return text.replace("*", r"\*")
