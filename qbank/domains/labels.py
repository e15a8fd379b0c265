"""Words to choose between: `{labels: [active, sat, cut]}`."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from pydantic import PlainValidator, WithJsonSchema

from qbank.domains._common import Domain, DomainExample, DomainRecord, distinct


def words(value: Any) -> tuple[str, ...]:
    """The labels of a list. Raises ValueError for one that cannot stand in quotes in an expression."""
    if not isinstance(value, list | tuple):
        raise ValueError("needs a list: [active, sat, cut]")
    for word in value:
        if not isinstance(word, str) or not word.strip() or word != word.strip():
            raise ValueError(f"{word!r} is not a label; write a word")
        if any(sign in word for sign in "'\"\\\n"):
            raise ValueError(f"the label {word!r} holds a quote, a backslash or a new line")
    distinct(value, [repr(word) for word in value])
    return tuple(value)


class Spec(DomainRecord):
    """Different words, in the order they are written."""

    labels: Annotated[
        tuple[str, ...],
        PlainValidator(words),
        WithJsonSchema({"type": "array", "items": {"type": ["string", "number", "boolean"]}, "minItems": 1}),
    ]


def table(spec: Spec) -> Domain:
    """The codes 0, 1, … of the labels; the texts are the labels themselves."""
    return Domain(np.arange(len(spec.labels), dtype=np.int64), spec.labels, spec.labels)


EXAMPLES = (
    DomainExample({"labels": ["active", "sat", "cut"]}, 3, ("active", "sat", "cut")),
    DomainExample({"labels": ["yes", "no"]}, 2, ("yes", "no"), "words stay words"),
)
