"""What a simulation is made of: a quantity that is a formula, or a simulation itself, over a variable of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema, model_validator

from qbank import algebra, messages
from qbank.algebra import Expression
from qbank.algebra.fields import formula
from qbank.records import Record

Kind: TypeAlias = Literal[
    "mean", "rms", "integral", "max", "min", "argmax", "argmin", "root", "first", "count", "sum", "product", "loop",
    "value",
]
SEVERAL = frozenset({"mean", "rms", "integral", "max", "min"})
"""The kinds that may go over more than one variable."""


def quantity(value: Any) -> Expression | Simulation:
    """A formula, or a mapping that is a simulation. Raises ValueError."""
    if isinstance(value, Simulation):
        return value
    return Simulation.model_validate(value) if isinstance(value, Mapping) else formula(value)


Quantity: TypeAlias = Annotated[
    Any, PlainValidator(quantity), PlainSerializer(str), WithJsonSchema({"type": ["string", "number", "object"]})
]


class Simulation(Record):
    """A quantity found by trying: `{simulation: mean, of: u**2/RL, over: {t: [0, T]}, given: {u: …}}`.

    `over` leads from a variable to its first and last value; `given` defines names, each from those before it and the
    variables. A `loop` has states: `start` their first values, `step` their next ones from the present ones; it counts
    its variable from the first value up until `until` holds or the last value is reached, and its value is then `of`.
    """

    simulation: Kind
    of: Quantity
    over: Mapping[str, tuple[algebra.Formula, algebra.Formula]] = Field(default_factory=dict)
    given: Mapping[str, Quantity] = Field(default_factory=dict)
    start: Mapping[str, Quantity] = Field(default_factory=dict)
    step: Mapping[str, Quantity] = Field(default_factory=dict)
    until: algebra.Condition | None = None
    points: int | None = Field(default=None, ge=3, le=1 << 16)

    @model_validator(mode="after")
    def _sound(self) -> Simulation:
        kind, count = self.simulation, len(self.over)
        if kind == "value":
            if count or not any(isinstance(each, Simulation) for each in (self.of, *self.given.values())):
                raise ValueError(messages.tell(
                    "simulation: value needs a simulation in given: and no over:; a formula alone proves nothing"
                ))  # fmt: skip
        elif not count or (count > 1 and kind not in SEVERAL):
            if kind in SEVERAL:
                raise ValueError(messages.tell("{simulation} needs a variable or more: over: {{t: [0, 1]}}",
                                               simulation=kind))  # fmt: skip
            raise ValueError(messages.tell("{simulation} needs one variable: over: {{t: [0, 1]}}", simulation=kind))
        if (kind == "loop") != bool(self.start) or set(self.start) != set(self.step):
            raise ValueError(messages.tell("start: and step: must name the same states, and only for a loop"))
        if self.until is not None and kind != "loop":
            raise ValueError(messages.tell("until: is allowed in a loop only"))
        return self


def expressions(found: Expression | Simulation) -> Iterator[Expression]:
    """Every formula in a quantity, from outside in."""
    if isinstance(found, Expression):
        yield found
        return
    for low, high in found.over.values():
        yield from (low, high)
    for inner in (*found.given.values(), *found.start.values(), *found.step.values(), found.of):
        yield from expressions(inner)
    if found.until is not None:
        yield found.until


def names(found: Expression | Simulation) -> frozenset[str]:
    """The names that a quantity takes from outside.

    >>> sorted(names(quantity({"simulation": "mean", "of": "A*sin(t)", "over": {"t": ["0", "2*pi/w"]}})))
    ['A', 'w']
    """
    if isinstance(found, Expression):
        return algebra.names(found)
    own = {*found.over, *found.given, *found.start}
    inner = (*found.given.values(), *found.start.values(), *found.step.values(), found.of)
    used = {name for each in inner for name in names(each)}
    used |= {name for ends in found.over.values() for end in ends for name in algebra.names(end)}
    if found.until is not None:
        used |= algebra.names(found.until)
    return frozenset(used - own)
