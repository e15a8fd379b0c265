"""The kinds of part: where their pins are, and how far their bodies reach. Held against schemdraw by a test."""

from __future__ import annotations

from dataclasses import dataclass, field

from qbank.circuits._records import Point, Side


@dataclass(frozen=True, slots=True)
class TwoPins:
    """An element between two points: half the breadth of its body, and what it is called."""

    element: str
    reach: float
    title: str


@dataclass(frozen=True, slots=True)
class Body:
    """A part placed at a point: its pins relative to it, and where its symbol is."""

    element: str
    pins: dict[str, Point]
    title: str
    tag: Point
    side: Side
    options: dict[str, bool] = field(default_factory=dict)


TWO_PINS = {
    "R": TwoPins("ResistorIEC", 0.25, "resistor"),
    "POT": TwoPins("PotentiometerIEC", 0.25, "potentiometer, its slider `w` on the left of the way to `to`"),
    "C": TwoPins("Capacitor", 0.25, "capacitor"),
    "CE": TwoPins("Capacitor", 0.25, "electrolytic capacitor, + at `from`"),
    "L": TwoPins("Inductor2", 0.25, "inductor"),
    "D": TwoPins("Diode", 0.28, "diode, anode at `from`"),
    "DZ": TwoPins("Zener", 0.3, "Zener diode, anode at `from`"),
    "LED": TwoPins("Diode", 0.28, "light-emitting diode, anode at `from`"),
    "PD": TwoPins("Diode", 0.28, "photodiode, anode at `from`"),
    "V": TwoPins("SourceV", 0.5, "voltage source, + at `to`"),
    "VS": TwoPins("SourceSin", 0.5, "sine source, + at `to`"),
    "I": TwoPins("SourceI", 0.5, "current source, arrow towards `to`"),
}
LIGHT = {"LED": 1, "PD": -1}
"""Parts with two arrows beside them: of light that goes out (1), or comes in (-1)."""
POLAR = frozenset({"CE"})
"""Parts with a + beside the plate that is joined to `from`."""
SLIDER = 0.72
"""How far the slider of a potentiometer is from its axis."""
_BJT = 0.7516666667, 0.6966666667
_CIRCLE: dict[str, bool] = {"circle": True}
_NMOS: dict[str, Point] = {"d": (0.8333333333, 1.1666666667), "g": (0, 0), "s": (0.8333333333, -0.5)}
_PMOS: dict[str, Point] = {"d": (0.8333333333, -1.1666666667), "g": (0, 0), "s": (0.8333333333, 0.5)}
CHANNEL: dict[str, tuple[Point, Point]] = {
    "NMOSD": ((0.5833333333, 0.625), (0.5833333333, 0.0416666667)),
    "PMOSD": ((0.5833333333, -0.0416666667), (0.5833333333, -0.625)),
}
"""The unbroken channel of a depletion MOSFET, from end to end."""
BODIES = {
    "NPN": Body("BjtNpn", {"c": (_BJT[0], _BJT[1]), "b": (0, 0), "e": (_BJT[0], -_BJT[1])}, "NPN transistor",
                (1.1, 0), "right", _CIRCLE),
    "PNP": Body("BjtPnp", {"c": (_BJT[0], -_BJT[1]), "b": (0, 0), "e": (_BJT[0], _BJT[1])}, "PNP transistor",
                (1.1, 0), "right", _CIRCLE),
    "NJF": Body("JFetP", {"d": (0.9166666667, 0.9166666667), "g": (0, 0), "s": (0.9166666667, -0.4166666667)},
                "n-channel JFET", (1.4, 0.25), "right", _CIRCLE),
    "PJF": Body("JFetN", {"d": (0.9166666667, 0.9166666667), "g": (0, 0), "s": (0.9166666667, -0.4166666667)},
                "p-channel JFET", (1.4, 0.25), "right", _CIRCLE),
    "NMOS": Body("NMos", _NMOS, "n-channel enhancement MOSFET", (1.1, 0.33), "right"),
    "PMOS": Body("PMos", _PMOS, "p-channel enhancement MOSFET, source up", (1.1, -0.33), "right"),
    "NMOSD": Body("NMos", _NMOS, "n-channel depletion MOSFET", (1.1, 0.33), "right"),
    "PMOSD": Body("PMos", _PMOS, "p-channel depletion MOSFET, source up", (1.1, -0.33), "right"),
    "OP": Body("Opamp", {"-": (-1.0825317547, 0.625), "+": (-1.0825317547, -0.625), "out": (1.0825317547, 0)},
               "operational amplifier", (0.05, 0), "center", {"leads": False}),
}
# schemdraw's JFetN has the arrow of a p-channel device and its JFetP that of an n-channel one: an arrow points from p
# to n, so with an n channel it points from the gate into the channel (IEC 60617-5).
MIRRORED = frozenset({"NJF", "PJF"})
"""Elements that schemdraw draws with their gate on the right: ours are on the left."""
_FETS = ("NJF", "PJF", "NMOS", "PMOS", "NMOSD", "PMOSD")
ANCHOR = {"OP": "center", "NPN": "base", "PNP": "base", **dict.fromkeys(_FETS, "gate")}
PIN_ANCHORS = {
    "OP": {"-": "in1", "+": "in2", "out": "out"},
    "NPN": {"c": "collector", "b": "base", "e": "emitter"},
    "PNP": {"c": "collector", "b": "base", "e": "emitter"},
    **{kind: {"d": "drain", "g": "gate", "s": "source"} for kind in _FETS},
}


def turned(point: Point, *, flip: bool, mirror: bool) -> Point:
    """A point of a body after turning it upside down (flip) or left to right (mirror)."""
    return (-point[0] if mirror else point[0], -point[1] if flip else point[1])
