"""What is wrong with a witness as it was written, in one line."""

from __future__ import annotations

from pydantic import BaseModel, ValidationError

from qbank import messages, nodes, registry


def told(error: ValidationError, model: type[BaseModel]) -> str:
    """A misspelt field, or the first fault with its place: `over.t: …`; of a fault within a fault, the innermost.

    >>> from qbank.witnesses._cells import Direction
    >>> def fault(written):
    ...     try:
    ...         Direction.model_validate(written)
    ...     except ValidationError as error:
    ...         return told(error, Direction)
    >>> fault({"W": "w"}), fault({"W": "w", "U": "u", "bb": "b"})
    ('U: this field is missing', "unknown key 'bb'; did you mean 'b'?")
    """
    faults = error.errors(include_url=False)
    missing = [str(each["loc"][0]) for each in faults if each["type"] == "missing" and len(each["loc"]) == 1]
    for each in faults:
        name = str(each["loc"][0]) if each["type"] == "extra_forbidden" and len(each["loc"]) == 1 else ""
        guess = registry.nearest(name, missing) or registry.nearest(name, model.model_fields)
        if guess is not None:
            return messages.tell("unknown key {key!r}; did you mean {guess!r}?", key=name, guess=guess)
    place, message = nodes.complaint(error)
    where = ".".join(map(str, place))
    return messages.tell("{place}: {problem}", place=where, problem=message) if where else message
