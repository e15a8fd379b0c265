"""Where the labels of a circuit are: symbols and values beside their parts, in points from the top left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Literal, TypeAlias

from qbank.circuits._records import SIDES, Circuit, Point, Tag
from qbank.maths import symbols
from qbank.maths.tree import Function
from qbank.model import Inline, Label, Maths, Name, Text

SIZE = 9.0
SMALL = 7.0
"""The size of the numbers of pins."""
LINE = 1.2
GAP = 2.5
VALUE_WIDTH = 3.6
"""The width kept free for a value, in ems: 'such as 470 kΩ'."""
Box: TypeAlias = tuple[float, float, float, float]
_HALIGN: dict[str, Literal["left", "center", "right"]] = {"left": "right", "right": "left"}
_VALIGN: dict[str, Literal["top", "middle", "bottom"]] = {"above": "bottom", "below": "top"}


def labels(circuit: Circuit, values: Mapping[str, str], scale: float) -> Iterator[Label]:
    """The labels around the origin of the description, y downwards; `values` gives each part's or port's Name."""
    for part in circuit.parts:
        yield from _stacked(part.tag, values.get(part.name), scale)
    for port in circuit.ports:
        name = values.get(port.name)
        value: tuple[Inline, ...] = (Text(" ("), Name(name), Text(")")) if name else ()
        shown: tuple[Inline, ...] = (Maths((port.tag.tex,)),) if port.tag.tex else ()
        if shown or value:
            yield _label(port.tag, (*shown, *value), 0.0, scale)
    for tag in circuit.tags:
        if not tag.tex:
            continue
        symbol: Inline = Text(tag.tex) if tag.small or tag.plain else Maths((tag.tex,))
        yield _label(tag, (symbol,), 0.0, scale)


def _stacked(tag: Tag, value: str | None, scale: float) -> Iterator[Label]:
    """The symbol, and under it the value: grown away from the part."""
    line = SIZE * LINE
    rise, fall = {"above": (-line, 0.0), "below": (0.0, line)}.get(tag.side, (-line / 2, line / 2))
    if not tag.tex:
        rise = fall = 0.0
    if tag.tex:
        yield _label(tag, (Maths((tag.tex,)),), rise if value else 0.0, scale)
    if value:
        yield _label(tag, (Name(value),), fall, scale)


def _label(tag: Tag, inlines: tuple[Inline, ...], drop: float, scale: float) -> Label:
    gap = tag.gap * scale + (0.0 if tag.side == "center" else 1.0 if tag.small else GAP)
    dx, dy = SIDES.get(tag.side, (0, 0))
    x, y = tag.at[0] * scale + dx * gap, -tag.at[1] * scale - dy * gap + drop
    halign, valign = _HALIGN.get(tag.side, "center"), _VALIGN.get(tag.side, "middle")
    return Label(x, y, halign, valign, inlines, SMALL if tag.small else SIZE)


def moved(label: Label, by: Point) -> Label:
    """The label shifted by a vector, in points, with coordinates to a hundredth."""
    return replace(label, x=round(label.x + by[0], 2), y=round(label.y + by[1], 2))


def extent(label: Label) -> Box:
    """The room a label takes: left, top, right, bottom, by a rough width of its characters."""
    width = label.size * sum(_ems(inline) for inline in label.inlines)
    height = label.size * LINE
    left = label.x - {"left": 0.0, "center": 0.5, "right": 1.0}[label.halign] * width
    top = label.y - {"top": 0.0, "middle": 0.5, "bottom": 1.0}[label.valign] * height
    return left, top, left + width, top + height


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all the given ones."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _letters(command: str) -> str:
    """The letters that a command of a formula prints: the name of a function, or one sign."""
    return command if isinstance(symbols.COMMANDS.get(command), Function) else "x"


def _ems(inline: Inline) -> float:
    match inline:
        case Name():
            return VALUE_WIDTH
        case Maths():
            tex = re.sub(r"\\(mathrm|text|bar|dot|overline)", "", inline.tex)
            base, _, index = re.sub(r"\\([a-z]+)", lambda found: _letters(found[1]), tex).partition("_")
            return 0.62 * len(re.sub("[{} ]", "", base)) + 0.45 * len(re.sub("[{} _]", "", index))
        case Text(text):
            return sum(1.0 if character > "\u2e00" else 0.5 for character in text)
        case _:
            return 1.0
