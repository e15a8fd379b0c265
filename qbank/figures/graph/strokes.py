"""The strokes of a graph as SVG paths: lines, marks, the heads of arrows."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from math import hypot

from qbank.figures.graph.clipping import Point
from qbank.figures.graph.layers import Arrow, Mark

HEAD = 6.0
"""The length of an arrow's head, in points."""
WIDE = 2.1
"""Half its width."""
SHORT = 14.0
"""A straight piece shorter than this has no arrow in its middle."""


def path(points: Iterable[Point], looks: str = "", *, closed: bool = False) -> str:
    """A line through points."""
    return f'<path d="M{"L".join([f"{x:g} {y:g}" for x, y in points])}{"Z" if closed else ""}"{looks}/>'


def straight(ends: Iterable[tuple[float, float, float, float]], looks: str) -> str:
    """Many straight lines as one path."""
    return f'<path d="{"".join(f"M{a:g} {b:g}L{c:g} {d:g}" for a, b, c, d in ends)}"{looks}/>'


def mark(at: Point, looks: Mark) -> str:
    """A mark at a point."""
    x, y = at
    match looks:
        case "dot" | "ring":
            ring = f"M{x - 2:g} {y:g}a2 2 0 1 0 4 0a2 2 0 1 0 -4 0Z"
            return f'<path d="{ring}" fill="{"#000" if looks == "dot" else "#fff"}" stroke-width="0.9"/>'
        case "square":
            return f'<path d="M{x - 2:g} {y - 2:g}h4v4h-4Z" fill="#fff" stroke-width="0.9"/>'
        case "triangle":
            return f'<path d="M{x:g} {y - 2.6:g}l2.5 4.2h-5Z" fill="#fff" stroke-width="0.9"/>'
        case "cross":
            return f'<path d="M{x - 2.2:g} {y - 2.2:g}l4.4 4.4m-4.4 0l4.4 -4.4" stroke-width="0.9"/>'


def heads(arrows: Iterable[tuple[Point, Point]]) -> str:
    """The heads of arrows as one path, each with its tip at the second point, coming from the first."""
    found = []
    for (x0, y0), (x, y) in arrows:
        length = hypot(x - x0, y - y0)
        dx, dy = (x - x0) / length, (y - y0) / length
        bx, by = x - HEAD * dx, y - HEAD * dy
        corners = (x, y), (bx - WIDE * dy, by + WIDE * dx), (bx + WIDE * dy, by - WIDE * dx)
        found.append(f"M{'L'.join(f'{a:.2f} {b:.2f}' for a, b in corners)}Z")
    return f'<path d="{"".join(found)}" fill="#000" stroke="none"/>' if found else ""


def arrows(line: tuple[Point, ...], where: Arrow, *, bent: bool) -> list[tuple[Point, Point]]:
    """Where the heads of a line are, as `heads` takes them.

    In the middle of each straight piece of a bent line, and halfway along any other.

    >>> arrows(((0.0, 0.0), (40.0, 0.0)), "middle", bent=True)
    [((0.0, 0.0), (23.0, 0.0))]
    """
    pieces = [(a, b) for a, b in pairwise(line) if a != b]
    if not pieces:
        return []
    if where != "middle":
        (a, b), (c, d) = pieces[0], pieces[-1]
        return [(c, d)] if where == "end" else [(b, a), (c, d)]
    if bent:
        return [_half(a, b) for a, b in pieces if hypot(b[0] - a[0], b[1] - a[1]) >= SHORT]
    lengths = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in pieces]
    gone, half = 0.0, sum(lengths) / 2
    for (a, b), length in zip(pieces, lengths, strict=True):
        gone += length
        if gone >= half:
            return [_half(a, b)]
    return []


def shaft(line: tuple[Point, ...], where: Arrow | None) -> tuple[Point, ...]:
    """A line without the last points of its length that the heads at its ends cover."""
    if where not in ("end", "ends") or len(line) < 2:
        return line
    line = *line[:-1], _short(line[-2], line[-1])
    return line if where == "end" else (_short(line[1], line[0]), *line[1:])


def _short(a: Point, b: Point) -> Point:
    length = hypot(b[0] - a[0], b[1] - a[1])
    share = max(1 - HEAD / 2 / length, 0.0) if length else 0.0
    return round(a[0] + share * (b[0] - a[0]), 2), round(a[1] + share * (b[1] - a[1]), 2)


def _half(a: Point, b: Point) -> tuple[Point, Point]:
    """A head whose middle is halfway from one point to another."""
    length = hypot(b[0] - a[0], b[1] - a[1])
    share = 0.5 + HEAD / 2 / length
    return a, (round(a[0] + share * (b[0] - a[0]), 2), round(a[1] + share * (b[1] - a[1]), 2))
