"""One text against what is right on one variant: right, a listed mistake, near, one slip away, or other words.

In that order, and the text as it is before the text without what is round it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from qbank import numerals
from qbank.answers import _pairing
from qbank.answers.text.holding import holds
from qbank.answers.text.patterns import matches
from qbank.answers.text.words import Folding, chinese, essence, slipped
from qbank.answers.text.wrapping import Surroundings, bare_name, glosses, opened, unwrapped
from qbank.simplified import simplified

if TYPE_CHECKING:
    from qbank.answers.text.spec import Enumeration, Mistake, Words

_SET = dict.fromkeys(map(ord, "^_{}"))
"""What raises and lowers, and nothing else."""

NONE = 255
"""No mistake."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one text is on one variant: `score` of the marks, or why it has none; `mistake` is NONE where none."""

    score: float
    waits: bool = False
    slip: bool = False
    mistake: int = NONE


@dataclass(frozen=True)
class Spelled:
    """One right answer, or one mistake: its spellings folded, and its patterns; another digit is not a slip."""

    spellings: tuple[str, ...]
    patterns: tuple[str, ...]
    folding: Folding
    slips: bool = True

    @cached_property
    def forms(self) -> frozenset[str]:
        """Every spelling as it is compared."""
        return frozenset(form for spelling in self.spellings for form in self.folding.forms(spelling))

    @cached_property
    def whole(self) -> tuple[str, ...]:
        """Every spelling as it is looked for in a longer text: there spaces part words."""
        return tuple(dict.fromkeys(_spaced(self.folding).of(spelling) for spelling in self.spellings))

    def takes(self, forms: Sequence[str]) -> bool:
        """Whether a text in one of these forms is a spelling, or matches a pattern as it is; digits in any of them."""
        tried = forms[:1] if self.slips else forms
        return not self.forms.isdisjoint(forms) or any(
            matches(one, form, self.folding.case) for one in self.patterns for form in tried
        )

    def held(self, spaced: str) -> bool:
        """Whether a spelling stands in a text, folded with its spaces, as a whole with more beside it."""
        return any(holds(simplified(spaced), simplified(spelling)) for spelling in self.whole)

    @property
    def is_loose(self) -> bool:
        """Whether the author leaves spaces and the digits of a number to the writer."""
        return self.slips and self.folding.spaces in ("collapse", "remove")

    @cached_property
    def essences(self) -> frozenset[str]:
        """Every spelling without what writers differ in."""
        return frozenset(map(essence, self.whole)) if self.is_loose else frozenset()

    @cached_property
    def letters(self) -> frozenset[str]:
        """Every spelling without what only sets it."""
        return frozenset(map(_letters, (*self.forms, *self.whole))) if self.is_loose else frozenset()

    def meant(self, forms: Collection[str]) -> bool:
        """Whether a text in one of these forms is a spelling but for accents, joints or the zeros of a number, or set
        otherwise: `NH4^+` and `NH_4^{+}` are NH4+, and `O (n)` is O(n), unless the spaces count.
        """
        return not (self.essences.isdisjoint(map(essence, forms)) and self.letters.isdisjoint(map(_letters, forms)))

    def slipped(self, forms: Iterable[str]) -> bool:
        """Whether the text is one edit away from a spelling."""
        return self.slips and any(slipped(form, spelling) for form in forms for spelling in self.forms)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text in the forms in which it is compared, and every way to part it into a word and its gloss."""

    forms: tuple[str, ...]
    halves: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()

    def means(self, one: Spelled) -> bool:
        """Whether a right answer or a mistake takes the text, or both halves of it."""
        return one.takes(self.forms) or any(one.takes(first) and one.takes(second) for first, second in self.halves)


@dataclass(frozen=True)
class Judge:
    """What is right on one variant, its mistakes, and what may appear round a word."""

    rights: tuple[Spelled, ...]
    mistakes: tuple[Spelled, ...]
    folding: Folding
    around: Surroundings
    list: Enumeration | None = None

    def of(self, text: str) -> tuple[Verdict, ...]:
        """The verdict on a text for every right answer; a single one where they make a list."""
        if self.list is not None:
            return (self._of_list(text, self.list),)
        readings = [self._reading(each) for each in unwrapped(text, self.folding, self.around)]
        mistaken = next(
            ((at, place) for at, each in enumerate(readings)
             for place, one in enumerate(self.mistakes) if each.means(one)),
            (len(readings), NONE),
        )  # fmt: skip
        return tuple(self._against(right, text, readings, *mistaken) for right in self.rights)

    @property
    def clash(self) -> tuple[str, int] | None:
        """A spelling of a mistake that is right too, where there is one right answer, and the mistake's place."""
        for place, mistake in enumerate(self.mistakes if len(self.rights) == 1 else ()):
            for spelling in mistake.spellings:
                if self.rights[0].takes(self.folding.forms(spelling)):
                    return spelling, place
        return None

    def _against(self, right: Spelled, text: str, readings: Sequence[Reading], at: int, mistake: int) -> Verdict:
        if any(each.means(right) for each in readings[: at + 1]):
            return Verdict(1.0)
        if mistake != NONE:
            return Verdict(0.0, mistake=mistake)
        spaced = _spaced(self.folding).of(text)
        if right.held(spaced) or right.meant({spaced, *(form for each in readings for form in each.forms)}):
            return Verdict(0.0, waits=True)
        return Verdict(0.0, slip=any(right.slipped(each.forms) for each in readings))

    def _reading(self, text: str) -> Reading:
        forms = self.folding.forms(text)
        if not self.around.gloss or not chinese(text):
            return Reading(forms)
        plain = unicodedata.normalize("NFKC", numerals.visible(text))
        halves = ((self.folding.forms(a), self.folding.forms(b)) for a, b in glosses(plain, self.folding))
        return Reading(forms, tuple(halves))

    def _of_list(self, text: str, asked: Enumeration) -> Verdict:
        """max(0, right - surplus) / keys; a word given twice counts once, and is surplus."""
        plain = opened(unicodedata.normalize("NFKC", numerals.visible(text)), self.folding)
        pieces = re.split("[,、;]" if asked.sep == "," else re.escape(unicodedata.normalize("NFKC", asked.sep)), plain)
        given = [opened(piece, self.folding) for piece in pieces if piece.strip()]
        forms = [self.folding.forms(piece) for piece in given]
        keys = self.rights
        if asked.ordered:
            right = sum(key.takes(form) for form, key in zip(forms, keys, strict=False))
        else:
            right = len(_pairing.pairs([[form for form in dict.fromkeys(forms) if key.takes(form)] for key in keys]))
        if right < len(keys):
            strange = [piece for piece, form in zip(given, forms, strict=True) if not any(k.takes(form) for k in keys)]
            spaced = [_spaced(self.folding).of(piece) for piece in strange]
            if any(key.held(each) or key.meant([each]) for each in spaced for key in keys):
                return Verdict(0.0, waits=True)
        return Verdict(max(0, right - max(0, len(given) - len(keys))) / len(keys))


def judge(
    words: Sequence[Words], mistakes: Mapping[str, Mistake], folding: Folding, around: Surroundings,
    enumeration: Enumeration | None = None,
) -> Judge:  # fmt: skip
    """The judge of one variant, whose spellings hold no open name."""
    rights = tuple(Spelled(one.spellings, one.patterns, folding, slips=not one.digits) for one in words)
    wrong = tuple(Spelled(one.accept, one.patterns, folding) for one in mistakes.values())
    listed = frozenset(bare_name(spelling) for one in (*rights, *wrong) for spelling in one.spellings)
    return Judge(rights, wrong, folding, replace(around, others=around.others | listed), enumeration)


def _letters(text: str) -> str:
    """A folded text without its spaces and without what raises and lowers."""
    return "".join(text.translate(_SET).split())


def _spaced(folding: Folding) -> Folding:
    return replace(folding, spaces="collapse")
