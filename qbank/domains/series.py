"""The preferred values of resistors and capacitors: `{series: E24, from: 1k, to: 100k}`."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from qbank import messages
from qbank.domains._common import Domain, DomainExample, DomainRecord, Exact, tabled

Series = Literal["E6", "E12", "E24", "E48", "E96"]

_E24 = (10, 11, 12, 13, 15, 16, 18, 20, 22, 24, 27, 30, 33, 36, 39, 43, 47, 51, 56, 62, 68, 75, 82, 91)
_E96 = tuple(round(100 * 10 ** (step / 96)) for step in range(96))
DECADE: dict[Series, tuple[Decimal, ...]] = {
    "E6": tuple(Decimal(value) / 10 for value in _E24[::4]),
    "E12": tuple(Decimal(value) / 10 for value in _E24[::2]),
    "E24": tuple(Decimal(value) / 10 for value in _E24),
    "E48": tuple(Decimal(value) / 100 for value in _E96[::2]),
    "E96": tuple(Decimal(value) / 100 for value in _E96),
}
"""The values between 1 and 10 (IEC 60063:2015). E6 to E24 are tables of old; E48 and E96 are the rounded powers."""

LOWEST, HIGHEST = Decimal("1e-15"), Decimal("1e15")


class Spec(DomainRecord):
    """A series of preferred values between two ends, which are included where they belong to the series."""

    series: Series
    start: Exact = Field(alias="from")
    stop: Exact = Field(alias="to")

    @model_validator(mode="after")
    def _holds_something(self) -> Spec:
        if not LOWEST <= self.start.si <= HIGHEST or not LOWEST <= self.stop.si <= HIGHEST:
            raise ValueError(messages.tell("the ends of a series must be between 1e-15 and 1e15"))
        if not _values(self):
            raise ValueError(messages.tell("{series} has no value from {start} to {stop}",
                                           series=self.series, start=self.start, stop=self.stop))  # fmt: skip
        return self


def table(spec: Spec) -> Domain:
    """The values of the series from one end to the other, in order."""
    return replace(tabled(_values(spec)), unit=spec.start.unit)


def _values(spec: Spec) -> list[Decimal]:
    start, stop = spec.start.si, spec.stop.si
    decades = range(start.adjusted(), stop.adjusted() + 1)
    values = (value.scaleb(decade) for decade in decades for value in DECADE[spec.series])
    return [value for value in values if start <= value <= stop]


EXAMPLES = (
    DomainExample({"series": "E24", "from": "1k", "to": "100k"}, 49, ("1000", "1100", "1200"),
                  "both ends are included"),
    DomainExample({"series": "E12", "from": "1 kΩ", "to": "1 MΩ", "unit": "Ω"}, 37, ("1000", "1200"), "with units"),
    DomainExample({"series": "E6", "from": "1.2", "to": "8"}, 5, ("1.5", "2.2", "3.3", "4.7", "6.8")),
    DomainExample({"series": "E12", "from": "4.7n", "to": "4.7n"}, 1, ("0.0000000047",)),
    DomainExample({"series": "E96", "from": "100", "to": "1k"}, 97, ("100", "102", "105", "107")),
    DomainExample({"series": "E48", "from": "100", "to": "999"}, 48, ("100", "105", "110", "115")),
)  # fmt: skip
