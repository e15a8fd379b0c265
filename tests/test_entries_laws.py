"""Two laws over vectors, matrices, sets and intervals: spelling never changes a mark, a wider tolerance never lowers
one. Answers that wait stand apart."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank import algebra, answers
from qbank.model import UNREADABLE, Column, Rules, take

KINDS = ("vector", "matrix", "set", "interval")
TOLERANCES = ["exact", "0.1%", "1%", "0.05", "dp 1", "sf 2", "1% or 0.02", "1% and 0.02", "5%", "20%", "1"]


class Nothing:
    """One variant without names."""

    n = 1

    def evaluate(self, expression: algebra.Expression) -> Column:
        return algebra.evaluate(expression, {}, 1)


def marked(kind: str, key: list[str], tolerance: str, texts: list[str], unit: str = "") -> list[tuple[float, bool]]:
    """What each text earns, and whether it waits."""
    written: dict[str, Any] = {"kind": kind, "tolerance": tolerance, "unit": unit, "name": "x"}
    match kind:
        case "interval":
            written |= {"low": key[0], "high": key[1], "brackets": "(]"}
        case "matrix":
            written |= {"kind": "vector", "key": f"[[{key[0]}, {key[1]}], [{key[2]}, {key[3]}]]"}
        case _:
            written["key"] = f"[{', '.join(key)}]"
    spec = answers.read(written)
    own = answers.kind_of(written["kind"])
    reading = own.read(spec, texts, Rules())
    columns = take(own.bind(spec, Nothing(), {}), np.zeros(len(texts), dtype=np.intp))
    steps = own.mark(spec, reading, columns, {}, Rules())
    return list(zip(steps.credit.tolist(), (steps.waits | (reading.state == UNREADABLE)).tolist(), strict=True))


def spelt(kind: str, values: list[str]) -> list[str]:
    """The same numbers in the ways in which candidates write them."""
    wide = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
    if kind == "interval":
        inner = [", ".join(values), "; ".join(values), " ，".join(values), "、 ".join(values), " ~ ".join(values)]
        found = [f"({one}]" for one in inner]
        return [*found, found[0].translate(wide), f"（{inner[0]}】", f"x ∈ {found[0]}", found[0].replace("-", "−")]
    if kind == "matrix":
        a, b, c, d = values
        found = [f"[{a} {b}; {c} {d}]", f"[[{a}, {b}], [{c}, {d}]]", f"{a} {b}\n{c} {d}", f"(({a}, {b}), ({c}, {d}))"]
        return [*found, f"[{a} {c}; {b} {d}]^T", f"np.array([[{a}, {b}], [{c}, {d}]])", found[0].translate(wide)]
    inner = [between.join(values) for between in (", ", "; ", "  ", " ，", "、 ", " and ", "\t", "\n")]
    found = [*inner, f"({inner[0]})", f"[{inner[0]}]", f"{{{inner[0]}}}", f"（{inner[0]}）", f"x = {inner[0]}"]
    return [*found, inner[0].translate(wide), inner[0].replace("-", "−"), f" {inner[0]}。"]


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, list[str], list[str]]:
    """A kind, a key, and an answer near it: some numbers as they are, some off a little, some by a wrong sign."""
    kind = draw(st.sampled_from(KINDS))
    count = {"interval": 2, "matrix": 4}.get(kind) or draw(st.integers(1, 4))
    numbers = st.integers(-4000, 4000).map(lambda value: value / 100)
    key = sorted(draw(st.lists(numbers, min_size=count, max_size=count, unique=True)))
    factors = st.sampled_from([1, 1, 1, 1.004, 1.03, 0.9, -1, 10, 1000, 0.01])
    given_ = [value * draw(factors) for value in key]
    given_ = sorted(given_) if kind == "interval" else given_
    return kind, [f"{value:.10g}" for value in key], [f"{value:.10g}" for value in given_]


@given(case=cases(), tolerance=st.sampled_from(TOLERANCES))
def test_spelling_never_changes_a_mark(case: tuple[str, list[str], list[str]], tolerance: str) -> None:
    kind, key, values = case
    texts = spelt(kind, values)

    found = marked(kind, key, tolerance, texts)

    assert found == [found[0]] * len(texts), list(zip(texts, found, strict=True))


@given(case=cases(), tolerance=st.sampled_from(["0.1%", "1%", "5%"]))
def test_a_unit_and_its_prefix_never_change_a_mark(case: tuple[str, list[str], list[str]], tolerance: str) -> None:
    kind, key, values = case
    milli = [f"{float(value) * 1000:.12g}" for value in values]
    opening, closing = {"interval": ("(", "]"), "matrix": ("[", "]")}.get(kind, ("{", "}"))

    def all_of(numbers: list[str]) -> str:
        return "{} {}; {} {}".format(*numbers) if kind == "matrix" else ", ".join(numbers)

    texts = [f"{opening}{all_of(numbers)}{closing} {unit}"
             for numbers, unit in ((values, "V"), (milli, "mV"), (values, "伏"), (values, "V 左右"), (values, "（V）"))]
    texts += [f"{opening}{all_of([f'{one} V' for one in values])}{closing}"]
    texts += [f"{opening}{all_of(values)} V{closing}"] if kind != "matrix" else []
    found = marked(kind, key, tolerance, texts, "V")

    settled = [credit for credit, waits in found if not waits]
    assert settled == settled[:1] * len(settled), list(zip(texts, found, strict=True))


WIDTHS = ["0.01%", "0.1%", "1%", "3%", "10%", "50%"]


@given(case=cases(), data=st.data())
def test_a_wider_tolerance_never_lowers_a_mark(case: tuple[str, list[str], list[str]], data: st.DataObject) -> None:
    kind, key, values = case
    place = data.draw(st.integers(0, len(WIDTHS) - 2))
    wider = data.draw(st.integers(place + 1, len(WIDTHS) - 1))
    text = spelt(kind, values)[0]

    (narrow, waits), (wide, waits_too) = (marked(kind, key, WIDTHS[at], [text])[0] for at in (place, wider))

    assert waits or waits_too or wide >= narrow


@pytest.mark.parametrize("kind", KINDS)
def test_the_key_itself_earns_everything(kind: str) -> None:
    """What the laws compare is not always nothing."""
    key = ["-2.5", "0.75", "3", "8.25"][: 2 if kind == "interval" else 4]

    assert set(marked(kind, key, "exact", spelt(kind, key))) == {(1.0, False)}
