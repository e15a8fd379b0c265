"""Exact constants without symbols: `1/3`, `√2`, `0.5π`, `2e^-1`, `sqrt(3)/2`. No evaluator, linear time.

    sum      := product (("+" | "-") product)*
    product  := signed (("*" | "/") signed | power)*        two factors side by side are a product
    signed   := ("+" | "-")? power                           one sign
    power    := atom (("^" | "**") signed)?                  right-associative; -a^b is -(a^b)
    atom     := number | "√" power | pi | e | function "(" sum ")" | "(" sum ")"
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

DECIMAL, FRACTION, CONSTANT = 0, 1, 2
DEPTH = 24

_NUMBER = re.compile(r"(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_WORD = re.compile(r"[^\W\d_]+")
_SPACE = re.compile(r"\s*")
NAMES = {"pi": math.pi, "π": math.pi, "e": math.e}
FUNCTIONS: dict[str, Callable[[float], float]] = {
    "sqrt": math.sqrt, "exp": math.exp, "ln": math.log, "lg": math.log10, "abs": abs,
    "sin": math.sin, "cos": math.cos, "tan": math.tan,
    "asin": math.asin, "acos": math.acos, "atan": math.atan,
    "arcsin": math.asin, "arccos": math.acos, "arctan": math.atan,
    "sinh": math.sinh, "cosh": math.cosh, "tanh": math.tanh,
}  # fmt: skip


class Stopped(Exception):
    """Reading stopped at an index of the folded text, for a reason of `reasons.REASONS`."""

    def __init__(self, at: int, reason: str, hint: str = "") -> None:
        super().__init__(f"{at}: {reason}")
        self.at, self.reason, self.hint = at, reason, hint


@dataclass(frozen=True, slots=True)
class Value:
    """What was read up to `end`: its value, the exact fraction if it is one, and its form."""

    value: float
    fraction: Fraction | None
    form: int
    end: int


def read(text: str, at: int) -> Value:
    """The longest constant from an index on; stops before the first thing that cannot continue it (a unit)."""
    return _sum(text, at, DEPTH)


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _sum(text: str, at: int, depth: int) -> Value:
    left = _product(text, at, depth)
    while True:
        at = _skip(text, left.end)
        if text[at : at + 1] not in ("+", "-") or not text[at : at + 1]:
            return left
        right = _product(text, at + 1, depth, signed=False)
        number = left.value + right.value if text[at] == "+" else left.value - right.value
        fraction = None
        if left.fraction is not None and right.fraction is not None:
            sign = 1 if text[at] == "+" else -1
            fraction = _kept(left.fraction + sign * right.fraction)
        left = _finite(Value(number, fraction, CONSTANT, right.end), at)


def _product(text: str, at: int, depth: int, *, signed: bool = True) -> Value:
    left = _signed(text, at, depth) if signed else _power(text, at, depth)
    while True:
        at = _skip(text, left.end)
        sign = text[at : at + 1]
        if sign in ("*", "/") and sign and not _unit_follows(text, at + 1):
            right = _signed(text, at + 1, depth)
            left = _finite(_times(left, right) if sign == "*" else _over(left, right, at), at)
        elif _starts_factor(text, at):
            left = _finite(_times(left, _power(text, at, depth)), at)
        else:
            return left


def _kept(fraction: Fraction) -> Fraction | None:
    """The fraction, unless a long sum has let it grow beyond all use."""
    return fraction if fraction.denominator.bit_length() < 4096 else None


def _times(left: Value, right: Value) -> Value:
    fraction = None
    if left.fraction is not None and right.fraction is not None:
        fraction = _kept(left.fraction * right.fraction)
    return Value(left.value * right.value, fraction, CONSTANT, right.end)


def _over(left: Value, right: Value, at: int) -> Value:
    if right.value == 0:
        raise Stopped(at, "zero")
    form = FRACTION if left.form == right.form == DECIMAL else CONSTANT
    fraction = None
    if left.fraction is not None and right.fraction is not None:
        fraction = _kept(left.fraction / right.fraction)
    return Value(left.value / right.value, fraction, form, right.end)


def _signed(text: str, at: int, depth: int) -> Value:
    at = _skip(text, at)
    if text[at : at + 1] == "-":
        inner = _power(text, at + 1, depth)
        return Value(-inner.value, None if inner.fraction is None else -inner.fraction, inner.form, inner.end)
    return _power(text, at + 1 if text[at : at + 1] == "+" else at, depth)


def _power(text: str, at: int, depth: int) -> Value:
    base = _atom(text, at, depth)
    at = _skip(text, base.end)
    length = 2 if text.startswith("**", at) else 1 if text.startswith("^", at) else 0
    if not length:
        return base
    if depth == 0:
        raise Stopped(at, "deep")
    exponent = _signed(text, at + length, depth - 1)
    return _finite(Value(_raise(base.value, exponent.value, at), None, CONSTANT, exponent.end), at)


def _raise(base: float, exponent: float, at: int) -> float:
    try:
        power = base**exponent
    except OverflowError as error:
        raise Stopped(at, "range") from error
    except ZeroDivisionError as error:
        raise Stopped(at, "zero") from error
    if isinstance(power, complex):
        raise Stopped(at, "domain")
    return float(power)


def _atom(text: str, at: int, depth: int) -> Value:
    at = _skip(text, at)
    if depth == 0:
        raise Stopped(at, "deep")
    number = _NUMBER.match(text, at)
    if number:
        return _literal(number)
    if text.startswith("√", at):
        inner = _atom(text, at + 1, depth - 1)
        return Value(_apply(math.sqrt, inner.value, at), None, CONSTANT, inner.end)
    if text.startswith("(", at):
        inner = _sum(text, at + 1, depth - 1)
        return Value(inner.value, inner.fraction, inner.form, _close(text, inner.end, at))
    word = _word(text, at)
    if word in NAMES:
        return Value(NAMES[word], None, CONSTANT, at + len(word))
    if word in FUNCTIONS:
        begin = _skip(text, at + len(word))
        if not text.startswith("(", begin):
            raise Stopped(begin, "bracket")
        inner = _sum(text, begin + 1, depth - 1)
        end = _close(text, inner.end, begin)
        return _finite(Value(_apply(FUNCTIONS[word], inner.value, at), None, CONSTANT, end), at)
    raise Stopped(at, "number")


def _literal(found: re.Match[str]) -> Value:
    digits = found.group()
    exponent = re.split("[eE]", digits)[1:]
    if exponent and (len(exponent[0].lstrip("+-0")) > 2):
        raise Stopped(found.start(), "exponent")
    return _finite(Value(float(digits), Fraction(digits), DECIMAL, found.end()), found.start())


def _close(text: str, at: int, opened: int) -> int:
    at = _skip(text, at)
    if text.startswith(")", at):
        return at + 1
    raise Stopped(at if at < len(text) else opened, "bracket" if at >= len(text) else "end")


def _apply(function: Callable[[float], float], value: float, at: int) -> float:
    try:
        return function(value)
    except OverflowError as error:
        raise Stopped(at, "range") from error
    except ValueError as error:
        raise Stopped(at, "domain") from error


def _finite(value: Value, at: int) -> Value:
    if not math.isfinite(value.value) or abs(value.value) >= 1e100 or 0 < abs(value.value) < 1e-99:
        raise Stopped(at, "range")
    return value


def _word(text: str, at: int) -> str:
    found = _WORD.match(text, at)
    return found.group() if found else ""


def starts_constant(text: str, at: int) -> bool:
    """Whether π, e, √, a function or a bracket stands here: what may continue a number as a product."""
    return _starts_factor(text, _skip(text, at))


def _starts_factor(text: str, at: int) -> bool:
    word = _word(text, at)
    if word:
        return word in NAMES or word in FUNCTIONS
    return text.startswith("√", at) or (text.startswith("(", at) and not _unit_follows(text, at + 1))


def _unit_follows(text: str, at: int) -> bool:
    at = _skip(text, at)
    word = _word(text, at)
    return bool(word) and word not in NAMES and word not in FUNCTIONS
