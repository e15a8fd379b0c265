"""Combinations of values as whole numbers: every parameter, and every entry of a matrix, is a digit of one.

Samples and picks without repetition are no digits: they come from streams of their own.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qbank import draws
from qbank.domains import Domain
from qbank.draws import Chance
from qbank.model import Array, Column

Index = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Digit:
    """A parameter, or the entry at a place of one that is a matrix, and how many values it has."""

    name: str
    place: int
    size: int


@dataclass(frozen=True, slots=True, eq=False)
class Combinations:
    """The combinations of some domains: their digits, as few numbers below 2^32, the last digit of each the fastest."""

    domains: Mapping[str, Domain]
    numbers: tuple[tuple[Digit, ...], ...]

    @property
    def size(self) -> int:
        """How many values the first number has: two combinations that differ in it are different."""
        return _size(self.numbers[0])

    @property
    def is_one_number(self) -> bool:
        """Whether the first number says all."""
        return len(self.numbers) == 1 and not any(domain.alone for domain in self.domains.values())

    def numbered(self, index: Array) -> dict[str, Column]:
        """The columns of the combinations with these indices (n,), where one number says all."""
        return self._columns([index], {})

    def drawn(self, chance: Chance, index: Array, seats: Array, attempts: Array) -> dict[str, Column]:
        """The columns of the combinations with this first number (n,), and the rest as each seat and attempt has it."""
        others = chance.each("(others)", [_size(number) for number in self.numbers[1:]], seats, attempts)
        own = {name: _alone(chance, name, domain, seats, attempts)
               for name, domain in self.domains.items() if domain.alone}  # fmt: skip
        return self._columns([index, *others], own)

    def _columns(self, indices: Sequence[Array], own: dict[str, Column]) -> dict[str, Column]:
        count = len(indices[0])
        values = {
            name: np.empty((count, math.prod(domain.entries)), dtype=domain.values.dtype)
            for name, domain in self.domains.items() if domain.entries and name not in own
        }  # fmt: skip
        columns = dict(own)
        for number, index in zip(self.numbers, indices, strict=True):
            for digit, codes in _digits(number, index.astype(np.uint32)):
                domain = self.domains[digit.name]
                if domain.entries:
                    values[digit.name][:, digit.place] = domain.values[codes]
                else:
                    columns[digit.name] = Column(domain.values[codes], domain.labels)
        for name, entries in values.items():
            columns[name] = Column(entries.reshape(count, *self.domains[name].entries), self.domains[name].labels)
        return {name: columns[name] for name in self.domains}


def of(domains: Mapping[str, Domain]) -> Combinations:
    """The digits of some domains, in order, each in the first number that has room for it."""
    numbers: list[list[Digit]] = [[]]
    for name, domain in domains.items():
        for place in range(0 if domain.alone else math.prod(domain.entries)):
            digit = Digit(name, place, len(domain))
            fitting = (number for number in numbers if _size(number) * digit.size <= draws.LARGEST)
            found = next(fitting, None)
            if found is None:
                numbers.append([digit])
            else:
                found.append(digit)
    return Combinations(domains, tuple(map(tuple, numbers)))


def _size(number: Sequence[Digit]) -> int:
    return math.prod(digit.size for digit in number)


def _digits(number: Sequence[Digit], index: Index) -> Iterator[tuple[Digit, Index]]:
    rest = index
    for digit in reversed(number[1:]):
        following = rest // np.uint32(digit.size)
        yield digit, rest - following * np.uint32(digit.size)
        rest = following
    yield from ((digit, rest) for digit in number[:1])


def _alone(chance: Chance, name: str, domain: Domain, seats: Array, attempts: Array) -> Column:
    """The column of a parameter that has a stream of its own, named after it."""
    count = math.prod(domain.entries)
    if not domain.picks:
        codes = chance.several(name, len(domain), count, seats, attempts)
        return Column(domain.values[codes].reshape(len(codes), *domain.entries))
    codes = chance.picks(name, len(domain), count, seats, attempts)
    if domain.picks == "sorted":
        codes = np.sort(codes, axis=1)
    return Column(domain.values[codes], domain.labels)
