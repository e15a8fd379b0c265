"""Shapes as candidates write them, and as pages print them.

    answer := [name] open sizes close | sizes
    sizes  := nothing | size (separator size)* [separator]      one separator throughout: , 、 ; × x * or spaces
    name   := torch.Size | Size | shape | tf.TensorShape | …    with = or : or nothing after it

Sizes are whole numbers without units, as many as there are axes, none at all for a scalar: the grids of quantities that
other kinds read would have to refuse most of what they can read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from qbank.answers._readings import Folded, Stopped, fold
from qbank.model import Bilingual

LONGEST_SHAPE = 16
LARGEST = 2**53

_NAME = re.compile(
    r"\s*(?:(?:torch\.|tf\.|np\.|jnp\.)?(?:size|TensorShape|shape)(?![a-z])|形状)\s*[:=为是]?\s*", re.IGNORECASE
)
_SIZE = re.compile(r"[0-9]+")
_BETWEEN = re.compile(r"\s*([,、;]|[×x*⨯∙·]|乘|\bby\b)\s*|(\s+)", re.IGNORECASE)
_PAIRS = {"(": ")", "[": "]", "{": "}", "<": ">"}
_GROUPS = re.compile(r"(?<!\d)(?<!\d,)\d{1,3}(?:,\d{3})+(?!,?\d)")
WANTED = Bilingual(zh="形状，如 (8, 5, 16) 或 8×5×16", en="a shape such as (8, 5, 16) or 8×5×16")


def parse(text: str) -> list[int]:
    """The sizes that a text writes. Raises Stopped.

    >>> parse("torch.Size([8, 5, 16])"), parse("8×5×16"), parse("(8,)"), parse("()")
    ([8, 5, 16], [8, 5, 16], [8], [])
    """
    folded = fold(text)
    body, start = folded.text.rstrip(" \t\n。.;"), 0
    name = _NAME.match(body)
    start = name.end() if name else len(body) - len(body.lstrip())
    end = len(body)
    opened = False
    while start < end and body[start] in _PAIRS:
        if body[end - 1] != _PAIRS[body[start]] or end - 1 == start:
            raise Stopped(folded.column(start), Bilingual(zh="配对的括号", en="brackets that match"))
        start, end, opened = start + 1, end - 1, True
        start += len(body[start:end]) - len(body[start:end].lstrip())
        end = max(start, start + len(body[start:end].rstrip()))
    if start == end:
        if opened:
            return []
        raise Stopped(folded.column(start), WANTED)
    return _listed(folded, start, end)


def may_be_thousands(text: str) -> bool:
    """Whether a comma could set off thousands: three digits right behind it.

    >>> may_be_thousands("(1,024, 512)"), may_be_thousands("(1, 024)")
    (True, False)
    """
    return bool(_GROUPS.search(text.replace("，", ",")))


def grouped(text: str) -> list[int]:
    """The sizes that a text writes where commas set off thousands. Raises Stopped.

    >>> parse("(1,024, 512)"), grouped("(1,024, 512)")
    ([1, 24, 512], [1024, 512])
    """
    return parse(_GROUPS.sub(lambda found: found.group().replace(",", ""), fold(text).text))


def _listed(folded: Folded, start: int, end: int) -> list[int]:
    sizes: list[int] = []
    separator = ""
    at = start
    while at < end:
        size = _SIZE.match(folded.text, at, end)
        if size is None or len(size.group()) > 15 or len(sizes) == LONGEST_SHAPE:
            raise Stopped(folded.column(at), WANTED)
        sizes.append(int(size.group()))
        at = size.end()
        between = _BETWEEN.match(folded.text, at, end)
        if between is None:
            break
        sign = between.group(1) or " "
        sign = "×" if sign in "×xX*⨯∙·" or sign.casefold() in ("乘", "by") else sign
        if separator not in ("", sign):
            raise Stopped(folded.column(at), Bilingual(zh="同一种分隔符", en="one kind of separator"))
        separator, at = sign, between.end()
        if at >= end and sign == "×":
            raise Stopped(folded.column(at), WANTED)
    if at < end:
        raise Stopped(folded.column(at), WANTED)
    return sizes


def written(sizes: Iterable[float]) -> str:
    """A shape as a page prints it.

    >>> written([8, 5, 16]), written([8]), written([])
    ('(8, 5, 16)', '(8,)', '()')
    """
    texts_ = [f"{size:.0f}" for size in sizes]
    return f"({texts_[0]},)" if len(texts_) == 1 else f"({', '.join(texts_)})"
