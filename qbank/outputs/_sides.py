"""Two views of one paper as one page: Chinese on the left, English on the right, what both have once.

A figure, a table of numbers, an option that is a formula and every place to answer are printed once. Paragraphs stand
side by side, or one below the other where a formula is too wide for half a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from itertools import zip_longest

from qbank.outputs import _page, _text
from qbank.outputs._page import Action, Block, Body, Figure, Item, Paragraph, Run, Sides
from qbank.outputs._wording import EN, ZH, Wording

_HALF = 19.0
"""The widest formula on a line of its own that half a line holds, in em."""
ONCE = "每题只作答一次，写在中文或英文一侧均可。 Answer each question once, in either column."


def words() -> Wording:
    """What a page in two languages says: both words, the Chinese first; a page number needs none."""
    joined = {
        each.name: f"{zh} {en}" if en.strip() and zh != en else zh
        for each in fields(Wording) for zh, en in [(getattr(ZH, each.name), getattr(EN, each.name))]
    }  # fmt: skip
    once = {"bracket": ZH.bracket, "page_before": "", "page_between": "/", "page_after": "", "seal": ZH.seal}
    return Wording(**joined | once)


def joined(zh: _page.Paper, en: _page.Paper) -> _page.Paper:
    """The paper with both languages; the head in English stands below that in Chinese."""
    return replace(
        zh,
        words=words(),
        second=replace(en, notices=(), notes=(), sections=()),
        fields=tuple(replace(a, label=f"{a.label} {b.label}") for a, b in zip(zh.fields, en.fields, strict=True)),
        notices=tuple(body(a, b) for a, b in zip(zh.notices, en.notices, strict=True)),
        notes=(*body(zh.notes, en.notes), Paragraph((_page.Text(ONCE),))),
        sections=tuple(_section(a, b) for a, b in zip(zh.sections, en.sections, strict=True)),
    )


def _section(zh: _page.Section, en: _page.Section) -> _page.Section:
    return replace(
        zh,
        label=f"{zh.label} {en.label}" if zh.label != en.label else zh.label,
        heading=f"{zh.heading} {en.heading}",
        note=f"{zh.note}; {en.note}",
        body=body(zh.body, en.body),
        questions=tuple(_question(a, b) for a, b in zip(zh.questions, en.questions, strict=True)),
    )


def _question(zh: _page.Question, en: _page.Question) -> _page.Question:
    return replace(zh, body=body(zh.body, en.body), parts=tuple(
        _page.Part(a.label, body(a.body, b.body), _action(a.action, b.action), max(a.space, b.space))
        for a, b in zip(zh.parts, en.parts, strict=True)
    ))  # fmt: skip


def _action(zh: Action, en: Action) -> Action:
    """Where both are answered: lists are joined entry by entry, any other place is the same in both."""
    match zh, en:
        case _page.Options(_, ours), _page.Options(_, theirs):
            items = _items(ours, theirs)
            alike = all(len(each.body) == 1 and not isinstance(each.body[0], Sides) for each in items)
            return _page.Options(min(zh.columns, en.columns) if alike else 1, items)
        case _page.Pairs(left, right), _page.Pairs(others, more):
            return _page.Pairs(_items(left, others, beside=False), _items(right, more, beside=False))
        case _page.Order(ours), _page.Order(theirs):
            return _page.Order(_items(ours, theirs))
        case _:
            return zh


def _items(zh: Sequence[Item], en: Sequence[Item], *, beside: bool = True) -> tuple[Item, ...]:
    return tuple(
        Item(a.label, body(a.body, b.body) if beside else _below(a.body, b.body))
        for a, b in zip(zh, en, strict=True)
    )


def _below(zh: Body, en: Body) -> Body:
    return zh if zh == en else (*zh, *en)


def body(zh: Body, en: Body) -> Body:
    """One text in both languages: its paragraphs in pairs, and once what is the same."""
    if zh == en:
        return zh
    ours, theirs = list(_split(zh)), list(_split(en))
    if len(ours) != len(theirs):
        return (Sides(zh, en),)
    told: list[Block] = []
    for (before, block), (other, second) in zip(ours, theirs, strict=True):
        told += _paragraphs(before, other)
        told += _blocks(block, second)
    return tuple(told)


def _split(whole: Body) -> Iterator[tuple[list[Paragraph], Block | None]]:
    """The paragraphs before each other block, with it; those after the last one with None."""
    before: list[Paragraph] = []
    for block in whole:
        if isinstance(block, Paragraph):
            before.append(block)
        else:
            yield before, block
            before = []
    yield before, None


def _paragraphs(zh: Sequence[Paragraph], en: Sequence[Paragraph]) -> Iterator[Block]:
    if len(zh) != len(en):
        yield Sides(tuple(zh), tuple(en))
        return
    for ours, theirs in zip(zh, en, strict=True):
        ours = _unanswered(ours, theirs)
        if ours == theirs:
            yield ours
        elif _wide(ours) or _wide(theirs):
            yield from (ours, theirs)
        else:
            yield Sides((ours,), (theirs,))


def _unanswered(ours: Paragraph, theirs: Paragraph) -> Paragraph:
    """The Chinese paragraph without the bracket at its end that the English one has too."""
    kept = tuple(each for each in ours.tail if not isinstance(each, _page.Bracket) or each not in theirs.tail)
    return replace(ours, tail=kept)


def _wide(paragraph: Paragraph) -> bool:
    return any(isinstance(each, _page.Formula) and each.display and _text.width(_text.plain((each,))) > _HALF
               for each in paragraph.run)  # fmt: skip


def _blocks(zh: Block | None, en: Block | None) -> Iterator[Block]:
    match zh, en:
        case Figure(), Figure() if replace(zh, alt=en.alt) == en:
            yield replace(zh, alt=f"{zh.alt} {en.alt}")
        case _page.Table(header, rows), _page.Table(head, lines) if _shape(zh) == _shape(en):
            pairs = zip(rows, lines, strict=True)
            yield _page.Table(_cells(header, head), tuple(_cells(a, b) for a, b in pairs))
        case _:
            yield from dict.fromkeys(block for block in (zh, en) if block is not None)


def _shape(table: _page.Table) -> list[int]:
    return [len(table.header), *map(len, table.rows)]


def _cells(zh: Iterable[Run], en: Iterable[Run]) -> tuple[Run, ...]:
    return tuple(a if a == b else (*a, _page.Text(" "), *b) for a, b in zip_longest(zh, en, fillvalue=()))
