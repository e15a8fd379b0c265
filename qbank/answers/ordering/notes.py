"""What the notes of an ordering say."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qbank.answers._notes import note
from qbank.answers.ordering import pages
from qbank.answers.ordering.marks import Spec
from qbank.model import Lang

TABLE = {
    "ordering.right": note("顺序正确", "the order is right"),
    "ordering.partial": note("只有一段顺序正确", "only a run is in order",
                             "连续 {run} 项正确，应为 {expected}", "{run} in a row are right; expected {expected}"),
    "ordering.wrong": note("顺序不对", "the order is wrong", "应为 {expected}", "expected {expected}"),
}  # fmt: skip


def fills(spec: Spec, code: str, details: Mapping[str, Any], lang: Lang) -> Mapping[str, str]:
    """The order as letters, and how long the longest right run is."""
    return {"expected": pages.told(details["asked"]), "run": f"{int(details['run'])}"}
