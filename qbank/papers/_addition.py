"""What is sealed of candidates who come later: who they are, their seats, and the values of their papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from pydantic import ValidationError

from qbank import __version__, messages, store
from qbank.model import Array, Refused
from qbank.papers._record import FORMAT, Part, Record, Seat, fit, seats_of
from qbank.papers.exam import Exam

ADDED = "candidates.json"
"""The record of such an addition, in its folder."""


class Addition(Part):
    """Late candidates: `forms` are the codes of the new seats, `spares` those of them that have no candidate yet."""

    format: int
    version: str
    at: str
    by: str
    why: str
    candidates: tuple[Seat, ...]
    forms: tuple[str, ...]
    spares: tuple[int, ...]


def parsed(content: bytes, path: str) -> Addition:
    """The record in the file. Raises Refused for a damaged one, and for one of a later version."""
    try:
        addition = Addition.model_validate_json(content)
    except ValidationError as error:
        raise Refused(messages.tell("{file} is damaged: {fault}", file=path, fault=store.fault(error))) from error
    if addition.format > FORMAT:
        raise Refused(messages.tell("{file} was made by qbank {version}; this is qbank {own}: please update qbank",
                                    file=path, version=addition.version, own=__version__))  # fmt: skip
    return addition


def written(exam: Exam, larger: Exam, *, at: str, by: str, why: str) -> dict[str, Any]:
    """The record of what a larger exam has besides, as JSON holds it."""
    return {
        "format": FORMAT,
        "version": __version__,
        "at": at,
        "by": by,
        "why": why,
        "candidates": seats_of(larger)[len(exam.candidates) :],
        "forms": list(larger.forms[len(exam.forms) :]),
        "spares": [form for form in larger.spares if form >= len(exam.forms)],
    }


def enlarged(record: Record, additions: Sequence[Addition]) -> Record:
    """The record of the exam with everybody who came later. Raises ValueError where they do not fit together."""
    whole = record.model_copy(update={
        "candidates": (*record.candidates, *(seat for each in additions for seat in each.candidates)),
        "forms": (*record.forms, *(code for each in additions for code in each.forms)),
        "spares": (*record.spares, *(form for each in additions for form in each.spares)),
    })  # fmt: skip
    fit(whole)
    return whole


def joined(pieces: Sequence[Mapping[str, Array]]) -> dict[str, Array]:
    """The columns of the first piece with those of the others after them.

    Raises ValueError where a piece lacks a column, or has it in another shape.
    """
    for name, array in pieces[0].items():
        for more in pieces[1:]:
            if name not in more or more[name].shape[1:] != array.shape[1:] or more[name].dtype.kind != array.dtype.kind:
                raise ValueError(messages.tell("the column {column!r} differs from that of the exam", column=name))
    return {name: np.concatenate([piece[name] for piece in pieces]) for name in pieces[0]}
