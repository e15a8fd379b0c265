"""What a circuit witness is given: the circuit, the values of its parts, and what drives it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from qbank import messages
from qbank.circuits import Circuit
from qbank.figures import Spec as Figure
from qbank.figures.circuit import Spec as CircuitFigure
from qbank.model import Column
from qbank.registry import unknown
from qbank.witnesses._models import MODEL, Mode
from qbank.witnesses._nodal import Values

VALUED = frozenset({"R", "POT", "C", "CE", "L", "V", "VS", "I"})


@dataclass(frozen=True, slots=True, eq=False)
class Setup:
    """A circuit, the names of its values, and the columns that hold them.

    `values` leads from parts and ports to names, `given` does so too and to numbers, and may name model parameters;
    `guess` multiplies what is used for a value that is not given.
    """

    circuit: Circuit
    mode: Mode
    values: Mapping[str, str]
    given: Mapping[str, str]
    columns: Mapping[str, Column]
    n: int
    frequency: str | None
    capacitors: Literal["short", "open"]
    without: frozenset[str]
    guess: float = 1.0

    def column(self, text: str) -> Values:
        """The values of a name, or a number for all variants. Raises ValueError."""
        if text in self.columns:
            return np.asarray(self.columns[text].values, np.float64)
        try:
            return np.full(self.n, float(text))
        except ValueError:
            raise ValueError(messages.tell("the name {unknown}", unknown=unknown(text, self.columns))) from None

    def of(self, name: str) -> Values | None:
        """The value of a part or port, or None where none is given."""
        text = self.given.get(name, self.values.get(name))
        return None if text is None else self.column(text)

    def missing(self) -> tuple[str, ...]:
        """The parts whose value the equations need and that have none."""
        parts = [
            part.name for part in self.circuit.parts
            if part.kind in VALUED and (part.kind not in ("C", "CE", "L") or self.frequency is not None)
        ]
        supplies = self.circuit.supplies if self.mode == "bias" else ()
        return tuple(name for name in (*parts, *supplies) if name not in self.without and self.of(name) is None)

    def drives(self) -> dict[str, Values]:
        """The voltages that are applied to ports."""
        ports = {port.name: port for port in self.circuit.ports}
        driven = {name: self.column(text) for name, text in self.given.items() if name in ports}
        if not driven and "u_i" in ports and self.mode == "signal":
            driven["u_i"] = np.ones(self.n)
        if self.mode == "bias":
            for place, name in enumerate(self.circuit.supplies):
                value = self.of(name)
                level = np.full(self.n, 9.0 * self.guess + place) if value is None else value
                driven[name] = -level if ports[name].tag.tex.startswith("-") else level
        return driven

    def check(self) -> None:
        """Raises ValueError where `given` or `without` names what the circuit does not have."""
        known = set(self.circuit.labels)
        for part in self.circuit.parts:
            for parameter in MODEL.get(part.kind, ()):
                known |= {parameter, f"{part.name}.{parameter}"}
        for name in self.given:
            if name not in known:
                raise ValueError(f"given: {unknown(name, known)}")
        for name in self.without:
            if name not in self.circuit.labels:
                raise ValueError(f"without: {unknown(name, self.circuit.labels)}")


def drawing(name: str, figures: Mapping[str, Figure]) -> CircuitFigure:
    """The figure that a witness solves. Raises ValueError for one that is not there, or shows no circuit."""
    if name not in figures:
        raise ValueError(messages.tell("the figure {unknown}", unknown=unknown(name, figures)))
    figure = figures[name]
    if not isinstance(figure, CircuitFigure):
        raise ValueError(messages.tell("the figure {figure!r} shows no circuit", figure=name))
    return figure


def of_library(name: str, library: Mapping[str, Circuit]) -> Circuit:
    """A circuit by its name. Raises ValueError with the nearest name."""
    if name not in library:
        raise ValueError(messages.tell("the circuit {unknown}", unknown=unknown(name, library)))
    return library[name]


def shown(figure: CircuitFigure, columns: Mapping[str, Column], n: int) -> list[tuple[str, NDArray[np.intp]]]:
    """Every circuit that the figure shows, with the variants that show it."""
    if figure.by is None:
        return [(figure.chosen(None), np.arange(n))]
    if figure.by not in columns:
        raise ValueError(messages.tell("the parameter {unknown}", unknown=unknown(figure.by, columns)))
    column = columns[figure.by]
    groups = ((label, np.flatnonzero(column.values == code)) for code, label in enumerate(column.labels))
    return [(figure.chosen(label), rows) for label, rows in groups if len(rows)]
