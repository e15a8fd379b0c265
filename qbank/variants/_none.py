"""Why none of some variants can be drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from qbank import messages, nodes
from qbank.bank.item import Item
from qbank.model import Column, Problem, Refused
from qbank.variants._feasible import hindrances


def none(item: Item, what: str, columns: Mapping[str, Column], seats: NDArray[np.int64]) -> Refused:
    """What of an item cannot be drawn, and why, at the place of what took the last of these rows."""
    found = hindrances(item, columns, seats)
    last = found[-1]
    why = reasons(messages.tell("on {rows:,}, {why}", rows=one.rows, why=one.message) for one in found)
    if len(found) == 1:
        why = messages.tell("on all, {why}", why=last.message) if len(seats) > 1 else last.message
    message = messages.tell("{what}: {why}", what=what, why=why)
    problem = Problem(last.code, message, path=nodes.path_text(last.path), item=item.id, proposal=last.proposal)
    return Refused(problem, at=last.path)


def reasons(clauses: Iterable[str]) -> str:
    """Several reasons in one sentence, each once."""
    return messages.clauses(dict.fromkeys(clauses))
