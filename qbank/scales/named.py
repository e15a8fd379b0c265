"""The tables of grades that come with qbank; a department defines its own in its scheme."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from qbank.model import Bilingual
from qbank.scales.tables import Band, Table


def _table(name: str, rows: Iterable[tuple[int, str, str, str]]) -> Table:
    """Rows of (from, Chinese word, English word, points or nothing)."""
    return Table(name, tuple(Band(Bilingual(zh=zh, en=en), Fraction(low), None, Fraction(points) if points else None)
                             for low, zh, en, points in rows))  # fmt: skip


def _letters(name: str, rows: Iterable[tuple[int, str, str]]) -> Table:
    return _table(name, ((low, word, word, points) for low, word, points in rows))


TABLES = {
    table.name: table
    for table in (
        _table("five-level", [(90, "优", "excellent", ""), (80, "良", "good", ""), (70, "中", "fair", ""),
                              (60, "及格", "pass", ""), (0, "不及格", "fail", "")]),
        _table("pass-fail", [(60, "合格", "pass", ""), (0, "不合格", "fail", "")]),
        _letters("letters", [(90, "A", "4"), (80, "B", "3"), (70, "C", "2"), (60, "D", "1"), (0, "F", "0")]),
        _letters("letters-plus", [(93, "A", "4"), (90, "A-", "3.7"), (87, "B+", "3.3"), (83, "B", "3"),
                                  (80, "B-", "2.7"), (77, "C+", "2.3"), (73, "C", "2"), (70, "C-", "1.7"),
                                  (67, "D+", "1.3"), (63, "D", "1"), (60, "D-", "0.7"), (0, "F", "0")]),
        _letters("gpa-4", [(90, "4.0", "4"), (80, "3.0", "3"), (70, "2.0", "2"), (60, "1.0", "1"), (0, "0", "0")]),
        _letters("gpa-4-fine", [(90, "4.0", "4"), (85, "3.7", "3.7"), (82, "3.3", "3.3"), (78, "3.0", "3"),
                                (75, "2.7", "2.7"), (72, "2.3", "2.3"), (68, "2.0", "2"), (64, "1.5", "1.5"),
                                (60, "1.0", "1"), (0, "0", "0")]),
    )
}  # fmt: skip
"""Tables by name, all for marks out of 100."""
