"""What the notes of an interval say."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qbank import units
from qbank.answers import _notes
from qbank.answers._notes import MISTAKE, UNITS, note
from qbank.answers._two_readings import WAITING_WHOLE
from qbank.answers.interval import printing
from qbank.answers.interval.spec import Spec
from qbank.model import Lang

TABLE = {
    **UNITS,
    **WAITING_WHOLE,
    "interval.right": note("区间正确", "the interval is right"),
    "interval.brackets": note("端点正确，开闭不对", "right ends, wrong brackets",
                              "端点正确，括号不对，应为 {expected}", "right ends, wrong brackets; expected {expected}"),
    "interval.low": note("左端点不对", "the left end is not right",
                         "左端点不对，应为 {expected}", "the left end is not right; expected {expected}"),
    "interval.high": note("右端点不对", "the right end is not right",
                          "右端点不对，应为 {expected}", "the right end is not right; expected {expected}"),
    "interval.wrong": note("区间不对", "not the right interval", "应为 {expected}", "expected {expected}"),
    "interval.letter": note("不等式中的字母不对", "an inequality in another letter",
                            "不等式中的字母不对，应为 {expected}",
                            "an inequality in another letter; expected {expected}"),
    "interval.mistake": MISTAKE,
}  # fmt: skip


def fills(spec: Spec, code: str, details: Mapping[str, Any], lang: Lang) -> Mapping[str, str]:
    """The key and the unit."""
    return {"expected": printing.told(spec, details["asked"]), "unit": _notes.unit(units.text(spec.unit), lang)}
