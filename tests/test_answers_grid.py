"""Vectors and matrices of complex numbers and formulas: what may be asked, what is carried on, and their laws."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from sample_items import HEAD, faults, item_of

from qbank import answers, marking, variants
from qbank.answers.grid import KIND as grid
from qbank.model import Column, Rules
from qbank.variants import Scope

REFUSED = [
    ("key: [1, 2], entries: {kind: number, tolerance: 1%}", "entries: must be an answer without its key, such as"),
    ("key: [1, 2], entries: complex", "entries: must be an answer without its key, such as"),
    ("key: [1, 2], entries: {kind: complex}", "Field required"),
    ("key: [1, 2], entries: {kind: complex, tolerance: 1%, key: 3}", "key: belongs to the grid, not to its entries"),
    ("key: [1, 2], entries: {kind: complex, tolerance: 1%, mistakes: {}}", "mistakes: belongs to the grid"),
    ("key: Z, entries: {kind: complex, tolerance: 1%}", "the key Z needs its size: 3 for a vector"),
    ("key: [1, 2], size: 3, entries: {kind: complex, tolerance: 1%}", "size: is [3], but the key has the shape [2]"),
    ("key: [[1, 2], [3]], entries: {kind: complex, tolerance: 1%}",
     "the rows of a matrix must be lists of the same length"),
    ("key: [[1, 2], 3], entries: {kind: complex, tolerance: 1%}",
     "the rows of a matrix must be lists of the same length"),
    ("key: [1], entries: {kind: complex, tolerance: 1%}", "a grid must have 2 to 36 entries"),
    ("key: [1, 2], entries: {kind: complex, tolerance: 1%}, mistakes: {m: {value: [1], zh: 甲, en: a}}",
     "the mistake 'm' has the shape [1], and the key has the shape [2]"),
    ("key: [x, y], entries: {kind: formula, over: {x: rael, y: real}}", "'rael' is not a domain"),
]  # fmt: skip


def spec(text: str) -> Any:
    return answers.read(yaml.load("{kind: grid, " + text + "}", Loader=yaml.BaseLoader))


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_what_cannot_be_asked_says_why(text: str, message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        spec(text)

    assert message in str(refused.value)


NODES = """
parameters: {a: {values: [1, 2, 3]}}
derive:
  V: '[3*a + 4*a*j, 5*a]'
  D: V[0] - V[1]
stem: {zh: '求 $a = {{ a }}$ 时的电压。', en: 'Find the voltages for $a = {{ a }}$.'}
parts:
  - id: nodes
    ask: {zh: 节点电压, en: node voltages}
    answer: {kind: grid, key: V, size: 2, entries: {kind: complex, unit: V, tolerance: 1%}}
  - id: across
    ask: {zh: 其差, en: their difference}
    follows: [nodes]
    answer: {kind: complex, key: D, unit: V, tolerance: 0.1%}
"""
CARRIED = [
    ("(3+4j, 5) V", "-2+4j V", ["complex.right"], "by the key"),
    ("(3-4j, 5) V", "-2-4j V", ["carried.nodes", "complex.right"], "the wrong entry goes on"),
    ("(3.01+4j, 5) V", "-1.99+4j V", ["carried.own.nodes", "complex.right"], "rounded, at no cost"),
    ("3+4j V", "-2-4j V", ["complex.conjugate"], "another shape is not carried"),
    ("(0, 0) V", "0 V", ["complex.wrong"], "nor is nothing"),
]


@pytest.mark.parametrize(("nodes", "across", "notes", "remark"), CARRIED)
def test_a_vector_of_complex_numbers_is_carried_on(nodes: str, across: str, notes: list[str], remark: str) -> None:
    item = item_of(HEAD + NODES)
    drawn = variants.given(item, {"a": "1"})
    marked = marking.mark(item, drawn, {"nodes": [nodes], "across": [across]})

    assert [note for note, _, _ in marked["across"].steps.of(0)] == notes, remark


def test_formulas_are_not_carried_on() -> None:
    text = NODES.replace("key: V, size: 2, entries: {kind: complex, unit: V, tolerance: 1%}",
                         "key: [x, y], entries: {kind: formula, over: {x: real, y: real}}")  # fmt: skip

    told = "part 'nodes' is of kind grid; only numbers can be carried forward"
    assert any(told in fault for fault in faults(HEAD + text))


LETTERS = """
parameters: {R1: {values: ['10']}, R2: {values: ['20', '30'], hidden: yes}}
stem: {zh: '$R_1 = {{ R1 }}$，求二者。', en: 'With $R_1 = {{ R1 }}$, find both.'}
parts:
  - id: both
    answer: {kind: grid, key: [R1/x, R2*x], entries: {kind: formula, over: {x: positive}}}
"""


def test_entries_know_the_item_they_stand_in() -> None:
    item = item_of(HEAD + LETTERS)
    drawn = variants.given(item, {"R2": "20"})
    texts = ["10/x, R2 x", "R1/x, xR2", "10/x, 20x"]
    rows = np.zeros(3, dtype=np.int64)
    marked = marking.mark(item, drawn, {"both": texts}, rows)["both"]

    assert marked.credit.tolist() == [1, 1, 0.5], "a printed number may be written, a hidden one is a letter"


def test_a_mistake_that_is_the_key_on_a_variant_keeps_it_from_being_drawn() -> None:
    asked = spec("key: [a + j, 2], entries: {kind: complex, tolerance: 1%}, "
                 "mistakes: {m: {value: [1 + j, 2], zh: 甲, en: a}}")  # fmt: skip
    scope = Scope(2, {"a": Column(np.array([1.0, 3.0]))})

    assert grid.possible(asked, grid.bind(asked, scope, {}), 2).tolist() == [False, True]


PARTS = st.integers(-9, 9)
PAIR = st.lists(st.tuples(PARTS, PARTS), min_size=2, max_size=2)


@settings(deadline=None)
@given(PAIR, PAIR)
def test_a_grid_earns_the_mean_of_what_its_entries_earn(
    asked: list[tuple[int, int]], answered: list[tuple[int, int]]
) -> None:
    keys = [f"{{re: {re}, im: {im}}}" for re, im in asked]
    texts = [f"{re}{im:+d}j" for re, im in answered]
    whole = spec(f"key: [{', '.join(keys)}], entries: {{kind: complex, tolerance: exact}}")
    scope = Scope(1, {})
    alone = []
    kind = answers.kind_of("complex")
    for key, text in zip(keys, texts, strict=True):
        one = answers.read(yaml.load(f"{{kind: complex, tolerance: exact, key: {key}}}", Loader=yaml.BaseLoader))
        alone.append(kind.mark(one, kind.read(one, [text], Rules()), kind.bind(one, scope, {}), {}, Rules()).credit[0])
    reading = grid.read(whole, [f"({', '.join(texts)})"], Rules())
    credit = grid.mark(whole, reading, grid.bind(whole, scope, {}), {}, Rules()).credit[0]

    assert credit == pytest.approx(np.mean(alone))


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="0123456789+-*/^(),;[] jixy∠°Vsin&\\\n", max_size=24))
def test_any_text_at_all_gives_a_mark_and_stops_within_it(text: str) -> None:
    for asked in (
        spec("key: [1 + j, 2], entries: {kind: complex, unit: V, tolerance: 1%}"),
        spec("key: [x, y], entries: {kind: formula, over: {x: real, y: real}}"),
    ):
        reading = grid.read(asked, [text], Rules())
        assert 0 <= reading.stop[0] <= len(text) + 1
        assert 0 <= grid.mark(asked, reading, grid.bind(asked, Scope(1, {}), {}), {}, Rules()).credit[0] <= 1


@pytest.mark.parametrize(("text", "column"), [("1, 2", 0), ("1, 2+?", 6), ("1, 22+x+1", 7), ("1+?, 2", 3)])
def test_an_entry_that_cannot_be_read_is_told_by_its_place_in_the_answer(text: str, column: int) -> None:
    asked = spec("key: [1, 2], entries: {kind: complex, tolerance: 1%}")

    assert grid.read(asked, [text], Rules()).stop.tolist() == [column]


def test_the_candidate_reads_which_entries_are_wrong_and_which_wait() -> None:
    asked = spec("key: [2*j, 5, 7], entries: {kind: complex, tolerance: 1%}")
    key = grid.bind(asked, Scope(1, {}), {})
    steps = grid.mark(asked, grid.read(asked, ["2∠π/2, 6, 7"], Rules()), key, {}, Rules())
    note, _, details = list(steps.of(0))[-1]

    assert (note, details["good"].tolist()) == ("grid.waits", [-1.0, 0.5, 1.0])
    assert grid.reason(asked, note, details, "en") == "Entry 1 waits for a person."
