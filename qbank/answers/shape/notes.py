"""What the notes of a shape say."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qbank.answers._notes import MISTAKE, note
from qbank.answers._two_readings import WAITING_WHOLE
from qbank.answers.shape.marks import Spec
from qbank.answers.shape.written import written
from qbank.model import Lang

TABLE = {
    "two-readings.waits": WAITING_WHOLE["two-readings.waits"],
    "shape.right": note("形状正确", "the shape is right"),
    "shape.rank": note("维数不对", "the wrong number of axes", "应为 {axes} 维 {expected}，答了 {own_axes} 维 {given}",
                       "expected {expected} with {axes} axes, not {given} with {own_axes}"),
    "shape.wrong": note("形状不对", "the wrong shape",
                        "应为 {expected}，答了 {given}", "expected {expected}, not {given}"),
    "shape.mistake": MISTAKE,
}  # fmt: skip


def fills(spec: Spec, code: str, details: Mapping[str, Any], lang: Lang) -> Mapping[str, str]:
    """The shape asked and the one given, and their numbers of axes."""
    given = details["given"][details["given"] >= 0]
    return {
        "expected": written(details["asked"]), "axes": f"{len(details['asked'])}",
        "given": written(given), "own_axes": f"{len(given)}",
    }  # fmt: skip
