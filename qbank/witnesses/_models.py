"""Linear models of the parts: what each kind is for small signals, and at its operating point."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from qbank import messages
from qbank.circuits import Circuit, Part
from qbank.witnesses._nodal import Admittance, Amplifier, Current, Element, Junction, Nullor, Resistance, Source, Values
from qbank.witnesses._nodal import Transfer as Controlled

Mode: TypeAlias = Literal["signal", "bias"]
MODEL: dict[str, tuple[str, ...]] = {
    "NPN": ("beta", "r_be", "U_BE"),
    "PNP": ("beta", "r_be", "U_BE"),
    "NJF": ("g_m", "I_DSS", "U_P"),
    "NMOS": ("g_m", "I_DO", "U_T"),
    **dict.fromkeys(("PJF", "PMOS", "NMOSD", "PMOSD"), ("g_m",)),
    "OP": ("A",),
    "D": ("U_D",),
    "LED": ("U_D",),
    "DZ": ("U_Z",),
    "IC": ("U_REF",),
    "POT": ("x",),
}
"""The model parameters of each kind, as a witness's `given` names them: `VT.beta`, or `beta` for all of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Conditions:
    """Under which conditions a circuit is solved.

    `model(part, parameter)` gives a parameter of a part's model or None, `omega` (n,) the angular frequency or None
    where capacitors are shorts (signal) or open (bias), `drains` (n,) the drain currents assumed at a bias point.
    """

    n: int
    mode: Mode
    values: Mapping[str, Values]
    model: Callable[[str, str], Values | None]
    omega: Values | None
    capacitors: Literal["short", "open"]
    drains: Mapping[str, Values]
    without: frozenset[str]


class Unmodelled(ValueError):
    """A part that the witness has no model of, or whose model lacks a value."""


def shorted(part: Part, conditions: Conditions) -> bool:
    """Whether the part joins its two nets under these conditions."""
    if part.kind in ("C", "CE"):
        return conditions.omega is None and conditions.capacitors == "short"
    return part.kind == "L" and conditions.omega is None


def elements(circuit: Circuit, conditions: Conditions, net: Callable[[str], str]) -> Iterator[Element]:
    """The linear elements of all parts, on the nets that `net` joins theirs to."""
    for part in circuit.parts:
        if part.name in conditions.without or shorted(part, conditions):
            continue
        nets = {name: net(at) for (name, _), at in zip(part.pins, part.nets, strict=True)}
        yield from _part(part, nets, conditions)


def _part(part: Part, at: Mapping[str, str], given: Conditions) -> Iterator[Element]:
    zero = np.zeros(given.n)
    match part.kind:
        case "R":
            yield Resistance(part.name, at["1"], at["2"], given.values[part.name])
        case "POT":
            slider, whole = _needed(part, "x", given), given.values[part.name]
            yield Resistance(f"{part.name}.1", at["1"], at["w"], whole * slider)
            yield Resistance(f"{part.name}.2", at["w"], at["2"], whole * (1 - slider))
        case "C" | "CE" if given.omega is None:
            return
        case "C" | "CE":
            yield Admittance(at["1"], at["2"], 1j * _omega(given) * given.values[part.name])
        case "L":
            yield Admittance(at["1"], at["2"], 1 / (1j * _omega(given) * given.values[part.name]))
        case "V" | "VS":
            yield Source(part.name, at["2"], at["1"], given.values.get(part.name, zero))
        case "I":
            yield Current(at["1"], at["2"], given.values.get(part.name, zero))
        case "D" | "LED":
            yield Source(part.name, at["1"], at["2"], _needed(part, "U_D", given))
        case "DZ":
            yield Source(part.name, at["2"], at["1"], _needed(part, "U_Z", given))
        case "IC" if {"OUT", "ADJ"} <= set(at):
            yield Nullor(part.name, at["OUT"], at["OUT"], at["ADJ"], _needed(part, "U_REF", given))
        case "OP":
            gain = given.model(part.name, "A")
            if gain is None:
                yield Nullor(part.name, at["out"], at["+"], at["-"], zero)
            else:
                yield Amplifier(part.name, at["out"], at["+"], at["-"], gain)
        case "NPN" | "PNP":
            yield _bipolar(part, at, given)
        case "NJF" | "NMOS" | "PJF" | "PMOS" | "NMOSD" | "PMOSD" if given.mode == "signal":
            yield Controlled(at["d"], at["s"], at["g"], at["s"], _needed(part, "g_m", given))
        case "NJF" | "NMOS":
            yield Current(at["d"], at["s"], given.drains[part.name])
        case kind:
            raise Unmodelled(messages.tell("{part}: there is no model of a {kind}", part=part.name, kind=kind))


def _bipolar(part: Part, at: Mapping[str, str], given: Conditions) -> Junction:
    """Small signals: r_be and β i_b. Bias: U_BE, and I_C = β I_B."""
    zero, beta = np.zeros(given.n), _needed(part, "beta", given)
    if given.mode == "signal":
        return Junction(part.name, at["c"], at["b"], at["e"], zero, _needed(part, "r_be", given), beta)
    drop = _needed(part, "U_BE", given) * (1 if part.kind == "NPN" else -1)
    return Junction(part.name, at["c"], at["b"], at["e"], drop, zero, beta)


def _needed(part: Part, parameter: str, given: Conditions) -> Values:
    found = given.model(part.name, parameter)
    if found is None:
        raise Unmodelled(messages.tell(
            "{part} needs a value in given: {part}.{parameter}, or {parameter} for all parts",
            part=part.name, parameter=parameter,
        ))  # fmt: skip
    return found


def _omega(given: Conditions) -> Values:
    """The angular frequency, where there is one."""
    assert given.omega is not None
    return given.omega
