"""What a candidate receives contains no key: not in its text, its source or its metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from qbank import answers, messages
from qbank.checks import _shown
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.model import Lang, Problem, Refused
from qbank.waist import TextEntry

RATIONALE = (
    "One candidate who opens the source of a page, or reads the key in the stem, can give it to the whole class."
)
PROPOSAL = "remove the key from the stem and the figure; the name of an option must not be printed"
CLOSE = 1e-4
"""Two columns that agree to this share are one value, however each is rounded."""
_STEM = """
stem:
  zh: 反相放大电路中 $R_1 = {{ R1 }}$，$R_f = {{ Rf }}$%s。
  en: In an inverting amplifier, $R_1 = {{ R1 }}$ and $R_f = {{ Rf }}$%s.
derive:
  A: {value: -Rf/R1, shown: 3, symbol: A_u}
"""
_OTHER = "  B: {value: -Rf/R1, shown: 6, symbol: B}\n"
LOOKED = 1
"""The variants whose sheet is searched for the names of what is secret; values are compared on all."""
EXAMPLES = (
    Sample("leaks.stem", _STEM % ("，$A_u = {{ A }}$", ", $A_u = {{ A }}$"), _STEM % ("", "")),
    Sample("leaks.key", _STEM.replace("shown: 3", "shown: 6") % ("，$B = {{ B }}$", ", $B = {{ B }}$") + _OTHER,
           _STEM % ("", ""), "the key under another name"),
)


def check(scene: Scene) -> Iterator[Problem]:
    """Keys that the question shows, and names of the author's in a sheet."""
    shown = _shown.printed(scene.item) & set(scene.item.derive)
    for number, part in enumerate(scene.item.parts):
        for expression in _shown.keys(part):
            if expression.text.strip() in shown and isinstance(
                answers.kind_of(part.kind).interaction(part.answer, scene.drawn.arrangements[part.id], 0, "zh"),
                TextEntry,
            ):
                yield scene.problem(
                    "leaks.stem",
                    _shows(expression.text, part.id),
                    ("parts", number, "answer", "key"),
                    proposal=PROPOSAL,
                )
    yield from _told(scene)
    for lang in scene.item.languages:
        yield from _sheet(scene, lang)


def _shows(name: str, part: str) -> str:
    return messages.tell("the question shows {name}, which is the key of part {part!r}", name=name, part=part)


def _told(scene: Scene) -> Iterator[Problem]:
    """Derived values that appear in the question and are the key of a part on every variant.

    A parameter may be a key: an output resistance is a given resistor, and what is asked is which. Digits in another
    base are no such value: to convert them is the question.
    """
    decimal = {name for name, rule in scene.item.derive.items() if rule.value.base == 10}
    shown = _shown.printed(scene.item) & decimal
    for number, part in enumerate(scene.item.parts):
        facts = part.facts
        key = scene.drawn.keys[part.id][facts.column] if facts.column and facts.band else None
        own = {expression.text.strip() for expression in _shown.keys(part)}
        for name in sorted(shown - own):
            values = scene.drawn.columns[name].values
            if (
                key is not None and key.ndim == 1 and scene.varies and values.shape == key.shape
                and np.isclose(values, key, rtol=CLOSE, atol=0).all() and len(np.unique(key)) > 1
            ):  # fmt: skip
                yield scene.problem("leaks.key", _shows(name, part.id),
                                    ("parts", number, "answer", "key"), proposal=PROPOSAL)  # fmt: skip


def _sheet(scene: Scene, lang: Lang) -> Iterator[Problem]:
    """The item's id and the names of options in what is handed out."""
    from qbank.outputs import html, pdf

    secret = {scene.item.id} if "." in scene.item.id else set()
    own = " ".join(f"{text.zh} {text.en}" for text in _shown.asked(scene.item))
    for part in scene.item.parts:
        names = (option.name for option in part.facts.options)
        secret |= {name for name in names if len(name) > 3 and name.casefold() not in own.casefold()}
    sheet = scene.book(0, lang).sheet
    try:
        first = lang == scene.item.languages[0]  # one template prints both
        text, about = pdf.said(pdf.sheet(sheet)) if first else ("", "")
    except Refused as refused:
        for each in refused.problems:
            message = messages.tell("{output} ({lang}): {problem}", output="pdf", lang=lang, problem=each.message)
            yield scene.problem("outputs.pdf", message)
        return
    source = re.sub(r"data:[^\"']+", "", html.source(sheet))
    for where, body in (("text", text), ("metadata", about), ("source", source)):
        for name in sorted(secret):
            if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", body) and not _of_page(name, scene, lang):
                yield scene.problem("leaks.name", _named(name, where, lang), seat=0, proposal=PROPOSAL)
                return


def _named(name: str, where: str, lang: Lang) -> str:
    """The sentence for a secret name in a text, the metadata or the source of what is handed out."""
    match where:
        case "text":
            return messages.tell("{name!r} appears in the text of the PDF ({lang})", name=name, lang=lang)
        case "metadata":
            return messages.tell("{name!r} appears in the metadata of the PDF ({lang})", name=name, lang=lang)
        case _:
            return messages.tell("{name!r} appears in the source of the web page ({lang})", name=name, lang=lang)


def _of_page(name: str, scene: Scene, lang: Lang) -> bool:
    """Whether the word is one of the page's own, on a sheet that asks nothing."""
    from qbank.outputs import html
    from qbank.sheets import Sheet

    sheet = scene.book(0, lang).sheet
    empty = Sheet(lang, sheet.title, "", "", sheet.minutes, sheet.marks, sheet.form, None, (), ())
    return name in html.source(empty)
