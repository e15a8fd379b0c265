"""A drawn circuit as a netlist for ngspice: its parts with numbers, their models, its sources, meters where asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from qbank import messages
from qbank.circuits import Circuit, Part

GROUND = "0"
MODELS: Mapping[str, tuple[str, Mapping[str, float]]] = {
    "D": ("d", {"is": 1e-10, "n": 0.1, "rs": 5e-3}),
    "DZ": ("d", {"is": 1e-14, "ibv": 1e-3, "nbv": 0.02}),
    "NPN": ("npn", {"is": 1e-14}),
    "PNP": ("pnp", {"is": 1e-14}),
    "NJF": ("njf", {"lambda": 0.0, "is": 1e-16}),
    "NMOS": ("nmos", {"level": 1.0}),
}
"""The model of each kind as SPICE names it, with its default parameters: a diode is nearly ideal."""
GAIN = 1e6
"""The gain of an op-amp."""


@dataclass(frozen=True, slots=True)
class Wave:
    """A voltage over time: `level + amplitude sin(2π frequency t)`; without an amplitude it is constant."""

    level: float
    amplitude: float = 0.0
    frequency: float = 0.0

    def __str__(self) -> str:
        if not self.amplitude:
            return f"dc {self.level:.15g}"
        return f"dc {self.level:.15g} sin({self.level:.15g} {self.amplitude:.15g} {self.frequency:.15g})"


@dataclass(eq=False)
class Netlist:
    """The lines of a circuit. `place` leads from a place of the drawing to its node, `meters` from pins to meters."""

    circuit: Circuit
    value: Callable[[str], float | None]
    waves: Mapping[str, Wave]
    models: Mapping[str, Mapping[str, float]]
    metered: frozenset[str]
    ground: str
    lines: list[str] = field(default_factory=list)
    meters: dict[str, str] = field(default_factory=dict)

    def node(self, net: str) -> str:
        """The node of a net."""
        if net in (GROUND, self.ground):
            return "0"
        return f"n{sorted(set(self.circuit.nets.values()) | self._nets()).index(net)}"

    def build(self) -> list[str]:
        """Every line. Raises ValueError for a part that has no value or no model."""
        for number, part in enumerate(self.circuit.parts):
            at = {pin: self._pin(part, pin, net) for (pin, _), net in zip(part.pins, part.nets, strict=True)}
            self.lines.extend(self._part(part, f"x{number}", at))
        for name, wave in self.waves.items():
            if name in self.circuit.nets and not any(part.name == name for part in self.circuit.parts):
                self.meters[name] = f"v{len(self.meters)}port"
                self.lines.append(f"{self.meters[name]} {self.node(self.circuit.nets[name])} 0 {wave}")
        return self.lines

    def _nets(self) -> set[str]:
        return {net for part in self.circuit.parts for net in part.nets}

    def _pin(self, part: Part, pin: str, net: str) -> str:
        """The node of a pin, behind a meter where its current is asked for."""
        node = self.node(net)
        first = pin == part.pins[0][0]
        if f"{part.name}.{pin}" not in self.metered and not (first and part.name in self.metered):
            return node
        meter = f"v{len(self.meters)}meter"
        self.meters[f"{part.name}.{pin}" if f"{part.name}.{pin}" in self.metered else part.name] = meter
        self.lines.append(f"{meter} {node} {meter}n dc 0")
        return f"{meter}n"

    def _part(self, part: Part, name: str, at: Mapping[str, str]) -> Iterator[str]:
        match part.kind:
            case "R" | "L":
                yield f"{part.kind.lower()}{name} {at['1']} {at['2']} {self._needed(part):.15g}"
            case "C" | "CE":
                yield f"c{name} {at['1']} {at['2']} {self._needed(part):.15g}"
            case "POT":
                share, whole = self.models.get(part.name, {}).get("x", 0.5), self._needed(part)
                yield f"r{name}a {at['1']} {at['w']} {max(whole * share, 1e-6):.15g}"
                yield f"r{name}b {at['w']} {at['2']} {max(whole * (1 - share), 1e-6):.15g}"
            case "V" | "VS":
                yield f"v{name} {at['2']} {at['1']} {self._wave(part)}"
            case "I":
                yield f"i{name} {at['1']} {at['2']} dc {self._needed(part):.15g}"
            case "D" | "DZ":
                yield f"d{name} {at['1']} {at['2']} m{name}"
                yield self._model(part, name)
            case "NPN" | "PNP":
                yield f"q{name} {at['c']} {at['b']} {at['e']} m{name}"
                yield self._model(part, name)
            case "NJF":
                yield f"j{name} {at['d']} {at['g']} {at['s']} m{name}"
                yield self._model(part, name)
            case "NMOS":
                yield f"m{name} {at['d']} {at['g']} {at['s']} {at['s']} m{name} w=1u l=1u"
                yield self._model(part, name)
            case "OP":
                gain = self.models.get(part.name, self.models.get("OP", {})).get("gain", GAIN)
                yield f"e{name} {at['out']} 0 {at['+']} {at['-']} {gain:.15g}"
            case kind:
                raise ValueError(messages.tell("{part}: there is no ngspice model of a {kind}",
                                               part=part.name, kind=kind))  # fmt: skip

    def _wave(self, part: Part) -> Wave:
        return self.waves[part.name] if part.name in self.waves else Wave(self._needed(part))

    def _needed(self, part: Part) -> float:
        value = self.value(part.name)
        if value is None or not np.isfinite(value):
            raise ValueError(messages.tell("{part} needs a value, in values: of the figure or in given:",
                                           part=part.name))  # fmt: skip
        return value

    def _model(self, part: Part, name: str) -> str:
        kind, usual = MODELS[part.kind]
        given = {**usual, **self.models.get(part.kind, {}), **self.models.get(part.name, {})}
        return f".model m{name} {kind}({' '.join(f'{key}={value:.15g}' for key, value in given.items())})"
