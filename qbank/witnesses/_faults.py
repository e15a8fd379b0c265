"""What is wrong with a witness as it was written, in one line."""

from __future__ import annotations

from pydantic import ValidationError


def told(error: ValidationError) -> str:
    """The first fault with its place: `over.t: …`; of a fault within a fault, the innermost.

    >>> from qbank.witnesses._cells import Direction
    >>> try:
    ...     Direction.model_validate({"W": "w"})
    ... except ValidationError as error:
    ...     told(error)
    'U: Field required'
    """
    first = error.errors()[0]
    cause = first.get("ctx", {}).get("error")
    message = told(cause) if isinstance(cause, ValidationError) else first["msg"].removeprefix("Value error, ")
    place = ".".join(map(str, first["loc"]))
    deeper = isinstance(cause, ValidationError) and cause.errors()[0]["loc"]
    return f"{place}{'.' if deeper else ': '}{message}" if place else message
