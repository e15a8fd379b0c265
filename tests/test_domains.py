"""Every domain keeps its own examples, and says what is wrong with a parameter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from qbank import domains, registry
from qbank.domains import DomainExample

EXAMPLES = [(tag, row) for tag in registry.tags("domains") for row in registry.load("domains", tag).EXAMPLES]


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

    expected = table.texts if tag == "labels" else [float(text) for text in table.texts]
    assert [table.labels[code] for code in table.values] if tag == "labels" else table.values.tolist() == expected
    assert len(set(table.texts)) == len(table.texts)


def test_every_domain_has_an_example() -> None:
    assert {tag for tag, _ in EXAMPLES} == {"series", "integers", "grid", "values", "value", "labels", "matrix"}


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
    ({"seres": "E24"}, "no domain is named; did you mean 'series' instead of 'seres'?"),
    (
        {"unit": "V"},
        "no domain is named; a parameter has one of grid, integers, labels, matrix, series, value, values",
    ),
    ({"series": "E24", "grid": ["1", "2", "1"]}, "a parameter has one domain, and this names 'series' and 'grid'"),
    ({"series": "E12", "from": "4", "to": "4.5"}, "E12 has no value from 4 to 4.5"),
    ({"series": "E12", "from": "1 k", "to": "2k"}, "'1 k' is not a number; write 4700, 4.7k or 4.7e3"),
    ({"series": "E12", "from": "-1k", "to": "2k"}, "the ends of a series lie between 1e-15 and 1e15"),
    ({"series": "E5", "from": "1", "to": "2"}, "Input should be 'E6', 'E12', 'E24', 'E48' or 'E96'"),
    ({"integers": ["5", "1"]}, "from 5 to 1 there is nothing: from: is the smaller one"),
    ({"integers": ["0.5", "1"]}, "'0.5' is not an integer"),
    ({"integers": ["5"]}, "needs the two ends, and a step where it is not 1: [5, 100] or [5, 100, 5]"),
    ({"integers": "5"}, "needs the two ends: [5, 100]"),
    ({"integers": ["0", "1G"]}, "a domain has at most 262144 values; this grid has 1000000001"),
    ({"grid": ["0", "1", "0"]}, "the step must be above zero, not 0"),
    ({"grid": ["0", "1"]}, "needs the two ends and the step: [-2, 2, 0.1]"),
    ({"values": ["1", "1.0"]}, "1.0 stands twice in the list"),
    ({"values": []}, "the list is empty"),
    ({"values": "12"}, "needs a list: [12, 13, 14]"),
    ({"value": "abc"}, "'abc' is not a number; write 4700, 4.7k or 4.7e3"),
    ({"value": "1e400"}, "'1e400' has too many digits or too large an exponent"),
    ({"value": "1", "units": "V"}, "Extra inputs are not permitted"),
    ({"value": "1", "hidden": "maybe"}, "'maybe' is not known; known are: false, no, true, yes"),
    ({"labels": ["a", "a"]}, "'a' stands twice in the list"),
    ({"labels": ["it's"]}, 'the label "it\'s" holds a quote, a backslash or a new line'),
    ({"labels": "a"}, "needs a list: [active, sat, cut], or the text of each label: {rise: {zh: 上升, en: rises}}"),
    ({"labels": {}}, "the list is empty"),
    ({"labels": {"rise": {"zh": "上升"}}}, "rise: the English text (en:) is missing"),
    ({"labels": {"rise": ""}}, "rise: needs a text in each language: zh: … and en: …"),
    ({"labels": {"rise": "$x"}}, "rise: the formula is never closed with $; a dollar sign is written \\$"),
    ({"labels": {"rise": "a\n\nb"}}, "rise: this text must be one paragraph of running text"),
    (
        {"labels": {"rise": {"zh": "{{ U }}", "en": "U"}}},
        "rise: the text of a label holds no {{ names }} and no [[blanks]]",
    ),
    ({"matrix": ["2", "3", "4"], "values": ["1"]}, "needs one length for a vector, or rows and columns: [3] or [2, 3]"),
    ({"matrix": ["200"], "values": ["1"]}, "a side has 1 to 64 entries"),
    ({"matrix": ["2"], "from": "1"}, "the entries need either from, to and step, or values"),
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


def test_a_table_is_made_once() -> None:
    spec = {"integers": ["1", "9"]}

    assert domains.table(domains.read(spec)) is domains.table(domains.read(spec))
    assert domains.table(domains.read(spec)).values.dtype == np.float64
