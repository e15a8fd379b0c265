"""Number: one value within a tolerance, in a unit where the part has one."""

from __future__ import annotations

from qbank.answers import Kind
from qbank.answers.number import facts, marks, notes, pages, writings
from qbank.answers.number.examples import EXAMPLES
from qbank.answers.number.spec import Spec

KIND = Kind(
    spec=Spec, examples=EXAMPLES, facts=facts.of,
    bind=marks.bind, feasible=marks.feasible, impossible=marks.impossible,
    read=marks.read, mark=marks.mark, value=marks.value,
    show=pages.show, accepted=pages.accepted, foresee=pages.foreseen,
    interaction=pages.interaction, scoring=pages.scoring, notes=notes.TABLE, fills=notes.fills,
    spellings=writings.spellings, wrong=writings.wrong, unreadable=writings.unreadable,
)  # fmt: skip
