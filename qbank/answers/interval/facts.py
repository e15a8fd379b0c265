"""What other rooms may know of an interval."""

from __future__ import annotations

from qbank.algebra import Expression
from qbank.answers import Band, Facts, Key, Mistake
from qbank.answers.interval.spec import Spec


def of(spec: Spec) -> Facts:
    """The ends that are no infinity, the band around each, and the mistakes by theirs."""
    mistakes = tuple(
        Mistake(name, one.text, one.credit, _finite(one.low, one.high), one.when) for name, one in spec.mistakes.items()
    )
    rules = {"unit_missing": spec.unit_missing, "unit_wrong": spec.unit_wrong, "comma": spec.comma}
    return Facts(
        keys=tuple(Key(end, spec.unit) for end in _finite(spec.low, spec.high)), column="ends",
        band=Band(spec.tolerance, spec.unit), mistakes=mistakes, told=tuple(one.text for one in mistakes),
        names=tuple(spec.letter.split()), rules={name: value for name, value in rules.items() if value is not None},
    )  # fmt: skip


def _finite(*ends: Expression | int | None) -> tuple[Expression, ...]:
    return tuple(end for end in ends if isinstance(end, Expression))
