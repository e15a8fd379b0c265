"""A formula as Typst maths, safe by construction: every sign is from our tables, every text a quoted string.

The result never holds the sign that starts Typst code, so evaluating it with mode "math" can call nothing but the
layout functions written here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import assert_never

from qbank.maths.parse import parse
from qbank.maths.symbols import ARROWS, CLOSING, OPENING
from qbank.maths.tree import (
    Accent,
    Big,
    Binomial,
    Fenced,
    Font,
    Fraction,
    Function,
    Grid,
    Letter,
    Line,
    Node,
    Number,
    Operator,
    Root,
    Row,
    Scripts,
    Space,
    Stacked,
    Symbol,
    Words,
    is_last,
)

_NONE = "std.assert.eq(0, 0)"
"""The value `none`, which has no name in Typst's maths: what this function returns."""

_FACES = {
    "upright": "upright({})", "italic": "italic({})", "bold": "upright(bold({}))", "bold-italic": "bold(italic({}))",
    "script": "cal({})", "double": "bb({})",
}
_LINES = {"over": "overline", "underline": "underline", "under": "underline"}
_SPACES = ((1.5, "wide"), (0.5, "quad"), (0.27, "thick"), (0.2, "med"), (0.0, "thin"))


@lru_cache(maxsize=65536)
def typst(tex: str) -> str:
    r"""Typst maths of a formula. Raises MathsError outside the subset.

    >>> typst(r"R_1 = 4.7\,\mathrm{k\Omega}")
    'attach(R, b: 1) = 4.7 thin"kΩ"'
    """
    root = parse(tex)
    if isinstance(root, Grid) and root.kind == "aligned":  # by itself it may break over pages, line by line
        return " \\ ".join(_aligned(map(_print, row)) for row in root.rows)
    return _print(root)


def _print(node: Node) -> str:
    match node:
        case Row(items):
            return _join(_punctuated(items))
        case Number(text) | Letter(text):
            return text
        case Symbol(text):
            return _sign(text)
        case Operator(sign) | Big(sign):
            return _sign(sign)
        case Function(name, limits):
            return f"limits(op({_quote(name)}))" if limits else f"op({_quote(name)})"
        case Words(text):
            return _quote(text)
        case Space(width):
            return next((name for least, name in _SPACES if width > least), '""')
        case Fraction(over, under, style):
            fraction = f"frac({_print(over)}, {_print(under)})"
            return f"{style}({fraction})" if style else fraction
        case Binomial(over, under):
            return f"binom({_print(over)}, {_print(under)})"
        case Root(body, degree):
            return f"sqrt({_print(body)})" if degree is None else f"root({_print(degree)}, {_print(body)})"
        case Accent(mark, body):
            return f"accent({_print(body)}, {_sign(mark)})"
        case Line("rightarrow" | "leftarrow" as where, body):
            return f"accent({_print(body)}, {_sign(ARROWS[where])})"
        case Line(where, body):
            return f"{_LINES.get(where, where)}({_print(body)})"
        case Stacked(base, over, under, stretched):
            function, room = ("stretch", ("thin",)) if stretched else ("limits", ())
            around = (f"{key}: {_join((*room, _print(each), *room))}"
                      for key, each in (("t", over), ("b", under)) if each is not None)  # fmt: skip
            return f"attach({function}({_print(base)}), {', '.join(around)})"
        case Font(face, body):
            return _FACES[face].format(_print(body))
        case Fenced(left, body, right):
            return f"lr({_join((_sign(left), _print(body), _sign(right)))})"
        case Scripts():
            return _scripts(node)
        case Grid():
            return _grid(node)
        case other:
            assert_never(other)


def _punctuated(items: tuple[Node, ...]) -> Iterator[str]:
    """The pieces of a row; a comma after which nothing follows, as in (8,), and the sign of a group ask for no room."""
    for place, item in enumerate(items):
        match item:
            case Operator(",") if is_last(items, place):
                yield f'class("normal", {_print(item)})'
            case Row((Operator("−" | "+" | "±" as sign), _, *_)):  # 45∠{−30}: a value that was filled in
                yield _join((f'class("unary", {_sign(sign)})', *_punctuated(item.items[1:])))
            case _:
                yield _print(item)


def _scripts(node: Scripts) -> str:
    if isinstance(node.base, Line) and node.base.where in ("overbrace", "underbrace"):
        note = node.sub if node.base.where == "underbrace" else node.sup
        if note is not None:
            return f"{node.base.where}({_print(node.base.body)}, {_print(note)})"
    scripts = [f"{key}: {_print(script)}" for key, script in (("b", node.sub), ("t", node.sup)) if script is not None]
    return f"attach({_print(node.base)}, {', '.join(scripts)})"


def _grid(grid: Grid) -> str:
    match grid.kind:
        case "cases":
            return f"cases({', '.join(' & '.join(map(_print, row)) for row in grid.rows)})"
        case "aligned":
            rows = "; ".join(_aligned(f"display({_print(cell)})" for cell in row) for row in grid.rows)
            return f"mat(delim: {_NONE}, {rows})"
        case "matrix":
            rows = "; ".join(", ".join(map(_print, row)) for row in grid.rows)
            if not grid.left and not grid.right:
                return f"mat(delim: {_NONE}, {rows})"
            if grid.left in tuple("([{|‖") and grid.right == {"(": ")", "[": "]", "{": "}"}.get(grid.left, grid.left):
                return f'mat(delim: "{grid.left}", {rows})'
            return f"lr({_join((_sign(grid.left), f'mat(delim: {_NONE}, {rows})', _sign(grid.right)))})"
        case other:
            assert_never(other)


def _aligned(cells: Iterable[str]) -> str:
    """Cells at the alignment points of a line; every second pair begins at some distance from the one before."""
    return " & ".join(f"quad {cell}" if place and place % 2 == 0 else cell for place, cell in enumerate(cells))


def _sign(sign: str) -> str:
    """Signs of Typst's own grammar are escaped; the number sign is written by its code."""
    if sign == "#":
        return "\\u{23}"
    plain = not sign or sign in "+=<>!?.%" or not (sign.isascii() or sign in OPENING | CLOSING)
    return sign if plain else f"\\{sign}"


def _quote(text: str) -> str:
    """A Typst string literal."""
    text = re.sub(r'[\\"]', r"\\\g<0>", text).replace("#", "\\u{23}")
    return '"' + re.sub(r"\s+", " ", text) + '"'


_CLOSE = ('"', "\\|", "‖")


def _join(pieces: Iterable[str]) -> str:
    """Pieces side by side; Typst would show a space beside a string or a bar, so none is put there."""
    line = ""
    for piece in filter(None, pieces):
        line += piece if not line or line.endswith(_CLOSE) or piece.startswith(_CLOSE) else f" {piece}"
    return line or '""'
