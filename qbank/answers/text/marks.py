"""Reading and marking words.

Where spellings hold `{{ names }}`, every variant has its own: the key seals what they print, and the texts are judged
when they are marked.
"""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from qbank import messages
from qbank.answers import Printing, Scope
from qbank.answers._readings import Readings, begun, collect
from qbank.answers.text.judging import NONE, Judge
from qbank.answers.text.spec import Spec
from qbank.model import Array, Columns, Rules, Steps


def bind(spec: Spec, scope: Scope, arrangement: Columns) -> dict[str, Array]:
    """`set` (n,): which right answer holds, NONE where the label has none; what the openings print.

    `filled` (n, k) in Chinese, and `translated` (n, k) in English where it differs.
    """
    key: dict[str, Array] = {"set": _holding(spec, scope)}
    if spec.openings:
        printed = cast(Printing, scope).printed
        key["filled"] = np.stack([printed(name, "zh") for name in spec.openings], axis=1)
        if spec.translates:
            key["translated"] = np.stack([printed(name, "en") for name in spec.openings], axis=1)
    return key


def _holding(spec: Spec, scope: Scope) -> NDArray[np.uint8]:
    if spec.by is None:
        return np.zeros(scope.n, dtype=np.uint8)
    column = scope.evaluate(spec.by)
    names = list(spec.words)
    places = np.array([names.index(label) if label in names else NONE for label in column.labels], dtype=np.uint8)
    if not column.labels:
        return np.full(scope.n, NONE, dtype=np.uint8)
    return np.broadcast_to(places[column.values.astype(np.intp)], (scope.n,)).copy()


def feasible(spec: Spec, key: Columns) -> NDArray[np.bool_]:
    """Where the label has words, and no mistake is spelt as what is right."""
    sound: NDArray[np.bool_] = np.not_equal(key["set"], NONE)
    if spec.mistakes and "filled" in key:
        for rows, one in _variants(spec, key):
            if one.judge.clash is not None:
                sound[rows] = False
    return sound


def impossible(spec: Spec, key: Columns) -> str:
    """The one thing that can be wrong with the key itself."""
    return messages.tell("the label that {expression} gives has no entry under words:", expression=spec.by)


def read(spec: Spec, texts: Sequence[str], rules: Rules) -> Readings:
    """`score`, `near`, `slip` (n, sets): how right, whether it waits, whether one slip away; `mistake` (n, sets).

    `text` (n,) where the spellings differ from variant to variant: there the others say nothing yet.
    """
    empty = _empty(len(spec.judge.rights) if spec.list is None else 1)
    if spec.openings:
        return collect(texts, lambda text: {"text": text}, {**empty, "text": np.array("", dtype=object)},
                       whole=True)  # fmt: skip
    return collect(texts, lambda text: _judged(spec.judge, text), empty, whole=True)


def _empty(count: int) -> dict[str, Array]:
    nowhere = np.zeros(count, dtype=np.bool_)
    return {"score": np.zeros(count), "near": nowhere, "slip": nowhere,
            "mistake": np.full(count, NONE, dtype=np.uint8)}  # fmt: skip


def _judged(judge: Judge, text: str) -> dict[str, Any]:
    verdicts = judge.of(text)
    return {
        "score": [verdict.score for verdict in verdicts],
        "near": [verdict.waits for verdict in verdicts],
        "slip": [verdict.slip for verdict in verdicts],
        "mistake": [verdict.mistake for verdict in verdicts],
    }


def _variants(spec: Spec, key: Columns) -> Iterator[tuple[NDArray[np.intp], Spec]]:
    """The part for each of the distinct values of its openings, with the rows that have them."""
    rows: dict[tuple[tuple[str, ...], tuple[str, ...]], list[int]] = {}
    english = key.get("translated", key["filled"])
    for row, (zh, en) in enumerate(zip(key["filled"].tolist(), english.tolist(), strict=True)):
        rows.setdefault((tuple(zh), tuple(en)), []).append(row)
    for (zh, en), places in rows.items():
        yield np.array(places, dtype=np.intp), spec.filled(zh, en)


def _opened(spec: Spec, reading: Readings, key: Columns) -> Mapping[str, Array]:
    """The columns of a reading whose texts are judged against each row's own spellings.

    A key that was sealed before its openings were filled decides nothing: every answer waits.
    """
    columns = {name: values.copy() for name, values in reading.columns.items() if name != "text"}
    if "filled" not in key:
        columns["near"][:] = True
        return columns
    for rows, one in _variants(spec, key):
        known: dict[str, dict[str, Any]] = {}
        for row in rows[reading.read[rows]].tolist():
            text = reading.columns["text"][row]
            if text not in known:
                known[text] = _judged(one.judge, text)
            for name, value in known[text].items():
                columns[name][row] = value
    return columns


def _held(columns: Mapping[str, Array], holds: Array) -> Iterator[Array]:
    """(n,) `score`, `near`, `slip` and `mistake` against the right answer that holds; none of them where none does."""
    nowhere = holds == NONE
    rows, unknown = np.arange(len(holds)), bool(nowhere.any())
    for name, nothing in (("score", 0.0), ("near", False), ("slip", False), ("mistake", NONE)):
        values = columns[name]
        last = values.shape[1] - 1
        held = values[rows, np.minimum(holds, last)] if last else values[:, 0]
        yield np.where(nowhere, nothing, held) if unknown else held


def mark(spec: Spec, reading: Readings, key: Columns, arrangement: Columns, rules: Rules) -> Steps:
    """`text.right`, `.partial` (of a list), `.mistake.…`, `.near.waits`, `.spelling` or `.wrong`."""
    columns = _opened(spec, reading, key) if spec.openings else reading.columns
    score, near, slip, mistake = _held(columns, key["set"])
    details: dict[str, Array] = {name: key[name] for name in ("set", "filled", "translated") if name in key}
    right = reading.read & (score == 1)
    left = reading.read & ~right
    steps = begun(reading).where(right, "text.right", 1.0, **details)
    steps = steps.where(left & (score > 0), "text.partial", score, share=score, **details)
    left &= score == 0
    for place, (name, foreseen_) in enumerate(spec.mistakes.items()):
        steps = steps.where(left & (mistake == place), f"text.mistake.{name}", foreseen_.credit, **details)
    left &= mistake == NONE
    steps = steps.where(left & near, "text.near.waits", 0.0, **details)
    steps = steps.where(left & ~near & slip, "text.spelling", spec.spelling_credit, **details)
    return steps.where(left & ~near & ~slip, "text.wrong", 0.0, **details)
