"""A number earns what the rules say, and every mark says why."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from written_answers import MARKED, NOT_NUMBERS, NUMBERS, Marked

from qbank.answers import _tolerance
from qbank.answers.number import KIND as number
from qbank.answers.number.marks import feasible, value
from qbank.answers.number.spec import Spec
from qbank.model import Column, Columns, Rules, Steps, take
from qbank.variants import Scope


def Names(n: int = 1, **values: Any) -> Scope:
    """Values of names over n variants."""
    columns = {name: Column(np.broadcast_to(np.asarray(value, float), (n,))) for name, value in values.items()}
    return Scope(n, columns)


def spec_of(part: str) -> Spec:
    return Spec.model_validate(yaml.load("{kind: number, " + part + "}", Loader=yaml.BaseLoader))


def bound(spec: Spec, names: Scope | None = None) -> Columns:
    return number.bind(spec, names or Names(), {})


def marked(spec: Spec, texts: list[str], key: Columns, rules: Rules | None = None) -> Steps:
    rules = rules or Rules()
    rows = np.zeros(len(texts), dtype=np.int64) if len(key["key"]) == 1 else np.arange(len(texts))
    return number.mark(spec, number.read(spec, texts, rules), take(key, rows), {}, rules)


def last(steps: Steps, row: int = 0) -> str:
    return list(steps.of(row))[-1][0]


def test_the_table_is_long_enough() -> None:
    assert len(NUMBERS) + len(NOT_NUMBERS) + len(MARKED) >= 250


@pytest.mark.parametrize("row", MARKED, ids=lambda row: f"{row.part} {row.text}"[:60])
def test_an_answer_earns_what_the_table_says(row: Marked) -> None:
    spec = spec_of(row.part)
    steps = marked(spec, [row.text], bound(spec))

    assert (steps.credit[0], last(steps)) == (pytest.approx(row.credit), row.note), row.remark


WRITTEN = [
    ("1%", {"rel": 0.01}),
    ("rel 0.02", {"rel": 0.02}),
    ("0.05", {"abs": 0.05}),
    ("abs 0.05", {"abs": 0.05}),
    ("± 0.05 V", {"abs": 0.05, "unit": "V"}),
    ("50 mV", {"abs": 50.0, "unit": "mV"}),
    ("exact", {"exact": True}),
    ("sf 3", {"sf": 3}),
    ("dp: 2", {"dp": 2}),
    ("sf：３", {"sf": 3}),
    ("１％ ＋ ０．５", {"rel": 0.01, "abs": 0.5, "join": "sum"}),
    ("last", {"last": True}),
    ("1% or 0.01", {"rel": 0.01, "abs": 0.01, "join": "either"}),
    ("1% and dp 2", {"rel": 0.01, "dp": 2, "join": "both"}),
    ("1% + 5 mV", {"rel": 0.01, "abs": 5.0, "unit": "mV", "join": "sum"}),
]


@pytest.mark.parametrize(("text", "fields"), WRITTEN)
def test_a_tolerance_reads_in_one_line(text: str, fields: dict[str, Any]) -> None:
    assert _tolerance.parse(text) == fields


HOW = "write 1%, 0.05, 0.05 V, exact, sf 3, dp 2, last or range: [low, high]"
FAULTS = [
    ("key: 5, tolerance: 1 pct", "Value error, '1 pct' is not a tolerance; did you mean '1%'?"),
    ("key: 5, tolerance: some", f"Value error, 'some' is not a tolerance; {HOW}"),
    ("key: 5, tolerance: 5 foo", f"Value error, '5 foo' is not a tolerance; {HOW}"),
    ("key: 5, tolerance: 1% or 2%", "Value error, '1% or 2%' has rel twice"),
    ("key: 5, tolerance: 1% or 1 and sf 2",
     "Value error, '1% or 1 and sf 2' joins in two ways; use only one of or, and, +"),
    ("key: 5, tolerance: 1%, unit: °C",
     "Value error, a relative tolerance has no meaning for a temperature in °C; write an absolute one, such as 0.5 K"),
    ("key: 5, tolerance: 1%, unit: V, difference: yes",
     "Value error, 'difference: yes' is for a temperature, with unit: K or °C"),
    ("key: 5, tolerance: 1%, unit: ft", "Value error, ft is read only with 'extra: yes'"),
    ("key: 5, tolerance: {}", f"Value error, the tolerance is missing; {HOW}"),
    ("key: 5", "Field required"),
    ("key: A, tolerance: last",
     "Value error, 'last' needs a key written as a number, such as 4.70, or places: N"),
    ("key: 5, tolerance: 5 mA, unit: V", "Value error, the tolerance is in mA, but the key is in V"),
    ("key: 5, tolerance: 1%, unit: mhz", "Value error, 'mhz' is not a unit; did you mean MHz or mHz?"),
    ("key: 5, tolerance: 1%, figures: many",
     "Value error, 'many' is not a number of figures; write 3, '>=3' or [2, 4]"),
    ("key: 5, tolerance: 1%, figures: 3, places: 2", "Value error, write either figures: or places:, not both"),
    ("key: 5, tolerance: 1%, also: ratio",
     "Value error, 'also: ratio' needs 'unit: dB' and 'level: amplitude' or 'level: power'"),
]  # fmt: skip


@pytest.mark.parametrize(("part", "message"), FAULTS)
def test_an_authors_slip_says_what_to_write(part: str, message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        spec_of(part)

    assert caught.value.errors()[0]["msg"] == message


@pytest.mark.parametrize(
    ("part", "text", "zh", "en"),
    [
        ("key: -10, tolerance: 1%", "10", "数值正确，符号错误，应为 −10 ± 1%。",
         "Right size, wrong sign; expected −10 ± 1%."),
        ("key: 253.15, unit: °C, tolerance: 1", "20 °C", "数值正确，符号错误，应为 −20 °C ± 1 °C。",
         "Right size, wrong sign; expected −20 °C ± 1 °C."),
        ("key: 5, unit: V, tolerance: 50 mV", "7 V", "数值不对，应为 5 V ± 50 mV。",
         "Not the right value; expected 5 V ± 50 mV."),
        ("key: 5, unit: V, tolerance: 1% or 0.1", "5", "漏写单位 V。", "The unit V is missing."),
        ("key: 5, tolerance: {range: [4, 6]}", "7", "数值不对，应为 4 … 6。", "Not the right value; expected 4 … 6."),
        ("key: 1500, tolerance: 1%, figures: 3", "1.5e3", "写了 2 位，要求 3 位。",
         "2 figures or decimals were shown, 3 asked for."),
    ],
)  # fmt: skip
def test_a_reason_is_a_sentence_in_both_languages(part: str, text: str, zh: str, en: str) -> None:
    spec = spec_of(part)
    note, _, details = list(marked(spec, [text], bound(spec)).of(0))[-1]

    assert number.reason(spec, note, details, "zh") == zh
    assert number.reason(spec, note, details, "en") == en


def test_a_mistake_is_told_in_the_authors_words() -> None:
    spec = spec_of("key: -10, tolerance: 1%, mistakes: {plus: {value: 11, zh: 用错公式, en: the wrong formula}}")
    note, _, details = list(marked(spec, ["11"], bound(spec)).of(0))[-1]

    assert number.reason(spec, note, details, "en") == "The wrong formula; expected −10 ± 1%."


@pytest.mark.parametrize(
    ("part", "shown", "accepted"),
    [
        ("key: -10, tolerance: 1%", "−10", "−10.1 … −9.9"),
        ("key: 4.7k, unit: Ω, tolerance: 1%", "4.7 kΩ", "4.653 … 4.747 kΩ"),
        ("key: 100/9, tolerance: 1%", "11.1", "11 … 11.22"),
        ("key: 100/9, tolerance: exact", "100/9", "100/9"),
        ("key: 2652, tolerance: exact", "2652", "2652"),
        ("key: 12345.678, tolerance: 0.001", "12345.678", "12345.677 … 12345.679"),
        ("key: 0.5, unit: '%', tolerance: 1%", "50%", "49.5 … 50.5%"),
        ("key: 5, unit: mV, unit_given: printed, tolerance: 1%", "5000 mV", "4950 … 5050 mV"),
        ("key: 2, tolerance: 1%, figures: 3", "2.00", "1.98 … 2.02"),
        ("key: 5, unit: V, tolerance: 1%, accept: [key, {key: 7, credit: 0.5}]", "5 V", "4.95 … 5.05 V; 7 V (50%)"),
    ],
)
def test_the_answer_book_shows_the_key_and_what_counts(part: str, shown: str, accepted: str) -> None:
    spec = spec_of(part)
    key = bound(spec)

    assert (number.show(spec, key, {}, 0, "en").text, number.accepted(spec, key, {}, 0, "en")) == (shown, accepted)


def test_a_variant_where_a_mistake_counts_as_right_is_not_drawn() -> None:
    spec = spec_of(
        "key: A, tolerance: 1%, mistakes: {one: {value: B, when: B != 7, zh: 一, en: one}}"
    )
    names = Names(4, A=[10.0, 10.0, 7.0, np.nan], B=[20.0, 10.05, 7.0, 1.0])

    assert feasible(spec, bound(spec, names)).tolist() == [True, False, True, False]


@pytest.mark.parametrize(
    ("part", "key", "drawn"),
    [
        ("key: A, tolerance: 1%", [0.0, 5, np.nan, np.inf, -np.inf], [True, True, False, False, False]),
        ("key: A, tolerance: 1%, infinite: yes", [0.0, 5, np.nan, np.inf, -np.inf], [True, True, False, True, True]),
        ("key: A, tolerance: sf 2", [0.0, 5, np.nan, np.inf, -np.inf], [True, True, False, False, False]),
        ("key: A, tolerance: {range: [L, 9]}", [5.0, 5, 5, 5, 9.5], [True, False, False, True, False]),
        ("key: A, tolerance: {range: [1, H]}", [5.0, 5, 5, 5, 0.5], [True, True, False, False, False]),
    ],
)
def test_a_variant_without_a_finite_key_and_a_finite_band_is_not_drawn(
    part: str, key: list[float], drawn: list[bool]
) -> None:
    spec = spec_of(part)
    names = Names(5, A=key, L=[1.0, -np.inf, np.nan, 1, 1], H=[9.0, 9, np.nan, np.inf, 9])

    assert feasible(spec, bound(spec, names)).tolist() == drawn


def test_a_key_that_cannot_be_written_exactly_is_not_drawn() -> None:
    spec = spec_of("key: A, tolerance: exact")
    names = Names(6, A=[0.25, 1 / 3, np.sqrt(2), 3.0, 0.123456789012, 0.1234567890123])

    assert feasible(spec, bound(spec, names)).tolist() == [True, True, False, True, True, False]


def test_the_spellings_of_a_key_have_its_unit_with_other_prefixes() -> None:
    spec = spec_of("key: 4.7k, unit: kΩ, tolerance: 1%")

    texts = number.spellings(spec, bound(spec), {}, 0)
    assert {"4.7k", "4700 ohm", "4700R", "0.0047 MΩ", "4700000 mΩ"} <= set(texts)
    compound = spec_of("key: 5, unit: V/μs, tolerance: 1%")
    assert not [text for text in number.spellings(compound, bound(compound), {}, 0) if "kV" in text]

    warmer = spec_of("key: 107, unit: °C, difference: yes, tolerance: 0.5")
    assert not [text for text in number.spellings(warmer, bound(warmer), {}, 0) if "m°C" in text], "degrees have none"


@pytest.mark.parametrize(("share", "allowed"), [("999%", True), ("1000%", False), ("-0.1", False)])
def test_a_relative_tolerance_is_less_than_ten_times_the_key(share: str, allowed: bool) -> None:
    with nullcontext() if allowed else pytest.raises(ValidationError):
        spec_of(f"key: 5, tolerance: {{rel: {share}}}")


def test_the_value_a_candidate_gave_is_in_si() -> None:
    spec = spec_of("key: 5, unit: mV, tolerance: 1%")
    values = value(spec, number.read(spec, ["5", "5 mV", "0.005 V", "5m", "x"], Rules()))

    assert values[:4].tolist() == [0.005] * 4 and np.isnan(values[4])


def test_an_unreadable_answer_says_where_and_what_was_expected() -> None:
    spec = spec_of("key: 5, unit: Hz, tolerance: 1%")
    reading = number.read(spec, ["1,234", "5 mhz", "1.2.3"], Rules())

    assert reading.stop.tolist() == [2, 3, 4]
    assert reading.expected(0, "en") == "the comma can be read in two ways: 1.234 / 1234"
    assert reading.expected(1, "en") == (
        "the unit has a letter in the wrong case; did you mean MHz or mHz?"
    )
    assert reading.expected(2, "zh") == "数到这里应当结束"


tolerances = st.sampled_from(
    ["1%", "0.1%", "5%", "sf 3", "sf 2", "rel 0.02 or 1e-9", "1% and 5", "exact", "dp 3", "1% + 1e-6"]
)
keys = st.one_of(st.integers(-9999, 9999).map(float), st.floats(1e-3, 1e5).map(lambda x: float(f"{x:.6g}")))


@settings(max_examples=120, deadline=None)
@given(keys, tolerances, st.sampled_from(["", "V", "kΩ", "µF", "dB", "m/s"]), st.sampled_from(["", "figures: 3"]))
def test_the_printed_key_and_every_spelling_earn_full_marks(key: float, tolerance: str, unit: str, more: str) -> None:
    spec = spec_of(f"key: A, tolerance: '{tolerance}', unit: '{unit}'" + (f", {more}" if more else ""))
    assume(key != 0 or tolerance == "exact")
    columns = bound(spec, Names(A=key * (spec.asked_unit.factor or 1)))
    assume(feasible(spec, columns)[0])
    shown = number.show(spec, columns, {}, 0, "en").text
    reading = number.read(spec, [shown], Rules())
    assume(not more or columns["low"][0] <= reading.value[0] <= columns["high"][0])

    texts = [shown, *number.spellings(spec, columns, {}, 0)]
    credit = marked(spec, texts, take(columns, np.zeros(len(texts), dtype=np.int64))).credit
    assert dict(zip(texts, credit.tolist(), strict=True)) == dict.fromkeys(texts, 1.0)


@settings(max_examples=100, deadline=None)
@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(1e-4, 0.5), st.floats(1, 3))
def test_a_wider_tolerance_never_lowers_a_mark(key: float, answer: float, rel: float, wider: float) -> None:
    narrow, wide = (spec_of(f"key: A, tolerance: rel {width:.9f}") for width in (rel, rel * wider))
    names = Names(A=key)

    credits = [marked(spec, [repr(answer)], bound(spec, names)).credit[0] for spec in (narrow, wide)]
    assert credits[0] <= credits[1] or credits == [1, 1]


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 6), st.floats(1e-6, 1e6), st.floats(0.5, 2))
def test_figures_agree_as_the_rule_says(figures: int, key: float, ratio: float) -> None:
    """The band of `sf: N` is the rule itself, but for halves that no double can tell."""
    from decimal import Decimal

    from qbank.numerals import round_figures

    target = round_figures(Decimal(f"{key:.12g}"), figures)
    answer = Decimal(f"{float(target) * ratio:.8g}")
    half = Decimal(1).scaleb(target.adjusted() - figures + 1) / 2
    right = abs(answer - target) < half or round_figures(answer, figures) == target
    spec = spec_of(f"key: A, tolerance: sf {figures}")

    credit = marked(spec, [str(answer)], bound(spec, Names(A=float(f"{key:.12g}")))).credit[0]
    assert bool(credit) == right


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([row.text for row in MARKED if len(row.text) < 50]), min_size=1, max_size=20))
def test_a_batch_marks_as_its_rows_do(texts: list[str]) -> None:
    spec = spec_of("key: 5, unit: V, tolerance: 1%, mistakes: {m: {value: 4, zh: 甲, en: a, credit: 0.5}}")
    key = bound(spec)
    batch = marked(spec, texts, take(key, np.zeros(len(texts), dtype=np.int64)))

    for row, text in enumerate(texts):
        alone = marked(spec, [text], key)
        assert (last(batch, row), batch.credit[row]) == (last(alone), alone.credit[0])
        assert 0 <= alone.credit[0] <= 1


def test_marking_numbers_leaves_sympy_alone() -> None:
    import subprocess
    import sys

    program = "import sys, qbank.answers.number; print('sympy' in sys.modules, 'polars' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
