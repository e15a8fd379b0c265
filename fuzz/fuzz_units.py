"""Any text read as a unit: a unit or a UnitError that shows its place, never a factor that is no number."""

from __future__ import annotations

import math

import _driver
import _words

with _driver.watched():
    from qbank import numerals, units

REPORT = _driver.Report("units")


def one(text: str, extra: bool) -> None:
    units.read.cache_clear()
    try:
        unit = units.read(text, extra=extra)
    except units.UnitError as error:
        assert 0 <= error.at <= len(text)
        assert str(error)
        return
    assert math.isfinite(unit.factor)
    assert unit.factor > 0
    assert unit.fits(unit)
    REPORT.read += 1


def batch(data: bytes) -> None:
    for text in _driver.neighbours(data, _words.UNITS + _words.HOSTILE, 40):
        REPORT.texts += 1
        folded = numerals.normalise(text)
        _driver.bounded(REPORT, lambda folded=folded: one(folded, len(data) % 2 == 0), folded)  # type: ignore[misc]


_driver.fuzz(REPORT, batch, _words.UNITS, _words.UNITS)
