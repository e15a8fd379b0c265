"""Matching: each entry on the left with one on the right, which is shuffled; credit for every pair."""

from __future__ import annotations

from qbank.answers import Kind
from qbank.answers.matching import facts, marks, notes, pages
from qbank.answers.matching.marks import Spec
from qbank.model import Example

_CURES = """
kind: matching
shuffle: no
left:
  clip:
    zh: 梯度裁剪
    en: gradient clipping
    to: explode
  gate:
    zh: 门控
    en: gating
    to: vanish
  dropout:
    zh: 随机失活
    en: dropout
    to: overfit
right:
  vanish:
    zh: 梯度消失
    en: vanishing gradients
  explode:
    zh: 梯度爆炸
    en: exploding gradients
  overfit:
    zh: 过拟合
    en: overfitting
  slow:
    zh: 收敛慢
    en: slow convergence
"""
EXAMPLES: tuple[Example, ...] = (
    Example(_CURES, "1-b, 2-a, 3-c", 1, "matching.right"),
    Example(_CURES, "bac", 1, "matching.right", "in the order of the left column"),
    Example(_CURES, "1b2a3c", 1, "matching.right"),
    Example(_CURES, "（１）→Ｂ；（２）→Ａ；（３）→Ｃ", 1, "matching.right", "full width"),
    Example(_CURES, "3-c", 1 / 3, "matching.partial", "the others are left blank"),
    Example(_CURES, "1-b, 2-d, 3-c", 2 / 3, "matching.partial", "d is a distractor"),
    Example(_CURES, "abd", 0, "matching.wrong"),
    Example(_CURES + "credit: all\n", "1-b, 2-d, 3-c", 0, "matching.wrong", "all or nothing"),
    Example(_CURES, "1-b, 1-a", 0, "unreadable", "one entry is matched twice"),
    Example(_CURES, "ba", 0, "unreadable", "two letters for three entries"),
)

KIND = Kind(
    spec=Spec, examples=EXAMPLES, facts=facts.of,
    arrange=marks.arrange, bind=marks.bind, read=marks.read, mark=marks.mark,
    show=pages.show, accepted=pages.accepted, interaction=pages.interaction, named=pages.named,
    scoring=pages.scoring, notes=notes.TABLE, fills=notes.fills,
    spellings=pages.spellings, wrong=pages.wrong, unreadable=pages.unreadable,
)  # fmt: skip
