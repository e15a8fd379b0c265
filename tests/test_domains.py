"""Every domain keeps its own examples, and says what is wrong with a parameter."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from qbank import domains, numerals, registry
from qbank.domains import DomainExample, sample

EXAMPLES = [(tag, row) for tag in registry.tags("domains") for row in registry.load("domains", tag).EXAMPLES]

PINNED_SUMS = [0, 4095653429]
PINNED_NORMAL = (-3668329, -841360, -253284, 253284, 841360, 3668329)


class Holder(BaseModel):
    """A record with parameters, as an item has them."""

    parameters: dict[str, domains.Field]


@pytest.mark.parametrize(("tag", "example"), EXAMPLES)
def test_every_example_gives_the_values_it_says(tag: str, example: DomainExample) -> None:
    table = domains.table(domains.read(example.yaml))

    assert domains.tag(example.yaml) == tag
    assert len(table) == len(table.texts) == example.size, example.remark
    assert table.texts[: len(example.texts)] == example.texts, example.remark
    assert table.entries == example.entries


@pytest.mark.parametrize(("tag", "example"), EXAMPLES)
def test_values_and_texts_agree(tag: str, example: DomainExample) -> None:
    table = domains.table(domains.read(example.yaml))

    for text, value in zip(table.texts, table.values, strict=True):
        words = [table.labels[code] for code in np.ravel(value)] if table.labels else np.ravel(value).tolist()
        said = text.strip("[]").split(", ") if value.ndim else [text]
        assert words == (said if table.labels else [float(word) for word in said])
    assert len(set(table.texts)) == len(table.texts) or tag == "sample", "only a sample draws a value more often"


@pytest.mark.parametrize("example", [row for _, row in EXAMPLES])
def test_a_value_as_an_author_writes_it_is_one_of_the_domain(example: DomainExample) -> None:
    table = domains.table(domains.read(example.yaml))
    several = table.entries and not table.picks
    text = ", ".join([table.texts[0]] * math.prod(table.entries)) if several else table.texts[0]
    text = ", ".join(table.texts[: table.entries[0]]) if table.picks else text

    column = domains.column(table, text)

    assert column.values.shape == (1, *table.shape)
    with pytest.raises(ValueError):
        domains.column(table, f"{text}, 7" if table.shape else "no such word")


def test_every_domain_has_an_example() -> None:
    assert {tag for tag, _ in EXAMPLES} == {
        "series", "integers", "grid", "values", "value", "labels", "matrix", "sample", "permutation", "choose",
    }  # fmt: skip


E24 = "10 11 12 13 15 16 18 20 22 24 27 30 33 36 39 43 47 51 56 62 68 75 82 91"
E48 = (
    "100 105 110 115 121 127 133 140 147 154 162 169 178 187 196 205 215 226 237 249 261 274 287 301 316 332 348 365 "
    "383 402 422 442 464 487 511 536 562 590 619 649 681 715 750 787 825 866 909 953"
)
SERIES = [
    ("E6", "10", "99", "10 15 22 33 47 68"),
    ("E12", "10", "99", "10 12 15 18 22 27 33 39 47 56 68 82"),
    ("E24", "10", "99", E24),
    ("E48", "100", "999", E48),
]


@pytest.mark.parametrize(("series", "low", "high", "printed"), SERIES)
def test_the_series_are_those_of_the_standard(series: str, low: str, high: str, printed: str) -> None:
    assert " ".join(domains.table(domains.read({"series": series, "from": low, "to": high})).texts) == printed


PROBLEMS: list[tuple[Mapping[str, Any], str]] = [
    ({"seres": "E24"}, "the parameter has no domain; did you mean 'series' instead of 'seres'?"),
    (
        {"unit": "V"},
        (
            "the parameter has no domain; it needs one of: choose, grid, integers, labels, matrix, permutation, "
            "sample, "
            "series, value, values"
        ),
    ),
    ({"series": "E24", "grid": ["1", "2", "1"]}, "a parameter must have one domain, not several: 'series', 'grid'"),
    ({"series": "E12", "from": "4", "to": "4.5"}, "E12 has no value from 4 to 4.5"),
    ({"series": "E12", "from": "1 k", "to": "2k"}, "'1 k' is not a number; write 1k, or its unit, as in 1 kΩ"),
    ({"series": "E12", "from": "-1k", "to": "2k"}, "the ends of a series must be between 1e-15 and 1e15"),
    ({"series": "E5", "from": "1", "to": "2"}, "Input should be 'E6', 'E12', 'E24', 'E48' or 'E96'"),
    ({"integers": ["5", "1"]}, "from 5 to 1 there is nothing; from: must be the smaller number"),
    ({"integers": ["0.5", "1"]}, "'0.5' is not an integer"),
    ({"integers": ["5"]}, "needs both ends, and a step where it is not 1: [5, 100] or [5, 100, 5]"),
    ({"integers": "5"}, "needs both ends, such as [5, 100]"),
    ({"integers": ["0", "1G"]}, "a domain may have at most 262144 values; this grid has 1000000001"),
    ({"grid": ["0", "1", "0"]}, "the step must be above zero, not 0"),
    ({"grid": ["0", "1"]}, "needs both ends and the step, such as [-2, 2, 0.1]"),
    ({"values": ["1", "1.0"]}, "1.0 appears twice in the list"),
    ({"values": []}, "the list is empty"),
    ({"values": "12"}, "needs a list, such as [12, 13, 14]"),
    ({"value": "abc"}, "'abc' is not a number; write 4700, 4.7k or 4.7e3, or 4.7 kΩ with its unit"),
    ({"value": "1e400"}, "'1e400' has too many digits or too large an exponent"),
    ({"value": "1", "units": "V"}, "Extra inputs are not permitted"),
    ({"value": "1", "hidden": "maybe"}, "'maybe' is not known; the known ones are: false, no, true, yes"),
    ({"labels": ["a", "a"]}, "'a' appears twice in the list"),
    ({"labels": ["it's"]}, 'the label "it\'s" has a quote, a backslash or a new line'),
    (
        {"labels": "a"},
        (
            "needs a list, such as [active, sat, cut], or the text of each label, "
            "as in {rise: {zh: 上升, en: rises}}"
        ),
    ),
    ({"labels": {}}, "the list is empty"),
    ({"labels": {"rise": {"zh": "上升"}}}, "rise: the English text (en:) is missing"),
    ({"labels": {"rise": ""}}, "rise: needs a text in each language: zh: …, en: …"),
    ({"labels": {"rise": "$x"}}, "rise: the formula is not closed with $; a dollar sign is written \\$"),
    ({"labels": {"rise": "a\n\nb"}}, "rise: this text must be one paragraph of running text"),
    (
        {"labels": {"rise": {"zh": "{{ U }}", "en": "U"}}},
        "rise: the text of a label must not have {{ names }} or [[blanks]]",
    ),
    ({"matrix": ["2", "3", "4"], "values": ["1"]}, "needs one length for a vector, or rows and columns: [3] or [2, 3]"),
    ({"matrix": ["200"], "values": ["1"]}, "a side must have 1 to 64 entries"),
    ({"sample": "normal", "mean": "1", "sd": "1", "size": "1", "decimals": "1"},
     "a sample must have 2 to 1000 values; one value has no variance"),
    ({"sample": "normal", "mean": "1", "sd": "0", "size": "9", "decimals": "1"},
     "sd: must be above zero, not 0; otherwise the sample has no variance"),
    ({"sample": "normal", "mean": "20", "sd": "0.3", "size": "9", "decimals": "0"},
     "with decimals: 0, 90 % of the values are 20, so that the sample has almost no variance; use more decimals"),
    ({"sample": "normal", "mean": "20", "from": "0", "size": "9", "decimals": "0"},
     "a sample of the normal distribution needs exactly these: mean:, sd:"),
    ({"sample": "normal", "mean": "1e20", "sd": "1", "size": "9", "decimals": "0"},
     "with decimals: 0, a value has more than 15 digits"),
    ({"sample": "exponential", "mean": "-1", "size": "9", "decimals": "1"},
     "the mean of an exponential sample must be above zero, not -1"),
    ({"sample": "uniform", "from": "1", "to": "1", "size": "9", "decimals": "1"},
     "with decimals: 1, 100 % of the values are 1, so that the sample has almost no variance; use more decimals"),
    ({"sample": "uniform", "from": "0", "to": "1", "size": "9", "decimals": "9"},
     "a domain may have at most 262144 values; this grid has 1000000001"),
    ({"sample": "poisson", "size": "9", "decimals": "0"}, "Input should be 'normal', 'uniform' or 'exponential'"),
    ({"permutation": "1"}, "the number must be from 2 to 256, not 1"),
    ({"permutation": "red"}, "'red' is not a number; write 4700, 4.7k or 4.7e3, or 4.7 kΩ with its unit"),
    ({"permutation": ["red", "red"]}, "'red' appears twice in the list"),
    ({"permutation": ["1", "1.0"]}, "1.0 appears twice in the list"),
    ({"permutation": ["it's", "2"]}, 'the label "it\'s" has a quote, a backslash or a new line'),
    ({"choose": "4", "of": "3"}, "choose: must be from 1 to 3, not 4"),
    ({"choose": "2"}, "Field required"),
    ({"matrix": ["2"], "from": "1"}, "the entries need either from:, to: and step:, or values:"),
    ({"integers": ["200 h", "400"]}, "400 has no unit, but 200 h has one; write 400 h"),
    ({"integers": ["0.5 h", "4 h"]}, "0.5 h is not a whole number of h"),
    ({"integers": ["500 g", "2 kg"]}, "from 500 g to 2 kg: the step is missing; write it with its unit"),
    ({"integers": ["480 g", "520 g", "5"]}, "5 has no unit, but 480 g has one; write 5 g"),
    ({"integers": ["5 h", "1 h"]}, "from 5 to 1 there is nothing; from: must be the smaller number"),
    ({"grid": ["0", "40 °C", "5 °C"]}, "0 has no unit, but 40 °C has one; write 0 °C"),
    ({"grid": ["5 mm", "20 mm", "1 V"]}, "1 V and 5 mm have different dimensions"),
    (
        {"grid": ["5 mm", "20 cm", "1 mm"]},
        "the numbers are written in several units: mm, cm; give the unit that prints in unit:",
    ),
    ({"grid": ["5 mm", "20 mm", "1 mm"], "unit": "V"}, "the numbers are written in mm, and V has another dimension"),
    ({"series": "E12", "from": "1 kΩ", "to": "1 MF"}, "1 MF and 1 kΩ have different dimensions"),
    ({"series": "E12", "from": "1 kohmm", "to": "2 kΩ"},
     "'1 kohmm' is not a number with a unit: 'kohmm' is not a unit"),
    ({"value": "12 mhz"}, "'12 mhz' is not a number with a unit: 'mhz' is not a unit; did you mean MHz or mHz?"),
    ({"value": "1,5 V"}, "'1,5 V' is not a number with a unit: ',5 V' is not a unit"),
    ({"values": ["1 %", "2"]}, "2 has no unit, but 1 % has one; write 2 %"),
    ({"values": ["1 kΩ", "1000 Ω"], "unit": "Ω"}, "1000 Ω appears twice in the list"),
    ({"matrix": ["3"], "from": "0", "to": "2 V", "step": "0.1"}, "0.1 has no unit, but 2 V has one; write 0.1 V"),
    ({"sample": "normal", "mean": "172 cm", "sd": "6", "size": "9", "decimals": "0"},
     "6 has no unit, but 172 cm has one; write 6 cm"),
    ({"sample": "normal", "mean": "172 cm", "sd": "6 kg", "size": "9", "decimals": "0"},
     "6 kg and 172 cm have different dimensions"),
    ({"sample": "normal", "mean": "172 cm", "sd": "6 cm", "size": "9 cm", "decimals": "0"},
     "'9 cm' must be a number without a unit"),
    ({"permutation": ["5 V", "12"], "unit": "V"}, "12 has no unit, but 5 V has one; write 12 V"),
    ({"choose": "1", "of": ["5 V", "12 V"], "unit": "A"}, "the numbers are written in V, and A has another dimension"),
]


@pytest.mark.parametrize(("yaml", "message"), PROBLEMS)
def test_a_wrong_parameter_says_what_is_wrong(yaml: Mapping[str, Any], message: str) -> None:
    with pytest.raises(ValidationError) as raised:
        Holder.model_validate({"parameters": {"R1": yaml}})

    errors = raised.value.errors()
    assert [error["msg"].removeprefix("Value error, ") for error in errors][:1] == [message]
    assert errors[0]["loc"][:2] == ("parameters", "R1")


def test_a_fault_inside_a_parameter_has_its_own_place() -> None:
    with pytest.raises(ValidationError) as raised:
        Holder.model_validate({"parameters": {"R1": {"grid": {"from": "0", "to": "x", "step": "1"}}}})

    assert raised.value.errors()[0]["loc"] == ("parameters", "R1", "grid", "to")


def test_a_parameter_of_any_domain_is_a_field() -> None:
    row = {"series": "E24", "from": "1k", "to": "100k", "unit": "Ω", "symbol": "R_1", "hidden": "yes"}
    holder = Holder.model_validate({"parameters": {"R1": row}})

    assert holder.parameters["R1"].symbol == "R_1"
    assert holder.parameters["R1"].hidden is True
    assert Holder.model_validate({"parameters": {"R1": holder.parameters["R1"]}}) == holder
    assert Holder.model_validate(holder.model_dump(by_alias=True)) == holder


def test_an_editor_is_told_every_domain() -> None:
    schema = Holder.model_json_schema()
    options = schema["properties"]["parameters"]["additionalProperties"]["anyOf"]

    assert len(options) == len(registry.tags("domains"))


@given(st.dictionaries(st.sampled_from(["series", "grid", "integers", "from", "to", "values"]), st.text(max_size=4)))
def test_any_mapping_is_a_domain_or_a_problem(yaml: dict[str, str]) -> None:
    try:
        assert len(domains.table(domains.read(yaml))) >= 1
    except ValueError as error:
        assert str(error)


MEASURED: list[tuple[Mapping[str, Any], str, list[float], str]] = [
    ({"integers": ["1 h", "3 h"]}, "h", [3600, 7200, 10800], ""),
    ({"grid": ["10 cm", "20 cm", "50 mm"]}, "cm", [0.1, 0.15, 0.2], "a step in another unit"),
    ({"grid": ["20 °C", "30 °C", "5 K"]}, "°C", [293.15, 298.15, 303.15], "a step is a difference"),
    ({"grid": ["20 ℃", "30 ℃", "5 ℃"]}, "°C", [293.15, 298.15, 303.15], "as Chinese keyboards write it"),
    ({"values": ["1 %", "2%"]}, "%", [0.01, 0.02], "with a space and without"),
    ({"values": ["36 km/h", "72 km/h"]}, "km/h", [10, 20], ""),
    ({"values": ["-5 mV", "−5 V"], "unit": "V"}, "V", [-0.005, -5], "either minus sign"),
    ({"values": ["1e3 Hz", "2.2 kHz"], "unit": "Hz"}, "Hz", [1000, 2200], ""),
    ({"value": "2 m"}, "m", [2], "two metres"),
    ({"value": "2m", "unit": "m"}, "m", [0.002], "a suffix, as ever: check warns"),
    ({"value": "200", "unit": "h"}, "h", [200], "without a unit in SI, as ever: check warns"),
    ({"value": "6 dB"}, "dB", [6], "a level is its number"),
    ({"value": "0.5 千欧"}, "kΩ", [500], "by its name"),
    ({"value": "1 atm"}, "atm", [101325], ""),
    ({"series": "E6", "from": "1 kΩ", "to": "4.7 kΩ"}, "kΩ", [1000, 1500, 2200, 3300, 4700], ""),
    ({"matrix": ["2"], "values": ["1 V", "2 V"]}, "V", [1, 2], ""),
]


@pytest.mark.parametrize(("yaml", "unit", "values", "remark"), MEASURED)
def test_numbers_with_units_are_what_they_say(
    yaml: Mapping[str, Any], unit: str, values: list[float], remark: str
) -> None:
    spec = domains.read(yaml)

    assert spec.unit == unit, remark
    assert domains.table(spec).values.tolist() == values, remark


@given(st.integers(-9999, 9999), st.integers(0, 4), st.sampled_from(["kΩ", "h", "g", "cm", "km/h", "%", "°C", "mol/L"]))
def test_a_number_with_its_unit_prints_as_it_was_written(number: int, places: int, unit: str) -> None:
    text = f"{Decimal(number).scaleb(-places):f}"
    spec = domains.read({"value": f"{text} {unit}"})

    assert numerals.in_unit(float(domains.table(spec).values[0]), spec.unit) == Decimal(text)


def test_a_value_of_a_domain_is_named_with_its_unit() -> None:
    table = domains.table(domains.read({"integers": ["200 h", "400 h"]}))

    assert domains.column(table, "250 h").values.tolist() == domains.column(table, "900000").values.tolist() == [900000]
    with pytest.raises(ValueError, match=r"'200' is not a value of its domain; the nearest is 200 h"):
        domains.column(table, "200")
    row = domains.table(domains.read({"choose": "2", "of": ["1 kΩ", "2.2 kΩ"], "unit": "Ω"}))
    assert domains.column(row, "[1 kΩ, 2.2 kΩ]").values.tolist() == [[1000, 2200]]


def test_a_table_is_made_once() -> None:
    spec = {"integers": ["1", "9"]}

    assert domains.table(domains.read(spec)) is domains.table(domains.read(spec))
    assert domains.table(domains.read(spec)).values.dtype == np.float64


QUANTILES = sample.quantiles()


def test_the_quantiles_are_those_of_another_library() -> None:
    shares = [(row + 0.5) / 4096 for row in range(4096)]

    assert max(abs(NormalDist().inv_cdf(p) * 1e6 - q) for p, q in zip(shares, QUANTILES["normal"], strict=True)) < 0.51
    assert max(abs(-math.log1p(-p) * 1e6 - q) for p, q in zip(shares, QUANTILES["exponential"], strict=True)) < 0.51


def test_the_quantiles_never_change() -> None:
    # Every sample ever printed rests on these numbers.
    assert [sum(QUANTILES[name]) for name in ("normal", "exponential")] == PINNED_SUMS
    assert QUANTILES["normal"][::819] == PINNED_NORMAL


COMBINATIONS: list[tuple[Mapping[str, Any], int, str]] = [
    ({"permutation": "7"}, 5040, "the last that stands in a table"),
    ({"permutation": "8"}, 40320, "drawn entry by entry"),
    ({"choose": "5", "of": "90"}, 43949268, "a lottery"),
    ({"choose": "5", "of": "90", "order": "drawn"}, 5273912160, ""),
    ({"sample": "uniform", "from": "0", "to": "1", "size": "3", "decimals": "1"}, 11**3, ""),
    ({"matrix": ["2", "2"], "values": ["0", "1"]}, 16, ""),
    ({"labels": ["a", "b"]}, 2, ""),
]


@pytest.mark.parametrize(("yaml", "count", "remark"), COMBINATIONS)
def test_a_domain_counts_its_values(yaml: Mapping[str, Any], count: int, remark: str) -> None:
    assert domains.table(domains.read(yaml)).combinations == count, remark
