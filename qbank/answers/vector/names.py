"""What a note is called for a whole class: without any candidate's letters or values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qbank.answers._classwide import common, general
from qbank.answers.vector.spec import Spec
from qbank.model import Bilingual, Lang

NAMES: Mapping[str, Bilingual] = {
    "vector.right": Bilingual(zh="各分量正确", en="every component is right"),
    "vector.shape": Bilingual(zh="形状不符", en="the shape is not right"),
    "vector.component": Bilingual(zh="部分分量不对", en="some components are wrong"),
    "vector.sign": Bilingual(zh="大小正确，符号相反", en="right size, wrong sign"),
    "vector.wrong": Bilingual(zh="分量都不对", en="no component is right"),
    "unit.missing": Bilingual(zh="漏写单位", en="the unit is missing"),
    "unit.unknown": Bilingual(zh="单位无法识别", en="the unit is not known"),
    "unit.dimension": Bilingual(zh="单位的量纲不对", en="a unit of another kind"),
}


def note_name(spec: Spec, note: str, details: Mapping[str, Any], lang: Lang) -> str:  # noqa: ARG001
    """What went wrong, without the components: a mistake in the author's own words."""
    if (told := common(note, lang)) is not None:
        return told
    if note.startswith("vector.mistake."):
        return general(spec.mistakes[note.removeprefix("vector.mistake.")].text, lang)
    return NAMES[note][lang]
