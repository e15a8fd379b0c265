"""What other rooms may know of a choice."""

from __future__ import annotations

from qbank.algebra import Expression
from qbank.answers import Facts, Option
from qbank.answers.choice.spec import Spec


def of(spec: Spec) -> Facts:
    """The options: their texts on the paper, when each is right, and what is said of it."""
    options = tuple(Option(name, one.text, one.right, one.why) for name, one in spec.options.items())
    return Facts(
        column="right", deciding=tuple(one.right for one in options if isinstance(one.right, Expression)),
        paper=tuple(one.text for one in options), told=tuple(one.why for one in options if one.why),
        entries=(tuple(spec.options),), options=options, shown=spec.show or 0,
        figures=tuple(one.figure for one in spec.options.values() if one.figure), several=bool(spec.several),
        shuffled=spec.shuffle, rules={"several": spec.several} if isinstance(spec.several, str) else {},
    )  # fmt: skip
