"""Text made ready for a page: clean, on the lines of a paper, as the records that page templates read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import assert_never

from qbank import maths
from qbank.model import (
    Attachment,
    Bilingual,
    Blank,
    Block,
    Code,
    Content,
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
from qbank.outputs import _page, _typefaces
from qbank.outputs._together import together

LINE = 42.0
"""The width of a line of a paper, in em."""


def clean(text: str) -> str:
    """Printable text on one line: white space folded, controls and invisible formatting dropped.

    >>> clean("a\\n  b\\x00\\u202e"), clean("a \\x1f b")
    ('a b', 'a b')
    """
    return _folded(_INVISIBLE.sub("", text))


def printable(text: str) -> str:
    """A text that is nobody's of ours (a name, an answer) in composed form, with 〓 for what no font of the paper has.

    >>> printable("张三"), printable("4.7×10⁻⁶"), printable("王\U00030000"), printable("Nguye\u0302\u0303n")
    ('张三', '4.7×10⁻⁶', '王〓', 'Nguyễn')
    """
    return _typefaces.replaced(_typefaces.joined(_folded(_CONTROLS.sub("", text))))


def unprintable(text: str) -> str:
    """The characters of a text for which `printable` has no type, each once."""
    return _typefaces.missing(_typefaces.joined(_folded(_CONTROLS.sub("", text))))


def _folded(text: str) -> str:
    return re.sub(r"[ \t\r\n\f\v]+", " ", text)


_CONTROLS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff0-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""What leaves no ink. Private characters do, wherever somebody made them: they are not dropped but told."""
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb"
    "\ue000-\uf8ff\ud800-\udfff\U000e0000-\U0010ffff]"
)


def inlines(run: Iterable[Inline], blanks: Mapping[str, _page.Inline]) -> _page.Run:
    """A run of text for a page; `blanks` says what stands in the place of each inline part."""
    found: list[_page.Inline] = []
    for inline in run:
        if isinstance(inline, Text):
            last = found[-1] if found else None
            before = maths.plain(last.tex) if isinstance(last, _page.Formula) and inline.text[:1] == " " else ""
            found.append(_page.Text(together(clean(inline.text), before)))
        else:
            found.append(_inline(inline, blanks))
    return tuple(found)


def _inline(inline: Inline, blanks: Mapping[str, _page.Inline]) -> _page.Inline:
    match inline:
        case Text(text):
            return _page.Text(clean(text))
        case Strong(inner):
            return _page.Strong(inlines(inner, blanks))
        case Code(text):
            return _page.Code(clean(text))
        case Maths():
            return _page.Formula(inline.tex, inline.display)
        case Blank(part):
            if part not in blanks:
                raise ValueError(f"the blank {part!r} belongs to no part of this question")
            return blanks[part]
        case Name(name):
            raise ValueError(f"the name {name!r} is still open on a page")
        case other:
            assert_never(other)


def blocks(body: Content, lang: Lang, blanks: Mapping[str, _page.Inline] | None = None) -> _page.Body:
    """A filled-in text for a page. Raises ValueError on a figure or derivation that was not filled in."""
    return tuple(_block(block, lang, blanks or {}) for block in body)


def _block(block: Block | Drawing | Attachment, lang: Lang, blanks: Mapping[str, _page.Inline]) -> _page.Block:
    match block:
        case Paragraph(run):
            return _page.Paragraph(inlines(run, blanks))
        case Table(header, rows):
            cells = tuple(tuple(inlines(cell, blanks) for cell in row) for row in rows)
            return _page.Table(tuple(inlines(cell, blanks) for cell in header), cells)
        case Listing(text, language):
            lines = "\n".join(_INVISIBLE.sub("", line.expandtabs(4)) for line in text.splitlines())
            return _page.Listing(lines, language)
        case Drawing():
            labels = tuple(
                _page.Label(label.x, label.y, label.halign, label.valign, label.size, inlines(label.inlines, {}))
                for label in block.labels
            )
            return _page.Figure(block.width, block.height, block.svg, clean(block.alt[lang]), labels)
        case Attachment(name, content):
            before, after = attached(block, lang)
            return _page.Paragraph((_page.Text(before), _page.File(clean(name), content), _page.Text(after)))
        case FigureSlot(name) | FileSlot(name) | Derivation(name):
            raise ValueError(f"the place of {name!r} is still open on a page")
        case other:
            assert_never(other)


FILE = Bilingual(zh="数据文件：", en="Data file: ")
ROWS = Bilingual(zh="（{} 行，各列为 {}）", en=" ({} rows; columns: {})")


def attached(file: Attachment, lang: Lang) -> tuple[str, str]:
    """What stands before and after the name of a data file: that it is one, its rows and its headings."""
    between = "、" if lang == "zh" else ", "
    return FILE[lang], clean(ROWS[lang].format(file.rows, between.join(file.headings)))


def plain(run: Iterable[_page.Inline]) -> str:
    """What a run reads like, for widths and for descriptions."""
    return "".join(map(_plain, run))


def _plain(inline: _page.Inline) -> str:
    match inline:
        case _page.Text(text) | _page.Code(text) | _page.File(text) | _page.Worth(text):
            return text
        case _page.Strong(run):
            return plain(run)
        case _page.Formula(tex):
            return maths.plain(tex)
        case _page.Entry() | _page.Grid() | _page.Bracket():
            return "____"
        case _page.Filled(text, sign=sign):
            return f"{text} {sign}"
        case other:
            assert_never(other)


def width(text: str) -> float:
    """The estimated width of a text in em: a wide character is 1, any other a half.

    >>> width("增益 A")
    3.0
    """
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.5 for c in text)
