"""Reading the parts of a description, one form per kind of entry, onto a sketch."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from math import hypot
from typing import Any, cast

from qbank import maths, messages
from qbank.circuits import _gates, _points
from qbank.circuits._gates import GATES
from qbank.circuits._records import SIDES, Arrow, CircuitError, Part, Path, Point, Port, Side, Tag
from qbank.circuits._symbols import BODIES, SLIDER, TWO_PINS, turned
from qbank.registry import unknown

LEAD = 0.4


@dataclass(slots=True)
class Sketch:
    """What has been read so far; `places` are the points that later entries may name, `ends` the places of
    pins and grounds with the paths of their entries."""

    places: dict[str, Point] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    wires: list[tuple[Point, Point]] = field(default_factory=list)
    grounds: list[Point] = field(default_factory=list)
    ports: list[Port] = field(default_factory=list)
    terminals: list[Point] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    ends: list[tuple[Point, Path]] = field(default_factory=list)
    sides: list[Point] = field(default_factory=list)
    """The places where signals may enter or leave blocks."""
    wire_ends: list[tuple[Point, Path]] = field(default_factory=list)
    paths: dict[str, Path] = field(default_factory=dict)

    def name(self, name: str, path: Path) -> None:
        """Take a name for a part or a port. Raises CircuitError when it is taken."""
        if name in self.paths:
            raise CircuitError(path, messages.tell("the name {name!r} is already taken", name=name))
        self.paths[name] = path

    def wire(self, start: Point, end: Point, path: Path) -> None:
        """Lead a straight wire from one point to another."""
        self.wires.append((start, end))
        self.wire_ends += [(start, path), (end, path)]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of `parts:`: its kind, the value after it, its other keys, and its path."""

    kind: str
    value: Any
    more: Mapping[str, Any]
    path: Path

    def text(self, key: str, default: str | None = None) -> str:
        """A text of the entry. Raises CircuitError when it is missing and has no default."""
        value = self.more.get(key, default)
        if value is None:
            raise CircuitError(self.path, messages.tell("{key!r} is missing", key=key))
        if not isinstance(value, str):
            raise CircuitError(self.path, messages.tell("{key!r} must be a text", key=key))
        return value

    def point(self, key: str, sketch: Sketch) -> Point:
        """A point of the entry."""
        return _points.point(self.text(key), sketch.places, (*self.path, key))

    def flag(self, key: str) -> bool:
        """Whether a yes-or-no key is yes."""
        text = self.text(key, "no")
        if text not in ("yes", "no", "true", "false"):
            raise CircuitError((*self.path, key), messages.tell("{text!r} is neither yes nor no", text=text))
        return text in ("yes", "true")

    def tag(self, at: Point, gap: float, side: Side, *, tex: str | None = None) -> Tag:
        """The symbol beside the entry: where the author says, else on the given side."""
        chosen = self.text("side", side)
        if chosen not in (*SIDES, "center"):
            raise CircuitError((*self.path, "side"), unknown(chosen, (*SIDES, "center")))
        place = _points.moved(at, self.text("nudge", ""), (*self.path, "nudge"))
        shown = self.text("symbol", symbol(str(self.value)) if tex is None else tex)
        try:
            if shown:
                maths.parse(shown)
        except maths.MathsError as error:
            raise CircuitError((*self.path, "symbol" if "symbol" in self.more else self.kind), str(error)) from error
        return Tag(shown, place, cast(Side, chosen), gap)


def symbol(name: str) -> str:
    r"""The TeX of a part's name.

    >>> symbol("R_b1"), symbol("VT_1"), symbol("u_o")
    ('R_{b1}', '\\mathrm{VT}_1', 'u_o')
    """
    base, _, index = name.partition("_")
    letter = base if len(base) <= 1 else rf"\mathrm{{{base}}}"
    return letter + (f"_{index}" if len(index) == 1 else f"_{{{index}}}" if index else "")


def _two_pins(entry: Entry, sketch: Sketch) -> None:
    a, b = entry.point("from", sketch), entry.point("to", sketch)
    length = hypot(b[0] - a[0], b[1] - a[1])
    if length < 0.05:
        raise CircuitError(entry.path, messages.tell("{part} has no length", part=entry.value))
    middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    tag = entry.tag(middle, TWO_PINS[entry.kind].reach, "right" if abs(a[0] - b[0]) < 0.05 else "above")
    pins = [("1", a), ("2", b)]
    if entry.kind == "POT":
        x, y = middle[0] - SLIDER * (b[1] - a[1]) / length, middle[1] + SLIDER * (b[0] - a[0]) / length
        pins.append(("w", (round(x, 6), round(y, 6))))
    _part(entry, sketch, Part(entry.kind, str(entry.value), tuple(pins), tag))


def _body(entry: Entry, sketch: Sketch) -> None:
    body, (x, y) = BODIES[entry.kind], entry.point("at", sketch)
    flip, mirror = entry.flag("flip"), entry.flag("mirror")
    turns = {name: turned(at, flip=flip, mirror=mirror) for name, at in body.pins.items()}
    dx, dy = turned(body.tag, flip=flip, mirror=mirror)
    side: Side = "left" if mirror and body.side == "right" else body.side
    pins = tuple((name, (round(x + px, 6), round(y + py, 6))) for name, (px, py) in turns.items())
    tag = entry.tag((x + dx, y + dy), 0.0, side)
    _part(entry, sketch, Part(entry.kind, str(entry.value), pins, tag, flip, mirror))


_PIN = re.compile(r"(left|right|above|below) (-?\d+(?:\.\d+)?)(?: (\S+))?")


def _chip(entry: Entry, sketch: Sketch) -> None:
    x, y = entry.point("at", sketch)
    w, h = (_points.number(entry.text(key), (*entry.path, key)) / 2 for key in ("width", "height"))
    pins = []
    if not isinstance(entry.more.get("pins"), Mapping):
        raise CircuitError((*entry.path, "pins"), messages.tell("must be a mapping of pins to their places"))
    for name, text in entry.more["pins"].items():
        match = _PIN.fullmatch(str(text))
        if match is None:
            message = messages.tell("{text!r} is not a place such as 'left 0.5 +'", text=text)
            raise CircuitError((*entry.path, "pins", str(name)), message)
        (dx, dy), along = SIDES[match[1]], float(match[2])
        edge = (x + dx * w + along * abs(dy), y + dy * h + along * abs(dx))
        pins.append((str(name), (round(edge[0] + dx * LEAD, 6), round(edge[1] + dy * LEAD, 6))))
        if str(name).isdigit():
            beside: Side = "above" if dx else "right"
            middle = (edge[0] + dx * LEAD / 2, edge[1] + dy * LEAD / 2)
            sketch.tags.append(Tag(str(name), middle, beside, 0.0, small=True))
        if match[3]:
            inside = cast(Side, {"left": "right", "right": "left", "above": "below", "below": "above"}[match[1]])
            sketch.tags.append(Tag(match[3], edge, inside, 0.1, plain=True))
    tag = entry.tag((x, y), 0.0, "center")
    part = Part("IC", str(entry.value), tuple(pins), tag, box=((x - w, y - h), (x + w, y + h)))
    _part(entry, sketch, part)


def _gate(entry: Entry, sketch: Sketch) -> None:
    gate, (x, y) = GATES[entry.kind], entry.point("at", sketch)
    low, high = gate.inputs
    text = entry.text("inputs", str(low))
    if not text.isdecimal() or not low <= int(text) <= high:
        if low == high:
            message = messages.tell_many(low, "a gate {kind} has {count} input, not {number!r}",
                                         "a gate {kind} has {count} inputs, not {number!r}",
                                         kind=entry.kind, number=text)  # fmt: skip
        else:
            message = messages.tell("a gate {kind} has {low} to {high} inputs, not {number!r}",
                                    kind=entry.kind, low=low, high=high, number=text)  # fmt: skip
        raise CircuitError((*entry.path, "inputs"), message)
    across, up = _gates.half(int(text))
    pins = tuple((name, (round(x + px, 6), round(y + py, 6))) for name, (px, py) in _gates.pins(int(text)).items())
    if entry.flag("mirror"):
        pins = tuple((name, (round(2 * x - px, 6), py)) for name, (px, py) in pins)
    tag = entry.tag((x, y + up), 0.0, "above", tex="")
    sketch.tags.append(Tag(gate.symbol, (x, y + up - 0.3), "center", 0.0, plain=True, iec=True))
    box = ((x - across, y - up), (x + across, y + up))
    _part(entry, sketch, Part(entry.kind, str(entry.value), pins, tag, mirror=entry.flag("mirror"), box=box))


def _block(entry: Entry, sketch: Sketch) -> None:
    x, y = entry.point("at", sketch)
    w, h = (_points.number(entry.text(key, size), (*entry.path, key)) / 2
            for key, size in (("width", "2"), ("height", "1")))  # fmt: skip
    pins = {"in": (x - w, y), "out": (x + w, y), "up": (x, y + h), "down": (x, y - h)}
    _part(entry, sketch, Part("block", str(entry.value), _places(pins), entry.tag((x, y), 0.0, "center"),
                              box=((x - w, y - h), (x + w, y + h))))  # fmt: skip


def _sum(entry: Entry, sketch: Sketch) -> None:
    x, y = entry.point("at", sketch)
    r = _gates.RING
    pins = {"in": (x - r, y), "out": (x + r, y), "up": (x, y + r), "down": (x, y - r)}
    signs = entry.more.get("signs", {})
    if not isinstance(signs, Mapping):
        raise CircuitError((*entry.path, "signs"), messages.tell("must be a mapping of inputs to + or -"))
    beside: dict[str, tuple[Point, Side]] = {
        "in": ((x - r - 0.08, y), "above"), "up": ((x, y + r + 0.12), "left"), "down": ((x, y - r - 0.12), "left"),
        "out": ((x + r + 0.08, y), "above"),
    }  # fmt: skip
    for pin, sign in signs.items():
        if pin not in pins:
            raise CircuitError((*entry.path, "signs"), messages.tell("the input {unknown}",
                                                                     unknown=unknown(str(pin), pins)))  # fmt: skip
        if sign not in ("+", "-"):
            raise CircuitError((*entry.path, "signs", str(pin)), messages.tell("{sign!r} is neither + nor -",
                                                                               sign=sign))  # fmt: skip
        at, side = beside[pin]
        sketch.tags.append(Tag(sign, at, side, 0.08))
    tag = entry.tag((x + r, y + r), 0.0, "above", tex="")
    _part(entry, sketch, Part("sum", str(entry.value), _places(pins), tag, box=((x - r, y - r), (x + r, y + r))))


def _places(pins: Mapping[str, Point]) -> tuple[tuple[str, Point], ...]:
    return tuple((name, (round(px, 6), round(py, 6))) for name, (px, py) in pins.items())


def _flow(entry: Entry, sketch: Sketch) -> None:
    _wire(entry, sketch)
    sketch.arrows.append(Arrow(*sketch.wires[-1]))


def _part(entry: Entry, sketch: Sketch, part: Part) -> None:
    sketch.name(part.name, entry.path)
    sketch.parts.append(part)
    for pin, at in part.pins:
        sketch.places[f"{part.name}.{pin}"] = at
        if part.kind not in ("block", "sum"):  # whose sides are not leads
            sketch.ends.append((at, entry.path))
        else:
            sketch.sides.append(at)


def _point(entry: Entry, sketch: Sketch) -> None:
    sketch.places[str(entry.value)] = entry.point("at", sketch)


def _wire(entry: Entry, sketch: Sketch) -> None:
    if not isinstance(entry.value, list) or len(entry.value) < 2:
        raise CircuitError(entry.path, messages.tell("a {kind} is a list of at least two points", kind=entry.kind))
    points = [
        _points.point(str(text), sketch.places, (*entry.path, entry.kind, place))
        for place, text in enumerate(entry.value)
    ]
    for start, end in pairwise(points):
        sketch.wire(start, end, entry.path)


def _ground(entry: Entry, sketch: Sketch) -> None:
    at = _points.point(str(entry.value), sketch.places, (*entry.path, "ground"))
    sketch.grounds.append(at)
    sketch.ends.append((at, entry.path))


def _port(entry: Entry, sketch: Sketch) -> None:
    name, at, supply = str(entry.value), entry.point("at", sketch), entry.kind == "supply"
    sketch.name(name, entry.path)
    tag = entry.tag(at, 0.13, "above" if supply else "left", tex=("+" if supply else "") + symbol(name))
    sketch.ports.append(Port(name, at, tag, supply))
    sketch.places[name] = at
    if "to" in entry.more:
        sketch.wire(at, entry.point("to", sketch), entry.path)


def _terminal(entry: Entry, sketch: Sketch) -> None:
    at = entry.point("at", sketch)
    sketch.terminals.append(at)
    sketch.tags.append(entry.tag(at, 0.13, "right", tex=symbol(str(entry.value))))
    if "to" in entry.more:
        sketch.wire(at, entry.point("to", sketch), entry.path)


def _arrow(entry: Entry, sketch: Sketch) -> None:
    a, b = entry.point("from", sketch), entry.point("to", sketch)
    sketch.arrows.append(Arrow(a, b))
    middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    sketch.tags.append(entry.tag(middle, 0.12, "right" if abs(a[0] - b[0]) < 0.05 else "above"))


def _text(entry: Entry, sketch: Sketch) -> None:
    sketch.tags.append(entry.tag(entry.point("at", sketch), 0.0, "center", tex=symbol(str(entry.value))))


def _volts(entry: Entry, sketch: Sketch) -> None:
    plus, minus = entry.point("plus", sketch), entry.point("minus", sketch)
    sketch.tags += [Tag("+", plus, "center", 0.0), Tag("-", minus, "center", 0.0)]
    sketch.tags.append(entry.tag(((plus[0] + minus[0]) / 2, (plus[1] + minus[1]) / 2), 0.0, "center"))


_LOOKS = frozenset({"side", "symbol", "nudge"})
FORMS: dict[str, tuple[Callable[[Entry, Sketch], None], frozenset[str]]] = {
    **{kind: (_two_pins, _LOOKS | {"from", "to"}) for kind in TWO_PINS},
    **{kind: (_body, _LOOKS | {"at", "flip", "mirror"}) for kind in BODIES},
    "IC": (_chip, _LOOKS | {"at", "width", "height", "pins"}),
    **{kind: (_gate, frozenset({"at", "inputs", "mirror", "side", "nudge", "symbol"})) for kind in GATES},
    "block": (_block, _LOOKS | {"at", "width", "height"}),
    "sum": (_sum, _LOOKS | {"at", "signs"}),
    "flow": (_flow, frozenset()),
    "point": (_point, frozenset({"at"})),
    "wire": (_wire, frozenset()),
    "ground": (_ground, frozenset()),
    "port": (_port, _LOOKS | {"at", "to"}),
    "supply": (_port, _LOOKS | {"at", "to"}),
    "terminal": (_terminal, frozenset({"at", "to", "side", "nudge"})),
    "arrow": (_arrow, _LOOKS | {"from", "to"}),
    "text": (_text, frozenset({"at", "side", "nudge"})),
    "volts": (_volts, _LOOKS | {"plus", "minus"}),
}
"""Every kind of entry: how it is read, and the keys it may have besides its own."""
ENTRIES = {kind: keys for kind, (_, keys) in FORMS.items()}
"""Every kind of entry, with the keys that it may have besides its own."""


def add(entry: Any, sketch: Sketch, path: Path) -> None:
    """Read one entry onto the sketch. Raises CircuitError."""
    if not isinstance(entry, Mapping) or not entry:
        raise CircuitError(path, messages.tell("an element is a mapping such as {{R: R_1, from: a, to: b}}"))
    kinds = [key for key in entry if key in FORMS]
    if len(kinds) != 1:
        if kinds:
            names = messages.listed(map(repr, kinds))
            raise CircuitError(path, messages.tell("one entry has {names}; give each its own entry", names=names))
        raise CircuitError(path, messages.tell("the element {unknown}", unknown=unknown(next(iter(entry)), FORMS)))
    kind = kinds[0]
    read, keys = FORMS[kind]
    for key in entry:
        if key != kind and key not in keys:
            raise CircuitError(path, messages.tell("the field {unknown}", unknown=unknown(key, keys)))
    if not isinstance(entry[kind], str) and kind not in ("wire", "flow"):
        message = messages.tell("must be a name") if kind != "ground" else messages.tell("must be a point")
        raise CircuitError((*path, kind), message)
    read(Entry(kind, entry[kind], {key: entry[key] for key in entry if key != kind}, path), sketch)
