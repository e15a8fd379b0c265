"""What the notes of a unit say."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qbank.answers._notes import MISTAKE, note
from qbank.answers._two_readings import WAITING
from qbank.answers.unit.spec import Spec, printed
from qbank.model import Lang

TABLE = {
    "unit.right": note("单位正确", "the unit is right"),
    "unit.mistake": MISTAKE,
    "unit.prefix": note("词头不对", "a wrong prefix", "量纲正确，词头或大小不对，应为 {expected}",
                        "the right dimension in another size; expected {expected}"),
    "unit.akin": note("量纲相同，却是另一个量的单位", "the unit of another quantity of this dimension",
                      "量纲相同，却是另一个量的单位，应为 {expected}",
                      "the same dimension, but the unit of another quantity; expected {expected}"),
    "unit.case": note("单位的大小写不对", "a letter in the wrong case", "大小写不对，应为 {expected}",
                      "a letter is in the wrong case; expected {expected}"),
    "unit.form": note("没有用所要求的单位表示", "not in the units that were asked for",
                      "单位正确，但应只用 {only} 表示，即 {expected}",
                      "right, but not in {only} alone; expected {expected}"),
    "unit.dimension": note("单位的量纲不对", "a unit of another dimension",
                           "单位的量纲不对，应为 {expected}", "a unit of another dimension; expected {expected}"),
    "unit.gloss.waits": WAITING["unit.gloss.waits"],
    "unit.customary.waits": WAITING["unit.customary.waits"],
    "two-readings.waits": note("有两种读法", "two readings", "有两种读法，其一正确，待人工评阅",
                               "two readings, one of them right; waits for a person"),
}  # fmt: skip


def fills(spec: Spec, code: str, details: Mapping[str, Any], lang: Lang) -> Mapping[str, str]:
    """The key, and the units that are asked for alone."""
    between = "、" if lang == "zh" else ", "
    return {"expected": printed(spec.key), "only": between.join(map(printed, spec.only))}
