"""Reading and marking words."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qbank.answers import Scope
from qbank.answers._readings import Readings, begun, collect
from qbank.answers.text.spec import Enumeration, Spec
from qbank.answers.text.words import Folding, near
from qbank.model import Array, Columns, Floats, Rules, Steps

NONE = 255
"""No mistake, or no right answer for the label."""


def bind(spec: Spec, scope: Scope, arrangement: Columns) -> dict[str, Array]:
    """`set` (n,): which right answer holds, 255 where the label has none."""
    if spec.by is None:
        return {"set": np.zeros(scope.n, dtype=np.uint8)}
    column = scope.evaluate(spec.by)
    names = list(spec.words)
    places = np.array([names.index(label) if label in names else NONE for label in column.labels], dtype=np.uint8)
    if not column.labels:
        return {"set": np.full(scope.n, NONE, dtype=np.uint8)}
    return {"set": np.broadcast_to(places[column.values.astype(np.intp)], (scope.n,)).copy()}


def feasible(spec: Spec, key: Columns) -> NDArray[np.bool_]:
    """Where the label has words."""
    return np.not_equal(key["set"], NONE)


def read(spec: Spec, texts: Sequence[str], rules: Rules) -> Readings:
    """`score` (n, sets), `near` (n, sets): how right, and whether one slip away; `mistake` (n,): which, or 255."""
    folding = spec.folding
    if spec.list:
        keys = spec.list
        empty: dict[str, Array] = {"score": np.zeros(1), "near": np.zeros(1, dtype=np.bool_)}
        empty["mistake"] = np.array(NONE, dtype=np.uint8)
        return collect(texts, lambda text: {"score": _score(keys, folding, text)}, empty)
    rights = [words.right(folding) for words in spec.sets]
    spelled = [{folding.of(spelling) for spelling in words.spellings} for words in spec.sets]
    mistakes = [{folding.of(spelling) for spelling in mistake.accept} for mistake in spec.mistakes.values()]

    def one(text: str) -> dict[str, Any]:
        given = folding.of(text)
        return {
            "score": [right(given) for right in rights],
            "near": [any(near(given, asked) for asked in one) for one in spelled],
            "mistake": next((place for place, foreseen_ in enumerate(mistakes) if given in foreseen_), NONE),
        }

    count = len(rights)
    return collect(
        texts,
        one,
        {"score": np.zeros(count), "near": np.zeros(count, dtype=np.bool_), "mistake": np.array(NONE, dtype=np.uint8)},
    )


def _score(keys: Enumeration, folding: Folding, text: str) -> float:
    """max(0, right - surplus) / keys; a word given twice counts once, and is surplus."""
    plain = unicodedata.normalize("NFKC", text)
    pieces = re.split("[,、;]" if keys.sep == "," else re.escape(unicodedata.normalize("NFKC", keys.sep)), plain)
    given = [folding.of(piece) for piece in pieces if piece.strip()]
    asked = [words.right(folding) for words in keys.words]
    if keys.ordered:
        right = sum(takes(word) for word, takes in zip(given, asked, strict=False))
    else:
        right = _paired([[word for word in dict.fromkeys(given) if takes(word)] for takes in asked])
    surplus = max(0, len(given) - len(asked))
    return max(0, right - surplus) / len(asked)


def _paired(fitting: Sequence[Sequence[str]]) -> int:
    """How many keys find a word of their own, at most; `fitting` holds the words that each may take (Kuhn, 1955)."""
    taken: dict[str, int] = {}

    def finds(key: int, tried: set[str]) -> bool:
        for word in fitting[key]:
            if word not in tried:
                tried.add(word)
                if word not in taken or finds(taken[word], tried):
                    taken[word] = key
                    return True
        return False

    return sum(finds(key, set()) for key in range(len(fitting)))


def mark(spec: Spec, reading: Readings, key: Columns, arrangement: Columns, rules: Rules) -> Steps:
    """`text.right`, `text.partial` (of a list), `text.mistake.…`, `text.spelling` or `text.wrong`."""
    rows = np.arange(len(reading.state))
    holds = np.minimum(key["set"], reading.columns["score"].shape[1] - 1)
    score: Floats = np.where(key["set"] == NONE, 0.0, reading.columns["score"][rows, holds])
    close = reading.columns["near"][rows, holds] & (key["set"] != NONE)
    mistake = reading.columns["mistake"]
    details: dict[str, Array] = {"set": key["set"]}
    right = reading.read & (score == 1)
    left = reading.read & ~right
    steps = begun(reading).where(right, "text.right", 1.0, **details)
    steps = steps.where(left & (score > 0), "text.partial", score, share=score, **details)
    left &= score == 0
    for place, (name, foreseen_) in enumerate(spec.mistakes.items()):
        steps = steps.where(left & (mistake == place), f"text.mistake.{name}", foreseen_.credit, **details)
    left &= mistake == NONE
    steps = steps.where(left & close, "text.spelling", spec.spelling_credit, **details)
    return steps.where(left & ~close, "text.wrong", 0.0, **details)
