"""Figures as pictures that every word processor shows: PNG of 300 dots an inch, with their labels."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from qbank.outputs import _page
from qbank.outputs.pdf import press, tree

DOTS = 300
"""Dots an inch."""
_POINT = 12_700
"""A point in the units of Word's drawings."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the document: its file and number, and its size in 12 700ths of a point."""

    id: int
    file: str
    content: bytes
    width: int
    height: int


def drawn(paper: _page.Paper, widest: float) -> tuple[dict[_page.Figure, Picture], Picture | None]:
    """The picture of every figure of a paper, none wider than so many points, and of its logo if it has one."""
    figures = tuple(dict.fromkeys(_figures(paper)))
    if not figures and not paper.logo:
        return {}, None
    told = {"figures": [tree.written(figure) for figure in figures], "logo": paper.logo, "words": {}, "title": ""}
    printed = press.pictures("picture", paper.lang, told, DOTS)
    pictures = [_picture(place, content, widest) for place, content in enumerate(printed, 1)]
    logo = pictures.pop() if paper.logo else None
    return dict(zip(figures, pictures, strict=True)), logo


def _figures(value: Any) -> Iterator[_page.Figure]:
    """Every figure within a record, in order."""
    if isinstance(value, _page.Figure):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _figures(each)
    elif is_dataclass(value) and not isinstance(value, _page.Text | _page.Formula):
        for field in fields(value):
            yield from _figures(getattr(value, field.name))


def _picture(place: int, content: bytes, widest: float) -> Picture:
    across, down = struct.unpack(">II", content[16:24])
    factor = min(1.0, widest * DOTS / 72 / across) * 72 / DOTS * _POINT
    return Picture(place, f"figure-{place}.png", content, round(across * factor), round(down * factor))
