"""One number as it was written, exactly: its value, its figures, its unit text, or the place where reading stopped.

    answer   := lead? about? (name ("=" | "≈" | ":"))? about? number unit? ("。" | ";")?  | "(" answer ")"
    lead     := "答:" | "answer:" | "所以" | "so" and the like
    number   := sign? decimal | constant                     (qbank.numerals.literals, qbank.numerals.constant)
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from qbank.folding import fold, normalise, visible
from qbank.formulas import tokens as tex
from qbank.model import BLANK, READ, UNREADABLE
from qbank.numerals import constant
from qbank.numerals.constant import Stopped
from qbank.numerals.forms import DECIMAL
from qbank.numerals.leads import begin
from qbank.numerals.literals import Comma, Digits, decimal

LONGEST = 1000

_OPENING = re.compile(r"\s*+[+-]?\s*+(?:\(\s*+[+-]?\s*+)*+")
_UNIT_START = re.compile(r"[^\W\d_]|[°%‰'(/]|\*\s*[^\W\d_]|1\s*/\s*[^\W\d_]")
_UNIT = re.compile(
    r"(?:1\s*/)?(?:[^\W\d_]|(?<=[^\W\d_])(?:-?[1-9](?!\d)|[-_](?=[^\W\d_]))"
    r"|(?:\^|\*\*)\s*+\(?\s*+[+-]?\s*+\d+|[°%‰'*/()\s])*+"
)
_MARKED = re.compile(r"[\\$]|\^\s*\{|\d~")
"""What is TeX, and not a number that is about something."""
_PAIRS = {"(": ")", "[": "]", '"': '"', "“": "”"}
_BRACES = str.maketrans("{}", "()")
"""The exponent of `10^{3}`; the braces of a fraction stay."""


class Numeral(NamedTuple):
    """One number as written; `low`..`high` are the significant figures it may have (0 when it has none to count).

    `stop` is the column (from 1) where reading stopped and `expected` the reason's code, when it is unreadable;
    `hint` names what could have been meant. `clipped` says that it has more figures than a double can hold. `other` is
    the number with its comma read the other way, 0 where there is no other way; it may be a count (1,234) where the
    number is unreadable because both ways are open.
    """

    state: int
    value: float = float("nan")
    low: int = 0
    high: int = 0
    decimals: int = 0
    unit: str = ""
    form: int = DECIMAL
    clipped: bool = False
    other: float = 0.0  # the value of a second reading: the comma as a decimal one, 2^-1/2 as 2^(-1/2)
    stop: int = 0
    expected: str = ""
    hint: str = ""


def one(text: str, *, comma: Comma = "ask", prefix: bool = False, name: str = "") -> Numeral:
    """Read one number; `prefix` lets 4k7 (4.7 with the unit text k) and R47 be numbers, `name` holds
    the part's own names, spaces between.

    >>> one("A_u = −1.50×10³ mV", name="A_u")
    Numeral(state=2, value=-1500.0, low=3, high=3, decimals=2, unit='mV', form=0, clipped=False, other=0.0, stop=0, expected='', hint='')
    >>> one("1.2.3").stop, one("1.2.3").expected
    (4, 'end')
    """  # noqa: E501
    if not visible(text).strip():
        return Numeral(BLANK)
    if len(text) > LONGEST:
        return Numeral(UNREADABLE, stop=LONGEST + 1, expected="long")
    marked = _MARKED.search(text) is not None
    folded, origin = tex.folded(text, strict=True) if marked else (normalise(text), None)
    if marked and "\\" not in folded:
        folded = folded.translate(_BRACES)
    try:
        return _enclosed(folded, begin(folded, name), comma, prefix)
    except Stopped as stopped:
        column = min(stopped.at, len(folded))
        if not text.isascii() or origin is not None:
            column = (*(origin or fold(text)[1]), len(text))[column]
        refused = Numeral(UNREADABLE, stop=column + 1, expected=stopped.reason, hint=stopped.hint)
        if stopped.reason != "comma":
            return refused
        count = one(text, comma="thousands", prefix=prefix, name=name)
        other = count.value if count.state == READ else 0.0
        return refused._replace(low=count.low, high=count.high, unit=count.unit, other=other)


def _enclosed(text: str, at: int, comma: Comma, prefix: bool) -> Numeral:
    """A number, or one in brackets with its unit: `(2.5 mA)`."""
    try:
        return _number(text, at, comma, prefix)
    except Stopped:
        body = text.rstrip(" \t\r\n。;.")
        start = _past_spaces(text, at)
        if text[start : start + 1] not in _PAIRS or body[-1:] != _PAIRS[text[start]] or "(" in body[start + 1 :]:
            raise
        try:
            return _number(body[:-1], start + 1, comma, prefix)
        except Stopped:
            pass
        raise


def _number(text: str, at: int, comma: Comma, prefix: bool) -> Numeral:
    text = text.rstrip(" \t\r\n。;")
    digits, negative = _bracketed(text, at, comma, prefix)
    if digits is None or (not digits.rigid and _goes_on(text, digits.end)):
        value = constant.read(text, at)
        unit = _unit(text, value.end)
        return Numeral(READ, value.value, unit=unit, form=value.form, other=value.other)
    return _finish(text, digits, negative)


def _bracketed(text: str, at: int, comma: Comma, prefix: bool) -> tuple[Digits | None, bool]:
    """A decimal with its sign and the brackets around it, `-(1.50e3)`, and whether it is negative."""
    opening = _OPENING.match(text, at)
    assert opening is not None
    digits, negative = decimal(text, opening.end(), comma, prefix), opening.group().count("-") % 2 == 1
    depth = opening.group().count("(")
    if digits is None or not depth:
        return digits, negative
    closing = re.compile(rf"(?:\s*\)){{{depth}}}(?:\.\Z)?").match(text, digits.end)
    return (None if closing is None else digits._replace(end=closing.end())), negative


def _goes_on(text: str, at: int) -> bool:
    at = _past_spaces(text, at)
    following = text[at : at + 1]
    if not following:
        return False
    if following == "/" or (following == "*" and text[at + 1 : at + 2] != "*"):
        rest = text[at + 1 :].lstrip()
        return not _UNIT_START.match(rest) or constant.starts_constant(rest, 0)
    return following in "+-*^!" or ((following.isalpha() or following in "(√\\") and constant.starts_constant(text, at))


def _finish(text: str, digits: Digits, negative: bool) -> Numeral:
    unit = _unit(text, digits.end)
    if digits.letter and not (digits.letter == "R" and unit):
        unit = digits.letter + unit
    literal = f"{'-' if negative else ''}{digits.mantissa}e{digits.power}"
    value = float(literal)
    whole, point, decimals = digits.mantissa.partition(".")
    significant = (whole + decimals).lstrip("0")
    if abs(value) >= 1e100 or (significant and abs(value) < 1e-99):
        raise Stopped(digits.end, "range")
    high = len(significant) if significant else max(1, len(decimals))
    low = high if point or not significant else max(1, len(significant.rstrip("0")))
    clipped = high > 15 and Decimal(literal) != Decimal(repr(value))
    other = -digits.other if negative and digits.other else digits.other
    return Numeral(READ, value, low, high, len(decimals), unit, DECIMAL, clipped, other)


def _unit(text: str, at: int) -> str:
    """The unit text from an index to the end, its spaces collapsed; it may hold no digit but in exponents."""
    at = _past_spaces(text, at)
    if at == len(text) or (text[at:] == "." and text[at - 1].isdigit()):  # the stop of a sentence
        return ""
    if not _UNIT_START.match(text, at):
        raise Stopped(at, "end")
    found = _UNIT.match(text, at)
    assert found is not None
    end = found.end()
    if end < len(text) and text[end:].strip(". ") != "":
        raise Stopped(end, "end")
    return " ".join(text[at:end].split())


def _past_spaces(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
