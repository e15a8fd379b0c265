"""Only knowledge of the subject finds the key of a choice: not its place, length or size, nor the other options."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from qbank import markup, messages
from qbank.bank import Bank
from qbank.checks._quantities import quantities
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.model import Problem
from qbank.waist import Choice

RATIONALE = "Candidates who know the habits of authors pick the longest, the middle or the most frequent option."
PROPOSAL = "let the options be shuffled, make them alike in length and kind, and vary which of them is the key"
LOOKED = 60
"""The variants whose options are read."""
LONGER = 1.75
"""A key this many times longer than every other option, in both languages, gives itself away."""
ALWAYS = 0.95
_ALL = re.compile(
    r"以上(都|均|全|皆|各项)[^不非]{0,4}[对是确]|(all|both) of the (above|these)|A\s*(和|与|and)\s*B", re.IGNORECASE
)

_CHOICE = """
parts:
  - id: pick
    ask: {zh: 电压放大倍数约为, en: The voltage gain is about}
    answer:
      kind: choice
      options:
%s
solution: {zh: 略。, en: Omitted.}
"""
_FOUR = """\
        key: {right: yes, zh: "$%s$", en: "$%s$"}
        one: {zh: $-R_1/R_f$, en: $-R_1/R_f$}
        two: {zh: $1 + R_f/R_1$, en: $1 + R_f/R_1$}
        three: {zh: $R_f/R_1$, en: $R_f/R_1$}"""
_SHORT = "-R_f/R_1"
_LONG = "-R_f/R_1, R_f = {{ Rf }}, R_1 = {{ R1 }}, R_i = {{ R1 }}"
EXAMPLES = (
    Sample("guessing.all", _CHOICE % (_FOUR % (_SHORT, _SHORT) + "\n        all: {zh: 以上都对, en: all of the above}"),
           _CHOICE % (_FOUR % (_SHORT, _SHORT))),
    Sample("guessing.longest", _CHOICE % (_FOUR % (_LONG, _LONG)), _CHOICE % (_FOUR % (_SHORT, _SHORT))),
)  # fmt: skip


def check(scene: Scene) -> Iterator[Problem]:
    """What gives the key of each choice away."""
    for number, part in enumerate(scene.item.parts):
        facts, drawn = part.facts, scene.drawn
        if not facts.options:
            continue
        path = ("parts", number, "answer")
        own: NDArray[np.bool_] = drawn.keys[part.id][facts.column]
        order = drawn.arrangements[part.id]["order"].astype(np.intp)
        right: NDArray[np.bool_] = np.take_along_axis(own, order, axis=1)
        for option in facts.options:
            if _ALL.search(option.text.zh) or _ALL.search(option.text.en):
                yield scene.problem(
                    "guessing.all",
                    messages.tell("the option {option!r} can be seen to be right from two others", option=option.name),
                    (*path, "options", option.name),
                    severity="warning",
                    proposal=messages.tell("write out what it means, or allow several options with several: yes"),
                )
        if facts.several:
            continue
        count = order.shape[1]
        place = right.mean(axis=0)
        if facts.shuffled and place.max() > 0.5 + 0.5 / count and len(drawn) >= 100:
            letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[int(place.argmax())]
            yield scene.problem(
                "guessing.position",
                messages.tell("the key is {letter} on {share:.0%} of the variants", letter=letter, share=place.max()),
                path,
                severity="warning",
                proposal=PROPOSAL,
            )
        often = own.mean(axis=0)
        depends = any(not isinstance(option.right, bool) for option in facts.options)
        if depends and often.max() > ALWAYS:
            name = facts.options[int(often.argmax())].name
            yield scene.problem(
                "guessing.always",
                messages.tell("the option {option!r} is right on {share:.0%} of the variants",
                              option=name, share=often.max()),
                path,
                severity="warning",
                proposal=messages.tell("draw the cases about equally often"),
            )
        yield from _looks(scene, number, right, path)


def check_bank(source: Bank) -> Iterator[Problem]:
    """Whether the statements to judge are true about as often as not."""
    true: list[float] = []
    for item in source.items.values():
        for part in item.parts:
            rights = [statement.right for statement in part.facts.statements]
            certain = [right for right in rights if isinstance(right, bool)]
            if certain and len(certain) == len(rights):
                true.append(sum(certain) / len(certain))
    if len(true) >= 12 and not 0.35 <= np.mean(true) <= 0.65:
        yield Problem(
            "guessing.balance",
            messages.tell("{share:.0%} of the {count} statements to judge are true",
                          share=np.mean(true), count=len(true)),
            proposal=messages.tell("write counterparts: the same matter stated the other way round"),
            severity="warning",
        )


def _looks(scene: Scene, number: int, right: NDArray[np.bool_], path: tuple[str | int, ...]) -> Iterator[Problem]:
    """The key is the longest option, or always the largest, smallest or middle number."""
    langs = scene.item.languages
    longest = dict.fromkeys(langs, True)
    ranks: list[int] = []
    sets: set[tuple[float, ...]] = set()
    count = right.shape[1]
    looked = min(LOOKED if scene.varies else 1, len(scene.drawn))
    for row in range(looked):
        key = int(np.argmax(right[row]))
        for lang in langs:
            asked = scene.question(row, lang).parts[number].interaction
            assert isinstance(asked, Choice)
            texts = [markup.plain(option) for option in asked.options]
            widths = [sum(2 if sign > "\u2e00" else 1 for sign in text) for text in texts]
            others = max(width for place, width in enumerate(widths) if place != key)
            longest[lang] &= widths[key] >= LONGER * others and widths[key] >= 12
            if lang == langs[-1]:
                values = [each[0] for each in quantities(texts) if each is not None]
                if len(set(values)) == count:
                    ranks.append(sum(value < values[key] for value in values))
                    sets.add(tuple(sorted(values)))
    if all(longest.values()):
        yield scene.problem(
            "guessing.longest",
            messages.tell("the key is by far the longest option in both languages") if len(langs) > 1
            else messages.tell("the key is by far the longest option"),
            path,
            looked=looked,
            severity="warning",
            proposal=PROPOSAL,
        )
    if len(sets) >= 12 and count >= 3 and len(set(ranks)) == 1:
        if ranks[0] == 0:
            message = messages.tell("the key is the smallest number on all {count} variants", count=len(ranks))
        elif ranks[0] == count - 1:
            message = messages.tell("the key is the largest number on all {count} variants", count=len(ranks))
        elif ranks[0] == (count - 1) / 2:
            message = messages.tell("the key is the middle number on all {count} variants", count=len(ranks))
        else:
            return
        yield scene.problem("guessing.extreme", message, path, severity="warning", proposal=PROPOSAL)
