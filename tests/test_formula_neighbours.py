"""Every neighbour of a known fault earns what a fair examiner would give it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import yaml
from formula_neighbours import ACCEPTED, ASKED, EQUATIONS, REFUSED, Asked
from hypothesis import given, settings
from hypothesis import strategies as st

from qbank import answers, bank, marking, numerals, variants
from qbank.bank.item import Item
from qbank.model import READ, UNREADABLE, WAITS, Problem, Refused, Rules
from qbank.variants import Scope

ROWS = [(asked.answer, *row) for asked in ASKED for row in asked.rows]
ROWS += [(f"form: equation\n{asked.answer}", *row) for asked in EQUATIONS for row in asked.rows]


def spec(answer: str) -> Any:
    return answers.read(yaml.load(f"kind: formula\n{answer}\n", Loader=yaml.BaseLoader))


def earned(answer: str, text: str) -> float | str:
    """The share that an answer earns, or "wait"."""
    asked, kind = spec(answer), answers.kind_of("formula")
    key = kind.bind(asked, Scope(1, {}), {})
    reading = kind.read(asked, [text], Rules())
    steps = kind.mark(asked, reading, key, {}, Rules())
    if reading.state[0] == UNREADABLE or any(note.endswith(WAITS) for note, _, _ in steps.of(0)):
        return "wait"
    return float(steps.credit[0])


def faults(answer: str) -> list[str]:
    kind = answers.kind_of("formula")
    assert kind.faults is not None
    return list(kind.faults(spec(answer)))


@pytest.mark.parametrize(("answer", "text", "want", "remark"), ROWS, ids=lambda value: str(value)[:40])
def test_a_neighbour_of_a_known_fault_earns_what_is_fair(
    answer: str, text: str, want: float | str, remark: str
) -> None:
    assert earned(answer, text) == want, remark


@pytest.mark.parametrize(("answer", "message", "remark"), REFUSED)
def test_a_key_that_nothing_can_be_compared_with_has_a_fault(answer: str, message: str, remark: str) -> None:
    assert message in "; ".join(faults(answer)), remark


@pytest.mark.parametrize(("answer", "remark"), [*ACCEPTED, *((asked.answer, "") for asked in ASKED)])
def test_a_key_with_isolated_holes_has_no_fault(answer: str, remark: str) -> None:
    assert faults(answer) == [], remark


@pytest.mark.parametrize("asked", EQUATIONS, ids=lambda asked: str(asked.answer)[:40])
def test_an_equation_with_solutions_has_no_fault(asked: Asked) -> None:
    assert faults(f"form: equation\n{asked.answer}") == []


SPELLINGS = {
    "other signs": str.maketrans({"-": "−", "*": "×", "+": "＋", "(": "（", ")": "）"}),
    "full width": str.maketrans({digit: chr(ord(digit) + 0xFEE0) for digit in "0123456789"}),
}


@pytest.mark.parametrize("how", [*SPELLINGS, "power", "spaces", "invisible"])
def test_spelling_never_changes_what_an_answer_earns(how: str) -> None:
    for answer, text, want, remark in ROWS:
        match how:
            case "power":
                spelt = text.replace("**", "^").replace("^", "**")
            case "spaces":
                spelt = f"  {text.replace(' ', '  ')} "
            case "invisible":
                spelt = f"\ufeff{text}\u200b"
            case _:
                spelt = text.replace("**", "^").translate(SPELLINGS[how])
        assert earned(answer, spelt) == want, (spelt, remark)


@settings(max_examples=40, deadline=None)
@given(factor=st.floats(0.9, 1.1), tight=st.floats(1e-6, 0.1), wide=st.floats(1e-6, 0.1))
def test_a_wider_tolerance_never_lowers_what_a_formula_earns(factor: float, tight: float, wide: float) -> None:
    low, high = sorted((tight, wide))
    key = "key: 1 - tanh(x)**2\nover: {x: {from: -30, to: 30}}\ntolerance: {rel: %r}"
    shares = [earned(key % share, f"{factor!r}/cosh(x)^2") for share in (low, high)]

    assert shares in ([0, 0], [0, 1], [1, 1])


ITEM = """
id: t.case
title: {zh: 题, en: case}
topic: t
level: 1
parameters:
  a: {integers: [2, 6]}
  b: {integers: [-3, 3]}
  h: {integers: [2, 6], hidden: yes}
derive: {c: a + b}
require: [b != 0]
stem: {zh: "$a={{ a }}$，$b={{ b }}$", en: "$a={{ a }}$, $b={{ b }}$"}
parts:
  - id: p
    answer: {kind: formula, key: %s, over: {x: real}%s}
"""


def item(key: str, more: str = "", *, sealed: bool = False) -> tuple[Item | None, list[Problem]]:
    return bank.read_item(bank.Source("t.case.yaml", (ITEM % (key, more)).encode()), None, sealed=sealed)


PRINTED = [
    ("x**a + b", "x^4-2", 1, "the numbers"),
    ("x**a + b", "x^a+b", 1, "the letters"),
    ("x**a + b", "x^4+b", 1, "one of each"),
    ("x**a + b", "x^5-2", 0, ""),
    ("x**a + b", "x^b+a", 0, ""),
    ("x**a + b", "x^4+(-2)", 1, ""),
    ("x**c", "x²", 1, "what is derived from printed numbers is a number"),
    ("x**c", "x^(a+b)", 1, ""),
    ("h*x + a", "hx+4", 1, "a hidden parameter is a letter"),
    ("h*x + a", "3x+4", 0, "whatever its number is"),
    ("h*x + a", "hx+a", 1, ""),
]


@pytest.mark.parametrize(("key", "text", "want", "remark"), PRINTED)
def test_a_printed_parameter_is_its_number_in_the_key(key: str, text: str, want: float, remark: str) -> None:
    found, problems = item(key)
    assert found is not None, problems
    drawn = variants.given(found, {"a": "4", "b": "-2", "h": "3"})
    steps = marking.mark(found, drawn, {"p": [text]})["p"].steps

    assert steps.credit.tolist() == [want], remark


def test_a_key_prints_with_the_numbers_of_the_variant() -> None:
    found, _ = item("x**a + b", ", mistakes: {m: {value: x**a - b, zh: 错, en: wrong}}")
    assert found is not None
    drawn = variants.given(found, {"a": "4", "b": "-2", "h": "3"})
    kind, spec_ = answers.kind_of("formula"), found.parts[0].answer

    printed = kind.show(spec_, drawn.keys["p"], {}, 0, "en")

    assert (printed.text, printed.tex) == ("x^4 - 2", "x^{4} - 2")
    assert [each.printed for each in kind.foreseen(spec_, drawn.keys["p"], {}, 0, "en")] == ["x^4 + 2"]
    for text in kind.spellings(spec_, drawn.keys["p"], {}, 0):
        assert marking.mark(found, drawn, {"p": [text]})["p"].steps.credit.tolist() == [1], text


def test_each_variant_is_marked_and_told_with_its_own_numbers() -> None:
    found, _ = item("x**a + b")
    assert found is not None
    drawn = variants.make(found, "seed", np.arange(6))
    numbers = [(int(a), int(b)) for a, b in zip(drawn.columns["a"].values, drawn.columns["b"].values, strict=True)]
    own = [f"x^{a} + {b}".replace("+ -", "- ") for a, b in numbers]
    kind = answers.kind_of("formula")

    assert len(set(own)) > 1
    assert marking.mark(found, drawn, {"p": own})["p"].steps.credit.tolist() == [1] * 6
    turned = own[1:] + own[:1]
    credit = marking.mark(found, drawn, {"p": turned})["p"].steps.credit.tolist()
    assert credit == [float(one == other) for one, other in zip(own, turned, strict=True)]
    wrong = marking.mark(found, drawn, {"p": ["x"] * 6})["p"].steps
    told = [list(wrong.of(row))[-1] for row in range(6)]
    assert [kind.reason(found.parts[0].answer, note, details, "en") for note, _, details in told] == [
        f"Expected {each}." for each in own
    ]


def test_a_mistake_that_is_the_key_is_known_where_both_are_zero_too() -> None:
    found, _ = item("a*relu(x)", ", mistakes: {m: {value: 'a*max(x, 0)', zh: 错, en: wrong}}")
    assert found is not None

    with pytest.raises(Refused, match="the mistake 'm' of part 'p' counts as right"):
        variants.make(found, "seed", np.arange(1))


def test_a_listed_parameter_stays_a_letter() -> None:
    found, _ = item("x + a", ", names: [a]")
    assert found is not None
    drawn = variants.given(found, {"a": "4", "b": "-2", "h": "3"})

    assert marking.mark(found, drawn, {"p": ["x+4"]})["p"].steps.credit.tolist() == [0]


def test_an_item_whose_key_is_undefined_is_refused_with_the_reason_and_the_cure() -> None:
    found, problems = item("sqrt(x)")

    assert found is None
    assert [problem.message for problem in problems] == [
        "the key is undefined on part of its domain (x = -0.5015); declare the domain, such as over: {x: positive}"
    ]
    assert problems[0].path == "$.parts[0].answer.key"


def test_an_item_whose_key_is_too_large_to_be_known_is_refused() -> None:
    """Nothing told it from any other formula that has no value in a computer, and such an answer was right."""
    found, problems = item("'parallel(x, 118**(pi**4.37))'")

    assert found is None
    assert "undefined on part of its domain (everywhere)" in problems[0].message


def test_a_sealed_exam_keeps_such_a_key_and_its_answers_wait_where_nothing_decides() -> None:
    for key, more, text, want in (
        ("sqrt(x)", "", "x^(1/2)", [1.0]),
        ("x == x", ", form: equation", "x = 1", [0.0]),
    ):
        found, problems = item(key, more, sealed=True)
        assert found is not None, problems
        drawn = variants.make(found, "seed", np.arange(1))
        steps = marking.mark(found, drawn, {"p": [text]})["p"].steps
        assert steps.credit.tolist() == want
        assert steps.noted("formula.undecided.waits".__eq__).tolist() == [want == [0.0]]


def test_a_candidate_reads_both_readings() -> None:
    asked, kind = spec("key: exp(-t/tau)\nover: {t: positive, tau: positive}"), answers.kind_of("formula")
    steps = kind.mark(asked, kind.read(asked, ["e^-t/τ"], Rules()), kind.bind(asked, Scope(1, {}), {}), {}, Rules())
    note, scale, details = list(steps.of(0))[-1]

    assert (note, scale) == ("two-readings.waits", 0)
    assert kind.reason(asked, note, details, "en") == (
        "Can be read in two ways, e^(-t)/tau or e^(-t/tau); waits for a person."
    )
    assert kind.reason(asked, note, details, "zh") == "有两种读法：e^(-t)/tau 或 e^(-t/tau)，待人工评阅。"


CONSTANTS = [
    ("max(1, 2)", 2, ""),
    ("asinh(1)", math.asinh(1), ""),
    ("5!", 120, ""),
    ("binomial(5, 2)", 10, ""),
    ("sin π", 0, "exactly"),
    ("cos(π/2)", 0, ""),
    ("√3√3-3", 0, ""),
    ("|−3|", 3, ""),
    ("2e^-1", 2 / math.e, ""),
    ("ln2", math.log(2), ""),
    ("log2(8)", 3, ""),
    ("sin^(-1)(1)", math.pi / 2, ""),
    ("(1/3)^2", 1 / 9, ""),
    ("√2 V", math.sqrt(2), "a unit follows"),
    ("1/3 V/A", 1 / 3, ""),
    ("0.5πrad", math.pi / 2, ""),
    ("1/3 min", 1 / 3, "a minute is no minimum"),
    ("2 sec", 2, "nor a second a secant"),
    ("(1,3)", 1.3, "a decimal comma in brackets"),
    ("-(2,5)", -2.5, ""),
    ("(1,3).", 1.3, "with a full stop, which was a fault"),
    ("3*10^(-\n1)", 0.3, "a new line in the exponent, which was a fault"),
    ("1-tanh(20)^2", 1.6993417021166355e-17, "small, and not zero"),
]


@pytest.mark.parametrize(("text", "value", "remark"), CONSTANTS)
def test_a_constant_is_a_formula_without_letters(text: str, value: float, remark: str) -> None:
    found = numerals.one(text, prefix=False)

    assert found.state == READ, found
    assert found.value == pytest.approx(value, rel=1e-15, abs=0), remark


@pytest.mark.parametrize("text", ["1/2π", "sin 1/2", "√-4", "x", "max()", "sin", "1/0", "ln 0", "9^9^9^9"])
def test_what_is_no_constant_is_unreadable(text: str) -> None:
    assert numerals.one(text).state == UNREADABLE
