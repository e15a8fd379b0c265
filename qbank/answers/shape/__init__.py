"""The shape of an array: `(8, 5, 16)`, `8×5×16`, `torch.Size([8, 5, 16])`. All or nothing."""

from __future__ import annotations

from qbank.answers import Kind
from qbank.answers.shape import facts, marks, notes, pages
from qbank.answers.shape.marks import Spec
from qbank.model import Example

_BATCH = """
kind: shape
key: [N, T, h]
mistakes:
  time-first:
    value: [T, N, h]
    zh: 时间在前
    en: time comes first
"""
_GIVEN = {"N": 8.0, "T": 5.0, "h": 16.0}
EXAMPLES: tuple[Example, ...] = (
    Example(_BATCH, "(8, 5, 16)", 1, "shape.right", given=_GIVEN),
    Example(_BATCH, "8×5×16", 1, "shape.right", given=_GIVEN),
    Example(_BATCH, "torch.Size([8, 5, 16])", 1, "shape.right", "as a program prints it", given=_GIVEN),
    Example(_BATCH, "8x5x16", 1, "shape.right", "the letter x", given=_GIVEN),
    Example(_BATCH, "［８，５，１６］", 1, "shape.right", "full width", given=_GIVEN),
    Example(_BATCH, "8 5 16", 1, "shape.right", given=_GIVEN),
    Example(_BATCH, "(5, 8, 16)", 0, "shape.mistake.time-first", given=_GIVEN),
    Example(_BATCH, "(8, 16)", 0, "shape.rank", "a wrong number of axes is wrong, not unreadable", given=_GIVEN),
    Example(_BATCH, "(8, 5, 15)", 0, "shape.wrong", "all or nothing", given=_GIVEN),
    Example(_BATCH, "8,5×16", 0, "unreadable", given=_GIVEN),
    Example("kind: shape\nkey: []\n", "()", 1, "shape.right", "a scalar"),
    Example("kind: shape\nkey: [h]\n", "(16,)", 1, "shape.right", given=_GIVEN),
)

KIND = Kind(
    spec=Spec, examples=EXAMPLES, facts=facts.of,
    bind=marks.bind, feasible=marks.feasible, impossible=marks.impossible,
    read=marks.read, mark=marks.mark,
    show=pages.show, accepted=pages.accepted, foresee=pages.foreseen,
    interaction=pages.interaction, scoring=pages.scoring, notes=notes.TABLE, fills=notes.fills,
    spellings=pages.spellings, wrong=pages.wrong, unreadable=pages.unreadable,
)  # fmt: skip
