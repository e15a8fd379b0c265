"""What the notes of a matching say."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qbank.answers._notes import note
from qbank.answers._readings import letter
from qbank.answers.matching.marks import Spec
from qbank.model import Lang

_ZH, _EN = "配对 {count} 对中对 {right} 对，应为 {pairs}", "{right} of {count} pairs are right; expected {pairs}"
TABLE = {
    "matching.right": note("全部配对正确", "every pair is right"),
    "matching.partial": note("部分配对不对", "some pairs are wrong", _ZH, _EN),
    "matching.wrong": note("配对都不对", "no pair is right", _ZH, _EN),
}


def fills(spec: Spec, code: str, details: Mapping[str, Any], lang: Lang) -> Mapping[str, str]:
    """How many pairs there are, how many are right, and those that were to be written instead."""
    given, asked = details["given"], details["asked"]
    pairs = ", ".join(
        f"{place}-{letter(int(position)).lower()}"
        for place, position in enumerate(asked, start=1) if given[place - 1] != position
    )  # fmt: skip
    return {"count": f"{len(asked)}", "right": f"{int((given == asked).sum())}", "pairs": pairs}
