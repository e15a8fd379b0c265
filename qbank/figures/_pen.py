"""A pen for diagrams of boxes and arrows: SVG paths in points from the top left, and labels beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator

from qbank import maths
from qbank.model import Bilingual, Drawing, Inline, Label, Maths, Name, Text

SIZE = 9.0
Point: TypeAlias = tuple[float, float]


def _symbols(symbols: Mapping[str, str]) -> Mapping[str, str]:
    for tex in symbols.values():
        try:
            maths.parse(tex)
        except maths.MathsError as error:
            raise ValueError(str(error)) from error
    return symbols


Symbols: TypeAlias = Annotated[Mapping[str, str], AfterValidator(_symbols)]
"""Other TeX in place of a symbol of the drawing, each a formula of our subset."""


@dataclass(slots=True)
class Pen:
    """What has been drawn; `symbols` puts other TeX in place of a symbol, `values` a Name beside it."""

    symbols: Mapping[str, str]
    values: Mapping[str, str]
    paths: list[str] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)

    def text(
        self, at: Point, tex: str, halign: Literal["left", "center", "right"] = "center",
        valign: Literal["top", "middle", "bottom"] = "middle", size: float = SIZE,
    ) -> None:
        """A symbol at a point, with its value after it where there is one."""
        inlines: tuple[Inline, ...] = (Maths((self.symbols.get(tex, tex),)),)
        if tex in self.values:
            inlines = (*inlines, Text(" = "), Name(self.values[tex]))
        self.shown.add(tex)
        self.labels.append(Label(at[0], at[1], halign, valign, inlines, size))

    def line(self, *points: Point, width: float = 1.0) -> None:
        """A line through points."""
        looks = "" if width == 1.0 else f' stroke-width="{width:g}"'
        self.paths.append(f'<path d="M{"L".join(f"{x:g} {y:g}" for x, y in points)}"{looks}/>')

    def dashes(self, start: Point, end: Point) -> None:
        """A thin dashed line."""
        ends = f"M{start[0]:g} {start[1]:g}L{end[0]:g} {end[1]:g}"
        self.paths.append(f'<path d="{ends}" stroke-width="0.6" stroke-dasharray="3 2"/>')

    def arrow(self, *points: Point) -> None:
        """A line through points with a head at its end; its last stretch is level or upright."""
        (x0, y0), (x, y) = points[-2:]
        length = ((x - x0) ** 2 + (y - y0) ** 2) ** 0.5
        dx, dy = (x - x0) / length, (y - y0) / length
        self.line(*points[:-1], (x - 4 * dx, y - 4 * dy))
        bx, by = x - 5.5 * dx, y - 5.5 * dy
        head = ((x, y), (bx - 2.2 * dy, by + 2.2 * dx), (bx + 2.2 * dy, by - 2.2 * dx))
        corners = "L".join(f"{a:.2f} {b:.2f}" for a, b in head)
        self.paths.append(f'<path d="M{corners}Z" fill="#000" stroke="none"/>')

    def box(self, at: Point, width: float, height: float, tex: str = "", fill: str = "#eef2fb") -> None:
        """A rounded box around a centre, with a symbol in it."""
        x, y, r = at[0] - width / 2, at[1] - height / 2, 4
        w, h = f"{width - 2 * r:g}", f"{height - 2 * r:g}"
        turns = [f"a{r} {r} 0 0 1 {dx}{r} {dy}{r}" for dx, dy in (("", ""), ("-", ""), ("-", "-"), ("", "-"))]
        outline = f"M{x + r:g} {y:g}h{w}{turns[0]}v{h}{turns[1]}h-{w}{turns[2]}v-{h}{turns[3]}Z"
        self.paths.append(f'<path d="{outline}" fill="{fill}"/>')
        if tex:
            self.text(at, tex)

    def node(self, at: Point, radius: float, tex: str, *, above: bool) -> None:
        """A circle with a symbol in it, and the symbol's value above or below it where there is one."""
        self.circle(at, radius)
        self.shown.add(tex)
        self.labels.append(Label(at[0], at[1], "center", "middle", (Maths((self.symbols.get(tex, tex),)),), SIZE))
        if tex in self.values:
            y = at[1] + (-1 if above else 1) * (radius + 2)
            value = (Name(self.values[tex]),)
            self.labels.append(Label(at[0], y, "center", "bottom" if above else "top", value, SIZE))

    def circle(self, at: Point, radius: float, sign: Literal["", "×", "+"] = "") -> None:
        """A circle around a centre, with the sign of an operation in it."""
        (x, y), r = at, radius
        ring = f"M{x - r:g} {y:g}a{r:g} {r:g} 0 1 0 {2 * r:g} 0a{r:g} {r:g} 0 1 0 -{2 * r:g} 0Z"
        self.paths.append(f'<path d="{ring}" fill="#fff"/>')
        if sign:
            s = r * (0.45 if sign == "×" else 0.6)
            ends = ((-s, -s), (s, s), (-s, s), (s, -s)) if sign == "×" else ((-s, 0), (s, 0), (0, -s), (0, s))
            self.line(*((x + dx, y + dy) for dx, dy in ends[:2]))
            self.line(*((x + dx, y + dy) for dx, dy in ends[2:]))

    def dot(self, at: Point) -> None:
        """A junction of two lines."""
        x, y = at
        self.paths.append(f'<path d="M{x - 1.6:g} {y:g}a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0 -3.2 0Z" fill="#000"/>')

    def drawing(self, width: float, height: float, alt: Bilingual) -> Drawing:
        """All that was drawn, as a Drawing of the given size."""
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}pt" height="{height:g}pt" '
            f'viewBox="0 0 {width:g} {height:g}"><g fill="none" stroke="#000" stroke-width="1" stroke-linecap="round" '
            f'stroke-linejoin="round">{"".join(self.paths)}</g></svg>'
        )
        told = Bilingual(zh=self._told(alt.zh), en=self._told(alt.en))
        return Drawing(width, height, svg, tuple(self.labels), told)

    def _told(self, text: str) -> str:
        """A description with the symbols that the drawing shows: one that stands for another is told as that other."""
        others = {name: maths.plain(other) for tex, other in self.symbols.items() for name in (tex, maths.plain(tex))}
        if not others:
            return text
        known = "|".join(re.escape(name) for name in sorted(others, key=len, reverse=True))
        return re.sub(rf"(?<![A-Za-z_])(?:{known})(?![A-Za-z0-9_])", lambda found: others[found[0]], text)
