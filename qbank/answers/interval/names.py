"""What a note is called for a whole class: without any variant's values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qbank.answers._classwide import common, general
from qbank.answers.interval.spec import Spec
from qbank.model import Bilingual, Lang

NAMES: Mapping[str, Bilingual] = {
    "interval.right": Bilingual(zh="正确", en="right"),
    "interval.brackets": Bilingual(zh="端点正确，开闭不对", en="right ends, wrong brackets"),
    "interval.low": Bilingual(zh="左端点不对", en="the left end is not right"),
    "interval.high": Bilingual(zh="右端点不对", en="the right end is not right"),
    "interval.wrong": Bilingual(zh="区间不对", en="not the right interval"),
    "unit.missing": Bilingual(zh="漏写单位", en="the unit is missing"),
    "unit.unknown": Bilingual(zh="单位无法识别", en="the unit is not known"),
    "unit.dimension": Bilingual(zh="单位的量纲不对", en="a unit of another kind"),
}
"""The name of every note but the item's own mistakes."""


def note_name(spec: Spec, note: str, details: Mapping[str, Any], lang: Lang) -> str:  # noqa: ARG001
    """What went wrong: a mistake in the author's own words."""
    if (told := common(note, lang)) is not None:
        return told
    if note.startswith("interval.mistake."):
        return general(spec.mistakes[note.removeprefix("interval.mistake.")].text, lang)
    return NAMES[note][lang]
