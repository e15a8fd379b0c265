"""Variants: pure functions of seed, item and seat; requirements hold on every row; what cannot be drawn says why."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_items import HEAD, faults, item_of

from qbank import variants
from qbank.bank import Bank
from qbank.bank.item import Item
from qbank.model import Refused
from qbank.variants import Variants

PINNED_SAMPLES = [[[18.4, 19.6, 22.3, 21.6, 17.0, 22.7]], [[1.48, 2.8, 8.55, 6.79, 0.59, 9.94]]]
"""Every sample ever printed rests on such numbers: they may never change."""
ASK = """
stem: {zh: 求 x, en: Find x}
parts:
  - id: x
    answer: {kind: number, key: x, tolerance: 1%}
"""
WIDE = "{integers: [1, 900]}"


def sample(parameters: str, rest: str = "") -> Item:
    return item_of(f"{HEAD}parameters: {parameters}\n{rest}{ASK}")


def values(drawn: Variants, *names: str) -> dict[str, list[float]]:
    return {name: drawn.columns[name].values.tolist() for name in names or drawn.columns}


def same(one: Variants, other: Variants) -> bool:
    """Whether two sets of variants are equal in every column."""
    pairs = [(column.values, other.columns[name].values) for name, column in one.columns.items()]
    for mine, theirs in ((one.keys, other.keys), (one.arrangements, other.arrangements)):
        pairs += [(array, theirs[part][name]) for part, columns in mine.items() for name, array in columns.items()]
    return all(np.array_equal(first, second, equal_nan=first.dtype.kind == "f") for first, second in pairs)


GALLERY = [
    "number", "chain", "blanks", "choice", "several", "truth_1", "matching", "ordering", "shape", "vector", "essay",
]  # fmt: skip


@pytest.mark.parametrize("name", GALLERY)
def test_a_seat_gets_the_same_variant_whatever_the_batch(gallery: Bank, name: str) -> None:
    item = gallery.item(f"gallery.{name}")
    together = variants.make(item, "seed", np.arange(40))

    for seat in (0, 7, 39):
        assert same(together.take(np.array([seat])), variants.make(item, "seed", np.array([seat])))
    streamed = list(variants.space(item).stream("seed", 40))
    assert same(together, streamed[0])
    backwards = variants.make(item, "seed", np.arange(40)[::-1])
    assert same(together.take(np.arange(40)[::-1]), backwards)


@pytest.mark.parametrize("name", GALLERY)
def test_one_seat_gets_the_same_variant_whoever_was_asked_before(gallery: Bank, name: str) -> None:
    item = gallery.item(f"gallery.{name}")

    for seed in ("seed", "other"):
        together = variants.make(item, seed, np.arange(70))
        for seat in (3, 4, 0, 31, 32, 33, 69, 5):
            drawn = variants.one(item, seed, seat)
            assert drawn.seats.tolist() == [seat]
            assert same(together.take(np.array([seat])), drawn)


@pytest.mark.parametrize("name", ["number", "vector"])
def test_another_seed_draws_others(gallery: Bank, name: str) -> None:
    item = gallery.item(f"gallery.{name}")

    one, other = (variants.make(item, seed, np.arange(40)) for seed in ("one", "other"))

    assert not same(one, other)


def test_where_combinations_are_counted_a_seat_draws_one_of_them_and_any_change_moves_it() -> None:
    """Up to 2^18 combinations a seat's draw is an index, so that neighbours differ; an added parameter moves it."""
    before, more = sample("{x: {integers: [1, 50]}}"), sample("{x: {integers: [1, 50]}, y: {values: [1, 2]}}")
    seats = np.arange(50)

    alone, beside = (values(variants.make(item, "seed", seats), "x")["x"] for item in (before, more))

    assert sorted(alone) == list(range(1, 51))
    assert alone != beside


@pytest.mark.parametrize(
    ("parameters", "require", "feasible"),
    [
        ("{x: {integers: [1, 7]}}", "", 7),
        ("{x: {integers: [1, 12]}, y: {integers: [1, 12]}}", "require: [x < y]\n", 66),
        ("{x: {value: 3}}", "", 1),
    ],
    ids=["one parameter", "a requirement", "a constant"],
)
def test_neighbours_differ_as_long_as_there_are_variants(parameters: str, require: str, feasible: int) -> None:
    item = sample(parameters, require)
    drawn = variants.make(item, "seed", np.arange(2 * feasible))
    rows = list(zip(*values(drawn, *item.parameters).values(), strict=True))

    space = variants.space(item)
    assert space.feasible is not None
    assert len(space.feasible) == feasible
    assert len(set(rows[:feasible])) == feasible
    assert set(rows) == set(rows[:feasible])


def test_what_an_item_requires_holds_on_every_row(gallery: Bank) -> None:
    drawn = variants.make(gallery.item("gallery.number"), "seed", np.arange(500))
    ratio = drawn.columns["Rf"].values / drawn.columns["R1"].values

    assert (ratio >= 1.5).all()
    assert (ratio <= 100).all()


def test_what_an_item_requires_holds_on_every_row_that_draws_again() -> None:
    item = sample(f"{{x: {WIDE}, y: {WIDE}, z: {WIDE}}}", "require:\n  - x < y < z\n  - (x + y + z) <= 1200\n")
    drawn = values(variants.make(item, "seed", np.arange(2000)))

    rows = list(zip(drawn["x"], drawn["y"], drawn["z"], strict=True))
    assert all(x < y < z and x + y + z <= 1200 for x, y, z in rows)


def test_a_variant_whose_mistake_is_right_is_not_drawn() -> None:
    text = f"""{HEAD}
parameters: {{x: {{integers: [0, 9]}}}}
stem: {{zh: 求 x 的平方, en: Square x}}
derive: {{y: x**2}}
parts:
  - id: y
    answer:
      kind: number
      key: y
      tolerance: exact
      mistakes: {{doubled: {{value: 2*x, zh: 乘了二, en: doubled}}}}
"""
    drawn = variants.make(item_of(text), "seed", np.arange(50))

    assert set(drawn.columns["x"].values.tolist()) == {1, 3, 4, 5, 6, 7, 8, 9}, "0 and 2 hide the mistake"


OPTIONS = f"""{HEAD}
parameters: {{a: {{integers: [2, 9]}}, b: {{integers: [2, 9]}}}}
stem: {{zh: "长 {{{{ a }}}}，宽 {{{{ b }}}}，面积为", en: "The area of {{{{ a }}}} by {{{{ b }}}} is"}}
derive:
  product: {{value: a*b, shown: 4}}
  less: {{value: (a - 1)*b, shown: 4}}
  difference: {{value: b - a, shown: 4}}
  sum: {{value: a + b, shown: 4}}
parts:
  - id: pick
    answer:
      kind: choice
      options:
        right: {{right: yes, zh: "{{{{ product }}}}", en: "{{{{ product }}}}"}}
        less: {{zh: "{{{{ less }}}}", en: "{{{{ less }}}}"}}
        difference: {{zh: "{{{{ difference }}}}", en: "{{{{ difference }}}}"}}
        sum: {{zh: "{{{{ sum }}}}", en: "{{{{ sum }}}}"}}
"""


def test_a_variant_on_which_two_options_are_the_same_is_not_drawn() -> None:
    space = variants.space(item_of(OPTIONS))
    drawn = space.draw("seed", np.arange(len(space.feasible if space.feasible is not None else ())))
    rows = np.stack([drawn.columns[name].values for name in ("product", "less", "difference", "sum")], axis=1)

    assert space.combinations == 64
    assert len(drawn) < 64
    assert [len(set(row)) for row in rows.tolist()] == [4] * len(drawn)
    assert sum(one.rows for one in variants.hindered(space)) == 64 - len(drawn)
    assert {one.code for one in variants.hindered(space)} == {"variants.options"}


WRITTEN_ALIKE = [
    ("{{ n }} V", "{{ m }} V", {1, 2, 3}, "the same characters round two values"),
    ("$U = {{ n }}$ V", "U = {{ m }} V", {1, 2, 3}, "set as a formula or not"),
    ("{{ n }} V", "2000 mV", {2}, "a number that is written out, in another prefix"),
    ("about {{ n }} V", "2 V", set(), "words about a number make it another text"),
    ("{{ n }} to {{ m }}", "{{ m }} to {{ n }}", {1, 2, 3}, "two values in one option"),
    ("{{ n }} to {{ m }}", "{{ n }}", set(), "a value more"),
    ("{{ n }} V", "{{ m }} A", set(), "another dimension"),
    ("{{ U }}", "{{ n }} V", {1, 2, 3}, "a value with its own unit, and one whose unit is written after it"),
    ("{{ U }}", "{{ n }} kV", set(), "a thousand times as much"),
    ("{{ case }}", "on", {1, 2, 3}, "a label that prints the same word"),
    ("{{ case }}", "off", set(), "a label that never prints it"),
]
"""Two options, the values of n on which they are alike where m = n, and what is odd."""


@pytest.mark.parametrize(("first", "second", "expected", "remark"), WRITTEN_ALIKE, ids=[r[3] for r in WRITTEN_ALIKE])
def test_two_options_are_the_same_where_they_read_the_same(
    first: str, second: str, expected: set[int], remark: str
) -> None:
    text = f"""{HEAD}
parameters: {{n: {{integers: [1, 3]}}, case: {{labels: ["on"]}}}}
derive: {{m: {{value: n, shown: 3}}, U: {{value: n, shown: 3, unit: V}}}}
parts:
  - id: pick
    ask: {{zh: 选择, en: Choose}}
    answer:
      kind: choice
      options:
        first: {{right: yes, zh: "{first}", en: "{first}"}}
        second: {{zh: "{second}", en: "{second}"}}
        third: {{zh: 其他, en: else}}
"""
    try:
        left = set(variants.make(item_of(text), "seed", np.arange(3)).columns["n"].values.tolist())
    except Refused:
        left = set()

    assert left == {1, 2, 3} - expected, remark


COUNTED = "$.require[0]: none of its 9 combinations of values can be drawn: on all, 'x > 9' is not met"
DRAWN = "$.require[0]: none of 1,000 attempts of seat 0 can be drawn: on all, 'x > 900' is not met"
PROPOSAL = "  → loosen this line of require:, or widen a parameter's domain"


@pytest.mark.parametrize(
    ("parameters", "require", "expected"),
    [
        ("{x: {integers: [1, 9]}}", "require: [x > 9]\n", COUNTED),
        (f"{{x: {WIDE}, y: {WIDE}, z: {WIDE}}}", "require: [x > 900]\n", DRAWN),
    ],
    ids=["counted", "drawn again"],
)
def test_requirements_that_nothing_meets_are_refused_with_a_proposal(
    parameters: str, require: str, expected: str
) -> None:
    with pytest.raises(Refused) as refused:
        variants.make(sample(parameters, require), "seed", np.arange(3))

    assert str(refused.value) == f"sample: {expected}\n{PROPOSAL}"
    assert [problem.code for problem in refused.value.problems] == ["variants.none"]


def test_derived_values_that_go_in_a_circle_are_named() -> None:
    text = f"{HEAD}derive: {{x: y + 1, y: z, z: 2*x, free: '1'}}{ASK}"

    assert faults(text) == [
        (
            "item.yaml:6:9: $.derive: there is a circular definition: x → y → z → x\n"
            "  derive: {x: y + 1, y: z, z: 2*x, free: '1'}\n"
            f"          {'~' * 34}^"
        )
    ]


def test_a_derived_value_that_says_how_it_is_shown_is_what_everything_downstream_uses() -> None:
    derive = "derive:\n  p: {value: x/3, shown: 2}\n  q: 3*p\n  d: {value: x/7, shown: {dp: 1}}\n  raw: x/3\n"
    drawn = variants.given(sample("{x: {values: [10, 20]}}", derive), {"x": "20"})

    assert values(drawn) == {
        "x": [20], "p": [6.7], "q": [pytest.approx(20.1)], "d": [2.9], "raw": [pytest.approx(20 / 3)],
    }  # fmt: skip
    shown = variants.printed(drawn, 0, "en")
    assert {name: shown[name].text for name in ("x", "p", "q", "d", "raw")} == {
        "x": "20", "p": "6.7", "q": "20.1", "d": "2.9", "raw": "6.667",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "shown", "unit", "text"),
    [
        ("17777", "{dp: 1}", "h", "4.9 h"),
        ("17777", "2", "h", "4.9 h"),
        ("838080", "{dp: 0}", "h", "233 h"),  # not 840000 s, which is 233.333 h
        ("1.1071487", "3", "°", "63.4°"),  # three figures of degrees, not of radians
        ("294.4", "{dp: 0}", "°C", "21 °C"),
        ("0.48664", "{dp: 1}", "g", "486.6 g"),
    ],
)  # fmt: skip
def test_a_value_is_rounded_in_the_unit_that_it_prints_in(given: str, shown: str, unit: str, text: str) -> None:
    derive = f"derive:\n  p: {{value: x, shown: {shown}, unit: {unit}}}\n"
    drawn = variants.given(sample(f"{{x: {{values: [{given}]}}}}", derive), {"x": given})

    assert variants.printed(drawn, 0, "en")["p"].text == text


def test_an_angle_in_degrees_is_the_degrees_that_were_written() -> None:
    item = sample("{x: {values: [60°, 90°, 180°]}}", "derive: {c: 5*cos(x), s: sin(x)}\n")
    drawn = variants.make(item, "a", np.arange(30))

    assert {round(each, 12) for each in drawn.columns["c"].values.tolist()} == {2.5, 0.0, -5.0}
    assert (drawn.columns["c"].values == 0).any(), "not 3e-16"
    assert (drawn.columns["s"].values == 0).any()


def test_labels_are_codes_that_expressions_compare_by_word(gallery: Bank) -> None:
    drawn = variants.make(gallery.item("gallery.choice"), "seed", np.arange(60))
    case, base, emitter = (drawn.columns[name] for name in ("case", "UB", "UE"))

    assert case.labels == ("active", "sat", "cut")
    words = np.array(case.labels)[case.values]
    assert set(words) == {"active", "sat", "cut"}
    assert np.allclose(base.values - emitter.values, np.where(words == "cut", -0.5, 0.7))


def test_matrices_have_one_shape_and_multiply_variant_by_variant(gallery: Bank) -> None:
    drawn = variants.make(gallery.item("gallery.vector"), "seed", np.arange(30))
    W, x, z = (drawn.columns[name].values for name in ("W", "x", "z"))

    assert (W.shape, x.shape, z.shape) == ((30, 2, 3), (30, 3), (30, 2))
    assert np.array_equal(z, np.stack([one @ other for one, other in zip(W, x, strict=True)]))
    assert set(np.unique(W)) == {-1.0, -0.5, 0.0, 0.5, 1.0}
    assert len({each.tobytes() for each in W}) > 25


@pytest.mark.parametrize(
    ("values_given", "expected"),
    [
        ({"R1": "10k", "Rf": "105k"}, "Rf: '105k' is not a value of its domain; the nearest is 100000"),
        ({"R1": "ten"}, "R1: 'ten' is not a number; write 4700, 4.7k or 4.7e3, or 4.7 kΩ with its unit"),
        ({"R1": "10k", "Rf": "10k"}, "R1 = 10k, Rf = 10k cannot be drawn: '1.5 <= Rf/R1 <= 100' is not met"),
    ],
    ids=["outside the domain", "no number", "a requirement"],
)
def test_a_trial_is_given_values_that_can_be_drawn(
    gallery: Bank, values_given: dict[str, str], expected: str
) -> None:
    with pytest.raises(Refused) as refused:
        variants.given(gallery.item("gallery.number"), values_given)

    assert str(refused.value) == f"gallery.number: {expected}"


def test_a_trial_may_name_a_value_in_any_spelling_and_leave_others_to_chance(gallery: Bank) -> None:
    item = gallery.item("gallery.chain")

    assert values(variants.given(item, {"a": "2.0", "b": "11"}), "a", "b") == {"a": [2], "b": [11]}
    assert values(variants.given(item, {"a": "7"}), "a") == {"a": [7]}


@pytest.mark.parametrize("x", range(1, 9))
def test_what_a_trial_leaves_open_is_drawn_to_meet_what_the_item_requires(x: int) -> None:
    item = sample("{x: {integers: [1, 9]}, y: {integers: [1, 9]}}", "require: [x < y]\n")

    drawn = variants.given(item, {"x": str(x)})

    assert drawn.columns["x"].values.tolist() == [x]
    assert drawn.columns["y"].values[0] > x


def test_no_number_of_variants_is_too_large_to_be_told() -> None:
    from qbank.actions.preview import how_many

    large = sample("{x: {integers: [1, 9]}, W: {matrix: [20, 20], from: -1, to: 1, step: 0.1}}")

    assert how_many(large) == "≤ 6.9e+529"
    assert how_many(sample("{x: {integers: [1, 900]}}")) == "900"


@settings(max_examples=40)
@given(seats=st.lists(st.integers(0, 10**9), min_size=1, max_size=12), seed=st.text(max_size=5))
def test_any_seats_of_any_seed_are_drawn_as_one_by_one(gallery: Bank, seats: list[int], seed: str) -> None:
    item = gallery.item("gallery.number")
    together = variants.make(item, seed, seats)

    for row, seat in enumerate(seats):
        assert same(together.take(np.array([row])), variants.make(item, seed, [seat]))


PRINTED = [
    ("288*288", "", "82944", "a whole number has all its digits"),
    ("288*288/7", "", "11850", "any other has four figures"),
    ("0.1*829440", "", "82944", "whole but for the rounding of floats"),
    ("288*288", "Ω", "82.94 kΩ", "with a unit, its prefix"),
    ("2**60", "", "1.153 × 10¹⁸", "beyond what a float counts"),
    ("1.602e-19", "C", "1.602 × 10⁻¹⁹ C", "no power of ten before a prefix"),
]
"""A derived value, its unit, what is printed, and what is odd."""


@pytest.mark.parametrize(("value", "unit", "expected", "remark"), PRINTED, ids=[row[3] for row in PRINTED])
def test_a_derived_value_prints_as_many_figures_as_it_deserves(
    value: str, unit: str, expected: str, remark: str
) -> None:
    text = f"""{HEAD}
derive: {{A: {{value: {value}, unit: '{unit}'}}}}
stem: {{zh: 一, en: One}}
parts:
  - id: one
    answer: {{kind: number, key: '1', tolerance: exact}}
"""
    drawn = variants.make(item_of(text), "seed", np.arange(1))

    assert variants.printed(drawn, 0, "en")["A"].text == expected, remark


DATA = """
stem: {zh: '{{ x }}', en: '{{ x }}'}
parts:
  - id: x
    answer: {kind: number, key: "KEY", tolerance: 1%}
"""


def of_data(parameters: str, key: str, rest: str = "") -> Item:
    return item_of(f"{HEAD}parameters: {parameters}\n{rest}{DATA.replace('KEY', key)}")


def test_a_drawn_sample_never_changes() -> None:
    normal = "{x: {sample: normal, mean: 20, sd: 2.5, size: 6, decimals: 1}}"
    waiting = "{x: {sample: exponential, mean: 5, size: 6, decimals: 2}}"

    drawn = [variants.make(of_data(each, "mean(x)"), "seed", [5]).columns["x"].values for each in (normal, waiting)]
    assert [each.tolist() for each in drawn] == PINNED_SAMPLES


def test_a_sample_has_the_moments_of_its_distribution() -> None:
    normal = "{x: {sample: normal, mean: 20, sd: 2.5, size: 30, decimals: 2}}"
    waiting = "{x: {sample: exponential, mean: 5, size: 30, decimals: 2}}"

    for each, mean, deviation in ((normal, 20, 2.5), (waiting, 5, 5)):
        values = variants.make(of_data(each, "mean(x)"), "seed", np.arange(20_000)).columns["x"].values
        assert abs(values.mean() - mean) < 0.01 * deviation
        assert abs(values.std() - deviation) < 0.01 * deviation


def test_few_orders_are_counted_and_many_are_drawn_until_they_fit() -> None:
    few = of_data("{x: {permutation: 4}}", "x[0]", "require: ['x[0] < x[1]']")
    many = of_data("{x: {permutation: 9}}", "x[0]", "require: ['x[0] < x[1]']")
    counted, endless = variants.space(few), variants.space(many)

    assert counted.feasible is not None and len(counted.feasible) == 12
    assert (endless.combinations, endless.feasible) == (362_880, None)
    rows = counted.draw("seed", np.arange(12)).columns["x"].values
    assert len(np.unique(rows, axis=0)) == 12, "neighbouring seats get different ones"
    drawn = endless.draw("seed", np.arange(200)).columns["x"].values
    assert (np.sort(drawn, axis=1) == np.arange(1, 10)).all()
    assert (drawn[:, 0] < drawn[:, 1]).all()


def test_labels_in_an_order_are_compared_and_printed() -> None:
    orders, notes = "{x: {permutation: [red, green, blue]}}", "require: [\"x[0] != 'blue'\"]"
    item = of_data(orders, "2 if x[1] == 'red' else 3", notes)
    drawn = variants.space(item).draw("seed", np.arange(4))

    assert sorted(variants.printed(drawn, row, "en")["x"].text for row in range(4)) == [
        "green, blue, red", "green, red, blue", "red, blue, green", "red, green, blue",
    ]  # fmt: skip
    assert variants.given(item, {"x": "green, red, blue"}).keys["x"]["key"].tolist() == [2]


IMPOSSIBLE = [
    ("derive: {y: 'x @ [1, 2]'}", "y", ("derive", "y"), "the shapes (3,) and (2,) do not fit a matrix product"),
    ("derive: {y: 'floor(j)'}", "y", ("derive", "y"), "floor takes real arguments only"),
    ("require: ['x + [1, 2] > 0']", "1", ("require", 0), "the shapes (3,) and (2,) do not fit '+'"),
    ("", "x", ("parts", 0, "answer"), "a number must be one value on each variant, but x is an array"),
    ("", "inv([[x[0], x[0]], [x[0], x[0]]])[0, 0]", ("parts", 0, "answer"),
     "none of its 6 combinations of values can be drawn: on all, part 'x': inv has no value: the matrix is singular"),
    ("derive: {y: 'corr([1, 1, 1], x)'}", "y", ("parts", 0, "answer"),
     "none of its 6 combinations of values can be drawn: on all, part 'x': corr has no value: a sample is constant"),
]  # fmt: skip


@pytest.mark.parametrize(("rest", "key", "path", "message"), IMPOSSIBLE)
def test_an_expression_without_a_value_is_refused_at_its_place(
    rest: str, key: str, path: tuple[str | int, ...], message: str
) -> None:
    with pytest.raises(Refused) as raised:
        variants.space(of_data("{x: {permutation: 3}}", key, f"{rest}\n"))

    assert raised.value.at == path
    assert [problem.message for problem in raised.value.problems] == [message]


def test_a_sample_without_the_correlation_that_a_key_needs_is_not_drawn() -> None:
    pairs = "{x: {sample: uniform, from: 0, to: 1, size: 2, decimals: 0}}"
    drawn = variants.make(of_data(pairs, "corr(x, [1, 2])"), "seed", np.arange(100))

    assert set(drawn.keys["x"]["key"].tolist()) == {-1.0, 1.0}


def test_what_is_taken_keeps_the_order_of_the_list_or_of_the_draw() -> None:
    listed = variants.make(of_data("{x: {choose: 3, of: 40}}", "x[0]"), "seed", np.arange(50)).columns["x"].values
    drawn = variants.make(
        of_data("{x: {choose: 3, of: 40, order: drawn}}", "x[0]"), "seed", np.arange(50)
    ).columns["x"].values  # fmt: skip

    assert (np.diff(listed, axis=1) > 0).all()
    assert not (np.diff(drawn, axis=1) > 0).all()
    assert (np.sort(drawn, axis=1) == listed).all(), "the same draw, put into order"
