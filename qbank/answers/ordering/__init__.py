"""Ordering: the items of a list, shuffled for every variant, to be put in order by their letters."""

from __future__ import annotations

from qbank.answers import Kind
from qbank.answers.ordering import facts, marks, notes, pages
from qbank.answers.ordering.marks import Spec
from qbank.model import Example

_SUPPLY = """
kind: ordering
shuffle: no
items:
  rectify:
    zh: 整流
    en: rectifier
  transform:
    zh: 变压
    en: transformer
  regulate:
    zh: 稳压
    en: regulator
  smooth:
    zh: 滤波
    en: filter
order: [transform, rectify, smooth, regulate]
"""
_EITHER = """
kind: ordering
shuffle: no
credit: run
items:
  gates:
    zh: 计算各门
    en: compute the gates
  state:
    zh: 更新单元状态
    en: update the cell state
  output:
    zh: 计算输出
    en: compute the output
  candidate:
    zh: 计算候选状态
    en: compute the candidate state
order: [[gates, candidate], state, output]
"""
EXAMPLES: tuple[Example, ...] = (
    Example(_SUPPLY, "badc", 1, "ordering.right"),
    Example(_SUPPLY, "B A D C", 1, "ordering.right"),
    Example(_SUPPLY, "b→a→d→c", 1, "ordering.right"),
    Example(_SUPPLY, "2,1,4,3", 1, "ordering.right", "numbers instead of letters"),
    Example(_SUPPLY, "bacd", 0, "ordering.wrong", "all or nothing by default"),
    Example(_SUPPLY, "bad", 0, "ordering.wrong", "an item is missing"),
    Example(_SUPPLY, "bbad", 0, "unreadable", "an item appears twice"),
    Example(_SUPPLY + "credit: run\n", "cbad", 0.75, "ordering.partial", "b, a, d are in the right order"),
    Example(_EITHER, "adbc", 1, "ordering.right"),
    Example(_EITHER, "dabc", 1, "ordering.right", "gates and candidate may be in either order"),
    Example(_EITHER, "abcd", 0.75, "ordering.partial", "b may follow a if d comes before them"),
    Example(_EITHER, "cbad", 0.5, "ordering.partial", "a and d are in the right order"),
    Example(_EITHER, "acdb", 0.5, "ordering.partial", "d and b are in the right order"),
)

KIND = Kind(
    spec=Spec, examples=EXAMPLES, facts=facts.of,
    arrange=marks.arrange, bind=marks.bind, read=marks.read, mark=marks.mark,
    show=pages.show, accepted=pages.accepted, interaction=pages.interaction, named=pages.named,
    scoring=pages.scoring, notes=notes.TABLE, fills=notes.fills,
    spellings=pages.spellings, wrong=pages.wrong, unreadable=pages.unreadable,
)  # fmt: skip
