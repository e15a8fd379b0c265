"""Where two formulas are compared: sampled values of every name, the same on every machine.

A name without a declared domain is any real number: negative and not, whole and not, small and large.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qbank.model import Floats

COUNT = 32
"""How many points there are."""

_GENERATORS = tuple(math.sqrt(prime) for prime in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53))
_SCALES = (1.0, 3.0, 0.3, 30.0, 1.0, 0.01, 300.0)


@dataclass(frozen=True, slots=True)
class Domain:
    """What a name may be: between two ends (the `low` and `high` of the reals by default), whole, or one of `values`.

    >>> Domain(1e3, 1e5)
    Domain(low=1000.0, high=100000.0, whole=False, values=())
    """

    low: float = -math.inf
    high: float = math.inf
    whole: bool = False
    values: tuple[float, ...] = ()

    def sample(self, order: int) -> Floats:
        """(COUNT,) values; `order` tells the names of one question apart.

        >>> bool((Domain(1e3, 1e5).sample(0) >= 1e3).all()), Domain(1, 6, whole=True).sample(1)[:4].tolist()
        (True, [6.0, 4.0, 2.0, 1.0])
        """
        share = spread(order)
        if self.values:
            return np.asarray(self.values, dtype=np.float64)[(share * len(self.values)).astype(np.int64)]
        low, high = self.low, self.high
        if not math.isfinite(low) and not math.isfinite(high):
            return _reals(share, order, whole=self.whole)
        if not math.isfinite(high):
            span = 40.0 if self.whole else 1e3 * max(1.0, abs(low))
            high = low + span
            if low == 0 and not self.whole:
                return np.asarray(10.0 ** (6 * share - 3), dtype=np.float64)
        elif not math.isfinite(low):
            low = high - (40.0 if self.whole else 1e3 * max(1.0, abs(high)))
        if self.whole:
            first, last = math.ceil(low), math.floor(high)
            return np.asarray(first + np.floor(share * (last - first + 1)), dtype=np.float64)
        if low > 0 and high / low > 20:
            return np.asarray(low * (high / low) ** share, dtype=np.float64)
        return np.asarray(low + (high - low) * share, dtype=np.float64)


def spread(order: int) -> Floats:
    """(COUNT,) numbers between 0 and 1, evenly spread, another row for every order."""
    step = _GENERATORS[order % len(_GENERATORS)] * (1 + order // len(_GENERATORS))
    return np.asarray((np.arange(1, COUNT + 1) * step + 0.1234567 * order) % 1.0, dtype=np.float64)


def _reals(share: Floats, order: int, *, whole: bool) -> Floats:
    """Both signs at several scales; every eighth point is whole for all names together."""
    index = np.arange(COUNT)
    sign = np.where((index // (1 + order % 5) + order) % 2 == 0, 1.0, -1.0)
    scale = np.array(_SCALES)[(index + 3 * order) % len(_SCALES)]
    if whole:
        return np.asarray(np.floor(share * 13) - 6)
    values = sign * scale * (0.5 + 1.4142 * share)
    integers = np.floor(share * 9) - 4
    integers = np.where(integers == 0, 5.0, integers)  # R1*(1 + R2/R1) has no value at 0, and is R1 + R2 all the same
    return np.asarray(np.where(index % 8 == 5, integers, values), dtype=np.float64)


def sampled(
    names: Iterable[str], domains: Mapping[str, Domain], given: Mapping[str, Floats] | None = None
) -> dict[str, Floats]:
    """(COUNT,) values of every name: those `given` together (an item's own), else those of its domain."""
    known = given or {}
    return {
        name: known[name] if name in known and name not in domains else domains.get(name, Domain()).sample(order)
        for order, name in enumerate(sorted(names))
    }


def joint(columns: Mapping[str, Floats], keep: Sequence[bool] | None = None) -> dict[str, Floats]:
    """COUNT rows of columns that were drawn together, evenly taken from the rows to keep, repeated where few."""
    rows = np.arange(len(next(iter(columns.values())))) if keep is None else np.flatnonzero(keep)
    chosen = rows[(np.arange(COUNT) * len(rows)) // COUNT] if len(rows) >= COUNT else np.resize(rows, COUNT)
    return {name: np.asarray(values[chosen], dtype=np.float64) for name, values in columns.items()}
