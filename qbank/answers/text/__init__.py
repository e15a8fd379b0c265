"""Words to fill in: a list of spellings that are right, in both languages at once, whatever language the paper is in.

Regular expressions may add to the spellings, never stand alone: the answer book prints a spelling. They are RE2's, so
that no answer, however written, takes long to match.
"""

from __future__ import annotations

from qbank.answers import Kind
from qbank.answers.text import facts, marks, notes, pages
from qbank.answers.text.spec import Spec
from qbank.model import Example

_INFINITE = """
kind: text
zh: 无穷大
en: [infinite, infinity]
accept: ∞
mistakes:
  zero:
    accept: ["0", 零, zero]
    zh: 与输出电阻混淆
    en: confused with the output resistance
"""
_LIST = """
kind: text
list:
  words:
  - zh: 截止
    en: [cut-off, cutoff]
  - zh: 放大
    en: [active, linear]
  - zh: 饱和
    en: saturation
"""
_PATTERNS = r"""
kind: text
accept: MOSFET
regex: ['(n|p)-?(channel )?mosfet', '[nNpP]MOS']
"""
_HOSTILE = "kind: text\naccept: aaa\nregex: (a+)+$\n"
EXAMPLES: tuple[Example, ...] = (
    Example(_INFINITE, "无穷大", 1, "text.right"),
    Example(_INFINITE, "∞", 1, "text.right"),
    Example(_INFINITE, " Infinite. ", 1, "text.right", "case, spaces and a full stop do not matter"),
    Example(_INFINITE, "无 穷 大", 1, "text.right", "spaces between Chinese characters"),
    Example(_INFINITE, "ｉｎｆｉｎｉｔｙ", 1, "text.right", "full width"),
    Example(_INFINITE, "“无穷大”", 1, "text.right", "quotes or brackets around the whole"),
    Example(_INFINITE, "Aod = ∞", 1, "text.right", "one symbol before it"),
    Example(_INFINITE, "无穷大（infinity）", 1, "text.right", "the same word in the other language"),
    Example(_INFINITE, "近似无穷大", 0, "text.near.waits", "the answer and more; waits for a person"),
    Example(_INFINITE, "not infinite", 0, "text.near.waits", "a negation is never right"),
    Example(_INFINITE, "-∞", 0, "text.wrong", "a sign is part of the answer"),
    Example(_INFINITE, "infinty", 0, "text.spelling", "one letter wrong; a person may decide"),
    Example(_INFINITE + "spelling_credit: 0.5\n", "无穷太", 0.5, "text.spelling"),
    Example(_INFINITE, "零", 0, "text.mistake.zero"),
    Example(_INFINITE, "很大", 0, "text.wrong"),
    Example(_INFINITE, "", 0, "blank"),
    Example("kind: text\ncase: keep\naccept: nFET\n", "nfet", 0, "text.wrong", "case matters here"),
    Example("kind: text\nspaces: exact\naccept: a b\n", "a  b", 0, "text.wrong", "spaces matter here"),
    Example("kind: text\nspaces: remove\naccept: push-pull\n", "push - pull", 1, "text.right"),
    Example(_LIST, "saturation，active、截止", 1, "text.right", "in any order, in either language"),
    Example(_LIST, "截止,放大", 2 / 3, "text.partial"),
    Example(_LIST, "截止,放大,饱和,击穿", 2 / 3, "text.partial", "one word too many"),
    Example(_LIST, "截止,放大,饱和区", 0, "text.near.waits", "a word is missing, and another one is longer"),
    Example(_LIST + "  ordered: yes\n", "饱和,放大,截止", 1 / 3, "text.partial", "only the second is in its place"),
    Example(_PATTERNS, " N-Channel  MOSFET。", 1, "text.right", "case, width and spaces are evened out first"),
    Example(_PATTERNS, "an nmos", 0, "text.wrong", "the whole answer must match"),
    Example(_HOSTILE, "a" * 40, 1, "text.right"),
    Example(_HOSTILE, "a" * 40 + "!", 0, "text.wrong", "takes linear time, where backtracking would not end"),
)

KIND = Kind(
    spec=Spec, examples=EXAMPLES, facts=facts.of,
    bind=marks.bind, feasible=marks.feasible, impossible=marks.impossible,
    read=marks.read, mark=marks.mark, join=Spec.joined,
    show=pages.show, accepted=pages.accepted, foresee=pages.foreseen,
    interaction=pages.interaction, scoring=pages.scoring, notes=notes.TABLE, fills=notes.fills,
    spellings=pages.spellings, wrong=pages.wrong, unreadable=pages.unreadable,
)  # fmt: skip
