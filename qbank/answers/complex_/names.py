"""What a note is called for a whole class: without any variant's values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qbank.answers._classwide import common, general
from qbank.answers.complex_.spec import Spec
from qbank.model import Bilingual, Lang

NAMES: Mapping[str, Bilingual] = {
    "complex.right": Bilingual(zh="正确", en="right"),
    "complex.two-readings.waits": Bilingual(zh="角度有两种读法", en="degrees or radians"),
    "complex.conjugate": Bilingual(zh="虚部符号错误", en="the imaginary part has the wrong sign"),
    "complex.sign": Bilingual(zh="数值正确，符号错误", en="right size, wrong sign"),
    "complex.part": Bilingual(zh="实部、虚部只对一个", en="one part of the two is right"),
    "complex.wrong": Bilingual(zh="复数不对", en="not the right number"),
    "unit.missing": Bilingual(zh="漏写单位", en="the unit is missing"),
    "unit.dimension": Bilingual(zh="单位的量纲不对", en="a unit of another kind"),
}
"""The name of every note but the item's own mistakes."""


def note_name(spec: Spec, note: str, details: Mapping[str, Any], lang: Lang) -> str:  # noqa: ARG001
    """What went wrong: a mistake in the author's own words."""
    if (told := common(note, lang)) is not None:
        return told
    if note.startswith("complex.mistake."):
        return general(spec.mistakes[note.removeprefix("complex.mistake.")].text, lang)
    return NAMES[note][lang]
