"""Every figure can be read: no label overlaps another, lies outside the frame or is crossed by a wire."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from qbank import circuits, messages, witnesses
from qbank.bank.item import Part
from qbank.checks._scene import Scene
from qbank.figures import Given, graph
from qbank.model import Drawing, Problem
from qbank.sheets import Question
from qbank.waist import Choice

RATIONALE = (
    "Values that overlap in a figure are misread, and a label that is cut off cannot be read at all."
)
PROPOSAL = "move the label in the circuit (side:, nudge:), or show fewer values"
READ = 0.25
"""The share of a square within which a value is read off a graph."""
LOOKED = 20
"""The variants whose figures are drawn: those with the longest values among them."""
EXAMPLES = ()


def check(scene: Scene) -> Iterator[Problem]:
    """The first fault of the circuits, and of the drawings as they are printed."""
    for name, spec in scene.item.figures.items():
        if spec.printed:
            for message in _crossed(scene, spec):
                yield scene.problem("figures.crossed", message, ("figures", name), proposal=PROPOSAL)
                break
    if any(spec.printed for spec in scene.item.figures.values()):
        yield from _hidden(scene)
    for number, part in enumerate(scene.item.parts):
        if part.witness and "graph" in part.witness:
            yield from _too_fine(scene, number, part)


def _too_fine(scene: Scene, number: int, part: Part) -> Iterator[Problem]:
    """The first variant on which a value must be read off a graph more finely than its squares allow."""
    try:
        spec = witnesses.read(part.witness or {})
    except ValueError:  # the check `witness` says why
        return
    figure, keys = scene.item.figures.get(spec.graph), scene.drawn.keys[part.id]
    if not isinstance(figure, graph.Spec) or spec.solve is not None or not {"low", "high"} <= keys.keys():
        return
    reading = next(iter(spec.read.values()))
    kind, layer = reading.kind, reading.layer
    if kind not in ("y", "x", "max", "min", "argmax", "argmin"):
        return
    if all(each.name != layer for panel in figure.panels for each in panel.graph):
        return
    for row in range(min(LOOKED, len(scene.drawn))):
        columns = {name: column.take(np.array([row])) for name, column in scene.drawn.columns.items()}
        drawn = graph.named(graph.charts(figure, Given(columns=columns)), layer)
        square = (drawn.x if kind in ("x", "argmax", "argmin") else drawn.y).square
        allowed = float(keys["high"][row] - keys["low"][row]) / 2
        if allowed < square * READ:
            message = messages.tell(
                "a value to within {allowed:.3g} is asked for, but a square of the graph is {square:.3g}",
                allowed=allowed, square=square,
            )  # fmt: skip
            yield scene.problem(
                "figures.fine", message, ("parts", number, "answer"), severity="warning", seat=row, looked=LOOKED,
                proposal=messages.tell("widen the tolerance to a quarter of a square, or draw with grid: fine"),
            )  # fmt: skip
            return


def _crossed(scene: Scene, spec: Any) -> Iterator[str]:
    for name in spec.names:
        drawn = scene.bank.circuits[name]
        parts = {part.name for part in drawn.parts}
        valued = {part: value for part, value in spec.values.items() if part in parts}
        for problem in circuits.crossed(drawn, valued):
            yield messages.tell("{place}: {problem}", place=name, problem=problem)


def _hidden(scene: Scene) -> Iterator[Problem]:
    """The first label that another or the frame hides, on the variants whose numbers are the longest."""
    lengths = np.zeros(len(scene.drawn))
    for column in scene.drawn.columns.values():
        if not column.labels and not column.shape:
            for numbers in (column.values.real, column.values.imag)[: 1 + np.iscomplexobj(column.values)]:
                lengths += np.char.str_len(np.char.mod("%.4g", numbers))
    rows = np.argsort(-lengths, kind="stable")[: LOOKED if scene.varies else 1]
    for row in rows.tolist():
        for drawing in _drawings(scene.question(row, "zh")):
            for message in circuits.faults(drawing):
                yield scene.problem("figures.hidden", message, ("figures",), seat=row, looked=len(rows),
                                    proposal=PROPOSAL)  # fmt: skip
                return


def _drawings(question: Question) -> Iterator[Drawing]:
    options = (option for part in question.parts if isinstance(part.interaction, Choice)
               for option in part.interaction.options)  # fmt: skip
    for body in (question.stem, *(part.ask for part in question.parts), *options):
        yield from (block for block in body if isinstance(block, Drawing))
