"""The sketch onto which a description is read, and its entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from qbank import maths, messages
from qbank.circuits import _points
from qbank.circuits._records import SIDES, Arrow, CircuitError, Part, Path, Point, Port, Side, Tag
from qbank.registry import unknown


@dataclass(slots=True)
class Sketch:
    """What has been read so far; `places` are the points that later entries may name, `ends` the places of
    pins and grounds with the paths of their entries."""

    places: dict[str, Point] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    wires: list[tuple[Point, Point]] = field(default_factory=list)
    grounds: list[Point] = field(default_factory=list)
    ports: list[Port] = field(default_factory=list)
    terminals: list[Point] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    ends: list[tuple[Point, Path]] = field(default_factory=list)
    sides: list[Point] = field(default_factory=list)
    """The places where signals may enter or leave blocks."""
    wire_ends: list[tuple[Point, Path]] = field(default_factory=list)
    paths: dict[str, Path] = field(default_factory=dict)

    def name(self, name: str, path: Path) -> None:
        """Take a name for a part or a port. Raises CircuitError when it is taken."""
        if name in self.paths:
            raise CircuitError(path, messages.tell("the name {name!r} is already taken", name=name))
        self.paths[name] = path

    def wire(self, start: Point, end: Point, path: Path) -> None:
        """Lead a straight wire from one point to another."""
        self.wires.append((start, end))
        self.wire_ends += [(start, path), (end, path)]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of `parts:`: its kind, the value after it, its other keys, and its path."""

    kind: str
    value: Any
    more: Mapping[str, Any]
    path: Path

    def text(self, key: str, default: str | None = None) -> str:
        """A text of the entry. Raises CircuitError when it is missing and has no default."""
        value = self.more.get(key, default)
        if value is None:
            raise CircuitError(self.path, messages.tell("{key!r} is missing", key=key))
        if not isinstance(value, str):
            raise CircuitError(self.path, messages.tell("{key!r} must be a text", key=key))
        return value

    def point(self, key: str, sketch: Sketch) -> Point:
        """A point of the entry."""
        return _points.point(self.text(key), sketch.places, (*self.path, key))

    def flag(self, key: str) -> bool:
        """Whether a yes-or-no key is yes."""
        text = self.text(key, "no")
        if text not in ("yes", "no", "true", "false"):
            raise CircuitError((*self.path, key), messages.tell("{text!r} is neither yes nor no", text=text))
        return text in ("yes", "true")

    def tag(self, at: Point, gap: float, side: Side, *, tex: str | None = None) -> Tag:
        """The symbol beside the entry: where the author says, else on the given side."""
        chosen = self.text("side", side)
        if chosen not in (*SIDES, "center"):
            raise CircuitError((*self.path, "side"), unknown(chosen, (*SIDES, "center")))
        place = _points.moved(at, self.text("nudge", ""), (*self.path, "nudge"))
        shown = self.text("symbol", symbol(str(self.value)) if tex is None else tex)
        try:
            if shown:
                maths.parse(shown)
        except maths.MathsError as error:
            raise CircuitError((*self.path, "symbol" if "symbol" in self.more else self.kind), str(error)) from error
        return Tag(shown, place, cast(Side, chosen), gap)


def symbol(name: str) -> str:
    r"""The TeX of a part's name.

    >>> symbol("R_b1"), symbol("VT_1"), symbol("u_o")
    ('R_{b1}', '\\mathrm{VT}_1', 'u_o')
    """
    base, _, index = name.partition("_")
    letter = base if len(base) <= 1 else rf"\mathrm{{{base}}}"
    return letter + (f"_{index}" if len(index) == 1 else f"_{{{index}}}" if index else "")
