"""Several values in one blank, in any order: the roots of an equation. Each is marked by its own tolerance."""

from __future__ import annotations

from qbank.answers import Kind
from qbank.answers.set_ import facts, marks, notes, pages
from qbank.answers.set_.spec import Spec
from qbank.model import Example

_ROOTS = """
kind: set
key: [p, q]
tolerance: exact
name: x
mistakes:
  one-root:
    value: [p]
    zh: 漏掉一个根
    en: one root was left out
    credit: 0.25
"""
_TIMES = """
kind: set
key: t
unit: ms
tolerance: 1%
"""
_THREE = "kind: set\nkey: [1, 2, 3]\ntolerance: exact\n"
_R, _T = {"p": 2.0, "q": -3.0}, {"t": [0.002, 0.005, 0.009]}
EXAMPLES: tuple[Example, ...] = (
    Example(_ROOTS, "2, -3", 1, "set.right", given=_R),
    Example(_ROOTS, "{-3, 2}", 1, "set.right", "in any order", given=_R),
    Example(_ROOTS, "x1 = 2, x2 = -3", 1, "set.right", given=_R),
    Example(_ROOTS, "x₁=−3；x₂=2", 1, "set.right", given=_R),
    Example(_ROOTS, "x=2 or x=-3", 1, "set.right", given=_R),
    Example(_ROOTS, "x = 2 或 -3", 1, "set.right", given=_R),
    Example(_ROOTS, "2 -3", 1, "set.right", "separated by a space", given=_R),
    Example(_ROOTS, "2", 0.5, "set.mistake.one-root", "half is right, which is more than the mistake earns", given=_R),
    Example(_ROOTS, "2, 5", 0.5, "set.part", given=_R),
    Example(_ROOTS + "credit: all\n", "2, 5", 0, "set.part", given=_R),
    Example(_ROOTS, "2, -3, 5", 0.5, "set.surplus", "a surplus value cancels a right one", given=_R),
    Example(_ROOTS, "2, 2", 0.5, "set.part", "a value given twice counts once", given=_R),
    Example(_ROOTS, "-2, 3", 0, "set.sign", given=_R),
    Example(_ROOTS, "7, 8", 0, "set.wrong", given=_R),
    Example(_ROOTS, "x1 = 2, y = -3", 0, "unreadable", "a name that is not the part's", given=_R),
    Example(_ROOTS, "±2", 1, "set.right", "two values", given={"p": 2.0, "q": -2.0}),
    Example(_ROOTS, "x_{1,2} = ±2", 1, "set.right", given={"p": 2.0, "q": -2.0}),
    Example(_THREE, "1,2,3", 1, "set.right", "not read as one number"),
    Example(_THREE, "3 2", 2 / 3, "set.part"),
    Example(_THREE, "1, 2, 4, 5", 1 / 3, "set.part", "two right, one too many"),
    Example("kind: set\nkey: [1/2, -1/3]\ntolerance: exact\n", "-1/3, 0.5", 1, "set.right"),
    Example("kind: set\nkey: [1 + sqrt(2), 1 - sqrt(2)]\ntolerance: 0.01\nform: constant\n", "1 ± √2", 1, "set.right"),
    Example(_TIMES, "2 ms, 5 ms, 9 ms", 1, "set.right", given=_T),
    Example(_TIMES, "9, 5, 2 ms", 1, "set.right", "the last unit applies to all", given=_T),
    Example(_TIMES, "{0.002, 0.005, 0.009} s", 1, "set.right", given=_T),
    Example(_TIMES, "2, 5, 9", 0.8, "unit.missing", given=_T),
    Example(_TIMES, "2 mV, 5 mV, 9 mV", 0, "unit.dimension", given=_T),
)

KIND = Kind(
    spec=Spec, examples=EXAMPLES, facts=facts.of,
    bind=marks.bind, feasible=marks.feasible, impossible=marks.impossible,
    read=marks.read, mark=marks.mark,
    show=pages.show, accepted=pages.accepted, foresee=pages.foreseen,
    interaction=pages.interaction, scoring=pages.scoring, notes=notes.TABLE, fills=notes.fills,
    spellings=pages.spellings, wrong=pages.wrong, unreadable=pages.unreadable,
)  # fmt: skip
