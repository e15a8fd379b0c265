"""Authors' texts: what is read, what is refused and where, and what filling in leaves."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qbank import markup
from qbank.model import (
    Blank,
    Block,
    Code,
    Derivation,
    FigureSlot,
    Inline,
    Listing,
    Maths,
    Name,
    Paragraph,
    Printed,
    Strong,
    Table,
    Text,
)

INLINES: list[tuple[str, tuple[Inline, ...], str]] = [
    # text, inlines, remark
    ("求电压", (Text("求电压"),), ""),
    ("a $x^2$ b", (Text("a "), Maths(("x^2",)), Text(" b")), ""),
    ("$$x = 1$$", (Maths(("x = 1",), display=True),), ""),
    ("$R = {{ R1 }}$", (Maths(("R = ", Name("R1"))),), ""),
    ("$x^{{{ n }}}$", (Maths(("x^{", Name("n"), "}")),), "the inner two braces are the name's"),
    ("{{ x[0] }} {{ W[ -1, k ]:number }}", (Name("x", places=("0",)), Text(" "), Name("W", True, ("-1", "k"))), ""),
    ("{{ x:list }}", (Name("x", form="list"),), ""),
    ("{{ R1 }} or {{R1:number}}", (Name("R1"), Text(" or "), Name("R1", bare=True)), ""),
    ("**虚短** a", (Strong((Text("虚短"),)), Text(" a")), ""),
    ("**at $t$**", (Strong((Text("at "), Maths(("t",)))),), "maths inside bold"),
    ("`h = f(x)`", (Code("h = f(x)"),), ""),
    ("`a*b $c`", (Code("a*b $c"),), "nothing is markup inside code"),
    ("半波 [[half]]，", (Text("半波 "), Blank("half"), Text("，")), ""),
    ("[[plus-one]]", (Blank("plus-one"),), ""),
    (r"\$5 \* \[\[x\]\] \{\{ \\ \`", (Text(r"$5 * [[x]] {{ \ `"),), "escapes"),
    (r"$5\,\$$", (Maths((r"5\,\$",)),), "an escaped dollar does not close"),
    ("2 * 3 [1] {a} }}", (Text("2 * 3 [1] {a} }}"),), "single signs are themselves"),
    ("a\nb", (Text("a b"),), "a line break is a space"),
    ("电阻\n电容", (Text("电阻电容"),), "but none between Chinese characters"),
    ("电阻\nR", (Text("电阻R"),), "nor beside one"),
    ("电阻，\n$R$", (Text("电阻，"), Maths(("R",))), "nor beside Chinese punctuation"),
    ("**电阻**\n电容", (Strong((Text("电阻"),)), Text("电容")), "nor across bold"),
    ("$R$\n$C$", (Maths(("R",)), Text(" "), Maths(("C",))), ""),
    ("  a   b  ", (Text("a b"),), "white space is one space"),
]

BLOCKS: list[tuple[str, tuple[Block, ...], str]] = [
    ("", (), "nothing is no block"),
    ("a\n\nb", (Paragraph((Text("a"),)), Paragraph((Text("b"),))), ""),
    ("a\n \t\n\n\nb", (Paragraph((Text("a"),)), Paragraph((Text("b"),))), "a blank line may hold spaces"),
    ("[[figure main]]", (FigureSlot("main"),), ""),
    ("如图\n[[figure main]]\n求", (Paragraph((Text("如图"),)), FigureSlot("main"), Paragraph((Text("求"),))), ""),
    ("[[derive A]]", (Derivation("A"),), ""),
    ("```python\nx = 1\n\n  y = $x\n```\nb", (Listing("x = 1\n\n  y = $x", "python"), Paragraph((Text("b"),))), ""),
    ("```\n```", (Listing(""),), "an empty listing"),
    ("| a | $x$ |\n| --- | --- |\n| 1 | 2 |",
     (Table(((Text("a"),), (Maths(("x",)),)), (((Text("1"),), (Text("2"),)),)),), ""),
    ("|a|\n|-|\n|  |", (Table(((Text("a"),),), (((),),)),), "an empty cell"),
    ("| $|x|$ | `a|b` | c\\|d |\n|-|-|-|",
     (Table(((Maths(("|x|",)),), (Code("a|b"),), (Text("c|d"),)), ()),), "bars that part nothing"),
    ("|x| is not a table", (Paragraph((Text("|x| is not a table"),)),), ""),
    ("题目\n| a |\n| - |", (Paragraph((Text("题目"),)), Table(((Text("a"),),), ())), "a table ends a paragraph"),
]

BRACES = (
    "double braces must contain a name, as in {{ R1 }} or {{ R1:number }}, or an entry, as in {{ x[0] }}; "
    "an expression is not allowed"
)
WRONG = [
    # text, message, the wrong part
    (r"求 $\fracc{1}{2}$", r"\fracc is not a known command; did you mean \frac?", r"\fracc"),
    ("$x_{{ n }}_2$", "a second subscript; put both into one pair of braces", "_"),
    ("$$", "the formula is not closed with $$; a dollar sign is written \\$", "$$"),
    ("costs $5", "the formula is not closed with $; a dollar sign is written \\$", "$"),
    ("$a\n\nb$", "the formula is not closed with $; a dollar sign is written \\$", "$"),
    ("$ $", "the formula is empty", " "),
    ("**x", r"the bold text is not closed with **; two asterisks are written \*\*", "**"),
    ("a `x", r"the code is not closed with `; the sign itself is written \`", "`"),
    ("{{ R1*2 }}", BRACES, "{{ R1*2 }}"),
    ("$2 {{ R1 + 1 }}$", BRACES, "{{ R1 + 1 }}"),
    ("`f({{ 1 }})`", BRACES, "{{ 1 }}"),
    ("```\n{{ }}\n```", BRACES, "{{ }}"),
    ("{{ R1", BRACES, "{{"),
    ("{{ x[0][1] }}", BRACES, "{{ x[0][1] }}"),
    ("{{ x[k+1] }}", BRACES, "{{ x[k+1] }}"),
    ("a {{ x:down }}",
     "{{ x:down }} fills a cell of a table, where it must be alone; in a line, write {{ x:list }}", "{{ x:down }}"),
    ("$\\{ {{ x:across }} \\}$",
     "{{ x:across }} fills a cell of a table, where it must be alone; in a line, write {{ x:list }}", "{{ x:across }}"),
    ("|a|\n|-|\n|a {{ x:down }}|",
     "{{ x:down }} fills a cell of a table, where it must be alone; in a line, write {{ x:list }}", "{{ x:down }}"),
    ("|{{ x:down }}|\n|-|",
     "a vector may go down in a row of the table, not in its header; in the header, write {{ x:across }}",
     "|{{ x:down }}|"),
    ("|a|b|\n|-|-|\n|{{ x:down }}|{{ x:across }}|", "the vectors of one row must all go down or all go across",
     "|{{ x:down }}|{{ x:across }}|"),
    ("{{ R1:unit }}", "{{ R1:unit }}: write number, list, down or across after the colon", "{{ R1:unit }}"),
    (r"$\text{{{ R1 }}}$", r"'{' is not allowed inside \text{…}; close the braces first", "{"),
    ("[[1, 2]]", (r"double brackets must contain a part, as in [[gain]], or [[figure main]], [[file data.csv]] or "
                  r"[[derive A]]; "
                  r"a bracket is written \["), "[[1, 2]]"),
    (r"\frac12",
     r"a backslash must be followed by a sign, as in \$ or \\; write a formula between dollar signs", r"\f"),
    ("**[[figure main]]**", "a figure, a file or a derivation is not allowed in bold text", "**[[figure main]]**"),
    ("|a|\n|-|\n|[[derive A]]|", "a figure, a file or a derivation is not allowed in a table", "[[derive A]]"),
    ("```py", "the listing is not closed with ```", "```py"),
    ("```not a language\n```", "a listing opens with ``` and its language, alone on the line", "```not a language"),
    ("|a|\n|-|\n|b|c|", "the table's header has 1 cells, but this row has 2", "|b|c|"),
    ("|a|\n|-|-|", "the line of dashes must have as many cells as the table's header", "|-|-|"),
]

OHMS = Printed("4.7 kΩ", r"4.7\,\mathrm{k\Omega}", "4.7", "4.7")
MATRIX = Printed("[1, 2]", r"\begin{bmatrix}1 & 2\end{bmatrix}", "[1, 2]", r"\begin{bmatrix}1 & 2\end{bmatrix}")


class Everything(dict[str, Printed]):
    """A value for every name there is."""

    def __missing__(self, name: str) -> Printed:
        return OHMS


texts = st.lists(st.sampled_from([
    "$", "$$", "**", "*", "`", "```", "```py\n", "\n", "\n\n", "|", "|-|\n", "{{ R1 }}", "{{ R:number }}", "{{ x[0] }}",
    "{{ x:down }}", "[[a]]",
    "[[figure m]]", "[[derive A]]", "\\", "\\$", "{", "}", "x_1", "\\frac", "电阻", " ", "a", "[", "]", "^",
]), max_size=14).map("".join) | st.text(max_size=40)


@pytest.mark.parametrize("text, inlines, remark", INLINES)
def test_running_text_is_read(text: str, inlines: tuple[Inline, ...], remark: str) -> None:
    assert markup.read(text) == (Paragraph(inlines),), remark


@pytest.mark.parametrize("text, blocks, remark", BLOCKS)
def test_blocks_are_read(text: str, blocks: tuple[Block, ...], remark: str) -> None:
    assert markup.read(text) == blocks, remark


@pytest.mark.parametrize("text, message, part", WRONG)
def test_what_is_refused_says_where(text: str, message: str, part: str) -> None:
    with pytest.raises(markup.MarkupError) as caught:
        markup.read(text)

    assert (str(caught.value), text[caught.value.offset:caught.value.end]) == (message, part)


def test_an_error_can_be_shown_with_a_caret() -> None:
    with pytest.raises(markup.MarkupError) as caught:
        markup.read("电路如图。\n求 $\\fracc{1}{2}$。")

    assert caught.value.caret() == "  求 $\\fracc{1}{2}$。\n      ~~~~~^"


def test_a_line_is_one_paragraph() -> None:
    assert markup.line("$R_1$") == (Maths(("R_1",)),)
    assert markup.line("") == ()
    with pytest.raises(markup.MarkupError, match=r"^this text must be one paragraph of running text$"):
        markup.line("a\n\nb")


def test_a_literal_holds_no_markup() -> None:
    assert markup.literal("$x **") == (Paragraph((Text("$x **"),)),)
    assert markup.literal("") == ()


def test_what_a_text_holds_can_be_asked() -> None:
    rich = markup.read(
        "{{ a }} $x^{{{ b }}}$ **{{ c }} [[one]]** `{{ d }}` [[two]]\n\n"
        "| {{ e }} |\n|-|\n| [[three]] |\n\n```\n{{ f }}\n```\n[[figure main]]\n[[derive A]]"
    )

    assert markup.names(rich) == frozenset("abcdef")
    assert markup.blanks(rich) == ("one", "two", "three")
    assert markup.figures(rich) == ("main",)
    assert markup.derivations(rich) == ("A",)


@pytest.mark.parametrize("text, inlines, remark", [
    ("取 {{ R }}。", (Text("取 4.7 kΩ。"),), "neighbouring texts become one"),
    ("{{ R:number }} kΩ", (Text("4.7 kΩ"),), ""),
    ("$R = {{ R }}$", (Maths((r"R = {4.7\,\mathrm{k\Omega}}",)),), "braces keep a value together"),
    ("$x^{{ R:number }}$", (Maths(("x^{4.7}",)),), "so that it may stand in an exponent"),
    ("W = {{ W }}", (Text("W = "), Maths((MATRIX.tex,))), "a matrix is a formula in running text too"),
    ("`Linear({{ R:number }})`", (Code("Linear(4.7)"),), ""),
    ("**{{ R }}**", (Strong((Text("4.7 kΩ"),)),), ""),
])
def test_names_are_filled_in(text: str, inlines: tuple[Inline, ...], remark: str) -> None:
    assert markup.fill(markup.read(text), {"R": OHMS, "W": MATRIX}) == (Paragraph(inlines),), remark


def test_names_are_filled_in_tables_and_listings() -> None:
    rich = markup.read("| {{ R }} |\n|-|\n| $ {{ R }} $ |\n\n```\n{{ R }}\n```")

    assert markup.plain(markup.fill(rich, {"R": OHMS})) == "4.7 kΩ\n4.7 kΩ\n\n4.7 kΩ"


def test_a_name_without_a_value_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"^'R'$"):
        markup.fill(markup.read("{{ R }}"), {})


@pytest.mark.parametrize("text, plain", [
    ("电路如图，$A_{uf} = -\\frac{R_f}{R_1}$，**求** [[gain]]。", "电路如图，A_uf = -R_f/R_1，求 ____。"),
    ("{{ R }} $x = {{ R:number }}$", "{{ R }} x = {{ R:number }}"),
    ("| a | b |\n|-|-|\n| 1 | 2 |", "a | b\n1 | 2"),
    ("a\n\n[[figure main]]\n\n[[derive A]]", "a\n\n[main]\n\n[A = …]"),
])
def test_a_text_reads_well_in_a_terminal(text: str, plain: str) -> None:
    assert markup.plain(markup.read(text)) == plain


@given(texts)
@example("$|$|")
@example("|a|\n|-|\n|$|")
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    try:
        rich = markup.read(text)
    except markup.MarkupError as error:
        assert 0 <= error.offset < error.end
        assert error.caret()
    else:
        filled = markup.fill(rich, Everything())
        assert not markup.names(filled)
        one_by_one = any(mark in text for mark in ("\\{", "{*", "{`", "{$"))  # braces that meet only in print
        assert "{{" not in markup.plain(filled) or one_by_one


@given(st.text(max_size=60))
def test_a_literal_prints_as_itself(text: str) -> None:
    assert markup.plain(markup.literal(text)) == text
