"""Every circuit of the library can be read in print: its labels are clear of lines, of symbols and of each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from math import cos, pi, sin

import pytest

from qbank import bank, circuits, resources
from qbank.circuits import Circuit
from qbank.model import Drawing

Line = tuple[tuple[float, float], ...]
LOW = 2.6
"""Points of a line of text above and below its small letters."""
POINT = re.compile(r"[ML]\s*(-?[\d.]+)[ ,](-?[\d.]+)")
RING = re.compile(r"M(-?[\d.]+) (-?[\d.]+)a([\d.]+) ")


@lru_cache(maxsize=1)
def library() -> dict[str, Circuit]:
    return dict(bank.load(resources.folder("questions")).circuits)


def lines(drawing: Drawing) -> Iterator[Line]:
    """What is drawn, as lines through points of the page; a circle as a ring of them."""
    ((left, top),) = re.findall(r"translate\((\S+) (\S+)\)", drawing.svg)
    ((scale,),) = [re.findall(r"scale\(([\d.]+)\)", drawing.svg)]

    def place(x: float, y: float) -> tuple[float, float]:
        return float(left) + float(scale) * x, float(top) + float(scale) * y

    for path in re.findall(r' d="([^"]*)"', drawing.svg):
        for x, y, r in RING.findall(path):
            turns = (2 * pi * k / 24 for k in range(25))
            yield tuple(place(float(x) + float(r) * (1 + cos(t)), float(y) + float(r) * sin(t)) for t in turns)
        for piece in re.findall(r"M[^M]*", path):
            yield tuple(place(float(x), float(y)) for x, y in POINT.findall(piece))


def struck(drawing: Drawing) -> list[str]:
    """The labels through which a line runs."""
    found = []
    for label in drawing.labels:
        left, top, right, bottom = circuits.extent(label)
        box = left + 0.5, top + LOW, right - 0.5, bottom - LOW
        if any(_meets(a, b, box) for line in lines(drawing) for a, b in pairwise(line)):
            found.append(str(label.inlines))
    return found


def _meets(a: tuple[float, float], b: tuple[float, float], box: tuple[float, float, float, float]) -> bool:
    steps = int(max(abs(a[0] - b[0]), abs(a[1] - b[1])) * 3) + 1
    points = ((a[0] + (b[0] - a[0]) * k / steps, a[1] + (b[1] - a[1]) * k / steps) for k in range(steps + 1))
    return any(box[0] < x < box[2] and box[1] < y < box[3] for x, y in points)


@pytest.mark.parametrize("style", ["iec", "ansi"])
@pytest.mark.parametrize("name", sorted(library()))
def test_no_line_runs_through_a_label(name: str, style: str) -> None:
    drawing = circuits.draw(library()[name], style)  # type: ignore[arg-type]

    assert struck(drawing) == []
    assert list(circuits.faults(drawing)) == []


def test_a_line_through_a_label_is_found() -> None:
    drawing = circuits.draw(library()["inverting"])
    first = drawing.labels[0]
    for (x, y), *_ in (line for line in lines(drawing) if len(line) > 1):
        moved = replace(first, x=x, y=y, halign="center", valign="middle")
        assert str(first.inlines) in struck(replace(drawing, labels=(moved,)))


@pytest.mark.parametrize("name", sorted(library()))
def test_no_label_is_smaller_than_seven_points(name: str) -> None:
    assert min(label.size for label in circuits.draw(library()[name]).labels) >= 7
