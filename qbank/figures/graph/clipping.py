"""Lines and outlines cut off at the frame."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from qbank.model import Floats

Point: TypeAlias = tuple[float, float]
Frame: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def lines(x: Floats, y: Floats, frame: Frame) -> list[list[Point]]:
    """The pieces of a line that lie in the frame; it is broken where a coordinate is not finite.

    >>> lines(np.array([0.0, 10.0]), np.array([-5.0, 5.0]), (0, 0, 10, 10))
    [[(5.0, 0.0), (10.0, 5.0)]]
    """
    left, top, right, bottom = frame
    with np.errstate(invalid="ignore"):
        inside = (x >= left) & (x <= right) & (y >= top) & (y <= bottom)
    if inside.all():
        return [list(zip(x.tolist(), y.tolist(), strict=True))]
    y = np.clip(y, -1e6, 1e6)
    points = list(zip(x.tolist(), y.tolist(), strict=True))
    within = inside.tolist()
    pieces: list[list[Point]] = []
    for place in range(len(points) - 1):
        piece = (
            (points[place], points[place + 1]) if within[place] and within[place + 1]
            else _segment(points[place], points[place + 1], frame)
        )  # fmt: skip
        if piece is None:
            continue
        if pieces and pieces[-1][-1] == piece[0]:
            pieces[-1].append(piece[1])
        else:
            pieces.append([*piece])
    return pieces


def outline(x: Floats, y: Floats, frame: Frame) -> list[Point]:
    """A filled outline, pressed into the frame; what is not finite is left out."""
    left, top, right, bottom = frame
    kept = np.isfinite(x) & ~np.isnan(y)
    return list(zip(np.clip(x[kept], left, right).tolist(), np.clip(y[kept], top, bottom).tolist(), strict=True))


def _segment(a: Point, b: Point, frame: Frame) -> tuple[Point, Point] | None:
    """The part of a segment in the frame (Liang and Barsky 1984), or None."""
    (ax, ay), (bx, by) = a, b
    if not all(np.isfinite([ax, ay, bx, by])):
        return None
    left, top, right, bottom = frame
    start, end = 0.0, 1.0
    for move, room in ((ax - bx, ax - left), (bx - ax, right - ax), (ay - by, ay - top), (by - ay, bottom - ay)):
        if move == 0:
            if room < 0:
                return None
        elif move < 0:
            start = max(start, room / move)
        else:
            end = min(end, room / move)
    if start >= end:
        return None
    ends = [(round(ax + t * (bx - ax), 2), round(ay + t * (by - ay), 2)) for t in (start, end)]
    return ends[0], ends[1]
