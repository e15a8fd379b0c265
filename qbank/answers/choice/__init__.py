"""Choice: one option, or several, from a list that is shuffled for every variant."""

from __future__ import annotations

from qbank.answers import Kind
from qbank.answers.choice import facts, marks, notes, pages
from qbank.answers.choice.spec import Spec
from qbank.model import Example

_ONE = """
kind: choice
shuffle: no
options:
  cut:
    right: no
    zh: 截止
    en: cut-off
    mistake: unbiased
    why: U_BE = 0.7 V
  active:
    right: yes
    zh: 放大
    en: active
  sat:
    right: no
    zh: 饱和
    en: saturation
"""
_SEVERAL = """
kind: choice
several: {rule}
shuffle: no
options:
  a:
    right: yes
    zh: 输入电阻大
    en: high input resistance
  b:
    right: no
    zh: 输出电阻大
    en: high output resistance
  c:
    right: yes
    zh: 开环增益大
    en: high open-loop gain
  d:
    right: yes
    zh: 共模抑制比大
    en: high common-mode rejection
  e:
    right: no
    zh: 失调大
    en: large offset
"""


def _several(rule: str) -> str:
    return _SEVERAL.replace("{rule}", rule)


EXAMPLES: tuple[Example, ...] = (
    Example(_ONE, "B", 1, "choice.right"),
    Example(_ONE, "b", 1, "choice.right"),
    Example(_ONE, "选B", 1, "choice.right"),
    Example(_ONE, "（Ｂ）", 1, "choice.right", "full width"),
    Example(_ONE, "Ⓑ", 1, "choice.right", "circled"),
    Example(_ONE, "②", 1, "choice.right", "the option's number"),
    Example(_ONE, "C", 0, "choice.wrong"),
    Example(_ONE, "A", 0, "choice.mistake.unbiased", "a named distractor"),
    Example(_ONE, "BB", 1, "choice.right", "a tick given twice counts once"),
    Example(_ONE, "BC", 0, "unreadable", "two options where one is asked for"),
    Example(_ONE, "D", 0, "unreadable", "there is no fourth option"),
    Example(_ONE, "B?", 0, "unreadable", "a doubtful answer waits for a person"),
    Example(_ONE, "  ", 0, "blank"),
    Example(_ONE + "negative: 1/3\n", "C", -1 / 3, "choice.wrong", "what a wrong option costs"),
    Example(_ONE + "weights:\n  active: 1\n  sat: 0.5\n", "C", 0.5, "choice.partial", "an option that is half right"),
    Example(_several("yes"), "ACD", 1, "choice.right"),
    Example(_several("yes"), "a, c、d", 1, "choice.right"),
    Example(_several("yes"), "1 3 4", 1, "choice.right", "numbers instead of letters"),
    Example(_several("net"), "AB", 0, "choice.wrong", "1/3 - 1/2 is below the floor"),
    Example(_several("net") + "floor: -1\n", "AB", 1 / 3 - 1 / 2, "choice.wrong", "a floor below zero"),
    Example(_several("exact"), "AC", 0, "choice.wrong"),
    Example(_several("balance"), "ACE", 1 / 3, "choice.partial"),
    Example(_several("capped"), "ACE", 2 / 3 - 1 / 2, "choice.partial"),
    Example(_several("cancel"), "AC", 2 / 3, "choice.partial"),
    Example(_several("cancel"), "ACE", 0, "choice.wrong", "any wrong tick"),
    Example(_several("china"), "AC", 0.5, "choice.partial", "some right options and no wrong one"),
    Example(_several("china"), "ABC", 0, "choice.wrong"),
    Example(_several("free"), "ABCDE", 1, "choice.partial", "wrong ticks cost nothing"),
    Example(_several("excess"), "ABCDE", 1 / 3, "choice.partial", "two ticks more than there are right options"),
    Example(_several("coverage"), "ABC", 4 / 9, "choice.partial"),
    Example(_several("each"), "ABC", 3 / 5, "choice.partial", "A, C and E are judged correctly"),
    Example(_several("yes") + "max_ticks: 3\n", "ABCD", 0, "choice.ticks", "more ticks than allowed"),
)

KIND = Kind(
    spec=Spec, examples=EXAMPLES, facts=facts.of,
    arrange=marks.arrange, bind=marks.bind, feasible=marks.feasible, impossible=marks.impossible,
    read=marks.read, mark=marks.mark,
    show=pages.show, accepted=pages.accepted, foresee=pages.foreseen,
    interaction=pages.interaction, named=pages.named, scoring=pages.scoring, notes=notes.TABLE, fills=notes.fills,
    own=notes.own, named_by=notes.NAMED_BY,
    spellings=pages.spellings, wrong=pages.wrong, unreadable=pages.unreadable,
)  # fmt: skip
