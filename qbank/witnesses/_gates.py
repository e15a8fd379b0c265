"""Truth values through the gates of a circuit, over arrays of variants and rows of a truth table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from qbank import messages
from qbank.circuits import Circuit
from qbank.registry import unknown

Truths = NDArray[np.bool_]
_ALL: Callable[[Sequence[Truths]], Truths] = lambda inputs: reduce(np.logical_and, inputs)  # noqa: E731
_ANY: Callable[[Sequence[Truths]], Truths] = lambda inputs: reduce(np.logical_or, inputs)  # noqa: E731
_ODD: Callable[[Sequence[Truths]], Truths] = lambda inputs: reduce(np.logical_xor, inputs)  # noqa: E731
GATES: Mapping[str, tuple[Callable[[Sequence[Truths]], Truths], bool]] = {
    "AND": (_ALL, False), "OR": (_ANY, False), "NOT": (_ALL, True), "BUF": (_ALL, False), "NAND": (_ALL, True),
    "NOR": (_ANY, True), "XOR": (_ODD, False), "XNOR": (_ODD, True),
}  # fmt: skip
"""What each gate makes of its inputs, and whether it negates that."""


def value(circuit: Circuit, place: str, inputs: Mapping[str, Truths]) -> Truths:
    """The truth value at a place of the circuit, when its input ports have these.

    Raises ValueError for gates that feed back on each other, inputs that nothing drives, two outputs on one net.
    """
    if place not in circuit.nets:
        raise ValueError(f"solve: {unknown(place, circuit.nets)}")
    ports = {port.name: port for port in circuit.ports}
    known: dict[str, Truths] = {"0": np.array([[False]])}
    for name, truths in inputs.items():
        if name not in ports:
            raise ValueError(messages.tell("the input {unknown}", unknown=unknown(name, ports)))
        known[circuit.nets[name]] = truths
    known |= {circuit.nets[name]: np.array([[True]]) for name in circuit.supplies}
    gates = [part for part in circuit.parts if part.kind in GATES]
    driven: dict[str, str] = {}
    for gate in gates:
        net = gate.net("out")
        if net in driven:
            raise ValueError(messages.tell("the outputs of {first} and {second} are connected",
                                           first=driven[net], second=gate.name))  # fmt: skip
        if net in known:
            raise ValueError(messages.tell("the output of {gate} is connected to an input", gate=gate.name))
        driven[net] = gate.name
    waiting = list(gates)
    while waiting:
        ready = [gate for gate in waiting if all(net in known for net in gate.nets[:-1])]
        if not ready:
            break
        for gate in ready:
            joined, negated = GATES[gate.kind]
            found = joined([known[net] for net in gate.nets[:-1]])
            known[gate.net("out")] = ~found if negated else found
        waiting = [gate for gate in waiting if gate not in ready]
    net = circuit.nets[place]
    if net in known:
        return known[net]
    for gate in waiting:
        for (pin, _), own in zip(gate.pins[:-1], gate.nets[:-1], strict=True):
            if own not in known and own not in driven:
                raise ValueError(messages.tell(
                    "nothing drives the input {gate}.{pin}; name its port in given: or over:",
                    gate=gate.name, pin=pin,
                ))  # fmt: skip
    if not waiting:
        raise ValueError(messages.tell("nothing drives {place}", place=place))
    names = messages.listed(gate.name for gate in waiting)
    raise ValueError(messages.tell("the gates {names} feed back on each other", names=names))
