"""Own earlier values carried on: rounded ones at no cost, every choice of parts; numbers, vectors, complex numbers."""

from __future__ import annotations

import numpy as np
import pytest
from sample_items import item_of

from qbank import algebra, marking, variants
from qbank.bank.item import Item

HEAD = "id: t.own\ntitle: {zh: 题, en: Item}\ntopic: t\nlevel: 1\nstem: {zh: 数, en: Numbers}\n"


def item(derive: str, *parts: str) -> Item:
    made = "\n".join(f"  - {{ask: {{zh: 求, en: find}}, {part}}}" for part in parts)
    return item_of(f"{HEAD}parameters: {{a: {{values: [1, 2, 3]}}}}\nderive: {{{derive}}}\nparts:\n{made}\n")


def notes(asked: Item, a: str = "1", **written: str) -> dict[str, list[str]]:
    drawn = variants.given(asked, {"a": a})
    marked = marking.mark(asked, drawn, {part.id: [written.get(part.id, "")] for part in asked.parts})
    return {name: [note for note, _, _ in done.steps.of(0)] for name, done in marked.items()}


def credit(asked: Item, part: str, a: str = "1", **written: str) -> float:
    drawn = variants.given(asked, {"a": a})
    marked = marking.mark(asked, drawn, {each.id: [written.get(each.id, "")] for each in asked.parts})
    return float(marked[part].credit[0])


def class_notes(asked: Item, part: str, **written: list[str]) -> list[list[str]]:
    """The notes of one part for candidates with one variant, marked together."""
    drawn = variants.given(asked, {"a": "1"})
    count = len(next(iter(written.values())))
    texts = {each.id: written.get(each.id, [""] * count) for each in asked.parts}
    marked = marking.mark(asked, drawn, texts, np.zeros(count, dtype=np.int64))
    return [[note for note, _, _ in marked[part].steps.of(row)] for row in range(count)]


THIRDS = item(
    "p: a/3, q: 100*p, r: q + 1",
    "id: p, answer: {kind: number, key: p, tolerance: 2%}",
    "id: q, follows: [p], follow_credit: 0.5, answer: {kind: number, key: q, tolerance: 0.01}",
    "id: r, follows: [q], follow_credit: 0.5, answer: {kind: number, key: r, tolerance: 0.01}",
)
ROUNDED = [
    ("0.33", "33", ["carried.own.p", "number.right"], 1.0, "the value that earned its marks, at no cost"),
    ("0.33", "33.33", ["number.right"], 1.0, "by the key: nothing is carried"),
    ("1/3", "33.33", ["number.right"], 1.0, "the key itself"),
    ("0.33", "40", ["number.wrong"], 0.0, "neither the one nor the other"),
    ("0.4", "40", ["carried.p", "number.right", "carried.credit"], 0.5, "a wrong value costs what the part says"),
    ("0", "0", ["number.wrong"], 0.0, "0 is not carried"),
    ("0.33 or 0.4", "40", ["number.wrong"], 0.0, "what waits is not carried"),
]


@pytest.mark.parametrize(("p", "q", "expected", "earned", "remark"), ROUNDED)
def test_a_value_that_earned_its_marks_costs_nothing_later(
    p: str, q: str, expected: list[str], earned: float, remark: str
) -> None:
    assert notes(THIRDS, p=p, q=q)["q"] == expected, remark
    assert credit(THIRDS, "q", p=p, q=q) == earned, remark


def test_a_chain_of_rounded_values_stays_free_and_a_wrong_one_costs_to_its_end() -> None:
    assert notes(THIRDS, p="0.33", q="33", r="34")["r"] == ["carried.own.q", "number.right"]
    assert credit(THIRDS, "r", p="0.33", q="33", r="34") == 1
    assert notes(THIRDS, p="0.4", q="40", r="41")["r"] == ["carried.q", "number.right", "carried.credit"]
    assert credit(THIRDS, "r", p="0.4", q="40", r="41") == 0.5


SUM = item(
    "p: 10*a, q: 3*a, s: p + 100*q",
    "id: p, answer: {kind: number, key: p, tolerance: 5%}",
    "id: q, answer: {kind: number, key: q, tolerance: 5%}",
    "id: s, follows: [p, q], answer: {kind: number, key: s, tolerance: exact}",
)
CHOICES = [
    ("12", "4", "412", ["carried.p", "carried.q", "number.right"], "both"),
    ("12", "4", "312", ["carried.p", "number.right"], "the one, and the true other"),
    ("12", "4", "410", ["carried.q", "number.right"], "the other, and the true one"),
    ("12", "4", "310", ["number.right"], "none"),
    ("10.2", "4", "410.2", ["carried.own.p", "carried.q", "number.right"], "a rounded one and a wrong one"),
    ("10.2", "3", "310.2", ["carried.own.p", "number.right"], "a rounded one"),
    ("?", "4", "410", ["carried.q", "number.right"], "what cannot be read is left out"),
    ("12", "", "312", ["carried.p", "number.right"], "a blank too"),
    ("12", "4", "999", ["number.wrong"], "no choice fits"),
]


@pytest.mark.parametrize(("p", "q", "s", "expected", "remark"), CHOICES)
def test_of_several_parts_the_choice_that_earns_most_is_carried(
    p: str, q: str, s: str, expected: list[str], remark: str
) -> None:
    assert notes(SUM, p=p, q=q, s=s)["s"] == expected, remark


@pytest.mark.parametrize(
    ("p", "q", "s", "earned", "remark"),
    [
        ("10.2", "2.9", "300.2", 1.0, "two rounded values cost nothing"),
        ("12", "4", "412", 0.5, "two wrong ones cost once"),
        ("10.2", "4", "410.2", 0.5, "a wrong one costs beside a rounded one"),
    ],
)
def test_what_is_carried_costs_where_one_of_the_values_was_wrong(
    p: str, q: str, s: str, earned: float, remark: str
) -> None:
    last = SUM.part("s").model_copy(update={"follow_credit": 0.5})
    asked = SUM.model_copy(update={"parts": (*SUM.parts[:2], last)})

    assert credit(asked, "s", p=p, q=q, s=s) == earned, remark


SIX = item(
    ", ".join(f"p{n}: {n}*a" for n in range(1, 7)) + ", s: p1 + 10*p2 + 100*p3 + 1000*p4 + 10000*p5 + 100000*p6",
    *(f"id: p{n}, answer: {{kind: number, key: p{n}, tolerance: exact}}" for n in range(1, 7)),
    "id: s, follows: [p1, p2, p3, p4, p5, p6], answer: {kind: number, key: s, tolerance: exact}",
)


@pytest.mark.parametrize(
    ("s", "carried"),
    [("498765", 6), ("654325", 1), ("658321", 1), ("698321", 2), ("698761", 4), ("698765", 0), ("111111", 0)],
    ids=["all", "one", "another", "two", "four", "five: not tried", "none fits"],
)
def test_up_to_four_parts_are_carried_together_and_all_of_them(s: str, carried: int) -> None:
    told = notes(SIX, p1="5", p2="6", p3="7", p4="8", p5="9", p6="4", s=s)["s"]

    assert (sum(note.startswith("carried.") for note in told), told[-1]) == (
        carried, "number.right" if carried else "number.wrong",
    )  # fmt: skip


CARRIED, SEALED, NOT = ["carried.p", "number.right"], ["number.right"], ["number.wrong"]
INDEX = [
    ("v[p]", "", ["3", "7", "2.5", "4", ""], ["41", "31", "9", "52", "31"], [CARRIED, SEALED, NOT, CARRIED, SEALED],
     "an entry that is there, one that is not, none, another one"),
    ("sum(digits(1, p, 2)) + 30", "", ["3", "2.5", "99"], ["31", "31", "31"], [SEALED] * 3,
     "the base of a number system is whole"),
    ("sum(digits(2**p, 2, p + 1)) + p", "", ["3", "4", "0.5"], ["4", "5", "9"], [CARRIED, CARRIED, NOT],
     "counts that differ from one candidate to the next"),
    ("v[p]", "carry_if: 'v[carried] > 30', ", ["1", "3", "9"], ["23", "41", "9"], [NOT, CARRIED, NOT],
     "a condition that has no value"),
]  # fmt: skip


@pytest.mark.parametrize(("q", "only", "p", "written", "expected", "remark"), INDEX)
def test_one_value_from_which_no_key_follows_is_nothing_to_the_others(
    q: str, only: str, p: list[str], written: list[str], expected: list[list[str]], remark: str
) -> None:
    asked = item(
        f"p: a + 1, v: '[12, 23, 31, 41, 52]', q: '{q}'",
        f"id: p, {only}answer: {{kind: number, key: p, tolerance: exact}}",
        "id: q, follows: [p], answer: {kind: number, key: q, tolerance: exact}",
    )

    assert class_notes(asked, "q", p=p, q=written) == expected, remark


IMPEDANCE = item(
    "x: 3*a, y: 4*a, m: sqrt(x**2 + y**2)",
    "id: z, answer: {kind: complex, key: {re: x, im: y}, tolerance: 2%}",
    "id: m, follows: [z], answer: {kind: number, key: m, tolerance: 0.1%}",
)
PHASOR = item(
    "r: 5*a, w: pi/6, u: 2*r*cos(w)",
    "id: z, answer: {kind: complex, key: {modulus: r, angle: w}, tolerance: 2%}",
    "id: u, follows: [z], answer: {kind: number, key: u, tolerance: 0.1%}",
)


def test_complex_numbers_are_carried_by_their_parts() -> None:
    assert notes(IMPEDANCE, z="6+8j", m="10")["m"] == ["carried.z", "number.right"]
    assert notes(IMPEDANCE, z="3.05+4j", m="5.03")["m"] == ["carried.own.z", "number.right"]
    assert notes(IMPEDANCE, z="0", m="0")["m"] == ["number.wrong"], "0 is not carried"
    assert notes(IMPEDANCE, z="6000+8000j", m="10000")["m"] == ["number.wrong"], "beyond a factor of 1000"
    assert notes(PHASOR, z="10∠30°", u="17.32")["u"] == ["carried.z", "number.right"]


OHM = item(
    "Z: 3*a + 4*a*j, U: 10*a, I: U/Z, m: abs(I), S: U*conj(I)",
    "id: z, answer: {kind: complex, key: Z, unit: Ω, tolerance: 2%}",
    "id: i, follows: [z], answer: {kind: complex, key: I, unit: A, tolerance: 0.1%, polar: yes}",
    "id: m, follows: [i], answer: {kind: number, key: m, unit: A, tolerance: 0.1%}",
    "id: s, follows: [z, i], answer: {kind: complex, key: S, unit: VA, tolerance: 0.1%}",
)
REAL = item(
    "R: 3*a, X: 4*a, Z: R + X*j",
    "id: x, answer: {kind: number, key: X, tolerance: 2%}",
    "id: z, follows: [x], answer: {kind: complex, key: Z, tolerance: 0.1%}",
)
CHAINS = [
    ("3+4j Ω", "1.2-1.6j A", "2 A", "12+16j VA",
     ("complex.right", "complex.right", "number.right", "complex.right"), "by the keys"),
    ("3-4j Ω", "1.2+1.6j A", "2 A", "12-16j VA",
     ("complex.conjugate", "carried.z complex.right", "number.right", "carried.z complex.right"),
     "the conjugate goes on"),
    ("6+8j Ω", "1∠-53.1301° A", "1 A", "6+8j VA",
     ("complex.wrong", "carried.z complex.right", "carried.i number.right", "carried.z complex.right"), "as a phasor"),
    ("3.02+4j Ω", "1.2023-1.5924j A", "1.99525 A", "12.023+15.924j VA",
     ("complex.right", "carried.own.z complex.right", "carried.own.i number.right", "carried.own.z complex.right"),
     "rounded, at no cost"),
    ("4 Ω", "2.5 A", "2.5 A", "25 VA",
     ("complex.wrong", "carried.z complex.right", "carried.i number.right", "carried.z complex.right"),
     "a real number is a complex one"),
    ("3+4j Ω", "1.2+1.6j A", "2 A", "12-16j VA",
     ("complex.right", "complex.conjugate", "number.right", "carried.i complex.right"),
     "of two, the one that was wrong"),
    ("0 Ω", "0 A", "0 A", "0 VA", ("complex.wrong", "complex.wrong", "number.wrong", "complex.wrong"), "not carried"),
    ("?", "1+1j A", "1.41421 A", "10-10j VA",
     ("unreadable", "complex.wrong", "carried.i number.right", "carried.i complex.right"), "from the next part on"),
]


@pytest.mark.parametrize(("z", "i", "m", "s", "expected", "remark"), CHAINS)
def test_one_complex_value_is_carried_into_real_and_complex_ones(
    z: str, i: str, m: str, s: str, expected: tuple[str, ...], remark: str
) -> None:
    told = notes(OHM, z=z, i=i, m=m, s=s)

    assert tuple(" ".join(told[name]) for name in ("z", "i", "m", "s")) == expected, remark


def test_a_real_value_is_carried_into_a_complex_one() -> None:
    assert notes(REAL, x="5", z="3+5j")["z"] == ["carried.x", "complex.right"]
    assert notes(REAL, x="4", z="3+4j")["z"] == ["complex.right"]


def test_carry_if_sees_a_complex_value_as_one() -> None:
    asked = item(
        "Z: 3*a + 4*a*j, m: abs(Z)",
        "id: z, answer: {kind: complex, key: Z, tolerance: 2%}",
        "id: m, follows: [z], answer: {kind: number, key: m, tolerance: 0.1%}",
    )
    part = asked.part("z").model_copy(update={"carry_if": algebra.read("im(carried) > 0")})
    narrow = asked.model_copy(update={"parts": (part, asked.part("m"))})

    assert notes(narrow, z="6+8j", m="10")["m"] == ["carried.z", "number.right"]
    assert notes(narrow, z="6-8j", m="10")["m"] == ["number.wrong"]


def test_a_vector_is_carried_by_its_size_though_a_component_is_zero() -> None:
    asked = item(
        'v: "[a, 0, 2*a]", n: "sum(v)"',
        "id: v, answer: {kind: vector, key: v, tolerance: 1%}",
        "id: n, follows: [v], answer: {kind: number, key: n, tolerance: exact}",
    )

    assert notes(asked, v="(1, 0, 4)", n="5")["n"] == ["carried.v", "number.right"]
    assert notes(asked, v="(0, 0, 0)", n="0")["n"] == ["number.wrong"], "all of it zero"


LABELS = item(
    "p: a + 1, m: {value: p, labels: [zero, one, two, three]}, c: 10*p",
    "id: p, answer: {kind: number, key: p, tolerance: exact}",
    "id: m, follows: [p], answer: {kind: text, accept: ['{{ m }}']}",
    "id: c, follows: [p], answer: {kind: number, key: c, tolerance: exact}",
)


@pytest.mark.parametrize(
    ("p", "m", "expected", "remark"),
    [
        ("3", "three", ["carried.p", "text.right"], "the label of the own value"),
        ("9", "three", ["text.wrong"], "there is no label 9, and the last one is not it"),
        ("2.5", "three", ["text.wrong"], "nor 2.5"),
        ("9", "two", ["text.right"], "the sealed key stays"),
    ],
)
def test_a_value_without_a_label_is_not_carried(p: str, m: str, expected: list[str], remark: str) -> None:
    assert notes(LABELS, p=p, m=m)["m"] == expected, remark
    assert notes(LABELS, p="9", c="90")["c"] == ["number.wrong"], "as where a value that follows is infinite"


def test_carry_if_asks_every_component_of_a_vector() -> None:
    asked = item(
        'v: "[a, 5*a, 2*a]", n: "sum(v)"',
        "id: v, carry_if: carried > 0, answer: {kind: vector, key: v, tolerance: 1%}",
        "id: n, follows: [v], answer: {kind: number, key: n, tolerance: exact}",
    )

    assert notes(asked, v="(1, 3, 2)", n="6")["n"] == ["carried.v", "number.right"]
    assert notes(asked, v="(1, -5, 2)", n="-2")["n"] == ["number.wrong"], "one of them is below 0"


NOTHING = item(
    "p: a - 1, q: 100*p + 5",
    "id: p, answer: {kind: number, key: p, tolerance: 0.01}",
    "id: q, follows: [p], answer: {kind: number, key: q, tolerance: exact}",
)


@pytest.mark.parametrize(
    ("p", "q", "expected"),
    [
        ("0", "5", ["number.right"]),
        ("0.004", "5.4", ["carried.own.p", "number.right"]),  # as right as the key
        ("0.04", "9", ["number.wrong"]),  # nothing is of the size of zero
    ],
)
def test_beside_a_key_of_zero_what_is_right_is_carried(p: str, q: str, expected: list[str]) -> None:
    assert notes(NOTHING, p=p, q=q)["q"] == expected


def test_a_key_that_cannot_be_written_leaves_the_sealed_one_where_it_is_exact() -> None:
    asked = item(
        "p: 4*a, q: sqrt(p)",
        "id: p, answer: {kind: number, key: p, tolerance: 1%}",
        "id: q, follows: [p], answer: {kind: number, key: q, tolerance: exact}",
    )

    assert notes(asked, p="9", q="3")["q"] == ["carried.p", "number.right"]
    assert notes(asked, p="2", q="1.4142135623730951")["q"] != ["carried.p", "number.right"], "the root of 2"
    assert notes(asked, p="2", q="2")["q"] == ["number.right"]


def test_what_carries_must_be_named() -> None:
    with pytest.raises(AssertionError, match="the key of part 'z' is '4'; give it a name under derive:"):
        item(
            "x: 3*a, m: x",
            "id: z, answer: {kind: complex, key: {re: x, im: 4}, tolerance: 2%}",
            "id: m, follows: [z], answer: {kind: number, key: m, tolerance: 1%}",
        )


ENDLESS = item(
    "p: a + 1, q: 1/(p - 5), v: '[p, 1/(p - 6)]', s: p + 1, t: 1/(p - 5)",
    "id: p, answer: {kind: number, key: p, tolerance: exact}",
    "id: s, follows: [p], answer: {kind: number, key: s, tolerance: exact}",
    "id: t, follows: [p], answer: {kind: number, key: t, tolerance: 1%, infinite: yes}",
)
NO_KEY = [
    ("4", "s", "5", ["carried.p", "number.right"], "every value that follows from 4 is finite"),
    ("4", "t", "-1", ["carried.p", "number.right"], "the same"),
    ("5", "t", "∞", ["number.wrong"], "1/0 is not a key, although the part accepts infinite values"),
    ("5", "s", "6", ["number.wrong"], "q would be 1/0, although s does not depend on it"),
    ("6", "s", "7", ["number.wrong"], "one element of v would be 1/0, the other is finite"),
]


@pytest.mark.parametrize(("p", "part", "written", "expected", "remark"), NO_KEY)
def test_no_key_follows_from_a_value_that_leaves_something_infinite(
    p: str, part: str, written: str, expected: list[str], remark: str
) -> None:
    assert notes(ENDLESS, p=p, **{part: written})[part] == expected, remark


THOUSANDS = item(
    "p: 2000*a, q: p + 1",
    "id: p, answer: {kind: number, key: p, tolerance: 2%}",
    "id: q, follows: [p], answer: {kind: number, key: q, tolerance: exact}",
)


def test_a_number_with_two_readings_is_not_carried_by_its_first() -> None:
    told = notes(THOUSANDS, p="2.000", q="3")

    assert told == {"p": ["two-readings.waits"], "q": ["number.wrong"]}, "2 is within a factor of 1000 of 2000"
    assert notes(THOUSANDS, p="2", q="3")["q"] == ["carried.p", "number.right"]
