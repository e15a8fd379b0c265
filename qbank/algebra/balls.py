"""The value of a tree at one point with as many digits as asked, and how far it may be off: a running error bound.

A value is a ball: its middle and a bound of its error, both in one context of mpmath. Where the ball of a difference
does not hold zero, the sides differ, whatever cancels; where digits are used up, the ball tells it. Sixteen digits cost
little (mpmath's own floats), so that a difference that is plain is proved at once.

`precise` computes with many digits, too, and is another thing: the values of authors' expressions, with vectors,
matrices, conditions and places, at one number of digits and without a bound.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from qbank.algebra.table import FUNCTIONS, Function
from qbank.algebra.tree import Binary, Call, Constant, Name, Node, Number, Unary, spine

DOUBLE = 0
"""The digits of a double, which are the processor's."""
LARGEST = 300
"""How many bits before the point an exponent or an angle may have."""
SNAPS = 30
"""From how many digits on a value that is a whole number, or a half of one, within its error is that number."""
STEEP = 1000
"""A function that moves by more than this times the root of what its argument is off by jumps there, or has a pole."""
_LEVELS = (40, 160, 640)
"""The digits with which a value is computed, as long as it may be zero."""
_KNOWN = 1e-20
"""The error of a value that is known, as a share of it."""
_LEFT = 1e-40
"""What digits leave of a zero, as a share of what fewer digits left."""


class Undefined(ArithmeticError):
    """The tree has no value here."""


class Undecided(ArithmeticError):
    """The digits do not tell."""


class Beyond(Undecided):
    """The value is beyond any size that is computed, which more digits do not change."""


class Ball(NamedTuple):
    """A number, and a bound of how far it is off; real or complex numbers of mpmath."""

    middle: Any
    error: Any

    @property
    def vanishes(self) -> bool:
        """Whether it may be zero, beside the size of what it was computed from."""
        return bool(abs(self.middle) <= self.error)

    @property
    def parts(self) -> tuple[Any, Any]:
        """The real and the imaginary part of the middle."""
        return _real(self.middle), _imaginary(self.middle)


def value(node: Node, point: Mapping[str, Any], digits: int, *, imaginary: bool = False) -> Ball:
    """The value of a tree of numbers at a point, whose values are floats, Decimals, or numbers of mpmath.

    Raises Undefined where it has none, Undecided where so many digits do not tell.

    >>> from qbank.algebra.reading import read
    >>> found = value(read("1 - tanh(x)**2").root, {"x": 40.0}, 50)
    >>> float(found.middle), bool(found.error < 1e-45)
    (7.21940555138166e-35, True)
    """
    context = context_of(digits)
    try:
        return _Walk(context, point, digits, imaginary).of(node)
    except (OverflowError, MemoryError) as error:
        raise (Undecided if digits == DOUBLE else Beyond) from error


def known(node: Node, point: Mapping[str, Any], *, imaginary: bool = False) -> Ball:
    """The value of a tree, with so many digits that a part of it is far better known than a double, or is 0.

    A part is 0 if it may be with any number of digits, and the more there are, the less is left of it: sin π is, and
    tan(π/2), which jumps there, has no value. Raises Undefined and Undecided as `value` does.

    >>> from qbank.algebra.reading import read
    >>> [float(known(read(text).root, {}).middle) for text in ("sin(pi)", "asin(2*cos(pi/3))", "sqrt(2)**2 - 2")]
    [0.0, 1.5707963267948966, 0.0]
    """
    first, found = None, None
    for digits in _LEVELS:
        try:
            found = value(node, point, digits, imaginary=imaginary)
        except Beyond:
            raise
        except Undecided:
            continue
        if all(found.error <= _KNOWN * abs(part or found.middle) for part in found.parts):
            return found
        first = first or found
    if first is None or found is None or not found.error <= _LEFT * first.error:
        raise Undecided
    middle = context_of(_LEVELS[-1]).mpc(*(part if abs(part) > found.error else 0 for part in found.parts))
    return Ball(middle if imaginary else middle.real, found.error)


@cache
def context_of(digits: int) -> Any:
    """The numbers of mpmath with so many digits."""
    import mpmath

    if digits == DOUBLE:
        return mpmath.fp
    context = mpmath.MPContext()
    context.dps = digits
    return context


class _Walk:
    """One walk over a tree at one point, with one number of digits."""

    __slots__ = ("complex", "context", "digits", "point", "unit", "zero")

    def __init__(self, context: Any, point: Mapping[str, Any], digits: int, imaginary: bool) -> None:
        self.context, self.point, self.digits, self.complex = context, point, digits, imaginary
        self.unit = context.mpf(4) * context.eps
        self.zero = context.mpf(0)

    def of(self, node: Node) -> Ball:
        match node:
            case Binary():
                first, run = spine(node)
                found = self.of(first)
                for each in run:
                    found = self.joined(each.operator, found, self.of(each.right))
                return found
            case Number(value=number):
                return self.number(number)
            case Name(name=name):
                if name not in self.point:
                    raise Undefined
                return self.named(self.point[name])
            case Unary(operator="-", operand=operand):
                middle, error = self.of(operand)
                return Ball(-middle, error)
            case Unary(operand=operand):
                return self.of(operand)
            case Constant(name=name):
                return self.constant(name)
            case Call(function=function, arguments=arguments) if function in FUNCTIONS:
                return self.applied(FUNCTIONS[function], [self.of(argument) for argument in arguments])
            case _:
                raise Undefined

    def number(self, number: Decimal) -> Ball:
        exponent = number.as_tuple().exponent
        if exponent == 0 and abs(number) < 2**53:
            return Ball(self.context.mpf(int(number)), self.zero)
        middle = self.context.mpf(str(number))
        return Ball(middle, self.unit * abs(middle))

    def named(self, given: Any) -> Ball:
        return self.number(given) if isinstance(given, Decimal) else Ball(self.context.mpf(given), self.zero)

    def constant(self, name: str) -> Ball:
        if name == "i":
            if not self.complex:
                raise Undefined
            return Ball(self.context.mpc(0, 1), self.zero)
        middle = +getattr(self.context, name)
        return Ball(middle, self.unit * middle)

    def joined(self, operator: str, left: Ball, right: Ball) -> Ball:
        (a, first), (b, second) = left, right
        match operator:
            case "+" | "-":
                middle = a + b if operator == "+" else a - b
                return Ball(middle, first + second + self.unit * abs(middle) if first or second or not _exact(middle)
                            else self.zero)
            case "*":
                middle = a * b
                return Ball(middle, abs(a) * second + abs(b) * first + first * second + self.unit * abs(middle))
            case "/":
                size = abs(b)
                if size <= second:
                    raise Undecided if second else Undefined
                middle = a / b
                return Ball(middle, (first + abs(middle) * second) / (size - second) + self.unit * abs(middle))
            case "**":
                return self.power(left, right)
        raise Undefined

    def power(self, base: Ball, exponent: Ball) -> Ball:
        base, exponent = self.snapped(base), self.snapped(exponent)
        size = exponent.middle
        if self.context.mag(size) > LARGEST // 3:
            raise Beyond
        if not exponent.error and not _imaginary(size) and _real(size) == int(_real(size)):
            return self.raised(base, int(_real(size)))
        if base.vanishes:
            if base.error:
                raise Undecided
            if _real(size) > 0:
                return Ball(self.zero, self.zero)
            raise Undefined
        if not self.complex and base.middle < 0:
            raise Undefined
        return self.moved(base, exponent) or self.perturbed(lambda a, b: a**b, [base, exponent])

    def moved(self, base: Ball, exponent: Ball) -> Ball | None:
        """A power and its error by its slopes, a^b·(b·δa/a + ln a·δb); None where they do not tell: at a cut, far off.

        Twice the first order holds the rest of it, as long as the base is off by less than half, the power by a tenth.
        """
        (a, first), (b, second) = base, exponent
        size = abs(a)
        if 2 * first > size or (_real(a) < 0 and abs(_imaginary(a)) <= first):
            return None
        found = self.tried(lambda: a**b, [])
        slope = self.tried(lambda: self.context.ln(a), [])
        if found is None or slope is None:
            return None
        off = 2 * (abs(b) * first / size + (abs(slope) + 2 * first / size) * second)
        if off > 0.1:
            return None
        return Ball(found, (2 * off + self.unit) * abs(found))

    def raised(self, base: Ball, count: int) -> Ball:
        """A power with a whole exponent."""
        middle, error = base
        if count == 0:
            return Ball(self.context.mpf(1), self.zero)
        if count < 0:
            return self.joined("/", Ball(self.context.mpf(1), self.zero), self.raised(base, -count))
        power = middle**count
        if not error:
            return Ball(power, self.unit * count.bit_length() * abs(power))
        spread = count * (abs(middle) + error) ** (count - 1) * error
        return Ball(power, spread + self.unit * count.bit_length() * abs(power))

    def applied(self, row: Function, arguments: list[Ball]) -> Ball:
        if any(self.context.mag(one.middle) > LARGEST for one in arguments):
            raise Beyond
        arguments = [self.snapped(one) for one in arguments]
        if row.real and any(_imaginary(one.middle) for one in arguments):
            if any(abs(_imaginary(one.middle)) > one.error for one in arguments):
                raise Undefined
            arguments = [Ball(_real(one.middle), one.error) for one in arguments]
        elif self.complex and not row.real:
            arguments = [Ball(self.context.mpc(one.middle), one.error) for one in arguments]
        return self.perturbed(lambda *given: row.exactly(self.context, list(given)), arguments, real=row.real)

    def snapped(self, ball: Ball) -> Ball:
        """A value that is a whole number or a half within a tiny error, as that number: there functions jump."""
        middle, error = ball
        if not error or self.digits < SNAPS or _imaginary(middle) or not error < 1e-20:
            return ball
        nearest = self.context.nint(2 * _real(middle)) / 2
        return Ball(nearest, self.zero) if abs(middle - nearest) <= error else ball

    def perturbed(self, function: Any, arguments: list[Ball], *, real: bool = False) -> Ball:
        """A function at the middles, and how far its value moves within their errors; real ones stay on the axis."""
        middles = [one.middle for one in arguments]
        found = self.tried(function, middles)
        spread = self.zero
        edge = False
        for place, (middle, error) in enumerate(arguments):
            if not error:
                continue
            steps = [error, -error]
            if self.complex and not real:
                steps += [self.context.mpc(0, error), self.context.mpc(0, -error)]
            for step in steps:
                moved = self.tried(function, [*middles[:place], middle + step, *middles[place + 1 :]])
                if moved is None or found is None:
                    edge = edge or (moved is None) != (found is None)
                    found = moved if found is None else found
                    continue
                spread = max(spread, abs(moved - found))
        if found is None:
            raise Undefined
        if edge:
            spread += abs(found)
        if 2 * spread >= abs(found) and spread > STEEP * self.context.sqrt(max(one.error for one in arguments)):
            raise Undecided
        return Ball(found, 2 * spread + self.unit * abs(found))

    def tried(self, function: Any, arguments: list[Any]) -> Any:
        """The value of a function, None where it has none."""
        try:
            found = function(*arguments)
        except (ValueError, ZeroDivisionError, TypeError):
            return None
        except AttributeError:  # mpmath's own floats lack some functions
            raise Undecided from None
        if not self.complex and _imaginary(found):
            return None
        found = found if self.complex else _real(found)
        return found if found - found == 0 else None  # neither infinite nor NaN


def _exact(middle: Any) -> bool:
    """Whether a sum of exact numbers is exact: a whole number that has room in a double."""
    return not _imaginary(middle) and abs(middle) < 2**53 and middle == int(_real(middle))


def _real(number: Any) -> Any:
    return number.real


def _imaginary(number: Any) -> Any:
    return number.imag
