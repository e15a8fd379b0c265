"""Texts as the HTML that other systems show: TeX between \\( and \\), figures named, every character escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import TypeAlias, assert_never

from qbank.model import (
    Attachment,
    Bilingual,
    Blank,
    Block,
    Code,
    Derivation,
    Drawing,
    FigureSlot,
    FileSlot,
    Inline,
    Lang,
    Listing,
    Maths,
    Name,
    Paragraph,
    Strong,
    Table,
    Text,
)
from qbank.outputs import _text

Blocks: TypeAlias = Iterable[Block | Drawing | Attachment]
FIGURE = Bilingual(zh="［图：{}］", en="[Figure: {}]")


def html(body: Blocks, lang: Lang, blanks: Mapping[str, str] | None = None) -> str:
    """The blocks as HTML; `blanks` say what stands in the place of each inline part (by default a line).

    Raises ValueError on a name, a figure or a derivation that was not filled in.
    """
    return "".join(_block(block, lang, blanks or {}) for block in body)


def line(run: Iterable[Inline], blanks: Mapping[str, str] | None = None) -> str:
    """A run of inlines as HTML."""
    return "".join(_inline(inline, blanks or {}) for inline in run)


def alone(body: Blocks, lang: Lang) -> str:
    """The same without the paragraph around a text that is one paragraph, as an option or a feedback is."""
    blocks = tuple(body)
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
        return line(blocks[0].inlines)
    return html(blocks, lang)


def figures(body: Blocks) -> int:
    """How many figures the text has."""
    return sum(isinstance(block, Drawing) for block in body)


def files(body: Blocks) -> int:
    """How many data files the text names."""
    return sum(isinstance(block, Attachment) for block in body)


def _block(block: Block | Drawing | Attachment, lang: Lang, blanks: Mapping[str, str]) -> str:
    match block:
        case Paragraph(run):
            return f"<p>{line(run, blanks)}</p>"
        case Table(header, rows):
            head = "".join(f"<th>{line(cell, blanks)}</th>" for cell in header)
            cells = ("".join(f"<td>{line(cell, blanks)}</td>" for cell in row) for row in rows)
            return f"<table><tr>{head}</tr>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
        case Listing(text, _):
            lines = (_escaped(each).replace(" ", "&nbsp;") for each in text.expandtabs(4).splitlines())
            return f"<pre>{'<br>'.join(lines)}</pre>"
        case Drawing():
            return f"<p>{_escaped(FIGURE[lang].format(block.alt[lang]))}</p>"
        case Attachment(name):
            before, after = _text.attached(block, lang)
            return f"<p>{_escaped(before + name + after)}</p>"
        case FigureSlot(name) | FileSlot(name) | Derivation(name):
            raise ValueError(f"the place of {name!r} is still open on a page")
        case other:
            assert_never(other)


def _inline(inline: Inline, blanks: Mapping[str, str]) -> str:
    match inline:
        case Text(text):
            return _escaped(text)
        case Strong(inner):
            return f"<strong>{line(inner, blanks)}</strong>"
        case Code(text):
            return f"<code>{_escaped(text)}</code>"
        case Maths():
            tex = _escaped(inline.tex)
            return rf"\[{tex}\]" if inline.display else rf"\({tex}\)"
        case Blank(part):
            return _escaped(blanks.get(part, "____"))
        case Name(name):
            raise ValueError(f"the name {name!r} is still open on a page")
        case other:
            assert_never(other)


def _escaped(text: str) -> str:
    """Plain characters; a dollar sign or a TeX bracket in a text is not the beginning of a formula."""
    return re.sub(r"\\(?=[()\[\]])", "&#92;", escape(_text.clean(text), quote=False).replace("$", "&#36;"))
