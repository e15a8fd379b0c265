"""The records of a circuit, in units of the description (y upwards; one unit is `_draw.SCALE` points)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from qbank.model import Bilingual

Point: TypeAlias = tuple[float, float]
Side: TypeAlias = Literal["above", "below", "left", "right", "center"]
SIDES: dict[str, Point] = {"above": (0, 1), "below": (0, -1), "left": (-1, 0), "right": (1, 0)}
GROUND = "0"


Path: TypeAlias = tuple[str | int, ...]


class CircuitError(ValueError):
    """A circuit description that cannot be drawn or solved; `path` leads there, as in ("parts", 3, "at")."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Tag:
    """Where a symbol is: beside which point, on which side, how far from it, and the TeX that is printed."""

    tex: str
    at: Point
    side: Side
    gap: float
    plain: bool = False
    small: bool = False
    iec: bool = False
    """Whether it belongs to the rectangular symbols of IEC 60617 alone."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its kind (R, C, NPN, OP …), name, and pins as (name, point) in the order of its kind.

    `nets` are the nets of the pins, in the same order.
    """

    kind: str
    name: str
    pins: tuple[tuple[str, Point], ...]
    tag: Tag
    flip: bool = False
    mirror: bool = False
    box: tuple[Point, Point] | None = None
    """The corners of a box: left and lower, right and upper."""
    nets: tuple[str, ...] = ()

    def net(self, pin: str) -> str:
        """The net of one pin.

        >>> Part("R", "R_1", (("1", (0, 0)), ("2", (2, 0))), Tag("R_1", (1, 0), "above", 0.3), nets=("a", "0")).net("2")
        '0'
        """
        return dict(zip((name for name, _ in self.pins), self.nets, strict=True))[pin]


@dataclass(frozen=True, slots=True)
class Port:
    """A named terminal; a supply is a port that is held at a constant potential."""

    name: str
    at: Point
    tag: Tag
    supply: bool = False


@dataclass(frozen=True, slots=True)
class Arrow:
    """A reference direction of a current beside a wire, or the last stretch of a flow, with its head at the end."""

    start: Point
    end: Point


@dataclass(frozen=True, slots=True, eq=False)
class Circuit:
    """A circuit as it is drawn, with the nets its drawing makes.

    `nets` leads from every name of a place (port, pin `VT.c`, named point) to its net; a port's net bears the port's
    name, the ground's net is "0". Two circuits are equal only if they are the same object.
    """

    name: str
    title: Bilingual
    alt: Bilingual
    parts: tuple[Part, ...]
    wires: tuple[tuple[Point, Point], ...] = ()
    grounds: tuple[Point, ...] = ()
    ports: tuple[Port, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    tags: tuple[Tag, ...] = ()
    dots: tuple[Point, ...] = ()
    nets: Mapping[str, str] = field(default_factory=dict)
    terminals: tuple[Point, ...] = ()
    replaces: str = ""
    """The circuit of an earlier bank that it replaces: its own name, or nothing."""

    @property
    def netlist(self) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
        """Every part as (kind, name, nets), in the order of the description."""
        return tuple((part.kind, part.name, part.nets) for part in self.parts)

    @property
    def labels(self) -> tuple[str, ...]:
        """The names a value may be given to: parts and ports."""
        return (*(part.name for part in self.parts), *(port.name for port in self.ports))

    @property
    def supplies(self) -> tuple[str, ...]:
        """The names of the ports held at a constant potential."""
        return tuple(port.name for port in self.ports if port.supply)
