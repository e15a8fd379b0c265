"""Every witness is strict enough: it rejects each named mistake, and the key with a usual slip, in place of the key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from qbank import messages, witnesses
from qbank.bank.item import Part
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.model import Array, Columns, Floats, Problem
from qbank.witnesses import Agreement

RATIONALE = "A witness that also agrees with wrong keys proves nothing about the right one."
PROPOSAL = "narrow within: of the witness, or let it depend on what the mistake changes"
_PART = """
parts:
  - id: gain
    ask:
      zh: 求电压放大倍数 $A_u$。
      en: Find the voltage gain $A_u$.
    marks: 2
    answer:
      kind: number
      key: %s
      tolerance: 1%%
      mistakes:
        near: {value: 1.05*A, zh: 多了, en: too much}
    witness: {simulation: root, over: {a: [-1000, 1000]}, of: %s, within: %s}
"""
EXAMPLES = (
    Sample("mutation.survives", _PART % ("A", "Rf + a*R1", "0.1"), _PART % ("A", "Rf + a*R1", "1e-9")),
    Sample("mutation.zero", _PART % ("A - A", "R1*a", "1e-9"), _PART % ("A", "Rf + a*R1", "1e-9")),
)
SQRT2 = 2**0.5
LOOKED = 20
"""The variants on which a wrong key is tried."""
SLIPS: Mapping[str, Callable[[Floats], Floats]] = {
    "the other sign": lambda key: -key,
    "10 times the key": lambda key: 10 * key,
    "a tenth of the key": lambda key: key / 10,
    "1000 times the key": lambda key: 1000 * key,
    "a thousandth of the key": lambda key: key / 1000,
    "twice the key (20 lg for 10 lg)": lambda key: 2 * key,
    "half the key (10 lg for 20 lg)": lambda key: key / 2,
    "the peak for the rms value": lambda key: key * SQRT2,
    "the rms for the peak value": lambda key: key / SQRT2,
    "one more": lambda key: key + 1,
    "one less": lambda key: key - 1,
}
"""What a slip of the pen makes of a key; the words are told in the language of the reader."""


def check(scene: Scene) -> Iterator[Problem]:
    """The wrong keys of each part that its witness agrees with on every variant."""
    drawn = scene.drawn.take(np.arange(min(LOOKED, len(scene.drawn))))
    for number, part in enumerate(scene.item.parts):
        if part.witness is None:
            continue
        try:
            found = witnesses.agreement(part, witnesses.read(part.witness), drawn, scene.bank.circuits)
        except ValueError:  # the check `witness` says why it cannot be asked
            continue
        columns = {name: values[: len(found)] for name, values in drawn.keys[part.id].items()}
        path = ("parts", number, "witness")
        if not found.key.any():
            message = messages.tell("the key is 0 on every variant: no witness can detect a wrong sign or factor")
            yield scene.problem("mutation.zero", message, path, severity="warning",
                                proposal=messages.tell("let the parameters give a key that is not 0"))  # fmt: skip
            continue
        survivors = [name for name, rejected in tried(part, found, columns) if not rejected]
        if survivors:
            found_too = messages.listed(survivors)
            message = messages.tell("the witness also agrees with wrong keys: {keys}", keys=found_too)
            yield scene.problem("mutation.survives", message, path, looked=len(found), proposal=PROPOSAL)


def tried(part: Part, found: Agreement, columns: Columns) -> Iterator[tuple[str, bool]]:
    """Every wrong key that is marked wrong on some variant, with whether the witness rejects it on one of those."""
    for mistake in part.facts.mistakes:
        value = columns.get(mistake.column)
        if value is not None and value.shape == found.key.shape:
            applies = np.broadcast_to(columns.get(mistake.applies, np.True_), len(found))
            wrong = applies & _marked_wrong(value, found.key, columns)
            if wrong.any():
                told = messages.tell("the mistake {name}", name=mistake.name)
                yield told, bool((wrong & ~found.accepts(value)).any())
    for slip, made in SLIPS.items():
        value = made(found.key)
        wrong = _marked_wrong(value, found.key, columns)
        if wrong.any():
            yield messages.translated(slip), bool((wrong & ~found.accepts(value)).any())


def _marked_wrong(value: Array, key: Floats, columns: Columns) -> Array:
    """(n,) where the value is not what the part counts as right."""
    if "low" not in columns:
        return np.asarray(np.any((value != key).reshape(len(key), -1), axis=1))
    outside = (value < columns["low"]) | (value > columns["high"])
    return np.asarray(np.any(outside.reshape(len(key), -1), axis=1))
