"""What the notes of a number say."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from qbank import units
from qbank.answers import _notes
from qbank.answers._notes import MISTAKE, UNITS, note
from qbank.answers._quantities import Because
from qbank.answers._two_readings import BECAUSE, WAITING
from qbank.answers.number import pages
from qbank.answers.number.spec import Spec
from qbank.model import Array, Lang

TABLE = {
    **UNITS,
    **WAITING,
    "number.right": note("正确", "right"),
    "number.accepted": note("部分认可的值", "a value that is accepted in part",
                            "可以接受，应为 {expected}", "accepted in part; expected {expected}"),
    "number.wrong": note("数值不对", "not the right value",
                         "数值不对，应为 {expected}", "not the right value; expected {expected}"),
    "number.rounded": note("舍入有误", "wrongly rounded",
                           "舍入有误，应为 {expected}", "wrongly rounded; expected {expected}"),
    "number.truncated": note("末位是截去而不是四舍五入", "cut off instead of rounded",
                             "末位是截去而不是四舍五入，应为 {expected}",
                             "cut off instead of rounded; expected {expected}"),
    "number.power-of-ten": note("差了十的幂", "off by a power of ten",
                                "差了十的幂，应为 {expected}", "off by a power of ten; expected {expected}"),
    "number.sign": note("数值正确，符号错误", "right size, wrong sign",
                        "数值正确，符号错误，应为 {expected}", "right size, wrong sign; expected {expected}"),
    "number.figures": note("写出的位数不合要求", "not as many figures or decimals as asked for",
                           "写了 {shown} 位，要求 {figures} 位",
                           "{shown} figures or decimals were shown, {figures} asked for"),
    "number.mistake": MISTAKE,
    "unit.prefix": note("单位的词头不对", "the wrong unit prefix",
                        "单位的词头不对，应为 {expected}", "the wrong unit prefix; expected {expected}"),
    "unit.converted": note("应以 {unit} 为单位", "the answer must be in {unit}"),
}  # fmt: skip


def fills(spec: Spec, code: str, details: Mapping[str, Any], lang: Lang) -> Mapping[str, str]:
    """The key with how far from it is right, the figures shown and asked, the unit, both of two readings."""
    least, most = int(details.get("least", 0)), int(details.get("most", 0))
    figures = f"{least}" if least == most else f"≥ {least}" if most == 99 else f"{least}–{most}"
    return {
        "expected": _expected(spec, details, lang), "shown": f"{details.get('shown')}", "figures": figures,
        "unit": _notes.unit(units.text(spec.unit), lang), **_readings(spec, details, lang),
    }  # fmt: skip


def _readings(spec: Spec, details: Mapping[str, Any], lang: Lang) -> Mapping[str, str]:
    if "second" not in details:
        return {}
    because: Because = str(details["because"])  # type: ignore[assignment]
    given, second = (pages.roughly(spec, float(details[name])) for name in ("given", "second"))
    return {"given": given, "second": second, "because": BECAUSE[because][lang]}


def _expected(spec: Spec, details: Mapping[str, Any], lang: Lang) -> str:
    """The key, and how far from it is right: `−10.0 ± 1%`."""
    columns = {column: _one(details[name]) for column, name in (("key", "asked"), ("low", "low"), ("high", "high"))}
    tolerance = spec.tolerance
    if tolerance.range is not None:
        return pages.accepted(spec, columns, {}, 0, lang)
    key = pages.show(spec, columns, {}, 0, lang).text
    widths: list[str] = []
    if math.isinf(columns["key"][0]):
        return key
    if tolerance.rel is not None:
        widths.append(f"{tolerance.rel * 100:.6g}%")
    if tolerance.abs is not None:
        unit = units.text(tolerance.unit or spec.unit)
        widths.append(f"{tolerance.abs:.6g}{' ' if unit else ''}{unit}")
    joins = {"either": ("或", " or "), "both": ("且", " and "), "sum": (" + ", " + ")}
    between = joins[tolerance.join][0 if lang == "zh" else 1]
    return f"{key} ± {between.join(widths)}" if widths else key


def _one(value: Any) -> Array:
    return np.array([float(value)])
