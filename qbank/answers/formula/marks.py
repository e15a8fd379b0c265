"""From values to key columns, from texts to formulas, from both to steps."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qbank import formulas
from qbank.algebra import Expression
from qbank.answers import Scope, _mistakes
from qbank.answers._readings import begun
from qbank.answers.formula.judging import judge
from qbank.answers.formula.spec import Spec
from qbank.formulas import Equation, Formula, tree
from qbank.model import BLANK, READ, UNREADABLE, Array, Bilingual, Columns, Floats, Lang, Rules, Steps

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Formulas:
    """n answers read; `code` (n,) is the place of each one's formula among the distinct ones."""

    state: NDArray[np.uint8]
    stop: NDArray[np.int64]
    wanted: NDArray[np.int32]
    sentences: tuple[Bilingual, ...]
    code: NDArray[np.int64]
    given: tuple[Formula, ...]

    def take(self, rows: Array) -> Formulas:
        """The readings of the given rows (indices, which may repeat, or a mask)."""
        return Formulas(
            self.state[rows], self.stop[rows], self.wanted[rows], self.sentences, self.code[rows], self.given
        )

    def expected(self, row: int, lang: Lang) -> str:
        """What was expected where reading stopped; empty where it did not stop."""
        return self.sentences[int(self.wanted[row])][lang]

    def told(self, row: int) -> Iterator[tuple[str, Any]]:
        """The formula as our own notation writes it."""
        yield "formula", formulas.plain(self.given[int(self.code[row])])


def bind(spec: Spec, scope: Scope, arrangement: Columns) -> dict[str, Array]:
    """`branch` (n,) which formula of the key holds, `accepts.…` and `applies.…` (n,) where the others exist.

    Where every letter is the item's own, `key` and `mistake.…` (n,) are the values on each variant, for a witness.
    """
    branch = np.full(scope.n, len(spec.branches) - 1, dtype=np.uint8)
    for place in range(len(spec.branches) - 2, -1, -1):
        test = spec.branches[place].when
        assert test is not None
        branch[_true(scope, test)] = place
    columns: dict[str, Array] = {"branch": branch}
    if spec.on_variants:
        values = scope.evaluate(spec.key).values.astype(np.float64)
        columns |= {"key": np.broadcast_to(values, (scope.n,)).copy()} | _mistakes.bind(spec.mistakes, scope)
    for number, one in enumerate(spec.accept):
        columns[f"accepts.{number}"] = _true(scope, one.when)
    for name, mistake in spec.mistakes.items():
        columns[f"applies.{name}"] = _true(scope, mistake.when)
    return columns


def _true(scope: Scope, condition: Expression | None) -> Mask:
    """(n,) where a condition holds; without one, everywhere."""
    if condition is None:
        return np.ones(scope.n, dtype=np.bool_)
    return np.broadcast_to(scope.evaluate(condition).values.astype(np.bool_), (scope.n,)).copy()


def feasible(spec: Spec, key: Columns) -> Mask:
    """Where the key has a value somewhere, and no mistake that exists is the key."""
    branch = key["branch"]
    used = np.unique(branch).tolist()
    sound = np.ones(len(branch), dtype=np.bool_)
    for place in used:
        formula = spec.branches[place].formula
        if not isinstance(formula, Equation) and not formulas.defined(formula, spec.points):
            sound[branch == place] = False
    verdicts = judge(spec, list(spec.foreseen.values()), used)
    for number, name in enumerate(spec.mistakes):
        sound &= ~(key[f"applies.{name}"] & verdicts.right[number][branch])
    return sound


def impossible(spec: Spec, key: Columns) -> str:
    """The one thing that can be wrong with the key itself."""
    return "the key has no value where its letters may be (over:, and the parameters' domains)"


def read(spec: Spec, texts: Sequence[str], rules: Rules) -> Formulas:
    """The texts as formulas of the part's letters; `name = …` is the formula where no equation is asked."""
    words = spec.vocabulary
    comma = (spec.comma or rules.comma) == "decimal"
    count = len(texts)
    state = np.full(count, READ, dtype=np.uint8)
    stop, code = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    wanted = np.zeros(count, dtype=np.int32)
    sentences = {Bilingual(zh="", en=""): 0}
    given: list[Formula] = []
    own = tree.Name(spec.name)
    for row, text in enumerate(texts):
        if not text.strip():
            state[row] = BLANK
            continue
        try:
            formula = formulas.read(text, words, decimal_comma=comma)
        except formulas.Unreadable as stopped:
            state[row], stop[row] = UNREADABLE, stopped.column
            wanted[row] = sentences.setdefault(stopped.expected, len(sentences))
            continue
        if isinstance(formula, Equation) and spec.name and not spec.form.equation and formula.left == own:
            formula = formula.right
        code[row] = len(given)
        given.append(formula)
    return Formulas(state, stop, wanted, tuple(sentences), code, tuple(given) or (tree.Constant("e"),))


def mark(spec: Spec, reading: Formulas, key: Columns, arrangement: Columns, rules: Rules) -> Steps:
    """`formula.right`, `.form`, `.accepted`, `.mistake.…`, `.sign`, `.equation` or `.wrong`."""
    steps = begun(reading)
    readable = reading.state == READ
    counts = np.bincount(reading.code[readable], minlength=len(reading.given))
    used = np.flatnonzero(counts)
    branch = key["branch"].astype(np.intp)
    verdicts = judge(spec, [reading.given[place] for place in used.tolist()], np.unique(branch).tolist())
    places = np.zeros(len(reading.given), dtype=np.intp)
    places[used] = np.arange(len(used))
    row = places[reading.code]
    if not len(used):
        return steps

    def of(mask: Mask) -> Mask:
        return np.asarray(mask[row], dtype=np.bool_)

    details: dict[str, Array] = {"branch": branch}
    left = readable.copy()

    def step(rows: Mask, note: str, scale: float | Floats) -> None:
        nonlocal steps, left
        taken = left & rows
        steps = steps.where(taken, note, scale, **details)
        left &= ~taken

    sort, formed = of(verdicts.sort), of(verdicts.formed)
    step(~sort, "formula.sort", 0.0)
    right = np.asarray(verdicts.right[row, branch], dtype=np.bool_)
    step(right & formed, "formula.right", 1.0)
    step(right, "formula.form", spec.form_credit)
    credit = np.zeros(len(row))
    for number, one in enumerate(spec.accept):
        holds = of(verdicts.accepted[:, number]) & key[f"accepts.{number}"] & formed
        credit = np.where(holds, np.maximum(credit, one.credit), credit)
    step(credit >= 1, "formula.right", 1.0)
    step(credit > 0, "formula.accepted", credit)
    for number, (name, mistake) in enumerate(spec.mistakes.items()):
        step(of(verdicts.mistakes[:, number]) & key[f"applies.{name}"], f"formula.mistake.{name}", mistake.credit)
    step(np.asarray(verdicts.sign[row, branch], dtype=np.bool_), "formula.sign", 0.0)
    return steps.where(left, "formula.wrong", 0.0, **details)
