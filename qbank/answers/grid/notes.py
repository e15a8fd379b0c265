"""What the notes of a grid say."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from qbank.answers._notes import MISTAKE, note
from qbank.answers.grid import pages
from qbank.answers.grid.spec import Spec
from qbank.model import Lang

TABLE = {
    "grid.right": note("各分量正确", "every entry is right"),
    "grid.shape": note("形状不符", "the shape is not right", "形状不符：答了 {shape}，应有 {count} 个分量",
                       "the shape is not right: {shape} was given, {count} entries were asked for"),
    "grid.waits": note("有分量待人工评阅", "an entry waits", "第 {waiting} 个分量待人工评阅",
                       "entry {waiting} waits for a person"),
    "grid.component": note("部分分量不对", "some entries are wrong",
                           "{count} 个分量中对 {right} 个，第 {wrong} 个不对，应为 {expected}",
                           "{right} of {count} entries are right, not {wrong}; expected {expected}"),
    "grid.wrong": note("分量都不对", "no entry is right", "应为 {expected}", "expected {expected}"),
    "grid.mistake": MISTAKE,
}  # fmt: skip


def fills(spec: Spec, code: str, details: Mapping[str, Any], lang: Lang) -> Mapping[str, str]:
    """The key, how many entries are right, which are wrong or wait, the shape that was given."""
    good = details["good"]
    key = {name.removeprefix("key."): np.array([value]) for name, value in details.items() if name.startswith("key.")}
    return {
        "expected": pages.show(spec, key, {}, 0, lang).text, "count": f"{len(good)}",
        "right": f"{int((good == 1).sum())}", "wrong": _places(spec, (good >= 0) & (good < 1)),
        "waiting": _places(spec, good < 0), "shape": "×".join(str(int(size)) for size in details["shape"]),
    }  # fmt: skip


def _places(spec: Spec, chosen: Any) -> str:
    """The entries by their numbers; those of a matrix by row and column."""
    places = np.flatnonzero(chosen).tolist()
    if len(spec.shape) == 1:
        return ", ".join(str(place + 1) for place in places)
    return ", ".join(f"({place // spec.shape[1] + 1}, {place % spec.shape[1] + 1})" for place in places)
