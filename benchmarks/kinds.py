"""Each kind's answers read and marked a second, and one answer in one call, against loops of Python."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import polars as pl

import qbank
from benchmarks import loops
from benchmarks.measure import Row, best
from qbank import answers
from qbank.distinct import distinct, once
from qbank.draws import Chance
from qbank.model import Rules, take
from qbank.variants import BATCH, Scope

COUNT = 2_000_000
DISTINCT = 20_000
DIFFERENT = 300_000
SHAPES = ["[{}, {}, {}]", "{} {} {}", "({};{};{})", "({}, {}, {})", "{}, {}, {}", "({},{},{})"]
WRITTEN = ["-Rf/R1", "-(Rf/R1)+{n}-{n}", "-{n}*Rf/({n}*R1)", "-Rf/R1*{n}", "-Rf/R1+{n}-{n}", "Rf/(R1+{n})"]
WORDS = re.compile(r"[A-D√×]|\s*[\[(]?\s*([-+]?\d+(?:\.\d+)?)[^\d]*([-+]?\d+(?:\.\d+)?).*|.*")
OPTIONS = {name: {"right": "yes" if name == "a" else "no", "zh": name, "en": name} for name in "abcdefgh"}
CHOICE = {"kind": "choice", "options": {name: OPTIONS[name] for name in "abcd"}}
SHOWN = {"kind": "choice", "show": "4", "options": OPTIONS}
TRUTH = {"kind": "truth", "right": "yes"}
TEXT = {"kind": "text", "accept": ["无穷大", "∞", "infinite"]}
SHAPE = {"kind": "shape", "key": ["8", "5", "16"]}
VECTOR = {"kind": "vector", "key": "[0.46, -0.20]", "tolerance": "2%"}
CURRENTS = {"kind": "vector", "key": "[0.46m, -0.20m]", "unit": "mA", "tolerance": "2%"}
MATRIX = {"kind": "vector", "key": "[[0.46, -0.20], [0.10, 0.30]]", "tolerance": "2%"}
SET = {"kind": "set", "key": "[0.46, -0.20]", "tolerance": "2%"}
INTERVAL = {"kind": "interval", "low": "-0.20", "high": "0.46", "brackets": "(]", "tolerance": "2%"}
COMPLEX = {"kind": "complex", "key": {"re": "0.46", "im": "-0.20"}, "tolerance": "2%"}


def rows() -> list[Row]:
    """Choices, verdicts, words, shapes and several quantities with the repeats of a class; a number by itself."""
    rng = np.random.default_rng(11)
    numbers = np.round(rng.normal(0, 1, (400, 2)), 2)
    vectors = [f"({first}, {second})" for first, second in numbers] + [f"{first} {second}" for first, second in numbers]
    return [
        _row("choices", CHOICE, ["A", "b", "选C", "（D）", "A.", "", "E"]),
        _row("choices that show 4 of 8", SHOWN, ["A", "b", "选C", "（D）", "A.", "", "E"]),
        _row("verdicts", TRUTH, ["√", "×", "对", "F", "错", "?"]),
        _row("words", TEXT, ["无穷大", "∞", " Infinite ", "零", "无限"]),
        _row("shapes", SHAPE, ["(8, 5, 16)", "8×5×16", "torch.Size([8, 5, 16])", "(8, 16)"]),
        _row("vectors", VECTOR, vectors, "≥ 2 M/s"),
        _row("vectors with a unit", CURRENTS, [f"({first}, {second}) mA" for first, second in numbers], "≥ 2 M/s"),
        _row("matrices", MATRIX, [f"[{first} {second}; 0.1 0.3]" for first, second in numbers]),
        _row("sets", SET, [f"{{{first}, {second}}}" for first, second in numbers]),
        _row("intervals", INTERVAL, [f"({min(pair)}, {max(pair)}]" for pair in numbers.tolist()]),
        _row("complex numbers", COMPLEX, [f"{first}+j{abs(second)}" for first, second in numbers[:100]]),
        _formulas("distinct formulas read and marked", {"key": "-Rf/R1", "over": {"Rf": "positive", "R1": "positive"}},
                  LETTERS, DISTINCT, "≥ 20,000/s"),
        _formulas("distinct formulas that cancel", {"key": "1 - tanh(x)**2", "over": {"x": "real"}}, IDENTITIES, 200),
        _formulas("distinct equations solved", {"form": "equation", "key": "y == exp(-x)",
                                                "over": {"x": "real", "y": "positive"}}, SOLVED, 100, "≥ 20/s"),
        _vectors(),
        _kernel(),
        _single(),
        _asked(),
    ]


def _row(what: str, written: dict[str, Any], texts: list[str], target: str = "") -> Row:
    kind, spec = answers.kind_of(written["kind"]), answers.read(written)
    chosen = np.random.default_rng(13).integers(0, len(texts), COUNT)
    series = pl.Series([texts[place] for place in chosen])
    arrangement = kind.arranged(spec, Scope(BATCH, {}), Chance("benchmark", "item"), "part", np.arange(BATCH))
    key = kind.bind(spec, Scope(BATCH, {}), arrangement)

    def work() -> float:
        unique, codes = distinct(series)
        reading, earned = kind.read(spec, unique, Rules()), 0.0
        for start in range(0, COUNT, BATCH):
            part = codes[start : start + BATCH]
            first = np.arange(len(part))
            marked = kind.mark(spec, reading.take(part), take(key, first), take(arrangement, first), Rules())
            earned += float(marked.credit.sum())
        return earned

    plain = series.to_list()
    seconds, python = best(work, lambda: list(map(WORDS.match, plain)), 3)
    rate = COUNT / seconds / 1e6
    return Row(f"{what} read and marked", rate, "M/s", "a regular expression", python / seconds, target)


LETTERS = ["-Rf/R1", "-(R_f/R_1)", "-{n}*Rf/({n}*R1)", "-Rf/R1*{n}", "-\\frac{{R_f}}{{R_1}}+{n}-{n}", "Rf/(R1+{n})"]
IDENTITIES = ["1/cosh(x)^2+{n}-{n}", "sech^2 x*{n}/{n}", "4/(e^x+e^(-x))^2", "1-tanh(x)^2*{n}", "e^-x/{n}"]
SOLVED = ["y = 1/e^({n}x/{n})", "ln y = -x", "y e^x = {n}", "{n}y - {n}e^(-x) = 0"]


def _formulas(what: str, answer: dict[str, Any], forms: list[str], count: int, target: str = "") -> Row:
    """Distinct formulas, right and wrong, judged once each."""
    kind, spec = answers.kind_of("formula"), answers.read({"kind": "formula", **answer})
    texts = [forms[place % len(forms)].format(n=place + 2) for place in range(count)]
    key = kind.bind(spec, Scope(len(texts), {}), {})

    def work() -> float:
        return float(kind.mark(spec, kind.read(spec, texts, Rules()), key, {}, Rules()).credit.sum())

    seconds, python = best(work, lambda: list(map(WORDS.match, texts)), 3)
    return Row(what, len(texts) / seconds, "/s", "a regular expression", python / seconds, target)


def _vectors() -> Row:
    """Vectors that all differ, in the usual shapes, read and marked in one column."""
    kind, spec = answers.kind_of("vector"), answers.read({**VECTOR, "key": "[1, 2, 3]"})
    rng = np.random.default_rng(17)
    numbers = np.round(rng.normal(0, 1, (DIFFERENT, 3)), 6)
    texts = [SHAPES[place % len(SHAPES)].format(*row) for place, row in enumerate(numbers.tolist())]
    wanted = np.where(rng.random((DIFFERENT, 1)) < 0.65, numbers, 2.5)
    band = np.abs(wanted) * 0.02
    keys, plain = {"key": wanted, "low": wanted - band, "high": wanted + band}, wanted.tolist()

    def work() -> float:
        reading = once(texts, lambda each: kind.read(spec, each, Rules()))
        return float(kind.mark(spec, reading, keys, {}, Rules()).credit.sum())

    seconds, python = best(work, lambda: loops.vectors(texts, plain))
    return Row("vectors read and marked, all different", DIFFERENT / seconds / 1e6, "M/s", "a loop", python / seconds,
               "≥ 2 × the loop")  # fmt: skip


def _kernel() -> Row:
    """Formulas that all differ, read and decided, against a tree by `ast` evaluated at 8 points."""
    kind = answers.kind_of("formula")
    spec = answers.read({"kind": "formula", "key": "-Rf/R1", "over": {"Rf": "positive", "R1": "positive"}})
    texts = [WRITTEN[place % len(WRITTEN)].format(n=place + 2) for place in range(DISTINCT)]
    key = kind.bind(spec, Scope(len(texts), {}), {})
    first, second = np.random.default_rng(19).uniform(0.5, 3, (2, 8))

    def work() -> float:
        return float(kind.mark(spec, kind.read(spec, texts, Rules()), key, {}, Rules()).credit.sum())

    seconds, python = best(work, lambda: loops.formulas(texts, {"Rf": first, "R1": second}, -first / second), 3)
    return Row("formulas in Python's own signs, all different", len(texts) / seconds, "/s", "a tree at 8 points",
               python / seconds, "≥ 0.5 × the tree")  # fmt: skip


SINGLE = 2000


def _single() -> Row:
    """One raw answer to one number, in one call."""
    kind = answers.kind_of("number")
    spec = answers.read({"kind": "number", "key": "1", "unit": "Ω", "tolerance": "1%"})
    key = {"key": np.array([4700.0]), "low": np.array([4653.0]), "high": np.array([4747.0])}

    def work() -> None:
        for _ in range(SINGLE):
            _ = kind.mark(spec, kind.read(spec, ["4.7 kΩ"], Rules()), key, {}, Rules()).credit

    seconds, python = best(work, lambda: [loops.numbers(["4.7 kΩ"], [4700.0]) for _ in range(SINGLE)], 20)
    return Row("one number in one call", SINGLE / seconds, "/s", "a loop", python / seconds, "≥ 20,000/s")


def _asked() -> Row:
    """One right answer to one question of the bank, as a script marks it: `qbank.ask(…).mark(…)`."""
    asked = qbank.ask("opamp.inverting.gain")
    key = float(asked.drawn.keys["gain"]["key"][0])
    text = f"{key:.6g}"

    def work() -> float:
        return sum(asked.mark(text).marks for _ in range(SINGLE))

    seconds, python = best(work, lambda: [loops.numbers([text], [key]) for _ in range(SINGLE)], 20)
    return Row("one number by ask(…).mark(…)", SINGLE / seconds, "/s", "a loop", python / seconds, "≥ 20,000/s")
