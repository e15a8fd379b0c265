"""What the notes of a complex number say."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qbank import units
from qbank.answers import _notes
from qbank.answers._notes import MISTAKE, UNITS, note
from qbank.answers._two_readings import WAITING
from qbank.answers.complex_ import pages
from qbank.answers.complex_.spec import Spec
from qbank.model import Lang

TABLE = {
    **UNITS,
    **WAITING,
    "complex.right": note("复数正确", "the number is right"),
    "two-readings.waits": note("有两种读法", "two readings", "有两种读法：{given} 或 {second}，待人工评阅",
                               "two readings: {given} or {second}; waits for a person"),
    "complex.conjugate": note("虚部符号错误", "the imaginary part has the wrong sign", "虚部符号相反，应为 {expected}",
                              "the imaginary part has the wrong sign; expected {expected}"),
    "complex.sign": note("数值正确，符号错误", "right size, wrong sign",
                         "符号相反，应为 {expected}", "the wrong sign; expected {expected}"),
    "complex.part": note("实部、虚部只对一个", "one part of the two is right",
                         "只有{part}正确，应为 {expected}", "only the {part} is right; expected {expected}"),
    "complex.wrong": note("复数不对", "not the right number", "应为 {expected}", "expected {expected}"),
    "complex.mistake": MISTAKE,
}  # fmt: skip


def fills(spec: Spec, code: str, details: Mapping[str, Any], lang: Lang) -> Mapping[str, str]:
    """The key, which part is right, the unit."""
    real = bool(details["good"][0])
    part = ("实部" if real else "虚部") if lang == "zh" else ("real part" if real else "imaginary part")
    readings = {name: pages.told(spec, details[name]) for name in ("given", "second") if name in details}
    unit = _notes.unit(units.text(spec.unit), lang)
    return {**readings, "expected": pages.told(spec, details["asked"]), "part": part, "unit": unit}
