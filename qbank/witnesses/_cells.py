"""The weights of recurrent cells as an author names them, gate by gate or stacked, over variants."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Annotated, Any, Literal, TypeAlias

import numpy as np
from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema

from qbank import messages
from qbank.algebra import Expression
from qbank.algebra.fields import formula
from qbank.model import Array, Floats
from qbank.records import Record
from qbank.registry import unknown

Cell: TypeAlias = Literal["rnn", "lstm", "gru"]
GATES: Mapping[str, tuple[str, ...]] = {"rnn": ("h",), "lstm": ("i", "f", "g", "o"), "gru": ("r", "z", "n")}
"""The gates of a cell in the order in which an author stacks them, which is PyTorch's."""


def _gated(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(gate): formula(each) for gate, each in value.items()}
    return formula(value)


Gated: TypeAlias = Annotated[
    Any, PlainValidator(_gated), PlainSerializer(str), WithJsonSchema({"type": ["string", "number", "object"]})
]
"""One formula of the stacked weights, or one for each gate: `{i: wi, f: wf, g: wg, o: wo}`."""


class Direction(Record):
    """The weights of a cell: gate = f(W x + b + U h + d), `p` its peepholes; `h` and `c` its first state."""

    W: Gated
    U: Gated
    b: Gated | None = None
    d: Gated | None = None
    p: Gated | None = None
    h: Expression = Field(default_factory=lambda: formula("0"))
    c: Expression = Field(default_factory=lambda: formula("0"))

    @property
    def formulas(self) -> tuple[Expression, ...]:
        """Every formula of the weights and of the first state."""
        gated = (each for each in (self.W, self.U, self.b, self.d, self.p) if each is not None)
        return (self.h, self.c, *chain(*(each.values() if isinstance(each, dict) else [each] for each in gated)))


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """The same as columns, by gate: W (n, k, m), U (n, k, k), b, d and p (n, k), the first state h and c (n, k)."""

    W: Mapping[str, Floats]
    U: Mapping[str, Floats]
    b: Mapping[str, Floats]
    d: Mapping[str, Floats]
    p: Mapping[str, Floats]
    h: Floats
    c: Floats

    @property
    def units(self) -> int:
        """How many units the cell has."""
        return int(self.h.shape[1])

    def fixed(self, gate: str, level: float | Floats) -> Weights:
        """The cell with the argument of one gate held at a level, a number or (n, k)."""
        zeros = np.zeros_like(self.h)
        return replace(
            self,
            W={**self.W, gate: np.zeros_like(self.W[gate])}, U={**self.U, gate: np.zeros_like(self.U[gate])},
            b={**self.b, gate: zeros + level}, d={**self.d, gate: zeros}, p={**self.p, gate: zeros},
        )  # fmt: skip

    def at(self, h: Floats, c: Floats) -> Weights:
        """The cell in another state."""
        return replace(self, h=h, c=c)

    def shifted(self, gate: str, level: Floats) -> Weights:
        """The cell with a level added to a gate's argument in place of its peephole."""
        return replace(self, b={**self.b, gate: self.b[gate] + level}, p={**self.p, gate: np.zeros_like(self.h)})

    def turned(self, gate: str) -> Weights:
        """The cell with the argument of one gate turned round: of a sigmoid, 1 less the gate."""
        W, U, b, d = ({**each, gate: -each[gate]} for each in (self.W, self.U, self.b, self.d))
        return replace(self, W=W, U=U, b=b, d=d)


def weights(written: Direction, cell: str, value: Callable[[Expression], Array]) -> tuple[Weights, bool]:
    """The weights on every variant, and whether the author's network is one of numbers instead of vectors."""
    gates = GATES[cell]
    first = written.U if isinstance(written.U, Expression) else next(iter(written.U.values()))
    scalar = value(first).ndim == 1
    U = _by_gate(written.U, gates, value, "U", _matrix)
    n, k = U[gates[0]].shape[:2]

    def vectors(name: str) -> dict[str, Floats]:
        given = getattr(written, name)
        return {gate: np.zeros((n, k)) for gate in gates} | (
            {} if given is None else _by_gate(given, gates, value, name, _vector)
        )

    h, c = (np.broadcast_to(_vector(value(each)), (n, k)).copy() for each in (written.h, written.c))
    W = _by_gate(written.W, gates, value, "W", _matrix)
    for name, gate in ((name, gate) for name, found in (("W", W), ("U", U)) for gate in gates if gate not in found):
        raise ValueError(messages.tell("{weights} needs the gate {gate!r}", weights=name, gate=gate))
    return Weights(W, U, vectors("b"), vectors("d"), vectors("p"), h, c), scalar


def _by_gate(
    given: Expression | Mapping[str, Expression], gates: tuple[str, ...], value: Callable[[Expression], Array],
    name: str, shaped: Callable[[Array], Floats],
) -> dict[str, Floats]:  # fmt: skip
    if isinstance(given, Expression):
        whole = shaped(value(given))
        if whole.shape[1] % len(gates):
            raise ValueError(messages.tell("{weights} has {rows} rows, which cannot be divided among {gates} gates",
                                           weights=name, rows=whole.shape[1], gates=len(gates)))  # fmt: skip
        return dict(zip(gates, np.split(whole, len(gates), axis=1), strict=True))
    for gate in given:
        if gate not in gates:
            raise ValueError(messages.tell("{weights}: the gate {unknown}", weights=name, unknown=unknown(gate, gates)))
    return {gate: shaped(value(each)) for gate, each in given.items()}


def _matrix(values: Array) -> Floats:
    found = np.asarray(values, dtype=np.float64)
    return found.reshape(found.shape + (1,) * (3 - found.ndim))


def _vector(values: Array) -> Floats:
    found = np.asarray(values, dtype=np.float64)
    return found.reshape(found.shape + (1,) * (2 - found.ndim))
