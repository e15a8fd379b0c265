"""What a note is called for a whole class: without any candidate's letters or values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qbank.answers._classwide import common, general
from qbank.answers.shape.marks import Spec
from qbank.model import Bilingual, Lang

NAMES: Mapping[str, Bilingual] = {
    "shape.right": Bilingual(zh="形状正确", en="the shape is right"),
    "shape.rank": Bilingual(zh="维数不对", en="another number of axes"),
    "shape.wrong": Bilingual(zh="形状不对", en="another shape"),
}


def note_name(spec: Spec, note: str, details: Mapping[str, Any], lang: Lang) -> str:  # noqa: ARG001
    """What went wrong, without the sizes: a mistake in the author's own words."""
    if (told := common(note, lang)) is not None:
        return told
    if note.startswith("shape.mistake."):
        return general(spec.mistakes[note.removeprefix("shape.mistake.")].text, lang)
    return NAMES[note][lang]
