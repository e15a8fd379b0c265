"""From values to key columns, from texts to formulas, from both to steps."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qbank import algebra, folding, formulas, messages
from qbank.algebra import Expression
from qbank.algebra.tree import Binary, Compare, Constant, Name, Node
from qbank.answers import Scope, _mistakes
from qbank.answers._readings import begun, unannounced
from qbank.answers.formula.judging import Verdicts, judge
from qbank.answers.formula.numbers import alike, bound, groups, missing
from qbank.answers.formula.spec import Spec
from qbank.model import BLANK, READ, UNREADABLE, Array, Bilingual, Columns, Floats, Lang, Rules, Steps

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Formulas:
    """n answers read; `code` (n,) is the place of each one's formula, and of its reading, among the distinct ones."""

    state: NDArray[np.uint8]
    stop: NDArray[np.int64]
    wanted: NDArray[np.int32]
    sentences: tuple[Bilingual, ...]
    code: NDArray[np.int64]
    given: tuple[Node, ...]
    read: tuple[formulas.Reading | None, ...]
    """The readings of texts that have others."""

    def take(self, rows: Array) -> Formulas:
        """The readings of the given rows (indices, which may repeat, or a mask)."""
        return Formulas(
            self.state[rows], self.stop[rows], self.wanted[rows], self.sentences, self.code[rows], self.given, self.read
        )

    def expected(self, row: int, lang: Lang) -> str:
        """What was expected where reading stopped; empty where it did not stop."""
        return self.sentences[int(self.wanted[row])][lang]

    def told(self, row: int, lang: Lang) -> str:  # noqa: ARG002 - formulas are of no language
        """The formula as our own notation writes it."""
        return algebra.plain(self.given[int(self.code[row])])


def bind(spec: Spec, scope: Scope, arrangement: Columns) -> dict[str, Array]:
    """`branch` (n,) which formula of the key holds, `accepts.…` and `applies.…` (n,) where the others exist.

    `number.…` (n,) are the values of the names that are numbers here. Where every letter is the item's own, `key` and
    `mistake.…` (n,) are the values on each variant, for a witness.
    """
    branch = np.full(scope.n, len(spec.branches) - 1, dtype=np.uint8)
    for place in range(len(spec.branches) - 2, -1, -1):
        test = spec.branches[place].when
        assert test is not None
        branch[_true(scope, test)] = place
    columns: dict[str, Array] = {"branch": branch} | bound(spec, scope)
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
    if spec.numbers and not spec.form.equation:
        sound = ~missing(spec, key)
        for name, formula in spec.foreseen.items():
            sound &= ~(key[f"applies.{name}"] & alike(spec, key, formula))
        return sound
    sound = np.ones(len(branch), dtype=np.bool_)
    verdicts = judge(spec, list(spec.foreseen.values()), used)
    for number, name in enumerate(spec.mistakes):
        sound &= ~(key[f"applies.{name}"] & verdicts.right[number][branch])
    return sound


def impossible(spec: Spec, key: Columns) -> str:
    """The one thing that can be wrong with the key itself."""
    return messages.tell("the key has no value on the domains of its letters (over: and the parameters' domains)")


def read(spec: Spec, texts: Sequence[str], rules: Rules) -> Formulas:
    """The texts as formulas of the part's letters; `name = …` is the formula where no equation is asked."""
    words, own = spec.vocabulary, "" if spec.form.equation or spec.name in spec.own else spec.name
    comma = (spec.comma or rules.comma) == "decimal"
    count = len(texts)
    state = np.full(count, READ, dtype=np.uint8)
    stop, code = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    wanted = np.zeros(count, dtype=np.int32)
    sentences = {Bilingual(zh="", en=""): 0}
    given: list[Node] = []
    kept: list[formulas.Reading | None] = []
    for row, text in enumerate(texts):
        if not folding.visible(text).strip():
            state[row] = BLANK
            continue
        try:
            found = formulas.usual(unannounced(text), words, decimal_comma=comma)
        except formulas.Unreadable as stopped:
            state[row], stop[row] = UNREADABLE, stopped.column
            wanted[row] = sentences.setdefault(stopped.expected, len(sentences))
            continue
        asked = _asked(spec, found.node)
        if own and _goes_on(own, asked):  # `ct-1` may be c·t − 1, and c with the subscript t−1
            state[row], stop[row] = UNREADABLE, text.find(own) + 1 or 1
            wanted[row] = sentences.setdefault(_without(own), len(sentences))
            continue
        code[row] = len(given)
        given.append(asked)
        kept.append(found if found.passed else None)
    return Formulas(
        state, stop, wanted, tuple(sentences), code, tuple(given) or (Constant("e"),), tuple(kept) or (None,)
    )


def _goes_on(own: str, formula: Node) -> bool:
    """Whether the part's own name is within a formula, of which it is no letter."""
    return not isinstance(formula, Name | Compare) and own in algebra.tree.named(formula)


def _without(name: str) -> Bilingual:
    return Bilingual(zh=f"不含 {name} 的公式", en=f"a formula without {name}")


def _asked(spec: Spec, formula: Node) -> Node:
    """What is after `name =` or `name(t) =`, or before `= name`, where no equation is asked, by the part's own name."""
    if isinstance(formula, Compare) and spec.name and not spec.form.equation:
        match formula.operands:
            case (Name(name=name) | Binary(operator="*", left=Name(name=name), right=Name()), right) if (
                name == spec.name
            ):
                return right
            case left, Name(name=name) if name == spec.name:
                return left
    return formula


def mark(spec: Spec, reading: Formulas, key: Columns, arrangement: Columns, rules: Rules) -> Steps:
    """`formula.right`, `.form`, `.accepted`, `.mistake.…`, `.sign`, `.sort` or `.wrong`; `two-readings.waits`."""
    steps = begun(reading)
    readable = reading.state == READ
    branch = key["branch"].astype(np.intp)
    verdicts, row = _judged(spec, reading, key, readable)
    if verdicts is None or row is None:
        return steps

    def of(mask: Mask) -> Mask:
        return np.asarray(mask[row], dtype=np.bool_)

    details: dict[str, Array] = {"branch": branch} | {name: key[name] for name in key if name.startswith("number.")}
    left = readable.copy()

    def step(rows: Mask, note: str, scale: float | Floats) -> None:
        nonlocal steps, left
        taken = left & rows
        steps = steps.where(taken, note, scale, **details)
        left &= ~taken

    sort, formed = of(verdicts.sort), of(verdicts.formed)
    right = np.asarray(verdicts.right[row, branch], dtype=np.bool_)
    step(right & sort & formed, "formula.right", 1.0)
    step(right & sort, "formula.form", spec.form_credit)
    credit = np.zeros(len(row))
    for number, one in enumerate(spec.accept):
        holds = of(verdicts.accepted[:, number]) & key[f"accepts.{number}"] & formed & sort
        credit = np.where(holds, np.maximum(credit, one.credit), credit)
    step(credit >= 1, "formula.right", 1.0)
    step(credit > 0, "formula.accepted", credit)
    for number, (name, mistake) in enumerate(spec.mistakes.items()):
        step(of(verdicts.mistakes[:, number]) & key[f"applies.{name}"], f"formula.mistake.{name}", mistake.credit)
    step(np.asarray(verdicts.open[branch]) | of(verdicts.undecided), "formula.undecided.waits", 0.0)
    shown = second_readings(spec, reading, key, left)
    if shown is not None:
        details |= {"usual": shown[0], "second": shown[1]}
        step(shown[1] != "", "two-readings.waits", 0.0)
        details = {name: values for name, values in details.items() if name not in ("usual", "second")}
    step(~sort, "formula.sort", 0.0)
    step(np.asarray(verdicts.sign[row, branch], dtype=np.bool_), "formula.sign", 0.0)
    return steps.where(left, "formula.wrong", 0.0, **details)


def _judged(
    spec: Spec, reading: Formulas, key: Columns, rows: Mask
) -> tuple[Verdicts, NDArray[np.intp]] | tuple[None, None]:
    """The verdicts on every pair of a formula and the numbers of its variant; and (n,) the pair of each row."""
    pair = np.zeros(len(rows), dtype=np.intp)
    found: list[Verdicts] = []
    start = 0
    for numbers, group in groups(spec, key, rows):
        used, place = np.unique(reading.code[group], return_inverse=True)
        branches = np.unique(key["branch"][group]).tolist()
        found.append(judge(spec, [reading.given[code] for code in used.tolist()], branches, numbers))
        pair[group] = start + place
        start += len(used)
    if not found:
        return None, None
    return joined(found), pair


def joined(found: Sequence[Verdicts]) -> Verdicts:
    """Verdicts one below the other; a branch that is open on one variant is open."""
    if len(found) == 1:
        return found[0]
    rows = {name: np.concatenate([getattr(one, name) for one in found])
            for name in ("right", "sign", "accepted", "mistakes", "formed", "sort", "undecided")}  # fmt: skip
    return Verdicts(**rows, open=np.logical_or.reduce([one.open for one in found]))


def second_readings(
    spec: Spec, reading: Formulas, key: Columns, rows: Mask
) -> tuple[NDArray[np.str_], NDArray[np.str_]] | None:
    """(n,) the usual and the second reading of answers that are right by the second one; None where there is none.

    Formulas that candidates write are read again only here, where the usual reading is not right.
    """
    usual: dict[int, str] = {}
    second: dict[int, str] = {}
    others: dict[int, list[Node]] = {}
    for code in np.unique(reading.code[rows]).tolist():
        found = reading.read[code]
        if found is not None and (second_ := [_asked(spec, one) for one in found.others]):
            others[code] = second_
    whole = [number for number, one in enumerate(spec.accept) if one.credit >= 1]
    for numbers, group in groups(spec, key, rows & np.isin(reading.code, list(others))):
        codes = np.unique(reading.code[group]).tolist()
        trials = [one for code in codes for one in others[code]]
        ends = np.cumsum([len(others[code]) for code in codes]).tolist()
        branches = np.unique(key["branch"][group]).tolist()
        verdicts = judge(spec, trials, branches, numbers, sure=True)
        for code, end in zip(codes, ends, strict=True):
            part = slice(end - len(others[code]), end)
            for row in group[reading.code[group] == code].tolist():
                right = verdicts.right[part, key["branch"][row]].copy()
                for number in whole:
                    right |= verdicts.accepted[part, number] & bool(key[f"accepts.{number}"][row])
                right &= verdicts.formed[part] & verdicts.sort[part]
                if right.any():
                    usual[row] = algebra.plain(reading.given[code])
                    second[row] = algebra.plain(others[code][int(right.argmax())])
    if not second:
        return None
    first, other = (np.array([each.get(row, "") for row in range(len(rows))]) for each in (usual, second))
    return first, other
