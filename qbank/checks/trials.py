"""The author's own trials give the results that the author expects."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from qbank import answers, marking, messages, variants
from qbank.bank.item import Part, Trial
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.model import Problem, Refused
from qbank.variants import Variants

RATIONALE = "A trial states what a known answer should earn; where the grader differs, one of the two is wrong."
PROPOSAL = "correct the trial, or the part that it tries"
_TRIAL = """
trials:
  - {given: {R1: 10k, Rf: 100k}, answers: {gain: "%s"}, marks: 2}
"""
EXAMPLES = (Sample("trials.marks", _TRIAL % "10", _TRIAL % "-10", "the answer or the key lacks a minus sign"),)


def check(scene: Scene) -> Iterator[Problem]:
    """Every trial that gives another result."""
    item = scene.item
    for number, trial in enumerate(item.trials):
        path = ("trials", number)
        try:
            drawn = variants.given(item, trial.given, trial.named)
        except Refused as refused:
            yield from (scene.problem(each.code, each.message, path, proposal=PROPOSAL) for each in refused.problems)
            continue
        marked = marking.mark(item, drawn, {part.id: [_text(trial, drawn, part)] for part in item.parts})
        earned = sum(float(marked[part.id].credit[0]) * float(part.marks) for part in item.parts)
        notes = [note for name in trial.answers for note, _, _ in marked[name].steps.of(0)]
        if not np.isclose(earned, float(trial.marks), rtol=0, atol=1e-9):
            message = messages.tell("the trial expects {expected:g} marks, but gets {earned:g} ({notes})",
                                    expected=float(trial.marks), earned=earned,
                                    notes=messages.listed(notes))  # fmt: skip
            yield scene.problem("trials.marks", message, path, proposal=PROPOSAL)
        elif trial.note and trial.note not in notes:
            message = messages.tell("the trial expects the note {note}, but gets {notes}",
                                    note=trial.note, notes=messages.listed(notes))  # fmt: skip
            yield scene.problem("trials.note", message, path, proposal=PROPOSAL)


def _text(trial: Trial, drawn: Variants, part: Part) -> str:
    """What the trial answers to a part, as a candidate would write it on this variant."""
    answer, kind = trial.answers.get(part.id, ""), answers.kind_of(part.kind)
    if isinstance(answer, str) or kind.named is None:
        return str(answer)
    return kind.named(part.answer, drawn.arrangements[part.id], 0, answer)
