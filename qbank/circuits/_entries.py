"""Every kind of entry of a description, and how it comes onto the sketch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from qbank import messages
from qbank.circuits import _devices, _points
from qbank.circuits._gates import GATES
from qbank.circuits._records import Arrow, CircuitError, Path, Port, Tag
from qbank.circuits._sketch import Entry, Sketch, symbol
from qbank.circuits._symbols import BODIES, TWO_PINS
from qbank.registry import unknown


def _flow(entry: Entry, sketch: Sketch) -> None:
    _wire(entry, sketch)
    sketch.arrows.append(Arrow(*sketch.wires[-1]))


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
    **{kind: (_devices.two_pins, _LOOKS | {"from", "to"}) for kind in TWO_PINS},
    **{kind: (_devices.body, _LOOKS | {"at", "flip", "mirror"}) for kind in BODIES},
    "IC": (_devices.chip, _LOOKS | {"at", "width", "height", "pins"}),
    **{kind: (_devices.gate, frozenset({"at", "inputs", "mirror", "side", "nudge", "symbol"})) for kind in GATES},
    "block": (_devices.block, _LOOKS | {"at", "width", "height"}),
    "sum": (_devices.summing, _LOOKS | {"at", "signs"}),
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
