"""What a note is called for a whole class: without any candidate's letters or values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qbank.answers._classwide import common, general
from qbank.answers.text.spec import Spec
from qbank.model import Bilingual, Lang

NAMES: Mapping[str, Bilingual] = {
    "text.right": Bilingual(zh="正确", en="right"),
    "text.partial": Bilingual(zh="只答对一部分", en="partly right"),
    "text.near.waits": Bilingual(zh="含有答案，另有内容，待评阅", en="holds the answer and more; waits"),
    "text.spelling": Bilingual(zh="与答案差一个字", en="one letter away from the answer"),
    "text.wrong": Bilingual(zh="填错", en="other words"),
}


def note_name(spec: Spec, note: str, details: Mapping[str, Any], lang: Lang) -> str:  # noqa: ARG001
    """What went wrong, whichever word was asked for: a mistake in the author's own words."""
    if (told := common(note, lang)) is not None:
        return told
    if note.startswith("text.mistake."):
        return general(spec.mistakes[note.removeprefix("text.mistake.")].text, lang)
    return NAMES[note][lang]
