"""The numbers of a list: `{values: [12, 13.5, 1k]}`."""

from __future__ import annotations

from qbank.domains._common import Domain, DomainExample, DomainRecord, ExactList, tabled


class Spec(DomainRecord):
    """Different numbers, in the order they are written."""

    values: ExactList


def table(spec: Spec) -> Domain:
    """The numbers, in the order they are written."""
    return tabled(spec.values)


EXAMPLES = (
    DomainExample({"values": ["12", "13.5", "1k"]}, 3, ("12", "13.5", "1000")),
    DomainExample({"values": ["26m"]}, 1, ("0.026",)),
)
