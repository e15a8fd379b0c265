"""The narrow waist between answer kinds and outputs: what a candidate does, and what another system can be told.

A kind lowers to one `Interaction` and one `Scoring`; an output matches on these to the end (`assert_never`), and so
knows no kind. Adding a member here is a decision for every output.

A Scoring gives the whole mark of an answer that was read: marking by it alone gives the mark that qbank gives (a law
in `tests/test_waist.py`). What it cannot say is named in `untold`, or the part is `Unscored`; it is never faked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from qbank.model import Content, Rich


@dataclass(frozen=True, slots=True)
class TextEntry:
    """A line to write on: its width in em, and the unit printed after it (empty: the candidate writes one)."""

    width: float = 6.0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Options to pick from, in the order of this variant; `prompt` is a statement to judge, when there is one.

    `fixed` are the positions that keep their place where a target shuffles: all of them, or "none of these" at the end.
    """

    options: tuple[Content, ...]
    several: bool = False
    style: Literal["letters", "truth"] = "letters"
    prompt: Rich = ()
    fixed: tuple[int, ...] = ()


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
    """Numbers from `low` to `high`, both inclusive, in the part's own unit, and the credit that they earn.

    `value` is the key, or the foreseen mistake of the name `mistake`, that the interval is for. With `bare` it holds
    for numbers without a unit alone, which need none: a ratio where decibels are asked.
    """

    low: float
    high: float
    value: float
    credit: float = 1.0
    mistake: str = ""
    bare: bool = False


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit as it may be written: a number in it, times `factor` plus `offset`, is in the part's own unit.

    What the number earns is multiplied by `credit`: below 1 where the part asks for its own unit.
    """

    name: str
    factor: float = 1.0
    offset: float = 0.0
    credit: float = 1.0


@dataclass(frozen=True, slots=True)
class Units:
    """What a unit does to the credit of a number.

    `names` are the usual spellings, the part's own unit first; qbank reads more. A number counts as in the part's own
    unit, and its credit is multiplied, where there is no unit (by `missing`), an unknown word (`unknown`) or a unit of
    another dimension (`other`). `printed` means that the unit is on the paper behind the blank. `alone` is what the
    right unit earns beside a wrong number, `prefix` what a number with a unit earns instead that is the key but for a
    factor of 10^3n, and no foreseen mistake.
    """

    names: tuple[UnitName, ...] = ()
    printed: bool = False
    missing: float = 1.0
    unknown: float = 1.0
    other: float = 0.0
    alone: float = 0.0
    prefix: float = 0.0


Untold: TypeAlias = Literal["figures", "fraction"]
"""What a mark depends on besides: how many figures are shown; that a fraction be written as one."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """One number: the first interval that holds it decides; none does: nothing is earned."""

    intervals: tuple[Interval, ...]
    units: Units = Units()
    untold: tuple[Untold, ...] = ()


@dataclass(frozen=True, slots=True)
class Mistaken:
    """A foreseen wrong answer of several cells: where each holds, with these brackets, the credit is at least that."""

    mistake: str
    cells: tuple[Interval, ...]
    credit: float = 0.0
    brackets: str = ""


@dataclass(frozen=True, slots=True)
class Cells:
    """A grid of numbers, row by row, each by its own interval: the share that is right, or all or nothing.

    Where not every cell is right, the first foreseen mistake whose cells all hold decides. An answer of another shape
    earns nothing; a single row may be written as a column. `shown` means that the candidate sees the shape.
    `names` tell the cells apart: the real and the imaginary part. `brackets`, where there are any, belong to the ends
    of an interval, and each end counts with its bracket alone. In `any_order` the numbers are a set of any size, of
    which each holds one cell at most, so that as many as possible are held: max(0, right - surplus) / cells.
    """

    rows: int
    columns: int
    cells: tuple[Interval, ...]
    each: bool = True
    mistakes: tuple[Mistaken, ...] = ()
    units: Units = Units()
    shown: bool = False
    names: tuple[str, ...] = ()
    brackets: str = ""
    any_order: bool = False
    untold: tuple[Untold, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """A text, or a pattern of RE2 that the whole answer matches, and what it earns; `mistake` names a foreseen one."""

    text: str
    credit: float = 1.0
    mistake: str = ""
    pattern: bool = False


@dataclass(frozen=True, slots=True)
class Texts:
    """Words: the first wording that fits decides.

    What is around a word (brackets, quotes, a gloss) belongs to reading, and what holds a right word and more waits
    for a person. Compared after NFKC and dashes made alike; `case` means that capitals count, `spaces` what becomes of
    spaces, and but for `exact` a full stop at the end falls away. One slip of the pen from a right text earns `near`.
    """

    wordings: tuple[Wording, ...]
    case: bool = False
    spaces: Literal["exact", "trim", "collapse", "remove"] = "collapse"
    near: float = 0.0


Rule: TypeAlias = Literal[
    "single", "weights", "exact", "net", "balance", "capped", "cancel", "china", "free", "excess", "coverage", "each"
]
"""How ticks become credit: one option by its own credit, a sum of weights, or a named rule (docs/en/grading.md)."""


@dataclass(frozen=True, slots=True)
class Options:
    """Options in the order of this variant: which are right, and by which rule ticks become credit.

    `credits` are what each option adds to the credit (all of it, for `single`); empty where the rule is no such sum. A
    sum counts up to 1, and the credit is not below `floor` (None: no floor). A number of ticks outside `least` to
    `most` earns nothing. `lone` is the position of "none of these", which cannot be ticked with others.
    """

    right: tuple[bool, ...]
    rule: Rule = "single"
    credits: tuple[float, ...] = ()
    floor: float | None = 0.0
    least: int = 0
    most: int | None = None
    lone: int | None = None


@dataclass(frozen=True, slots=True)
class Pairs:
    """For each entry on the left, the position of the right one that belongs to it: the share, or all or nothing."""

    right: tuple[int, ...]
    each: bool = True


@dataclass(frozen=True, slots=True)
class Orders:
    """The step of each item, in the order in which they are listed; items of one step may change places.

    `run`: the longest piece in a right order earns its share of the items, if it has two at least; else
    all must be right.
    """

    steps: tuple[int, ...]
    run: bool = False


@dataclass(frozen=True, slots=True)
class Unscored:
    """Nothing that a machine elsewhere can mark, and why: `person` where a person marks it here too."""

    reason: str
    person: bool = False


Scoring: TypeAlias = Numbers | Cells | Texts | Options | Pairs | Orders | Unscored
