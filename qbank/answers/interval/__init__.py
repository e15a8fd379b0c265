"""An interval or an inequality: `(1, 3]`, `1 < x ≤ 3`; each end with its bracket is half of the marks."""

from __future__ import annotations

from qbank.answers import Kind
from qbank.answers.interval import facts, marks, notes, pages, printing
from qbank.answers.interval.spec import Spec
from qbank.model import Example

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
_CONFIDENCE = """
kind: interval
low: UT
high: VCC
brackets: any
tolerance: 1%
mistakes:
  whole:
    low: 0
    high: VCC + UT
    zh: 用了两倍的标准误
    en: twice the standard error was used
"""
_HALF = """
kind: interval
low: -inf
high: a
brackets: ()
tolerance: exact
"""
_OPENS = """
kind: interval
inequality: u_i
low: UT
high: inf
brackets: ()
unit: V
tolerance: 1%
mistakes:
  closes:
    low: -inf
    high: UT
    zh: 不等号方向相反
    en: the sign points the other way
    credit: 0.25
"""
_BETWEEN = """
kind: interval
inequality: u
low: -UT
high: UT
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
    Example(_WINDOW, "(3, 1] V", 0, "unreadable", "the ends are in the wrong order", given=_GIVEN),
    Example(_WINDOW, "1 V < u ≤ 3 V", 1, "interval.right", "as an inequality", given=_GIVEN),
    Example(_WINDOW, "1 < v ≤ 3 V", 0, "unreadable", "a name other than the part's", given=_GIVEN),
    Example(_OPENS, "u_i > 1 V", 1, "interval.right", given=_GIVEN),
    Example(_OPENS, "1V＜u_i", 1, "interval.right", "read from the right; full width", given=_GIVEN),
    Example(_OPENS, "大于 1 V", 1, "interval.right", "in words, without the letter", given=_GIVEN),
    Example(_OPENS, "(1, +∞) V", 1, "interval.right", "as an interval", given=_GIVEN),
    Example(_OPENS, "(1 V, ∞ V)", 1, "interval.right", "a unit after infinity is that of the other end", given=_GIVEN),
    Example(_OPENS, "1 V < u_i < 正无穷", 1, "interval.right", "infinity in words", given=_GIVEN),
    Example(_OPENS, "u_i > 1", 0.8, "unit.missing", given=_GIVEN),
    Example(_OPENS, "u_i ≥ 1 V", 0, "interval.brackets", "≥ and > are different ends", given=_GIVEN),
    Example(_OPENS, "u_i > 2 V", 0, "interval.low", given=_GIVEN),
    Example(_OPENS, "1 V < u_i < 9 V", 0.5, "interval.high", "one end too many", given=_GIVEN),
    Example(_OPENS, "u_i < 1 V", 0.25, "interval.mistake.closes", given=_GIVEN),
    Example(_OPENS, "u_o > 1 V", 0, "interval.letter", "doubtful; a person may decide", given=_GIVEN),
    Example(_OPENS, "|u_i| > 1 V", 0, "unreadable", "two intervals", given=_GIVEN),
    Example(_BETWEEN, "|u| < 1", 1, "interval.right", given=_GIVEN),
    Example(_BETWEEN, "u > -1 且 u < 1", 1, "interval.right", given=_GIVEN),
    Example(_BETWEEN, "-1 < u <= 1", 0.5, "interval.brackets", given=_GIVEN),
    Example(_BETWEEN, "1 > u > -1", 1, "interval.right", given=_GIVEN),
    Example(_BETWEEN, "1 < u < -1", 0, "unreadable", "the ends are in the wrong order", given=_GIVEN),
    Example(_CONFIDENCE, "(1, 4)", 1, "interval.right", given=_GIVEN),
    Example(_CONFIDENCE, "[1, 4]", 1, "interval.right", given=_GIVEN),
    Example(_CONFIDENCE, "1 ≤ x < 4", 1, "interval.right", given=_GIVEN),
    Example(_CONFIDENCE + "unit: V\n", "1000, 4000 mV", 1, "interval.right", "the unit is that of both", given=_GIVEN),
    Example(_CONFIDENCE, "1, 4", 1, "interval.right", "without brackets", given=_GIVEN),
    Example(_CONFIDENCE, "1 ~ 4", 1, "interval.right", given=_GIVEN),
    Example(_CONFIDENCE, "[1, 5)", 0.5, "interval.high", given=_GIVEN),
    Example(_CONFIDENCE, "[0, 5]", 0, "interval.mistake.whole", given=_GIVEN),
    Example(_HALF, "(−∞, 2)", 1, "interval.right", given={"a": 2.0}),
    Example(_HALF, "(-oo, 2)", 1, "interval.right", given={"a": 2.0}),
    Example(_HALF, "(-infinity; 2)", 1, "interval.right", given={"a": 2.0}),
    Example(_HALF, "(-inf, 2]", 0.5, "interval.brackets", given={"a": 2.0}),
    Example(_HALF, "[-inf, 2)", 0.5, "interval.brackets", "infinity is in no interval", given={"a": 2.0}),
    Example(_HALF, "(0, 2)", 0.5, "interval.low", given={"a": 2.0}),
    Example(_HALF, "2", 0, "unreadable", given={"a": 2.0}),
)

KIND = Kind(
    spec=Spec, examples=EXAMPLES, facts=facts.of,
    bind=marks.bind, feasible=marks.feasible, impossible=marks.impossible,
    read=marks.read, mark=marks.mark,
    show=printing.show, accepted=pages.accepted, foresee=pages.foreseen,
    interaction=pages.interaction, scoring=pages.scoring, notes=notes.TABLE, fills=notes.fills,
    spellings=pages.spellings, wrong=pages.wrong, unreadable=pages.unreadable,
)  # fmt: skip
