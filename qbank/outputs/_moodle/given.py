"""From what a report of Moodle or Canvas says of an answer to the text that means the same here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase
from typing import assert_never

from qbank.model import Lang
from qbank.outputs import _returned, _webtext
from qbank.outputs._moodle.lowering import plain
from qbank.outputs._moodle.numbers import UNIT
from qbank.outputs._returned import folded, shown
from qbank.sheets import Answer
from qbank.waist import Cells, Choice, EntryGrid, ExtendedText, Numbers, Pairing, TextEntry

TRUE = frozenset({"true", "√", "对", "正确", "是", "真", "對"})
FALSE = frozenset({"false", "×", "错", "错误", "否", "假", "錯"})
NOTHING = "-"
"""What stands in a report where nothing was answered."""


@dataclass(frozen=True, slots=True)
class Joint:
    r"""How a report joins several texts: the sign between them, the one between the two of a pair, and before `between`
    inside a text a backslash, or nothing.

    >>> CANVAS.pieces(r"a\, b,c"), MOODLE.pieces("a; b,c")
    (['a, b', 'c'], ['a', ' b,c'])
    """

    between: str
    arrow: str
    escaped: bool

    def pieces(self, said: str) -> list[str]:
        """The text cut at every sign that may part two."""
        pattern = rf"(?<!\\){self.between}" if self.escaped else self.between
        return [self.whole(each) for each in re.split(pattern, said)]

    def whole(self, said: str) -> str:
        """The text without what the report put before its own signs."""
        return said.replace(f"\\{self.between}", self.between) if self.escaped else said


MOODLE = Joint(";", "->", escaped=False)
CANVAS = Joint(",", "=>", escaped=True)


def text(answer: Answer, lang: Lang, said: Sequence[str], asked: str, joint: Joint) -> str | None:
    """The answer that a report gives in one or more texts, as it is written here; None where no option is meant.

    `asked` is the text of the question there: where it says the unit, the number alone is typed.
    """
    given = ["" if each.strip() == NOTHING else each for each in said]
    if not any(each.strip() for each in given):
        return ""
    match answer.part.interaction:
        case Choice():
            return _picked(answer.part.interaction, lang, given[0], joint)
        case Pairing(left=()):
            return given[0]
        case Pairing():
            return _joined(answer.part.interaction, lang, given, joint)
        case TextEntry() | EntryGrid() | ExtendedText():
            return _typed(answer, lang, given, asked)
        case other:
            assert_never(other)


def _typed(answer: Answer, lang: Lang, given: Sequence[str], asked: str) -> str:
    scoring = answer.scoring
    if not isinstance(scoring, Numbers | Cells):
        return given[0].strip()
    told = given[0].strip()
    if isinstance(scoring, Cells) and len(given) > 1:
        told = _returned.together(given, scoring, scoring.brackets)
    names = scoring.units.names
    if names and folded(UNIT[lang].format(names[0].name)) in folded(asked):
        return f"{told} {names[0].name}"
    return told


def _picked(choice: Choice, lang: Lang, said: str, joint: Joint) -> str | None:
    signs = "√×" if choice.style == "truth" else ascii_uppercase
    if choice.style == "truth" and said.strip().casefold() in TRUE | FALSE:
        return "√" if said.strip().casefold() in TRUE else "×"
    texts = [shown(_webtext.alone(option, lang, _returned.MANNER)) for option in choice.options]
    lettered = [f"{sign}.{each}" for sign, each in zip(signs, texts, strict=False)]
    for options in (texts, lettered):
        if choice.several:
            found = _returned.places([folded(each) for each in joint.pieces(said)], joint.between, options)
        else:
            at = _returned.place(folded(said), options)
            found = None if at is None else (at,)
        if found is not None:
            return "".join(signs[at] for at in found)
    return None


def _joined(pairing: Pairing, lang: Lang, given: Sequence[str], joint: Joint) -> str | None:
    """Each text on the left with the letter of the one on the right, as far as they are joined."""
    rights = [folded(plain(each)) for each in pairing.right]
    if len(given) > 1:  # a field for each
        chosen = [_returned.place(folded(each), rights) if each.strip() else -1 for each in given]
        if None in chosen:
            return None
        return " ".join(f"{at}{ascii_lowercase[right]}" for at, right in enumerate(chosen, 1)
                        if right is not None and right >= 0)  # fmt: skip
    begins = [shown(_webtext.alone(left, lang, _returned.MANNER)) + joint.arrow for left in pairing.left]
    then = "|".join(f"{joint.between}{re.escape(each)}" for each in begins)
    whole, found = folded(joint.whole(given[0])), []
    for at, begin in enumerate(begins, 1):
        fits = [place for place, right in enumerate(rights)
                if re.search(rf"(^|{joint.between}){re.escape(begin + right)}({then}|$)", whole)]  # fmt: skip
        if len(fits) > 1:
            return None
        found += [f"{at}{ascii_lowercase[place]}" for place in fits]
    return " ".join(found) or None
