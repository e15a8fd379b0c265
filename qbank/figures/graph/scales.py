"""From values to points on the page: ranges, scales, and round numbers along an axis."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10

import numpy as np

from qbank import messages
from qbank.model import Floats

MOST = 60
"""More numbers than this along one axis are a mistake in its step."""
ROOM = 0.03
"""The share of the range that stays free above and below what is drawn."""
EDGE = 1e-9
"""The share of a step by which a number may lie outside the range: the noise of floats."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A number of an axis: where it is, in points, and what is printed."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis on the page: `low` is at `start` and `high` at `end`, in points.

    `ticks` are at the numbers, `squares` at the finer lines of the grid between them. Every number is printed after
    division by 10 to the `power`.
    """

    low: float
    high: float
    start: float
    end: float
    log: bool = False
    ticks: tuple[Tick, ...] = ()
    squares: tuple[float, ...] = ()
    power: int = 0
    named: tuple[Tick, ...] = ()
    """The ticks that an author placed, their texts in mark-up."""

    def zero(self, otherwise: float) -> float:
        """Where zero is, or the end of the range next to it; `otherwise` on a logarithmic scale."""
        return otherwise if self.log else float(self.place(np.clip(np.zeros(1), self.low, self.high))[0])

    @property
    def square(self) -> float:
        """The smallest distance of two lines of a linear scale's grid, as a value; 0 where there are not two."""
        lines = np.sort(np.array([*(tick.at for tick in self.ticks), *self.squares]))
        if self.log or len(lines) < 2:
            return 0.0
        return float(np.min(np.diff(lines))) * (self.high - self.low) / abs(self.end - self.start)

    def place(self, values: Floats) -> Floats:
        """The points at which values are, to a hundredth; not finite where a value has no place."""
        with np.errstate(all="ignore"):
            share = (
                np.log(values / self.low) / np.log(self.high / self.low) if self.log
                else (values - self.low) / (self.high - self.low)
            )  # fmt: skip
        return np.round(self.start + (self.end - self.start) * share, 2)


def linear(
    low: float, high: float, start: float, end: float, *, step: float | None, squares: int | None,
    width: Callable[[str], float], numbers: bool = True,
) -> Scale:  # fmt: skip
    """A linear scale with round numbers, whose step is 1, 2 or 5 times a power of ten where none is given.

    `width` is the room that a number needs along the axis, in points. Raises ValueError for a step that does not fit.

    >>> [tick.text for tick in linear(0, 0.7, 0, 200, step=None, squares=None, width=lambda _: 24).ticks]
    ['0', '0.1', '0.2', '0.3', '0.4', '0.5', '0.6', '0.7']
    """
    span = high - low
    size = max(abs(low), abs(high))
    power = 3 * floor(log10(size) / 3) if numbers and not 1e-3 <= size < 1e5 else 0
    if step is not None:
        if not isfinite(step) or step <= 0 or span / step > MOST:
            raise ValueError(messages.tell("a step of {step:g} does not fit the range from {low:g} to {high:g}",
                                           step=step, low=low, high=high))  # fmt: skip
        multiple, exponent = _decimal(step)
    else:
        multiple, exponent = _round_step(low, high, abs(end - start), power, width)
    places = range(ceil(low / (multiple * 10.0**exponent) - EDGE), floor(high / (multiple * 10.0**exponent) + EDGE) + 1)
    bare = Scale(low, high, start, end, power=power)
    values = [_scaled(k * multiple, exponent) for k in places]
    points = bare.place(np.array(values)).tolist()
    ticks = tuple(
        Tick(at, _text(k * multiple, exponent - power)) for k, at in zip(places, points, strict=True)
    )  # fmt: skip
    parts = squares or _parts(multiple)
    fine = multiple * 10.0**exponent / parts
    between = [k * fine for k in range(ceil(low / fine - EDGE), floor(high / fine + EDGE) + 1) if k % parts]
    return Scale(low, high, start, end, False, ticks, tuple(bare.place(np.array(between)).tolist()), power)


def logarithmic(low: float, high: float, start: float, end: float) -> Scale:
    """A logarithmic scale with numbers at powers of ten, or at 1, 2 and 5 times them where there would be too few.

    Raises ValueError for a range that is not positive.

    >>> [tick.text for tick in logarithmic(1, 1000, 0, 200).ticks]
    ['1', '10', '100', '1000']
    """
    if low <= 0:
        raise ValueError(messages.tell("a logarithmic axis needs a range above 0, not from {low:g} to {high:g}",
                                       low=low, high=high))  # fmt: skip
    first, last = floor(log10(low) + EDGE), ceil(log10(high) - EDGE)
    if last - first > MOST:
        raise ValueError(messages.tell("a logarithmic axis from {low:g} to {high:g} has too many powers of ten",
                                       low=low, high=high))  # fmt: skip
    shown = (1,) if log10(high / low) >= 1.99 else (1, 2, 5)
    bare = Scale(low, high, start, end, True)
    every = [(digit, power) for power in range(first, last + 1) for digit in range(1, 10)]
    inside = [(d, p) for d, p in every if low * (1 - EDGE) <= _scaled(d, p) <= high * (1 + EDGE)]
    numbers = [(d, p) for d, p in inside if d in shown]
    plain = all(-3 <= p <= 4 for _, p in numbers)
    ticks = tuple(
        Tick(at, _text(d, p) if plain else f"10^{p}" if d == 1 else f"{d}·10^{p}")
        for (d, p), at in zip(numbers, _places(bare, numbers), strict=True)
    )  # fmt: skip
    fine = [(d, p) for d, p in inside if d not in shown]
    return Scale(low, high, start, end, True, ticks, tuple(_places(bare, fine)))


def widened(low: float, high: float, *, zero: bool) -> tuple[float, float]:
    """A range of values with some room, out to squares of the grid; where there are bars, with 0 and no room there.

    >>> widened(0.3, 9.2, zero=True), widened(-10, 10, zero=False)
    ((0.0, 9.5), (-11.0, 11.0))
    """
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        low, high = (low - 1, high + 1) if low == 0 or zero else (low - abs(low) / 2, high + abs(high) / 2)
    multiple, exponent = _round_step(low, high, 6.0, 0, lambda _: 1.0)
    square, room = _scaled(multiple, exponent) / _parts(multiple), ROOM * (high - low)
    low, high = (end if zero and end == 0 else end + move for end, move in ((low, -room), (high, room)))
    return floor(low / square + EDGE) * square, ceil(high / square - EDGE) * square


def _places(scale: Scale, numbers: list[tuple[int, int]]) -> list[float]:
    places: list[float] = scale.place(np.array([_scaled(d, p) for d, p in numbers])).tolist()
    return places


def _round_step(
    low: float, high: float, length: float, power: int, width: Callable[[str], float]
) -> tuple[int, int]:
    """The smallest round step whose numbers have room."""
    span = high - low
    exponent = floor(log10(span)) - 2
    for multiple, shift in ((m, s) for s in range(5) for m in (1, 2, 5)):
        step = _scaled(multiple, exponent + shift)
        ends = (floor(low / step) * multiple, ceil(high / step) * multiple)
        room = max(width(_text(end, exponent + shift - power)) for end in ends)
        if length / (span / step) >= room:
            return multiple, exponent + shift
    return 1, exponent + 5


def _parts(multiple: int) -> int:
    """The squares of a fine grid to a step: each is worth 1, 2 or 5 times a power of ten too."""
    return 4 if str(multiple).startswith("2") else 5


def _decimal(step: float) -> tuple[int, int]:
    """A step as a whole number of a power of ten, to nine figures.

    >>> _decimal(0.25), _decimal(30.0)
    ((25, -2), (3, 1))
    """
    digits, _, power = f"{step:.8e}".partition("e")
    whole = digits.replace(".", "")
    bare = whole.rstrip("0")
    return int(bare), int(power) - len(bare) + 1


def _scaled(whole: int, power: int) -> float:
    """A whole number times a power of ten, as the nearest float."""
    return float(f"{whole}e{power}")


def _text(whole: int, power: int) -> str:
    """A whole number times a power of ten as plain digits with a true minus.

    >>> _text(-25, -2), _text(3, 1)
    ('−0.25', '30')
    """
    if not whole:
        return "0"
    digits = str(abs(whole))
    if power >= 0:
        digits += "0" * power
    else:
        digits = digits.rjust(1 - power, "0")
        digits = f"{digits[:power]}.{digits[power:]}".rstrip("0").rstrip(".")
    return ("−" if whole < 0 else "") + digits
