"""What is wrong with a witness as it was written, in one line."""

from __future__ import annotations

from pydantic import ValidationError

from qbank import messages


def told(error: ValidationError) -> str:
    """The first fault with its place: `over.t: …`; of a fault within a fault, the innermost.

    >>> from qbank.witnesses._cells import Direction
    >>> try:
    ...     Direction.model_validate({"W": "w"})
    ... except ValidationError as error:
    ...     told(error)
    'U: this field is missing'
    """
    first = error.errors()[0]
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, ValidationError):
        message = told(cause)
    elif first["type"] == "missing":
        message = messages.tell("this field is missing")
    elif first["type"] == "extra_forbidden":
        message = messages.tell("there is no such field")
    else:
        message = first["msg"].removeprefix("Value error, ")
    place = ".".join(map(str, first["loc"]))
    deeper = isinstance(cause, ValidationError) and cause.errors()[0]["loc"]
    return f"{place}{'.' if deeper else ': '}{message}" if place else message
