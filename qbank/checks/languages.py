"""Both languages ask the same question: with the same numbers, names, blanks and figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from qbank import markup, messages
from qbank.bank import prose, words
from qbank.checks import _shown
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.model import LANGS, Bilingual, Problem, Rich

RATIONALE = "Each candidate reads one language; a number that differs between them makes two different questions."
PROPOSAL = "make the two texts agree"
_STEM = """
stem:
  zh: 反相放大电路中 $R_1 = {{ R1 }}$，$R_f = {{ Rf }}$，电源电压为 15 V。
  en: In an inverting amplifier, $R_1 = {{ R1 }}$ and $R_f = {{ %s }}$; the supply is %s V.
"""
_LABELS = """
parameters:
  R1: {series: E24, from: 1k, to: 10k, unit: Ω, symbol: R_1}
  Rf: {series: E24, from: 20k, to: 200k, unit: Ω, symbol: R_f}
  case: {labels: %s}
stem:
  zh: 反相放大电路中 $R_1 = {{ R1 }}$，$R_f = {{ Rf }}$，温度{{ case }}。
  en: In an inverting amplifier, $R_1 = {{ R1 }}$ and $R_f = {{ Rf }}$; the temperature {{ case }}.
"""
EXAMPLES = (
    Sample("languages.numbers", _STEM % ("Rf", "12"), _STEM % ("Rf", "15")),
    Sample("languages.names", _STEM % ("R1", "15"), _STEM % ("Rf", "15")),
    Sample("languages.labels", _LABELS % "[上升, 下降]",
           _LABELS % "{rise: {zh: 上升, en: rises}, fall: {zh: 下降, en: falls}}", "the English paper would have 上升"),
)
_DIGITS = re.compile(r"(?<![A-Za-z_\d.])\d+(?:[.,]\d+)*(?:[eE][+-]?\d+)?")
_HAN = re.compile("[\u4e00-\u9fff]")
_IN_WORDS = {
    "1": ("one", "single", "first", "once", "a"), "2": ("two", "both", "second", "twice", "half", "halves", "pair"),
    "3": ("three", "third", "thrice"), "4": ("four", "fourth", "quarter"), "5": ("five", "fifth"),
    "6": ("six", "sixth"), "7": ("seven", "seventh"), "8": ("eight", "eighth"), "9": ("nine", "ninth"),
    "10": ("ten", "tenth", "tenfold"), "12": ("twelve",), "100": ("hundred",), "1000": ("thousand",),
}  # fmt: skip
_IN_CHINESE = {
    "1": "一单首", "2": "二两双半", "3": "三", "4": "四", "5": "五", "6": "六", "7": "七", "8": "八", "9": "九",
    "10": "十", "12": "十", "100": "百", "1000": "千", "0": "零",
}  # fmt: skip


def check(scene: Scene) -> Iterator[Problem]:
    """The first difference of every text."""
    for path, text in prose.texts(scene.item):
        if not _on_paper(scene, path, text):
            continue  # the explanation of a mistake may be translated more freely
        found = _difference(text) if text.langs == LANGS else None
        if found is not None:
            code, message = found
            yield scene.problem(code, message, path, proposal=PROPOSAL)
        for name in sorted(_wordless(scene, text)):
            message = messages.tell("the English text prints the Chinese label of {name}", name=name)
            yield scene.problem("languages.labels", message, path, severity="warning", proposal=messages.tell(
                "give each label a text in both languages: labels: {{rise: {{zh: 上升, en: rises}}, …}}"
            ))  # fmt: skip


def _on_paper(scene: Scene, path: tuple[str | int, ...], text: Bilingual) -> bool:
    return path[0] == "solution" or any(text == each for each in _shown.asked(scene.item))


def _difference(text: Bilingual) -> tuple[str, str] | None:
    zh, en = markup.read(text.zh), markup.read(text.en)
    for what, first, second in (
        ("names", _printed(zh), _printed(en)),
        ("blanks", frozenset(markup.blanks(zh)), frozenset(markup.blanks(en))),
    ):
        if first != second:
            return f"languages.{what}", _alone(sorted(first ^ second))
    if markup.figures(zh) != markup.figures(en):
        return "languages.figures", messages.tell("the two languages show other figures, or in another order")
    missing = _numbers(text)
    if missing:
        return "languages.numbers", _alone(missing)
    return None


def _alone(odd: list[str]) -> str:
    """The sentence for what only one of the texts has."""
    return messages.tell("only one of the two languages has {names}", names=messages.listed(odd))


def _wordless(scene: Scene, text: Bilingual) -> frozenset[str]:
    """The names that print Chinese labels without a text in the English text."""
    found = set()
    for name in markup.names(markup.read(text.en)):
        labels = scene.drawn.columns[name].labels
        texts = words.of(scene.item, name) if labels else {}
        if any(label not in texts and _HAN.search(label) for label in labels):
            found.add(name)
    return frozenset(found)


def _printed(rich: Rich) -> frozenset[str]:
    """What a text prints: names, entries of vectors, vectors laid out."""
    return frozenset(name.key for name in markup.opened(rich))


def _numbers(text: Bilingual) -> list[str]:
    """The numbers that one language has more often, where the other does not have them in words."""
    zh, en = (Counter(_DIGITS.findall(_bare(each))) for each in (text.zh, text.en))
    said = set(re.findall(r"[a-z]+", text.en.casefold()))
    only_zh = [number for number in zh - en if number not in en and not said & set(_IN_WORDS.get(number, ()))]
    only_en = [number for number in en - zh if number not in zh and not set(_IN_CHINESE.get(number, "")) & set(text.zh)]
    return sorted(only_zh + only_en)


def _bare(text: str) -> str:
    """The text without its names and without TeX commands; thousands and decimals are kept."""
    return re.sub(r"\{\{.*?\}\}|\[\[.*?\]\]|\\[A-Za-z]+", " ", text)
