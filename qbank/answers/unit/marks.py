"""From texts to what is to be said of each, and from that to steps: the key is the same on every variant."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from qbank import units
from qbank.answers import Scope
from qbank.answers._readings import Readings, begun, collect
from qbank.answers.unit.spec import Spec
from qbank.answers.unit.written import parse
from qbank.model import Array, Columns, Rules, Steps
from qbank.units import Meaning, Unit

_SLIPS = ("case", "degree")
"""Second readings of a unit of another dimension that cost the marks where the unit alone is asked."""
_CASES = (str.swapcase, str.upper, str.lower, str.capitalize)


def bind(spec: Spec, scope: Scope, arrangement: Columns) -> dict[str, Array]:
    """No column: nothing of the key differs between variants."""
    return {}


def read(spec: Spec, texts: Sequence[str], rules: Rules) -> Readings:
    """`verdict` (n,) the note of each text, and `factor` (n,) what one of the unit is in SI."""
    asked = units.Asked(spec.asked_unit, prefixes=False, customary=spec.extra)

    def one(text: str) -> dict[str, Any]:
        found = parse(text, asked)
        return {"verdict": verdict(spec, found, text, asked), "factor": found.factor}

    longest = max(map(len, ["unit.customary.waits", *(f"unit.mistake.{name}" for name in spec.mistakes)]))
    return collect(texts, one, {"verdict": np.array("", dtype=f"<U{longest}"), "factor": np.array(np.nan)})


def verdict(spec: Spec, found: Meaning, text: str, asked: units.Asked) -> str:
    """The note of a unit that was read."""
    assert found.unit is not None
    named = _mistake(spec, found.unit)
    if named:
        return f"unit.mistake.{named}"
    fits = found.status == "fits"
    if found.unit.akin(spec.asked_unit):
        return "unit.akin"
    if fits and spec.sized(found.factor, found.offset, spec.asked_unit):
        if found.doubt:
            return f"unit.{found.doubt}.waits"
        return "unit.right" if spec.made_so(found.unit) else "unit.form"
    others = [second for second in found.seconds if fits or second.because not in _SLIPS]
    if any(spec.sized(second.factor, second.offset, spec.asked_unit) for second in others):
        return "two-readings.waits"
    if fits:
        return "unit.prefix"
    return "unit.case" if _is_in_another_case(spec, text, asked) else "unit.dimension"


def _mistake(spec: Spec, unit: Unit) -> str:
    """The mistake that a unit is: one of the key's own dimension is told by its symbols, another by its dimension."""
    for name, mistake in spec.mistakes.items():
        wrong = units.read(mistake.value)
        if spec.alike(unit, wrong) or (unit.fits(wrong) and not wrong.fits(spec.asked_unit)):
            return name
    return ""


def _is_in_another_case(spec: Spec, text: str, asked: units.Asked) -> bool:
    """Whether capitals or small letters alone keep a unit from being right: s for S."""
    others = (units.meaning(case(text.strip()), asked) for case in _CASES)
    return any(one.status == "fits" and spec.sized(one.factor, one.offset, spec.asked_unit) for one in others)


def mark(spec: Spec, reading: Readings, key: Columns, arrangement: Columns, rules: Rules) -> Steps:
    """What each text came to, and what that earns."""
    earned = {"unit.right": 1.0, "unit.prefix": 1 - rules.unit_prefix}
    earned |= {f"unit.mistake.{name}": mistake.credit for name, mistake in spec.mistakes.items()}
    verdicts = reading.columns["verdict"]
    steps = begun(reading)
    for note in np.unique(verdicts[reading.read]).tolist():
        steps = steps.where(reading.read & (verdicts == note), note, earned.get(note, 0.0))
    return steps
