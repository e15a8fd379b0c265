"""Answers given as values of Python, as a candidate would have written them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from qbank import messages


def written(answer: object) -> str:
    """The text of an answer: a text as it is, None as a blank, numbers and arrays as they are typed.

    A vector's components are joined by commas in brackets, a matrix's rows by brackets of their own. Raises TypeError
    for anything else: what a candidate would write for it cannot be told.

    >>> written(-10), written(2.5e-7), written(3 - 4j), written([1, 2.5]), written(np.eye(2, dtype=int)), written(True)
    ('-10', '2.5e-07', '3-4j', '[1, 2.5]', '[[1, 0], [0, 1]]', 'true')
    """
    match answer:
        case None:
            return ""
        case str():
            return answer
        case bool() | np.bool_():
            return str(bool(answer)).lower()
        case int() | np.integer():
            return str(int(answer))
        case float() | np.floating():
            return repr(float(answer))
        case complex() | np.complexfloating():
            return f"{complex(answer)}".strip("()")
        case list() | tuple() | np.ndarray():
            return f"[{', '.join(map(written, _entries(answer)))}]"
        case _:
            raise TypeError(messages.tell("an answer must be a text or a number, not {type}: {answer!r:.80}",
                                          type=type(answer).__name__, answer=answer))  # fmt: skip


def _entries(values: Iterable[Any]) -> Iterable[Any]:
    return values.tolist() if isinstance(values, np.ndarray) else values
