"""What other rooms may know of a set of values."""

from __future__ import annotations

from qbank.answers import Band, Facts, Key, _mistakes
from qbank.answers.set_.spec import Spec


def of(spec: Spec) -> Facts:
    """One key of several values in one unit, the band around each, and the mistakes."""
    rules = {"unit_missing": spec.unit_missing, "unit_wrong": spec.unit_wrong, "comma": spec.comma}
    return Facts(
        keys=(Key(spec.key, spec.unit),), column="key", band=Band(spec.tolerance, spec.unit),
        mistakes=_mistakes.facts(spec.mistakes), told=_mistakes.texts(spec.mistakes),
        rules={name: value for name, value in rules.items() if value is not None}, names=spec.names,
    )  # fmt: skip
