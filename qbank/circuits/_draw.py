"""A circuit as a Drawing: the lines once per circuit, the labels for every figure that uses it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from qbank import cache, messages
from qbank.circuits._labels import Box, around, extent, labels, moved
from qbank.circuits._outline import Style, outline
from qbank.circuits._records import Circuit
from qbank.model import Drawing
from qbank.registry import unknown

SCALE = 26.0
"""Points to a unit of the description."""
MARGIN = 2.0
DRAWINGS = 5000
"""So many drawings of circuits are kept."""


@lru_cache(maxsize=256)
def _lines(circuit: Circuit, style: Style) -> tuple[str, Box]:
    told = repr((circuit, style)).encode()
    lines, box = cache.remembered("drawings", told, lambda: outline(circuit, style, SCALE), most=DRAWINGS)
    return lines, tuple(box)


def draw(circuit: Circuit, style: Style = "iec", values: Mapping[str, str] | None = None) -> Drawing:
    """The drawing of a circuit; `values` says which part or port bears the value of which Name.

    A part without a value shows its symbol alone. Raises ValueError for a part that the circuit does not have.
    """
    return _drawn(circuit, style, tuple((values or {}).items()))


@lru_cache(maxsize=1024)
def _drawn(circuit: Circuit, style: Style, of_parts: tuple[tuple[str, str], ...]) -> Drawing:
    """The same for all variants: a label bears the name of a value."""
    values = dict(of_parts)
    for name in values:
        if name not in circuit.labels:
            raise ValueError(messages.tell("the element {unknown}", unknown=unknown(name, circuit.labels)))
    lines, box = _lines(circuit, style)
    shown = circuit if style == "iec" else replace(circuit, tags=tuple(tag for tag in circuit.tags if not tag.iec))
    texts = tuple(labels(shown, values, SCALE))
    left, top, right, bottom = around([box, *(extent(label) for label in texts)])
    x, y = MARGIN - left, MARGIN - top
    width, height = round(right - left + 2 * MARGIN, 2), round(bottom - top + 2 * MARGIN, 2)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}pt" height="{height:g}pt" '
        f'viewBox="0 0 {width:g} {height:g}"><g transform="translate({x:.2f} {y:.2f})">{lines}</g></svg>'
    )
    return Drawing(width, height, svg, tuple(moved(label, (x, y)) for label in texts), circuit.alt)
