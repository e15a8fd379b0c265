"""What other rooms may know of a statement to judge."""

from __future__ import annotations

from qbank.algebra import Expression
from qbank.answers import Facts, Option
from qbank.answers.truth.spec import Spec


def of(spec: Spec) -> Facts:
    """The statements, one of which each variant shows; none has a text where the stem is what is judged."""
    names = tuple(spec.twins) or ("",)
    statements = tuple(
        Option(name, one.text, one.right, one.why) for name, one in zip(names, spec.statements, strict=True)
    )
    return Facts(
        column="right", deciding=tuple(one.right for one in statements if isinstance(one.right, Expression)),
        paper=tuple(one.text for one in statements if one.text.langs),
        told=tuple(one.why for one in statements if one.why),
        entries=(tuple(spec.twins),), statements=statements,
    )  # fmt: skip
