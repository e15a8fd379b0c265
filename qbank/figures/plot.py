"""A curve on its axes: a waveform, a load line, a transfer curve, a Bode plot: `plot: crossover`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

from pydantic import Field, model_validator

from qbank import messages
from qbank.figures import _curves
from qbank.figures._curves import Curve
from qbank.figures._given import Given
from qbank.figures._pen import Pen, Point, Symbols
from qbank.model import Bilingual, Drawing
from qbank.records import Record, Truth
from qbank.registry import unknown

Frame: TypeAlias = Literal["wave", "transfer", "bode", "load"]
Mark: TypeAlias = tuple[float, float, str, Literal["x", "y"]]
"""A point of the frame, the symbol for it, and the axis beside which the symbol stands."""
FRAMES: dict[Frame, tuple[float, float, Point]] = {
    "wave": (170.0, 96.0, (0.0, 0.5)), "transfer": (150.0, 104.0, (0.55, 1.0)), "bode": (210.0, 100.0, (0.0, 1.0)),
    "load": (170.0, 120.0, (0.0, 1.0)),
}
"""Width, height, and where the axes meet (as parts of them, from the top left)."""


@dataclass(frozen=True, slots=True)
class Plot:
    """One plot: its frame, its curve, the symbols at its axes, and a description."""

    frame: Frame
    curve: Callable[[], Curve]
    axes: tuple[str, str]
    alt: Bilingual
    marks: tuple[Mark, ...] = ()


def _wave(curve: Callable[[], Curve], zh: str, en: str, symbol: str = "u_o") -> Plot:
    return Plot("wave", curve, ("t", symbol), Bilingual(zh=f"波形：{zh}。", en=f"A waveform: {en}."))


def _transfer(curve: Callable[[], Curve], zh: str, en: str, *marks: Mark) -> Plot:
    alt = Bilingual(zh=f"转移特性：{zh}。", en=f"A transfer curve: {en}.")
    return Plot("transfer", curve, ("u_{GS}", "i_D"), alt, marks)


PLOTS: dict[str, Plot] = {
    "sine": _wave(_curves.sine, "正弦波", "a sine"),
    "clipped-bottom": _wave(_curves.clipped_bottom, "正弦波的底部被削平", "a sine with its bottom cut flat"),
    "clipped-top": _wave(_curves.clipped_top, "正弦波的顶部被削平", "a sine with its top cut flat"),
    "clipped-both": _wave(_curves.clipped_both, "正弦波的顶部和底部都被削平", "a sine with top and bottom cut flat"),
    "crossover": _wave(_curves.crossover, "正弦波在过零附近出现平台", "a sine that is flat about its zero crossings"),
    "half-wave": _wave(_curves.half_wave, "只有正半周的正弦波", "the positive halves of a sine"),
    "full-wave": _wave(_curves.full_wave, "全部翻为正的正弦半周", "the halves of a sine, all positive"),
    "filtered": _wave(_curves.filtered, "电容滤波后的整流电压", "a rectified voltage after a capacitor"),
    "square": _wave(_curves.square, "方波", "a square wave", "u_i"),
    "triangle": _wave(_curves.triangle, "三角波", "a triangular wave"),
    "jfet": _transfer(_curves.jfet, "u_GS 由 U_P 到 0", "u_GS from U_P to 0", (-0.8, 0, "U_P", "x"),
                      (0, 0.9, "I_{DSS}", "y")),
    "depletion": _transfer(_curves.depletion, "u_GS 可正可负，u_GS = 0 时 i_D = I_DSS",
                           "u_GS of either sign, i_D = I_DSS at u_GS = 0", (-0.55, 0, "U_P", "x"),
                           (0, 0.45, "I_{DSS}", "y")),
    "enhancement": _transfer(_curves.enhancement, "u_GS 大于 U_T 才有 i_D", "i_D flows only for u_GS above U_T",
                             (0.3, 0, "U_T", "x")),
    "bode": Plot("bode", _curves.bode, ("f", r"20\lg|A_u|"), Bilingual(
        zh="波特图：f_L 以下每十倍频升 20 dB，f_L 与 f_H 之间为中频增益 A_m，f_H 以上每十倍频降 20 dB。",
        en="A Bode plot: up 20 dB a decade below f_L, the gain A_m between f_L and f_H, down 20 dB a decade above f_H.",
    ), ((0.3, 0.75, "f_L", "x"), (0.68, 0.75, "f_H", "x"), (0.3, 0.75, "A_m", "y"))),
    "load-line": Plot("load", lambda: ((0.0, 0.85), (0.85, 0.0)), ("u_{CE}", "i_C"), Bilingual(
        zh="输出特性坐标上的直流负载线：与两轴交于 U_0、I_0，静态工作点 Q 的坐标为 U_CEQ、I_CQ。",
        en="A load line on the output plane: it meets the axes at U_0 and I_0; "
           "the operating point Q is at U_CEQ, I_CQ.",
    ), ((0.42, 0.43, "U_{CEQ}", "x"), (0.42, 0.43, "I_{CQ}", "y"), (0.85, 0, "U_0", "x"), (0, 0.85, "I_0", "y"))),
}


class Spec(Record):
    """A figure that shows a curve of PLOTS; `symbols` and `values` as in a network."""

    family: ClassVar[Literal["plot"]] = "plot"
    plot: str | Mapping[str, str]
    symbols: Symbols = Field(default_factory=dict)
    values: Mapping[str, str] = Field(default_factory=dict)
    printed: Truth = True
    names: ClassVar[tuple[str, ...]] = ()

    @model_validator(mode="after")
    def _known(self) -> Spec:
        plots = [self.plot] if isinstance(self.plot, str) else [n for key, n in self.plot.items() if key != "by"]
        if not isinstance(self.plot, str) and "by" not in self.plot:
            raise ValueError(messages.tell("a plot that varies is written {{by: parameter, label: plot, …}}"))
        for name in plots:
            if name not in PLOTS:
                raise ValueError(messages.tell("the plot {unknown}", unknown=unknown(name, PLOTS)))
        return self

    @property
    def by(self) -> str | None:
        """The label parameter that picks the plot, if one does."""
        return None if isinstance(self.plot, str) else self.plot["by"]

    @property
    def uses(self) -> frozenset[str]:
        """The item's names whose values the drawing bears, and the one that picks it."""
        return frozenset(self.values.values()) | ({self.by} if self.by else set())

    @property
    def drawn(self) -> frozenset[str]:
        """Nothing: a value is printed where it is shown."""
        return frozenset()


def draw(spec: Spec, given: Given) -> Drawing:
    """The drawing of a plot. Raises ValueError for a label or symbol that does not exist."""
    label = given.label(spec.by)
    if isinstance(spec.plot, str):
        plot = PLOTS[spec.plot]
    elif label is None or label == "by" or label not in spec.plot:
        known = [key for key in spec.plot if key != "by"]
        raise ValueError(messages.tell("the label {unknown}", unknown=unknown(str(label), known)))
    else:
        plot = PLOTS[spec.plot[label]]
    pen = Pen(spec.symbols, spec.values)
    drawing = _drawn(pen, plot)
    for symbol in (*spec.symbols, *spec.values):
        if symbol not in pen.shown:
            raise ValueError(messages.tell("the symbol {unknown}", unknown=unknown(symbol, pen.shown)))
    return drawing


LEFT, NARROW, TOP = 66.0, 30.0, 16.0
"""The margins: wide where a value is beside the upright axis."""


def _drawn(pen: Pen, plot: Plot) -> Drawing:
    width, height, (along, down) = FRAMES[plot.frame]
    left = LEFT if any(axis == "y" and tex in pen.values for _, _, tex, axis in plot.marks) else NARROW
    x0, y0 = left + along * width, TOP + down * height
    right, up = (1 - along) * width, down * height

    def at(x: float, y: float) -> Point:
        return round(x0 + x * (along * width if x < 0 else right) * 0.94, 2), round(y0 - y * up * 0.94, 2)

    pen.arrow((left, y0), (left + width, y0))
    pen.arrow((x0, TOP + height), (x0, TOP - 6))
    pen.text((left + width + 3, y0), plot.axes[0], "left")
    pen.text((x0 + 5, TOP - 8), plot.axes[1], "left")
    pen.text((x0 - 3, y0 + 2), "O", "right", "top")
    pen.line(*(at(x, y) for x, y in plot.curve()), width=1.5)
    for x, y, tex, axis in plot.marks:
        point, foot = at(x, y), at(x, 0) if axis == "x" else at(0, y)
        if point != foot:
            pen.dashes(point, foot)
        if axis == "x":
            pen.text((foot[0], foot[1] + 3), tex, valign="top")
        else:
            beside: Literal["left", "right"] = "left" if along > 0 else "right"
            pen.text((foot[0] + (6 if along > 0 else -3), foot[1]), tex, beside)
    if plot.frame == "load":
        pen.dot(at(0.42, 0.43))
        pen.text((at(0.42, 0.43)[0] + 4, at(0.42, 0.43)[1] - 2), "Q", "left", "bottom")
    return pen.drawing(left + width + 34, TOP + height + 20, plot.alt)
