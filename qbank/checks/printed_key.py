"""The key as the answer book and the solution print it earns full marks on every variant, and so does each spelling."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from qbank import answers, marking, messages, variants
from qbank.checks import _shown
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.model import Name, Problem, flat

RATIONALE = "A candidate who writes exactly what the answer book prints must not lose marks by its rounding."
PROPOSAL = "widen the tolerance, or show fewer figures in the stem"
_SOLUTION = """
derive:
  A: {value: -Rf/R1, symbol: A_u%s}
parts:
  - id: gain
    ask: {zh: 求电压放大倍数 $A_u$。, en: Find the voltage gain $A_u$.}
    answer: {kind: number, key: A, tolerance: 0.001%%}
    witness: none
    because: the sample has no circuit
"""
EXAMPLES = (
    Sample(
        "printed_key.solution", _SOLUTION % "", _SOLUTION % ", shown: 4", "the four figures printed are too few"
    ),
)
LOOKED = 24
"""The variants whose every spelling is marked."""


def check(scene: Scene) -> Iterator[Problem]:
    """The first variant of each part on which its printed key, its value in the solution, or a spelling earns less."""
    faulty = set()
    for number, problem in _keys(scene):
        if number not in faulty:
            yield problem
        faulty.add(number)
    for number, part in enumerate(scene.item.parts):
        if not part.facts.waits and number not in faulty:
            yield from _solution(scene, number)
            yield from _spellings(scene, number)


def _keys(scene: Scene) -> Iterator[tuple[int, Problem]]:
    """The first variant of each part on which the key that the answer book of a language prints earns less."""
    marked_as: dict[str, list[str]] = {}
    for lang in scene.item.languages:
        printed = {part.id: scene.printed_keys(part, lang) for part in scene.item.parts}
        if printed == marked_as:
            return
        marked_as = printed
        marked = marking.mark(scene.item, scene.drawn, printed)
        for number, part in enumerate(scene.item.parts):
            short = np.flatnonzero(marked[part.id].credit < 1.0) if not part.facts.waits else np.zeros(0, dtype=int)
            if len(short):
                row = int(short[0])
                text, credit = printed[part.id][row], marked[part.id].credit[row]
                message = messages.tell("the printed key {key!r} earns {credit:g} of the marks",
                                        key=text, credit=credit)  # fmt: skip
                where = ("parts", number, "answer")
                yield number, scene.problem("printed_key", message, where, seat=row, proposal=PROPOSAL)


def _solution(scene: Scene, number: int) -> Iterator[Problem]:
    """The first variant on which the solution prints the key so that the same characters earn less."""
    part, drawn = scene.item.parts[number], scene.drawn
    if len(part.facts.keys) != 1 or part.facts.in_letters:  # the answer is no one value
        return
    shown = _shown.worked(scene.item) & {str(key.expression) for key in part.facts.keys}
    for name in sorted(shown & set(drawn.columns)):
        column, key = drawn.columns[name], drawn.keys[part.id].get(part.facts.column)
        if key is None or flat(column.values).shape != flat(key).shape:  # one end of two
            continue
        texts = [variants.show(scene.item, Name(name), drawn.columns, row, "zh").text for row in range(len(drawn))]
        responses = {each.id: texts if each.id == part.id else [""] * len(texts) for each in scene.item.parts}
        credit = marking.mark(scene.item, drawn, responses)[part.id].credit
        short = np.flatnonzero(credit < 1.0)
        if len(short):
            row = int(short[0])
            yield scene.problem(
                "printed_key.solution",
                messages.tell("the solution prints {name} as {text!r}, which earns {credit:g} of the marks",
                              name=name, text=texts[row], credit=credit[row]),
                ("derive" if name in scene.item.derive else "parameters", name), seat=row,
                proposal=messages.tell("give {name} more figures with shown:, its trailing zeros with zeros: yes, "
                                       "or another unit:", name=name),
            )  # fmt: skip


def _spellings(scene: Scene, number: int) -> Iterator[Problem]:
    part = scene.item.parts[number]
    kind = answers.kind_of(part.kind)
    drawn = scene.drawn
    rows, texts = [], []
    for row in range(min(LOOKED, len(drawn))):
        for text in kind.spellings(part.answer, drawn.keys[part.id], drawn.arrangements[part.id], row):
            rows.append(row)
            texts.append(text)
    if not rows:
        return
    responses = {each.id: texts if each.id == part.id else [""] * len(rows) for each in scene.item.parts}
    marked = marking.mark(scene.item, drawn, responses, np.array(rows))[part.id]
    for place in np.flatnonzero(marked.credit < 1.0)[:1]:
        yield scene.problem(
            "printed_key.spelling",
            messages.tell("the right answer written as {text!r} earns {credit:g} of the marks",
                          text=texts[place], credit=marked.credit[place]),
            ("parts", number, "answer"), seat=rows[place], looked=LOOKED, proposal=PROPOSAL,
        )  # fmt: skip
