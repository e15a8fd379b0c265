"""Answers read and marked a second, against Python's own float, a regular expression and a loop of Python."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import polars as pl

from benchmarks import loops
from benchmarks.measure import Row, best
from qbank import answers
from qbank.answers import read as spec_of
from qbank.distinct import distinct, once
from qbank.model import Rules, take
from qbank.numerals import read
from qbank.variants import BATCH

ANSWERS = 5_000_000
RIGHT = 0.65
"""The share of answers that are right."""
NUMBER = re.compile(r"\s*([-+−]?\d+(?:[.,]\d+)?)\s*([a-zA-ZΩ]*)\s*")
SHARES = {"plain": 0.55, " V": 0.20, "k": 0.10, " mV": 0.07, "comma": 0.04, "minus": 0.03, "junk": 0.01}


def rows() -> list[Row]:
    """Plain and mixed answers, with the repeats that a class has and all different, then whole marks."""
    table: list[Row] = []
    for repeats in (True, False):
        word = "usual repeats" if repeats else "all different"
        target = ("≥ 20 M/s", "≥ 5 M/s") if repeats else ("", "")
        plain = _plain(repeats)
        table.append(_reading(f"plain answers read, {word}", plain, "list(map(float, …))", float, target[0]))
        mixed = _mixed(repeats)
        peer = "a regular expression"
        table.append(_reading(f"mixed answers read, {word}", mixed, peer, NUMBER.fullmatch, target[1]))
    return [*table, _marks(), _different("plain", _plain(repeats=False)), _different("mixed", _mixed(repeats=False))]


def _reading(what: str, texts: list[str], peer: str, by_python: Callable[[str], object], target: str) -> Row:
    series = pl.Series(texts)
    seconds, python = best(lambda: read(series, prefix=True), lambda: list(map(by_python, texts)), 3)
    return _row(what, len(texts), seconds, peer, python, target)


def _marks() -> Row:
    """Mixed answers to one part read and marked, with unit and tolerance and three mistakes."""
    mixed = _mixed(repeats=True)
    spec = spec_of({"kind": "number", "key": "1", "unit": "V", "tolerance": "1%"})
    kind = answers.kind_of("number")
    right = np.random.default_rng(9).random(len(mixed)) < RIGHT
    wanted = np.where(right, kind.read(spec, mixed, Rules()).value, 2.5)  # type: ignore[attr-defined]
    wanted = np.where(np.isfinite(wanted), wanted, 2.5)
    band = np.abs(wanted) * 0.01
    keys = {"key": wanted, "low": wanted - band, "high": wanted + band}
    series = pl.Series(mixed)

    def work() -> float:
        unique, codes = distinct(series)
        reading, earned = kind.read(spec, unique, Rules()), 0.0
        for start in range(0, len(mixed), BATCH):
            rows = slice(start, start + BATCH)
            marked = kind.mark(spec, reading.take(codes[rows]), take(keys, rows), {}, Rules())  # type: ignore[arg-type]
            earned += float(marked.credit.sum())
        return earned

    seconds, python = best(work, lambda: list(map(NUMBER.fullmatch, mixed)), 3)
    what = f"mixed answers read and marked, {RIGHT:.0%} right"
    return _row(what, len(mixed), seconds, "a regular expression", python, "≥ 5 M/s")


def _different(what: str, texts: list[str]) -> Row:
    """Answers that all differ, read and marked in one column, against the whole of it as a loop."""
    spec, kind = spec_of({"kind": "number", "key": "1", "unit": "V", "tolerance": "1%"}), answers.kind_of("number")
    right = np.random.default_rng(9).random(len(texts)) < RIGHT
    given = read(texts, prefix=True).value
    wanted = np.where(right & np.isfinite(given), given, 2.5)
    band = np.abs(wanted) * 0.01
    keys = {"key": wanted, "low": wanted - band, "high": wanted + band}

    def work() -> float:
        reading = once(texts, lambda each: kind.read(spec, each, Rules()))
        return float(kind.mark(spec, reading, keys, {}, Rules()).credit.sum())

    plain = wanted.tolist()
    seconds, python = best(work, lambda: loops.numbers(texts, plain))
    what = f"{what} answers read and marked, all different"
    return _row(what, len(texts), seconds, "a loop", python, "≥ 3 × the loop")


def _row(what: str, count: int, seconds: float, peer: str, peer_seconds: float, target: str) -> Row:
    return Row(what, count / seconds / 1e6, "M/s", peer, peer_seconds / seconds, target)


def _values(count: int, *, repeats: bool) -> list[str]:
    rng = np.random.default_rng(3)
    if repeats:
        return [f"{value:.2f}" for value in np.round(rng.normal(0, 40, count), 2)]
    return [f"{value:.9f}" for value in rng.normal(0, 40, count)]


def _plain(repeats: bool) -> list[str]:
    return _values(ANSWERS if repeats else ANSWERS // 5, repeats=repeats)


def _mixed(repeats: bool) -> list[str]:
    texts = _values(ANSWERS if repeats else ANSWERS // 5, repeats=repeats)
    form = np.random.default_rng(5).choice(list(SHARES), len(texts), p=list(SHARES.values()))
    change: dict[str, Callable[[str], str]] = {
        "plain": lambda text: text,
        " V": lambda text: f"{text} V",
        "k": lambda text: f"{text}k",
        " mV": lambda text: f"{text} mV",
        "comma": lambda text: text.replace(".", ","),
        "minus": lambda text: text.replace("-", "−"),
        "junk": lambda text: f"about {text}?",
    }
    return [change[name](text) for name, text in zip(form, texts, strict=True)]
