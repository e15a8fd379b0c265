"""Text as the plain tree that every page template reads: each node is a dictionary with its kind under `k`.

Formulas stay TeX here; each output writes them in its own way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, TypeAlias, assert_never

from qbank import maths, resources
from qbank.model import (
    Blank,
    Block,
    Code,
    Derivation,
    Drawing,
    FigureSlot,
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
from qbank.sheets import Body

Node: TypeAlias = dict[str, Any]
LINE = 42.0
"""The width of a line of a paper, in em."""


def clean(text: str) -> str:
    """Printable text on one line: white space folded, controls and invisible formatting dropped.

    >>> clean("a\\n  b\\x00\\u202e")
    'a b'
    """
    return _INVISIBLE.sub("", re.sub(r"[ \t\r\n\f\v]+", " ", text))


def printable(name: str) -> str:
    """A candidate's name with 〓 for each character the paper's font has not: nobody's name may stop an exam.

    >>> printable("张三"), printable("王\U00030000")
    ('张三', '王〓')
    """
    return "".join(c if c < "\u0250" or ord(c) in _characters() else "〓" for c in clean(name))


@cache
def _characters() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(resources.folder("templates") / "fonts" / "NotoSansSC-Regular.ttf", lazy=True) as font:
        return frozenset(font.getBestCmap())


_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb"
    "\ue000-\uf8ff\ud800-\udfff\U000e0000-\U0010ffff]"
)


def inlines(run: Iterable[Inline], blanks: dict[str, Node]) -> list[Node]:
    """The nodes of a run of text; `blanks` says what stands in the place of each inline part."""
    return [_inline(inline, blanks) for inline in run]


def _inline(inline: Inline, blanks: dict[str, Node]) -> Node:
    match inline:
        case Text(text):
            return {"k": "text", "v": clean(text)}
        case Strong(inner):
            return {"k": "strong", "x": inlines(inner, blanks)}
        case Code(text):
            return {"k": "code", "v": clean(text)}
        case Maths():
            return {"k": "maths", "tex": inline.tex, "display": inline.display}
        case Blank(part):
            if part not in blanks:
                raise ValueError(f"the blank {part!r} belongs to no part of this question")
            return blanks[part]
        case Name(name):
            raise ValueError(f"the name {name!r} is still open on a page")
        case other:
            assert_never(other)


def blocks(body: Body | Sequence[Block], lang: Lang, blanks: dict[str, Node] | None = None) -> list[Node]:
    """The nodes of a filled-in text. Raises ValueError on a figure or derivation that was not filled in."""
    return [_block(block, lang, blanks or {}) for block in body]


def _block(block: Block | Drawing, lang: Lang, blanks: dict[str, Node]) -> Node:
    match block:
        case Paragraph(run):
            return {"k": "par", "x": inlines(run, blanks), "tail": []}
        case Table(header, rows):
            cells = [[inlines(cell, blanks) for cell in row] for row in rows]
            return {"k": "table", "header": [inlines(cell, blanks) for cell in header], "rows": cells}
        case Listing(text, language):
            lines = "\n".join(_INVISIBLE.sub("", line.expandtabs(4)) for line in text.splitlines())
            return {"k": "listing", "v": lines, "language": language}
        case Drawing():
            labels = [
                {"x": label.x, "y": label.y, "h": label.halign, "v": label.valign, "size": label.size,
                 "inlines": inlines(label.inlines, {})}
                for label in block.labels
            ]
            return {"k": "figure", "width": block.width, "height": block.height, "svg": block.svg,
                    "alt": clean(block.alt[lang]), "labels": labels}
        case FigureSlot(name) | Derivation(name):
            raise ValueError(f"the place of {name!r} is still open on a page")
        case other:
            assert_never(other)


def plain(nodes: Iterable[Node]) -> str:
    """What a run of nodes reads like, for widths and for descriptions."""
    return "".join(
        node["v"] if "v" in node else plain(node["x"]) if "x" in node
        else maths.plain(node["tex"]) if "tex" in node else "____"
        for node in nodes
    )


def width(text: str) -> float:
    """The estimated width of a text in em: a wide character is 1, any other a half.

    >>> width("增益 A")
    3.0
    """
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.5 for c in text)
