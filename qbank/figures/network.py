"""A recurrent network: unrolled in time, in one or both directions, or one cell from inside: `network: lstm`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from qbank import messages
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

    @property
    def drawn(self) -> frozenset[str]:
        """Nothing: a value is printed where it is shown."""
        return frozenset()


def draw(spec: Spec, given: Given) -> Drawing:  # noqa: ARG001
    """The drawing of a network. Raises ValueError for a symbol that the drawing does not have."""
    symbols = {_today(symbol): other for symbol, other in spec.symbols.items()}
    pen = Pen(symbols, {_today(symbol): name for symbol, name in spec.values.items()})
    match spec.network:
        case "unrolled":
            drawing = _unrolled(pen, spec)
        case "bidirectional":
            drawing = _bidirectional(pen, spec)
        case cell:
            drawing = {"rnn": _cells.rnn, "lstm": _cells.lstm, "gru": _cells.gru}[cell](pen)
    for symbol in (*spec.symbols, *spec.values):
        if _today(symbol) not in pen.shown:
            raise ValueError(messages.tell("the symbol {unknown}", unknown=unknown(symbol, pen.shown)))
    return drawing


def _today(symbol: str) -> str:
    r"""A symbol as it is drawn today: items from before 0.2.0 write the states of a bidirectional network otherwise.

    >>> _today(r"h_1^{\rightarrow}")
    '\\overrightarrow{h}_1'
    """
    return re.sub(r"^h_(\w)\^\{\\(right|left)arrow\}$", r"\\over\2arrow{h}_\1", symbol)


STEP, LEFT, RADIUS, WIDTH, HEIGHT = 84.0, 76.0, 12.0, 40.0, 24.0
WIDE = 104.0
"""From step to step of a bidirectional network."""


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
    side = 40 if {"W_{xh}", "W_{hy}"} & set(spec.values) else 6  # room for a value beside the last arrows
    return pen.drawing(last + WIDTH / 2 + side, bottom + RADIUS + foot, Bilingual(
        zh=f"循环神经网络按时间展开 {spec.steps} 步：x_t 经 W_xh、h_(t-1) 经 W_hh 得到 h_t"
           + ("，h_t 经 W_hy 得到输出 y_t。" if spec.output else "。"),
        en=f"A recurrent network unrolled over {spec.steps} steps: x_t through W_xh and h_(t-1) through W_hh give h_t"
           + (", which gives the output y_t through W_hy." if spec.output else "."),
    ))


def _bidirectional(pen: Pen, spec: Spec) -> Drawing:
    """A forward row of states and a backward row, both fed by x_t and, where there is an output, feeding y_t."""
    top, half, lift = 14.0, WIDTH / 2, 0.0 if spec.output else 42.0
    backward, forward, bottom = 62.0 - lift, 116.0 - lift, 172.0 - lift
    for step in range(1, spec.steps + 1):
        x = LEFT - 30 + (step - 1) * WIDE
        if step > 1:
            pen.arrow((x - 16 - WIDE + half, forward), (x - 16 - half, forward))
            pen.text((x - 16 - WIDE / 2, forward - 3), "w_h", valign="bottom", size=8)
            pen.arrow((x + 16 - half, backward), (x + 16 - WIDE + half, backward))
            pen.text((x + 16 - WIDE / 2, backward - 3), "v_h", valign="bottom", size=8)
        pen.arrow((x - 16, bottom - 9), (x - 16, forward + HEIGHT / 2))
        pen.text((x - 19, (bottom - 9 + forward + HEIGHT / 2) / 2), "w_x", "right", size=8)
        pen.arrow((x + 22, bottom - 9), (x + 22, backward + HEIGHT / 2))
        pen.text((x + 25, (bottom - 9 + forward + HEIGHT / 2) / 2), "v_x", "left", size=8)
        if spec.output:
            pen.arrow((x - 22, forward - HEIGHT / 2), (x - 22, top + 9))
            pen.arrow((x + 16, backward - HEIGHT / 2), (x + 16, top + 9))
            pen.box((x, top), WIDTH + 16, 18, f"y_{step}", fill="#fff")
        pen.box((x - 16, forward), WIDTH, HEIGHT, rf"\overrightarrow{{h}}_{step}")
        pen.box((x + 16, backward), WIDTH, HEIGHT, rf"\overleftarrow{{h}}_{step}")
        pen.box((x, bottom), WIDTH + 16, 18, f"x_{step}", fill="#fff")
    return pen.drawing(LEFT - 30 + (spec.steps - 1) * WIDE + 44, bottom + 12, Bilingual(
        zh=f"双向循环神经网络展开 {spec.steps} 步：前向状态由左向右（权重 w_x、w_h）、后向状态由右向左"
           "（权重 v_x、v_h）传递" + ("，每步输出 y_t 由两个方向的状态得到。" if spec.output else "。"),
        en=f"A bidirectional recurrent network over {spec.steps} steps: forward states pass left to right with the "
           "weights w_x and w_h, backward states right to left with v_x and v_h"
           + (", and both give y_t." if spec.output else "."),
    ))
