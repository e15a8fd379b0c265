"""Measuring in a circuit: sources on its ports, its equations solved, voltages and currents read off."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from qbank import messages
from qbank.circuits import Part
from qbank.model import Floats
from qbank.registry import unknown
from qbank.witnesses import _quantities
from qbank.witnesses._models import Conditions, elements, shorted
from qbank.witnesses._nodal import GROUND, Current, Element, Solution, Source, Values, solve
from qbank.witnesses._setup import VALUED, Setup

HALVINGS = 200


def quantity(text: str, setup: Setup) -> Floats:
    """The quantity on every variant, (n,). Raises ValueError, also where it depends on a value that is not given."""
    tree = _quantities.read(text)
    setup.check()
    first = _measured(tree, setup)
    missing = setup.missing()
    if missing:
        second = _measured(tree, replace(setup, guess=2.7))
        if not np.allclose(first, second, rtol=1e-7, atol=0):
            raise ValueError(messages.tell("{quantity} depends on a value that is not given: one of {names}",
                                           quantity=text, names=messages.listed(missing)))  # fmt: skip
    return first


def _measured(tree: ast.expr, setup: Setup) -> Floats:
    bench = Bench(setup)
    measures: dict[str, Callable[[str], Values]] = {
        "u": bench.voltage, "i": bench.current, "R_in": bench.resistance_in, "R_out": bench.resistance_out
    }
    found = np.broadcast_to(_quantities.value(tree, measures), (setup.n,))
    if np.iscomplexobj(found):
        if (np.abs(found.imag) > 1e-9 * np.abs(found)).any():
            raise ValueError(messages.tell("the quantity is complex: ask for its abs() or its phase()"))
        found = found.real
    return np.array(found, np.float64)


class Bench:
    """A circuit under measurement: the nets that shorts join, and the solution with the sources as they are."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.circuit = setup.circuit
        omega = None if setup.frequency is None else 2 * np.pi * setup.column(setup.frequency)
        guesses = {
            part.name: np.full(setup.n, 1e3 * setup.guess * (1 + 0.37 * place))
            for place, part in enumerate(self.circuit.parts) if part.kind in VALUED
        }
        values = {name: guess if (value := setup.of(name)) is None else value for name, guess in guesses.items()}
        self.conditions = Conditions(
            setup.n, setup.mode, values, self._model, omega, setup.capacitors, {}, setup.without
        )
        self._joined: dict[str, str] = {}
        for part in self.circuit.parts:
            if part.name not in setup.without and shorted(part, self.conditions):
                self._join(*part.nets)
        if setup.mode == "signal":
            for name in self.circuit.supplies:
                self._join(name, GROUND)
        self.drives = setup.drives()
        if setup.mode == "bias":
            self.conditions = replace(self.conditions, drains=self._drains())
        self.solution = self._solved(self.drives)

    def voltage(self, place: str) -> Values:
        """The voltage of a place to ground."""
        net = self._net_of(place)
        if net not in self.solution.voltages:
            raise ValueError(messages.tell("{place} is not connected to anything", place=place))
        return self.solution.voltages[net]

    def current(self, place: str) -> Values:
        """The current of a part from its first pin to its second, of a port into the circuit, out of an op-amp.

        A transistor's terminals are `VT.b`, `VT.c`, `VT.e`, positive as they flow when it conducts.
        """
        part = next((part for part in self.circuit.parts if part.name == place.partition(".")[0]), None)
        if place in self.drives:
            return -self.solution.currents[f"port {place}"]
        if part is None:
            known = [part.name for part in self.circuit.parts]
            raise ValueError(messages.tell("the element {unknown}", unknown=unknown(place, known)))
        if part.kind in ("NPN", "PNP"):
            collector = self.solution.currents[part.name] * (1 if part.kind == "NPN" else -1)
            beta = self._model(part.name, "beta")
            share = 0.0 if beta is None else 1 / beta
            shares = {"c": 1.0, "b": share, "e": 1.0 + share}
            if place.partition(".")[2] not in shares:
                raise ValueError(messages.tell("{place!r} is not a terminal; write {part}.b, {part}.c or {part}.e",
                                               place=place, part=part.name))  # fmt: skip
            return collector * shares[place.partition(".")[2]]
        if part.name in self.conditions.drains:
            return self.conditions.drains[part.name]
        if part.name in self.solution.currents:
            return self.solution.currents[part.name] * (-1 if part.kind in ("OP", "IC", "V", "VS") else 1)
        return self._through(part)

    def resistance_in(self, place: str) -> Values:
        """The resistance seen by a source at a place, the other sources at rest."""
        rest = {name: np.zeros(self.setup.n) for name in self.drives if name != place}
        test = Source("test", self._net_of(place), GROUND, np.ones(self.setup.n))
        return -1 / self._solved(rest, test).currents["test"]

    def resistance_out(self, place: str) -> Values:
        """The resistance of the circuit at a place, all sources at rest."""
        rest = {name: np.zeros(self.setup.n) for name in self.drives}
        net = self._net_of(place)
        return self._solved(rest, Current(GROUND, net, np.ones(self.setup.n))).voltages[net]

    def _through(self, part: Part) -> Values:
        if part.kind not in ("C", "CE", "L") or shorted(part, self.conditions):
            raise ValueError(messages.tell("the current of {part} cannot be computed", part=part.name))
        drop = self.voltage(f"{part.name}.1") - self.voltage(f"{part.name}.2")
        value, omega = self.conditions.values[part.name], self.conditions.omega
        if omega is None:
            return np.zeros(self.setup.n)
        return drop * 1j * omega * value if part.kind != "L" else drop / (1j * omega * value)

    def _solved(self, drives: Mapping[str, Values], *extra: Element) -> Solution:
        sources = [Source(f"port {name}", self._net(name), GROUND, value) for name, value in drives.items()]
        return solve([*elements(self.circuit, self.conditions, self._net), *sources, *extra], self.setup.n)

    def _drains(self) -> dict[str, Values]:
        """The drain current of the one FET: its square law against the straight line of the rest of the circuit."""
        fets = [part for part in self.circuit.parts if part.kind in ("NJF", "NMOS")]
        if not fets:
            return {}
        if len(fets) > 1:
            raise ValueError(messages.tell("a bias point can be found for one FET, not for several"))
        fet, zero = fets[0], np.zeros(self.setup.n)

        def control(drain: Values) -> Values:
            self.conditions = replace(self.conditions, drains={fet.name: drain})
            found = self._solved(self.drives).voltages
            return found.get(self._net(fet.net("g")), zero) - found.get(self._net(fet.net("s")), zero)

        names = ("I_DSS", "U_P") if fet.kind == "NJF" else ("I_DO", "U_T")
        full, cut = (self._model(fet.name, name) for name in names)
        if full is None or cut is None:
            raise ValueError(messages.tell("{part} needs {first} and {second} in given:",
                                           part=fet.name, first=names[0], second=names[1]))  # fmt: skip

        def law(control_voltage: Values) -> Values:
            return full * (control_voltage / cut - 1) ** 2

        idle = control(zero)
        slope = (control(full) - idle) / full
        steep = np.where(slope < 0, slope, -1.0)
        low, high = zero, np.where(slope < -1e-12, (cut - idle) / steep, law(idle))
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            above = middle > law(idle + slope * middle)
            low, high = np.where(above, low, middle), np.where(above, middle, high)
        return {fet.name: (low + high) / 2}

    def _model(self, part: str, parameter: str) -> Values | None:
        text = self.setup.given.get(f"{part}.{parameter}", self.setup.given.get(parameter))
        return None if text is None else self.setup.column(text)

    def _net_of(self, place: str) -> str:
        if place not in self.circuit.nets:
            raise ValueError(messages.tell("the place {unknown}", unknown=unknown(place, self.circuit.nets)))
        return self._net(self.circuit.nets[place])

    def _net(self, net: str) -> str:
        while net in self._joined:
            net = self._joined[net]
        return net

    def _join(self, one: str, other: str) -> None:
        first, second = self._net(one), self._net(other)
        if first == second:
            return
        if first == GROUND:
            first, second = second, first
        self._joined[first] = second
