"""Formulas as candidates type them: what is read, where reading stops and what is said, and when two are equal."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qbank import algebra, formulas
from qbank.algebra import tree
from qbank.algebra.balls import Ball
from qbank.algebra.table import FUNCTIONS
from qbank.algebra.tree import Node
from qbank.formulas import Domain, Equations, Points, Target, Unreadable, Vocabulary
from qbank.formulas.deciding import LEVELS
from qbank.formulas.points import COUNT
from qbank.formulas.residues import residue

NAMES = ("R1", "Rf", "R2", "beta", "x", "n", "c_prev")
WORDS = Vocabulary(NAMES, {"c_prev": ("c_{t-1}", "c_t-1", "c_(t-1)")}, parallel=True)
BARE = Vocabulary(("R1", "Rf"))
WHOLE = {"n": Domain(1, 8, whole=True)}

READINGS = [
    ("-Rf/R1", "-Rf/R1", ""),
    ("-R_f/R_1", "-Rf/R1", "underscores"),
    ("-R_{f}/R_{1}", "-Rf/R1", "braces"),
    (r"-\frac{R_f}{R_1}", "-Rf/R1", "TeX"),
    (r"-\dfrac{R_{\mathrm{f}}}{R_1}", "-Rf/R1", ""),
    ("−Ｒｆ÷R₁", "-Rf/R1", "full width, subscript digits"),
    ("2Rf", "2*Rf", ""),
    ("R_1(1+β)", "R1*(1 + beta)", ""),
    ("βR1", "beta*R1", "a Greek letter ends a name"),
    (r"\beta R_1", "beta*R1", ""),
    ("RfR1", "Rf*R1", "the longest name first"),
    ("R1·Rf", "R1*Rf", ""),
    (r"R_1\cdot R_f \times 2", "R1*Rf*2", ""),
    ("R1⊙Rf", "R1*Rf", "component by component"),
    ("x^2", "x^2", ""),
    ("x**2", "x^2", ""),
    ("x²", "x^2", ""),
    ("x⁻¹", "x^(-1)", ""),
    ("-x^2", "-x^2", "the sign is outside"),
    ("x^-2", "x^(-2)", ""),
    ("2^3^x", "2^(3^x)", "right-associative"),
    ("R1||R2", "R1 || R2", ""),
    ("R1//R2", "R1 || R2", ""),
    ("R1∥R2", "R1 || R2", ""),
    (r"R_1 \parallel R_2", "R1 || R2", ""),
    ("2R1||R2", "(2*R1) || R2", "a number belongs to what follows"),
    ("sin^2(x)", "sin(x)^2", ""),
    (r"\sin\left(x\right)", "sin(x)", ""),
    ("arctan(x)", "atan(x)", ""),
    ("log10(x)", "log10(x)", ""),
    (r"\log_{2}(x)", "log2(x)", ""),
    ("log(x)", "ln(x)", "what the question says log is"),
    ("log(x, 2)", "log(x, 2)", ""),
    ("max(x, 2, R1)", "max(x, 2, R1)", ""),
    ("√2", "sqrt(2)", ""),
    ("√(x+1)", "sqrt(x + 1)", ""),
    (r"\sqrt{x}", "sqrt(x)", ""),
    (r"\sqrt[3]{x}", "root(x, 3)", "of negative numbers too"),
    ("|x|", "abs(x)", ""),
    ("n!", "n!", ""),
    ("n!=6", "n! = 6", "not the sign ≠, which stands apart"),
    (r"\frac12x", "1/2*x", "TeX takes one digit for a group"),
    (r"\frac{x}2", "x/2", ""),
    (r"\frac1x", "1/x", "and one letter"),
    ("x 2^n", "x*2^n", "a power after a letter"),
    ("(x+1) 2^n", "(x + 1)*2^n", "or after a bracket"),
    (r"√\frac12", "sqrt(1/2)", ""),
    ("e^x", "e^x", ""),
    ("2πx", "2*pi*x", ""),
    ("2e3x", "2000*x", "an exponent, and not e"),
    ("0,5x", "0.5*x", "a decimal comma"),
    ("c_{t-1}x", "c_prev*x", "an alias with a sign in it"),
    ("c_t-1", "c_prev", ""),
    ("1/(2R1)x", "1/(2*R1)*x", "brackets make it plain"),
    ("[x + 1]{2}", "", "braces are no factor"),
    ("$x$.", "x", ""),
]


@pytest.mark.parametrize(("text", "plain", "remark"), READINGS)
def test_a_formula_is_read_as_it_is_meant(text: str, plain: str, remark: str) -> None:
    if not plain:
        with pytest.raises(Unreadable):
            formulas.read(text, WORDS)
        return

    assert algebra.plain(formulas.read(text, WORDS)) == plain, remark


STOPS = [
    ("Rf/R3", 4, "what is R3? this question has R1, Rf", "R3 是什么？本题的量有 R1, Rf"),
    ("-rf/R1", 2, "what is rf? did you mean Rf?", "rf 是什么？是否指 Rf？"),
    ("RfR2", 3, "what is R2? this question has R1, Rf", "R2 是什么？本题的量有 R1, Rf"),
    ("2(R1 Rf", 8, "the ( at column 2 is not closed", "第 2 列的 ( 没有闭合"),
    ("(R1]", 4, "the bracket at column 1 closes with ), not ]", "第 1 列的括号应以 ) 闭合，而不是 ]"),
    ("R1)", 3, ") has no opening bracket", ") 没有与之配对的括号"),
    ("R1 +", 5, "a name, a number or a bracket was expected here", "这里应为一个量、数或括号"),
    ("* R1", 1, "a name, a number or a bracket was expected here", "这里应为一个量、数或括号"),
    ("R1 2", 4, "an operator was expected here; did you forget *?", "这里应为运算符，是否漏写 *？"),
    ("--R1", 2, "two signs in a row; write brackets", "两个运算符相连，请加括号"),
    ("sin", 4, "sin needs an argument: sin(…)", "sin 后面应为自变量：sin(…)"),
    ("Rf + ln", 8, "ln needs an argument: ln(…)", "ln 后面应为自变量：ln(…)"),
    ("sin R1/2", 7, "this can be read in two ways; write sin(R1)/2 or sin(R1/2)",
     "有两种读法，请写 sin(R1)/2 或 sin(R1/2)"),
    ("sin(R1, 2)", 1, "sin takes 1 argument, not 2", "sin 应有 1 个自变量，写了 2 个"),
    ("atan2(R1)", 1, "atan2 takes 2 arguments, not 1", "atan2 应有 2 个自变量，写了 1 个"),
    ("ln^-1(R1)", 4, "this can be read in two ways; write the inverse or 1 over the function",
     "意义不明：是反函数还是倒数？"),
    ("Sin(R1)", 1, "what is Sin? did you mean sin?", "Sin 是什么？是否指 sin？"),
    ("1/2R1", 4, "this can be read in two ways; write 1/(2*R1) or (1/2)*R1",
     "有两种读法，请写 1/(2*R1) 或 (1/2)*R1"),
    ("R1||Rf", 3, "the parallel sign is not allowed in this question", "本题的答案不用并联符号"),
    ("1,234R1", 2, "the comma can be read in two ways", "逗号有两种读法"),
    ("R1 = Rf = 2", 9, "only one equals sign", "只能有一个等号"),
    ("1e100", 1, "a number between 1e-99 and 1e99", "数值超出可读范围"),
    ("1e-100", 1, "a number between 1e-99 and 1e99", "数值超出可读范围"),
    ("2 3^R1", 3, "an operator was expected here; did you forget *?", "这里应为运算符，是否漏写 *？"),
    (r"\frac1R1", 7, r"\frac takes two groups in braces, neither empty", r"\frac 后应有两个非空的花括号"),
    ("1.2.3", 4, "an operator was expected here; did you forget *?", "这里应为运算符，是否漏写 *？"),
    (r"\frac{R1}", 10, r"\frac takes two groups in braces, neither empty", r"\frac 后应有两个非空的花括号"),
    (r"\frac{}{R1}", 6, r"\frac takes two groups in braces, neither empty", r"\frac 后应有两个非空的花括号"),
    (r"\frac1e3", 7, r"\frac takes two groups in braces, neither empty", r"\frac 后应有两个非空的花括号"),
    (r"\frac", 6, r"\frac takes two groups in braces, neither empty", r"\frac 后应有两个非空的花括号"),
    (r"1\frac12R1", 2, "this can be read in two ways; write 1+1/2 or 1*1/2", "有两种读法，请写 1+1/2 或 1*1/2"),
    (r"\sqrt{}", 6, r"the root has nothing under it: \sqrt{x}", r"根号下是空的：\sqrt{x}"),
    (r"R1\4", 3, "a name, a number or a bracket was expected here", "这里应为一个量、数或括号"),
    ("R1 != 2", 4, "≠ is not an equation; for a factorial write brackets: (x!)=", "≠ 不是等式"),
    ("β＋R1", 1, "what is β? this question has R1, Rf", "β 是什么？本题的量有 R1, Rf"),
    ("(" * 61 + "R1", 61, "the brackets or powers are nested too deeply", "括号或指数层数太多"),
    ("R1+" * 400, 1001, "at most 1000 characters", "不超过 1000 个字符"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "column", "en", "zh"), STOPS)
def test_where_reading_stops_it_says_what_to_change(text: str, column: int, en: str, zh: str) -> None:
    with pytest.raises(Unreadable) as stopped:
        formulas.read(text, BARE)

    assert (stopped.value.column, stopped.value.expected.en, stopped.value.expected.zh) == (column, en, zh)


@pytest.mark.parametrize("text", ["R1||R2*Rf", "Rf*R1||R2", "Rf/R1||R2", "R1||R2/Rf"])
def test_a_product_beside_a_parallel_sign_needs_brackets(text: str) -> None:
    with pytest.raises(Unreadable, match="a parallel sign beside a product needs brackets"):
        formulas.read(text, WORDS)


def test_two_names_that_differ_by_an_underscore_stay_two() -> None:
    words = Vocabulary(("R1", "R_1"))

    assert formulas.read("R1 + R_1", words) == tree.Binary("+", tree.Name("R1"), tree.Name("R_1"))


def test_the_question_s_own_names_go_before_constants_and_functions() -> None:
    words = Vocabulary(("e", "i", "min"), imaginary=True)

    assert tree.named(formulas.read("e i min + j", words)) == {"e", "i", "min"}


def test_the_imaginary_unit_may_stand_before_digits() -> None:
    words = Vocabulary(("f",), imaginary=True)

    assert algebra.plain(formulas.read("1 + j2πf", words)) == "1 + i*2*pi*f"
    assert tree.named(formulas.read("j2 + j", Vocabulary(("j2",), imaginary=True))) == {"j2"}, "but in a name"
    with pytest.raises(Unreadable) as stopped:
        formulas.read("sin^j(f)", words)
    assert stopped.value.column == 5


EQUAL = [
    ("sin(πx)", "0", {}, False, "not at whole numbers alone"),
    ("√(x²)", "x", {}, False, "not for negative numbers"),
    ("√(x²)", "x", {"x": Domain(0)}, True, "unless there are none"),
    ("|x|", "√(x²)", {}, True, ""),
    ("(-2)^n", "(-2)^(n-1)", {}, False, "no value at most points, another one at the rest"),
    ("(-2)^n", "(-2)^(n-1)", WHOLE, False, ""),
    ("(-2)^n", "-2(-2)^(n-1)", WHOLE, True, ""),
    ("e^x + 1e-7", "e^x", {}, False, "a small constant beside a large exponential"),
    ("e^x + 1e-7", "e^x", {"x": Domain(50, 100)}, False, "where doubles cannot tell"),
    ("e^x + 1e-7", "exp(x) + 1e-7", {"x": Domain(50, 100)}, True, ""),
    ("x + 1e-30", "x", {}, False, "there is no floor"),
    ("ln(x²)", "2ln(x)", {}, False, "a value on one side only"),
    ("ln(x²)", "2ln(x)", {"x": Domain(0)}, True, ""),
    ("(x+1)^2", "x^2+2x+1", {}, True, ""),
    ("(x+1e9)^2 - 1e18 - 2e9x", "x^2", {}, True, "doubles say otherwise"),
    ("exp(1000+x)/exp(1000)", "e^x", {}, True, "doubles have no such number"),
    ("R1(1+R2/R1)", "R1 + R2", {}, True, "a division that can be lifted"),
    ("R1||R2", "R1R2/(R1+R2)", {}, True, ""),
    ("sin^2(x)+cos^2(x)", "1", {}, True, ""),
    ("tanh(x)", "(e^x-e^(-x))/(e^x+e^(-x))", {}, True, ""),
    ("n!", "n*(n-1)!", WHOLE, True, ""),
    ("binomial(n, 2)", "n(n-1)/2", WHOLE, True, ""),
    ("n^2", "n", {"n": Domain(0, 1, whole=True)}, True, "in its domain they are one"),
    ("9^9^9^9", "9^9^9", {}, True, "neither has a value that anyone could write"),
]


@pytest.mark.parametrize(("first", "second", "domains", "equal", "remark"), EQUAL)
def test_formulas_are_equal_where_they_are_at_every_point(
    first: str, second: str, domains: dict[str, Domain], equal: bool, remark: str
) -> None:
    assert alike(formulas.read(first, WORDS), formulas.read(second, WORDS), domains) == equal, remark


def alike(first: Node, second: Node, domains: dict[str, Domain] | None = None) -> bool:
    points = Points(formulas.sampled(tree.named(first) | tree.named(second), domains or {}), domains=domains)
    target = Target(second, points)
    return bool(formulas.same([first], formulas.values([first], target.sampled), target)[0])


EQUATIONS = [
    ("x = 2", "2x = 4", True, ""),
    ("x/R1 = 2", "x = 2R1", True, "denominators cleared"),
    ("x = 2", "x^2 = 4", False, "another solution"),
    ("x = 2", "x = -2", False, ""),
    ("1/R1 + 1/R2 = 1/x", "x = R1||R2", True, ""),
    ("x = e^(-n/R1)", "x - exp(-(n/R1)) = 0", True, ""),
    ("x = R1", "x R2 = R1 R2", False, "a factor that is no number"),
    ("x = x", "x = 1", False, "which says nothing"),
    ("x^60 = (x+1)^60", "x = 1", False, ""),
]


@pytest.mark.parametrize(("first", "second", "equal", "remark"), EQUATIONS)
def test_equations_are_alike_but_for_a_factor(first: str, second: str, equal: bool, remark: str) -> None:
    equations = Equations(Points(formulas.sampled(NAMES, {})))

    assert equations.alike(formulas.read(first, WORDS), formulas.read(second, WORDS)) == equal, remark


def signed(value: Decimal | int) -> Node:
    return tree.number(Decimal(value))


leaves = st.one_of(
    st.sampled_from([tree.Name(name) for name in NAMES]),
    st.sampled_from([tree.Constant("pi"), tree.Constant("e")]),
    st.decimals("0.01", "999", places=2).map(signed),
)


def grown(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(nodes, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        nodes.map(lambda node: tree.Unary("-", node)),
        st.builds(tree.Binary, st.sampled_from(["+", "-", "*", "/"]), nodes, nodes),
        st.builds(tree.Binary, st.just("**"), nodes, st.integers(-3, 3).map(signed) | nodes),
        several.map(lambda sides: tree.Call("parallel", sides)),
        st.builds(tree.Call, st.sampled_from(ONE), st.tuples(nodes)),
        st.builds(tree.Call, st.sampled_from(["max", "atan2", "log", "binomial", "root"]), st.tuples(nodes, nodes)),
    )


ONE = [name for name, row in FUNCTIONS.items() if row.least == 1 and row.spellings is not None and name != "log"]
"""Every function of one argument that candidates may write."""


trees = st.recursive(leaves, grown, max_leaves=8)


@settings(max_examples=80, deadline=None)
@given(node=trees)
def test_what_is_printed_reads_back_as_the_same_formula(node: Node) -> None:
    again = formulas.read(algebra.plain(node), WORDS)

    assert algebra.plain(again) == algebra.plain(node)
    points = Points(formulas.sampled(NAMES, {}))
    first, second = formulas.values([node, again], points)
    finite = np.isfinite(first)
    assert np.array_equal(finite, np.isfinite(second))
    assert np.allclose(first[finite], second[finite], rtol=1e-6, atol=0)


@settings(max_examples=80, deadline=None)
@given(node=trees, spaces=st.integers(0, 3), times=st.sampled_from("*×·"), power=st.sampled_from(["^", "**"]))
def test_spaces_and_signs_never_change_what_is_read(node: Node, spaces: int, times: str, power: str) -> None:
    plain = algebra.plain(node)
    written = plain.replace("*", f"{' ' * spaces}{times}{' ' * spaces}").replace("^", power).replace("-", "−")

    assert formulas.read(written, WORDS) == formulas.read(plain, WORDS)


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=40) | st.text("R1fβx2+-*/^()[]{}|!,.=√\\ e_frac", max_size=40))
def test_any_text_is_a_formula_or_stops_at_a_column_of_it(text: str) -> None:
    try:
        formula = formulas.read(text, WORDS)
    except Unreadable as stopped:
        assert 1 <= stopped.column <= len(text) + 1
        assert stopped.expected.zh
        assert stopped.expected.en
        return
    assert tree.named(formula) <= set(NAMES)


@settings(max_examples=30, deadline=None)
@given(node=trees)
def test_a_formula_equals_itself_otherwise_written_and_no_other(node: Node) -> None:
    points = Points(formulas.sampled(NAMES, {}))
    target = Target(node, points)
    assume(target.defined and not target.fault)
    same = tree.Binary("/", tree.Binary("*", tree.Name("x"), node), tree.Name("x"))
    more = tree.Binary("+", node, tree.whole(1))

    found = formulas.same([same, more], formulas.values([same, more], target.sampled), target)

    assert bool(found[0])
    with np.errstate(all="ignore"):
        large = np.nanmax(np.abs(formulas.values([node], points)), initial=0.0) > 1e15  # 1 is below its last digit
    pole = target.at(0).to(LEVELS[1])
    assert large or not found[1] or (isinstance(pole, Ball) and pole.vanishes), "a pole has no value that 1 is added to"


X, UNIT, THREE = tree.Name("x"), tree.Constant("i"), tree.whole(3)
SHORT = tree.Binary("**", X, tree.Unary("-", THREE))
QUOTIENTS = [
    (tree.Binary("*", UNIT, UNIT), tree.whole(-1), True, "i² is -1"),
    (SHORT, tree.Binary("/", tree.whole(1), tree.Binary("**", X, THREE)), True, ""),
    (SHORT, tree.Binary("**", X, THREE), False, "the sign of an exponent counts"),
]


@pytest.mark.parametrize(("first", "second", "same", "remark"), QUOTIENTS)
def test_the_same_quotient_of_polynomials_has_the_same_residue(
    first: Node, second: Node, same: bool, remark: str
) -> None:
    assert (residue(first) == residue(second)) == same, remark


def test_a_formula_is_looked_at_where_it_bends_unless_it_is_complex_or_a_mistake() -> None:
    node = formulas.read("max(x, 1.1)", WORDS)
    real, plane = Points(formulas.sampled(["x"], {})), Points(formulas.sampled(["x"], {}), imaginary=True)

    assert Target(node, real).points.count > real.count
    assert Target(node, real, bent=False).points is real
    assert Target(node, plane).points is plane


DOMAINS = (Domain(1, 2), Domain(1e3, 1e6), Domain(-3, 3), Domain(0), Domain(2, 9, whole=True), Domain(5), Domain(-7),
           Domain(values=(1.0, 4.0)), Domain(high=0), Domain(0, whole=True), Domain(high=6, whole=True),
           Domain(whole=True), Domain(0, 1), Domain())  # fmt: skip


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_line_along_a_domain_rises_inside_it(domain: Domain) -> None:
    line = domain.line

    assert len(line) >= 2
    assert (np.diff(line) > 0).all()
    assert domain.holds(line).all()
    assert bool((line == np.rint(line)).all()) == (domain.whole or bool(domain.values))


def test_a_domain_that_begins_at_zero_leaves_out_zero_alone_and_only_if_it_is_continuous() -> None:
    values = np.array([-1, 0, 1e-9, 0.5, 1, 2])

    assert Domain(0, 1).holds(values).tolist() == [False, False, True, True, True, False]
    assert Domain(0, 1, whole=True).holds(values).tolist() == [False, True, True, True, True, False]


def test_a_domain_is_sampled_inside_itself() -> None:
    for domain in DOMAINS:
        for order in range(20):
            values = domain.sample(order)
            assert values.shape == (COUNT,)
            assert np.isfinite(values).all()
            if not domain.values:
                assert (values >= domain.low).all()
                assert (values <= domain.high).all()
            assert not domain.whole or (values == np.rint(values)).all()


def test_the_reals_are_of_both_signs_and_many_sizes() -> None:
    for order in range(20):
        values = Domain().sample(order)

        assert (values < 0).any()
        assert (values > 0).any()
        assert (values != np.rint(values)).any()
        assert (values == np.rint(values)).any()
        assert (np.abs(values) < 0.05).any()
        assert (np.abs(values) > 50).any()
        assert 12 <= (values < 0).sum() <= 36, "neither sign is rare"


def test_samples_reach_the_whole_of_a_domain() -> None:
    for order in range(20):
        assert set(Domain(1, 6, whole=True).sample(order)) == {1, 2, 3, 4, 5, 6}
        wide, whole = Domain(1e-3, 1e3).sample(order), Domain(whole=True).sample(order)
        assert wide.min() < 1e-2
        assert wide.max() > 1e2
        assert (Domain(-1, 1e6).sample(order) < 1e3).sum() >= 3, "where something happens"
        assert -40 <= whole.min() < -20
        assert 20 < whole.max() <= 40


def test_every_eighth_point_is_whole_for_all_names_together() -> None:
    """So that a power of one to the other has a value where it is of a negative number."""
    for order in range(20):
        for domain in (Domain(), Domain(0)):
            values = domain.sample(order)[5::8]
            assert (values == np.rint(values)).all()


def test_all_rows_of_an_item_are_points_beside_letters_of_their_own() -> None:
    columns = formulas.sampled(["a", "x"], {}, {"a": np.arange(100.0)})

    assert columns["a"].tolist() == list(range(100))
    assert len(columns["x"]) == 100
