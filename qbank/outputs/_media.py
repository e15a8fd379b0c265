"""The figures of items as pictures for other systems, each once, named by what it shows on no paper: its digest."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from qbank.model import Attachment, Block, Drawing, Lang
from qbank.outputs import _page, _text, _webtext
from qbank.outputs.pdf import press, tree
from qbank.sheets import Items, Worked
from qbank.waist import Choice, Pairing

DOTS = 192
"""Dots an inch: two for each point of a screen, so that a small label can be read on a telephone."""
SCREEN = 96
"""Points of a screen an inch."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: the name of its file, its bytes (PNG), and its size on a screen in points of the screen."""

    file: str
    content: bytes
    width: int
    height: int


def pictures(items: Items) -> Mapping[Drawing, Picture]:
    """The picture of every figure in the texts of the items, with its labels; each once."""
    figures = tuple(dict.fromkeys(
        block for pool in items.pools for variant in pool.variants for block in _blocks(variant.worked)
        if isinstance(block, Drawing)
    ))  # fmt: skip
    if not figures:
        return {}
    shown = [figure for figure in _text.blocks(figures, items.lang) if isinstance(figure, _page.Figure)]
    told = {"figures": [tree.written(each) for each in shown], "logo": "", "words": {}, "title": ""}
    printed = press.pictures("picture", items.lang, told, DOTS)
    return dict(zip(figures, map(_picture, printed), strict=True))


def files(items: Items) -> tuple[Attachment, ...]:
    """The data files that the items hand out, each once."""
    return tuple(dict.fromkeys(
        block for pool in items.pools for variant in pool.variants for block in _blocks(variant.worked)
        if isinstance(block, Attachment)
    ))  # fmt: skip


def image(picture: Picture, figure: Drawing, lang: Lang, folder: str = "") -> str:
    """The markup that shows a picture lying in a folder of the package."""
    alt = _webtext.escaped(figure.alt[lang]).replace('"', "&quot;")
    size = f'width="{picture.width}" height="{picture.height}"'
    return f'<p><img src="{folder}{picture.file}" alt="{alt}" {size}/></p>'


def _blocks(worked: Worked) -> Iterator[Block | Drawing | Attachment]:
    """The blocks of everything that a question and its solution say."""
    yield from worked.question.stem
    for part in worked.question.parts:
        yield from part.ask
        match part.interaction:
            case Choice(options):
                for option in options:
                    yield from option
            case Pairing(left, right):
                for side in (*left, *right):
                    yield from side
            case _:
                pass
    yield from worked.explained


def _picture(content: bytes) -> Picture:
    across, down = struct.unpack(">II", content[16:24])
    name = sha256(content).hexdigest()[:16]
    return Picture(f"figure-{name}.png", content, round(across * SCREEN / DOTS), round(down * SCREEN / DOTS))


def all_of(pictures: Iterable[Picture], folder: str = "") -> Iterator[tuple[str, bytes]]:
    """The files of pictures, each once, in a folder of the package."""
    for picture in dict.fromkeys(pictures):
        yield f"{folder}{picture.file}", picture.content
