"""A constant with a name: `{value: 26m, unit: V}`."""

from __future__ import annotations

from qbank.domains._common import Domain, DomainExample, DomainRecord, Exact, tabled


class Spec(DomainRecord):
    """One number, the same on every variant."""

    value: Exact


def table(spec: Spec) -> Domain:
    """The one number."""
    return tabled((spec.value,))


EXAMPLES = (
    DomainExample({"value": "26m", "unit": "V"}, 1, ("0.026",)),
    DomainExample({"value": "-0.7"}, 1, ("-0.7",)),
)
