"""A formula: right if it equals the key on the whole domain of its letters, however it is written."""

from __future__ import annotations

from qbank.answers import Kind
from qbank.answers.formula import facts, judging, marks, notes, pages
from qbank.answers.formula.spec import Spec
from qbank.model import Example

_GAIN = """
kind: formula
key: -Rf/R1
name: A_uf
over:
  Rf: positive
  R1: positive
mistakes:
  upside-down:
    value: -R1/Rf
    zh: 分子分母颠倒
    en: the fraction is upside down
  non-inverting:
    value: 1 + Rf/R1
    zh: 误用同相比例公式
    en: the non-inverting formula was used
    credit: 0.25
"""
_PARALLEL = """
kind: formula
key: -beta*parallel(RC, RL)/rbe
over:
  beta: positive
  RC: positive
  RL: positive
  rbe: positive
"""
_BARE = """
kind: formula
key: -beta*RC*RL/((RC + RL)*rbe)
parallel: yes
form: no-parallel-sign
over: {beta: positive, RC: positive, RL: positive, rbe: positive}
"""
_COUNT = """
kind: formula
key: 3*h*(d + h + 2)
form: factored
over:
  d: natural
  h: natural
accept:
  - key: 3*h*(d + h + 1)
    credit: 0.5
"""
_STEP = """
kind: formula
key: f*c_prev + i*g
over: {f: real, i: real, g: real, c_prev: real}
aliases:
  c_prev: ["c_{t-1}", c_(t-1)]
  f: [f_t]
  i: [i_t]
  g: [g_t]
"""
_EQUATION = """
kind: formula
form: equation
key: u_o == -Rf/R1*u_i
over: {u_o: real, u_i: real, Rf: positive, R1: positive}
"""
_PHASOR = """
kind: formula
complex: yes
key: 1/(1 + j*f/fH)
over: {f: positive, fH: positive}
"""
_ROOT = "kind: formula\nkey: sqrt(x**2)\nover: {x: real}\n"
_POWER = "kind: formula\nkey: (-2)**n\nover: {n: natural}\n"
EXAMPLES: tuple[Example, ...] = (
    Example(_GAIN, "-Rf/R1", 1, "formula.right"),
    Example(_GAIN, "-R_f/R_1", 1, "formula.right"),
    Example(_GAIN, r"-\frac{R_f}{R_1}", 1, "formula.right", "as TeX"),
    Example(_GAIN, "A_uf = −Ｒf÷R₁", 1, "formula.right", "the part's own name before the equals sign"),
    Example(_GAIN, "-R1Rf/R1^2", 1, "formula.right", "not simplified, but equal"),
    Example(_GAIN, "Rf/R1", 0, "formula.sign"),
    Example(_GAIN, "1+Rf/R1", 0.25, "formula.mistake.non-inverting"),
    Example(_GAIN, "-R1/Rf", 0, "formula.mistake.upside-down"),
    Example(_GAIN, "-Rf/R1 + 1e-20", 0, "formula.wrong", "even a tiny difference counts"),
    Example(_GAIN, "Rf = R1", 0, "formula.sort", "an equation where a formula is asked for"),
    Example(_GAIN, "-R2/R1", 0, "unreadable", "R2 is not known"),
    Example(_GAIN + "unknown: wrong\n", "-R2/R1", 0, "formula.wrong"),
    Example(_GAIN, "-rf/R1", 0, "unreadable", "did you mean Rf?"),
    Example(_GAIN, "2(Rf R1", 0, "unreadable", "a bracket that is not closed"),
    Example(_GAIN, "1/2Rf", 0, "unreadable", "1/(2Rf) or (1/2)Rf?"),
    Example(_PARALLEL, "-β(RC//RL)/rbe", 1, "formula.right"),
    Example(_PARALLEL, r"-\beta\frac{R_C\parallel R_L}{r_{be}}", 1, "formula.right"),
    Example(_PARALLEL, "-β·RC·RL/(rbe(RC+RL))", 1, "formula.right"),
    Example(_PARALLEL, "-βRC||RL/rbe", 0, "unreadable", "unclear which products are in parallel"),
    Example(_BARE, "-β(RC||RL)/rbe", 0, "formula.form"),
    Example(_PARALLEL + "form: {only: [beta, rbe, RC, RL]}\n", "-β(RC||RL)/rbe", 1, "formula.right"),
    Example(_COUNT, "3h(d+h+2)", 1, "formula.right"),
    Example(_COUNT, "3hd+3h²+6h", 0, "formula.form", "equal, but not a product"),
    Example(_COUNT, "3h(d+h+1)", 0.5, "formula.accepted"),
    Example(_STEP, "f_t⊙c_{t-1}+i_t⊙g_t", 1, "formula.right"),
    Example(_STEP, "f_t*c_(t-1) + ig", 1, "formula.right"),
    Example(_EQUATION, "u_o R1 + Rf u_i = 0", 1, "formula.right", "without denominators"),
    Example(_EQUATION, "u_o/u_i = Rf/R1", 0, "formula.wrong"),
    Example(_EQUATION, "-Rf/R1*u_i", 0, "formula.sort"),
    Example(_PHASOR, "fH/(fH+jf)", 1, "formula.right"),
    Example(_PHASOR, "1/sqrt(1+(f/fH)^2)", 0, "formula.wrong", "only the magnitude"),
    Example(_ROOT, "|x|", 1, "formula.right"),
    Example(_ROOT, "x", 0, "formula.wrong", "wrong for negative numbers"),
    Example(_POWER, "4^(n/2)cos(πn)", 1, "formula.right"),
    Example(_POWER, "(-2)^(n-1)", 0, "formula.wrong"),
    Example("kind: formula\nkey: pi/4\n", "atan(1)", 1, "formula.right", "a constant"),
    Example("kind: formula\nkey: 2*pi*f\nover: {f: positive}\ntolerance: 0.1%\n", "6.283f", 1, "formula.right"),
)

KIND = Kind(
    spec=Spec, examples=EXAMPLES, facts=facts.of,
    bind=marks.bind, feasible=marks.feasible, impossible=marks.impossible,
    read=marks.read, mark=marks.mark, join=Spec.joined, faults=judging.faults,
    show=pages.show, accepted=pages.accepted, foresee=pages.foreseen,
    interaction=pages.interaction, scoring=pages.scoring, notes=notes.TABLE, fills=notes.fills,
    spellings=pages.spellings, wrong=pages.wrong, unreadable=pages.unreadable,
)  # fmt: skip
