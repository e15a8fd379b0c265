"""Expressions as fields of an author's record: read when the record is, so that a fault has its place."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from qbank.algebra.reading import read
from qbank.algebra.tree import Expression


def formula(value: Any) -> Expression:
    """The expression that a YAML scalar is. Raises ValueError (an ExpressionError where the text is at fault)."""
    match value:
        case Expression():
            return value
        case str():
            return read(value)
        case bool() | int():
            return read(str(value))
        case float():
            return read(repr(value))
        case _:
            raise ValueError(f"needs an expression such as Rf/R1, not a {type(value).__name__}")


Formula: TypeAlias = Annotated[
    Expression, PlainValidator(formula), PlainSerializer(str), WithJsonSchema({"type": ["string", "number"]})
]
"""An expression that gives a value."""

Derivable: TypeAlias = Annotated[
    Expression,
    PlainValidator(lambda value: read(value, based=True) if isinstance(value, str) else formula(value)),
    PlainSerializer(str),
    WithJsonSchema({"type": ["string", "number"]}),
]
"""An expression that gives a value, or `hex(n)`, `oct(n)`, `bin(n)`: a whole number that prints in another base."""

Condition: TypeAlias = Annotated[
    Expression, PlainValidator(formula), PlainSerializer(str), WithJsonSchema({"type": ["string", "boolean"]})
]
"""An expression that gives a truth, as in `require:` and `when:`; that it does is known once it is evaluated."""
