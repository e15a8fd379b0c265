"""Grids of complex numbers or formulas as candidates write them: brackets, commas and lines as those of a vector.

TeX matrices are read as well; each entry is then read by its own kind.
"""

from __future__ import annotations

import re

from qbank import units
from qbank.answers._entries import Entry, Grid
from qbank.answers.vector import written
from qbank.model import Bilingual

_UNIT = re.compile(r"(?<=[\s\d)°jiJI])\s*([A-Za-zΩµ%\u3400-\u9fff][^\s\d,;]*)$")


def parse(text: str, *, name: str, decimal_comma: bool, unit: str) -> Grid:
    """The grid that a text writes; where the last entry alone has a unit, it is that of all. Raises Stopped.

    >>> found = parse("[1+j, 2; 3, 4∠30°] V", name="", decimal_comma=False, unit="V")
    >>> [[entry.text for entry in row] for row in found.rows]
    [['1+j V', '2 V'], ['3 V', '4∠30° V']]
    """
    plain = _AROUND.sub(lambda found: re.sub(r"[ \t]", UNSEEN, found.group()), text)
    found = written.parse(plain, decimal_comma=decimal_comma, name=name, tesla=True)
    return _shared(found) if unit else found


def _shared(grid: Grid) -> Grid:
    """The grid with the unit of its last entry at every entry, where that alone has one."""
    entries = [entry for row in grid.rows for entry in row]
    own = [_unit(entry.text) for entry in entries]
    if not own[-1] or any(own[:-1]):
        return grid
    width = len(grid.rows[0])
    flat = [*(Entry(f"{entry.text} {own[-1]}", entry.at) for entry in entries[:-1]), entries[-1]]
    return Grid(tuple(tuple(flat[at : at + width]) for at in range(0, len(flat), width)), grid.origin)


def _unit(text: str) -> str:
    found = _UNIT.search(text)
    if found is None:
        return ""
    try:
        units.read(found.group(1))
    except units.UnitError:
        return ""
    return found.group(1)


UNSEEN = "\u200b"
"""What takes the place of a space around an operator, and is dropped where the text is folded."""
_AROUND = re.compile(r"(?<=\S)[ \t]+[+−–-][ \t]+(?=\S)|[ \t]*[*/^·×÷∠=][ \t]*")
COMMA = re.compile("[,，、&]")
COMMAS = Bilingual(zh="分量之间用逗号分隔（空格可表示相乘）", en="commas between the entries (a space may multiply)")


def multiplies(entry: Entry) -> bool:
    """Whether a space in an entry may mean a product, so that it could be two entries."""
    return re.search(r"[^\s+*/=<-]\s+[^\s+*/=-]", entry.text) is not None


