"""Fields that several kinds of answer share, read from text as the author wrote it."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, BeforeValidator, ValidationInfo, WithJsonSchema

from qbank import algebra, messages, units
from qbank.algebra import Expression
from qbank.answers import Scope
from qbank.model import Bilingual
from qbank.records import FALSE_WORDS, TRUE_WORDS, asked, serving, truth


def share(value: Any) -> float:
    """A share of the marks, such as `0.5` or `1/3`. Raises ValueError for anything outside -1..1."""
    try:
        read = Fraction(str(value).strip())
    except (ValueError, ZeroDivisionError):
        raise ValueError(messages.tell(
            "{value!r} is not a share of the marks; write 0.5 or 1/3", value=value
        )) from None  # fmt: skip
    if not -1 <= read <= 1:
        raise ValueError(messages.tell("{value!r} is not a share of the marks between -1 and 1", value=value))
    return float(read)


def _credit(value: Any) -> float:
    read = share(value)
    if read < 0:
        raise ValueError(messages.tell("{value!r} is not a share of the marks between 0 and 1", value=value))
    return read


def _floor(value: Any) -> float | None:
    if value is None or str(value).strip().casefold() == "none":
        return None
    read = share(value)
    if read > 0:
        raise ValueError(messages.tell(
            "{value!r} is not a floor; write 0, a negative share of the marks, or none", value=value
        ))  # fmt: skip
    return read


def _why(value: Any, info: ValidationInfo) -> Bilingual:
    return serving(value, asked(info))


def _right(value: Any) -> bool | Expression:
    if isinstance(value, bool | Expression):
        return value
    if str(value).strip().casefold() in TRUE_WORDS | FALSE_WORDS:
        return truth(value)
    return algebra.read(str(value))


def components(value: Any) -> Any:
    """A YAML list of components as the text of an expression; anything else as it is."""
    if isinstance(value, list | tuple):
        return "[" + ", ".join(str(components(item)) for item in value) + "]"
    return value


def _size(value: Any) -> Any:
    sizes = value if isinstance(value, list | tuple) else [value]
    try:
        read = tuple(int(str(size)) for size in sizes)
    except ValueError:
        read = ()
    if len(read) not in (1, 2) or min(read, default=0) < 1:
        raise ValueError(messages.tell(
            "{value!r} is not a size; write 3 for a vector, [2, 3] for a matrix", value=value
        ))  # fmt: skip
    return read


def right_column(right: bool | Expression, scope: Scope) -> NDArray[np.bool_]:
    """(n,) whether it is right on each variant of the scope. Raises ValueError for what is neither true nor false."""
    if isinstance(right, bool):
        return np.full(scope.n, right)
    values = scope.evaluate(right).values
    if values.dtype != np.bool_ or values.ndim != 1:
        raise ValueError(messages.tell(
            "right: {expression} is neither true nor false; write a comparison, such as case == 'sat'", expression=right
        ))  # fmt: skip
    return np.broadcast_to(values, (scope.n,)).copy()


_SHARE = {"type": ["string", "number"]}
_TEXT_OR_TEXTS = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
            "minProperties": 1,
            "additionalProperties": False,
        },
    ]
}

Share: TypeAlias = Annotated[float, BeforeValidator(share), WithJsonSchema(_SHARE)]
"""A share of the marks from -1 to 1."""

Credit: TypeAlias = Annotated[float, BeforeValidator(_credit), WithJsonSchema(_SHARE)]
"""A share of the marks from 0 to 1."""

Floor: TypeAlias = Annotated[float | None, BeforeValidator(_floor), WithJsonSchema(_SHARE)]
"""The least credit a part can come to: 0, a negative share, or none."""

Why: TypeAlias = Annotated[Bilingual, BeforeValidator(_why), WithJsonSchema(_TEXT_OR_TEXTS)]
"""A reason in the languages that are declared, or one text that serves for both."""

Right: TypeAlias = Annotated[
    bool | Expression, BeforeValidator(_right), WithJsonSchema({"type": ["string", "boolean"]})
]
"""A yes or no, or an expression that says so for each variant."""

UnitText: TypeAlias = Annotated[str, AfterValidator(units.canonical)]
"""A unit as it prints, whichever way the author wrote it."""

Components: TypeAlias = Annotated[
    algebra.Formula, BeforeValidator(components), WithJsonSchema({"type": ["string", "array"]})
]
"""A vector, a matrix or several values: an expression, or a list of expressions."""

Size: TypeAlias = Annotated[
    tuple[int, ...], BeforeValidator(_size), WithJsonSchema({"type": ["string", "integer", "array"]})
]
"""3 for a vector, [2, 3] for a matrix."""
