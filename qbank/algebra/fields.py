"""Expressions as fields of an author's record: read when the record is, so that a fault has its place."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import PlainSerializer, PlainValidator, ValidationInfo, WithJsonSchema

from qbank import messages
from qbank.algebra.reading import read
from qbank.algebra.tree import Expression, with_unit

COMPLEX = "complex"
"""The word in a validation's context for a record in which nothing has the name `j`: there it is the imaginary unit."""


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
            raise ValueError(messages.tell("needs an expression such as Rf/R1, not a value of type {type}",
                                           type=type(value).__name__))  # fmt: skip


def _in_record(value: Any, info: ValidationInfo) -> Expression:
    """The expression of a field; `j` is the imaginary unit where the record has it so."""
    return _unified(formula(value), info)


def _derivable(value: Any, info: ValidationInfo) -> Expression:
    """The same of a derived value, which may print in another base."""
    return _unified(read(value, based=True) if isinstance(value, str) else formula(value), info)


def _unified(expression: Expression, info: ValidationInfo) -> Expression:
    return with_unit(expression) if info.context and info.context.get(COMPLEX) else expression


Formula: TypeAlias = Annotated[
    Expression, PlainValidator(_in_record), PlainSerializer(str), WithJsonSchema({"type": ["string", "number"]})
]
"""An expression that gives a value."""

Derivable: TypeAlias = Annotated[
    Expression,
    PlainValidator(_derivable),
    PlainSerializer(str),
    WithJsonSchema({"type": ["string", "number"]}),
]
"""An expression that gives a value, or `hex(n)`, `oct(n)`, `bin(n)`: a whole number that prints in another base."""

Condition: TypeAlias = Annotated[
    Expression, PlainValidator(_in_record), PlainSerializer(str), WithJsonSchema({"type": ["string", "boolean"]})
]
"""An expression that gives a truth, as in `require:` and `when:`; that it does is known once it is evaluated."""
