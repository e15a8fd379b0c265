"""The numbers of a list: `{values: [12, 13.5, 1k]}`."""

from __future__ import annotations

from qbank.domains._common import Domain, DomainExample, DomainRecord, ExactList, scale, tabled


class Spec(DomainRecord):
    """Different numbers, in the order they are written."""

    values: ExactList


def table(spec: Spec) -> Domain:
    """The numbers, in the order they are written."""
    unit = scale(spec.values)
    return tabled([value.within(unit) for value in spec.values], unit=unit)


EXAMPLES = (
    DomainExample({"values": ["12", "13.5", "1k"]}, 3, ("12", "13.5", "1000")),
    DomainExample({"values": ["1 %", "2 %"]}, 2, ("0.01", "0.02"), "shares"),
    DomainExample({"values": ["500 g", "1.2 kg"], "unit": "kg"}, 2, ("0.5", "1.2"), "prints in kg"),
    DomainExample({"values": ["26m"]}, 1, ("0.026",)),
)
