"""A bag of numbers: values in any order in one blank, credit each. A throw-away kind, added by the recipe."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments; copied into a package by the test)

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
from pydantic import Field

from qbank import numerals, waist
from qbank.algebra import Formula
from qbank.answers import Facts, Key, Kind, Mistake, Scope, note
from qbank.answers._mistakes import Mistake as Written
from qbank.answers._notes import MISTAKE
from qbank.answers._readings import Readings, Stopped, begun, collect, quoted
from qbank.model import Array, Bilingual, Columns, Example, Floats, Lang, Printed, Rules, Steps
from qbank.records import Record

WANTED = Bilingual(zh="用分号隔开的数", en="numbers with semicolons between")


class Spec(Record):
    """`kind: bag`: the values in any order."""

    kind: Literal["bag"]
    key: tuple[Formula, ...] = Field(min_length=1, max_length=8)
    within: float = 0.01
    mistakes: dict[str, Written] = Field(default_factory=dict)


def facts(spec: Spec) -> Facts:
    """The values, and the mistakes."""
    mistakes = tuple(Mistake(name, one.text, one.credit, (one.value,), one.when) for name, one in spec.mistakes.items())
    return Facts(keys=tuple(Key(one, "") for one in spec.key), column="values", mistakes=mistakes,
                 told=tuple(one.text for one in mistakes))  # fmt: skip


def bind(spec: Spec, scope: Scope, arrangement: Columns) -> dict[str, Array]:
    """`values` (n, k)."""
    columns = [np.broadcast_to(scope.evaluate(one).values, (scope.n,)) for one in spec.key]
    return {"values": np.stack(columns, axis=1).astype(np.float64)}


def read(spec: Spec, texts: Sequence[str], rules: Rules) -> Readings:
    """`values` (n, 16), NaN beyond those given."""

    def one(text: str) -> Mapping[str, Any]:
        found = numerals.read(text.split(";")[:16], prefix=False)
        if (found.state != 2).any():
            raise Stopped(1, WANTED)
        return {"values": np.pad(found.value, (0, 16 - len(found.value)), constant_values=np.nan)}

    return collect(texts, one, {"values": np.full(16, np.nan)})


def mark(spec: Spec, reading: Readings, key: Columns, arrangement: Columns, rules: Rules) -> Steps:
    """`bag.right`, `bag.partial` or `bag.wrong`."""
    given, asked = reading.columns["values"], key["values"]
    near = np.abs(given[:, :, None] - asked[:, None, :]) <= spec.within * np.abs(asked[:, None, :])
    share: Floats = near.any(axis=1).mean(axis=1)
    right = reading.read & (share == 1) & ((~np.isnan(given)).sum(axis=1) == asked.shape[1])
    details: dict[str, Array] = {"asked": asked}
    steps = begun(reading).where(right, "bag.right", 1.0, **details)
    steps = steps.where(reading.read & ~right & (share > 0), "bag.partial", share / 2, **details)
    return steps.where(reading.read & ~right & (share == 0), "bag.wrong", 0.0, **details)


def fills(spec: Spec, code: str, details: Mapping[str, Any], lang: Lang) -> Mapping[str, str]:
    """The values."""
    return {"expected": _written(details["asked"])}


def show(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> Printed:
    """2; 3"""
    text = _written(key["values"][row])
    return Printed(text, quoted(text), text, quoted(text))


def accepted(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> str:
    """The values."""
    return _written(key["values"][row])


def interaction(spec: Spec, arrangement: Columns, row: int, lang: Lang) -> waist.TextEntry:
    """One line."""
    return waist.TextEntry(width=10.0)


def scoring(spec: Spec, key: Columns, arrangement: Columns, row: int, rules: Rules) -> waist.Unscored:
    """No other system marks it so."""
    return waist.Unscored("numbers in any order")


def spellings(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[str]:
    """In both orders."""
    return [_written(key["values"][row]), _written(key["values"][row][::-1])]


def wrong(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[tuple[str, str]]:
    """Far from every value."""
    return [(f"{1e9 + 7 * float(np.abs(key['values'][row]).max())!r}", "bag.wrong")]


def unreadable(spec: Spec) -> list[str]:
    """Words."""
    return ["?", "two"]


def _written(values: Array) -> str:
    return "; ".join(f"{value:.12g}" for value in values.tolist())


_ROOTS = "kind: bag\nkey: [a, b]\n"
KIND = Kind(
    spec=Spec, facts=facts, bind=bind, read=read, mark=mark, show=show, accepted=accepted, interaction=interaction,
    scoring=scoring, spellings=spellings, wrong=wrong, unreadable=unreadable, fills=fills,
    notes={
        "bag.right": note("正确", "right"),
        "bag.partial": note("部分正确", "right in part",
                            "部分正确，应为 {expected}", "right in part, expected {expected}"),
        "bag.wrong": note("都不对", "none is right", "应为 {expected}", "expected {expected}"),
        "bag.mistake": MISTAKE,
    },
    examples=(
        Example(_ROOTS, "3; 2", 1, "bag.right", "in any order", given={"a": 2.0, "b": 3.0}),
        Example(_ROOTS, "2", 0.25, "bag.partial", given={"a": 2.0, "b": 3.0}),
        Example(_ROOTS, "7", 0, "bag.wrong", given={"a": 2.0, "b": 3.0}),
    ),
)  # fmt: skip
