"""The keys of many forms in one compact table, for marking by hand: a row a paper, a column a part with its marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from qbank.model import Candidate, Lang
from qbank.outputs import _text
from qbank.outputs._wording import granted, number, wording
from qbank.outputs.pdf.press import typeset
from qbank.sheets import Keys

LINE = 112.0
"""The width of a line of A4 landscape, in em of the table's type."""
SIZE = 6.8
"""The size of the table's type, in points."""


def markinglist(table: Keys) -> bytes:
    """A PDF of the printed keys of every paper; columns that do not fit go on to a further table.

    Raises ValueError when a row has not one key for each column.
    """
    rows, columns, title, lang, words = table.rows, table.columns, table.title, table.lang, wording(table.lang)
    for _, code, keys in rows:
        if len(keys) != len(columns):
            raise ValueError(f"paper {code} has {len(keys)} keys for {len(columns)} columns")
    named = any(who is not None for who, _, _ in rows)
    names = [[*([_name(who, lang)] if named else []), _text.clean(code)] for who, code, _ in rows]
    cells = [[_text.clean(key) for key in keys] for _, _, keys in rows]
    worth = [number(marks) for marks in table.marks]
    heads = [_text.clean(column) for column in columns]
    widths = [_width(heads[i], (row[i] for row in cells)) for i in range(len(columns))]
    space = LINE - max((sum(map(_text.width, name)) for name in names), default=0.0) - 2 * (1 + named)
    tree: dict[str, Any] = {
        "words": asdict(words), "title": _text.clean(title) or words.marking_list, "size": SIZE,
        "heads": [*([words.candidate] if named else []), words.paper],
        "parts": [
            {"columns": heads[start:end], "widths": widths[start:end], "marks": worth[start:end],
             "rows": [[*name, *row[start:end]] for name, row in zip(names, cells, strict=True)]}
            for start, end in _runs(widths, space)
        ],
    }
    return typeset("markinglist", lang, tree)


def _name(who: Candidate | None, lang: Lang) -> str:
    if who is None:
        return ""
    said = granted(who.accommodation, lang)
    return _text.clean(" ".join(filter(None, (who.id, _text.printable(who.name), f"[{said}]" if said else ""))))


def _width(head: str, keys: Iterable[str]) -> float:
    """What a column asks for: its longest key on one line, or on two where that is long."""
    widest = max(map(_text.width, keys), default=0.0)
    return max(_text.width(head), widest if widest <= 9 else max(9.0, widest / 2), 2.0) + 0.8


def _runs(widths: Sequence[float], space: float) -> list[tuple[int, int]]:
    """Where the columns of each table begin and end.

    >>> _runs([4.0, 4.0, 4.0], 9.0)
    [(0, 2), (2, 3)]
    """
    runs, start, used = [], 0, 0.0
    for i, width in enumerate(widths):
        if i > start and used + width > space:
            runs.append((start, i))
            start, used = i, 0.0
        used += width
    return [*runs, (start, len(widths))] if widths else runs
