"""Any text read as a number: a numeral in one of three states, never an exception, at once; and alike in columns."""

from __future__ import annotations

import math

import _driver
import _words

with _driver.watched():
    from qbank import numerals
    from qbank.model import BLANK, READ, UNREADABLE
    from qbank.numerals.columns import FEW

REPORT = _driver.Report("numerals")
FILLING = [f"{number} V" for number in range(FEW)]
"""So many texts that columns are worth setting up."""
COMMAS: tuple[numerals.Comma, ...] = ("ask", "decimal", "thousands")


def one(text: str, comma: numerals.Comma, prefix: bool) -> None:
    found = numerals.one(text, comma=comma, prefix=prefix, name="A_u gain")
    assert found.state in (BLANK, UNREADABLE, READ)
    assert (found.state == READ) == math.isfinite(found.value)
    if found.state == READ:
        assert abs(found.value) < 1e100
        assert 0 <= found.low <= found.high <= 1000
    if found.state == UNREADABLE:
        assert 1 <= found.stop <= len(text) + 1
        assert found.expected in numerals.REASONS
    REPORT.read += found.state == READ


def batch(data: bytes) -> None:
    texts = _driver.neighbours(data, _words.ALL, 40)
    comma, prefix = COMMAS[len(data) % 3], len(data) % 2 == 0
    REPORT.texts += len(texts)
    for text in texts:
        _driver.bounded(REPORT, lambda text=text: one(text, comma, prefix), text)  # type: ignore[misc]
    columns = numerals.read([*texts, *FILLING], comma=comma, prefix=prefix, name="A_u gain")
    for row, text in enumerate(texts):
        alone = numerals.one(text, comma=comma, prefix=prefix, name="A_u gain")
        assert (columns.state[row], columns.stop[row], columns.high[row]) == (alone.state, alone.stop, alone.high), text
        assert columns.value[row] == alone.value or alone.state != READ, text


_driver.fuzz(REPORT, batch, _words.written(), _words.NUMBERS + _words.UNITS)
