"""Texts are set as their language is: Chinese punctuation in Chinese, Latin in English, brackets in pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qbank.bank import consistency
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.model import Problem

RATIONALE = (
    "A half-width comma between Chinese characters, or a full-width one in English, is what readers stumble over."
)
PROPOSAL = "use ，。；：？！（） in Chinese and , . ; : ? ! ( ) in English"
_HAN = "\u4e00-\u9fff"
_MATHS = re.compile(r"\$\$.*?\$\$|\$.*?\$|```.*?```|`.*?`|\{\{.*?\}\}|\[\[.*?\]\]", re.DOTALL)
_RULES = (
    ("prose.half-width", "zh", re.compile(rf"[{_HAN}]\s*[,;:?!](?=\s*[{_HAN}])|[{_HAN}]\.(?=\s*([{_HAN}]|$))"),
     "a half-width {0!r} stands between Chinese characters"),
    ("prose.full-width", "en", re.compile("[，。；：？！（）、]"), "a full-width {0!r} stands in English"),
    ("prose.chinese", "en", re.compile(rf"[{_HAN}]+"), "{0!r} stands in the English text"),
    ("prose.twice", "zh", re.compile(r"[，。；：、]{2,}"), "{0!r} stands together"),
    ("prose.twice", "en", re.compile(r"(?<![.…])([,;:])\1|(?<!\.)\.\.(?!\.)"), "{0!r} stands together"),
    ("prose.twice", "en", re.compile(r"\b(the|a|an|is|of|to|and|in)\s+\1\b", re.IGNORECASE), "{0!r} stands twice"),
)  # fmt: skip
_PAIRS = (("（", "）"), ("“", "”"), ("《", "》"))
_STEM = """
stem:
  zh: 在反相放大电路中%s$R_1 = {{ R1 }}$，$R_f = {{ Rf }}$。
  en: In an inverting amplifier%s $R_1 = {{ R1 }}$ and $R_f = {{ Rf }}$.
"""
EXAMPLES = (
    Sample("prose.half-width", _STEM % (",其中", ","), _STEM % ("，其中", ",")),
    Sample("prose.full-width", _STEM % ("，其中", "，"), _STEM % ("，其中", ",")),
    Sample("prose.brackets", _STEM % ("（理想运放，其中", ","), _STEM % ("（理想运放），其中", ",")),
)


def check(scene: Scene) -> Iterator[Problem]:
    """The first fault of each kind in every text, as warnings."""
    for path, text in consistency.texts(scene.item):
        for code, lang, pattern, message in _RULES:
            body = _MATHS.sub("\u25a1", text.zh if lang == "zh" else text.en)
            found = pattern.search(body)
            if found is not None:
                yield scene.problem(
                    code, message.format(found.group().strip()), (*path, lang), severity="warning", proposal=PROPOSAL
                )
        for left, right in _PAIRS:
            if text.zh.count(left) != text.zh.count(right):
                yield scene.problem(
                    "prose.brackets",
                    f"{left} and {right} do not come in pairs",
                    (*path, "zh"),
                    severity="warning",
                    proposal=PROPOSAL,
                )
        if text.en.count("(") != text.en.count(")") and "$" not in text.en:
            yield scene.problem(
                "prose.brackets", "( and ) do not come in pairs", (*path, "en"), severity="warning", proposal=PROPOSAL
            )
