"""Which item was used when, and what it measured, by the sittings of a bank; read when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date as day
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from qbank.model import Problem

if TYPE_CHECKING:
    from qbank.bank._files import Source
    from qbank.bank.sittings import ItemMeasured, Sitting

SITTINGS = "sittings"
"""The folder of a bank that holds its sittings."""


@dataclass(frozen=True, slots=True)
class Use:
    """One use of an item: in which exam, when, and what it measured there."""

    exam: str
    date: day
    measured: ItemMeasured


@dataclass(frozen=True, slots=True)
class Measured:
    """What an item measured over all its sittings: the means, weighted by how many answered it.

    `count` is how many answered it in all, `sittings` how often it was used, `last` when it was used last. A measure
    that no sitting could tell is None.
    """

    count: int
    sittings: int
    last: day
    facility: float | None
    discrimination: float | None


Read: TypeAlias = "tuple[tuple[tuple[Sitting, Source], ...], tuple[Problem, ...]]"


def _none() -> Read:
    return (), ()


@dataclass(frozen=True, eq=False, repr=False)
class Sittings:
    """The sittings of a bank, read from its folders when they are first asked for."""

    load: Callable[[], Read] = field(default=_none)

    @cached_property
    def _read(self) -> Read:
        return self.load()

    def __iter__(self) -> Iterator[Sitting]:
        """The sittings, the earliest first."""
        return iter(sorted((each for each, _ in self._read[0]), key=lambda each: (each.date, each.name)))

    def __len__(self) -> int:
        return len(self._read[0])

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with files that could not be read; the others count all the same."""
        return self._read[1]

    @property
    def sources(self) -> tuple[tuple[Sitting, Source], ...]:
        """Every sitting with its file."""
        return self._read[0]

    @cached_property
    def _by_item(self) -> Mapping[str, tuple[Use, ...]]:
        found: dict[str, list[Use]] = {}
        for each in self:
            for item, measured in each.items.items():
                found.setdefault(item, []).append(Use(each.exam, each.date, measured))
        return {item: tuple(uses) for item, uses in found.items()}

    def uses(self, item: str) -> tuple[Use, ...]:
        """Every use of an item, the earliest first."""
        return self._by_item.get(item, ())

    def measured(self, item: str) -> Measured | None:
        """What an item measured over all its uses; None where it was never used."""
        found = self.uses(item)
        if not found:
            return None
        return Measured(
            sum(use.measured.count for use in found), len(found), found[-1].date,
            _mean((use.measured.facility, use.measured.count) for use in found),
            _mean((use.measured.discrimination, use.measured.count) for use in found),
        )  # fmt: skip


def _mean(weighed: Iterable[tuple[float | None, int]]) -> float | None:
    told = [(value, count) for value, count in weighed if value is not None and count]
    total = sum(count for _, count in told)
    return sum(value * count for value, count in told) / total if total else None
