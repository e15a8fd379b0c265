"""True or false: a statement to judge, one of a pair of twins with opposite keys."""

from __future__ import annotations

from qbank.answers import Kind
from qbank.answers.truth import facts, marks, notes, pages
from qbank.answers.truth.spec import Spec
from qbank.model import Example

_YES = """
kind: truth
right: yes
zh: 理想运放的输入电阻为无穷大。
en: The input resistance of an ideal op-amp is infinite.
"""
_TWINS = """
kind: truth
twins:
  a:
    right: no
    zh: 开环运放可用虚短。
    en: A virtual short holds for an open-loop op-amp.
    why:
      zh: 虚短需要负反馈。
      en: A virtual short needs negative feedback.
  b:
    right: Rf < 0
    zh: 负反馈运放不可用虚短。
    en: A virtual short does not hold under negative feedback.
"""
EXAMPLES: tuple[Example, ...] = (
    Example(_YES, "√", 1, "truth.right"),
    Example(_YES, "T", 1, "truth.right"),
    Example(_YES, "正确。", 1, "truth.right"),
    Example(_YES, "（对）", 1, "truth.right", "in the brackets printed on the paper"),
    Example(_YES, "V", 1, "truth.right", "the letter V for a tick"),
    Example(_YES, "x", 0, "truth.wrong", "the letter x for a cross"),
    Example(_YES, "不正确", 0, "truth.wrong"),
    Example(_YES, "1", 0, "unreadable", "1 and 0 are not accepted"),
    Example(_YES, "√×", 0, "unreadable", "both"),
    Example(_YES + "negative: 1\n", "错", -1, "truth.wrong"),
    Example("kind: truth\nright: no\n", "否", 1, "truth.right", "the stem is the statement"),
    Example(_TWINS, "错", 1, "truth.right", "both statements are wrong where Rf > 0", given={"Rf": 1e4}),
)

KIND = Kind(
    spec=Spec, examples=EXAMPLES, facts=facts.of,
    arrange=marks.arrange, balance=marks.balance, bind=marks.bind, read=marks.read, mark=marks.mark,
    show=pages.show, accepted=pages.accepted, foresee=pages.foreseen,
    interaction=pages.interaction, scoring=pages.scoring, notes=notes.TABLE, fills=notes.fills,
    own=notes.own, named_by=notes.NAMED_BY,
    spellings=pages.spellings, wrong=pages.wrong, unreadable=pages.unreadable,
)  # fmt: skip
