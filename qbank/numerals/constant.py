"""Exact constants without symbols: `1/3`, `√2`, `0.5π`, `2e^-1`, `max(1, 2)`: the grammar of formulas without letters.

What is a whole run of letters that the grammar does not know is a unit; the constant ends before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from qbank.algebra import balls
from qbank.algebra.tree import Binary, Call, Constant, Node, Number, Unary, spine
from qbank.formulas import reasons
from qbank.formulas.reading import Reading, usual
from qbank.formulas.source import Unreadable
from qbank.formulas.vocabulary import Unknown, Vocabulary
from qbank.numerals.forms import CONSTANT, DECIMAL, FRACTION

_WORDS = Vocabulary(())
_UNITS = frozenset({"min", "sec"})
"""Functions that are units where no bracket follows."""
_RUN = re.compile(r"[^\W\d_][^\W_]*")
_EXPONENT = re.compile(r"(?<=[\d.])[eE](?=[+-]?\d)", re.ASCII)
"""The letter in 1.5e3, which is not a unit."""
_BEFORE_A_UNIT = re.compile(r"(?<![*/(\s])(?:(?:\s|(?<=\)))1\s*/|[*/(\s])+\Z")
_SIGN = re.compile("[°%‰]")
"""The units that are no letters."""
_DEGREES = re.compile(r"\s*(?:°|deg|degrees|度)(?![^\W\d_])")
_OF_ANGLES = re.compile(r"(?<![^\W\d_])(?:sin|cos|tan|cot|sec|csc)")
_BARE = re.compile(r"\s*(?:\^\s*\(?\d\)?)?\s*-?\s*[\d.]+\s*")
"""What is between sin and the sign of its degrees: 60 in sin 60°, ^2 60 in sin²60°."""
_REASONS = {reasons.OPERAND: "number", reasons.SIGNS: "number", reasons.DEEP: "deep", reasons.RANGE: "range",
            reasons.LONG: "long", reasons.FRACTION: "fraction", reasons.ROOT: "number"}  # fmt: skip
_MOST_BITS = 4096


class Stopped(Exception):
    """Reading stopped at an index of the folded text, for a reason of `reasons.REASONS`."""

    def __init__(self, at: int, reason: str, hint: str = "") -> None:
        super().__init__(f"{at}: {reason}")
        self.at, self.reason, self.hint = at, reason, hint


@dataclass(frozen=True, slots=True)
class Value:
    """What was read up to `end`: its value and its form; `other` is a second reading's value, 0 where there is none."""

    value: float
    form: int
    end: int
    other: float = 0.0


def read(text: str, at: int) -> Value:
    """The longest constant from an index on; stops before the first thing that cannot continue it (a unit)."""
    end = _end(text, at)
    written = text[at:end]
    try:
        found = usual(written, _WORDS)
    except Unreadable as stopped:
        unequal = written.count("(") != written.count(")")
        reason = _REASONS.get(stopped.expected, "bracket" if unequal else "end")
        raise Stopped(at + stopped.column - 1, reason) from stopped
    node = found.node
    if not isinstance(node, Number | Unary | Binary | Call | Constant):
        raise Stopped(at, "end")
    if isinstance(node, Call) and _DEGREES.match(text, end):  # sin(45)°: the angle is in degrees, not the sine
        raise Stopped(end, "end")
    value = _value(node, at, end)
    return replace(value, other=_other(found, value.value)) if found.passed else value


def _other(found: Reading, value: float) -> float:
    """The value of the first other reading that has another one: 2^-1/2 as 2^(-1/2)."""
    for node in found.others:
        try:
            other = _value(node, 0, 0).value
        except Stopped:
            continue
        if other != value:
            return other
    return 0.0


def starts_constant(text: str, at: int) -> bool:
    """Whether π, e, √, a function or a bracket is here: what may continue a number as a product."""
    while at < len(text) and text[at].isspace():
        at += 1
    run = _RUN.match(text, at)
    if run is not None:
        return _known(run, text) > run.start()
    if text.startswith("(", at):
        return not _unit_follows(text, at + 1)
    return text.startswith(("√", "\\frac", "\\sqrt"), at)


def _end(text: str, at: int) -> int:
    """Where the unit begins, and what joins it to the number; the end of the text where there is none."""
    sign = next((sign for sign in _SIGN.finditer(text, at) if not _in_angle(text, at, sign)), None)
    last = sign.start() if sign else len(text)
    for run in _RUN.finditer(_EXPONENT.sub("0", text), at, last):
        if text[run.start() - 1 : run.start()] == "\\":  # \frac, \sqrt
            continue
        known = _known(run, text)
        if known < run.end():
            joint = _BEFORE_A_UNIT.search(text[:known])
            return max(joint.start() if joint and known == run.start() else known, at)
    return last


def _in_angle(text: str, at: int, sign: re.Match[str]) -> bool:
    """Whether a ° is that of an angle whose sine, cosine and so on is taken: sin 60°, cos(30° + 15°)."""
    if sign.group() != "°":
        return False
    functions = list(_OF_ANGLES.finditer(text, at, sign.start()))
    if not functions:
        return False
    between = text[functions[-1].end() : sign.start()]
    return between.count("(") > between.count(")") or _BARE.fullmatch(between) is not None


def _known(run: re.Match[str], text: str) -> int:
    """How far a run of letters is constants and functions: wholly, not at all, or as far as its leading π."""
    word = run.group()
    if word in _UNITS and not text[run.end() :].lstrip().startswith("("):
        return run.start()
    if not isinstance(_WORDS.parted(word), Unknown):
        return run.end()
    return run.start() + len(word) - len(word.lstrip("π"))


def _unit_follows(text: str, at: int) -> bool:
    run = _RUN.match(text, at + len(text[at:]) - len(text[at:].lstrip()))
    return run is not None and _known(run, text) == run.start()


def _value(node: Node, at: int, end: int) -> Value:
    fraction = _rational(node)
    try:
        value = float(fraction) if fraction is not None else _computed(node, at)
    except OverflowError as error:
        raise Stopped(at, "range") from error
    if not abs(value) < 1e100 or 0 < abs(value) < 1e-99:
        raise Stopped(at, "range")
    return Value(value, _form(node), end)


def _computed(node: Node, at: int) -> float:
    try:
        return float(balls.known(node, {}).middle)
    except balls.Undefined as error:
        raise Stopped(at, "zero" if _divides_by_zero(node) else "domain") from error
    except balls.Undecided as error:
        raise Stopped(at, "range") from error


def _divides_by_zero(node: Node) -> bool:
    if not isinstance(node, Binary) or node.operator != "/":
        return False
    try:
        return not balls.known(node.right, {}).middle
    except ArithmeticError:
        return False


def _form(node: Node) -> int:
    """A decimal with its sign, a quotient of two, or anything else."""
    match node:
        case Number():
            return DECIMAL
        case Unary(operand=operand):
            return _form(operand)
        case Binary(operator="/", left=left, right=right) if _form(left) == _form(right) == DECIMAL:
            return FRACTION
        case _:
            return CONSTANT


def _rational(node: Node) -> Fraction | None:
    """The exact value of what is made of numbers by + - * / and small whole powers, unless it grows beyond all use."""
    match node:
        case Number(value=number):
            return Fraction(number)
        case Unary(operator=operator, operand=operand):
            inner = _rational(operand)
            return inner if inner is None or operator == "+" else -inner
        case Binary():
            first, run = spine(node)
            found = _rational(first)
            for each in run:
                right = _rational(each.right)
                found = None if found is None or right is None else _joined(each.operator, found, right)
            return found
        case _:
            return None


def _joined(operator: str, left: Fraction, right: Fraction) -> Fraction | None:
    match operator:
        case "+":
            found = left + right
        case "-":
            found = left - right
        case "*":
            found = left * right
        case "/" if right:
            found = left / right
        case "**" if right.denominator == 1 and abs(right) <= 400 and (left or right > 0):
            found = left ** int(right)
        case _:
            return None
    return found if max(found.denominator.bit_length(), found.numerator.bit_length()) < _MOST_BITS else None
