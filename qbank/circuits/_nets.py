"""Nets from geometry: what touches is joined, what merely crosses is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from qbank.circuits._records import Point

Cell: TypeAlias = tuple[int, int]
Wire: TypeAlias = tuple[Point, Point]


def cell(point: Point) -> Cell:
    """The point on a grid of hundredths, on which places are compared."""
    return round(point[0] * 100), round(point[1] * 100)


def near(place: Cell, other: Cell) -> bool:
    """Whether two places are the same, up to the rounding of coordinates."""
    return abs(place[0] - other[0]) <= 1 and abs(place[1] - other[1]) <= 1


def on_wire(place: Cell, start: Cell, end: Cell) -> bool:
    """Whether a place lies on the straight wire between two others.

    >>> on_wire((50, 0), (0, 0), (100, 0)), on_wire((50, 5), (0, 0), (100, 0))
    (True, False)
    """
    (x, y), (ax, ay), (bx, by) = place, start, end
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
    if length == 0:
        return near(place, start)
    distance = abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / length
    along = min(ax, bx) - 1 <= x <= max(ax, bx) + 1 and min(ay, by) - 1 <= y <= max(ay, by) + 1
    return distance <= 1 and along


def joined(ends: Iterable[Point], wires: Sequence[Wire]) -> dict[Cell, Cell]:
    """Every place, with the one place that stands for all that wires join it to (union-find).

    `ends` are the places of pins, grounds and ports.
    """
    parent = {cell(end): cell(end) for end in (*ends, *(end for wire in wires for end in wire))}

    def root(place: Cell) -> Cell:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for place in parent:
        for neighbour in ((place[0] + dx, place[1] + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)):
            if neighbour in parent:
                parent[root(place)] = root(neighbour)
    for start, end in wires:
        for place in parent:
            if on_wire(place, cell(start), cell(end)):
                parent[root(place)] = root(cell(start))
    return {place: root(place) for place in parent}


def net_at(point: Point, roots: Mapping[Cell, Cell], wires: Sequence[Wire]) -> Cell | None:
    """The place that stands for the net at a point, or None where nothing is."""
    place = cell(point)
    for known, root in roots.items():
        if near(known, place):
            return root
    return next((roots[cell(start)] for start, end in wires if on_wire(place, cell(start), cell(end))), None)


def degrees(ends: Iterable[Point], wires: Sequence[Wire]) -> dict[Cell, int]:
    """How many leads meet at each place: an end counts one, a wire passing through counts two."""
    count: dict[Cell, int] = {}
    for end in (*ends, *(end for wire in wires for end in wire)):
        place = next((known for known in count if near(known, cell(end))), cell(end))
        count[place] = count.get(place, 0) + 1
    for start, end in wires:
        a, b = cell(start), cell(end)
        for place in count:
            if not near(place, a) and not near(place, b) and on_wire(place, a, b):
                count[place] += 2
    return count
