"""The narrow waist between answer kinds and outputs: what a candidate does, and what another system can be told.

A kind lowers to one `Interaction` and one `Scoring`; an output matches on these to the end (`assert_never`), and so
knows no kind. Adding a member here is a decision for every output.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from qbank.model import Floats, Rich


@dataclass(frozen=True, slots=True)
class TextEntry:
    """A line to write on: its width in em, and the unit printed after it (empty: the candidate writes one)."""

    width: float = 6.0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Options to pick from, in the order of this variant; `prompt` is a statement to judge, when there is one."""

    options: tuple[Rich, ...]
    several: bool = False
    style: Literal["letters", "truth"] = "letters"
    prompt: Rich = ()


@dataclass(frozen=True, slots=True)
class EntryGrid:
    """A grid of blanks, one for each component of a vector (one row) or a matrix."""

    rows: int
    columns: int
    width: float = 4.0


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two lists to join: 1, 2, … on the left with a, b, … on the right; with no left side, an order to find."""

    left: tuple[Rich, ...]
    right: tuple[Rich, ...]


@dataclass(frozen=True, slots=True)
class ExtendedText:
    """Room for a longer answer, in lines."""

    lines: int = 8


Interaction: TypeAlias = TextEntry | Choice | EntryGrid | Pairing | ExtendedText


@dataclass(frozen=True, slots=True)
class Interval:
    """A number is right between two ends, inclusive, in the part's own unit."""

    low: float
    high: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class OptionCredits:
    """What each option, in the order of this variant, adds to the credit."""

    credits: tuple[float, ...]
    several: bool = False


@dataclass(frozen=True, slots=True)
class Cells:
    """One interval for every cell of a grid, row by row."""

    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Accepted:
    """Texts that are right, after folding case and spaces."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unscored:
    """Nothing that a machine elsewhere can mark, and why."""

    reason: str


Scoring: TypeAlias = Interval | OptionCredits | Cells | Accepted | Unscored
