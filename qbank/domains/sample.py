"""Samples of a distribution: `{sample: normal, mean: 20, sd: 2.5, size: 30, decimals: 1}`.

Each value is a quantile of a pinned table of 4,096, in whole numbers, and rounded as a decimal: every machine draws the
same sample, whatever its mathematics library.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from qbank import messages, units
from qbank.algebra import written
from qbank.domains._common import Domain, DomainExample, DomainRecord, Exact, Quantity, Whole, stepped, tabled

MOST = 1000
"""The most values of a sample."""
DIGITS = 15
"""The most digits of a value: those that a float keeps."""
MILLION = Decimal(1_000_000)
NUMBERS = {"normal": ("mean", "sd"), "uniform": ("from", "to"), "exponential": ("mean",)}


class Spec(DomainRecord):
    """A distribution with its parameters, how many values are drawn from it, and their decimal places.

    The parameters are written, not computed: what depends on another parameter is derived from a standard sample,
    `x: {value: mu + sigma*z, shown: {dp: 1}}`.
    """

    sample: Literal["normal", "uniform", "exponential"]
    mean: Exact | None = None
    sd: Exact | None = None
    start: Exact | None = Field(default=None, alias="from")
    stop: Exact | None = Field(default=None, alias="to")
    size: Whole
    decimals: int = Field(ge=0, le=9)

    @model_validator(mode="after")
    def _sound(self) -> Spec:
        needs = NUMBERS[self.sample]
        given = {"mean": self.mean, "sd": self.sd, "from": self.start, "to": self.stop}
        if {name for name, value in given.items() if value is not None} != set(needs):
            raise ValueError(messages.tell("a sample of the {distribution} distribution needs exactly these: {fields}",
                                           distribution=_distribution(self.sample),
                                           fields=messages.listed(f"{name}:" for name in needs)))  # fmt: skip
        if not 2 <= self.size <= MOST:
            raise ValueError(messages.tell("a sample must have 2 to {most} values; one value has no variance",
                                           most=MOST))  # fmt: skip
        if self.sd is not None and self.sd.number <= 0:
            raise ValueError(messages.tell("sd: must be above zero, not {sd}; otherwise the sample has no variance",
                                           sd=self.sd))  # fmt: skip
        if self.sample == "exponential" and self.mean is not None and self.mean.si <= 0:
            raise ValueError(messages.tell("the mean of an exponential sample must be above zero, not {mean}",
                                           mean=self.mean))  # fmt: skip
        largest = max(abs(_printed(self, value)) for value in given.values() if value is not None)
        if largest.adjusted() + self.decimals >= DIGITS - 1:
            raise ValueError(messages.tell("with decimals: {decimals}, a value has more than {most} digits",
                                           decimals=self.decimals, most=DIGITS))  # fmt: skip
        _fine_enough(_values(self), self)
        return self


def table(spec: Spec) -> Domain:
    """What one value is drawn from, and how many there are; a value that many quantiles round to is drawn often."""
    return replace(tabled(_values(spec), (spec.size,), units.canonical(spec.unit)), alone=True)


def _fine_enough(values: tuple[Decimal, ...], spec: Spec) -> None:
    """Raise ValueError where the decimals leave (next to) no variance."""
    value, count = Counter(values).most_common(1)[0]
    if 2 * count > len(values):
        raise ValueError(messages.tell(
            "with decimals: {decimals}, {percent:.0f} % of the values are {value}, so that the sample has almost no "
            "variance; use more decimals",
            decimals=spec.decimals, percent=100 * count / len(values), value=written(value),
        ))  # fmt: skip


def _distribution(name: str) -> str:
    match name:
        case "normal":
            return messages.tell("normal")
        case "uniform":
            return messages.tell("uniform")
        case _:
            return messages.tell("exponential")


def _values(spec: Spec) -> tuple[Decimal, ...]:
    """The values in the unit that they print in, in which the decimals are counted."""
    step = Decimal(1).scaleb(-spec.decimals)
    if spec.start is not None and spec.stop is not None:
        return stepped(_printed(spec, spec.start), _printed(spec, spec.stop), step)
    assert spec.mean is not None
    mean = _printed(spec, spec.mean)
    if spec.sd is not None:
        sd = spec.sd.within(units.canonical(spec.unit), difference=True)
        exactly = [mean + sd * quantile / MILLION for quantile in quantiles()["normal"]]
    else:
        exactly = [mean * quantile / MILLION for quantile in quantiles()["exponential"]]
    return tuple(value.quantize(step, ROUND_HALF_EVEN) for value in exactly)


def _printed(spec: Spec, value: Quantity) -> Decimal:
    return value.within(units.canonical(spec.unit))


@cache
def quantiles() -> dict[str, tuple[int, ...]]:
    """The quantiles at (i + 1/2) / 4096 of the standard distributions, in millionths (scripts/build_quantiles.py)."""
    text = Path(__file__).with_name("quantiles.csv").read_text(encoding="utf-8")
    names, *rows = [line.split(",") for line in text.splitlines()]
    return {name: tuple(map(int, column)) for name, column in zip(names, zip(*rows, strict=True), strict=True)}


EXAMPLES = (
    DomainExample({"sample": "normal", "mean": "20", "sd": "2.5", "size": "30", "decimals": "1"}, 4096,
                  ("10.8", "11.6"), "4,096 quantiles of the normal distribution, many of which round to the same value",
                  (30,)),
    DomainExample({"sample": "uniform", "from": "0", "to": "1", "size": "5", "decimals": "2"}, 101,
                  ("0", "0.01"), "every value is equally likely, including the ends", (5,)),
    DomainExample({"sample": "normal", "mean": "20m", "sd": "1m", "size": "3", "decimals": "1", "unit": "mm"}, 4096,
                  ("0.0163", "0.0166"), "decimals are counted in the unit that is printed", (3,)),
    DomainExample({"sample": "uniform", "from": "1800", "to": "7200", "size": "4", "decimals": "1", "unit": "h"}, 16,
                  ("1800", "2160"), "half an hour to two hours", (4,)),
    DomainExample({"sample": "normal", "mean": "172 cm", "sd": "6 cm", "size": "20", "decimals": "0"}, 4096,
                  ("1.5", "1.52"), "prints in cm", (20,)),
    DomainExample({"sample": "uniform", "from": "18 °C", "to": "22 °C", "size": "5", "decimals": "1"}, 41,
                  ("291.15", "291.25"), "temperatures", (5,)),
    DomainExample({"sample": "exponential", "mean": "5", "size": "12", "decimals": "2"}, 4096,
                  ("0", "0", "0", "0", "0.01"), "waiting times", (12,)),
)  # fmt: skip
