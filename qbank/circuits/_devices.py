"""The parts of a description that have pins: where these are, and what is printed beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import hypot
from typing import cast

from qbank import messages
from qbank.circuits import _gates, _points
from qbank.circuits._gates import GATES
from qbank.circuits._records import SIDES, CircuitError, Part, Point, Side, Tag
from qbank.circuits._sketch import Entry, Sketch
from qbank.circuits._symbols import BODIES, SLIDER, TWO_PINS, turned
from qbank.registry import unknown

LEAD = 0.4
"""The length of the leads of a chip."""


def two_pins(entry: Entry, sketch: Sketch) -> None:
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
    _add(entry, sketch, Part(entry.kind, str(entry.value), tuple(pins), tag))


def body(entry: Entry, sketch: Sketch) -> None:
    body, (x, y) = BODIES[entry.kind], entry.point("at", sketch)
    flip, mirror = entry.flag("flip"), entry.flag("mirror")
    turns = {name: turned(at, flip=flip, mirror=mirror) for name, at in body.pins.items()}
    dx, dy = turned(body.tag, flip=flip, mirror=mirror)
    side: Side = "left" if mirror and body.side == "right" else body.side
    pins = tuple((name, (round(x + px, 6), round(y + py, 6))) for name, (px, py) in turns.items())
    tag = entry.tag((x + dx, y + dy), 0.0, side)
    _add(entry, sketch, Part(entry.kind, str(entry.value), pins, tag, flip, mirror))


_PIN = re.compile(r"(left|right|above|below) (-?\d+(?:\.\d+)?)(?: (\S+))?")


def chip(entry: Entry, sketch: Sketch) -> None:
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
    _add(entry, sketch, part)


def gate(entry: Entry, sketch: Sketch) -> None:
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
    _add(entry, sketch, Part(entry.kind, str(entry.value), pins, tag, mirror=entry.flag("mirror"), box=box))


def block(entry: Entry, sketch: Sketch) -> None:
    x, y = entry.point("at", sketch)
    w, h = (_points.number(entry.text(key, size), (*entry.path, key)) / 2
            for key, size in (("width", "2"), ("height", "1")))  # fmt: skip
    pins = {"in": (x - w, y), "out": (x + w, y), "up": (x, y + h), "down": (x, y - h)}
    _add(entry, sketch, Part("block", str(entry.value), _places(pins), entry.tag((x, y), 0.0, "center"),
                              box=((x - w, y - h), (x + w, y + h))))  # fmt: skip


def summing(entry: Entry, sketch: Sketch) -> None:
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
    _add(entry, sketch, Part("sum", str(entry.value), _places(pins), tag, box=((x - r, y - r), (x + r, y + r))))


def _places(pins: Mapping[str, Point]) -> tuple[tuple[str, Point], ...]:
    return tuple((name, (round(px, 6), round(py, 6))) for name, (px, py) in pins.items())


def _add(entry: Entry, sketch: Sketch, part: Part) -> None:
    sketch.name(part.name, entry.path)
    sketch.parts.append(part)
    for pin, at in part.pins:
        sketch.places[f"{part.name}.{pin}"] = at
        if part.kind not in ("block", "sum"):  # whose sides are not leads
            sketch.ends.append((at, entry.path))
        else:
            sketch.sides.append(at)
