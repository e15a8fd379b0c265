"""A formula as a line of text, for a terminal, a label or a screen reader."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import assert_never

from qbank.maths.parse import parse
from qbank.maths.symbols import ARROWS, BINARIES, OPENING, PUNCTUATION, RELATIONS
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

_RAISED = str.maketrans("0123456789+-−ni′", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿⁱ′")
_SIGNS = {"−": "-", "⋅": "·", "∗": "*", "⟂": "⊥"}
_LINES = {"over": "overline", "under": "underline", "overbrace": "overbrace", "underbrace": "underbrace"}


@lru_cache(maxsize=65536)
def plain(tex: str) -> str:
    r"""A formula as text. Raises MathsError outside the subset.

    >>> plain(r"A_{uf} = -\frac{R_f}{R_1}"), plain(r"4.7\,\mathrm{k\Omega}"), plain("x^2")
    ('A_uf = -R_f/R_1', '4.7 kΩ', 'x²')
    """
    return re.sub(r"\s+", " ", _print(parse(tex))).strip()


def _print(node: Node) -> str:
    match node:
        case Row(items):
            return _row(items)
        case Number(text) | Letter(text) | Symbol(text) | Words(text):
            return text
        case Operator(sign) | Big(sign):
            return _SIGNS.get(sign, sign)
        case Function(name, _):
            return name
        case Space(width):
            return " " if width > 0 else ""
        case Fraction(over, under, _):
            return f"{_factor(over, product=True)}/{_factor(under)}"
        case Binomial(over, under):
            return f"C({_print(over)}, {_print(under)})"
        case Root(body, degree):
            return f"{'' if degree is None else _script('^', degree).removeprefix('^')}√{_factor(body)}"
        case Accent(mark, body):
            text = _print(body)
            return unicodedata.normalize("NFC", text + mark) if len(text) == 1 else f"{text}{mark}"
        case Line("over", Letter(text) | Number(text)):
            return "".join(character + "\u0305" for character in text)
        case Line("rightarrow" | "leftarrow" as where, body):
            return f"{_print(body)}{ARROWS[where]}"
        case Line(where, body):
            return f"{_LINES[where]}({_print(body)})"
        case Stacked(base, over, under, _):
            around = ", ".join(_print(each) for each in (over, under) if each is not None)
            return f" {_print(base).strip()}({around}) " if around.strip() else f" {_print(base).strip()} "
        case Font(_, body):
            return _print(body)
        case Fenced(left, body, right):
            return f"{left}{_print(body)}{right}"
        case Scripts(base, sub, sup):
            return _factor(base) + _scripts(sub, sup)
        case Grid(kind, left, right, rows):
            lines = (_line(row) if kind == "aligned" else _list(row) for row in rows)
            return f"{left}{'; '.join(lines)}{right}"
        case other:
            assert_never(other)


def _line(cells: tuple[Node, ...]) -> str:
    pairs = ("".join(map(_print, cells[place : place + 2])) for place in range(0, len(cells), 2))
    return " ".join(pairs).strip()


def _list(cells: tuple[Node, ...]) -> str:
    return ", ".join(_print(cell).strip(" ,") for cell in cells)


def _row(items: tuple[Node, ...]) -> str:
    """Relations and binary signs are put between spaces, a sign of a number does not."""
    line = ""
    before: Node | None = None
    for place, item in enumerate(items):
        text = _print(item)
        if isinstance(item, Operator) and item.sign in PUNCTUATION:
            line += text if is_last(items, place) else f"{text} "
        elif isinstance(item, Operator) and item.sign in RELATIONS | BINARIES and not _is_prefix(item, before):
            line = f"{line.rstrip()} {text} "
        else:
            line += f" {text}" if _parted(before, item) else text
        if not (isinstance(item, Space) and isinstance(before, Operator) and before.sign in PUNCTUATION):
            before = item
    return line


def _is_prefix(item: Operator, before: Node | None) -> bool:
    return item.sign in "+−±∓" and (
        before is None or (isinstance(before, Operator) and before.sign in RELATIONS | BINARIES | PUNCTUATION | OPENING)
    )


def _parted(before: Node | None, item: Node) -> bool:
    """Whether two neighbours would run together: sin x, R_1 R_2, but 2x and f(x)."""
    if before is None or isinstance(before, Operator | Space) or isinstance(item, Operator | Space | Symbol):
        return False
    if isinstance(item, Fenced):
        return isinstance(before, Fraction | Big)
    if isinstance(before, Scripts) and isinstance(before.base, Words | Operator | Row):  # H_2O, (NH_4)_2SO_4
        return not isinstance(_base(item), Words | Operator)
    if isinstance(_base(item), Operator):
        return False
    named = (Big, Function, Scripts, Fraction, Root)
    return isinstance(before, named) or isinstance(item, Big | Function | Fraction)


def _base(node: Node) -> Node:
    return node.base if isinstance(node, Scripts) else node


def _factor(node: Node, *, product: bool = False) -> str:
    """The text of a node, in parentheses unless it is one thing; a numerator may also be a product."""
    text = _print(node)
    match node:
        case Row(()) | Row((Symbol(), _)):  # nothing, or a whole such as ∂W
            return text
        case Row() | Fraction() | Grid():
            pass
        case _:
            return text
    return text if product and not re.search(r"(?<=.)[-+±∓ /]", text) else f"({text})"


def _scripts(sub: Node | None, sup: Node | None) -> str:
    """Both scripts; primes are next to the letter, a power after its index."""
    below = "" if sub is None else _script("_", sub)
    above = "" if sup is None else _script("^", sup)
    return above + below if above.startswith("′") else below + above


def _script(mark: str, node: Node) -> str:
    """A sub- or superscript: raised digits where Unicode has them, else the mark and the text."""
    text = _print(node).replace(" ", "")
    if mark == "^" and all(ord(character) in _RAISED for character in text):
        return text.translate(_RAISED)
    return f"{mark}{text}" if text.isalnum() or len(text) == 1 else f"{mark}({text})"
