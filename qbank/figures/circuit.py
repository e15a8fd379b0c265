"""A circuit of the library, its parts labelled with the item's values: `circuit: inverting`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from qbank import circuits, messages
from qbank.figures._given import Given
from qbank.model import Drawing
from qbank.records import Record, Truth
from qbank.registry import unknown


class Spec(Record):
    """A figure that shows a circuit.

    `circuit` is its name, or `{by: case, npn: darl_npn, …}`: the circuit for every label of a parameter. `values`
    leads from a part or port of the drawing to the item's name whose value it bears.
    """

    family: ClassVar[Literal["circuit"]] = "circuit"
    circuit: str | Mapping[str, str]
    values: Mapping[str, str] = Field(default_factory=dict)
    printed: Truth = True
    style: Literal["iec", "ansi"] = "iec"

    @model_validator(mode="after")
    def _picks(self) -> Spec:
        if not isinstance(self.circuit, str) and ("by" not in self.circuit or len(self.circuit) < 2):
            raise ValueError(messages.tell("a circuit that varies is written {{by: parameter, label: circuit, …}}"))
        return self

    @property
    def by(self) -> str | None:
        """The label parameter that picks the circuit, if one does."""
        return None if isinstance(self.circuit, str) else self.circuit["by"]

    @property
    def uses(self) -> frozenset[str]:
        """The item's names whose values the drawing bears, and the one that picks it."""
        return frozenset(self.values.values()) | ({self.by} if self.by else set())

    @property
    def drawn(self) -> frozenset[str]:
        """Nothing: a value is printed where it is shown."""
        return frozenset()

    @property
    def names(self) -> tuple[str, ...]:
        """The circuits this figure may show."""
        if isinstance(self.circuit, str):
            return (self.circuit,)
        return tuple(name for label, name in self.circuit.items() if label != "by")

    def chosen(self, label: str | None) -> str:
        """The circuit for a label. Raises ValueError for a label that picks none."""
        if isinstance(self.circuit, str):
            return self.circuit
        labels: dict[str, Any] = {key: name for key, name in self.circuit.items() if key != "by"}
        if label not in labels:
            raise ValueError(messages.tell("the label {unknown}", unknown=unknown(str(label), labels)))
        return str(labels[label])


def draw(spec: Spec, given: Given) -> Drawing:
    """The circuit's drawing with a Name of the item at every part that has a value.

    Raises ValueError for a circuit, label or part that does not exist.
    """
    name = spec.chosen(given.label(spec.by))
    if name not in given.circuits:
        raise ValueError(messages.tell("the circuit {unknown}", unknown=unknown(name, given.circuits)))
    return circuits.draw(given.circuits[name], spec.style, spec.values)
