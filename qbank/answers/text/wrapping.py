"""What candidates put round a word and what is no part of it: brackets, quotes, `A_u =` before it, a gloss.

    answer := word | open answer close | symbol ("=" | "→") answer | word gloss
    gloss  := open word close | "/" word | " " word            one half Chinese, the other without a Chinese character
    symbol := a Greek name, or up to four letters and digits that are no plain word; and a subscript
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from qbank import numerals
from qbank.answers._readings import unannounced
from qbank.answers.text.words import Folding, chinese, unstopped

_PAIRS = dict(zip("([{<《〈「『【〔〖“‘«\"'`", ")]}>》〉」』】〕〗”’»\"'`", strict=True))
_OPENING = {closing: opening for opening, closing in _PAIRS.items()}
_GREEK = "alpha|beta|gamma|delta|epsilon|eta|theta|kappa|lambda|mu|nu|xi|rho|sigma|tau|phi|chi|psi|omega"
_LETTER = "[A-Za-z\u0370-\u03ff]"
_SYMBOL = re.compile(
    rf"\$?(?P<name>\\?(?:(?i:{_GREEK})(?![a-z])|(?![a-z]{{4}}){_LETTER}(?:{_LETTER}|[0-9]){{0,3}})"
    r"(?:_?\{[\w, ]{1,8}\}|_\w{1,8})?'?)\$?\s*(?P<sign>=|→|⇒|-+>)\s*",
)
_TURNS = 8
"""How many brackets one within another are taken off."""
_GLOSSES = 24
"""How many places of a text are tried for the beginning of a gloss."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a part knows of its neighbours: its own names, what means something else, and whether a gloss counts."""

    own: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    """The names of the other parts, and the words that are right or foreseen here: `NPN → PNP` is a correction."""
    gloss: bool = True

    def may_name(self, symbol: str) -> bool:
        """Whether a symbol may appear before this part's answer: with names of its own, only those."""
        name = bare_name(symbol)
        return name in self.own if self.own else name not in self.others


def bare_name(symbol: str) -> str:
    r"""A symbol without its markup.

    >>> bare_name("$A_{od}$"), bare_name("Aod"), bare_name("\\beta")
    ('aod', 'aod', 'beta')
    """
    return re.sub(r"[\s_{}$\\,]", "", unicodedata.normalize("NFKC", symbol)).casefold()


def unwrapped(text: str, folding: Folding, around: Surroundings) -> list[str]:
    """The text as it is, then without what is no part of the word, each form once.

    >>> unwrapped("（“饱和”）。", Folding(), Surroundings())
    ['（“饱和”）。', '饱和']
    >>> unwrapped("A_od → ∞", Folding(), Surroundings())
    ['A_od → ∞', '∞', '→ ∞']
    >>> unwrapped("r = ∞", Folding(), Surroundings(others=frozenset({"r"})))
    ['r = ∞']
    """
    found = [text]
    inner = opened(unannounced(unicodedata.normalize("NFKC", numerals.visible(text))), folding)
    found.append(inner)
    symbol = _SYMBOL.match(inner)
    if symbol and around.may_name(symbol["name"]):
        found.append(opened(inner[symbol.end():], folding))
        if symbol["sign"] != "=":
            found.append(inner[symbol.start("sign"):])
    return [each for place, each in enumerate(dict.fromkeys(found)) if place == 0 or (each.strip() and each != text)]


def opened(text: str, folding: Folding) -> str:
    """The text without the brackets and quotes round the whole of it."""
    for _ in range(_TURNS):
        text = text if folding.spaces == "exact" else unstopped(text)
        if len(text) < 2 or _first_closed(text) != len(text) - 1:
            break
        text = text[1:-1]
    return text


def _first_closed(text: str) -> int:
    """Where the bracket closes that opens the text; -1 where none opens it, or it does not close."""
    opening, closing = text[0], _PAIRS.get(text[0])
    if closing is None:
        return -1
    if closing == opening:
        return text.find(closing, 1)
    depth = 0
    for place in range(len(text)):
        depth += (text[place] == opening) - (text[place] == closing)
        if depth == 0:
            return place
    return -1


def _last_opened(text: str) -> int:
    """Where the bracket opens that closes at the end of the text; -1 where none does."""
    closing, opening = text[-1], _OPENING.get(text[-1])
    if opening is None:
        return -1
    if closing == opening:
        return text.rfind(opening, 0, -1)
    depth = 0
    for place in range(len(text) - 1, -1, -1):
        depth += (text[place] == closing) - (text[place] == opening)
        if depth == 0:
            return place
    return -1


def glosses(text: str, folding: Folding) -> list[tuple[str, str]]:
    """Every way to take the text as a word and the same word in the other language.

    >>> glosses("虚地(ground)", Folding()), glosses("饱和 saturation", Folding()), glosses("截止/饱和", Folding())
    ([('虚地', 'ground')], [('饱和', 'saturation')], [])
    """
    halves = ((opened(text[:end], folding), opened(text[start:stop], folding)) for end, start, stop in _parted(text))
    return list(dict.fromkeys((a, b) for a, b in halves if a and b and chinese(a) != chinese(b)))


def _parted(text: str) -> list[tuple[int, int, int]]:
    """Where a first half may end, and where the second begins and stops."""
    if not chinese(text):
        return []
    last = _last_opened(text)
    found = [(last, last + 1, len(text) - 1)] if last > 0 else []
    for place, character in enumerate(text[:-1]):
        if place and (character == "/" or character.isspace()):
            found.append((place, place + 1, len(text)))
        if not character.isspace() and chinese(character) != chinese(text[place + 1]) and text[place + 1] not in _PAIRS:
            found.append((place + 1, place + 1, len(text)))
    return found[:_GLOSSES]
