"""A decimal as it was written: digits with a point or a comma, in groups or not, and its power of ten or its prefix.

    decimal  := mantissa exponent? | "10" power | digits prefix digits ("4k7") | "R" digits
    mantissa := digits ("." digits?)? | "." digits | groups
    groups   := digits in threes, set off by spaces or commas, then a point; or by spaces or points, then a comma
    exponent := ("e" | "E") sign? digits | ("*" | "x") "10" power
    power    := ("^" | "**") (sign? digits | "(" sign? digits ")")
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, TypeAlias

from qbank.numerals.constant import Stopped

Comma: TypeAlias = Literal["ask", "decimal", "thousands"]

_EXPONENT = r"\s*+(?:([+-]?\s*+\d+)|\(\s*+([+-]?\s*+\d+)\s*\))"  # possessive: never a second try
_DIGITS = re.compile(r"\d*+", re.ASCII)
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?! ?\d)(?:\.\d*|,\d+)?", re.ASCII)
_POINTS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+,\d+(?![.,]?\d)", re.ASCII)
_COMMAS = re.compile(r"\d*+(?:,\d++)++(?:\.\d*)?", re.ASCII)
_PLAIN = re.compile(r"\d+(?:\.\d*)?|\.\d+", re.ASCII)
_LETTERS = frozenset("fpnuµmkKMGTR")
_INFIX = re.compile(rf"(\d+)([{''.join(sorted(_LETTERS))}])(\d+)|R(\d+)", re.ASCII)
_TEN = re.compile(r"10\s*+(?:\^|\*\*)" + _EXPONENT, re.ASCII)
_E = re.compile(r"(?:[eE]|\sE)([+-]?\d+)", re.ASCII)
_TIMES_TEN = re.compile(r"\s*+[*xX]\s*+10\s*+(?:\^|\*\*)" + _EXPONENT, re.ASCII)
_GROUPS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?", re.ASCII)


class Digits(NamedTuple):
    """A decimal as read: mantissa digits with at most a point, a power of ten, and where it ended."""

    mantissa: str
    power: int
    end: int
    rigid: bool = False  # groups, commas and 4k7 are whole numbers by themselves: no sum goes on from them
    letter: str = ""  # the prefix that stood for the point
    other: float = 0.0  # with its comma as the decimal one


def decimal(text: str, at: int, comma: Comma, prefix: bool) -> Digits | None:
    """The decimal from an index on; the sign behind its first digits says what it may be."""
    first = _DIGITS.match(text, at)
    assert first is not None
    behind = text[first.end() : first.end() + 1]
    if behind in _LETTERS and (infix := _INFIX.match(text, at)):
        if not prefix:
            raise Stopped(infix.start(2) if infix.group(2) else at, "prefix")
        whole, letter, decimals, alone = infix.groups()
        if alone is not None:
            return Digits(f"0.{alone}", 0, infix.end(), rigid=True, letter="R")
        return Digits(f"{whole}.{decimals}", 0, infix.end(), rigid=True, letter=letter)
    if first.group() == "10" and (ten := _TEN.match(text, at)):
        return Digits("1", _power(ten, at), ten.end())
    rigid, other = True, 0.0
    if behind == "," and (found := _COMMAS.match(text, at)):
        mantissa = _without_commas(found.group(), comma, at)
        if comma == "thousands" and "." not in mantissa and found.group().count(",") == 1:
            other = float(found.group().replace(",", "."))
    elif (behind == " " and (found := _SPACED.match(text, at))) or (
        behind == "." and (found := _POINTS.match(text, at))
    ):
        mantissa = found.group().replace(" ", "")
        if "," in mantissa:
            if comma == "thousands":
                raise Stopped(at + found.group().index(","), "group")
            mantissa = mantissa.replace(".", "").replace(",", ".")
    elif (found := _PLAIN.match(text, at)) is not None:
        mantissa, rigid = found.group(), False
    else:
        return None
    end = found.end()
    exponent = (_E.match(text, end) or _TIMES_TEN.match(text, end)) if end < len(text) else None
    if exponent is None:
        return Digits(mantissa, 0, end, rigid, other=other)
    return Digits(mantissa, _power(exponent, exponent.start()), exponent.end(), rigid)


def _power(found: re.Match[str], at: int) -> int:
    digits = "".join(next(group for group in found.groups() if group is not None).split())
    if len(digits.lstrip("+-0")) > 2:
        raise Stopped(at, "exponent")
    return int(digits)


def _without_commas(digits: str, comma: Comma, at: int) -> str:
    first = digits.index(",")
    groups = _GROUPS.fullmatch(digits)
    if digits.count(",") > 1 or "." in digits:
        if not groups:
            raise Stopped(at + first, "group")
        return digits.replace(",", "")
    if groups and comma == "ask":
        raise Stopped(at + first, "comma", f"{digits.replace(',', '.')} / {digits.replace(',', '')}")
    if comma == "thousands":
        if not groups:
            raise Stopped(at + first, "group")
        return digits.replace(",", "")
    return digits.replace(",", ".")
