"""Texts have the punctuation of their language, full-width in Chinese, half-width in English, and paired brackets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from qbank import messages
from qbank.bank import prose
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.model import Lang, Problem

RATIONALE = (
    "Readers stumble over a half-width comma between Chinese characters, or a full-width one in English."
)
PROPOSAL = "use ，。；：？！（） in Chinese and , . ; : ? ! ( ) in English"
_HAN = "\u4e00-\u9fff"
_MATHS = re.compile(r"\$\$.*?\$\$|\$.*?\$|```.*?```|`.*?`|\{\{.*?\}\}|\[\[.*?\]\]", re.DOTALL)
_RULES: tuple[tuple[str, Lang, re.Pattern[str], Callable[[str], str]], ...] = (
    ("prose.half-width", "zh", re.compile(rf"[{_HAN}]\s*[,;:?!](?=\s*[{_HAN}])|[{_HAN}]\.(?=\s*([{_HAN}]|$))"),
     lambda sign: messages.tell("a half-width {sign!r} appears between Chinese characters", sign=sign)),
    ("prose.full-width", "en", re.compile("[，。；：？！（）、]"),
     lambda sign: messages.tell("a full-width {sign!r} appears in the English text", sign=sign)),
    ("prose.chinese", "en", re.compile(rf"[{_HAN}]+"),
     lambda text: messages.tell("{text!r} appears in the English text", text=text)),
    ("prose.twice", "zh", re.compile(r"[，。；：、]{2,}"),
     lambda signs: messages.tell("{signs!r}: two punctuation marks in a row", signs=signs)),
    ("prose.twice", "en", re.compile(r"(?<![.…])([,;:])\1|(?<!\.)\.\.(?!\.)"),
     lambda signs: messages.tell("{signs!r}: two punctuation marks in a row", signs=signs)),
    ("prose.twice", "en", re.compile(r"\b(the|a|an|is|of|to|and|in)\s+\1\b", re.IGNORECASE),
     lambda words: messages.tell("{words!r}: a word appears twice", words=words)),
)  # fmt: skip
_PLACE = re.compile(r"（\s*）|\(\s+\)|_{3,}")
"""A place for an answer that is drawn by hand."""
_PAIRS = (("（", "）"), ("“", "”"), ("《", "》"))
_STEM = """
stem:
  zh: 在反相放大电路中%s$R_1 = {{ R1 }}$，$R_f = {{ Rf }}$。
  en: In an inverting amplifier%s $R_1 = {{ R1 }}$ and $R_f = {{ Rf }}$.
"""
EXAMPLES = (
    Sample("prose.half-width", _STEM % (",其中", ","), _STEM % ("，其中", ",")),
    Sample("prose.full-width", _STEM % ("，其中", "，"), _STEM % ("，其中", ",")),
    Sample("prose.place", _STEM % ("（  ），其中", ","), _STEM % ("，其中", ","), "the paper prints one"),
    Sample("prose.brackets", _STEM % ("（理想运放，其中", ","), _STEM % ("（理想运放），其中", ",")),
)


def check(scene: Scene) -> Iterator[Problem]:
    """The first fault of each kind in every text, as warnings."""
    for path, text in prose.texts(scene.item):
        for code, lang, pattern, message in _RULES:
            body = _MATHS.sub("\u25a1", text.zh if lang == "zh" else text.en)
            found = pattern.search(body)
            if found is not None:
                yield scene.problem(
                    code, message(found.group().strip()), (*path, lang), severity="warning", proposal=PROPOSAL
                )
        for lang in text.langs:
            drawn = _PLACE.search(_MATHS.sub("\u25a1", text[lang]))
            if drawn is not None:
                yield scene.problem(
                    "prose.place",
                    messages.tell("{sign!r}: the paper prints the place for the answer itself", sign=drawn.group()),
                    (*path, lang), severity="warning",
                    proposal=messages.tell("delete it, or write [[id]], with the id of a part, where a blank belongs"),
                )  # fmt: skip
        for left, right in _PAIRS:
            if text.zh.count(left) != text.zh.count(right):
                yield scene.problem(
                    "prose.brackets",
                    messages.tell("{left} and {right} do not come in pairs", left=left, right=right),
                    (*path, "zh"),
                    severity="warning",
                    proposal=PROPOSAL,
                )
        if text.en.count("(") != text.en.count(")") and "$" not in text.en:
            said = messages.tell("{left} and {right} do not come in pairs", left="(", right=")")
            yield scene.problem("prose.brackets", said, (*path, "en"), severity="warning", proposal=PROPOSAL)
