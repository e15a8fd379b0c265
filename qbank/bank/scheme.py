"""The marking scheme of one part: what earns marks inside it, line by line, written as its `steps:`.

Worked solutions, long answers and marks by hand share this one form. The lines add up to the part; where a paper
makes the part worth more or less, they follow in proportion.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from qbank import algebra, messages, records
from qbank.bank.passages import Passage, Passages
from qbank.model import exact_marks
from qbank.records import Marks, Worded

if TYPE_CHECKING:
    from qbank.bank.item import Part


class Line(Worded):
    """One step of a part: what is expected, its marks, and the variants that have it."""

    marks: Marks
    when: algebra.Condition | None = None

    @property
    def passages(self) -> Passages:
        """The same as the texts of an item are."""
        return Passages((Passage(self.text),))


def faults(part: Part) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What is wrong with the steps of a part: (path in the part, message)."""
    if not part.steps:
        if part.facts.waits:
            yield (), messages.tell(
                "part {part!r} is marked by a person; write steps: with what earns its marks, such as steps: "
                "{{cause: {{marks: 2, zh: …, en: …}}}}", part=part.id,
            )  # fmt: skip
        return
    if not part.facts.keys and not part.facts.waits:
        yield ("steps",), messages.tell(
            "a part of kind {kind} is marked as a whole and has no steps; steps: belongs to a part with written "
            "working: a number, a formula, a vector, an essay", kind=part.kind,
        )  # fmt: skip
        return
    if any(line.when for line in part.steps.values()):
        return  # which of them add up depends on the variant; the check `steps` looks at all
    together = sum((line.marks for line in part.steps.values()), start=Fraction(0))
    if together != part.marks:
        yield ("steps",), messages.tell(
            "the steps are worth {sum} together, but the part is worth {marks}; write marks: so that they add up",
            sum=exact_marks(together), marks=exact_marks(part.marks),
        )  # fmt: skip


def of_rubric(part: Any) -> Any:
    """A part as its author wrote it, with the `rubric:` of its answer (as it was called before 0.2) as its `steps:`.

    The marks of a rubric were shares of the part and needed not add up to it; those of steps do.
    """
    answer = part.get("answer") if isinstance(part, dict) else None
    if not isinstance(answer, dict) or "rubric" not in answer or "steps" in part:
        return part
    rubric = answer["rubric"]
    return {
        **part, "steps": _scaled(rubric, part.get("marks", 1)),
        "answer": {name: value for name, value in answer.items() if name != "rubric"},
    }  # fmt: skip


def _scaled(rubric: Any, worth: Any) -> Any:
    try:
        own = {name: records.fraction(line["marks"]) for name, line in rubric.items()}
        together, whole = sum(own.values(), start=Fraction(0)), records.fraction(worth)
    except (AttributeError, KeyError, TypeError, ValueError):
        return rubric  # what is wrong with it is told where it is read
    if not together or together == whole:
        return rubric
    return {name: {**line, "marks": own[name] * whole / together} for name, line in rubric.items()}
