"""What the notes of a set say."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qbank import units
from qbank.answers import _notes
from qbank.answers._notes import MISTAKE, UNITS, note
from qbank.answers._two_readings import WAITING_WHOLE
from qbank.answers.set_ import pages
from qbank.answers.set_.spec import Spec
from qbank.model import Lang

TABLE = {
    **UNITS,
    **WAITING_WHOLE,
    "set.right": note("各值正确", "every value is right"),
    "set.surplus": note("正确的值之外还有多余的值", "more values than were asked for",
                        "多写了 {surplus} 个值，应为 {expected}",
                        "values beyond those asked for: {surplus}; expected {expected}"),
    "set.part": note("部分值不对", "some values are wrong or missing",
                     "{count} 个值中对 {right} 个，应为 {expected}",
                     "{right} of {count} values are right; expected {expected}"),
    "set.sign": note("大小正确，符号相反", "right size, wrong sign",
                     "大小正确，符号相反，应为 {expected}", "right size, wrong sign; expected {expected}"),
    "set.wrong": note("各值都不对", "no value is right", "应为 {expected}", "expected {expected}"),
    "set.mistake": MISTAKE,
}  # fmt: skip


def fills(spec: Spec, code: str, details: Mapping[str, Any], lang: Lang) -> Mapping[str, str]:
    """The key, how many values it has, how many of them were given, how many were given beyond, the unit."""
    found = details["found"]
    return {
        "expected": pages.written(spec, details["asked"], details["low"], details["high"]).text,
        "count": f"{len(found)}", "right": f"{int(found.sum())}", "surplus": f"{int(details['surplus'])}",
        "unit": _notes.unit(units.text(spec.unit), lang),
    }  # fmt: skip
