"""Texts, and the languages that they have."""

from __future__ import annotations

from dataclasses import dataclass
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
