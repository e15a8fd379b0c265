"""Letters and numbers as candidates write them for options: `A`, `（A）`, `选A`, `ACD`, `A,C,D`, `1 3 4`.

    answer := [lead] sign (separator* sign)* separator*
    lead   := 选 | 选择 | 选项 | 应选 | 我选 | 故选 | 答案 | 答 | option | options | choose | answer | ans
    sign   := a letter | a number from 1                        after a lead : 是 为 or nothing

Separators are spaces, commas, 、 ; . & + brackets, 和 与 及 项 and the word "and". A dash, slash, question mark or
arrow is none among options ticked: they may mean a range, a doubt or a correction.
"""

from __future__ import annotations

import re

from qbank.answers._readings import Folded, Stopped, fold, letter
from qbank.model import Bilingual

_LEAD = re.compile(
    r"\s*(?:(?:应|我|故|所以|因此)?选择?项?|答案?|options?\b|choose\b|ans(?:wer)?\b)\s*(?:[:是为]|is\b)?", re.IGNORECASE
)
_BETWEEN = re.compile(r"(?:[\s,、;.。&+()\[\]{}【】「」'\"“”‘’]|和|与|及|选?项|\band\b)*", re.IGNORECASE)
_LINKED = re.compile(r"(?:[\s,、;.。()\[\]→⇒>-]|然后|\bthen\b)*", re.IGNORECASE)
_ARROW = re.compile(r"[→⇒>-]")
_TOGETHER = re.compile(r"[(\[]\s*(?:[A-Za-z0-9]+[^()\[\]A-Za-z0-9]+[A-Za-z0-9]|[A-Za-z]{2})[^()\[\]]*[)\]]")
"""Several of an order in brackets: `b, a, (d, c)`."""
_SIGN = re.compile(r"[A-Za-z]|[0-9]+")

ORDER = Bilingual(zh="一个次序，如 b→a→d→c", en="one order, such as b→a→d→c")


def positions(text: str, count: int, *, linked: bool = False) -> list[int]:
    """The positions (from 0) that the text names among so many options, as written. Raises Stopped.

    `linked` is for an order: there an arrow or a dash may appear between two signs.

    A run of digits is one number where there are more than nine options, else one number a digit.

    >>> positions("选A、C", 4), positions("②④", 4)
    ([0, 2], [1, 3])
    >>> positions("c→a→b", 3, linked=True)
    [2, 0, 1]
    """
    folded = fold(text)
    lead = _LEAD.match(folded.text)
    at = lead.end() if lead else 0
    together = _TOGETHER.search(folded.text, at) if linked else None
    if together and _SIGN.search(folded.text[at : together.start()] + folded.text[together.end() :]):
        raise Stopped(folded.column(together.start()), ORDER)
    found: list[int] = []
    first: re.Match[str] | None = None
    arrows: set[bool] = set()
    while True:
        between = (_LINKED if linked else _BETWEEN).match(folded.text, at)
        link, at = (between.group(), between.end()) if between else ("", at)
        if at == len(folded.text):
            break
        sign = _SIGN.match(folded.text, at)
        if sign is None or (first and first.group().isalpha() != sign.group().isalpha()):  # 2. ACD
            raise Stopped(folded.column(at), _wanted(count))
        arrows |= {bool(_ARROW.search(link))} if first else set()
        if linked and len(arrows) > 1:  # b→a, d→c
            raise Stopped(folded.column(at), ORDER)
        first = first or sign
        found.extend(_positions(folded, sign, count))
        at = sign.end()
    if not found:
        raise Stopped(folded.column(at), _wanted(count))
    return found


def _positions(folded: Folded, sign: re.Match[str], count: int) -> list[int]:
    written = sign.group()
    if written.isalpha():
        named = [ord(written.upper()) - ord("A")]
    elif count > 9:
        named = [int(written[:6]) - 1]
    else:
        named = [int(digit) - 1 for digit in written]
    for offset, position in enumerate(named):
        if not 0 <= position < count:
            raise Stopped(folded.column(sign.start() + offset), _wanted(count))
    return named


def _wanted(count: int) -> Bilingual:
    last = letter(count - 1)
    return Bilingual(zh=f"A～{last} 中的字母", en=f"letters from A to {last}")
