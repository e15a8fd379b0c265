"""A worked line shows the numbers that are computed with: temperatures as such, values that follow from a label."""

from __future__ import annotations

from fractions import Fraction

import pytest
from sample_items import HEAD, item_of

from qbank import papers, variants
from qbank.model import Maths, Paragraph

ITEM = HEAD + """
parameters:
  T1: {values: [27 °C]}
  T2: {values: [77 °C]}
  iso: {labels: {Co: {zh: 钴, en: cobalt}}}
derive:
  ratio: T2/T1
  dT: {value: T2 - T1, unit: K}
  half: {value: 5 if iso == 'Co' else 8, unit: s}
  rate: 1/half
stem: {zh: "{{ iso }}：$T_1 = {{ T1 }}$，$T_2 = {{ T2 }}$", en: "{{ iso }}: $T_1 = {{ T1 }}$, $T_2 = {{ T2 }}$"}
parts:
  - {id: n, marks: 1, answer: {kind: number, key: ratio, tolerance: 1%%}, witness: none, because: one quotient}
solution: {zh: "[[derive %s]]", en: "[[derive %s]]"}
"""
LINES = [
    ("ratio", r"\frac{350.15\,\mathrm{K}}{300.15\,\mathrm{K}}", "a quotient counts from absolute zero"),
    ("dT", r"77\,^{\circ}\mathrm{C} - 27\,^{\circ}\mathrm{C}", "in a difference it is as the stem prints it"),
    ("rate", r"\frac{1}{5\,\mathrm{s}}", "a number stays one, though a label decided it"),
]


@pytest.mark.parametrize(("name", "part", "remark"), LINES)
def test_a_worked_line_shows_what_is_computed_with(name: str, part: str, remark: str) -> None:
    drawn = variants.make(item_of(ITEM % (name, name)), "seed", [0])

    (line,) = papers.worked(drawn, 0, "en", {}, 1, (Fraction(1),)).solution
    assert isinstance(line, Paragraph)
    (maths,) = line.inlines
    assert isinstance(maths, Maths)
    assert part in maths.tex, remark
