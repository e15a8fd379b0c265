"""Vectors print as rows, lists and tables, entries one by one, and zeros at the end where they are asked for."""

from __future__ import annotations

import pytest
from sample_items import HEAD, item_of

from qbank import markup, variants
from qbank.bank.item import Item
from qbank.model import Lang, Maths, Paragraph, Table, Text

ASK = "parts: [{id: a, ask: {zh: 求, en: Find}, answer: {kind: number, key: '1', tolerance: 1%}}]\n"


def filled(parameters: str, text: str, derive: str = "{}", lang: Lang = "en", **given: str) -> str:
    """What a text prints on the variant with these values."""
    one: Item = item_of(f"{HEAD}parameters: {{{parameters}}}\nderive: {derive}\n{ASK}")
    return markup.plain(markup.fill(markup.read(text), variants.printed(variants.given(one, given), 0, lang)))


X = "x: {matrix: [3], from: 0, to: 2, step: 0.05, unit: V}, k: {integers: [0, 2]}"
W = "W: {matrix: [2, 2], from: -1, to: 1, step: 0.5}"
ENTRIES: list[tuple[str, str, str]] = [
    ("{{ x }}", "(1.40, 0.15, 2.00) V", "a row, all entries to as many decimals"),
    ("{{ x:number }}", "(1.40, 0.15, 2.00)", "without the unit"),
    ("{{ x:list }}", "1.40, 0.15, 2.00 V", "a list has the unit behind the last"),
    ("$x = {{ x:list }}$", "x = 1.40, 0.15, 2.00 V", "in a formula"),
    ("{{ x[0] }}", "1.4 V", "the first entry is 0, as in expressions"),
    ("{{ x[0]:number }}", "1.4", ""),
    ("{{ x[-1] }}", "2 V", "from the end"),
    ("{{ x[k] }}", "0.15 V", "by a whole number of the variant"),
    ("$x_{{ k }} = {{ x[ k ] }}$", "x_1 = 0.15 V", ""),
    ("`x[0] = {{ x[0]:number }}`", "x[0] = 1.4", "in code"),
]


@pytest.mark.parametrize(("text", "expected", "remark"), ENTRIES, ids=[row[0] for row in ENTRIES])
def test_a_vector_prints_as_a_whole_and_by_its_entries(text: str, expected: str, remark: str) -> None:
    assert filled(X, text, x="1.4 0.15 2", k="1") == expected, remark


@pytest.mark.parametrize(("text", "expected"), [
    ("{{ W[1, 0] }}", "0.5"), ("{{ W[0] }}", "(1.0, −0.5)"), ("{{ W[0]:list }}", "1.0, −0.5"),
    ("| {{ W[0]:across }} |\n|-|\n| {{ W[1]:across }} |", "1.0 | −0.5\n0.5 | 0.0"),
])  # fmt: skip
def test_a_matrix_prints_its_entries_and_its_rows(text: str, expected: str) -> None:
    assert filled(W, text, W="1 -0.5 0.5 0") == expected


TABLES: list[tuple[str, str, str]] = [
    ("| $x$ / V |\n|-|\n| {{ x:down }} |", "x / V\n1.40\n0.15\n2.00", "down: a row for each entry"),
    ("| a | b | c |\n|-|-|-|\n| {{ i:down }} | {{ x:down }} | ! |",
     "a | b    | c\n1 | 1.40 | !\n2 | 0.15 | !\n3 | 2.00 | !", "what else stands in the row is repeated"),
    ("| $i$ | {{ i:across }} |\n|-|-|\n| $x$ / V | {{ x:across }} |",
     "i     | 1    | 2    | 3\nx / V | 1.40 | 0.15 | 2.00", "across: the head goes on as well"),
    ("| a |\n|-|\n| before |\n| {{ i:down }} |\n| after |", "a\nbefore\n1\n2\n3\nafter", "rows of other things beside"),
]


@pytest.mark.parametrize(("text", "expected", "remark"), TABLES, ids=[row[-1] for row in TABLES])
def test_vectors_fill_the_cells_of_a_table(text: str, expected: str, remark: str) -> None:
    derive = "{i: {value: '[1, 2, 3]', shown: 1}}"

    assert filled(X, text, derive, x="1.4 0.15 2", k="1") == expected, remark


def test_labels_and_digits_fill_cells_as_words() -> None:
    text = "| a |\n|-|\n| {{ h:down }} |"

    assert filled("n: {integers: [1, 99]}", text, "{h: 'hex([n, n + 1])'}", n="15") == "a\nF\n10"


ZEROS: list[tuple[str, str, str, str]] = [
    ("x: {grid: [0.05, 0.1, 0.005], unit: V, zeros: yes}", "0.07", "0.070 V", "the decimals of the finest value"),
    ("x: {grid: [0.05, 0.1, 0.005], unit: V}", "0.07", "70 mV", "without it as before"),
    ("x: {grid: [0.05, 0.1, 0.005], unit: mV, zeros: yes}", "0.07", "70 mV", "counted in the unit"),
    ("x: {grid: [50u, 1m, 50u], unit: mV, zeros: yes}", "1m", "1.00 mV", ""),
    ("x: {values: [1, 2.5], zeros: yes}", "1", "1.0", "a list"),
    ("x: {integers: [1, 9], zeros: yes}", "5", "5", "whole numbers have none"),
    ("x: {matrix: [2], values: [1, 2, 2.25], zeros: yes}", "1 2", "(1.00, 2.00)", "a vector whose entries need none"),
]


@pytest.mark.parametrize(("parameter", "value", "expected", "remark"), ZEROS, ids=[row[-1] or row[0] for row in ZEROS])
def test_zeros_at_the_end_are_kept_where_they_are_asked_for(
    parameter: str, value: str, expected: str, remark: str
) -> None:
    assert filled(parameter, "{{ x }}", x=value) == expected, remark


@pytest.mark.parametrize(("shown", "unit", "expected"), [
    ("3", "", "0.0700"), ("{dp: 3}", "", "0.070"), ("3", "V", "70.0 mV"), ("{dp: 3}", "V", "0.070 V"),
])  # fmt: skip
def test_a_derived_value_keeps_the_zeros_of_what_is_shown(shown: str, unit: str, expected: str) -> None:
    derive = f"{{y: {{value: x/100, shown: {shown}, unit: '{unit}', zeros: yes}}}}"

    assert filled("x: {integers: [1, 9]}", "{{ y }}", derive, x="7") == expected


WRONG: list[tuple[str, str]] = [
    ("{{ x[3] }}", "{{ x[3] }}: x has the shape (3,) and no entry x[3]; the first is x[0]"),
    ("{{ x[-4] }}", "{{ x[-4] }}: x has the shape (3,) and no entry x[-4]; the first is x[0]"),
    ("{{ x[0, 0] }}", "{{ x[0, 0] }}: x has the shape (3,) and no entry x[0, 0]; the first is x[0]"),
    ("{{ k[0] }}", "{{ k[0] }}: k is a scalar"),
    ("{{ k:list }}", "{{ k:list }}: k is one value; write {{ k }}"),
    ("{{ x[0]:list }}", "{{ x[0]:list }}: x[0] is one value; write {{ x[0] }}"),
    ("{{ x[y] }}", "the index y is not a whole number on every variant"),
    ("| a | b |\n|-|-|\n| {{ x:down }} | {{ z:down }} |",
     "the vectors of one row must have the same number of entries: x has 3, z has 2"),
    ("| a | b |\n|-|-|\n| a | {{ x:across }} |", "the header of a table has 2 cells, but a row of it has 4"),
]


@pytest.mark.parametrize(("text", "message"), WRONG, ids=[row[0] for row in WRONG])
def test_an_entry_or_a_cell_that_is_not_there_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError) as refused:
        filled(X, text, "{y: 'x[0]/3', z: 'x[:2]'}", x="1.4 0.15 2", k="1")

    assert str(refused.value) == message


def test_a_long_vector_at_the_end_of_a_formula_goes_on_as_text_that_can_break() -> None:
    long = "x: {matrix: [30], values: [1.25]}"
    one = item_of(f"{HEAD}parameters: {{{long}}}\n{ASK}")
    values = variants.printed(variants.given(one, {}), 0, "en")

    (line,) = markup.fill(markup.read("$x = {{ x:list }}$。"), values)

    assert line == Paragraph((Maths(("x = ",)), Text(" " + ", ".join(["1.25"] * 30) + "。")))


def test_a_table_stays_a_table_when_it_is_filled() -> None:
    one = item_of(f"{HEAD}parameters: {{{X}}}\n{ASK}")
    values = variants.printed(variants.given(one, {"x": "1.4 0.15 2"}), 0, "en")

    (table,) = markup.fill(markup.read("| a |\n|-|\n| {{ x:down }} |"), values)

    assert isinstance(table, Table)
    assert table.rows == (((Text("1.40"),),), ((Text("0.15"),),), ((Text("2.00"),),))
