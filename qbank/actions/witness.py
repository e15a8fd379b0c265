"""The keys of one item beside the values of their witnesses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qbank import checks, messages, witnesses
from qbank.bank import Bank
from qbank.bank.item import Part
from qbank.witnesses import Agreement

SEATS = 5
"""The variants that are looked at, unless asked otherwise."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One part, the tag of its witness (empty where it has none), and either how both agree or why there is none."""

    part: Part
    by: str
    found: Agreement | None
    reason: str = ""


def witness(source: Bank, name: str, *, seats: int = SEATS) -> Iterator[Proof]:
    """Every part of the item on the first variants that `qbank check` looks at.

    Raises Refused when there is no such item or it has no variant.
    """
    scene = checks.scene(source, name, seats)
    for part in scene.item.parts:
        if part.witness is None:
            yield Proof(part, "", None, part.because or messages.tell("this part has no witness"))
            continue
        by = next(iter(part.witness))
        try:
            spec = witnesses.read(part.witness)
            yield Proof(part, spec.tag, witnesses.agreement(part, spec, scene.drawn, source.circuits))
        except witnesses.Missing as missing:
            yield Proof(part, by, None, messages.tell("{missing}: {remedy}", missing=missing, remedy=missing.remedy))
        except ValueError as unusable:
            yield Proof(part, by, None, messages.tell("the witness cannot be asked: {reason}", reason=unusable))
