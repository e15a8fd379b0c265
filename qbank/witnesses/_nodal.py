"""Modified nodal analysis over variants: one linear system each, all solved at once.

Every value is a column (n,), real or complex; a current flows from `a` through the element to `b`.
Source: C.-W. Ho, A. Ruehli, P. Brennan, "The modified nodal approach to network analysis", 1975.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, assert_never

import numpy as np
from numpy.typing import NDArray

from qbank import messages

GROUND = "0"
Values: TypeAlias = NDArray[Any]
"""(n,), float or complex."""


class Undetermined(ValueError):
    """The circuit leaves a voltage or current open: its equations have no single solution."""


@dataclass(frozen=True, slots=True, eq=False)
class Admittance:
    """i = y (u_a - u_b)."""

    a: str
    b: str
    y: Values


@dataclass(frozen=True, slots=True, eq=False)
class Resistance:
    """u_a - u_b = r i, with the current as an unknown of its own: r may be 0."""

    name: str
    a: str
    b: str
    r: Values


@dataclass(frozen=True, slots=True, eq=False)
class Transfer:
    """i = g (u_c - u_d), from a to b: a transistor's controlled source."""

    a: str
    b: str
    c: str
    d: str
    g: Values


@dataclass(frozen=True, slots=True, eq=False)
class Current:
    """A current source: i from a to b."""

    a: str
    b: str
    i: Values


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A voltage source: u_a - u_b = u. Its current is an unknown of its own."""

    name: str
    a: str
    b: str
    u: Values


@dataclass(frozen=True, slots=True, eq=False)
class Junction:
    """A bipolar transistor: u_b - u_e = u + r i_b and i_b = i_c / beta, the unknown being i_c, from c to e.

    beta may be infinite: then no base current flows.
    """

    name: str
    c: str
    b: str
    e: str
    u: Values
    r: Values
    beta: Values


@dataclass(frozen=True, slots=True, eq=False)
class Nullor:
    """Whatever current into `out` makes u_plus - u_minus = offset: an ideal amplifier, or a voltage reference."""

    name: str
    out: str
    plus: str
    minus: str
    offset: Values


@dataclass(frozen=True, slots=True, eq=False)
class Amplifier:
    """u_out = gain (u_plus - u_minus), to ground: an amplifier of finite gain."""

    name: str
    out: str
    plus: str
    minus: str
    gain: Values


Element: TypeAlias = Admittance | Resistance | Transfer | Current | Source | Junction | Nullor | Amplifier


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """The voltages of the nets and the currents of what has a name, (n,) each."""

    voltages: Mapping[str, Values]
    currents: Mapping[str, Values]


def solve(elements: Sequence[Element], n: int) -> Solution:
    """Every net's voltage to ground and every named element's current, for n variants.

    >>> one = np.ones(1)
    >>> divider = [Source("u", "a", "0", 10 * one), Resistance("R_1", "a", "m", 1e3 * one),
    ...            Resistance("R_2", "m", "0", 3e3 * one)]
    >>> round(float(solve(divider, 1).voltages["m"][0]), 9)
    7.5

    Raises Undetermined.
    """
    nets = sorted({net for element in elements for net in _nets(element)} - {GROUND})
    branches = [element.name for element in elements if not isinstance(element, Admittance | Transfer | Current)]
    row = {net: index for index, net in enumerate(nets)}
    branch = {name: len(nets) + index for index, name in enumerate(branches)}
    size = len(nets) + len(branches)
    kind = np.result_type(np.float64, *(_value(element) for element in elements))
    matrix, right = np.zeros((n, size, size), kind), np.zeros((n, size), kind)

    def put(equation: str | int, unknown: str | int, value: Any) -> None:
        if GROUND not in (equation, unknown):
            i = row[equation] if isinstance(equation, str) else equation
            j = row[unknown] if isinstance(unknown, str) else unknown
            matrix[:, i, j] += value

    for element in elements:
        match element:
            case Admittance(a, b, y):
                for net, other in ((a, b), (b, a)):
                    put(net, net, y)
                    put(net, other, -y)
            case Resistance(name, a, b, r):
                k = branch[name]
                for net, sign in ((a, 1), (b, -1)):
                    put(net, k, sign)
                    put(k, net, sign)
                put(k, k, -r)
            case Transfer(a, b, c, d, g):
                for net, sign in ((a, 1), (b, -1)):
                    put(net, c, sign * g)
                    put(net, d, -sign * g)
            case Current(a, b, i):
                for net, sign in ((a, -1), (b, 1)):
                    if net != GROUND:
                        right[:, row[net]] += sign * i
            case Source(name, a, b, u):
                k = branch[name]
                for net, sign in ((a, 1), (b, -1)):
                    put(net, k, sign)
                    put(k, net, sign)
                right[:, k] = u
            case Junction(name, c, b, e, u, r, beta):
                k = branch[name]
                put(c, k, 1)
                put(b, k, 1 / beta)
                put(e, k, -1 - 1 / beta)
                put(k, b, 1)
                put(k, e, -1)
                put(k, k, -r / beta)
                right[:, k] = u
            case Nullor(name, out, plus, minus, offset):
                k = branch[name]
                put(out, k, 1)
                put(k, plus, 1)
                put(k, minus, -1)
                right[:, k] = offset
            case Amplifier(name, out, plus, minus, gain):
                k = branch[name]
                put(out, k, 1)
                put(k, out, 1)
                put(k, plus, -gain)
                put(k, minus, gain)
            case other:
                assert_never(other)
    found = _solved(matrix, right)
    voltages = {net: found[:, index] for net, index in row.items()}
    return Solution(voltages | {GROUND: np.zeros(n)}, {name: found[:, index] for name, index in branch.items()})


def _solved(matrix: NDArray[Any], right: NDArray[Any]) -> NDArray[Any]:
    largest = np.abs(matrix).max(axis=2, initial=0.0)
    scale = np.where(largest > 0, largest, 1.0)
    matrix, right = matrix / scale[:, :, None], right / scale
    try:
        found: NDArray[Any] = np.linalg.solve(matrix, right[:, :, None])[:, :, 0]
    except np.linalg.LinAlgError:
        message = messages.tell("a part of the circuit is not connected, or two sources contradict each other")
        raise Undetermined(message) from None
    left = np.abs(np.einsum("nij,nj->ni", matrix, found) - right)
    largest = np.abs(found).max(axis=1, initial=0.0)[:, None]
    weight = np.abs(matrix).sum(axis=2) * largest + np.abs(right)
    if not np.isfinite(found).all() or (left > 1e-9 * weight).any() or (largest > 1e14).any():
        raise Undetermined(messages.tell("the equations of the circuit have no single solution"))
    return found


def _nets(element: Element) -> tuple[str, ...]:
    match element:
        case Nullor(_, out, plus, minus) | Amplifier(_, out, plus, minus):
            return out, plus, minus
        case Transfer(a, b, c, d):
            return a, b, c, d
        case Junction(_, c, b, e):
            return c, b, e
        case _:
            return element.a, element.b


def _value(element: Element) -> Values:
    match element:
        case Admittance(y=value) | Resistance(r=value) | Transfer(g=value) | Current(i=value) | Source(u=value):
            return value
        case Junction(beta=value) | Amplifier(gain=value) | Nullor(offset=value):
            return value
        case other:
            assert_never(other)
