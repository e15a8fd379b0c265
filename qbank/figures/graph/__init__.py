"""Values between two axes: curves, points, bars, a histogram, a box plot, a digital signal: `graph: [{curve: …}]`."""

from __future__ import annotations

from qbank.figures._given import Given
from qbank.figures.graph.chart import Chart, Trace, charts, named
from qbank.figures.graph.drawn import drawn
from qbank.figures.graph.spec import Spec
from qbank.model import Drawing

__all__ = ["Chart", "Spec", "Trace", "charts", "draw", "named"]


def draw(spec: Spec, given: Given) -> Drawing:
    """The drawing of a graph on one variant. Raises ValueError for values with which it cannot be drawn."""
    return drawn(spec, charts(spec, given), given.lang)
