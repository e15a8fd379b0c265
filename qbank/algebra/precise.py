"""An expression evaluated on one variant with 50 digits, by mpmath: for what floating point cannot tell from zero.

Values are NumPy arrays of mpf: a scalar has the shape (), a vector (k,), a matrix (r, c).
"""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable
from functools import lru_cache, reduce
from typing import Any

import numpy as np

from qbank.algebra.arrays import ARRAYS
from qbank.algebra.balls import context_of
from qbank.algebra.table import FUNCTIONS
from qbank.algebra.tree import (
    Binary,
    Call,
    Compare,
    Conditional,
    Constant,
    Expression,
    Index,
    Listing,
    Logic,
    Name,
    Node,
    Number,
    Slice,
    Truth,
    Unary,
)
from qbank.model import Array

DIGITS = 50
NOTHING = 1e-40
"""What is below this share of its terms with 50 digits is zero."""
ZEROS = frozenset({"sin", "cos", "tan", "ln", "lg", "log", "log2", "log10"})
"""The functions that are zero where their arguments are not."""


class Beyond(Exception):
    """The expression calls what has no such precision, or has no value."""


def precisely(expression: Expression, names: Callable[[str], object], *, imaginary: bool = False) -> Array:
    """The value with 50 digits, an array of mpf; `names` gives that of a name, of floats that are decimals as written.

    With `imaginary`, an array of mpc where it is complex. Raises Beyond for functions of the subjects, labels, and
    what has no (real) value.

    >>> from qbank.algebra import read
    >>> abs(precisely(read("x + 0.2 - 0.3"), lambda name: 0.1).item()) < 1e-50
    True
    """
    mp = context_of(DIGITS)
    try:
        found = _of(expression.root, names, mp)
        return found if imaginary else np.asarray(np.frompyfunc(_realised, 1, 1)(found), dtype=object)
    except (ZeroDivisionError, ValueError, TypeError, IndexError, OverflowError) as error:
        raise Beyond(str(error)) from error


def _realised(value: Any) -> Any:
    """The number without its imaginary part, which is zero. Raises Beyond."""
    if value.imag:
        raise Beyond("no real value")
    return value.real


def exactly(values: object) -> Array:
    """Floats as the decimals that were written: 0.1 is a tenth; the parts of a complex number are such floats."""
    def number(value: Any) -> Any:
        if isinstance(value, complex):
            return context_of(DIGITS).mpc(repr(value.real), repr(value.imag))
        return _decimal(float(value))

    return np.asarray(np.frompyfunc(number, 1, 1)(values), dtype=object)


def in_radians(degrees: object) -> Array:
    """Angles that were written in degrees, as radians with 50 digits.

    >>> from qbank.algebra import read
    >>> abs(precisely(read("cos(x)"), lambda name: in_radians(90.0)).item()) < 1e-50
    True
    """
    return np.asarray(exactly(degrees) * (context_of(DIGITS).pi / 180), dtype=object)


@lru_cache(maxsize=1 << 16)
def _decimal(value: float) -> Any:
    """One float as the decimal that was written; entries of matrices are few values, written often."""
    return context_of(DIGITS).mpf(repr(value))


def _of(node: Node, names: Callable[[str], object], mp: Any) -> Array:
    match node:
        case Number(value=value):
            return np.array(mp.mpf(str(value)), dtype=object)
        case Constant(name="i"):
            return np.array(mp.mpc(0, 1), dtype=object)
        case Constant(name=name):
            return np.array(+getattr(mp, name), dtype=object)
        case Truth(value=truth):
            return np.array(mp.mpf(int(truth)), dtype=object)
        case Name(name=name):
            given = names(name)
            return given if isinstance(given, np.ndarray) and given.dtype == object else exactly(given)
        case Listing(items=items):
            return np.stack([_of(item, names, mp) for item in items])
        case Unary(operator="-", operand=operand):
            return np.asarray(-_of(operand, names, mp), dtype=object)
        case Unary(operator="+", operand=operand):
            return _of(operand, names, mp)
        case Binary(operator=sign, left=left, right=right):
            return _applied(sign, _of(left, names, mp), _of(right, names, mp), mp)
        case Conditional(test=test, yes=yes, no=no):
            return _of(yes if _holds(test, names, mp) else no, names, mp)
        case Call(function=function, arguments=arguments):
            return _called(function, [_of(argument, names, mp) for argument in arguments], mp)
        case Index(value=value, places=places):
            if not all(isinstance(place, Number | Slice) for place in places):
                raise Beyond("an index that is computed")
            at = tuple(slice(place.start, place.stop) if isinstance(place, Slice) else int(place.value)
                       for place in places if isinstance(place, Number | Slice))  # fmt: skip
            return np.asarray(_of(value, names, mp)[at], dtype=object)
        case _:
            raise Beyond(type(node).__name__)


def _applied(sign: str, left: Array, right: Array, mp: Any) -> Array:
    if sign == "@":
        return _settled(np.asarray(left @ right, dtype=object), np.asarray(abs(left) @ abs(right), dtype=object), mp)
    operations: dict[str, Callable[[Any, Any], Any]] = {
        "+": lambda a, b: _sum(a + b, b, mp), "-": lambda a, b: _sum(a - b, b, mp), "*": operator.mul,
        "/": operator.truediv, "**": operator.pow, "//": lambda a, b: mp.floor(_stepped(a / b, mp)),
        "%": lambda a, b: _sum(a - b * mp.floor(_stepped(a / b, mp)), a, mp),
    }  # fmt: skip
    found = np.asarray(np.frompyfunc(operations[sign], 2, 1)(left, right), dtype=object)
    return _finite(found, mp)


def _sum(found: Any, side: Any, mp: Any) -> Any:
    """A sum or difference, zero where next to nothing is left of its side."""
    return mp.mpf(0) if abs(found) <= NOTHING * abs(side) else found


def _settled(found: Array, terms: Array, mp: Any) -> Array:
    """Sums of products, zero where next to nothing is left of their terms."""
    return np.asarray(np.frompyfunc(lambda one, all_: _sum(one, all_, mp), 2, 1)(found, terms), dtype=object)


def _stepped(value: Any, mp: Any) -> Any:
    """A value that is a whole number, or a half of one, but for next to nothing, as that number."""
    nearest = mp.nint(2 * value.real) / 2
    return nearest if abs(value - nearest) <= NOTHING * abs(nearest) else value


def _finite(values: Array, mp: Any) -> Array:
    for value in values.reshape(-1):
        if not isinstance(value, mp.mpf | mp.mpc) or not mp.isfinite(value):
            raise Beyond("no value")
    return values


def _holds(node: Node, names: Callable[[str], object], mp: Any) -> bool:
    match node:
        case Truth(value=truth):
            return truth
        case Logic(operator="and", left=left, right=right):
            return _holds(left, names, mp) and _holds(right, names, mp)
        case Logic(left=left, right=right):
            return _holds(left, names, mp) or _holds(right, names, mp)
        case Unary(operator="not", operand=operand):
            return not _holds(operand, names, mp)
        case Compare(operands=(left, Listing(items=items)), operators=("in" | "not in" as sign,)):
            value = _of(left, names, mp).item()
            there = any(not _sum(value - each, each, mp) for each in (_of(item, names, mp).item() for item in items))
            return there == (sign == "in")
        case Compare(operands=operands, operators=operators) if not {"in", "not in"} & set(operators):
            values = [_of(operand, names, mp).item() for operand in operands]
            tests: dict[str, Callable[[Any, Any], bool]] = {
                "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt,
                ">=": operator.ge,
            }  # fmt: skip
            between = (_sum(a - b, b, mp) for a, b in itertools.pairwise(values))
            return all(tests[sign](each, 0) for sign, each in zip(operators, between, strict=True))
        case _:
            raise Beyond("a condition on labels")


def _called(function: str, arguments: list[Array], mp: Any) -> Array:
    row = FUNCTIONS.get(function)
    if row is not None and (len(arguments) > 1 or function not in ("min", "max")):
        def exactly_(*given: Any) -> Any:
            found = row.exactly(mp, [_stepped(each, mp) for each in given])
            nothing = function in ZEROS and abs(found) <= NOTHING * max(map(abs, given))
            return mp.mpf(0) if nothing else found

        return _finite(np.asarray(np.frompyfunc(exactly_, len(arguments), 1)(*arguments), dtype=object), mp)
    if function in ("sum", "prod", "min", "max"):
        entries = list(arguments[0].reshape(-1)) if len(arguments) == 1 else [one.item() for one in arguments]
        folds: dict[str, Any] = {"sum": operator.add, "prod": operator.mul, "min": min, "max": max}
        found = np.array(reduce(folds[function], entries), dtype=object)
        return _settled(found, np.array(sum(map(abs, entries)), dtype=object), mp) if function == "sum" else found
    if function == "dot":
        return _applied("@", arguments[0], arguments[1], mp)
    if function == "mean" and len(arguments) == 1:
        total = _called("sum", arguments, mp)
        return np.asarray(total / arguments[0].size, dtype=object)
    if function == "norm":
        return np.array(mp.sqrt(sum(abs(value)**2 for value in arguments[0].reshape(-1))), dtype=object)
    if function in ("mean", *_OF_SAMPLES):
        given = [np.asarray(argument, dtype=object)[None] for argument in arguments]
        return _finite(np.asarray(ARRAYS[function](*given)[0], dtype=object), mp)
    if function in _OF_MATRICES:
        return _OF_MATRICES[function](mp, *(mp.matrix(argument.tolist()) for argument in arguments))
    raise Beyond(function)


def _entries(matrix: Any) -> Array:
    """An array of a matrix of mpmath; one column is a vector."""
    found = np.array(matrix.tolist(), dtype=object)
    return found[:, 0] if found.shape[1] == 1 else found


_OF_SAMPLES = ("sort", "cumsum", "median", "quantile", "var", "std", "cov", "corr")
_OF_MATRICES: dict[str, Callable[..., Array]] = {
    "det": lambda mp, a: np.array(mp.det(a), dtype=object),
    "trace": lambda mp, a: np.array(mp.fsum(a[place, place] for place in range(a.rows)), dtype=object),
    "inv": lambda mp, a: np.array(mp.inverse(a).tolist(), dtype=object),
    "solve": lambda mp, a, b: _entries(mp.lu_solve(a, b) if b.cols == 1 else mp.inverse(a) * b),
}

__all__ = ["DIGITS", "Beyond", "exactly", "precisely"]
