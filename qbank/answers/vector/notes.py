"""What the notes of a vector say."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qbank import units
from qbank.answers import _notes
from qbank.answers._notes import MISTAKE, UNITS, note
from qbank.answers._two_readings import WAITING_WHOLE
from qbank.answers.vector import pages
from qbank.answers.vector.spec import Spec
from qbank.model import Lang

TABLE = {
    **UNITS,
    **WAITING_WHOLE,
    "vector.right": note("各分量正确", "every component is right"),
    "vector.shape": note("形状不符", "the shape is not right", "形状不符：答了 {shape}，应有 {count} 个分量",
                         "the shape is not right: {shape} was given, {count} components were asked for"),
    "vector.component": note("部分分量不对", "some components are wrong",
                             "{count} 个分量中对 {right} 个，第 {wrong} 个不对，应为 {expected}",
                             "{right} of {count} components are right, not {wrong}; expected {expected}"),
    "vector.sign": note("大小正确，符号相反", "right size, wrong sign",
                        "大小正确，符号相反，应为 {expected}", "right size, wrong sign; expected {expected}"),
    "vector.wrong": note("分量都不对", "no component is right", "应为 {expected}", "expected {expected}"),
    "vector.mistake": MISTAKE,
}  # fmt: skip


def fills(spec: Spec, code: str, details: Mapping[str, Any], lang: Lang) -> Mapping[str, str]:
    """The key, its components and which are wrong, the shape that was given, the unit."""
    good = details["good"]
    return {
        "expected": pages.told(spec, details["asked"]), "count": f"{len(good)}", "right": f"{int(good.sum())}",
        "wrong": ", ".join(str(place) for place, right in enumerate(good.tolist(), start=1) if not right),
        "shape": "×".join(str(int(size)) for size in details["shape"]),
        "unit": _notes.unit(units.text(spec.unit), lang),
    }  # fmt: skip
