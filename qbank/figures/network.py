"""A recurrent network: unrolled in time, in one or both directions, or one cell from inside: `network: lstm`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from qbank.figures import _cells
from qbank.figures._given import Given
from qbank.figures._pen import Pen, Symbols
from qbank.model import Bilingual, Drawing
from qbank.records import Record, Truth
from qbank.registry import unknown


class Spec(Record):
    """A figure that shows a network.

    `symbols` puts other TeX in place of a symbol of the drawing (`{"W_{hh}": "?"}`), `values` leads from a symbol
    to the item's name whose value it bears. `steps` and `output` matter to unrolled networks.
    """

    family: ClassVar[Literal["network"]] = "network"
    names: ClassVar[tuple[str, ...]] = ()
    network: Literal["unrolled", "bidirectional", "rnn", "lstm", "gru"]
    steps: int = Field(default=3, ge=2, le=6)
    output: Truth = True
    symbols: Symbols = Field(default_factory=dict)
    values: Mapping[str, str] = Field(default_factory=dict)
    printed: Truth = True

    @property
    def uses(self) -> frozenset[str]:
        """The item's names whose values the drawing bears."""
        return frozenset(self.values.values())


def draw(spec: Spec, given: Given) -> Drawing:  # noqa: ARG001
    """The drawing of a network. Raises ValueError for a symbol that the drawing has not."""
    pen = Pen(spec.symbols, spec.values)
    match spec.network:
        case "unrolled":
            drawing = _unrolled(pen, spec)
        case "bidirectional":
            drawing = _bidirectional(pen, spec)
        case cell:
            drawing = {"rnn": _cells.rnn, "lstm": _cells.lstm, "gru": _cells.gru}[cell](pen)
    for symbol in (*spec.symbols, *spec.values):
        if symbol not in pen.shown:
            raise ValueError(f"the symbol {unknown(symbol, pen.shown)}")
    return drawing


STEP, LEFT, RADIUS, WIDTH, HEIGHT = 84.0, 76.0, 12.0, 40.0, 24.0


def _unrolled(pen: Pen, spec: Spec) -> Drawing:
    """x_t -> h_t -> y_t for every step, and h_{t-1} -> h_t between them."""
    top = 14.0 if spec.output else -32.0
    top += 14.0 if spec.output and any(symbol.startswith("y_") for symbol in spec.values) else 0.0
    foot = 14.0 if any(symbol.startswith("x_") for symbol in spec.values) else 2.0
    state, bottom = top + 52, top + 104
    for step in range(1, spec.steps + 1):
        x = LEFT + (step - 1) * STEP
        start = x - STEP + WIDTH / 2 if step > 1 else x - 56
        pen.arrow((start, state), (x - WIDTH / 2, state))
        pen.text(((start + x - WIDTH / 2) / 2, state - 3), "W_{hh}", valign="bottom", size=8)
        pen.arrow((x, bottom - RADIUS), (x, state + HEIGHT / 2))
        pen.text((x + 3, (bottom + state) / 2), "W_{xh}", "left", size=8)
        pen.box((x, state), WIDTH, HEIGHT, f"h_{step}")
        pen.node((x, bottom), RADIUS, f"x_{step}", above=False)
        if spec.output:
            pen.arrow((x, state - HEIGHT / 2), (x, top + RADIUS))
            pen.text((x + 3, (top + state) / 2), "W_{hy}", "left", size=8)
            pen.node((x, top), RADIUS, f"y_{step}", above=True)
    pen.text((LEFT - 58, state), "h_0", "right")
    last = LEFT + (spec.steps - 1) * STEP
    return pen.drawing(last + WIDTH / 2 + 6, bottom + RADIUS + foot, Bilingual(
        zh=f"循环神经网络按时间展开 {spec.steps} 步：x_t 经 W_xh、h_(t-1) 经 W_hh 得到 h_t"
           + ("，h_t 经 W_hy 得到输出 y_t。" if spec.output else "。"),
        en=f"A recurrent network unrolled over {spec.steps} steps: x_t through W_xh and h_(t-1) through W_hh give h_t"
           + (", which gives the output y_t through W_hy." if spec.output else "."),
    ))


def _bidirectional(pen: Pen, spec: Spec) -> Drawing:
    """A forward row of states and a backward row, both fed by x_t and both feeding y_t."""
    top, backward, forward, bottom = 14.0, 60.0, 104.0, 152.0
    half = WIDTH / 2
    for step in range(1, spec.steps + 1):
        x = LEFT - 30 + (step - 1) * STEP
        if step > 1:
            pen.arrow((x - 14 - STEP + half, forward), (x - 14 - half, forward))
            pen.arrow((x + 14 - half, backward), (x + 14 - STEP + half, backward))
        pen.arrow((x - 14, bottom - 9), (x - 14, forward + HEIGHT / 2))
        pen.arrow((x + 18, bottom - 9), (x + 18, backward + HEIGHT / 2))
        pen.arrow((x - 18, forward - HEIGHT / 2), (x - 18, top + 9))
        pen.arrow((x + 14, backward - HEIGHT / 2), (x + 14, top + 9))
        pen.box((x - 14, forward), WIDTH, HEIGHT, rf"h_{step}^{{\rightarrow}}")
        pen.box((x + 14, backward), WIDTH, HEIGHT, rf"h_{step}^{{\leftarrow}}")
        pen.box((x, bottom), WIDTH + 8, 18, f"x_{step}", fill="#fff")
        pen.box((x, top), WIDTH + 8, 18, f"y_{step}", fill="#fff")
    return pen.drawing(LEFT - 30 + (spec.steps - 1) * STEP + 40, bottom + 12, Bilingual(
        zh=f"双向循环神经网络展开 {spec.steps} 步：前向状态由左向右、后向状态由右向左传递，"
           "每步输出 y_t 由两个方向的状态得到。",
        en=f"A bidirectional recurrent network over {spec.steps} steps: forward states pass left to right, backward "
           "states right to left, and both give y_t.",
    ))
