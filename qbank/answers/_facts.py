"""What other rooms may know of one answer: its key, its mistakes, its texts; whoever asks needs no tag and no field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qbank import units
from qbank.algebra import Expression
from qbank.model import Bilingual
from qbank.units import Unit

if TYPE_CHECKING:
    from qbank.answers._tolerance import Tolerance


@dataclass(frozen=True, slots=True)
class Key:
    """One formula that a key is made of, and the unit in which its value is asked; None where it has none at all."""

    expression: Expression
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """What is right around a key: how wide, in which unit, and the key columns that hold its ends in SI.

    `level` says of what a value in decibels is the level.
    """

    tolerance: Tolerance
    unit: str = ""
    low: str = "low"
    high: str = "high"
    level: str | None = None

    @property
    def asked_unit(self) -> Unit:
        """What a bare number means."""
        return units.read(self.unit)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A foreseen wrong answer: what is said of it, what it earns, and the item's expressions that make it.

    The key columns `column` and `applies` hold its value and where it exists, if the kind seals them.
    """

    name: str
    text: Bilingual
    credit: float = 0.0
    value: tuple[Expression, ...] = ()
    when: Expression | None = None

    @property
    def column(self) -> str:
        """The key column of its value."""
        return f"mistake.{self.name}"

    @property
    def applies(self) -> str:
        """The key column that says where it exists."""
        return f"applies.{self.name}"

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """Its value, and when it exists."""
        return (*self.value, self.when) if self.when is not None else self.value


@dataclass(frozen=True, slots=True)
class Option:
    """Something to pick or to judge: when it is right, and what is said to those who take it wrongly."""

    name: str
    text: Bilingual
    right: bool | Expression
    why: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What one answer says of itself.

    `keys` are the formulas of the key, `column` the key column that holds its value on each variant (in SI; empty: it
    has none), `deciding` every further expression that says what is right. `paper` are the texts that candidates read
    before they answer, `told` those said of answers. `entries` are the names, by group, of what is on the paper in
    an order of each variant's own. `options` are picked (the key column `right` (n, k) is in their order, the
    arrangement `order` (n, k) says which is at each position), as many on each variant as `shown` says (0: all of
    them), `figures` stand in some of them; `statements` are judged, one of them on each variant. `rules` are the
    paper's rules that the part decides itself. `carried` are the names that an own value replaces in later parts, where
    the kind has a `value`: two of a complex number, a modulus and an angle where it is `polar`, and one where its key
    is one `complex` value; `names` are those by which candidates may call it. `letters` are those of its formulas;
    where it asks `in_letters`, nobody needs to see their values. What `waits` is marked by a person. Where it is
    `infinite`, a value may be.
    """

    keys: tuple[Key, ...] = ()
    column: str = ""
    deciding: tuple[Expression, ...] = ()
    band: Band | None = None
    mistakes: tuple[Mistake, ...] = ()
    paper: tuple[Bilingual, ...] = ()
    told: tuple[Bilingual, ...] = ()
    entries: tuple[tuple[str, ...], ...] = ()
    options: tuple[Option, ...] = ()
    shown: int = 0
    figures: tuple[str, ...] = ()
    several: bool = False
    shuffled: bool = False
    statements: tuple[Option, ...] = ()
    rules: Mapping[str, Any] = field(default_factory=dict)
    carried: tuple[str, ...] = ()
    polar: bool = False
    complex: bool = False
    names: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    in_letters: bool = False
    waits: bool = False
    infinite: bool = False

    @property
    def picked(self) -> tuple[Option, ...]:
        """What is picked from or judged, none where the answer is written."""
        return (*self.options, *self.statements)

    @property
    def right(self) -> tuple[Expression, ...]:
        """Every expression that decides what is right; mistakes apart."""
        return (*(() if self.in_letters else (key.expression for key in self.keys)), *self.deciding)

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """Every expression whose names are the item's."""
        return (*self.right, *(one for mistake in self.mistakes for one in mistake.expressions))

    @property
    def texts(self) -> tuple[Bilingual, ...]:
        """Every text of the author's."""
        return (*self.paper, *self.told)
