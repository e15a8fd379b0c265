"""What is wrong with a witness as it was written, in one line."""

from __future__ import annotations

from pydantic import ValidationError

from qbank import messages, nodes


def told(error: ValidationError) -> str:
    """The first fault with its place: `over.t: …`; of a fault within a fault, the innermost.

    >>> from qbank.witnesses._cells import Direction
    >>> try:
    ...     Direction.model_validate({"W": "w"})
    ... except ValidationError as error:
    ...     told(error)
    'U: this field is missing'
    """
    place, message = nodes.complaint(error)
    where = ".".join(map(str, place))
    return messages.tell("{place}: {problem}", place=where, problem=message) if where else message
