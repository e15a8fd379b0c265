"""Passages read one by one, put together to one text."""

from __future__ import annotations

from collections.abc import Iterable

from qbank.markup.inlines import beside_wide
from qbank.markup.plain import plain_line
from qbank.model import Block, Inline, Paragraph, Rich, Text


def joined(passages: Iterable[tuple[Rich, bool]]) -> Rich:
    """Texts one after another: a paragraph goes on in the next one, unless that is apart.

    >>> joined([((Paragraph((Text("The switch closes."),)),), False), ((Paragraph((Text("Find i."),)),), False)])
    (Paragraph(inlines=(Text(text='The switch closes. Find i.'),)),)
    """
    blocks: list[Block] = []
    for rich, apart in passages:
        last, first = blocks[-1:], rich[:1]
        match last, first:
            case [Paragraph(before)], (Paragraph(after),) if not apart:
                blocks[-1] = Paragraph(_run(before, after))
                blocks += rich[1:]
            case _:
                blocks += rich
    return tuple(blocks)


def _run(before: tuple[Inline, ...], after: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Two runs of text in one line, as a line break parts them: with a space, and none beside a Chinese character."""
    wide = beside_wide(plain_line(before[-1:])[-1:], plain_line(after[:1])[:1])
    first, last = before[-1], after[0]
    if isinstance(first, Text) and isinstance(last, Text):
        return (*before[:-1], Text(first.text + ("" if wide else " ") + last.text), *after[1:])
    return (*before, *(() if wide else (Text(" "),)), *after)
