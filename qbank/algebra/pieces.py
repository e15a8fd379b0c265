"""Pieces of TeX that know how tightly they hold together, and the ways to join them."""

from __future__ import annotations

import re
from dataclasses import dataclass

GROUP = re.compile(r"\{[^{}]*\}|\([^()]*\)|\|[^|]*\|")  # what braces, parentheses or bars hold together
SIGN = re.compile(r"(?<![_^])(?:[-+−]|\\[pm][pm]\b)")  # not the sign of u_+

CASES, OR, AND, NOT, RELATION, SUM, PARALLEL, PRODUCT, POWER, ATOM = range(10)  # how tightly a piece holds together


@dataclass(frozen=True, slots=True)
class Piece:
    """TeX, how tightly it holds together, and whether it begins and ends in digits or a fraction."""

    tex: str
    level: int = ATOM
    begins: str = ""
    ends: str = ""


def written(tex: str) -> Piece:
    """The piece of a number's TeX."""
    sign = tex.lstrip().startswith(("-", "+", "−"))
    compound = any(mark in tex for mark in (r"\times", r"\cdot", r"\,", " "))
    level = SUM if sign else PRODUCT if compound else ATOM
    return Piece(tex, level, "sign" if sign else "digits", "digits")


def symbol(tex: str) -> Piece:
    """The piece of a symbol: `1 + AF` is a sum, `R_f/R_1` a quotient, and one with an exponent takes no second one."""
    outer = tex
    while (inner := GROUP.sub("", outer)) != outer:
        outer = inner
    if SIGN.search(outer):
        return Piece(tex, SUM, "sign" if SIGN.match(outer.lstrip()) else "")
    if "/" in outer:
        return Piece(tex, PARALLEL)
    return Piece(tex, POWER if "^" in tex or "'" in tex else ATOM)


def fenced(piece: Piece, level: int) -> Piece:
    """The piece in parentheses where it holds together less tightly than the level."""
    if piece.level >= level:
        return piece
    tall = any(mark in piece.tex for mark in (r"\frac", r"\begin", r"\left"))
    digits = "digits" if piece.begins and piece.ends == "digits" else ""  # a number stays one in parentheses
    return Piece(rf"\left({piece.tex}\right)" if tall else f"({piece.tex})", ATOM, digits, digits)


def juxtaposed(left: Piece, right: Piece) -> Piece:
    """A product: no sign between symbols, × before digits and between a number and a fraction of numbers."""
    cross = right.begins == "digits" or (bool(left.ends) and right.begins == "fraction")
    sign = r" \times " if cross else " "
    return Piece(f"{left.tex}{sign}{right.tex}", PRODUCT, left.begins, right.ends)


def applied(name: str, inner: str, *, absolute: bool) -> Piece:
    """A named function and its arguments."""
    opening, closing = (r"\left|", r"\right|") if absolute else (r"\left(", r"\right)")
    begins = "digits" if name[0].isdigit() else ""
    return Piece(f"{name}{opening}{inner}{closing}", PRODUCT if begins else POWER, begins)
