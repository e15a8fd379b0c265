"""An independent computation agrees with every key that has one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from qbank import answers, witnesses
from qbank.checks._scene import Scene
from qbank.model import Problem
from qbank.waist import Cells, Interval

RATIONALE = "A wrong key marks every right answer wrong; two ways to the same number rarely err alike."
PROPOSAL = "find which of the two is wrong: qbank show prints the key, the figure shows what the witness solves"


def check(scene: Scene) -> Iterator[Problem]:
    """The first variant of each part on which the witness says otherwise, and parts without a word on theirs."""
    for number, part in enumerate(scene.item.parts):
        path = ("parts", number)
        if part.witness is None:
            key, arrangement = scene.drawn.keys[part.id], scene.drawn.arrangements[part.id]
            told = answers.kind_of(part.kind).scoring(part.answer, key, arrangement, 0)
            if isinstance(told, Interval | Cells) and not part.because and scene.item.derive:
                yield scene.problem(
                    "witness.none",
                    f"part {part.id!r} has no witness and does not say because: why",
                    path,
                    severity="warning",
                    proposal="write witness: …, or witness: none with because:",
                )
            continue
        try:
            spec = witnesses.read(part.witness)
            says = witnesses.witness(spec, scene.item.figures, scene.bank.circuits, scene.drawn.columns)
        except ValueError as unusable:
            yield scene.problem("witness.unusable", f"the witness cannot be asked: {unusable}", (*path, "witness"))
            continue
        wanted: Any = scene.drawn.keys[part.id]["key"]
        scale = np.maximum(np.abs(wanted), np.finfo(float).tiny)
        error = np.abs(says - wanted) / scale
        worst = int(np.nanargmax(np.where(np.isfinite(error), error, np.inf)))
        if not error[worst] <= spec.within:
            yield scene.problem(
                "witness.disagrees",
                f"the key is {wanted[worst]:.6g}, the witness says {says[worst]:.6g}",
                (*path, "answer"), seat=worst, proposal=PROPOSAL,
            )  # fmt: skip
