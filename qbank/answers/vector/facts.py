"""What other rooms may know of a vector or a matrix."""

from __future__ import annotations

from qbank.answers import Band, Facts, Key, _mistakes
from qbank.answers.vector.spec import Spec


def of(spec: Spec) -> Facts:
    """One key in one unit, the band around every component, and the mistakes; its value is carried on."""
    rules = {"unit_missing": spec.unit_missing, "unit_wrong": spec.unit_wrong, "comma": spec.comma}
    return Facts(
        keys=(Key(spec.key, spec.unit),), column="key", band=Band(spec.tolerance, spec.unit),
        deciding=spec.tolerance.range or (),
        mistakes=_mistakes.facts(spec.mistakes), told=_mistakes.texts(spec.mistakes),
        rules={name: value for name, value in rules.items() if value is not None}, carried=(spec.key.text,),
        names=_mistakes.called(spec.name, spec.key.text),
    )  # fmt: skip
