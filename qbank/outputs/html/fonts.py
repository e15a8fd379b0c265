"""The fonts a web page carries in itself: Chinese cut to the characters of the page, and the font of formulas."""

from __future__ import annotations

import base64
import io
import re
from functools import lru_cache
from html import unescape

from qbank import resources

_BOLD = re.compile(r"""<(h[1-4]|strong|th|div(?= class="number"))(?=[ >])[^>]*>(.*?)</\1>""", re.DOTALL)
DIGITS = "0123456789.-−"
"""What is bold anywhere on a page is bold from one font everywhere."""
_TAG = re.compile(r"<[^>]*>")


def faces(html: str) -> str:
    """The `@font-face` rules for a page, given the HTML of its body."""
    every = _characters(html)
    bold = _characters(" ".join(match[2] for match in _BOLD.finditer(html)))
    rules = [_rule("Q Text", _subset("NotoSansSC-Regular.ttf", every), 400)]
    if bold:
        bold = "".join(sorted(set(bold) | set(DIGITS)))
        rules.append(_rule("Q Text", _subset("NotoSansSC-Bold.ttf", bold), 700))
    if "<math" in html:
        rules.append(_rule("Q Maths", _maths(), 400))
    return "\n".join(rules)


def _characters(html: str) -> str:
    """The characters a reader sees, each once, in order."""
    return "".join(sorted(set(unescape(_TAG.sub(" ", html))) - set("\r\n\t")))


def _rule(family: str, font: str, weight: int) -> str:
    form = "woff2" if family == "Q Maths" else "woff"
    source = f'url(data:font/{form};base64,{font}) format("{form}")'
    return f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: {source}; }}'


@lru_cache(maxsize=1)
def _maths() -> str:
    return base64.b64encode((resources.folder("templates") / "fonts" / "STIXTwoMath.woff2").read_bytes()).decode()


@lru_cache(maxsize=64)
def _subset(name: str, characters: str) -> str:
    """A font cut to some characters, as woff in base64; the same bytes for the same characters.

    Packed as woff2 it would be a fifth smaller and take four times as long.
    """
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(hinting=False, notdef_outline=True, layout_features=["kern", "palt"], flavor="woff")
    with TTFont(resources.folder("templates") / "fonts" / name, lazy=True, recalcTimestamp=False) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text=characters)
        cutter.subset(font)
        font.flavor = "woff"
        packed = io.BytesIO()
        font.save(packed)
    return base64.b64encode(packed.getvalue()).decode()
