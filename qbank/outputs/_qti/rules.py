"""Rules of response processing: what an answer must be, and the score that it earns.

Only what real clients agree on is used: bounds in place of tolerances, each response asked for being there before it
is compared (a comparison with nothing stops some clients, and is true of 0 in others), no arithmetic on what
candidates type, and a decimal point in every number.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache

from qbank.outputs._qti.tree import Element, Markup, element, text

HAIR = 1e-12
"""The share by which the ends of an interval are moved outwards, so that rounding on the way leaves them inside."""


def number(value: float) -> str:
    """A number as every reader of XML floats takes it: some refuse an exponent without a decimal point before it.

    >>> number(9.1e-31), number(1e300), number(-2)
    ('9.1e-31', '1.0e300', '-2.0')
    """
    mantissa, e, exponent = repr(float(value)).partition("e")
    return (mantissa if "." in mantissa else f"{mantissa}.0") + e + exponent.removeprefix("+")


@cache
def variable(name: str) -> Element:
    """The value of a response or an outcome."""
    return element("variable", identifier=name)


def constant(value: str, base: str) -> Element:
    """A value of a base type."""
    return element("base_value", text(value), base_type=base)


def real(value: float) -> Element:
    """A float."""
    return Element("qti-base-value", (("base-type", "float"),), (Markup(number(value)),))


@cache
def whole(value: int) -> Element:
    """An integer."""
    return Element("qti-base-value", (("base-type", "integer"),), (Markup(str(value)),))


@cache
def empty(name: str) -> Element:
    """Whether nothing was answered."""
    return element("is_null", variable(name))


@cache
def given(name: str) -> Element:
    """Whether something was answered."""
    return element("not", empty(name))


def both(*conditions: Element) -> Element:
    """All of them."""
    return conditions[0] if len(conditions) == 1 else element("and", *conditions)


def either(*conditions: Element) -> Element:
    """One of them at least."""
    return conditions[0] if len(conditions) == 1 else element("or", *conditions)


@cache
def picked(name: str, option: str) -> Element:
    """Whether the one option that is picked is this one."""
    return element("match", variable(name), constant(option, "identifier"))


def within(name: str, low: float, high: float) -> Element:
    """Whether a number lies in an interval, its ends included; what is no number does not."""
    hair = HAIR * max((abs(end) for end in (low, high) if math.isfinite(end)), default=0.0)
    ends = []
    if low > -math.inf:
        ends.append(element("gte", variable(name), real(low - hair)))
    if high < math.inf:
        ends.append(element("lte", variable(name), real(high + hair)))
    return both(*ends) if ends else element("gte", variable(name), real(-1.0e300))


def put(name: str, value: Element) -> Element:
    """Set an outcome."""
    return element("set_outcome_value", value, identifier=name)


def score(name: str, value: float) -> Element:
    """Set an outcome to a number."""
    return put(name, real(value))


def chosen(
    cases: Iterable[tuple[Element, Sequence[Element]]], otherwise: Sequence[Element] = ()
) -> tuple[Element, ...]:
    """The rules of the first case whose condition holds; none where there is no case."""
    branches: list[Element] = []
    for condition, rules in cases:
        branches.append(element("response_else_if" if branches else "response_if", condition, *rules))
    if not branches:
        return tuple(otherwise)
    if otherwise:
        branches.append(element("response_else", *otherwise))
    return (element("response_condition", *branches),)


@cache
def counted(name: str) -> Element:
    """Add one to an outcome that counts."""
    return put(name, element("sum", variable(name), whole(1)))
