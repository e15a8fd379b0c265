"""Unit words written together or apart: `Nm` as N*m, `m V` as mV, a word in other letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from qbank.units import words
from qbank.units.reading import POWER, WORD, UnitError
from qbank.units.symbols import CHINESE_PREFIXES, LONG_PREFIXES, PREFIXES

_APART = sorted({*PREFIXES, *CHINESE_PREFIXES, *LONG_PREFIXES} - {"a"}, key=len, reverse=True)
_JOINED = re.compile(rf"\b({'|'.join(_APART)}) +(?=[^\W\d_])|\b({'|'.join(LONG_PREFIXES)})-(?=[^\W\d_])")
_BELOW = re.compile(
    rf"\s*+[*·/]?\s*+(?P<factor>(?:{WORD.pattern}|\((?:[^()]|\([^()]*\))*+\))(?:{POWER}|(?<=[^\W\d_])[1-9](?!\d))?)"
)
_LONGEST_RUN = 12
_MOST_SPLITS = 16


def joined(text: str) -> tuple[str, ...]:
    """The text with every prefix joined to the word after it: `m V` as mV, `kilo-ohm` as kiloohm."""
    joined = _JOINED.sub(r"\1\2", text)
    return (joined,) if joined != text else ()


def under(text: str) -> tuple[str, ...]:
    """The text with all that follows its first stroke in the denominator: `J/kg*K` as J/kg/K.

    >>> under("J/kg·K"), under("W/m K"), under("W/m^(2)K"), under("J/kg°C"), under("m/s")
    (('J/kg/K',), ('W/m/K',), ('W/m^(2)/K',), ('J/kg/°C',), ())
    """
    above, stroke, below = text.partition("/")
    found = list(_BELOW.finditer(below))
    divided = "/".join(each["factor"] for each in found)
    whole = "".join(each.group() for each in found) == below.rstrip()
    return (above + stroke + divided,) if whole and divided != below.strip() else ()


def guessed(text: str, error: UnitError) -> tuple[str, ...]:
    """The text with a word in other letters, for each that could be meant."""
    end = error.at + len(error.word)
    return tuple(text[: error.at] + guess + text[end:] for guess in error.guesses)


def apart(text: str, taking: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The text with its unknown words split into symbols, in every way; nothing where one cannot be split.

    A known word with one of the prefixes `taking` is split as well, or left.

    >>> apart("Vs/Am"), apart("Tm/A", ("T",)), apart("mW/mK", ("m",))[:2], apart("blah")
    (('V*s/A/m',), ('T*m/A',), ('m*W/mK', 'mW/m/K'), ())
    """
    found: list[str] = [""]
    end = 0
    for match in WORD.finditer(text):
        word, between = match.group(), text[end : match.start()]
        end = match.end()
        known = words.known().get(word)
        ways: list[tuple[str, ...]] = [] if known is None else [(word,)]
        if known is None or (not known.spelled and known.prefix and known.prefix in taking):
            ways += _ways(word)[:_MOST_SPLITS]
        sign = "/" if between.rstrip().endswith("/") else "*"
        found = [f"{before}{between}{sign.join(way)}" for way in ways for before in found][:_MOST_SPLITS]
    return tuple(made for before in found if (made := before + text[end:]) != text)


@lru_cache(maxsize=1024)
def _ways(word: str) -> tuple[tuple[str, ...], ...]:
    """The runs of symbols that a word can be split into: those whose later symbols have no prefix come first."""
    if len(word) > _LONGEST_RUN:
        return ()
    known = words.known()

    def rest(at: int) -> Iterator[tuple[str, ...]]:
        if at == len(word):
            yield ()
        for end in range(at + 1, len(word) + 1):
            part = known.get(word[at:end])
            if part is None or part.unit.customary or (part.spelled and word[at:end].isascii()):
                continue
            for more in rest(end):
                yield (word[at:end], *more)

    ways = [way for way in rest(0) if len(way) > 1]
    ways.sort(key=lambda way: (sum(known[part].prefix != "" for part in way[1:]), len(way)))
    return tuple(ways)
