"""No two options of a choice read the same, or mean the same number: what is printed, read as a candidate reads it.

Whether their *values* are alike is decided where variants are drawn, on every one of them; here the texts are read that
come out, so that what no comparison of values foresees is found as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qbank import markup, variants
from qbank.checks._quantities import quantities
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.model import Problem, duplicates
from qbank.waist import Choice, Pairing

RATIONALE = "Two equal options cannot both be wrong, and cannot both be right."
PROPOSAL = "require: that the values differ, or change an option"
LOOKED = 100
"""The variants whose options are read."""
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
EXAMPLES = (Sample("options.equal", _CHOICE % ("1", "1"), _CHOICE % ("0", "0"), "both read 11 where n is 1"),)


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
                    for code, message in _alike([markup.plain(body) for body in bodies]):
                        yield scene.problem(code, message, ("parts", number, "answer"), seat=row, looked=looked,
                                            proposal=PROPOSAL)
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
            if abs(one[0] - other[0]) <= variants.CLOSE * max(abs(one[0]), abs(other[0])):
                yield "options.close", f"the options {shown!r} and {text!r} are the same number"
