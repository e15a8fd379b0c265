"""Texts, and the languages that they have."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

Lang: TypeAlias = Literal["zh", "en"]
LANGS: tuple[Lang, Lang] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in the languages that it has: an empty one is missing, and the other is given for it.

    >>> Bilingual(zh="电阻", en="resistor")["en"]
    'resistor'
    >>> Bilingual(zh="电阻", en="")["en"]
    '电阻'
    """

    zh: str
    en: str

    def __getitem__(self, lang: Lang) -> str:
        own, other = (self.zh, self.en) if lang == "zh" else (self.en, self.zh)
        return own or other

    @property
    def langs(self) -> tuple[Lang, ...]:
        """The languages in which there is a text."""
        return tuple(lang for lang in LANGS if (self.zh if lang == "zh" else self.en).strip())


@dataclass(frozen=True, slots=True)
class Counted:
    """What is said of so many things in either language; English says it of a single one in other words.

    >>> waiting = Counted(zh="{count} 处待评阅", one="one answer waits", en="{count} answers wait")
    >>> waiting.of(1, "en"), waiting.of(2, "en"), waiting.of(1, "zh")
    ('one answer waits', '2 answers wait', '1 处待评阅')
    """

    zh: str
    one: str
    en: str

    def of(self, count: int | Fraction, lang: Lang, **gaps: object) -> str:
        """It of a count, its gaps filled in."""
        said = self.zh if lang == "zh" else self.one if count == 1 else self.en
        return said.format(count=count, **gaps)
