"""Answers with two usual readings, and answers of which a part is not understood: why a person decides on them.

The usual reading marks. Where it is not right and a second one would be, the answer waits, with both shown. The kinds
of second readings are those of docs/en/grading.md and no others: a wrong answer must not wait by luck.
"""

from __future__ import annotations

from collections.abc import Mapping

from qbank.answers._notes import Note, note
from qbank.answers._quantities import Because
from qbank.model import Bilingual

BECAUSE: Mapping[Because, Bilingual] = {
    "thousands": Bilingual(zh="逗号或点可作千位分隔", en="a comma or point may set off thousands"),
    "extent": Bilingual(zh="指数、根号或函数可止于前一项，函数的角可为度",
                        en="an exponent, a root or an argument may go on, or its angle be in degrees"),
    "percent": Bilingual(zh="可指比值或百分数", en="it may be a ratio or a percentage"),
    "angle": Bilingual(zh="可指度或弧度", en="it may be in degrees or in radians"),
    "prefix": Bilingual(zh="字母可作词头或单位", en="a letter may be a prefix or a unit"),
    "case": Bilingual(zh="大小写可能写错（如 M 与 m、S 与 s）",
                      en="a letter may be in the wrong case, as M for m or S for s"),
    "degree": Bilingual(zh="°C 可能漏写了 ° 或 C", en="the ° or the C of °C may be missing"),
    "difference": Bilingual(zh="°C 可指温差", en="°C may be a difference"),
    "horsepower": Bilingual(zh="马力有两种", en="there are two horsepowers"),
    "together": Bilingual(zh="连写的单位可作一个未知的词", en="the letters may be symbols written together or a word"),
    "divisor": Bilingual(zh="斜线后的单位可能都在分母中", en="all units after the stroke may be below it"),
}  # fmt: skip
"""Why there is a second reading."""

WAITING: Mapping[str, Note] = {
    "two-readings.waits": note(
        "有两种读法", "two readings", "有两种读法：{given} 或 {second}（{because}），待人工评阅",
        "two readings: {given} or {second} ({because}); waits for a person",
    ),
    "unit.unknown.waits": note(
        "单位无法识别", "the unit is not known", "单位无法识别，待人工评阅",
        "the unit is not known; waits for a person",
    ),
    "unit.gloss.waits": note(
        "单位旁另有文字", "more text beside the unit", "单位旁另有文字，待人工评阅",
        "there is more text beside the unit; waits for a person",
    ),
    "unit.customary.waits": note(
        "题目未开放的单位", "a unit that the question does not allow", "本题未说明可用英制等单位，待人工评阅",
        "the question does not say that this unit may be used; waits for a person",
    ),
}  # fmt: skip
"""The notes of answers that wait."""

WAITING_WHOLE: Mapping[str, Note] = {
    **WAITING, "two-readings.waits": note("有两种读法", "two readings", "有两种读法，其一正确，待人工评阅",
                                          "two readings, one of them right; waits for a person"),
}  # fmt: skip
"""The same for answers of several values."""
