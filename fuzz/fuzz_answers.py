"""Any text answered to any kind of part: read and marked, within the floor and 1, the same alone and in a batch.

The first argument names the kinds, apart by commas; all by default: `python fuzz/fuzz_answers.py number,vector`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import _driver
import _words

with _driver.watched():
    import numpy as np
    import sympy  # noqa: F401 - what confirms a formula is loaded before the clock runs
    import yaml

    from qbank import answers, numerals, registry
    from qbank.draws import Chance
    from qbank.model import BLANK, LANGS, READ, UNREADABLE, Column, Columns, Example, Rules, Steps, take
    from qbank.variants import Scope

    ASKED = sys.argv.pop(1).split(",") if len(sys.argv) > 1 and not sys.argv[1].startswith("-") else None
    KINDS = {kind: answers.kind_of(kind) for kind in registry.tags("answers") if ASKED is None or kind in ASKED}

REPORT = _driver.Report("answers." + ",".join(KINDS))
WORDS = _words.ALL


def Values(given: Mapping[str, Any], n: int = 1) -> Scope:
    """The values of an example's names, on one variant."""
    return Scope(n, {name: Column(np.asarray(value, dtype=np.float64)[None]) for name, value in given.items()})


@dataclass(frozen=True)
class Part:
    """One example's answer, bound on one variant; `floor` is the least that an answer can earn."""

    kind: answers.Kind[answers.Spec, answers.Reading]
    spec: Any
    arrangement: Columns
    key: Columns
    floor: float

    def marked(self, texts: Sequence[str]) -> tuple[Steps, answers.Reading]:
        rows = np.zeros(len(texts), dtype=np.int64)
        reading = self.kind.read(self.spec, texts, Rules())
        steps = self.kind.mark(self.spec, reading, take(self.key, rows), take(self.arrangement, rows), Rules())
        return steps, reading


def part(kind: answers.Kind[answers.Spec, answers.Reading], example: Example) -> Part:
    """An example's answer, bound."""
    spec = answers.read(yaml.load(example.answer, Loader=yaml.BaseLoader))
    scope = Values(example.given)
    arrangement = kind.arranged(spec, scope, Chance("seed", "item"), "part", np.arange(1))
    key = kind.bind(spec, scope, arrangement)
    least = getattr(spec, "least", -float(getattr(spec, "negative", 0.0)))
    return Part(kind, spec, arrangement, key, -float("inf") if least is None else min(0.0, least))


PARTS = [
    part(kind, example)
    for kind in KINDS.values()
    for example in {one.answer: one for one in kind.examples}.values()
]
SEEDS = sorted({one.response[:1002] for kind in KINDS.values() for one in kind.examples})


def batch(data: bytes) -> None:
    asked = PARTS[(data[0] if data else 0) % len(PARTS)]
    texts = _driver.neighbours(data[1:], WORDS, 60)
    REPORT.texts += len(texts)
    (steps, reading), seconds = _driver.timed(lambda: asked.marked(texts))
    if seconds > 0.12:
        for text in texts:
            _driver.bounded(REPORT, lambda text=text: asked.marked([text]), text)  # type: ignore[misc]
    check(asked, texts, steps, reading)
    _driver.bounded(REPORT, lambda: asked.marked(texts[:1]), texts[0])
    alone, _ = asked.marked(texts[:1])
    assert [note for note, _, _ in alone.of(0)] == [note for note, _, _ in steps.of(0)], texts[0]
    assert alone.credit[0] == steps.credit[0], texts[0]
    for lang in LANGS:
        for note, _, details in alone.of(0):
            assert asked.kind.reason(asked.spec, note, details, lang)


def check(asked: Part, texts: Sequence[str], steps: Steps, reading: answers.Reading) -> None:
    """The laws of every mark."""
    credit, state = steps.credit, reading.state
    assert len(credit) == len(texts) == len(state)
    assert np.isin(state, (BLANK, UNREADABLE, READ)).all()
    assert ((credit >= asked.floor - 1e-12) & (credit <= 1)).all(), texts[int(np.argmax(np.abs(credit)))]
    assert not credit[state != READ].any()
    stopped = state == UNREADABLE
    lengths = np.array([len(text) for text in texts])
    assert ((reading.stop >= 1) & (reading.stop <= lengths + 1))[stopped].all()
    for row in np.flatnonzero(stopped)[:2].tolist():
        assert all(reading.expected(row, lang) for lang in LANGS), texts[row]
    for row, text in enumerate(texts):
        assert (state[row] == BLANK) <= (not numerals.visible(text).strip()), text
    REPORT.read += int((state == READ).sum())


_driver.fuzz(REPORT, batch, [f"{place:c}{text}" for place in range(len(PARTS)) for text in SEEDS if place < 128], WORDS)
