"""Curves: what becomes of the marks of an exam before they are weighed or entered, as exact functions of one number.

A curve is written `as-is`, `to-100`, `linear 1.1 5`, `anchors 36:60 60:100` or `sqrt`. The numbers x of a line and of
anchors are marks of the exam; with `of 100` at the end, the marks are brought to 100 first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import isqrt
from typing import TypeAlias, assert_never

from qbank import messages
from qbank.model import Bilingual, Marks, Refused, printed_marks

HUNDRED = Fraction(100)
DIGITS = 30
"""The decimals after which a root that is not rational is cut: far closer than any half to which marks are rounded."""
_NUMBER = r"-?\d{1,6}(?:\.\d{1,6}|/\d{1,6})?"
_OF = re.compile(rf"(.*?)\s+of\s+({_NUMBER})")
_LINEAR = re.compile(rf"linear\s+({_NUMBER})\s+({_NUMBER})")
_ANCHORS = re.compile(rf"anchors((?:\s+{_NUMBER}:{_NUMBER})+)")


@dataclass(frozen=True, slots=True)
class AsIs:
    """The marks as they are."""


@dataclass(frozen=True, slots=True)
class To:
    """In proportion, so that full marks become `full`."""

    full: Fraction


@dataclass(frozen=True, slots=True)
class Linear:
    """`factor`·x + `offset`, at least 0 and at most 100; x is the mark, brought to `of` where that is given."""

    factor: Fraction
    offset: Fraction
    of: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Anchors:
    """Straight lines through (x, y), two or more, continued at both ends, at least 0 and at most 100."""

    points: tuple[tuple[Fraction, Fraction], ...]
    of: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Root:
    """100·√(x / full marks): 10√x where full marks are 100."""


Curve: TypeAlias = AsIs | To | Linear | Anchors | Root


def written(text: str) -> Curve:
    """The curve that a text names. Raises ValueError for any other, and for one that would turn marks around.

    >>> written("linear 1.1 5"), written("anchors 40:60 100:100 of 100").of
    (Linear(factor=Fraction(11, 10), offset=Fraction(5, 1), of=None), Fraction(100, 1))
    """
    plain = " ".join(text.split()).casefold()
    bounded = _OF.fullmatch(plain)
    plain, of = (bounded[1], _number(bounded[2])) if bounded else (plain, None)
    if of is not None and of <= 0:
        raise ValueError(messages.tell("the scale {scale!r}: marks are out of more than 0", scale=text))
    if found := _LINEAR.fullmatch(plain):
        factor, offset = map(_number, found.groups())
        if factor <= 0:
            raise ValueError(messages.tell(
                "the scale {scale!r} does not give a better exam a better mark: its factor must be more than 0",
                scale=text,
            ))  # fmt: skip
        return Linear(factor, offset, of)
    if found := _ANCHORS.fullmatch(plain):
        return Anchors(_points(text, found[1]), of)
    if of is None:
        if plain in ("as-is", "sqrt"):
            return AsIs() if plain == "as-is" else Root()
        if found := re.fullmatch(rf"to[- ]({_NUMBER})", plain):
            full = _number(found[1])
            if full <= 0:
                raise ValueError(messages.tell("the scale {scale!r}: marks are out of more than 0", scale=text))
            return To(full)
    raise ValueError(unrecognised(text))


def unrecognised(text: str, own: Iterable[str] = ()) -> str:
    """What is told of a text that is not a curve, where a scheme has curves of its `own`."""
    if names := messages.listed(sorted(own)):
        return messages.tell(
            "the scale {scale!r} is not recognised; write as-is, to-100, linear A B, anchors X:Y X:Y, sqrt, or one of "
            "{names}",
            scale=text[:60], names=names,
        )  # fmt: skip
    return messages.tell(
        "the scale {scale!r} is not recognised; write as-is, to-100, linear A B, anchors X:Y X:Y or sqrt",
        scale=text[:60],
    )


def _number(text: str) -> Fraction:
    try:
        return Fraction(text)
    except ZeroDivisionError:
        raise ValueError(messages.tell("{text!r} is not a number", text=text)) from None


def _points(text: str, pairs: str) -> tuple[tuple[Fraction, Fraction], ...]:
    points = sorted((_number(x), _number(y)) for x, _, y in (pair.partition(":") for pair in pairs.split()))
    if len(points) < 2:
        raise ValueError(messages.tell(
            "the scale {scale!r} needs at least two anchors, such as: anchors 36:60 60:100", scale=text
        ))  # fmt: skip
    for (x, y), (later, above) in pairwise(points):
        if x == later:
            raise ValueError(
                messages.tell("the scale {scale!r} has two anchors at {x}", scale=text, x=printed_marks(x))
            )
        if above < y:
            raise ValueError(messages.tell(
                "the scale {scale!r} falls from {x} to {later}: a better exam would get a lower mark",
                scale=text, x=printed_marks(x), later=printed_marks(later),
            ))  # fmt: skip
    if points[0][1] == points[-1][1]:
        raise ValueError(messages.tell("the scale {scale!r} gives every exam the same mark", scale=text))
    return tuple(points)


def full(curve: Curve, worth: Fraction) -> Fraction:
    """What the marks are out of after the curve."""
    match curve:
        case AsIs():
            return worth
        case To(bound):
            return bound
        case Linear() | Anchors() | Root():
            return HUNDRED
        case other:
            assert_never(other)


def need_met(curve: Curve, worth: Fraction, name: str) -> None:
    """Raise Refused for an exam out of `worth` marks that cannot reach the anchors of the curve, or all marks alike."""
    match curve:
        case Anchors(points, of):
            most = of or worth
            for x, y in points:
                if not 0 <= x <= most:
                    raise Refused(_unmet(name, (x, y), most, percentage=of is None))
        case Linear(factor, offset, of):
            ends = [factor * x + offset for x in (Fraction(0), of or worth)]
            if ends[1] <= 0 or ends[0] >= HUNDRED:
                raise Refused(messages.tell(
                    "{name}: the scale turns every mark from 0 to {most} into {mark}",
                    name=name, most=printed_marks(of or worth), mark=printed_marks(_within(ends[0])),
                ))  # fmt: skip
        case AsIs() | To() | Root():
            pass
        case other:
            assert_never(other)


def _unmet(name: str, anchor: tuple[Fraction, Fraction], most: Fraction, *, percentage: bool) -> str:
    """What is told of an anchor that no mark meets, which may have been meant as a percentage."""
    told = {"name": name, "x": printed_marks(anchor[0]), "y": printed_marks(anchor[1]), "most": printed_marks(most)}
    if percentage:
        return messages.tell(
            "{name}: no mark meets the anchor {x}:{y}, for marks go from 0 to {most}; if it is a percentage, end the "
            "scale with 'of 100'",
            **told,
        )
    return messages.tell("{name}: no mark meets the anchor {x}:{y}, for marks go from 0 to {most}", **told)


def scaled(curve: Curve, marks: Marks, worth: Fraction) -> Marks:
    """(n,) marks out of `worth` by a curve; nothing is rounded."""
    return marks if isinstance(curve, AsIs) else marks.each(lambda mark: value(curve, mark, worth))


def value(curve: Curve, mark: Fraction, worth: Fraction) -> Fraction:
    """One mark out of `worth` by a curve.

    >>> value(Root(), Fraction(36), Fraction(100)), value(written("anchors 36:60 60:100"), Fraction(48), Fraction(60))
    (Fraction(60, 1), Fraction(80, 1))
    """
    match curve:
        case AsIs():
            return mark
        case To(bound):
            return mark * bound / worth
        case Linear(factor, offset, of):
            return _within(factor * _brought(mark, worth, of) + offset)
        case Anchors(points, of):
            return _within(_between(points, _brought(mark, worth, of)))
        case Root():
            return _root(max(mark, Fraction(0)) / worth * HUNDRED**2)
        case other:
            assert_never(other)


def _brought(mark: Fraction, worth: Fraction, of: Fraction | None) -> Fraction:
    return mark if of is None else mark * of / worth


def _between(points: tuple[tuple[Fraction, Fraction], ...], x: Fraction) -> Fraction:
    segments = list(pairwise(points))
    (x1, y1), (x2, y2) = next((each for each in segments if x <= each[1][0]), segments[-1])
    return y1 + (x - x1) * (y2 - y1) / (x2 - x1)


def _within(mark: Fraction) -> Fraction:
    return min(max(mark, Fraction(0)), HUNDRED)


def _root(square: Fraction) -> Fraction:
    """The square root: exact where it is rational, else cut after `DIGITS` decimals."""
    product = square.numerator * square.denominator
    if isqrt(product) ** 2 == product:
        return Fraction(isqrt(product), square.denominator)
    return Fraction(isqrt(product * 10 ** (2 * DIGITS)), square.denominator * 10**DIGITS)


def told(curve: Curve, worth: Fraction) -> Bilingual:
    """The rule in words, for marks out of `worth`."""
    most = printed_marks(worth)
    match curve:
        case AsIs():
            return Bilingual(zh=f"按原分（满分 {most}）", en=f"the marks as they are, out of {most}")
        case To(bound):
            to = printed_marks(bound)
            return Bilingual(zh=f"由满分 {most} 按比例折算为满分 {to}", en=f"in proportion from {most} to {to}")
        case Linear(factor, offset, of):
            line = f"{printed_marks(factor)}·x {'−' if offset < 0 else '+'} {printed_marks(abs(offset))}"
            return _bounded(Bilingual(zh=f"线性折算 {line}", en=f"the line {line}"), most, of)
        case Anchors(points, of):
            pairs = ", ".join(f"{printed_marks(x)} → {printed_marks(y)}" for x, y in points)
            return _bounded(Bilingual(zh=f"按定点线性折算（{pairs}）", en=f"straight lines through {pairs}"), most, of)
        case Root():
            return Bilingual(zh=f"开方折算 100·√(x/{most})", en=f"the square root curve 100·√(x/{most})")
        case other:
            assert_never(other)


def _bounded(line: Bilingual, most: str, of: Fraction | None) -> Bilingual:
    zh, en = f"x 为原分（满分 {most}）", f"x out of {most}"
    if of is not None:
        to = printed_marks(of)
        zh, en = f"x 为由满分 {most} 折算为满分 {to} 的分数", f"x brought from {most} to {to}"
    return Bilingual(zh=f"{line.zh}，{zh}，结果限于 0–100", en=f"{line.en}, {en}, at least 0 and at most 100")
