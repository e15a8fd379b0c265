"""The keys of many forms in one compact table, for marking by hand: a row a paper, a column a part with its marks.

A long list is typeset in pieces, on some processes, and joined: whole, one of 10,000 papers takes seven gigabytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any, TypeAlias

from qbank.model import Candidate, Lang
from qbank.outputs import Workers, _text
from qbank.outputs._wording import granted, number, wording
from qbank.outputs.pdf import volume
from qbank.outputs.pdf.press import forget, typeset
from qbank.sheets import Keys

Tree: TypeAlias = dict[str, Any]
LINE = 112.0
"""The width of a line of A4 landscape, in em of the table's type."""
SIZE = 6.8
"""The size of the table's type, in points."""
WHOLE = 200
"""The list of so many papers is one tagged document; a longer one is joined of pieces that are not tagged."""
PIECE = 100
"""The papers of a piece: those of a volume for the printer. It begins on a page of its own."""


def markinglist(table: Keys, workers: Workers) -> bytes:
    """A PDF of the printed keys of every paper; columns that do not fit go on to a further table.

    A piece of a long list has a bookmark. Raises ValueError when a row has not one key for each column.
    """
    for _, code, keys in table.rows:
        if len(keys) != len(table.columns):
            raise ValueError(f"paper {code} has {len(keys)} keys for {len(table.columns)} columns")
    if len(table.rows) <= WHOLE:
        (_, tree), = _pieces(table, max(len(table.rows), 1))
        return typeset("markinglist", table.lang, {**tree, "alone": True})
    pieces = list(workers.each(partial(_piece, table.lang), _pieces(table, PIECE), heavy=True))
    title = _title(table.title, table.lang)
    return volume.numbered(pieces, partial(_feet, table.lang, title), title, table.lang)


def _piece(lang: Lang, tree: Tree) -> bytes:
    piece = typeset("markinglist", lang, {**tree, "alone": False}, tagged=False)
    forget()  # no row comes again
    return piece


def _pieces(table: Keys, size: int) -> Iterator[tuple[str, Tree]]:
    """What the template reads of so many rows at once, by their first and last codes; columns are as wide in each."""
    rows, lang, words = table.rows, table.lang, wording(table.lang)
    named = any(who is not None for who, _, _ in rows)
    heads = [_text.clean(column) for column in table.columns]
    worth = [number(marks) for marks in table.marks]
    widths = [_width(heads[i], {row[2][i] for row in rows}) for i in range(len(heads))]
    names = [[*([_name(who, lang)] if named else []), _text.clean(code)] for who, code, _ in rows]
    space = LINE - max((sum(map(_text.width, name)) for name in names), default=0.0) - 2 * (1 + named)
    runs = _runs(widths, space)
    for first in range(0, max(len(rows), 1), size):
        own, whose = rows[first : first + size], names[first : first + size]
        cells = [[_text.clean(key) for key in keys] for _, _, keys in own]
        yield f"{own[0][1]}–{own[-1][1]}" if own else "", {
            "words": asdict(words), "title": _title(table.title, lang), "size": SIZE, "first": first == 0,
            "heads": [*([words.candidate] if named else []), words.paper],
            "parts": [
                {"columns": heads[start:end], "widths": widths[start:end], "marks": worth[start:end],
                 "rows": [[*name, *row[start:end]] for name, row in zip(whose, cells, strict=True)]}
                for start, end in runs
            ],
        }  # fmt: skip


def _feet(lang: Lang, title: str, pages: int) -> bytes:
    return typeset("markingfeet", lang, {"words": asdict(wording(lang)), "title": title, "pages": pages}, tagged=False)


def _title(title: str, lang: Lang) -> str:
    return _text.clean(title) or wording(lang).marking_list


def _name(who: Candidate | None, lang: Lang) -> str:
    if who is None:
        return ""
    said = granted(who.accommodation, lang)
    return _text.clean(" ".join(filter(None, (who.id, _text.printable(who.name), f"[{said}]" if said else ""))))


def _width(head: str, keys: Iterable[str]) -> float:
    """What a column asks for: its longest key on one line, or on two where that is long."""
    widest = max((_text.width(_text.clean(key)) for key in keys), default=0.0)
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
