"""No two options of a choice read the same, or mean the same number, on any variant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qbank import markup
from qbank.checks._quantities import quantities
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.model import LANGS, Problem, duplicates
from qbank.waist import Choice, Pairing

RATIONALE = "Two equal options cannot both be wrong, and cannot both be right."
PROPOSAL = "require: that the values differ, or change an option"
LOOKED = 100
"""The variants whose options are read."""
CLOSE = 1e-3
"""Two numbers that differ by less than this share are one number to a candidate who computes."""
_CHOICE = """
parts:
  - id: pick
    ask: {zh: 输入电阻为, en: The input resistance is}
    answer:
      kind: choice
      options:
        first: {right: yes, zh: "{{ R1 }}", en: "{{ R1 }}"}
        second: {zh: %s, en: %s}
        third: {zh: 0 Ω, en: 0 Ω}
    witness: none
"""
EXAMPLES = (
    Sample("options.equal", _CHOICE % ('"{{ R1 }}"', '"{{ R1 }}"'), _CHOICE % ('"{{ Rf }}"', '"{{ Rf }}"')),
    Sample("options.close", _CHOICE % ("0.0 kΩ", "0.0 kΩ"), _CHOICE % ('"{{ Rf }}"', '"{{ Rf }}"'), "0 Ω is 0 kΩ"),
)


def check(scene: Scene) -> Iterator[Problem]:
    """The first variant on which two options are the same text, and the first on which they are the same number."""
    if not any(part.facts.entries and not part.facts.statements for part in scene.item.parts):
        return
    for lang in LANGS:
        for row in range(min(LOOKED if scene.varies else 1, len(scene.drawn))):
            for number, part in enumerate(scene.question(row, lang).parts):
                match part.interaction:
                    case Choice(options):
                        lists = [options]
                    case Pairing(left, right):
                        lists = [left, right]
                    case _:
                        continue
                for bodies in lists:
                    for code, message in _alike([markup.plain(body) for body in bodies]):
                        yield scene.problem(code, message, ("parts", number, "answer"), seat=row, proposal=PROPOSAL)
                        return


def _alike(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    for text, count in duplicates(texts).items():
        yield "options.equal", f"{count} options read {text!r}"
    read = quantities(texts)
    for second, text in enumerate(texts):
        for first, shown in enumerate(texts[:second]):
            one, other = read[first], read[second]
            if one is None or other is None or one[1] != other[1] or text == shown:
                continue
            if abs(one[0] - other[0]) <= CLOSE * max(abs(one[0]), abs(other[0])):
                yield "options.close", f"the options {shown!r} and {text!r} are the same number"
