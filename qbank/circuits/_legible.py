"""Whether a drawing can be read: no label on another, none outside the frame, no wire through one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qbank import messages
from qbank.circuits._draw import SCALE
from qbank.circuits._labels import Box, extent, labels
from qbank.circuits._records import Circuit
from qbank.model import Drawing, Label, Maths, Name, Text

TOUCH = 1.5
"""Points by which two labels may touch: the room of a label is an estimate."""


def faults(drawing: Drawing) -> Iterator[str]:
    """What hides a label of a drawing, as sentences."""
    boxes = [(extent(label), label) for label in drawing.labels]
    for place, ((left, top, right, bottom), label) in enumerate(boxes):
        if left < -TOUCH or top < -TOUCH or right > drawing.width + TOUCH or bottom > drawing.height + TOUCH:
            yield messages.tell("the label {label} lies outside the frame", label=_said(label))
        for other, beneath in boxes[:place]:
            if _overlap((left, top, right, bottom), other):
                yield messages.tell("the label {label} overlaps {other}", label=_said(label), other=_said(beneath))


def crossed(circuit: Circuit, values: Mapping[str, str]) -> Iterator[str]:
    """The labels of a circuit through which a wire or a part runs, as sentences."""
    two_pins = [(part.pins[0][1], part.pins[1][1]) for part in circuit.parts if len(part.pins) == 2]
    for label in labels(circuit, values, SCALE):
        left, top, right, bottom = extent(label)
        for (ax, ay), (bx, by) in (*circuit.wires, *two_pins):
            if (
                (ax == bx or ay == by)
                and max(ax, bx) * SCALE > left + 1 and min(ax, bx) * SCALE < right - 1
                and max(-ay, -by) * SCALE > top + 1 and min(-ay, -by) * SCALE < bottom - 1
            ):  # fmt: skip
                yield messages.tell("a wire runs through the label {label}", label=_said(label))
                break


def _overlap(a: Box, b: Box) -> bool:
    return min(a[2], b[2]) - max(a[0], b[0]) > TOUCH and min(a[3], b[3]) - max(a[1], b[1]) > TOUCH


def _said(label: Label) -> str:
    """A label as a sentence names it."""
    pieces = []
    for inline in label.inlines:
        match inline:
            case Name(name):
                pieces.append(name)
            case Text(text):
                pieces.append(text.strip())
            case Maths():
                pieces.append(inline.tex)
            case _:
                pieces.append("…")
    return repr("".join(pieces))
