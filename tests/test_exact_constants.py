"""A constant of a candidate has the value that mathematics gives it: at edges, jumps and poles of functions too."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator

import pytest
import sympy

from qbank import formulas, numerals
from qbank.algebra import balls, read
from qbank.algebra.table import FUNCTIONS
from qbank.algebra.tree import with_unit
from qbank.answers.complex_ import written
from qbank.formulas import Vocabulary
from qbank.model import READ

INSIDE = {
    "-2": ("-sqrt(8)/sqrt(2)",),
    "-1": ("cos(pi)", "-sqrt(2)^2/2"),
    "0": ("sin(pi)", "sqrt(2)-2^0.5", "ln(2)/ln(2)-1"),
    "1/2": ("cos(pi/3)", "sqrt(2)^2/4"),
    "1": ("sqrt(3)^2/3", "tan(pi/4)", "2cos(pi/3)"),
    "3/2": ("3*sqrt(2)^2/4",),
    "2": ("sqrt(2)^2",),
    "pi/2": ("asin(1)", "3*pi/6"),
    "pi": ("acos(-1)",),
}
"""Exact arguments, and how somebody may come to them whose calculator keeps a rest."""


def arguments() -> Iterator[tuple[str, str, str]]:
    """Every function of one argument, with each of the arguments."""
    for name, row in FUNCTIONS.items():
        if row.least == 1 and row.most == 1 and row.spellings is not None and row.sympy:
            yield from ((name, exact, text) for exact, texts in INSIDE.items() for text in texts)


def of_sympy(name: str, argument: sympy.Expr) -> float | None:
    """The real value that SymPy gives, None where there is none."""
    function = FUNCTIONS[name].sympy
    if name == "factorial" and not argument.is_integer:
        return None  # ours is of whole numbers, SymPy's is the gamma function
    with warnings.catch_warnings(action="ignore"):
        found = getattr(sympy, function)(argument) if isinstance(function, str) else function(sympy, argument)
        value = complex(found.evalf(30))
    return value.real if abs(value.imag) < 1e-20 and math.isfinite(value.real) else None


@pytest.mark.parametrize(("name", "exact", "text"), list(arguments()))
def test_a_function_has_the_value_that_sympy_gives(name: str, exact: str, text: str) -> None:
    number = numerals.one(f"{name}({text})")

    wanted = of_sympy(name, sympy.sympify(exact))
    assert (number.value if number.state == READ else None) == (wanted and pytest.approx(wanted, rel=1e-14))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("atan2(sin(pi), -1)", math.pi),  # on the cut
        ("root(-8, sqrt(9))", -2.0),  # an odd index, within a rest
        ("log(8, sqrt(4))", 3.0),
        ("log(2, cos(0))", None),  # no logarithm has the base 1
        ("round(sqrt(2)^2/4)", 0.0),  # a half goes to the even neighbour
        ("round(3*sqrt(2)^2/4)", 2.0),
        ("binomial(sqrt(16), sqrt(4))", 6.0),
        ("2 + asin(2cos(pi/3))", 2 + math.pi / 2),
        ("tan(5pi/2)", None),
        ("atan(tan(pi/2))", None),
        ("tan(pi/2)*0", None),
        ("1 - tanh(20)^2", 1.699341702116696e-17),
        ("1000000 (sqrt(2)^2 - 2)", 0.0),
        ("sqrt(10^40+1) - 10^20", 5e-21),  # forty digits leave nothing of it
        ("cosh(100) - sinh(100)", 3.720075976020836e-44),
        ("tan(1.5707963267948966)", 51998506188720271.0),  # a decimal that is not π/2
    ],
)
def test_zero_is_what_every_number_of_digits_leaves_less_of(text: str, value: float | None) -> None:
    number = numerals.one(text)

    assert (number.value if number.state == READ else None) == (value and pytest.approx(value, rel=1e-14))


@pytest.mark.parametrize(
    ("text", "value"),
    [("asin(2*cos(pi/3)) + i", complex(math.pi / 2, 1)), ("tan(pi/2) + i", None), ("ln(cos(pi))", complex(0, math.pi)),
     ("exp(i*pi) + 1", 0j), ("sqrt(-4)", 2j)],
)  # fmt: skip
def test_a_complex_constant_likewise(text: str, value: complex | None) -> None:
    found = written.computed(formulas.usual(text, Vocabulary((), imaginary=True)).node)

    assert found == (pytest.approx(value, rel=1e-14) if value is not None else None)


def test_a_ball_at_a_jump_tells_that_it_cannot_tell() -> None:
    with pytest.raises(balls.Undecided):
        balls.value(read("tan(pi/2)").root, {}, 640)


@pytest.mark.parametrize(
    "text",
    ["ln(-sqrt(2))", "ln(sqrt(2)*j**2)", "sqrt(-sqrt(2))", "(-sqrt(2))**(1/3)", "(sqrt(2)*exp(j*pi))**0.5",
     "arg(sqrt(2)*exp(j*pi))"],
)  # fmt: skip
def test_a_ball_on_a_cut_tells_that_it_cannot_tell(text: str) -> None:
    with pytest.raises(balls.Undecided):
        balls.value(with_unit(read(text)).root, {}, 160, imaginary=True)


CANCELLING = [
    "1/(sqrt(2) - 1.41421356237)", "(sqrt(3) - 1.7320508)/(sqrt(2) - 1.41421356237)", "sqrt(2)/(exp(1) - 2.718281828)",
    "1/(1/(sqrt(2) - 1.414213562))", "(pi - 3.14159265)**(-3)", "(pi - 3.14159265)**1.5", "ln(pi - 3.14159265)/pi",
    "(1e9*sqrt(2))/(sqrt(3) - 1.7320508)", "1/(1e30*(sqrt(2) - 1.41421356237))", "1/(1e30*sqrt(2) - 1.41421356237e30)",
]  # fmt: skip


@pytest.mark.parametrize("text", CANCELLING)
@pytest.mark.parametrize("digits", [20, 25, 30, 40, 60])
def test_a_ball_of_few_digits_holds_the_value_and_is_not_far_larger(text: str, digits: int) -> None:
    few, many = (balls.value(read(text).root, {}, each) for each in (digits, 300))
    lost = 10.0**30  # the most that cancels in these

    assert abs(few.middle - many.middle) <= few.error <= abs(many.middle) * lost * 10.0**-digits



CONSTANTS = [
    ("1/2+1/3", 5 / 6, 3 / 7, "the denominator taken to its end"),
    ("2*(1/2+1/3)", 5 / 3, 6 / 7, ""),
    ("1-1/3", 2 / 3, 0, "one reading"),
    ("1/4 - 1/3", -1 / 12, 3 / 11, ""),
    ("2^-1/2", 1 / 4, 2**-0.5, "the exponent taken to its end"),
    ("sqrt(2)*3", 3 * 2**0.5, 0, ""),
    ("sin(60°)*cos(30°)", 3 / 4, 0, "of degrees"),
    ("sin 30° + cos 60°", 1, math.sin(math.radians(30) + 0.5), "the argument taken to its end"),
    ("sin 30° cos 60° tan 45°", 1 / 4, 0, "three functions of degrees"),
    ("10^99*9.99", 9.99e99, 0, "the largest"),
    ("10^99*10", None, 0, "beyond any quantity"),
    ("10^98*10*10", None, 0, ""),
    ("1/10^99", 1e-99, 0, "the smallest"),
    ("1/(3*10^99)", None, 0, ""),
    ("0*10^-99", 0, 0, ""),
]


@pytest.mark.parametrize(("text", "value", "other", "remark"), CONSTANTS)
def test_a_constant_has_its_value_and_at_most_one_other(
    text: str, value: float | None, other: float, remark: str
) -> None:
    number = numerals.one(text)

    assert (number.value if number.state == READ else None) == (value and pytest.approx(value, rel=1e-14)), remark
    assert number.other == pytest.approx(other, rel=1e-14), remark
