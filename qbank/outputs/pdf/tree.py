"""A page made ready for Typst: records as plain values, formulas in its own language, long texts marked as such."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache, lru_cache
from itertools import count
from typing import Any, assert_never

from qbank import maths
from qbank.outputs import _page, _text
from qbank.outputs._page import Block, File, Formula, Part, Question
from qbank.outputs.pdf import lines


@lru_cache(maxsize=1 << 14)
def _maths(tex: str) -> tuple[str, str]:
    return maths.typst(tex), _text.clean(maths.plain(tex)) or "formula"


def written(value: Any, scale: float = 1.0) -> Any:
    """The same as dictionaries and lists: each record with its `sort`; a formula with its Typst and how it reads; a
    question or a part with whether it may be torn, in type of so much the usual size; a place to answer with its number
    within a question, by which a reader that speaks names it.
    """
    return _written(value, scale, None)


def _written(value: Any, scale: float, places: Iterator[int] | None) -> Any:
    if isinstance(value, tuple):
        return [_written(inner, scale, places) for inner in value]
    named = _fields(type(value))  # type: ignore[arg-type]  # a type can be hashed
    if named is None:
        return value
    if isinstance(value, Formula):
        typst, alt = _maths(value.tex)
        whole = not value.display and _text.width(alt) * scale <= lines.WIDEST
        return {"sort": "Formula", "display": value.display, "typst": typst, "alt": alt, "whole": whole}
    if isinstance(value, File):  # a paper names it
        return {"sort": "Code", "text": value.text}
    if isinstance(value, _page.Paper):
        scale = value.scale
    if isinstance(value, Question):
        places = count(1)
    sort = _page.sort(value)
    node: dict[str, Any] = {"sort": sort}
    for name in named:
        node[name] = _written(getattr(value, name), scale, places)
    if sort in PLACES and places is not None:
        node["place"] = next(places)
    if isinstance(value, _page.Paragraph):
        node["run"] = lines.held(node["run"])
    if isinstance(value, Question | Part):
        node["long"] = height(value) * scale**2 > PAGE  # higher lines, and more of them
    return node


PLACES = frozenset({"Entry", "Grid", "Bracket"})
"""The records that are places to answer."""


@cache
def _fields(kind: type) -> tuple[str, ...] | None:
    """The names of a record's fields; None for a plain value."""
    return tuple(each.name for each in fields(kind)) if is_dataclass(kind) else None


PAGE = 40.0
"""Lines of text that surely fit one page: a block of more must be allowed to break."""


def height(told: Question | Part) -> float:
    """The estimated height of a question's or a part's own text and options, in lines."""
    tall = sum(map(_lines, told.body))
    for part in told.parts if isinstance(told, Question) else (told,):
        tall += sum(_lines(block) for item in _items(part.action) for block in item.body)
        tall += part.space * 28.35 / 18
    return tall


def _items(action: _page.Action) -> tuple[_page.Item, ...]:
    match action:
        case _page.Options(_, items) | _page.Order(items) | _page.Pairs(_, items):
            return items
        case _page.Nothing() | _page.Answer() | _page.Lines():
            return ()
        case other:
            assert_never(other)


def _lines(block: Block) -> float:
    match block:
        case _page.Figure():
            return block.height / 18 + 2
        case _page.Table(_, rows):
            return 1.6 * (len(rows) + 2)
        case _page.Listing(text):
            return text.count("\n") + 3.0
        case _page.Paragraph(run):
            displays = sum(2 for each in run if isinstance(each, Formula) and each.display)
            return _text.width(_text.plain(run)) // _text.LINE + 1.3 + displays
        case _page.Sides(zh, en):
            return 2 * max(sum(map(_lines, side)) for side in (zh, en))
        case other:
            assert_never(other)
