"""A circuit from its description: the parts, and the nets that their drawing makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from qbank import messages, records
from qbank.circuits import _nets
from qbank.circuits._entries import add
from qbank.circuits._records import GROUND, Circuit, CircuitError
from qbank.circuits._sketch import Sketch
from qbank.circuits._symbols import TWO_PINS
from qbank.model import LANGS, Bilingual, Lang
from qbank.registry import unknown

KEYS = ("title", "alt", "parts", "replaces")


def read(name: str, data: Mapping[str, Any], langs: tuple[Lang, ...] = LANGS) -> Circuit:
    """The circuit of a description: `title`, `alt` (in these languages) and `parts`, every scalar a string.

    Raises CircuitError at the first part that cannot be read, is not connected, or shorts two names.

    >>> both = {"zh": "电阻", "en": "a resistor"}
    >>> parts = [{"R": "R_1", "from": "0 0", "to": "2 0"}, {"port": "u", "at": "R_1.1"}, {"ground": "R_1.2"}]
    >>> read("one", {"title": both, "alt": both, "parts": parts}).netlist
    (('R', 'R_1', ('u', '0')),)
    """
    for key in data:
        if key not in KEYS:
            raise CircuitError((key,), messages.tell("the field {unknown}", unknown=unknown(key, KEYS)))
    entries = data.get("parts")
    if not isinstance(entries, list) or not entries:
        raise CircuitError(("parts",), messages.tell("must be a list of parts"))
    sketch = Sketch()
    for place, entry in enumerate(entries):
        add(entry, sketch, ("parts", place))
    made = _circuit(name, _said(data, "title", langs), _said(data, "alt", langs), sketch)
    return replace(made, replaces=str(data.get("replaces") or ""))


def _said(data: Mapping[str, Any], key: str, langs: tuple[Lang, ...]) -> Bilingual:
    try:
        return records.bilingual(data.get(key), langs)
    except ValueError as error:
        raise CircuitError((key,), str(error)) from error


def _circuit(name: str, title: Bilingual, alt: Bilingual, sketch: Sketch) -> Circuit:
    ends = [at for at, _ in sketch.ends]
    _nothing_dangles(sketch)
    roots = _nets.joined([*ends, *sketch.sides, *(port.at for port in sketch.ports)], sketch.wires)
    names = _names(sketch, roots)
    parts = []
    for part in sketch.parts:
        nets = tuple(names[roots[_nets.cell(at)]] for _, at in part.pins)
        if part.kind in TWO_PINS and nets[0] == nets[1]:
            message = messages.tell("{part} is short-circuited in the drawing", part=part.name)
            raise CircuitError(sketch.paths[part.name], message)
        parts.append(replace(part, nets=nets))
    places = {place: _nets.net_at(at, roots, sketch.wires) for place, at in sketch.places.items()}
    open_ends = [_nets.cell(at) for at in (*(port.at for port in sketch.ports), *sketch.terminals)]
    dots = tuple(
        (place[0] / 100, place[1] / 100) for place, count in _nets.degrees(ends, sketch.wires).items()
        if count >= 3 and not any(_nets.near(place, known) for known in open_ends)
    )
    return Circuit(
        name, title, alt, tuple(parts), tuple(sketch.wires), tuple(sketch.grounds), tuple(sketch.ports),
        tuple(sketch.arrows), (*sketch.tags,), dots,
        {place: names[root] for place, root in places.items() if root is not None and root in names},
        tuple(sketch.terminals),
    )


def _nothing_dangles(sketch: Sketch) -> None:
    leads = _nets.degrees([at for at, _ in sketch.ends], sketch.wires)
    tied = [_nets.cell(at) for at in (*(port.at for port in sketch.ports), *sketch.terminals, *sketch.sides)]
    for at, path in (*sketch.ends, *sketch.wire_ends):
        place = _nets.cell(at)
        count = next(count for known, count in leads.items() if _nets.near(known, place))
        if count < 2 and not any(_nets.near(place, known) for known in tied):
            message = messages.tell("the lead at ({x:g}, {y:g}) is not connected", x=at[0], y=at[1])
            raise CircuitError(path, message)
    for port in sketch.ports:
        if not any(_nets.near(_nets.cell(port.at), place) for place in leads):
            raise CircuitError(sketch.paths[port.name], messages.tell("{port} is not connected", port=port.name))


def _names(sketch: Sketch, roots: Mapping[_nets.Cell, _nets.Cell]) -> dict[_nets.Cell, str]:
    names = {roots[_nets.cell(at)]: GROUND for at in sketch.grounds}
    for port in sketch.ports:
        root = roots[_nets.cell(port.at)]
        if root in names:
            if names[root] == GROUND:
                message = messages.tell("{port} and ground are short-circuited in the drawing", port=port.name)
            else:
                message = messages.tell("{port} and {other} are short-circuited in the drawing",
                                        port=port.name, other=names[root])  # fmt: skip
            raise CircuitError(sketch.paths[port.name], message)
        names[root] = port.name
    pins = [at for part in sketch.parts for _, at in part.pins]
    for at in (*pins, *(start for start, _ in sketch.wires)):
        names.setdefault(roots[_nets.cell(at)], f"n{len(names)}")
    return names
