"""What other rooms may know of a complex number."""

from __future__ import annotations

from qbank.answers import Band, Facts, Key, Mistake
from qbank.answers.complex_.spec import Number, Spec


def of(spec: Spec) -> Facts:
    """The two parts of the key, or its modulus and its angle; the band around each part, unless a distance counts."""
    mistakes = tuple(
        Mistake(name, one.text, one.credit, one.value.expressions, one.when) for name, one in spec.mistakes.items()
    )
    rules = {"unit_missing": spec.unit_missing, "unit_wrong": spec.unit_wrong}
    return Facts(
        keys=_keys(spec.key, spec.unit), column="key",
        band=Band(spec.tolerance, spec.unit) if spec.by == "parts" else None,
        mistakes=mistakes, told=tuple(one.text for one in mistakes),
        names=tuple(spec.own_name.split()), rules={name: value for name, value in rules.items() if value is not None},
        carried=tuple(one.text for one in spec.key.expressions), polar=spec.key.modulus is not None,
        complex=spec.key.value is not None,
    )  # fmt: skip


def _keys(number: Number, unit: str) -> tuple[Key, ...]:
    if number.value is not None:
        return (Key(number.value, unit),)
    first, second = number.expressions
    return Key(first, unit), Key(second, unit if number.re is not None else "")
