"""What a note is called for a whole class: without any candidate's formula."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qbank.answers._classwide import common, general
from qbank.answers.formula.spec import Spec
from qbank.model import Bilingual, Lang

NAMES: Mapping[str, Bilingual] = {
    "formula.right": Bilingual(zh="正确", en="right"),
    "formula.accepted": Bilingual(zh="部分认可的公式", en="a formula that is accepted in part"),
    "formula.two-readings.waits": Bilingual(zh="有两种读法，待人工评阅", en="two readings; waits for a person"),
    "formula.undecided.waits": Bilingual(zh="无法比较，待人工评阅", en="could not be compared; waits for a person"),
    "formula.form": Bilingual(zh="与答案相等，写法不合要求", en="equal to the key, not written as asked"),
    "formula.sort": Bilingual(zh="式子与等式不分", en="an equation for a formula, or a formula for an equation"),
    "formula.sign": Bilingual(zh="只差一个负号", en="right but for the sign"),
    "formula.wrong": Bilingual(zh="公式不对", en="not the right formula"),
}
"""The name of every note but the item's own mistakes."""


def note_name(spec: Spec, note: str, details: Mapping[str, Any], lang: Lang) -> str:  # noqa: ARG001
    """What went wrong: a mistake in the author's own words."""
    if (told := common(note, lang)) is not None:
        return told
    if note.startswith("formula.mistake."):
        return general(spec.mistakes[note.removeprefix("formula.mistake.")].text, lang)
    return NAMES[note][lang]
