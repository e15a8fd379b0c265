"""Gates, blocks and summing points: where their pins are, and their lines; qualifying symbols as IEC 60617-12."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from qbank.circuits._records import Point

Path: TypeAlias = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate: its qualifying symbol, whether its output is negated, how many inputs it may have, its title."""

    symbol: str
    negated: bool
    inputs: tuple[int, int]
    title: str


GATES: dict[str, Gate] = {
    "AND": Gate("&", False, (2, 8), "AND gate"),
    "OR": Gate("≥1", False, (2, 8), "OR gate"),
    "NOT": Gate("1", True, (1, 1), "NOT gate"),
    "BUF": Gate("1", False, (1, 1), "buffer"),
    "NAND": Gate("&", True, (2, 8), "NAND gate"),
    "NOR": Gate("≥1", True, (2, 8), "NOR gate"),
    "XOR": Gate("=1", False, (2, 2), "exclusive-OR gate"),
    "XNOR": Gate("=1", True, (2, 2), "exclusive-NOR gate"),
}
LEAD = 0.4
"""The length of a lead, from the body to the pin."""
PITCH = 0.5
"""The distance of neighbouring inputs."""
BUBBLE = 0.09
"""The radius of the ring that negates."""
RING = 0.32
"""The radius of a summing point."""
APART = 0.12
"""Between the two lines at the back of an exclusive OR, in its distinctive shape."""
_ROUND = 12
"""The chords of half an arc."""


def half(inputs: int) -> Point:
    """Half the width and half the height of a gate's body."""
    return 0.5, max(0.5, (inputs * PITCH + 0.1) / 2)


def pins(inputs: int) -> dict[str, Point]:
    """The pins of a gate around its centre: the inputs from the top, and the output.

    >>> pins(2)
    {'1': (-0.9, 0.25), '2': (-0.9, -0.25), 'out': (0.9, 0.0)}
    """
    across, _ = half(inputs)
    first = (inputs - 1) / 2 * PITCH
    found = {str(place + 1): (-across - LEAD, round(first - place * PITCH, 6)) for place in range(inputs)}
    return {**found, "out": (across + LEAD, 0.0)}


def lines(kind: str, inputs: int, style: Literal["iec", "ansi"]) -> tuple[list[Path], Point | None]:
    """The lines of a gate around its centre, and the centre of its ring of negation if it has one."""
    gate = GATES[kind]
    across, up = half(inputs)
    start = across + (2 * BUBBLE if gate.negated else 0.0)
    leads: list[Path] = [((start, 0.0), (across + LEAD, 0.0))]
    curved = style == "ansi" and gate.symbol in ("≥1", "=1")
    for at, (x, y) in pins(inputs).items():
        if at != "out":
            inward = (_bulge(y, up) if curved else 0.0) - (APART if curved and gate.symbol == "=1" else 0.0)
            leads.append(((x, y), (-across + inward, y)))
    ring = (across + BUBBLE, 0.0) if gate.negated else None
    if style == "iec":
        corners = (-across, -up), (across, -up), (across, up), (-across, up), (-across, -up)
        return [corners, *leads], ring
    return [*_shape(gate.symbol, across, up), *leads], ring


def _shape(symbol: str, across: float, up: float) -> list[Path]:
    """The distinctive shapes of IEEE Std 91: a D, a shield, a triangle."""
    turns = [step / _ROUND for step in range(-_ROUND, _ROUND + 1)]
    if symbol == "1":
        return [((-across, up), (across, 0.0), (-across, -up), (-across, up))]
    if symbol == "&":
        arc = tuple((across * (1 - turn * turn) ** 0.5, up * turn) for turn in turns)
        return [((-across, -up), *arc, (-across, up), (-across, -up))]
    front = [(across - 2 * across * abs(turn) ** 1.8, up * turn) for turn in turns]
    back = tuple((-across + _bulge(up * turn, up), up * turn) for turn in turns)
    shapes = [tuple(front), back]
    return [*shapes, tuple((x - APART, y) for x, y in back)] if symbol == "=1" else shapes


def _bulge(y: float, up: float) -> float:
    """How far the back of an OR gate is drawn in at a height."""
    return 0.2 * (1 - (y / up) ** 2)
