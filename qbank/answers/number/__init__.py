"""Number: one value, within a tolerance that is written, in a unit where the part has one."""

from __future__ import annotations

from qbank.answers.number.examples import EXAMPLES
from qbank.answers.number.marks import arrange, bind, feasible, impossible, mark, read, value
from qbank.answers.number.names import note_name
from qbank.answers.number.pages import (
    REASONS,
    accepted,
    expressions,
    foreseen,
    interaction,
    reason,
    scoring,
    show,
    texts,
)
from qbank.answers.number.spec import Spec
from qbank.answers.number.writings import spellings, unreadable, wrong

__all__ = [
    "EXAMPLES", "REASONS", "Spec", "accepted", "arrange", "bind", "expressions", "feasible", "foreseen", "impossible",
    "interaction", "mark", "note_name", "read", "reason", "scoring", "show", "spellings", "texts", "unreadable",
    "value", "wrong",
]  # fmt: skip
