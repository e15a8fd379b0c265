"""Formulas as answers: what is right, what is named, what is refused when an author writes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from sample_items import HEAD, item_of

from qbank import algebra, answers, bank, marking, variants, waist
from qbank.answers.formula import KIND as formula
from qbank.answers.formula.marks import feasible
from qbank.bank.item import Item
from qbank.model import Column, Rules, Steps, take

GAIN = """
kind: formula
key: -Rf/R1
name: A_uf
over: {Rf: positive, R1: positive}
mistakes:
  half: {value: -Rf/(2*R1), zh: 多了一半, en: half too much, credit: 0.5}
"""


class Nothing:
    """A scope of four variants without a name; their case is 0, 1, 0, 1."""

    n = 4

    def evaluate(self, expression: algebra.Expression) -> Column:
        case = Column(np.array([0, 1, 0, 1]), ("npn", "pnp"))
        return algebra.evaluate(expression, {"case": case}, 4)


def spec(text: str) -> Any:
    return answers.read(yaml.load(text, Loader=yaml.BaseLoader))


def marked(asked: Any, texts: Sequence[str], rows: Sequence[int] | None = None) -> Steps:
    key = formula.bind(asked, Nothing(), {})
    places = np.array(rows if rows is not None else [0] * len(texts), dtype=np.int64)
    return formula.mark(asked, formula.read(asked, texts, Rules()), take(key, places), {}, Rules())


def notes(steps: Steps) -> list[str]:
    return [list(steps.of(row))[-1][0] for row in range(steps.count)]


VERDICTS = [
    ("-Rf/R1", "formula.right", 1, ""),
    ("-Rf R1/R1²", "formula.right", 1, ""),
    ("-(Rf/R1 + Rf) + Rf", "formula.right", 1, ""),
    ("A_{uf} = -Rf/R1", "formula.right", 1, ""),
    ("Auf=-Rf/R1", "formula.right", 1, ""),
    ("-Rf/R1 = A_uf", "formula.right", 1, "the name may be on either side of the equals sign"),
    ("-1e0Rf/R1", "formula.right", 1, ""),
    ("-0.999999999999Rf/R1", "formula.wrong", 0, "nearly is not equal"),
    ("-0.5Rf/R1", "formula.mistake.half", 0.5, ""),
    ("Rf/R1", "formula.sign", 0, ""),
    ("A_uf", "formula.wrong", 0, "the name says nothing of itself"),
    ("A_uf = A_uf", "formula.wrong", 0, ""),
    ("0", "formula.wrong", 0, ""),
    ("1/0", "formula.wrong", 0, "which has no value"),
    ("", "blank", 0, ""),
    ("-Rf/R2", "unreadable", 0, ""),
    ("9^9^9^9^9", "formula.wrong", 0, "at once"),
    ("170!!!!", "formula.wrong", 0, "at once"),
    ("__import__('os')", "unreadable", 0, ""),
    ("nan", "unreadable", 0, ""),
]


@pytest.mark.parametrize(("text", "note", "credit", "remark"), VERDICTS)
def test_a_formula_is_marked_by_what_it_equals(text: str, note: str, credit: float, remark: str) -> None:
    steps = marked(spec(GAIN), [text])

    assert (notes(steps), steps.credit.tolist()) == ([note], [credit]), remark


def test_the_key_of_a_variant_is_the_branch_that_holds_there() -> None:
    asked = spec("kind: formula\nkey: \"-x if case == 'npn' else x\"\nover: {x: positive}\n")

    steps = marked(asked, ["-x", "-x", "x", "x"], [0, 1, 2, 3])

    assert notes(steps) == ["formula.right", "formula.sign", "formula.sign", "formula.right"]
    assert formula.show(asked, formula.bind(asked, Nothing(), {}), {}, 1, "en").text == "x"


def test_a_mistake_exists_where_it_applies() -> None:
    asked = spec(
        "kind: formula\nkey: x\nover: {x: positive}\n"
        "mistakes: {double: {value: 2*x, when: case == 'npn', zh: 两倍, en: doubled}}\n"
    )

    assert notes(marked(asked, ["2x", "2x"], [0, 1])) == ["formula.mistake.double", "formula.wrong"]


def test_a_mistake_that_is_the_key_makes_the_variant_impossible() -> None:
    asked = spec(
        "kind: formula\nkey: \"x if case == 'npn' else 2*x\"\nover: {x: positive}\n"
        "mistakes: {double: {value: x + x, zh: 两倍, en: doubled}}\n"
    )

    assert feasible(asked, formula.bind(asked, Nothing(), {})).tolist() == [True, False, True, False]


def test_a_mistake_may_be_the_key_at_some_points_alone() -> None:
    """The number of a is printed; |x| is x where x is positive, and the variant is drawn all the same."""
    asked = item_of(f"""{HEAD}
parameters: {{a: {{values: [2, 3]}}}}
stem: {{zh: 'a = {{{{ a }}}}', en: 'a = {{{{ a }}}}'}}
parts:
  - id: y
    ask: {{zh: y, en: y}}
    answer:
      kind: formula
      key: a*x
      over: {{x: real}}
      mistakes: {{size: {{value: a*abs(x), zh: 绝对值, en: size}}}}
""")
    done = marking.mark(asked, variants.given(asked, {"a": "2"}), {"y": ["2|x|"]})["y"]

    assert [note for note, _, _ in done.steps.of(0)] == ["formula.mistake.size"]


def test_a_name_may_be_unknown_and_wrong() -> None:
    steps = marked(spec(GAIN + "unknown: wrong\n"), ["-Rf/R2", "-Rf/R1 + R2 - R2"])

    assert notes(steps) == ["formula.wrong", "formula.wrong"]


def test_further_formulas_count_in_full_or_in_part() -> None:
    asked = spec("kind: formula\nkey: x + 1\nover: {x: real}\naccept: [x, {key: 1, credit: 0.5}]\n")

    steps = marked(asked, ["1 + x", "x", "1", "2"])

    assert notes(steps) == ["formula.right", "formula.right", "formula.accepted", "formula.wrong"]
    assert steps.credit.tolist() == [1, 1, 0.5, 0]


FORMS = [
    ("factored", "h*(d + h)", "h(d+h)", "formula.right"),
    ("factored", "h*(d + h)", "-h(-d-h)", "formula.right"),
    ("factored", "h*(d + h)", "hd + h^2", "formula.form"),
    ("{only: [h, d]}", "h*(d + h)", "h(d+h+x-x)", "formula.form"),
    ("[factored, only: [h, d]]", "h*(d + h)", "h(d+h)", "formula.right"),
]


@pytest.mark.parametrize(("form", "key", "text", "note"), FORMS)
def test_a_form_is_asked_beside_the_value(form: str, key: str, text: str, note: str) -> None:
    asked = spec(f"kind: formula\nkey: {key}\nform: {form}\nnames: [x]\nover: {{h: natural, d: natural}}\n")

    assert notes(marked(asked, [text])) == [note]


def test_a_tolerance_holds_at_every_point() -> None:
    asked = spec("kind: formula\nkey: 2*pi*f\nover: {f: positive}\ntolerance: 1%\n")

    assert notes(marked(asked, ["6.28f", "6.2f", "6.28f + 0.1"])) == [
        "formula.right", "formula.wrong", "formula.wrong"
    ]  # fmt: skip


WITHIN = [("2A_uf", 2, ""), ("Rf + A_uf", 6, ""), ("2Auf", 1, "spelt otherwise: told at the beginning")]


@pytest.mark.parametrize(("text", "column", "remark"), WITHIN)
def test_the_part_s_own_name_is_no_letter_of_the_formula(text: str, column: int, remark: str) -> None:
    reading = formula.read(spec(GAIN), [text], Rules())

    assert (reading.stop.tolist(), reading.expected(0, "en")) == ([column], "a formula without A_uf"), remark


WIDTHS = [("x", 10, ""), ("a*b*c*d + a*b*c + a*b + x + y", 21.4, ""), ("a*b*c*d + " * 8 + "x", 28, "")]


@pytest.mark.parametrize(("key", "width", "remark"), WIDTHS)
def test_the_line_for_an_answer_is_as_long_as_the_key_within_limits(key: str, width: float, remark: str) -> None:
    line = formula.interaction(spec(f"kind: formula\nkey: {key}\n"), {}, 0, "en")

    assert isinstance(line, waist.TextEntry)
    assert line.width == pytest.approx(width), remark


REFUSED = [
    ("key: x[0]\nover: {x: real}",
     "a formula may have numbers, names, + - * / ** and functions, and 'if' only at its outermost level"),
    ("key: softmax(x)\nover: {x: real}",
     "'softmax' is not a function of a formula; the known ones are: abs, acos, acosh,"),
    ("key: x == 2\nover: {x: real}", "an equation needs both 'form: equation' and a key of the form L == R"),
    ("key: x\nform: equation\nover: {x: real}", "an equation needs both 'form: equation' and"),
    ("key: x + 1\nform: factored\nover: {x: real}", "the key itself does not have the form that 'form:' asks for"),
    ("key: x\nover: {x: reel}",
     "'reel' is not a domain; write real, positive, integer, natural, share, or from: and to:"),
    ("key: x\nover: {x: {from: 2, to: 1}}", "from: must be less than to:"),
    ("key: x\nover: {x: real}\naliases: {y: [z]}", "'y' is not a letter of this formula; its letters are: x"),
    ("key: x\nover: {x: real}\ntolerance: last", "the tolerance of a formula must be of the form"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_what_no_candidate_could_answer_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        spec(f"kind: formula\n{text}\n")

    assert message in str(refused.value)


ITEM = """
id: a.b
title: {zh: 题, en: item}
topic: a
level: 1
parameters:
  x: {grid: [%s, 4, 0.5], symbol: x_1}
stem: {zh: "写出 $\\\\sqrt{x^2}$", en: "Give it"}
parts:
  - id: a
    answer: {kind: formula, key: x}
solution: {zh: 略, en: none}
"""


def item(low: str) -> Item:
    found, problems = bank.read_item(bank.Source("a.yaml", (ITEM % low).encode()), None)
    assert not problems
    assert found is not None
    return found


def test_the_letters_of_an_item_are_sampled_from_its_own_domains() -> None:
    """√(x²) is x where x is never negative."""
    for low, note in (("0.5", "formula.right"), ("-4", "formula.wrong")):
        asked = item(low)
        drawn = variants.make(asked, "seed", np.arange(3))
        found = marking.mark(asked, drawn, {"a": ["sqrt(x^2)", "x", "y"]})["a"]
        assert notes(found.steps) == [note, "formula.right", "unreadable"]


def test_the_key_prints_with_the_item_s_symbols() -> None:
    asked = item("1")
    drawn = variants.make(asked, "seed", np.arange(1))

    printed = answers.kind_of("formula").show(asked.parts[0].answer, drawn.keys["a"], {}, 0, "en")

    assert (printed.text, printed.tex) == ("x", "x_1")


def test_a_formula_has_its_value_on_every_variant_for_a_witness() -> None:
    asked = item("1")
    drawn = variants.make(asked, "seed", np.arange(4))

    assert drawn.keys["a"]["key"].tolist() == drawn.columns["x"].values.tolist()


REASONS = [
    ("Rf/R1", "Right except for the sign; expected -Rf/R1.", "只差一个负号，应为 -Rf/R1。"),
    ("-Rf/(2R1)", "Half too much; expected -Rf/R1.", "多了一半，应为 -Rf/R1。"),
    ("Rf", "Expected -Rf/R1.", "应为 -Rf/R1。"),
    ("Rf=R1", "A formula, not an equation, was asked for: -Rf/R1.", "应为式子（不是等式）：-Rf/R1。"),
]


@pytest.mark.parametrize(("text", "en", "zh"), REASONS)
def test_a_candidate_reads_why(text: str, en: str, zh: str) -> None:
    asked = spec(GAIN)
    note, _, details = list(marked(asked, [text]).of(0))[-1]

    assert [formula.reason(asked, note, details, lang) for lang in ("en", "zh")] == [en, zh]


@settings(max_examples=40, deadline=None)
@given(texts=st.lists(st.sampled_from([row[0] for row in VERDICTS]), max_size=30))
def test_a_formula_is_marked_alike_in_any_company(texts: list[str]) -> None:
    asked, known = spec(GAIN), {row[0]: (row[1], row[2]) for row in VERDICTS}
    steps = marked(asked, texts)

    assert list(zip(notes(steps), steps.credit.tolist(), strict=True)) == [known[text] for text in texts]
