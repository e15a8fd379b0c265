"""An interval: `(1, 3]`, `(−∞, 2)`; each end with its bracket is half of the marks."""

from __future__ import annotations

from qbank.answers.interval.marks import arrange, bind, feasible, impossible, mark, read
from qbank.answers.interval.names import note_name
from qbank.answers.interval.pages import (
    accepted,
    expressions,
    foreseen,
    interaction,
    reason,
    scoring,
    show,
    spellings,
    texts,
    unreadable,
    wrong,
)
from qbank.answers.interval.spec import Spec
from qbank.model import Example

__all__ = [
    "EXAMPLES", "Spec", "accepted", "arrange", "bind", "expressions", "feasible", "foreseen", "impossible",
    "interaction", "mark", "note_name", "read", "reason", "scoring", "show", "spellings", "texts", "unreadable",
    "wrong",
]  # fmt: skip

_WINDOW = """
kind: interval
low: UT
high: VCC - UT
brackets: (]
unit: V
tolerance: 1%
name: u
mistakes:
  whole:
    low: 0
    high: VCC
    zh: 忘记减去门限电压
    en: the threshold was not subtracted
"""
_HALF = """
kind: interval
low: -inf
high: a
brackets: ()
tolerance: exact
"""
_GIVEN = {"UT": 1.0, "VCC": 4.0}
EXAMPLES: tuple[Example, ...] = (
    Example(_WINDOW, "(1, 3] V", 1, "interval.right", given=_GIVEN),
    Example(_WINDOW, "(1 V, 3 V]", 1, "interval.right", given=_GIVEN),
    Example(_WINDOW, "u ∈ （１０００，３０００］ mV", 1, "interval.right", "full width, in another unit", given=_GIVEN),
    Example(_WINDOW, "(1, 3]", 0.8, "unit.missing", given=_GIVEN),
    Example(_WINDOW, "(1, 3] A", 0, "unit.dimension", given=_GIVEN),
    Example(_WINDOW, "(1, 3) V", 0.5, "interval.brackets", "one bracket is right", given=_GIVEN),
    Example(_WINDOW, "[1, 3) V", 0, "interval.brackets", given=_GIVEN),
    Example(_WINDOW, "(1, 3.5] V", 0.5, "interval.high", given=_GIVEN),
    Example(_WINDOW, "(2, 3] V", 0.5, "interval.low", given=_GIVEN),
    Example(_WINDOW + "all: yes\n", "(2, 3] V", 0, "interval.low", given=_GIVEN),
    Example(_WINDOW, "(0, 4] V", 0, "interval.mistake.whole", given=_GIVEN),
    Example(_WINDOW, "(5, 6] V", 0, "interval.wrong", given=_GIVEN),
    Example(_WINDOW, "(3, 1] V", 0, "unreadable", "the ends are the wrong way round", given=_GIVEN),
    Example(_HALF, "(−∞, 2)", 1, "interval.right", given={"a": 2.0}),
    Example(_HALF, "(-oo, 2)", 1, "interval.right", given={"a": 2.0}),
    Example(_HALF, "(-infinity; 2)", 1, "interval.right", given={"a": 2.0}),
    Example(_HALF, "(-inf, 2]", 0.5, "interval.brackets", given={"a": 2.0}),
    Example(_HALF, "[-inf, 2)", 0.5, "interval.brackets", "infinity belongs to no interval", given={"a": 2.0}),
    Example(_HALF, "(0, 2)", 0.5, "interval.low", given={"a": 2.0}),
    Example(_HALF, "2", 0, "unreadable", given={"a": 2.0}),
)
