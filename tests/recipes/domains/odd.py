"""Odd numbers up to an end: `{odd: 9}`. A throw-away domain, added by the recipe."""



from __future__ import annotations

from decimal import Decimal

from qbank.domains._common import Domain, DomainExample, DomainRecord, tabled


class Spec(DomainRecord):
    """The odd numbers from 1."""

    odd: int


def table(spec: Spec) -> Domain:
    """The odd numbers, the smallest first."""
    return tabled(tuple(map(Decimal, range(1, spec.odd + 1, 2))))


EXAMPLES = (DomainExample({"odd": "5"}, 3, ("1", "3", "5")),)
