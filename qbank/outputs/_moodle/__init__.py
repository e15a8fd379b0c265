"""Moodle's own ways to ask and to mark, for every format that Moodle imports."""

from qbank.outputs._moodle.asked import (
    Asked,
    Fields,
    Impossible,
    Joined,
    Lowered,
    Means,
    Near,
    Numeric,
    Tick,
    Ticks,
    Truth,
    Word,
    Words,
    Written,
    category,
    percent,
    snapped,
    typed,
)
from qbank.outputs._moodle.given import CANVAS, MOODLE, NOTHING, Joint
from qbank.outputs._moodle.given import text as given
from qbank.outputs._moodle.lowering import lowered
from qbank.outputs._moodle.texts import alone, code, idnumber, name, prompt

__all__ = [
    "CANVAS", "MOODLE", "NOTHING", "Asked", "Fields", "Impossible", "Joined", "Joint", "Lowered", "Means", "Near",
    "Numeric", "Tick", "Ticks", "Truth", "Word", "Words", "Written", "alone", "category", "code", "given", "idnumber",
    "lowered", "name", "percent", "prompt", "snapped", "typed",
]  # fmt: skip
