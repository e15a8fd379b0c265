"""What other rooms may know of a number."""

from __future__ import annotations

from qbank.answers import Band, Facts, Key, _mistakes
from qbank.answers.number.spec import Spec


def of(spec: Spec) -> Facts:
    """One key in one unit, the band around it, and the mistakes by their formulas; its value is carried on."""
    rules = {"unit_missing": spec.unit_missing, "unit_wrong": spec.unit_wrong, "unit_share": spec.unit_share,
             "comma": spec.comma}  # fmt: skip
    return Facts(
        keys=(Key(spec.key, spec.unit),), column="key", band=Band(spec.tolerance, spec.unit, level=spec.level),
        deciding=(*(spec.tolerance.range or ()), *(also.key for also in spec.accept)),
        mistakes=_mistakes.facts(spec.mistakes), told=_mistakes.texts(spec.mistakes),
        rules={name: value for name, value in rules.items() if value is not None}, carried=(spec.key.text,),
        names=_mistakes.called(spec.name, spec.key.text), infinite=spec.infinite,
    )  # fmt: skip
