"""What notes say: each kind's table of them, and the one way from a step to a name for a class or to a sentence.

A note is a code such as `number.sign`; `number.mistake.NAME` is told by the row `number.mistake`. In a table `{names}`
are filled in by the kind's `fills`, `{own}` by the author's own texts on the step; where a row has no `{own}`, those
texts follow it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from qbank import markup
from qbank.markup import braces
from qbank.model import Bilingual, Lang

Plain: TypeAlias = Callable[[Bilingual, Lang], str]
"""An author's text on one line."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a step is called for a whole class, without any candidate's own values, and what the candidate reads."""

    name: Bilingual
    sentence: Bilingual


def note(zh: str, en: str, said_zh: str = "", said_en: str = "") -> Note:
    """A row of a table: the name in both languages, and the sentence where it says more."""
    name = Bilingual(zh=zh, en=en)
    return Note(name, Bilingual(zh=said_zh, en=said_en) if said_zh else name)


COMMON: Mapping[str, Note] = {
    "blank": note("未作答", "nothing was written"),
    "unreadable": note("无法识别，待人工评阅", "could not be read; waits for a person"),
}
"""The notes that every kind has."""

UNITS: Mapping[str, Note] = {
    "unit.missing": note("漏写单位", "the unit is missing", "漏写单位 {unit}", "the unit {unit} is missing"),
    "unit.unknown": note("单位无法识别", "the unit is not known",
                         "单位无法识别，应为 {unit}", "the unit is not known; expected {unit}"),
    "unit.dimension": note("单位的量纲不对", "a unit of another dimension",
                           "单位的量纲不对，应为 {unit}", "a unit of another dimension; expected {unit}"),
}  # fmt: skip
"""The notes of every kind that takes units."""

MISTAKE = note("{own}", "{own}", "{own}，应为 {expected}", "{own}; expected {expected}")
"""A foreseen mistake in the author's own words."""

_LINKS: Mapping[Lang, str] = {"zh": "，", "en": ", "}


def unit(text: str, lang: Lang) -> str:
    """What `{unit}` says: the part's unit, or that it has none."""
    return text or ("无单位" if lang == "zh" else "no unit")


def row_of(code: str, table: Mapping[str, Note]) -> Note:
    """The row that tells a note. Raises KeyError for a note that the table does not have."""
    return {**COMMON, **table}[re.sub(r"\.mistake\..+", ".mistake", code)]


def mistake_of(code: str) -> str:
    """The name of the mistake in a note, empty where it is about none.

    >>> mistake_of("number.mistake.upside-down"), mistake_of("number.sign")
    ('upside-down', '')
    """
    return code.partition(".mistake.")[2]


def general(text: Bilingual, lang: Lang) -> str:
    """An author's text on one line as it is for all variants: its open names by themselves.

    >>> general(Bilingual(zh="约 $U = {{ UB }}$。", en="about $U = {{ UB }}$."), "en")
    'about U = UB.'
    """
    return braces.replace(" ".join(markup.plain(markup.read(text[lang])).split()), lambda name: name.entry)


def told(template: Bilingual, fills: Mapping[str, str], own: Iterable[Bilingual], plain: Plain, lang: Lang) -> str:
    """A row of a table in one language, filled in, without the stop at its end."""
    texts = [plain(text, lang).rstrip("。. ") for text in own]
    link, text = _LINKS[lang], template[lang]
    if "{own}" in text:
        return text.format_map({**fills, "own": link.join(texts)})
    return link.join([text.format_map(fills), *texts])


def sentence(text: str, lang: Lang) -> str:
    """The text as a sentence: a capital where the language has them, and a full stop.

    >>> sentence("expected 3", "en"), sentence("应为 3。", "zh")
    ('Expected 3.', '应为 3。')
    """
    bare = text.rstrip("。. ")
    return f"{bare}。" if lang == "zh" else f"{bare[:1].upper()}{bare[1:]}."
