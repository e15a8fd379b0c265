"""A constant with a name: `{value: 26m, unit: V}`."""

from __future__ import annotations

from qbank.domains._common import Domain, DomainExample, DomainRecord, Exact, tabled


class Spec(DomainRecord):
    """One number, the same on every variant."""

    value: Exact


def table(spec: Spec) -> Domain:
    """The one number."""
    return tabled((spec.value.number,), unit=spec.value.unit)


EXAMPLES = (
    DomainExample({"value": "26m", "unit": "V"}, 1, ("0.026",)),
    DomainExample({"value": "250 mL"}, 1, ("0.00025",), "with its unit"),
    DomainExample({"value": "18.4 °C"}, 1, ("291.55",), "a temperature"),
    DomainExample({"value": "0.1 mol/L"}, 1, ("100",), "in SI, a cubic metre holds 100 mol"),
    DomainExample({"value": "-0.7"}, 1, ("-0.7",)),
)
