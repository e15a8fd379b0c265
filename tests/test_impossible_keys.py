"""A key that no paper may have is told in a sentence that names its own fault."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import yaml

from qbank import answers
from qbank.model import Column
from qbank.variants import Scope

FAULTS = [
    ("number", "key: A, tolerance: 1%", [{"A": np.inf}, {"A": np.nan}]),
    ("number", "key: A, tolerance: {range: [0, 9]}", [{"A": np.inf}, {"A": np.nan}, {"A": 10.0}]),
    ("number", "key: A, tolerance: exact", [{"A": np.inf}, {"A": np.nan}, {"A": np.sqrt(2)}]),
    ("number", "key: A, tolerance: 1%, infinite: yes", [{"A": np.nan}]),
    ("vector", "key: '[A, 1]', tolerance: 1%", [{"A": np.inf}, {"A": 1e-120}]),
    ("vector", "key: '[A, 1]', tolerance: {range: [0, 9]}", [{"A": np.inf}, {"A": 10.0}]),
    ("set", "key: '[A, 1]', tolerance: exact", [{"A": np.inf}, {"A": 1.0}, {"A": np.sqrt(2)}]),
    ("set", "key: '[A, 1]', tolerance: 1%", [{"A": np.inf}, {"A": 1.001}]),
    ("complex", "key: {re: A, im: '1'}, tolerance: 1%", [{"A": np.inf}]),
    ("interval", "low: A, high: '1', brackets: '[]', tolerance: 1%", [{"A": 1.0}]),
    ("shape", "key: [A, '1']", [{"A": 0.5}]),
]


@pytest.mark.parametrize(("kind", "part", "keys"), FAULTS)
def test_each_fault_of_a_key_has_a_sentence_of_its_own(kind: str, part: str, keys: list[dict[str, float]]) -> None:
    spec: Any = answers.read(yaml.load(f"{{kind: {kind}, {part}}}", Loader=yaml.BaseLoader))
    hooks = answers.kind_of(kind)
    said = []
    for key in keys:
        scope = Scope(1, {name: Column(np.array([value])) for name, value in key.items()})
        columns = hooks.bind(spec, scope, {})
        assert not hooks.possible(spec, columns, 1).any()
        assert hooks.impossible is not None
        said.append(hooks.impossible(spec, columns))

    assert all(said) and len(set(said)) == len(keys), said


def test_a_range_of_a_vector_is_for_every_component_or_for_each() -> None:
    spec: Any = answers.read({"kind": "vector", "key": "x", "tolerance": {"range": ["[0, 10]", "20"]}})
    columns = answers.kind_of("vector").bind(spec, Scope(1, {"x": Column(np.array([[1.0, 15.0]]))}), {})

    low, high = columns["low"], columns["high"]
    assert low == pytest.approx(np.array([[0, 10]]), abs=1e-6)
    assert high == pytest.approx(np.array([[20, 20]]), abs=1e-6)
