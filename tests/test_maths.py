"""One formula, three printers: what each prints, what is refused and where, and that none can be broken out of."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree

import pytest
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qbank import maths
from qbank.maths import chemistry
from qbank.maths.symbols import ACCENTS, COMMANDS, ENVIRONMENTS, FACES, LINES, STRETCHED, TYPED
from qbank.maths.tokens import DEEPEST, LONGEST

PLAIN = [
    # TeX, as text, remark
    (r"A_{uf} = -R_f/R_1", "A_uf = -R_f/R_1", "a sign after = keeps close"),
    (r"A_{uf} = -\frac{R_f}{R_1}", "A_uf = -R_f/R_1", ""),
    ("x^2", "x²", ""),
    (r"10^{-3}\,\mathrm{V}", "10⁻³ V", ""),
    ("e^{-x}", "e^(-x)", "no raised x in Unicode"),
    (r"4.7\,\mathrm{k\Omega}", "4.7 kΩ", ""),
    (r"0.5\,\mathrm{V/\mu s}", "0.5 V/μs", ""),
    (r"25\,^\circ\mathrm{C}", "25 °C", "a script on nothing"),
    (r"-45^\circ", "-45°", ""),
    (r"\frac{a+b}{2c}", "(a + b)/(2c)", ""),
    (r"\frac{\partial L}{\partial W}", "∂L/∂W", ""),
    (r"\frac12 x", "1/2 x", "without braces an argument is one digit"),
    (r"\frac123", "1/2 3", "the rest is a number of its own"),
    (r"\sqrt12", "√1 2", ""),
    (r"x^12", "x¹²", "an index is a whole number"),
    (r"1 - (-2)", "1 - (-2)", ""),
    (r"2\sin x", "2 sin x", ""),
    (r"\sum_{t=1}^{T} x_t", "∑_(t=1)^T x_t", ""),
    (r"\int_0^\infty e^{-t}\,dt", "∫_0^∞ e^(-t) dt", ""),
    (r"\lim_{x \to 0} f(x)", "lim_(x→0) f(x)", ""),
    (r"h_t = o_t \odot \tanh(c_t)", "h_t = o_t ⊙ tanh(c_t)", ""),
    (r"\hat y + \dot U + \bar x", "ŷ + U̇ + x̄", ""),
    (r"\overline{AB} + \overline{A}", "overline(AB) + A̅", ""),
    (r"\overrightarrow{h}_t + \overleftarrow{AB}", "h⃗_t + AB⃖", "an arrow as long as what is under it"),
    (r"f'(x) + f''_1", "f′(x) + f′′_1", ""),
    (r"R_1 \| R_2 = R_1 \parallel R_2", "R_1 ∥ R_2 = R_1 ∥ R_2", "a lone double bar means parallel"),
    (r"\|w\|", "‖w‖", "a pair of them is a norm"),
    (r"\lVert w \rVert_2 = \lvert -4 \rvert", "‖w‖_2 = |-4|", "and so is a pair that says which end it is"),
    (r"(2,\,-3)", "(2, -3)", "after a comma and room a minus is a sign"),
    ("(200,)", "(200,)", "a comma after which nothing follows asks for no room"),
    (r"|x| + P(a|b)", "|x| + P(a|b)", "the second bar is a sign"),
    (r"\sqrt{2} U_2 + \sqrt[3]{x+1}", "√2 U_2 + ³√(x + 1)", ""),
    (r"\begin{bmatrix} 1 & -2 \\ 0 & 3 \end{bmatrix}", "[1, -2; 0, 3]", ""),
    (r"\left[\begin{matrix} 1 \\ 2 \\ \end{matrix}\right]", "[1; 2]", "a break after the last row is no row"),
    (r"f = \begin{cases} x, & x > 0 \\ 0, & \text{其他} \end{cases}", "f = {x, x > 0; 0, 其他", ""),
    (r"\begin{aligned} a &= b \\ &= c \end{aligned}", "a = b; = c", ""),
    (r"5\%", "5%", ""),
    (r"\text{若 } x \ne 0", "若 x ≠ 0", ""),
    ("饱和压降 U_{CES}", "饱和压降U_CES", "Chinese needs no \\text"),
    ("µ + Ω + ° + ∞ + β", "μ + Ω + ° + ∞ + β", "signs as they are typed"),
    (r"\mathbf{W} \in \mathbb{R}^{n \times m}", "W ∈ R^(n×m)", ""),
    (r"\text{100\% \{a\}}", "100% {a}", "escapes inside words"),
    (r"A \xrightarrow[\Delta]{k_1} B", "A →(k_1, Δ) B", "over an arrow, and under it"),
    (r"X_i \overset{iid}{\sim} N", "X_i ∼(iid) N", ""),
    (r"\underset{x}{\to}", "→(x)", ""),
    (r"\mathrm{N_2 + 3H_2 \rightleftharpoons 2NH_3}", "N_2 + 3H_2 ⇌ 2NH_3", ""),
    (r"\ce{2H2 + O2 -> 2H2O}", "2H_2 + O_2 → 2H_2O", "counts and coefficients"),
    (r"\ce{1/2 O2 + 0.5 N2}", "1/2 O_2 + 0.5N_2", "broken coefficients"),
    (r"\ce{SO4^2-} + \ce{NH4+} + \ce{Cl-} + \ce{Fe^{3+}}", "SO_4²⁻ + NH_4⁺ + Cl⁻ + Fe³⁺", "charges"),
    (r"\ce{H+ + OH- <=> H2O}", "H⁺ + OH⁻ ⇌ H_2O", "a sign of a sum is between spaces"),
    (r"\ce{[Cu(NH3)4]^2+}", "[Cu(NH_3)_4]²⁺", ""),
    (r"\ce{Zn(s) + Cu^2+(aq) -> Zn^2+(aq)}", "Zn(s) + Cu²⁺(aq) → Zn²⁺(aq)", ""),
    (r"\ce{CuSO4*5H2O}", "CuSO_4 · 5H_2O", "behind the point is a coefficient"),
    (r"\ce{^{14}_{6}C + ^14C}", "_6¹⁴C + ¹⁴C", "isotopes"),
    (r"\ce{CaCO3 ->[高温] CaO + CO2 ^}", "CaCO_3 →(高温) CaO + CO_2 ↑", "a gas"),
    (r"\ce{Ag+ + Cl- -> AgCl v}", "Ag⁺ + Cl⁻ → AgCl ↓", "what falls out"),
    (r"\ce{N2 + 3H2 <=>[Fe][500 ℃] 2NH3}", "N_2 + 3H_2 ⇌(Fe, 500℃) 2NH_3", "above and below"),
    (r"\ce{2Mg + O2 =[点燃] 2MgO}", "2Mg + O_2 =(点燃) 2MgO", "as Chinese textbooks write it"),
    (r"\ce{CH3-CH=CH2}", "CH_3–CH = CH_2", "bonds"),
    (r"\ce{C_nH_{2n+2}}", "C_nH_(2n+2)", ""),
    (r"\ce{MnO4^- + 5Fe^2+ ->[\Delta]}", "MnO_4⁻ + 5Fe²⁺ →(Δ)", ""),
]

TYPST = [
    (r"4.7\,\mathrm{k\Omega}", '4.7 thin"kΩ"', "units are upright strings"),
    ("x_1^2", "attach(x, b: 1, t: 2)", ""),
    (r"\# a", "\\u{23} a", "the sign that starts code is written by its number"),
    (r'\text{a"b\#c}', '"a\\"b\\u{23}c"', "a string cannot be left"),
    (r"\bar{⌈}", "accent(\\⌈, \u0304)", "a lone delimiter opens nothing in Typst"),
    (r"45\angle{-30}", '45 ∠ class("unary", −) 30', "the sign of a value that was filled in is no difference"),
    (r"\left( x \right]", "lr(\\( x \\])", ""),
    (r"f(x, y; z)", "f \\( x \\, y \\; z \\)", "commas are not arguments"),
    (r"\frac{a,b}{c}", "frac(a \\, b, c)", ""),
    (r"\lim_{x} y", 'attach(limits(op("lim")), b: x) y', ""),
    (r"\begin{matrix} a & b \end{matrix}", "mat(delim: std.assert.eq(0, 0), a, b)", ""),
    (r"\begin{vmatrix} a & b \\ c & d \end{vmatrix}", 'mat(delim: "|", a, b; c, d)', ""),
    (r"\begin{aligned} a &= b \\ &= c \end{aligned}", 'a & = b \\ "" & = c', "alone, it breaks into lines"),
    (r"\mathbf{W}", "upright(bold(W))", ""),
    ("{}", '""', "nothing is still something"),
    (r"a \xrightarrow{k} b", "a attach(stretch(→), t: thin k thin) b", ""),
    (r"\overset{iid}{\sim}", "attach(limits(∼), t: i i d)", ""),
]

MATHML = [
    ("-x", '<mrow><mo form="prefix">−</mo><mi>x</mi></mrow>', "the minus sign, not the hyphen"),
    ("a-1", "<mrow><mi>a</mi><mo>−</mo><mn>1</mn></mrow>", ""),
    (r"\mathrm{k\Omega}", "<mtext>kΩ</mtext>", "both upright"),
    (r"\mathrm{V}", '<mi mathvariant="normal">V</mi>', ""),
    (r"\Omega", '<mi mathvariant="normal">Ω</mi>', "capital Greek stands upright"),
    (r"\mathbf{W}", "<mi>𝐖</mi>", ""),
    (r"\boldsymbol{\beta}", "<mi>𝜷</mi>", ""),
    (r"\mathcal{L}", "<mi>ℒ</mi>", "a letter outside its block"),
    ("a < b", "<mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow>", ""),
    (r"\text{<b>}", "<mtext>&lt;b&gt;</mtext>", ""),
    ("x_{t-1}", '<msub><mi>x</mi><mrow><mi>t</mi><mo lspace="0" rspace="0">−</mo><mn>1</mn></mrow></msub>', ""),
    (r"\sum_{i} ", "<munder><mo>∑</mo><mi>i</mi></munder>", ""),
    (r"\int_{i} ", "<msub><mo>∫</mo><mi>i</mi></msub>", ""),
    ("f'", '<mrow><mi>f</mi><mo lspace="0" rspace="0">′</mo></mrow>', "primes are raised by the font"),
]

WRONG = [
    # TeX, message, the wrong part
    (r"a + \fracc{1}{2}", r"\fracc is not a known command; did you mean \frac?", r"\fracc"),
    (r"\qqqqq", r"\qqqqq is not a known command", r"\qqqqq"),
    ("", "the formula is empty", ""),
    ("x_{1", "'{' is not closed with '}'", "{"),
    ("x}", "'}' has no matching '{'", "}"),
    ("x_1_2", "a second subscript; put both into one pair of braces", "_"),
    ("x^1^2", "a second superscript; put both into one pair of braces", "^"),
    ("x^", "a superscript is missing at the end of the formula", ""),
    (r"\frac{1}", r"the argument of \frac is missing at the end of the formula", ""),
    ("5%", r"the percent sign is written \%", "%"),
    ("a & b", "'&' is allowed only between the cells of a matrix", "&"),
    ("√2", r"a root is written \sqrt{…}", "√"),
    ("x²", r"'²' is not allowed in a formula; write it inside \text{…}", "²"),
    (r"\left( x", r"'\\left' is not closed with '\\right'", r"\left"),
    (r"x \right)", r"\right has no matching \left", r"\right"),
    (r"\left x", r"'x' is not a delimiter; \left needs one of ( ) [ ] | / . \{ \} \|", "x"),
    (r"\begin{bmatrx} 1 \end{bmatrx}", "'bmatrx' is not a known environment; did you mean 'bmatrix'?", r"\begin"),
    (r"\begin{matrix} 1 \end{cases}", r"\begin{matrix} is closed with \end{cases}", r"\end"),
    (r"\begin{matrix} 1", r"'\\begin' is not closed with '\\end'", r"\begin"),
    (r"a \\ b", r"a line break is allowed only between \begin and \end", r"\\"),
    (r"\ce{A & B}", r"'&' is not allowed inside \ce{…}", "&"),
    (r"\ce{A $ B}", r"'$' is not allowed inside \ce{…}", "$"),
    (r"\ce x", r"\ce needs its text in braces: \ce{…}", r"\ce"),
    (r"\ce{}", r"\ce needs its text in braces: \ce{…}", r"\ce"),
    (r"\ce{A", "'{' is not closed with '}'", "{"),
    (r"\ce{\ce{A}}", r"'{' is not allowed inside \ce{…}", "{"),
    (r"\ce{A \ce B}", r"\ce needs its text in braces: \ce{…}", r"\ce"),
    (r"a \ce{A \fo B}", r"\fo is not a known command", r"\ce"),
    (r"\overset{x}", r"the argument of \overset is missing at the end of the formula", ""),
    (r"\text x", r"\text needs its text in braces: \text{…}", r"\text"),
    (r"\text{a {b} c}", r"'{' is not allowed inside \text{…}; close the braces first", "{"),
    (r"\text{\alpha}", r"'\\' is not allowed inside \text{…}; close the braces first", "\\"),
    ("{" * 40 + "}" * 40, f"a formula may be nested at most {DEEPEST} deep", "{"),
    ("x" * (LONGEST + 1), f"a formula may have at most {LONGEST} characters", "x"),
]

words = st.text(alphabet="ab\"\\#$ 中{}&;,()<>'é", max_size=6).map(lambda text: re.sub(r"[\\{}$]", "", text))
atoms = st.one_of(
    st.sampled_from([f"\\{name} " for name in sorted(COMMANDS)]),
    st.sampled_from(sorted(TYPED)),
    st.sampled_from(["x", "2.5", "R", "中文", "'", "|", "\\|", "a|b|"]),
    words.map(lambda text: f"\\text{{{text}}}"),
)


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    one = st.sampled_from(sorted([*ACCENTS, *LINES, *FACES, "sqrt"]))
    two = st.sampled_from(["frac", "dfrac", "tfrac", "binom"])
    return st.one_of(
        st.lists(inner, max_size=3).map(" ".join),
        st.builds(lambda name, body: f"\\{name}{{{body}}}", one, inner),
        st.builds(lambda name, a, b: f"\\{name}{{{a}}}{{{b}}}", two, inner, inner),
        st.builds(lambda a, b, c: f"{{{a}}}_{{{b}}}^{{{c}}}", inner, inner, inner),
        st.builds(lambda a, b: f"\\sqrt[{{{a}}}]{{{b}}}", inner, inner),
        st.builds(lambda a: f"\\left\\{{ {{{a}}} \\right.", inner),
        st.builds(lambda name, a, b: f"\\begin{{{name}}} {{{a}}} & {{{b}}} \\\\ {{{b}}} \\end{{{name}}}",
                  st.sampled_from(sorted(ENVIRONMENTS)), inner, inner),
    )


formulas = st.recursive(atoms, _larger, max_leaves=8)


@pytest.mark.parametrize("tex, text, remark", PLAIN)
def test_a_formula_reads_well_in_a_terminal(tex: str, text: str, remark: str) -> None:
    assert maths.plain(tex) == text, remark


@pytest.mark.parametrize("tex, text, remark", TYPST)
def test_typst_is_printed_as_layout_and_strings(tex: str, text: str, remark: str) -> None:
    assert maths.typst(tex) == text, remark


@pytest.mark.parametrize("tex, inside, remark", MATHML)
def test_mathml_core_is_printed(tex: str, inside: str, remark: str) -> None:
    element = maths.mathml(tex)

    assert element.partition(">")[2].removesuffix("</math>") == inside, remark


def test_a_formula_of_its_own_line_says_so() -> None:
    assert maths.mathml("<", display=True) == '<math display="block" aria-label="&lt;"><mo>&lt;</mo></math>'


@pytest.mark.parametrize("tex, message, part", WRONG)
def test_what_is_refused_says_where(tex: str, message: str, part: str) -> None:
    with pytest.raises(maths.MathsError) as caught:
        maths.parse(tex)

    assert (str(caught.value), tex[caught.value.offset:caught.value.end]) == (message, part)


def test_an_error_can_be_shown_with_a_caret() -> None:
    with pytest.raises(maths.MathsError) as caught:
        maths.parse(r"电阻 = \fracc{1}{2}")

    assert caught.value.caret() == "  电阻 = \\fracc{1}{2}\n         ~~~~~^"


def test_every_command_prints_in_every_printer() -> None:
    texs = [f"a \\{name} b" for name in COMMANDS] + [f"a {sign} b" for sign in TYPED if sign != "|"]
    texs += [rf"\{name}{{x}}" for name in [*ACCENTS, *LINES, *FACES]]
    texs += [rf"\{name}[y + z]{{x}}" for name in STRETCHED]
    for tex in texs:
        ElementTree.fromstring(maths.mathml(tex))
        assert maths.plain(tex)
    _typeset([maths.typst(tex) for tex in [*texs, *(row[0] for row in PLAIN), *(row[0] for row in TYPST)]])


@pytest.mark.parametrize("tex", [row[0] for row in PLAIN if r"\ce" in row[0]] + [r"\xlongequal{\text{a}}"])
def test_chemistry_is_the_same_without_its_package(tex: str) -> None:
    written = chemistry.expanded(tex)

    assert "\\ce" not in written and "\\xl" not in written
    assert maths.plain(written).replace(")(", ", ") == maths.plain(tex).replace("Fe, 500℃", "500℃, Fe")  # below first


@given(formulas)
@example("a|b|'")
def test_mathml_is_well_formed_and_typst_never_holds_code(tex: str) -> None:
    try:
        maths.parse(tex)
    except maths.MathsError:
        return
    ElementTree.fromstring(maths.mathml(tex))
    assert "#" not in maths.typst(tex)
    assert "\n" not in maths.plain(tex)


@settings(max_examples=12, deadline=None)
@given(st.lists(formulas, min_size=30, max_size=30))
@example([r"\frac{\!}{}", r"\left. \right."])
def test_typst_accepts_every_formula(texs: list[str]) -> None:
    readable = []
    for tex in texs:
        try:
            readable.append(maths.typst(tex))
        except maths.MathsError:
            continue
    _typeset(readable)


@given(st.text(max_size=60) | st.text(alphabet="\\{}[]()|&^_'$%#~ abfrcleftightnds1.-", max_size=60))
def test_any_text_is_read_or_refused_with_a_place(tex: str) -> None:
    try:
        maths.parse(tex)
    except maths.MathsError as error:
        assert 0 <= error.offset < error.end <= len(tex) + 1
        assert error.caret()


def _typeset(formulas_: list[str]) -> None:
    source = b'#for formula in json(bytes(sys.inputs.formulas)) [#eval(formula, mode: "math") #parbreak()]'
    inputs = {"formulas": json.dumps(formulas_)}
    typst.compile(source, format="svg", sys_inputs=inputs, ignore_system_fonts=True)
