"""A formula as MathML Core, with its plain text as the label that a screen reader speaks.

Faces are characters (𝐖, ℒ), not attributes: MathML Core knows only `mathvariant="normal"`. A page also needs `CSS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from itertools import takewhile
from typing import assert_never

from qbank.maths import faces, symbols
from qbank.maths.faces import faced
from qbank.maths.parse import parse
from qbank.maths.plain import plain
from qbank.maths.symbols import BINARIES, CLOSING, OPENING, PUNCTUATION, RELATIONS
from qbank.maths.tree import (
    Accent,
    Big,
    Binomial,
    Face,
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
    apart,
    is_last,
    is_upright,
)

CSS = """\
mtable.aligned > mtr > mtd { padding: 0.25em 0; text-align: left; }
mtable.aligned > mtr > mtd:nth-child(odd) { text-align: right; }
mtable.aligned > mtr > mtd:nth-child(odd):not(:first-child) { padding-left: 1em; }
mtable.cases > mtr > mtd { text-align: left; }
@supports (math-depth: auto-add) and (-webkit-tap-highlight-color: red) and (not (-moz-appearance: none)) {
  msqrt.low { margin-right: -0.42em; }
}
"""
"""The style sheet of the formulas (a strict content security policy allows no style attribute).

Chromium gives a low root the width of the widest sign of roots in the font: the margin takes that room away again.
"""

_THIN = '<mspace width="0.167em"></mspace>'
_ACCENTS = {"\u0302": "^", "\u030c": "ˇ", "\u0303": "~", "\u0304": "¯", "\u0307": "˙", "\u0308": "¨", "\u20d7": "→"}
_LINES = {
    "over": ("mover", "‾"), "under": ("munder", "_"), "overbrace": ("mover", "⏞"), "underbrace": ("munder", "⏟"),
    "rightarrow": ("mover", "→"), "leftarrow": ("mover", "←"),
}
SIGNS = frozenset("\u2061").union(
    symbols.SIGNS, faces.every(), _ACCENTS, _ACCENTS.values(), *(sign for _, sign in _LINES.values())
)
"""Every sign that a formula may print besides letters and digits."""


@lru_cache(maxsize=65536)
def mathml(tex: str, display: bool = False) -> str:
    """The `<math>` element of a formula; with `display`, on a line of its own. Raises MathsError outside the subset.

    >>> mathml("x^2")
    '<math aria-label="x²"><msup><mi>x</mi><mn>2</mn></msup></math>'
    """
    block = ' display="block"' if display else ""
    return f'<math{block} aria-label="{escape(plain(tex))}">{_print(parse(tex), _Style())}</math>'


@dataclass(frozen=True, slots=True)
class _Style:
    """The face of the letters, and whether they are in a script, where signs keep no distance."""

    face: Face = "italic"
    script: bool = False

    @property
    def room(self) -> str:
        return ' lspace="0" rspace="0"' if self.script else ""


def _print(node: Node, style: _Style) -> str:
    """One element for one node."""
    match node:
        case Row(items):
            return f"<mrow>{''.join(_row(items, style))}</mrow>"
        case Number(text):
            return f"<mn>{''.join(faced(digit, style.face) for digit in text)}</mn>"
        case Letter(text):
            return _letter(text, style.face)
        case Symbol(text):
            return f'<mi mathvariant="normal">{escape(text)}</mi>'
        case Operator(sign):
            if sign in _FENCES:
                return f'<mo stretchy="false" lspace="0" rspace="0">{sign}</mo>'
            return f"<mo{style.room}>{escape(sign)}</mo>"
        case Big(sign):
            return f"<mo>{sign}</mo>"
        case Function(name, _):
            return f'<mi mathvariant="normal">{escape(name)}</mi>'
        case Words(text):
            return _words(text)
        case Space(width):
            return f'<mspace width="{width:.3g}em"></mspace>'
        case Fraction(over, under, size):
            level = {"": "", "display": ' displaystyle="true"', "inline": ' displaystyle="false"'}[size]
            return f"<mfrac{level}>{_print(over, style)}{_print(under, style)}</mfrac>"
        case Binomial(over, under):
            inside = f'<mfrac linethickness="0">{_print(over, style)}{_print(under, style)}</mfrac>'
            return f"<mrow><mo>(</mo>{inside}<mo>)</mo></mrow>"
        case Root(body, degree):
            if degree is None:
                low = ' class="low"' if _is_low(body) else ""
                return f"<msqrt{low}>{_print(body, style)}</msqrt>"
            return f"<mroot>{_print(body, style)}{_print(degree, style)}</mroot>"
        case Accent(mark, body):
            sign = f'<mo stretchy="false" lspace="0" rspace="0">{_ACCENTS[mark]}</mo>'
            return f'<mover accent="true">{_print(body, style)}{sign}</mover>'
        case Line(where, body):
            element, sign = _LINES[where]
            return f'<{element}>{_print(body, style)}<mo stretchy="true">{sign}</mo></{element}>'
        case Stacked():
            return _stacked(node, style)
        case Font(inner, body):
            return _print(body, replace(style, face=inner))
        case Fenced(left, body, right):
            tall = not _is_low(body)
            return f"<mrow>{_fence(left, 'prefix', tall)}{_print(body, style)}{_fence(right, 'postfix', tall)}</mrow>"
        case Scripts():
            return _scripts(node, style)
        case Grid():
            return _grid(node, style)
        case other:
            assert_never(other)


_FENCES = OPENING | CLOSING | frozenset("|‖/")


def _row(items: tuple[Node, ...], style: _Style) -> Iterator[str]:
    """The elements of a row: a minus that joins nothing is a prefix, a function keeps its distance."""
    before: Node | None = None
    for place, item in enumerate(items):
        if before is not None and not style.script and apart(before, item):
            yield _THIN
        if isinstance(item, Operator) and item.sign in "+−±∓" and _expects_operand(before):
            yield f'<mo form="prefix"{style.room}>{item.sign}</mo>'
        elif item == Operator(",") and is_last(items, place):
            yield '<mo lspace="0" rspace="0">,</mo>'
        else:
            yield _print(item, style)
        if not (isinstance(item, Space) and isinstance(before, Operator) and before.sign in PUNCTUATION):
            before = item


def _expects_operand(before: Node | None) -> bool:
    return before is None or (
        isinstance(before, Operator) and before.sign in RELATIONS | BINARIES | PUNCTUATION | OPENING
    )


def _is_low(node: Node) -> bool:
    """Whether nothing in a body is above the line."""
    match node:
        case Row(items):
            return all(map(_is_low, items))
        case Scripts(base, _, sup):
            return sup is None and _is_low(base)
        case Font(_, body):
            return _is_low(body)
        case _:
            return isinstance(node, Number | Letter | Symbol | Operator | Words | Space | Function)


def _scripts(node: Scripts, style: _Style) -> str:
    base = node.base
    under = (isinstance(base, Big | Function) and base.limits) or (
        isinstance(base, Line) and base.where in ("overbrace", "underbrace")
    )
    printed = _print(base, style)
    primes, sup = _primes(node.sup)
    if primes:  # the prime of a maths font is raised already
        printed = f'<mrow>{printed}<mo lspace="0" rspace="0">{primes}</mo></mrow>'
    scripts = [(name, script) for name, script in (("sub", node.sub), ("sup", sup)) if script is not None]
    if not scripts:
        return printed
    inside = replace(style, script=True)
    element = "m" + "".join({"sub": "under", "sup": "over"}[name] if under else name for name, _ in scripts)
    return f"<{element}>{printed}{''.join(_print(script, inside) for _, script in scripts)}</{element}>"


def _stacked(node: Stacked, style: _Style) -> str:
    """Over and under a base; an arrow gets room at both ends of what is on it."""
    inside = replace(style, script=True)
    base = _print(node.base, style)
    room = '<mspace width="0.4em"></mspace>' if node.stretched else ""
    if node.stretched and isinstance(node.base, Operator):
        base = f'<mo stretchy="true">{escape(node.base.sign)}</mo>'
    scripts = [(name, each) for name, each in (("under", node.under), ("over", node.over)) if each is not None]
    printed = "".join(f"<mrow>{room}{_print(each, inside)}{room}</mrow>" for _, each in scripts)
    element = "m" + "".join(name for name, _ in scripts)
    return f"<{element}>{base}{printed}</{element}>"


def _primes(sup: Node | None) -> tuple[str, Node | None]:
    """The primes a superscript begins with, and the rest of it."""
    items = sup.items if isinstance(sup, Row) else ()
    count = len(list(takewhile(lambda item: item == Symbol("′"), items)))
    rest = items[count:]
    return "′" * count, (sup if not count else rest[0] if len(rest) == 1 else Row(rest) if rest else None)


def _grid(grid: Grid, style: _Style) -> str:
    rows = "".join(
        "<mtr>" + "".join(f"<mtd>{_print(cell, style)}</mtd>" for cell in row) + "</mtr>" for row in grid.rows
    )
    attributes = {"aligned": ' class="aligned" displaystyle="true"', "cases": ' class="cases"', "matrix": ""}[grid.kind]
    table = f"<mtable{attributes}>{rows}</mtable>"
    if not grid.left and not grid.right:
        return table
    return f"<mrow>{_fence(grid.left, 'prefix')}{table}{_fence(grid.right, 'postfix')}</mrow>"


def _fence(sign: str, form: str, tall: bool = True) -> str:
    stretchy = "true" if tall else "false"
    return f'<mo form="{form}" fence="true" stretchy="{stretchy}" lspace="0" rspace="0">{sign}</mo>' if sign else ""


def _words(text: str) -> str:
    if text.isalnum() and text.isascii():
        return f'<mi mathvariant="normal">{text}</mi>'
    held = re.sub(r"^\s+|\s+$", "\u00a0", text)  # MathML drops the white space at the ends
    return f"<mtext>{escape(held)}</mtext>"


def _letter(text: str, face: Face) -> str:
    character = faced(text, face)
    if is_upright(text, face):
        return f'<mi mathvariant="normal">{character}</mi>'
    return f"<mi>{character}</mi>"
