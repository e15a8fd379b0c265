"""The fonts a web page carries in itself: Chinese cut to the characters of the page, and the font of formulas."""

from __future__ import annotations

import base64
import io
import re
import string
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from pathlib import Path

from qbank import cache, maths, resources

_BOLD = re.compile(r"""<(h[1-4]|strong|th|div(?= class="number"))(?=[ >])[^>]*>(.*?)</\1>""", re.DOTALL)
DIGITS = "0123456789.-−"
"""What is bold anywhere on a page is bold from one font everywhere."""
FONTS = 200
"""So many cut fonts are kept, of the pages that are not one of a class."""
_TAG = re.compile(r"<[^>]*>")
SIGNS = string.printable + "✓✗✔✘✅½¼¾—µΩΩ⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺₀₁₂₃₄₅₆₇₈₉\u00a0\u2003√″·•“”‘’〓" + "".join(sorted(maths.SIGNS))
"""What a page may show that neither an author nor a candidate has typed."""


def faces(html: str, common: str = "", class_: str = "") -> str:
    """The `@font-face` rules for a page, given the HTML of its body.

    With `common`, these characters are in a font of their own, which is cut once for all pages that have the same; the
    others are cut sooner where they are among those of a `class_` whose pages follow one another.
    """
    every = _characters(html)
    bold = _characters(" ".join(match[2] for match in _BOLD.finditer(html)))
    rules = list(_rules("NotoSansSC-Regular.ttf", every, 400, common, class_))
    if bold:
        rules += _rules("NotoSansSC-Bold.ttf", "".join(sorted(set(bold) | set(DIGITS))), 700, common, class_)
    if "<math" in html:
        rules.append(_rule("Q Maths", _maths(), 400))
    return "\n".join(rules)


def _rules(font: str, characters: str, weight: int, common: str, class_: str) -> Iterator[str]:
    own = "".join(each for each in characters if each not in common)
    if common:
        yield _rule("Q Text", _subset(font, common), weight)
    if own:
        yield _rule("Q Text", _subset(font, own, class_), weight, own if common else "")


def _characters(html: str) -> str:
    """The characters a reader sees, each once, in order."""
    return "".join(sorted(set(unescape(_TAG.sub(" ", html))) - set("\r\n\t")))


def _rule(family: str, font: str, weight: int, only: str = "") -> str:
    form = "woff2" if family == "Q Maths" else "woff"
    source = f'url(data:font/{form};base64,{font}) format("{form}")'
    ranged = f" unicode-range: {', '.join(f'U+{ord(each):X}' for each in only)};" if only else ""
    return f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: {source};{ranged} }}'


@lru_cache(maxsize=1)
def _maths() -> str:
    return base64.b64encode((resources.folder("templates") / "fonts" / "STIXTwoMath.woff2").read_bytes()).decode()


@lru_cache(maxsize=64)
def _subset(name: str, characters: str, class_: str = "") -> str:
    """A font cut to some characters, as woff in base64; the same bytes for the same characters.

    Packed as woff2 it would be a fifth smaller and take four times as long.
    """
    known = set(class_) | set(SIGNS)
    if class_ and known.issuperset(characters):
        return base64.b64encode(_cut(io.BytesIO(_of_class(name, class_)), characters, "woff")).decode()
    if class_:
        return _from_whole(name, characters)
    told = f"{name}\0{characters}\0".encode() + _file(name).read_bytes()
    kept: str = cache.remembered("fonts", told, lambda: _from_whole(name, characters), most=FONTS)
    return kept


def _from_whole(name: str, characters: str) -> str:
    return base64.b64encode(_cut(_file(name), characters, "woff")).decode()


@lru_cache(maxsize=2)
def _of_class(name: str, class_: str) -> bytes:
    """A font cut to the characters of a class, and signs: from it a few are cut sooner than from the whole."""
    return _cut(_file(name), "".join(sorted(set(class_) | set(SIGNS))), None)


def _file(name: str) -> Path:
    return resources.folder("templates") / "fonts" / name


def _cut(whole: Path | io.BytesIO, characters: str, flavour: str | None) -> bytes:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(hinting=False, notdef_outline=True, layout_features=["kern", "palt"], flavor=flavour)
    with TTFont(whole, lazy=True, recalcTimestamp=False) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text=characters)
        cutter.subset(font)
        font.flavor = flavour
        packed = io.BytesIO()
        font.save(packed)
    return packed.getvalue()
