"""Keyed, distinct variants a second, against the same arithmetic written by hand in NumPy."""

from __future__ import annotations

import numpy as np

from benchmarks.measure import Row, best
from qbank import bank, resources, variants
from qbank.bank import Source
from qbank.model import Columns

SEATS = 1_000_000

NETWORK = """\
id: benchmark.rnn.step
title:
  zh: 一步
  en: one step
topic: rnn
level: 1
parameters:
  W: {matrix: [2, 2], from: -1, to: 1, step: 0.1}
  U: {matrix: [2, 2], from: -1, to: 1, step: 0.1}
  b: {matrix: [2], from: -1, to: 1, step: 0.1}
  x: {matrix: [2], from: -2, to: 2, step: 0.1}
  h: {matrix: [2], from: -1, to: 1, step: 0.1}
derive:
  y: tanh(W @ x + U @ h + b)
stem:
  zh: 求 $h_1$
  en: Find $h_1$
parts:
  - id: state
    answer: {kind: vector, key: y, tolerance: 0.01}
"""

SAMPLE = """\
id: benchmark.sample
title:
  zh: 样本
  en: a sample
topic: statistics
level: 1
parameters:
  x: {sample: normal, mean: 20, sd: 2.5, size: 30, decimals: 1}
stem:
  zh: 求 {{ x }} 的均值
  en: Find the mean of {{ x }}
parts:
  - id: mean
    answer: {kind: number, key: mean(x), tolerance: 0.01}
"""


def rows() -> list[Row]:
    """The inverting amplifier, 2^27 combinations, one RNN step with weights of its own, and samples of 30 values."""
    folder = resources.folder("questions")
    source = bank.load(folder, only=[folder / "electronics" / "opamp"])
    amplifier = variants.space(source.item("opamp.inverting.gain"))
    divider = variants.space(source.item("opamp.noninv.divider"))
    item, problems = bank.read_item(Source("benchmark.yaml", NETWORK.encode()), {})
    assert item is not None, problems
    network = variants.space(item)
    drawn, problems = bank.read_item(Source("benchmark.yaml", SAMPLE.encode()), {})
    assert drawn is not None, problems
    sample = variants.space(drawn)
    return [
        _row("inverting amplifier: keyed, distinct variants", lambda: _streamed(amplifier), _amplifier),
        _row("input divider, 2^27 combinations: the same", lambda: _streamed(divider), _divider),
        _row("one RNN step, weights per variant", lambda: _streamed(network), _network),
        _row("a sample of 30 values and its mean", lambda: _streamed(sample), _sample),
    ]


def _row(what: str, work: object, peer: object) -> Row:
    seconds, by_hand = best(work, peer, 3)  # type: ignore[arg-type]
    return Row(what, SEATS / seconds / 1e6, "M/s", "the same by hand in NumPy", by_hand / seconds, "≥ 0.33")


def _streamed(space: variants.Space) -> float:
    return sum(float(next(iter(_key(drawn.keys))).sum()) for drawn in space.stream("benchmark", SEATS))


def _key(keys: object) -> list[np.ndarray]:
    parts: Columns = next(iter(keys.values()))  # type: ignore[attr-defined]
    return [parts["key"]]


def _amplifier() -> float:
    """The same by hand: values drawn by index, the requirement kept by drawing again, key, band and three mistakes."""
    rng = np.random.default_rng(7)
    series = np.array([1.0, 1.1, 1.2, 1.3, 1.5, 1.6, 1.8, 2.0, 2.2, 2.4, 2.7, 3.0, 3.3, 3.6, 3.9, 4.3, 4.7, 5.1, 5.6,
                       6.2, 6.8, 7.5, 8.2, 9.1])  # fmt: skip
    low = np.concatenate([series * 1e3, series * 1e4])
    high = np.concatenate([series * 1e4, series * 1e5])
    R1, Rf = rng.choice(low, SEATS), rng.choice(high, SEATS)
    again = np.flatnonzero((Rf < 1.5 * R1) | (Rf > 100 * R1))
    while len(again):
        R1[again], Rf[again] = rng.choice(low, len(again)), rng.choice(high, len(again))
        again = again[(Rf[again] < 1.5 * R1[again]) | (Rf[again] > 100 * R1[again])]
    key = -Rf / R1
    band = np.abs(key) * 0.01
    mistakes = [Rf / R1, 1 + Rf / R1, -R1 / Rf]
    return float(key.sum() + (key - band).sum() + (key + band).sum() + sum(each.sum() for each in mistakes))


def _divider() -> float:
    """The same by hand: drawn by index until what is required is met by values that no earlier seat has."""
    rng = np.random.default_rng(7)
    series = np.array([1.0, 1.1, 1.2, 1.3, 1.5, 1.6, 1.8, 2.0, 2.2, 2.4, 2.7, 3.0, 3.3, 3.6, 3.9, 4.3, 4.7, 5.1, 5.6,
                       6.2, 6.8, 7.5, 8.2, 9.1])  # fmt: skip
    low = np.concatenate([series * 1e3, series * 1e4, [1e5]])
    voltage = np.round(np.arange(1, 21) * 0.1, 1)
    sizes = (49, 49, 49, 49, 20)
    seen = np.empty(0, dtype=np.int64)
    while len(seen) < SEATS:
        count = min(int((SEATS - len(seen)) * 4.5) + 1000, 1 << 19)
        places = [rng.integers(0, size, count) for size in sizes]
        R1, Rf, R2, R3 = low[places[0]], low[places[1]] * 10, low[places[2]], low[places[3]]
        up = R3 / (R2 + R3) * voltage[places[4]]
        uo = (1 + Rf / R1) * up
        fits = (Rf / R1 >= 1.5) & (Rf / R1 <= 40) & (R3 / R2 >= 0.2) & (R3 / R2 <= 5) & (uo >= 0.5) & (uo <= 11)
        fits &= (R2 > 1.05 * R3) | (R3 > 1.05 * R2)
        seen = np.unique(np.concatenate([seen, np.ravel_multi_index([place[fits] for place in places], sizes)]))
    chosen = np.unravel_index(rng.permutation(seen)[:SEATS], sizes)
    R1, Rf, R2, R3, ui = low[chosen[0]], low[chosen[1]] * 10, low[chosen[2]], low[chosen[3]], voltage[chosen[4]]
    up = R3 / (R2 + R3) * ui
    key = (1 + Rf / R1) * up
    band = np.abs(key) * 0.01
    mistakes = [(1 + Rf / R1) * ui, (1 + Rf / R1) * R2 / (R2 + R3) * ui, Rf / R1 * up, -Rf / R1 * up]
    return float(key.sum() + (key - band).sum() + (key + band).sum() + sum(each.sum() for each in mistakes))


def _network() -> float:
    rng = np.random.default_rng(7)
    grid, wide = np.round(np.arange(-10, 11) * 0.1, 1), np.round(np.arange(-20, 21) * 0.1, 1)
    W, U = rng.choice(grid, (SEATS, 2, 2)), rng.choice(grid, (SEATS, 2, 2))
    b, h, x = rng.choice(grid, (SEATS, 2)), rng.choice(grid, (SEATS, 2)), rng.choice(wide, (SEATS, 2))
    state = np.tanh((W @ x[:, :, None])[..., 0] + (U @ h[:, :, None])[..., 0] + b)
    return float(state.sum() + (state - 0.01).sum() + (state + 0.01).sum())



def _sample() -> float:
    """The same by hand: rounded normal values, their means and the ends of the bands."""
    rng = np.random.default_rng(7)
    means = np.concatenate([rng.normal(20, 2.5, (count, 30)).round(1).mean(axis=1) for count in _counts()])
    return float(means.sum() + (means - 0.01).sum() + (means + 0.01).sum())


def _counts() -> list[int]:
    """How many seats each batch has."""
    return [min(variants.BATCH, SEATS - start) for start in range(0, SEATS, variants.BATCH)]
