"""ngspice on the drawn circuit: transistors and diodes as they are, not as the textbook simplifies them.

    witness:
      spice: main                                   # the figure
      solve: mean(u_o**2) / RL                      # at rest without drive:, else over whole periods
      drive: {u_i: {amplitude: sqrt(2)*Ui, frequency: 1k}}
      given: {V_CC: VCC, V_EE: VCC}                 # ports and parts; a supply drawn as -V_CC is turned round
      models: {NPN: {bf: 2000}, PNP: {bf: 2000}}    # SPICE's parameters, by kind or by part
      within: 0.05
      seats: 4

Places and currents as in a circuit witness: `u_o`, `u(VT.c)`, `i(R_L)`; mean, rms, max, min are over time.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import Field, field_validator, model_validator

from qbank import algebra, messages
from qbank.circuits import Circuit
from qbank.figures import Spec as Figure
from qbank.figures.circuit import Spec as CircuitFigure
from qbank.model import Column, Floats
from qbank.records import Record
from qbank.registry import unknown
from qbank.witnesses import _ngspice, _quantities
from qbank.witnesses._netlist import Netlist, Wave
from qbank.witnesses._quantities import FUNCTIONS
from qbank.witnesses._setup import drawing, of_library

AVERAGES: Mapping[str, Callable[[Any], Any]] = {
    **FUNCTIONS, "mean": np.mean, "rms": lambda wave: np.sqrt(np.mean(np.square(wave))), "max": np.max, "min": np.min,
}
MOMENTS = 2000
"""The moments of one period that are looked at."""
PARAMETER = re.compile(r"[a-z][a-z0-9]{0,15}")


class Drive(Record):
    """A sine on a port or a source, around a level."""

    amplitude: algebra.Formula
    frequency: algebra.Formula
    level: algebra.Formula = Field(default_factory=lambda: algebra.read("0"))


class Spec(Record):
    """A witness that runs ngspice; `settle` periods pass before the `periods` that are looked at."""

    tag: ClassVar[Literal["spice"]] = "spice"
    spice: str
    solve: str
    drive: Mapping[str, Drive] = Field(default_factory=dict)
    given: Mapping[str, algebra.Formula] = Field(default_factory=dict)
    models: Mapping[str, Mapping[str, algebra.Formula]] = Field(default_factory=dict)
    ground: str = ""
    settle: int = Field(default=2, ge=0, le=200)
    periods: int = Field(default=2, ge=1, le=20)
    within: float = Field(gt=0, le=0.2)
    seats: int = Field(default=4, ge=1, le=20)

    @field_validator("solve")
    @classmethod
    def _readable(cls, text: str) -> str:
        _quantities.read(text, AVERAGES)
        return text

    @field_validator("models")
    @classmethod
    def _parameters(cls, models: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Mapping[str, Any]]:
        for name in (name for model in models.values() for name in model):
            if not PARAMETER.fullmatch(name):
                raise ValueError(messages.tell("{name!r} is not a parameter of a SPICE model", name=name))
        return models

    @model_validator(mode="after")
    def _one_frequency(self) -> Spec:
        if len({str(drive.frequency) for drive in self.drive.values()}) > 1:
            raise ValueError(messages.tell("all driven sources must have the same frequency"))
        return self


def witness(
    spec: Spec, figures: Mapping[str, Figure], library: Mapping[str, Circuit], columns: Mapping[str, Column]
) -> Floats:
    """The quantity on every variant, (n,), one run each. Raises ValueError, Missing without ngspice."""
    figure = drawing(spec.spice, figures)
    n = max((len(column) for column in columns.values()), default=1)
    return np.array([_one(spec, figure, library, columns, row) for row in range(n)], dtype=np.float64)


def _one(
    spec: Spec, figure: CircuitFigure, library: Mapping[str, Circuit], columns: Mapping[str, Column], row: int
) -> float:
    label = None
    if figure.by is not None:
        column = columns[figure.by]
        label = column.labels[int(column.values[row])]
    circuit = of_library(figure.chosen(label), library)
    here = {name: column.take(np.array([row])) for name, column in columns.items()} if columns else {}
    return _Bench(spec, figure.values, circuit, here).measured()


@dataclass(frozen=True, slots=True, eq=False)
class _Bench:
    """One variant's circuit on the bench: `columns` hold its values, one row."""

    spec: Spec
    values: Mapping[str, str]
    circuit: Circuit
    columns: Mapping[str, Column]

    def number(self, formula: algebra.Expression) -> float:
        value = algebra.evaluate(formula, self.columns, 1).values
        if value.shape != (1,):
            raise ValueError(messages.tell("{formula} is not one number", formula=formula))
        return float(value[0])

    def given(self, name: str) -> float | None:
        if name in self.spec.given:
            return self.number(self.spec.given[name])
        return self.number(algebra.read(self.values[name])) if name in self.values else None

    def measured(self) -> float:
        """What is asked for, from one run of ngspice."""
        tree = _quantities.read(self.spec.solve, AVERAGES)
        netlist, waves = self._netlist(tree), list(self.spec.drive.values())
        lines = netlist.build()
        places = sorted({net for net in self.circuit.nets.values() if netlist.node(net) != "0"}, key=netlist.node)
        vectors = [f"v({netlist.node(net)})" for net in places]
        vectors += [f"i({meter})" for meter in netlist.meters.values()]
        if not waves:
            found = _ngspice.run(lines, "op", vectors)[1:]
        else:
            found = self._sampled(lines, vectors, 1 / self.number(waves[0].frequency))
        voltages = dict(zip(places, found, strict=False))
        currents = dict(zip(netlist.meters, found[len(places):], strict=True))
        measures: Mapping[str, Callable[[str], Any]] = {
            "u": lambda place: self._voltage(place, netlist, voltages),
            "i": lambda place: self._current(place, currents),
            "R_in": self._refused, "R_out": self._refused,
        }
        says = np.asarray(_quantities.value(tree, measures, AVERAGES))
        if says.size != 1:
            raise ValueError(messages.tell("{quantity} is a waveform: ask for its mean, rms, max or min",
                                           quantity=self.spec.solve))  # fmt: skip
        return float(says.reshape(-1)[0])

    def _netlist(self, tree: ast.expr) -> Netlist:
        known = set(self.circuit.labels)
        for name in (*self.spec.given, *self.spec.drive):
            if name not in known:
                raise ValueError(f"given: {unknown(name, known)}")
        kinds = {part.kind for part in self.circuit.parts} | {part.name for part in self.circuit.parts}
        for name in self.spec.models:
            if name not in kinds:
                raise ValueError(f"models: {unknown(name, kinds)}")
        waves = {
            name: Wave(*(self.number(each) for each in (drive.level, drive.amplitude, drive.frequency)))
            for name, drive in self.spec.drive.items()
        }
        for port in self.circuit.ports:
            level = self.given(port.name)
            if port.name not in waves and level is not None:
                negative = port.supply and port.tag.tex.startswith("-")
                waves[port.name] = Wave(-level if negative else level)
            elif port.supply and port.name not in waves:
                raise ValueError(messages.tell("{part} needs a value in given:", part=port.name))
        metered = {
            _quantities.place(node.args[0]) for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "i"
        }
        ports = {port.name for port in self.circuit.ports}
        models = {name: {key: self.number(each) for key, each in model.items()}
                  for name, model in self.spec.models.items()}  # fmt: skip
        nets = {*self.circuit.nets.values(), *(net for part in self.circuit.parts for net in part.nets)}
        if "0" not in nets and self.spec.ground not in self.circuit.nets:
            raise ValueError(messages.tell("the drawing has no ground; write ground: with a place such as R_L.2"))
        ground = self.circuit.nets.get(self.spec.ground, "0")
        return Netlist(self.circuit, self.given, waves, models, frozenset(metered - ports), ground)

    def _sampled(self, lines: list[str], vectors: list[str], period: float) -> Floats:
        """The vectors over whole periods after it has settled, at equal steps; the end is the start of the next."""
        start, stop = self.spec.settle * period, (self.spec.settle + self.spec.periods) * period
        step = period / MOMENTS
        times, *found = _ngspice.run(lines, f"tran {step:.12g} {stop + step:.12g} {start:.12g} {step:.12g}", vectors)
        moments = start + np.arange(MOMENTS * self.spec.periods) * step
        return np.array([np.interp(moments, times, each) for each in found])

    def _voltage(self, place: str, netlist: Netlist, voltages: Mapping[str, Floats]) -> Any:
        if place in self.circuit.nets:
            net = self.circuit.nets[place]
            return np.zeros(1) if netlist.node(net) == "0" else voltages[net]
        if place in self.columns:
            return float(self.columns[place].values[0])
        known = unknown(place, (*self.circuit.nets, *self.columns))
        raise ValueError(messages.tell("the place {unknown}", unknown=known))

    def _current(self, place: str, currents: Mapping[str, Floats]) -> Any:
        """As in a circuit witness: into the circuit at a port, from pin 1 through a part, as a transistor conducts."""
        if place not in currents:
            raise ValueError(messages.tell("the element {unknown}", unknown=unknown(place, currents)))
        part = next((part for part in self.circuit.parts if part.name == place.partition(".")[0]), None)
        if part is None:
            return -currents[place]
        leaving = {"NPN": ("e",), "PNP": ("b", "c"), "NJF": ("s",), "NMOS": ("s",)}.get(part.kind, ())
        pin = place.partition(".")[2]
        return -currents[place] if pin in leaving or part.kind in ("V", "VS") else currents[place]

    def _refused(self, place: str) -> Any:
        raise ValueError(messages.tell("ngspice cannot give the resistance at {place}; write it with u and i",
                                       place=place))  # fmt: skip
