"""The plots of the class report as inline SVG of plain shapes, with a title and a description for speech.

Nothing is told by colour alone: lines are dashed, points have shapes, every plot has a table beside it. They are drawn
in the colour of the text, and so print in black.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qbank import templating
from qbank.model import Floats

SIZE = 13.0
"""Of the letters in a plot, in its own units: at 390 pixels a plot is shown at nine tenths."""


@dataclass(frozen=True, slots=True)
class Point:
    """One question among others: its label, facility and discrimination, and whether it deserves a look."""

    label: str
    x: float
    y: float
    flagged: bool


def histogram(counts: Sequence[int], edges: Floats, passing: float, title: str, said: str, pass_word: str) -> str:
    """How many totals fall between edges, as bars with their counts, and a dashed line where the exam is passed.

    >>> import numpy as np
    >>> "<title" in histogram([1, 2], np.array([0.0, 50.0, 100.0]), 60.0, "Totals", "two bars", "pass")
    True
    """
    wide, high, left, top, bottom = 420.0, 220.0, 8.0, 44.0, 26.0
    across, tall = wide - 2 * left, high - top - bottom
    low, full = float(edges[0]), float(edges[-1])
    most = max([*counts, 1])

    def x(value: float) -> float:
        return left + (value - low) / (full - low) * across

    shapes = [_line(left, high - bottom, wide - left, high - bottom)]
    for count, begins, ends in zip(counts, edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        height = tall * count / most
        if count:
            shapes.append(
                f'<rect x="{x(begins) + 1:.1f}" y="{high - bottom - height:.1f}" width="{x(ends) - x(begins) - 2:.1f}" '
                f'height="{height:.1f}" fill="currentColor" fill-opacity=".3" stroke="currentColor"/>'
            )
            shapes.append(_text((x(begins) + x(ends)) / 2, high - bottom - height - 4, str(count)))
    shapes += [_text(x(edge), high - 8, f"{edge:g}", anchor=_end(edge, low, full)) for edge in edges.tolist()[::2]]
    at = x(passing)
    shapes.append(f'<path d="M{at:.1f} {top - 24:.1f}V{high - bottom:.1f}" stroke="currentColor" stroke-width="2" '
                  'stroke-dasharray="6 4"/>')  # fmt: skip
    shapes.append(_text(at, top - 29, pass_word))
    return _svg("totals-plot", wide, high, title, said, shapes)


def scatter(
    points: Sequence[Point], weak: float, hard: float, easy: float, title: str, said: str, axes: tuple[str, str]
) -> str:
    """Questions by facility and discrimination; a square is one that deserves a look, dashed lines are the limits."""
    wide, high, left, top, right, bottom = 420.0, 320.0, 44.0, 12.0, 12.0, 44.0
    lowest = min([-0.2, *(point.y - 0.05 for point in points)])
    highest = max([0.6, *(point.y + 0.05 for point in points)])

    def x(value: float) -> float:
        return left + value * (wide - left - right)

    def y(value: float) -> float:
        return top + (highest - value) / (highest - lowest) * (high - top - bottom)

    frame = f'<rect x="{left}" y="{top}" width="{wide - left - right:.1f}" height="{high - top - bottom:.1f}" '
    shapes = [frame + 'fill="none" stroke="currentColor" stroke-opacity=".5"/>']
    shapes += [_dashed(x(limit), top, x(limit), high - bottom) for limit in (hard, easy)]
    shapes += [_dashed(left, y(weak), wide - right, y(weak)), _line(left, y(0.0), wide - right, y(0.0), opacity=0.6)]
    shapes += [_text(x(tick / 5), high - bottom + 16, f"{tick / 5:g}") for tick in range(6)]
    ticks = [tick / 5 for tick in range(-5, 6) if lowest <= tick / 5 <= highest]
    shapes += [_text(left - 5, y(tick) + 4, f"{tick:g}".replace("-", "−"), anchor="end") for tick in ticks]
    for point in points:
        at = f"{x(point.x):.1f}", f"{y(point.y):.1f}"
        shapes.append(
            f'<rect x="{x(point.x) - 5:.1f}" y="{y(point.y) - 5:.1f}" width="10" height="10" fill="currentColor"/>'
            if point.flagged else f'<circle cx="{at[0]}" cy="{at[1]}" r="4" fill="none" stroke="currentColor"/>'
        )  # fmt: skip
    shapes += _labels([(point, x(point.x), y(point.y)) for point in points], wide - right)
    shapes.append(_text((left + wide - right) / 2, high - 8, axes[0]))
    middle = (top + high - bottom) / 2
    shapes.append(f'<text x="13" y="{middle:.1f}" text-anchor="middle" transform="rotate(-90 13 {middle:.1f})">'
                  f"{templating.escaped(axes[1])}</text>")  # fmt: skip
    return _svg("scatter-plot", wide, high, title, said, shapes)


def _labels(placed: Sequence[tuple[Point, float, float]], edge: float) -> list[str]:
    """The labels of points: flagged ones always, others where nothing else is in the way."""
    taken: list[tuple[float, float, float, float]] = [(x - 5, y - 5, x + 5, y + 5) for _, x, y in placed]
    shapes = []
    for point, x, y in sorted(placed, key=lambda each: not each[0].flagged):
        width = 7.5 * len(point.label)
        ways = [(x + 7, y + 4), (x - 7 - width, y + 4), (x - width / 2, y - 8), (x - width / 2, y + 17)]
        ways += [(x + side, y + rise) for rise in (-9, 17, -22, 30) for side in (7, -7 - width, -width / 2)]
        free = [
            (left, base) for left, base in ways
            if left > 46 and left + width < edge and not any(
                left < right and left + width > begin and base - 12 < low and base + 2 > high
                for begin, high, right, low in taken
            )
        ]  # fmt: skip
        if not free and not point.flagged:
            continue
        left, base = free[0] if free else ways[0]
        taken.append((left, base - 12, left + width, base + 2))
        shapes.append(_text(left, base, point.label, anchor="start", bold=point.flagged))
    return shapes


def curve(name: str, shares: Sequence[float], title: str, said: str, ends: tuple[str, str]) -> str:
    """The share of a question's marks that each fifth of the class earned, weakest first."""
    wide, high, left, top, bottom = 260.0, 130.0, 34.0, 10.0, 26.0
    known = [(place, share) for place, share in enumerate(shares) if share == share]

    def x(place: int) -> float:
        return left + 14 + place * (wide - left - 30) / max(len(shares) - 1, 1)

    def y(share: float) -> float:
        return top + (1 - min(max(share, 0.0), 1.0)) * (high - top - bottom)

    shapes = [_line(left, y(share), wide - 4, y(share), opacity=0.5 if share else 1.0) for share in (0.0, 0.5, 1.0)]
    shapes += [_text(left - 4, y(share) + 4, f"{share:g}", anchor="end") for share in (0.0, 0.5, 1.0)]
    path = " ".join(f"{x(place):.1f},{y(share):.1f}" for place, share in known)
    shapes.append(f'<polyline points="{path}" fill="none" stroke="currentColor" stroke-width="2"/>')
    shapes += [f'<circle cx="{x(place):.1f}" cy="{y(share):.1f}" r="4" fill="currentColor"/>' for place, share in known]
    shapes.append(_text(left, high - 7, ends[0], anchor="start"))
    shapes.append(_text(wide - 4, high - 7, ends[1], anchor="end"))
    return _svg(f"curve-{name}", wide, high, title, said, shapes, kind=" curve")


def _svg(
    name: str, wide: float, high: float, title: str, said: str, shapes: Sequence[str], *, kind: str = ""
) -> str:
    """A picture that a screen reader tells by its title and description; `name` is its own on the page."""
    told = f'<title id="{name}-title">{templating.escaped(title)}</title>'
    told += f'<desc id="{name}-said">{templating.escaped(said)}</desc>'
    svg = (f'<svg class="plot{kind}" role="img" aria-labelledby="{name}-title" aria-describedby="{name}-said" '
           f'viewBox="0 0 {wide:g} {high:g}" width="{wide:g}" height="{high:g}" font-size="{SIZE:g}" '
           f'fill="currentColor">{told}{"".join(shapes)}</svg>')  # fmt: skip
    return templating.trusted(svg)


def _text(x: float, y: float, text: str, *, anchor: str = "middle", bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{weight}>{templating.escaped(text)}</text>'


def _line(x: float, y: float, to_x: float, to_y: float, *, opacity: float = 1.0) -> str:
    return (f'<path d="M{x:.1f} {y:.1f}L{to_x:.1f} {to_y:.1f}" stroke="currentColor" '
            f'stroke-opacity="{opacity:g}"/>')  # fmt: skip


def _dashed(x: float, y: float, to_x: float, to_y: float) -> str:
    return (f'<path d="M{x:.1f} {y:.1f}L{to_x:.1f} {to_y:.1f}" stroke="currentColor" stroke-opacity=".7" '
            'stroke-dasharray="5 4"/>')  # fmt: skip


def _end(value: float, low: float, high: float) -> str:
    return "start" if value == low else "end" if value == high else "middle"
