"""The lines of a circuit as SVG paths, by schemdraw: no text, no ids, nothing that could collide on a page."""

from __future__ import annotations

import re
from itertools import pairwise
from math import hypot
from typing import Any, Literal, TypeAlias
from xml.etree import ElementTree

from qbank.circuits import _gates
from qbank.circuits._labels import Box
from qbank.circuits._records import SIDES, Circuit, Part, Point
from qbank.circuits._symbols import ANCHOR, BODIES, CHANNEL, LIGHT, MIRRORED, POLAR, TWO_PINS, turned

Style: TypeAlias = Literal["iec", "ansi"]
_UNIT = 36.0
"""What schemdraw's SVG calls one unit, in its own points."""
_STROKE = 1.35
_ANSI = {"ResistorIEC": "ResistorIEEE", "PotentiometerIEC": "PotentiometerIEEE"}


def outline(circuit: Circuit, style: Style, scale: float) -> tuple[str, Box]:
    """The group of paths with the description's origin at (0, 0), and the box it fills, in points."""
    from schemdraw import Drawing, elements

    drawing = Drawing(show=False, canvas="svg", unit=2, lw=_STROKE, color="black", margin=0)
    for start, end in circuit.wires:
        drawing.add(elements.Line().endpoints(start, end))
    for part in circuit.parts:
        for element in _elements(part, style):
            drawing.add(element)
    for at in circuit.grounds:
        drawing.add(elements.Ground().at(at).theta(0))
    for arrow in circuit.arrows:
        drawing.add(elements.Line(arrow="->", arrowwidth=0.16, arrowlength=0.22).endpoints(arrow.start, arrow.end))
    for at in circuit.dots:
        drawing.add(elements.Dot(radius=0.06).at(at))
    for at in (*(port.at for port in circuit.ports), *circuit.terminals):
        drawing.add(elements.Dot(radius=0.075, open=True).at(at))
    bounds = drawing.get_bbox()
    factor = scale / _UNIT
    box = (bounds.xmin * scale, -bounds.ymax * scale, bounds.xmax * scale, -bounds.ymin * scale)
    root = ElementTree.fromstring(drawing.get_imagedata("svg"))
    lines = "".join(_line(element) for element in root)
    head = f'<g transform="scale({factor:.4f})" fill="none" stroke="#000" stroke-width="{_STROKE}"'
    return f'{head} stroke-linecap="round" stroke-linejoin="round">{lines}</g>', box


def _elements(part: Part, style: Style) -> list[Any]:
    from schemdraw import elements

    ends = [at for _, at in part.pins]
    if part.kind in TWO_PINS:
        name = TWO_PINS[part.kind].element
        name = _ANSI.get(name, name) if style == "ansi" else name
        plus = [elements.Line().endpoints(*stroke) for stroke in _plus(part)] if part.kind in POLAR else []
        light = [elements.Line(arrow="->", arrowwidth=0.12, arrowlength=0.14).endpoints(*ray) for ray in _light(part)]
        return [getattr(elements, name)().endpoints(ends[0], ends[1]), *plus, *light]
    if part.kind in _gates.GATES or part.kind in ("block", "sum"):
        return _logic(part, style)
    if part.box is not None:
        (left, bottom), (right, top) = part.box
        corners = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
        sides = [elements.Line().endpoints(a, b) for a, b in pairwise(corners)]
        leads = []
        for x, y in ends:
            edge = (min(max(x, left), right), min(max(y, bottom), top))
            leads.append(elements.Line().endpoints(edge, (x, y)))
        return [*sides, *leads]
    body = BODIES[part.kind]
    element = getattr(elements, body.element)(**body.options).theta(0)
    if part.flip:
        element = element.flip()
    if part.mirror != (part.kind in MIRRORED):
        element = element.reverse()
    pins = dict(part.pins)
    if part.kind == "OP":
        x = (pins["-"][0] + pins["out"][0]) / 2
        return [element.anchor(ANCHOR["OP"]).at((x, pins["out"][1]))]
    at = pins["b" if "b" in pins else "g"]
    channel = [
        elements.Line().endpoints(*((at[0] + dx, at[1] + dy) for dx, dy in (
            turned(end, flip=part.flip, mirror=part.mirror) for end in CHANNEL[part.kind]
        )))
    ] if part.kind in CHANNEL else []  # fmt: skip
    return [element.anchor(ANCHOR[part.kind]).at(at), *channel]


def _logic(part: Part, style: Style) -> list[Any]:
    """The lines of a gate, a block or a summing point, and the ring of a negation."""
    from schemdraw import elements

    assert part.box is not None
    (left, bottom), (right, top) = part.box
    x, y = (left + right) / 2, (bottom + top) / 2
    paths: list[tuple[Point, ...]]
    if part.kind == "sum":
        slant = _gates.RING * 0.5**0.5
        cross = [((-slant, -slant), (slant, slant)), ((-slant, slant), (slant, -slant))]
        return [elements.Dot(radius=_gates.RING, open=True).at((x, y)),
                *(elements.Line(zorder=9).endpoints(*((x + dx, y + dy) for dx, dy in ends)) for ends in cross)]
    if part.kind == "block":
        paths, ring = [((left, bottom), (right, bottom), (right, top), (left, top), (left, bottom))], None
        x = y = 0.0
    else:
        paths, ring = _gates.lines(part.kind, len(part.pins) - 1, style)
    turn = -1 if part.mirror else 1
    found = [elements.Line().endpoints((x + turn * a, y + b), (x + turn * c, y + d))
             for path in paths for (a, b), (c, d) in pairwise(path)]  # fmt: skip
    if ring is not None:
        found.append(elements.Dot(radius=_gates.BUBBLE, open=True).at((x + turn * ring[0], y + ring[1])))
    return found


def _light(part: Part) -> list[tuple[Point, Point]]:
    """Two rays beside a diode that gives light or takes it, each from its tail to its tip, clear of the symbol."""
    if part.kind not in LIGHT:
        return []
    (x, y), along, normal = _beside(part)
    rays = []
    for shift in (-0.14, 0.1):
        near, far = ((x + a * along[0] + n * normal[0], y + a * along[1] + n * normal[1])
                     for a, n in ((shift, 0.36), (shift + 0.22, 0.74)))  # fmt: skip
        rays.append((near, far) if LIGHT[part.kind] > 0 else (far, near))
    return rays


def _beside(part: Part) -> tuple[Point, Point, Point]:
    """The middle of a part with two pins, the direction to its second, and that to the side its symbol leaves free."""
    (ax, ay), (bx, by) = (at for _, at in part.pins[:2])
    length = hypot(bx - ax, by - ay)
    along = (bx - ax) / length, (by - ay) / length
    towards = SIDES.get(part.tag.side, (0, 0))
    side = 1.0 if towards[0] * along[1] - towards[1] * along[0] >= 0 else -1.0
    return ((ax + bx) / 2, (ay + by) / 2), along, (-side * along[1], side * along[0])


def _plus(part: Part) -> tuple[tuple[Point, Point], tuple[Point, Point]]:
    """The strokes of the + beside the plate joined to `from`, on the side that the part's symbol leaves free."""
    (x, y), along, normal = _beside(part)
    x, y = x - 0.3 * along[0] + 0.2 * normal[0], y - 0.3 * along[1] + 0.2 * normal[1]
    return ((x - 0.08, y), (x + 0.08, y)), ((x, y - 0.08), (x, y + 0.08))


def _line(element: ElementTree.Element) -> str:
    """One element of schemdraw's SVG with rounded numbers and no more style than it needs."""
    style = dict(pair.split(":") for pair in element.get("style", "").split(";") if pair)
    fill = "#fff" if style.get("fill") == "white" else "#000" if style.get("fill") == "black" else ""
    looks = (f' fill="{fill}"' if fill else "") + (' stroke="none"' if fill == "#000" else "")
    tag = element.tag.rpartition("}")[2]
    if tag == "path":
        return f'<path d="{_rounded(element.attrib["d"])}"{looks}/>'
    if tag == "polygon":
        return f'<path d="M{_rounded(element.attrib["points"])}Z"{looks}/>'
    if tag == "circle":
        x, y, r = (float(element.attrib[name]) for name in ("cx", "cy", "r"))
        ring = f"M{x - r} {y}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0Z"
        return f'<path d="{_rounded(ring)}"{looks}/>'
    raise ValueError(f"the drawing holds a {tag!r}, which is not a path")


def _rounded(path: str) -> str:
    return re.sub(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", lambda found: f"{round(float(found[0]), 2) + 0:g}", path)
