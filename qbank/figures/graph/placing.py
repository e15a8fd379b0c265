"""Where the label of a layer is placed: beside its own line, on no ink, and nearer to it than to any other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from qbank.figures.graph.chart import Trace
from qbank.figures.graph.clipping import Frame, Point
from qbank.figures.graph.layers import Words
from qbank.model import Floats

GAPS = (3.0, 5.0, 8.0, 12.0)
"""Points between a line and its label, the best first."""
CLEAR = 7.0
"""Points by which a label keeps away from the lines of other layers, where there is room."""
CELL = 2.0
"""The side of a cell of the raster on which ink is counted, in points."""
SHARES = np.array([85, 92, 78, 70, 60, 50, 40, 30, 20, 10, 97, 65, 55, 45, 35, 25, 15, 5]) / 100
"""The places along a line at which its label is tried, in this order."""
Ink: TypeAlias = NDArray[np.bool_]
Sums: TypeAlias = NDArray[np.int32]
Size: TypeAlias = tuple[float, float]


def placed(
    traces: Sequence[Trace], sizes: Sequence[Size | None], frame: Frame, lines: Sequence[Frame], taken: Sequence[Frame]
) -> list[Frame | None]:
    """A box for the label of each layer that has one, of the given width and height.

    It is in the frame, on none of the straight `lines`, and touches no box that is `taken`; where there is no room, it
    is to the right of the frame. A text is where its author put it.
    """
    if not any(sizes):
        return [None] * len(sizes)
    inks = [ink(trace, frame) for trace in traces]
    whole = sums(inks, lines, frame)
    others = sums(inks, (), frame)
    found: list[Frame | None] = [
        _around(trace.marks[0], size) if size and isinstance(trace.layer, Words) and trace.marks else None
        for trace, size in zip(traces, sizes, strict=True)
    ]  # fmt: skip
    aside: list[Frame] = []
    for place, (trace, own, size) in enumerate(zip(traces, inks, sizes, strict=True)):
        if size is None or isinstance(trace.layer, Words):
            continue
        around = [other for other in (*found, *taken) if other]
        mine = _summed(own)
        best: Frame | None = None
        for gap in GAPS:  # a box near its line, and clear of all others, is mostly found at the first
            boxes = _candidates(trace, size, frame, gap)
            free = _within(whole, boxes) == 0
            for other in around:
                free &= ~_touch(boxes, other)
            wide = boxes + np.array([-CLEAR, -CLEAR, CLEAR, CLEAR])
            clear = free & (_within(others, wide) == _within(mine, wide))
            if clear.any() or (best is None and free.any()):
                left, top, right, bottom = boxes[int(np.argmax(clear if clear.any() else free))].tolist()
                best = left, top, right, bottom
            if clear.any():
                break
        if best:
            found[place] = best
        else:
            aside.append(_aside(trace, size, frame, aside))
            found[place] = aside[-1]
    return found


def first(ink: Sums, boxes: Floats, taken: Sequence[Frame]) -> int:
    """Which box (n, 4) is the first with no ink within a point, that touches nothing taken; 0 where none is."""
    free = _within(ink, boxes + np.array([-1, -1, 1, 1])) == 0
    for other in taken:
        free &= ~_touch(boxes, other)
    return int(np.argmax(free))


def ink(trace: Trace, frame: Frame) -> Ink:
    """Which cells of the frame bear ink of a layer: its lines, its outlines, its marks."""
    dots = _dotted((*trace.lines, *((*outline, outline[0]) for outline in trace.outlines if outline)), frame)
    for x, y in trace.marks if not isinstance(trace.layer, Words) else ():
        left, top, right, bottom = (max(int(side / CELL), 0) for side in (x - 3, y - 3, x + 3, y + 3))
        dots[top : bottom + 1, left : right + 1] = True
    return dots


def _dotted(lines: Iterable[Sequence[Point]], frame: Frame) -> Ink:
    """Which cells of the frame lie on lines."""
    dots = np.zeros((int(frame[3] / CELL) + 2, int(frame[2] / CELL) + 2), dtype=np.bool_)
    for line in lines:
        points = np.clip(np.array(line), (0, 0), (frame[2], frame[3])) / CELL
        if len(points) > 1:
            along = np.concatenate([[0.0], np.cumsum(np.abs(np.diff(points, axis=0)).max(axis=1) + 1e-9)])
            places = np.linspace(0, along[-1], int(along[-1] * 4) + 2)
            across, down = (np.interp(places, along, points[:, axis]).astype(np.intp) for axis in (0, 1))
            dots[down, across] = True
    return dots


def sums(inks: Sequence[Ink], lines: Sequence[Frame], frame: Frame) -> Sums:
    """The ink of layers, and of straight lines from (x, y) to (x, y), as `first` takes it."""
    straight = _dotted([((a, b), (c, d)) for a, b, c, d in lines], frame)
    return _summed(np.logical_or.reduce([*inks, straight]))


def _summed(ink: Ink) -> Sums:
    """The ink above and to the left of every cell, so that a box costs four look-ups."""
    sums = np.zeros((ink.shape[0] + 1, ink.shape[1] + 1), dtype=np.int32)
    np.cumsum(np.cumsum(ink, axis=0, dtype=np.int32), axis=1, out=sums[1:, 1:])
    return sums


def _within(sums: Sums, boxes: Floats) -> NDArray[np.int32]:
    """(n,) how many cells with ink lie in each box (n, 4)."""
    ends = np.array([sums.shape[1], sums.shape[0]] * 2) - 1
    left, top, right, bottom = np.clip((boxes / CELL + np.array([0, 0, 1, 1])).astype(np.intp), 0, ends).T
    return np.asarray(sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left])


def _around(at: Point, size: Size) -> Frame:
    return at[0] - size[0] / 2, at[1] - size[1] / 2, at[0] + size[0] / 2, at[1] + size[1] / 2


def _touch(boxes: Floats, other: Frame) -> NDArray[np.bool_]:
    """(n,) which boxes come within a point of another."""
    left, top, right, bottom = boxes.T
    return np.asarray((left < other[2] + 1) & (other[0] < right + 1) & (top < other[3] + 1) & (other[1] < bottom + 1))


def _candidates(trace: Trace, size: Size, frame: Frame, gap: float) -> Floats:
    """(n, 4) boxes in the frame at a distance above, below and beside points of the layer, the best places first."""
    width, height = size
    beside = np.array([
        (-width / 2, -height - gap), (-width / 2, gap), (gap, -height - gap / 3), (gap, gap / 3),
        (-width - gap, -height - gap / 3), (-width - gap, gap / 3), (gap, -height / 2), (-width - gap, -height / 2),
    ])  # fmt: skip
    corners = (np.array(list(_anchors(trace))).reshape(-1, 1, 2) + beside).reshape(-1, 2)
    boxes = np.hstack([corners, corners + np.array(size)])
    left, top, right, bottom = frame
    inside = (boxes[:, :2] >= np.array([left + 2, top + 2])) & (boxes[:, 2:] <= np.array([right - 2, bottom - 2]))
    return np.asarray(boxes[inside.all(axis=1)])


def _anchors(trace: Trace) -> Iterator[Point]:
    """Points of a layer: its marks, middles and tops of its outlines, places along its longest lines."""
    yield from reversed(trace.marks)
    for outline in trace.outlines:
        if outline:
            xs, ys = [x for x, _ in outline], [y for _, y in outline]
            yield _inside(outline)
            yield (min(xs) + max(xs)) / 2, min(ys)
    for line in sorted(trace.lines, key=len, reverse=True)[:4]:
        points: Floats = np.array(line)
        along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
        x, y = (np.interp(SHARES * along[-1], along, points[:, axis]).tolist() for axis in (0, 1))
        yield from zip(x, y, strict=True)


def _inside(outline: Sequence[Point]) -> Point:
    """The centre of an outline's area, or its first point where it has none."""
    points = np.array(outline)
    x, y = points.T
    next_x, next_y = np.roll(x, -1), np.roll(y, -1)
    cross = x * next_y - next_x * y
    area = float(cross.sum()) / 2
    if abs(area) < 1:
        return outline[0]
    return float(((x + next_x) * cross).sum()) / (6 * area), float(((y + next_y) * cross).sum()) / (6 * area)


def _aside(trace: Trace, size: Size, frame: Frame, taken: Sequence[Frame]) -> Frame:
    """A box to the right of the frame, level with the layer's right end, below those that are there already."""
    ends = [point for line in (*trace.lines, *trace.outlines) for point in line] or list(trace.marks) or [(0.0, 0.0)]
    y = max(ends)[1] - size[1] / 2
    for box in sorted(taken, key=lambda each: each[1]):
        if y < box[3] + 1 and y + size[1] > box[1] - 1:
            y = box[3] + 1
    return frame[2] + GAPS[0], y, frame[2] + GAPS[0] + size[0], y + size[1]
