"""What is kept by value (`lru_cache`): what compares equal is told alike, whoever asked first."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import permutations
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import qbank
from qbank import units
from qbank.units.meanings import Asked, Meaning, meaning

OF_TREES = {
    "qbank.algebra.rests._of_text", "qbank.algebra.terms._moved", "qbank.algebra.tree.names",
    "qbank.algebra.zeros._adding_up", "qbank.algebra.zeros._can_vanish",
}  # fmt: skip
"""What is kept of expressions, whose nodes are equal wherever they are written: none of it tells a place, but that of
`rests`, which is kept by the text."""


def kept() -> Iterator[tuple[str, Any]]:
    """The name of every function that keeps what it gives, and the function."""
    for found in pkgutil.walk_packages(qbank.__path__, "qbank."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            if hasattr(value, "cache_parameters") and value.__module__ == found.name:
                yield f"{found.name}.{name}", value


def uncompared(kind: Any, seen: set[Any]) -> Iterator[str]:
    """The fields that two equal values of a type may differ in, as `Type.field`, through what it holds."""
    if kind in seen:
        return
    seen.add(kind)
    for part in typing.get_args(kind):
        yield from uncompared(part, seen)
    if not (isinstance(kind, type) and is_dataclass(kind)):
        return
    hints = typing.get_type_hints(kind)
    for field in fields(kind):
        if not field.compare:
            yield f"{kind.__name__}.{field.name}"
        yield from uncompared(hints[field.name], seen)


def test_what_is_kept_is_kept_by_everything_that_it_depends_on() -> None:
    every = dict(kept())
    partly = {}
    for name, function in every.items():
        called = inspect.unwrap(function)
        wanted = {key: text for key, text in called.__annotations__.items() if key != "return"}
        hints = typing.get_type_hints(SimpleNamespace(__annotations__=wanted), called.__globals__)
        partly[name] = sorted({each for kind in hints.values() for each in uncompared(kind, set())})
    found = {name for name, left in partly.items() if left}

    assert len(every) > 50
    assert found == OF_TREES
    assert {each.partition(".")[2] for name in found for each in partly[name]} == {"at"}


ALIKE = [
    ("", "倍", "rad", "%", "°"), ("N*m", "J", "W*s", "V*C"), ("Hz", "1/s", "Bq", "rad/s"), ("W", "V*A", "VA", "var"),
    ("Ω", "V/A"), ("C", "A*s"), ("K", "°C"), ("m/s", "km/h"), ("kPa", "kN/m^2"), ("mm/s", "m/s"),
]  # fmt: skip
TAILS = [
    "", "%", "倍", "m", "M", "k", "J", "j", "Nm", "N m", "mN", "°", "C", "°C", "F", "K", "hz", "MHZ", "S", "VA", "var",
    "w", "v", "rad", "rpm", "a", "mA", "ma", "v/a", "kpa", "kp", "mm", "km", "r/min",
]  # fmt: skip


def told(found: Meaning) -> tuple[Meaning, str]:
    """A meaning with its error as text; two errors are never equal."""
    return replace(found, error=None), str(found.error)


@pytest.mark.parametrize("names", ALIKE, ids="|".join)
def test_a_unit_text_means_the_same_whatever_part_was_read_before(names: tuple[str, ...]) -> None:
    asked = [Asked(units.read(name), prefixes=prefixes) for name in names for prefixes in (True, False)]
    alone = [[told(inspect.unwrap(meaning)(tail, each)) for tail in TAILS] for each in asked]

    for order in (range(len(asked)), reversed(range(len(asked)))):
        meaning.cache_clear()
        for place in order:
            assert [told(meaning(tail, asked[place])) for tail in TAILS] == alone[place]


ITEM = """\
id: t.case
title: {{en: case}}
topic: t
level: 1
stem: {{en: Find it.}}
parts:
{parts}
"""
PART = "- {{id: {id}, ask: {{en: Which?}}, answer: {answer}, witness: none, because: a test}}"
ASKED = {
    "ratio": ({"kind": "number", "key": "0.25", "tolerance": "1%"}, "25"),
    "times": ({"kind": "number", "key": "0.25", "unit": "倍", "tolerance": "1%"}, "25"),
    "torque": ({"kind": "complex", "key": "3+4*j", "unit": "N·m", "tolerance": "1%"}, "3+4J"),
    "energy": ({"kind": "complex", "key": "3+4*j", "unit": "J", "tolerance": "1%"}, "3+4J"),
}


@pytest.mark.parametrize("names", [*permutations(("ratio", "times")), *permutations(("torque", "energy"))])
def test_a_mark_does_not_depend_on_the_parts_before_it(names: tuple[str, ...], tmp_path: Path) -> None:
    expected = {"ratio": (0, True), "times": (0, False), "torque": (0.8, False), "energy": (0, True)}
    (tmp_path / "topics.yaml").write_text("t: {en: Topic}\n", encoding="utf-8")
    (tmp_path / "bank.yaml").write_text("languages: [en]\n", encoding="utf-8")
    parts = "\n".join(PART.format(id=name, answer=json.dumps(ASKED[name][0])) for name in names)
    (tmp_path / "t.case.yaml").write_text(ITEM.format(parts=parts), encoding="utf-8")
    meaning.cache_clear()

    question = qbank.ask("t.case", lang="en", source=tmp_path)
    marked = question.mark({name: ASKED[name][1] for name in names}).parts

    assert [(float(part.credit), part.waits) for part in marked] == [expected[name] for name in names]
