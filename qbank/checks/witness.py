"""Every key that has a witness agrees with it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from qbank import messages, witnesses
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.checks._sharing import shared
from qbank.model import Floats, Problem

RATIONALE = "A wrong key marks every right answer wrong; two independent computations rarely share an error."
PROPOSAL = "find which of the two is wrong: qbank witness shows both, and the figure shows what the witness solves"

_PART = """
parts:
  - id: gain
    ask:
      zh: 求电压放大倍数 $A_u$。
      en: Find the voltage gain $A_u$.
    marks: 2
    answer: {kind: number, key: %s, tolerance: 1%%}
    witness: %s
"""
_ROOT = "{simulation: root, over: {a: [-1000, 1000]}, of: %s, within: 1e-9}"
EXAMPLES = (
    Sample("witness.disagrees", _PART % ("Rf/R1", _ROOT % "Rf + a*R1"), _PART % ("A", _ROOT % "Rf + a*R1")),
    Sample("witness.unusable", _PART % ("A", _ROOT % "Rf + a*R2"), _PART % ("A", _ROOT % "Rf + a*R1")),
    Sample("witness.shares", _PART % ("A", _ROOT % "a - A"), _PART % ("A", _ROOT % "Rf + a*R1"), "the key itself"),
    Sample("witness.shares", _PART % ("A", _ROOT % "-Rf/R1"), _PART % ("A", _ROOT % "Rf + a*R1"), "its formula"),
    Sample("witness.none", _PART % ("A", "none"), _PART % ("A", "none\n    because: the sample has no circuit")),
)


def check(scene: Scene) -> Iterator[Problem]:
    """The first variant of each part on which the witness disagrees, and parts that have neither witness nor reason."""
    for number, part in enumerate(scene.item.parts):
        path = ("parts", number)
        if part.witness is None:
            if {"key", "low", "high"} <= scene.drawn.keys[part.id].keys() and not part.because and scene.item.derive:
                yield scene.problem(
                    "witness.none",
                    messages.tell("part {part!r} has no witness, and no because: with the reason", part=part.id),
                    path,
                    severity="warning",
                    proposal=messages.tell("write witness: …, or witness: none with because:"),
                )
            continue
        try:
            spec = witnesses.read(part.witness)
            common = shared(scene.item, part, spec)
            if common:
                message = messages.tell("the witness is not independent: {reason}", reason=common)
                yield scene.problem("witness.shares", message, (*path, "witness"),
                                    proposal=messages.tell("compute the quantity in another way than the key does"))
            found = witnesses.agreement(part, spec, scene.drawn, scene.bank.circuits)
        except witnesses.Missing as missing:
            message = messages.tell("part {part!r} was not verified: {reason}", part=part.id, reason=missing)
            yield scene.problem("witness.missing", message, (*path, "witness"), severity="warning",
                                proposal=missing.remedy)  # fmt: skip
            continue
        except ValueError as unusable:
            message = messages.tell("the witness cannot be computed: {reason}", reason=unusable)
            yield scene.problem("witness.unusable", message, (*path, "witness"))
            continue
        agrees = found.accepts(found.key)
        if not agrees.all():
            error = found.error(found.key)
            worst = int(np.argmax(np.where(agrees, -1.0, np.where(np.isfinite(error), error, np.inf))))
            yield scene.problem(
                "witness.disagrees",
                messages.tell("the key is {key}, but the witness gives {witness}",
                              key=_told(found.key[worst]), witness=_told(found.says[worst])),
                (*path, "answer"), seat=worst, proposal=PROPOSAL,
            )  # fmt: skip


def _told(value: Floats) -> str:
    return f"{value:.6g}" if not value.shape else f"({', '.join(f'{each:.6g}' for each in value.ravel())})"
