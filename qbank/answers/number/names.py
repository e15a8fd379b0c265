"""What a note is called for a whole class: without any candidate's letters or values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qbank import units
from qbank.answers._classwide import common, general
from qbank.answers.number.spec import Spec
from qbank.model import Bilingual, Lang

NAMES: Mapping[str, Bilingual] = {
    "number.right": Bilingual(zh="正确", en="right"),
    "number.accepted": Bilingual(zh="部分认可的值", en="a value that is accepted in part"),
    "number.wrong": Bilingual(zh="数值不对", en="not the right value"),
    "number.rounded": Bilingual(zh="舍入有误", en="wrongly rounded"),
    "number.truncated": Bilingual(zh="末位是截去而不是四舍五入", en="cut off instead of rounded"),
    "number.power-of-ten": Bilingual(zh="差了十的幂", en="off by a power of ten"),
    "number.sign": Bilingual(zh="数值正确，符号错误", en="right size, wrong sign"),
    "number.figures": Bilingual(zh="写出的位数不合要求", en="not as many figures or decimals as asked for"),
    "unit.missing": Bilingual(zh="漏写单位", en="the unit is missing"),
    "unit.prefix": Bilingual(zh="单位的词头不对", en="the wrong unit prefix"),
    "unit.dimension": Bilingual(zh="单位的量纲不对", en="a unit of another kind"),
    "unit.unknown": Bilingual(zh="单位无法识别", en="the unit is not known"),
    "unit.converted": Bilingual(zh="应以 {unit} 为单位", en="the answer was to be in {unit}"),
}
"""The name of every note but the item's own mistakes."""


def note_name(spec: Spec, note: str, details: Mapping[str, Any], lang: Lang) -> str:  # noqa: ARG001
    """What went wrong, without the numbers: a mistake in the author's own words."""
    if (told := common(note, lang)) is not None:
        return told
    if note.startswith("number.mistake."):
        return general(spec.mistakes[note.removeprefix("number.mistake.")].text, lang)
    return NAMES[note][lang].format(unit=units.text(spec.unit))
