"""Any text read as a unit: a unit or a UnitError that shows its place, never a factor that is no number."""

from __future__ import annotations

import math

import _driver
import _words

with _driver.watched():
    from qbank import numerals, units

ASKED = tuple(
    units.Asked(units.read(unit), prefixes=unit != "", customary=unit == "Pa")
    for unit in ("", "V", "kΩ", "mm/s", "N*m", "°C", "Pa", "rad/s", "%", "dB")
)
REPORT = _driver.Report("units")


def one(text: str) -> None:
    units.read.cache_clear()
    units.meaning.cache_clear()
    for asked in ASKED:
        found = units.meaning(text, asked)
        assert found.error is None or (found.status == "refused" and 0 <= found.error.at <= len(text))
        assert math.isfinite(found.factor)
        assert all(math.isfinite(second.factor) for second in found.seconds)
    try:
        unit = units.read(text)
    except units.UnitError as error:
        assert 0 <= error.at <= len(text)
        assert str(error)
        return
    assert math.isfinite(unit.factor)
    assert unit.factor > 0
    assert unit.fits(unit), text
    REPORT.read += 1


def batch(data: bytes) -> None:
    for text in _driver.neighbours(data, _words.UNITS + _words.HOSTILE, 40):
        REPORT.texts += 1
        folded = numerals.normalise(text)
        _driver.bounded(REPORT, lambda folded=folded: one(folded), folded)  # type: ignore[misc]


_driver.fuzz(REPORT, batch, _words.UNITS, _words.UNITS)
