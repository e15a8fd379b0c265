"""Formulas as the equations that Word edits: what each is built of, and that no place in them is empty."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qbank import maths
from qbank.maths.symbols import ACCENTS, COMMANDS, ENVIRONMENTS, FACES, LINES, STRETCHED, TYPED

MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
SPACES = f'xmlns:m="{MATHS}" xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def element(tex: str, *, display: bool = False) -> ElementTree.Element:
    return ElementTree.fromstring(f"<p {SPACES}>{maths.omml(tex, display)}</p>")[0]


def told(node: ElementTree.Element) -> str:
    """The elements of an equation in short: f(num(1) den(2)), with what is said of each in square brackets."""
    name = node.tag.partition("}")[2]
    if name == "r":
        nor = node.find(f"{{{MATHS}}}rPr/{{{MATHS}}}nor")
        text = "".join(node.itertext()).replace("\u200b", "_")
        return f'"{text}"' if nor is not None else text
    if name.endswith("Pr"):
        values = [f"{each.tag.partition('}')[2]}={each.get(f'{{{MATHS}}}val')}" for each in node]
        return f"[{' '.join(values)}]" if values else ""
    inside = " ".join(filter(None, map(told, node)))
    return inside if name == "oMath" else f"{name}({inside})"


HIDDEN = "[chr=∑ limLoc=subSup grow=1 subHide=1 supHide=1]"
BUILT = [
    # TeX, what it is built of, remark
    (r"\frac{1}{2}", "f([type=bar] num(1) den(2))", ""),
    ("R_1", "sSub(e(R) sub(1))", ""),
    ("x_1^2", "sSubSup(e(x) sub(1) sup(2))", ""),
    (r"\sqrt{2}", "rad([degHide=1] deg() e(2))", ""),
    (r"\sqrt[3]{2}", "rad(deg(3) e(2))", ""),
    (r"4.7\,\mathrm{k\Omega}", '4.7 "\u2009" "kΩ"', "a unit is upright text"),
    ("A =", 'A = "_"', "what is to be filled in after an equals sign is no error"),
    (r"\approx 5", '"_" ≈ 5', ""),
    ("-3", "− 3", "a sign needs nothing before it"),
    ("(-6)^2", "sSup(e(d([begChr=( endChr=)] e(− 6))) sup(2))", "a power is of the bracket, not of its end"),
    ("(0, 1]", "d([begChr=( endChr=]] e(0 , 1))", "ends of an interval need not be alike"),
    ("(a", "( a", "a bracket that is never closed is a sign"),
    (r"|x|", "d([begChr=| endChr=|] e(x))", ""),
    (r"\hat y", "acc([chr=\u0302] e(y))", ""),
    (r"\bar x", "acc([chr=\u0305] e(x))", "Word's own bar"),
    (r"\overline{AB}", "bar([pos=top] e(A B))", ""),
    (r"\mathbf{W}", "𝐖", "faces are characters"),
    (r"2\sin x", '2 "\u2009" "sin" "\u2009" x', "a function keeps its distance"),
    (r"\sum (a+b) c + d", f'nary({HIDDEN} sub("_") sup("_") e(d([begChr=( endChr=)] e(a + b)) c)) + d',
     "a sum takes a bracket whole, and ends before the next term"),
    (r"{}^2", 'sSup(e("_") sup(2))', "an empty place would be a box"),
    (r"\begin{cases} 1 & a \\ 2 \end{cases}",
     "d([begChr={ endChr=] e(m([plcHide=1 mcs=None] mr(e(1) e(a)) mr(e(2) e(\"_\")))))", "short rows are filled up"),
    (r"\xrightarrow[b]{a}", "limLow(e(groupChr([chr=→ pos=bot vertJc=bot] e(a))) lim(b))", "an arrow under its text"),
    (r"\underset{b}{\to}", 'limLow(e("_" → "_") lim(b))', ""),
]  # fmt: skip


@pytest.mark.parametrize(("tex", "built", "remark"), BUILT)
def test_a_formula_is_built_of_what_word_edits(tex: str, built: str, remark: str) -> None:
    assert told(element(tex)) == built, remark


@pytest.mark.parametrize(("tex", "display", "where"), [
    (r"\sum_{t=1}^T x_t", True, "undOvr"), (r"\sum_{t=1}^T x_t", False, "subSup"), (r"\int_0^1 x", True, "subSup"),
])
def test_bounds_are_where_tex_puts_them(tex: str, display: bool, where: str) -> None:
    assert re.search(r'limLoc m:val="(\w+)"', maths.omml(tex, display))[1] == where  # type: ignore[index]


def test_a_limit_is_under_its_function_on_a_line_of_its_own() -> None:
    assert "limLow(" in told(element(r"\lim_{x \to 0} f(x)", display=True))
    assert "sSub(" in told(element(r"\lim_{x \to 0} f(x)"))


WORDS = (
    *(f"\\{name} " for name in COMMANDS if name.isalpha()), *TYPED,
    *(f"\\{name}{{" for name in (*ACCENTS, *LINES, *FACES, *STRETCHED, "text", "frac", "sqrt", "overset", "ce")),
    *(f"\\begin{{{name}}}" for name in ENVIRONMENTS), *(f"\\end{{{name}}}" for name in ENVIRONMENTS),
    *"{}^_'&()[]|0123abxyz<>\"", r"\\", r"\left(", r"\right)", " ",
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=12).map("".join))
def test_every_formula_that_can_be_read_is_well_formed_and_leaves_no_place_empty(tex: str) -> None:
    try:
        node = element(tex)
    except maths.MathsError:
        return
    empty = [each for each in node.iter() if each.tag.endswith(("}e", "}num", "}den", "}sub", "}sup", "}lim"))
             and not len(each)]  # fmt: skip

    assert empty == []
