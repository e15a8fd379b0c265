"""A vector or a matrix: every component is marked by itself, with its own tolerance."""

from __future__ import annotations

from qbank.answers import Kind
from qbank.answers.vector import facts, marks, notes, pages, reading
from qbank.answers.vector.spec import Spec
from qbank.model import Example

_SOFTMAX = """
kind: vector
key: p
size: 3
tolerance: 0.002
mistakes:
  unscaled:
    value: z
    zh: 忘记归一化
    en: not normalised
    credit: 0.25
"""
_PAIR = """
kind: vector
key: [IB, IC]
unit: mA
tolerance: 1%
"""
_MATRIX = """
kind: vector
key: W
tolerance: exact
"""
_P = {"p": [0.09, 0.2447, 0.6652], "z": [2.718, 7.389, 20.09]}
_I = {"IB": 20e-6, "IC": 2e-3}
_W = {"W": [[1.0, 2.0], [3.0, 4.0]]}
EXAMPLES: tuple[Example, ...] = (
    Example(_SOFTMAX, "(0.09, 0.245, 0.665)", 1, "vector.right", given=_P),
    Example(_SOFTMAX, "[0.09; 0.245; 0.665]", 1, "vector.right", "as a column", given=_P),
    Example(_SOFTMAX, "0.09 0.245 0.665", 1, "vector.right", given=_P),
    Example(_SOFTMAX, "[0.09, 0.245, 0.665]ᵀ", 1, "vector.right", given=_P),
    Example(_SOFTMAX, "0.09, 0.245, 0.7", 2 / 3, "vector.component", "each component is marked by itself", given=_P),
    Example(_SOFTMAX + "credit: all\n", "0.09, 0.245, 0.7", 0, "vector.component", given=_P),
    Example(_SOFTMAX, "2.718, 7.389, 20.09", 0.25, "vector.mistake.unscaled", given=_P),
    Example(_SOFTMAX, "-0.09, -0.245, -0.665", 0, "vector.sign", given=_P),
    Example(_SOFTMAX, "1, 2, 3", 0, "vector.wrong", given=_P),
    Example(_SOFTMAX, "0.09, 0.245", 0, "vector.shape", "two components instead of three", given=_P),
    Example(_SOFTMAX + "shape: unreadable\n", "0.09, 0.245", 0, "unreadable", given=_P),
    Example(_SOFTMAX, "0.09, 0.245, nan", 0, "unreadable", given=_P),
    Example(_PAIR, "20 µA, 2 mA", 1, "vector.right", "each with its own unit", given=_I),
    Example(_PAIR, "(0.02, 2) mA", 1, "vector.right", "one unit for both", given=_I),
    Example(_PAIR, "0.02, 2 mA", 1, "vector.right", "the last unit applies to all", given=_I),
    Example(_PAIR, "(0.02, 2)", 0.8, "unit.missing", given=_I),
    Example(_PAIR, "0.03 mA, 2 mA", 0.5, "vector.component", "each component has its own tolerance", given=_I),
    Example(_PAIR, "0.02 mV, 2 mV", 0, "unit.dimension", given=_I),
    Example(_MATRIX, "[[1, 2], [3, 4]]", 1, "vector.right", given=_W),
    Example(_MATRIX, "[1 2; 3 4]", 1, "vector.right", given=_W),
    Example(_MATRIX, "1 2\n3 4", 1, "vector.right", "one row per line", given=_W),
    Example(_MATRIX, "[1 3; 2 4]^T", 1, "vector.right", "transposed", given=_W),
    Example(_MATRIX, "1, 2, 3, 4", 0, "vector.shape", given=_W),
    Example(_MATRIX, "[[1, 2], [3]]", 0, "unreadable", "rows of different lengths", given=_W),
)

KIND = Kind(
    spec=Spec, examples=EXAMPLES, facts=facts.of,
    bind=marks.bind, feasible=marks.feasible, impossible=marks.impossible,
    read=reading.read, mark=marks.mark, value=marks.value,
    show=pages.show, accepted=pages.accepted, foresee=pages.foreseen,
    interaction=pages.interaction, scoring=pages.scoring, notes=notes.TABLE, fills=notes.fills,
    spellings=pages.spellings, wrong=pages.wrong, unreadable=pages.unreadable,
)  # fmt: skip
