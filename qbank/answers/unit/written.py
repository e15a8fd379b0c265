"""Units as candidates write them by themselves: where the unit is in the text, and what it means.

    answer := [lead] (unit | word for none | unit "(" unit ")" | unit ("或" | "or" | "," | "=") unit)
    lead   := ("单位" | "unit" | a symbol) ("是" | "为" | "is" | ":" | "=")

Two names of one unit are one answer; two units are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from qbank import units
from qbank.answers._quantities import refusal
from qbank.answers._readings import Stopped, fold
from qbank.model import Bilingual
from qbank.units import Meaning, Unit, glosses, second_readings

NONE = frozenset({
    "1", "无", "无单位", "没有单位", "没单位", "无量纲", "无因次", "纯数", "none", "no unit", "no units", "unitless",
    "dimensionless", "pure number",
})  # fmt: skip
"""The words for a quantity without a unit."""
WANTED = Bilingual(zh="单位，如 V、A/V、千欧", en="a unit such as V, A/V or kilohm")
ALONE = Bilingual(zh="只写单位，不写数值", en="the unit alone, without a number")
DIFFERENT = Bilingual(zh="两个单位不同，只写一个", en="one unit; these are two")
_SYMBOL = r"[A-Za-zα-ωΑ-Ω]\w{0,11}|\[[^\W\d]\w{0,11}\]"
_LEAD = re.compile(rf"\s*(?:(?:单位|\bunits?\b|{_SYMBOL})\s*(?:是|为|[:=]|\bis\b)|单位)\s*", re.IGNORECASE)
_BRACES = str.maketrans("{}", "()")
"""The power of `s^{-2}`."""
_PAIRS = {"(": ")", "[": "]", "{": "}", '"': '"', "'": "'", "“": "”", "‘": "’"}
_OR = re.compile(r"(?P<first>.*\S)\s*(?:或者?|=|,|、|\bor\b)\s*(?P<second>\S.*)")
_QUANTITY = re.compile(r"(?<![A-Za-z])[kMmGµu]?R(?![A-Za-z])")
"""R is read as ohm after a number; by itself it is the sign of a resistance."""
_NUMBER = re.compile(r"[+-]?\s*(?:\d|\.\d)(?!\s*/)")


def parse(text: str, asked: units.Asked) -> Meaning:
    """What a text means where a unit is asked; of status "fits" or "other". Raises Stopped.

    >>> asked = units.Asked(units.read("S"), prefixes=False)
    >>> parse("单位：安/伏", asked).status, parse("S（西门子）", asked).status, parse("无", asked).status
    ('fits', 'fits', 'other')
    """
    folded = fold(text)
    start, end = _bare(folded.text)
    body = folded.text[start:end].translate(_BRACES)

    def stopped(at: int, wanted: Bilingual) -> Stopped:
        return Stopped(folded.column(start + at), wanted)

    if body.casefold() in NONE:
        return Meaning("fits" if Unit().fits(asked.unit) else "other", 1.0, unit=Unit())
    if _NUMBER.match(body):
        raise stopped(0, ALONE)
    if (quantity := _QUANTITY.search(body)) is not None:
        raise stopped(quantity.start(), WANTED)
    found = units.meaning(body, asked)
    for first, second, apart in _halves(body):
        own, other = units.meaning(first, asked), units.meaning(second, asked)
        if own.unit is not None and other.unit is not None:
            if second_readings.same_size(own.unit, other.unit):
                return own
            if apart:
                raise stopped(0, DIFFERENT)
    if found.status == "refused":
        raise stopped(found.error.at if found.error else 0, refusal(found.error))
    if found.unit is None:
        raise stopped(0, WANTED)
    if second_readings.same_size(asked.unit, Unit()):  # m is a metre where no number is before it, and T a tesla
        return replace(found, seconds=tuple(each for each in found.seconds if each.because != "prefix"))
    return found


def _bare(text: str) -> tuple[int, int]:
    """Where the unit is in a text: without its lead, and brackets and quotes round the whole."""
    lead = _LEAD.match(text)
    start, end = lead.end() if lead else 0, len(text.rstrip(" 。.;"))
    while True:
        start, end = end - len(text[start:end].lstrip()), start + len(text[start:end].rstrip())
        inner = text[start + 1 : end - 1]
        if end - start < 2 or _PAIRS.get(text[start]) != text[end - 1] or set(inner) & {text[start], text[end - 1]}:
            return start, end
        start, end = start + 1, end - 1


def _halves(body: str) -> Iterator[tuple[str, str, bool]]:
    """The two names that a text may give to one unit, and whether nothing else can be meant."""
    yield from ((first, second, False) for first, second in glosses.halves(body))
    if (found := _OR.fullmatch(body)) is not None:
        yield found["first"].strip(), found["second"].strip(), True
