"""No two options of a choice have the same text, figure or value, read as a candidate reads what is printed.

Whether their *values* are alike is decided where variants are drawn, on every one of them; here the texts are read that
come out, so that what no comparison of values foresees is found as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from qbank import markup, messages, variants
from qbank.checks._quantities import quantities
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.model import Content, Drawing, Lang, Problem, duplicates
from qbank.outputs.text import body as said_in
from qbank.waist import Choice, Pairing

RATIONALE = "Two equal options cannot both be wrong, and cannot both be right."
PROPOSAL = "use require: so that the values differ, or change an option"
LOOKED = 100
"""The variants whose options are read."""
NEAR = 1.0
"""Points within which two drawings cannot be told apart."""
_CHOICE = """
parameters:
  R1: {series: E24, from: 1k, to: 10k, unit: Ω, symbol: R_1}
  Rf: {series: E24, from: 20k, to: 200k, unit: Ω, symbol: R_f}
  n: {integers: [1, 9]}
parts:
  - id: pick
    ask: {zh: 把数字写成, en: The digits are written}
    answer:
      kind: choice
      options:
        first: {right: yes, zh: "1{{ n }}", en: "1{{ n }}"}
        second: {zh: "{{ n }}%s", en: "{{ n }}%s"}
    witness: none
"""
_DRAWN = """
figures:
  a: {plot: sine}
  b: {plot: %s, %s}
  c: {plot: square}
parts:
  - id: pick
    ask: {zh: 哪一个是输出波形？, en: Which is the output?}
    answer:
      kind: choice
      options:
        first: {right: yes, figure: a}
        second: {figure: b}
        third: {figure: c}
    witness: none
"""
_OTHER = """
figures:
  a: {graph: [{curve: x}], x: {name: x, from: 0, to: 1}}
  b: {graph: [{curve: %s}], x: {name: x, from: 0, to: 1}, alt: {%s}}
parts:
  - id: pick
    ask: {zh: 哪一条曲线是直线？, en: Which curve is straight?}
    answer:
      kind: choice
      options:
        first: {right: yes, figure: a}
        second: {figure: b}
    witness: none
"""
EXAMPLES = (
    Sample("options.equal", _CHOICE % ("1", "1"), _CHOICE % ("0", "0"), "both are 11 where n is 1"),
    Sample("options.drawn", _DRAWN % ("sine", "symbols: {u_o: u_o}"), _DRAWN % ("crossover", "symbols: {u_o: u_o}")),
    Sample("options.drawn", _OTHER % ("1.001*x", "zh: 曲线, en: a curve"), _OTHER % ("x**2", "zh: 曲线, en: a curve"),
           "less than a point apart"),
    Sample("options.described", _DRAWN % ("sine", "symbols: {u_o: u_i}"), _DRAWN % ("crossover", "symbols: {u_o: u_i}"),
           "a screen reader reads the same for both"),
)  # fmt: skip


def check(scene: Scene) -> Iterator[Problem]:
    """The first variant on which two options are the same text, and the first on which they are the same number."""
    if not any(part.facts.entries and not part.facts.statements for part in scene.item.parts):
        return
    looked = min(LOOKED if scene.varies else 1, len(scene.drawn))
    for lang in scene.item.languages:
        for row in range(looked):
            for number, part in enumerate(scene.question(row, lang).parts):
                match part.interaction:
                    case Choice(options):
                        lists = [options]
                    case Pairing(left, right):
                        lists = [left, right]
                    case _:
                        continue
                for bodies in lists:
                    texts = [markup.plain(body) for body in bodies]
                    for code, message in (*_alike(texts), *_drawn_alike(bodies, lang)):
                        yield scene.problem(code, message, ("parts", number, "answer"), seat=row, looked=looked,
                                            proposal=PROPOSAL)
                        return


def _drawn_alike(bodies: Sequence[Content], lang: Lang) -> Iterator[tuple[str, str]]:
    """Options whose figures look the same, and those that a screen reader cannot tell apart."""
    drawn = [(said_in(body, lang), [block for block in body if isinstance(block, Drawing)]) for body in bodies]
    for (said, figures), (other, others) in combinations([each for each in drawn if each[1]], 2):
        if len(figures) == len(others) and all(map(_look_alike, figures, others)):
            yield "options.drawn", messages.tell("two options show the same figure: {text}", text=said)
        elif said == other:
            yield "options.described", messages.tell("two figures have the same description: {text}", text=said)


def _look_alike(one: Drawing, other: Drawing) -> bool:
    """Whether two drawings have the same shapes and labels, each within a point of the other's."""
    shapes = [re.split(r"(-?\d+(?:\.\d+)?)", drawing.svg) for drawing in (one, other)]
    if len(shapes[0]) != len(shapes[1]) or shapes[0][::2] != shapes[1][::2]:
        return False
    if [label.inlines for label in one.labels] != [label.inlines for label in other.labels]:
        return False
    first, second = (np.array(shape[1::2], dtype=np.float64) for shape in shapes)
    return bool(np.all(np.abs(first - second) <= NEAR))


def _alike(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    for text, count in duplicates(filter(None, texts)).items():
        yield "options.equal", messages.tell("{count} options have the text {text!r}", count=count, text=text)
    read = quantities(texts)
    for second, text in enumerate(texts):
        for first, shown in enumerate(texts[:second]):
            one, other = read[first], read[second]
            if one is None or other is None or one[1] != other[1] or text == shown:
                continue
            if abs(one[0] - other[0]) <= variants.CLOSE * max(abs(one[0]), abs(other[0])):
                message = messages.tell("the options {first!r} and {second!r} are the same number",
                                        first=shown, second=text)  # fmt: skip
                yield "options.close", message
