"""What other rooms may know of a formula."""

from __future__ import annotations

from qbank import algebra
from qbank.answers import Facts, Key, Mistake, _mistakes
from qbank.answers.formula.spec import Spec


def of(spec: Spec) -> Facts:
    """The key and its letters; what decides are the conditions, and each letter that the part does not declare."""
    declared = {*spec.over, *spec.names, spec.name}
    tests = [*(branch.when for branch in spec.branches), *(one.when for one in spec.accept)]
    mistakes = tuple(Mistake(name, one.text, one.credit, (), one.when) for name, one in spec.mistakes.items())
    return Facts(
        keys=(Key(spec.key),), column="key" if spec.on_variants else "",
        deciding=(*(test for test in tests if test is not None),
                  *(algebra.read(name) for name in spec.own if name not in declared)),
        mistakes=mistakes, told=tuple(one.text for one in mistakes), letters=spec.own, in_letters=True,
        names=_mistakes.called(spec.name, spec.key.text),
    )  # fmt: skip
