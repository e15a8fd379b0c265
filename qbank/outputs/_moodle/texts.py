"""The text of one part of a question that is a question of its own."""

from __future__ import annotations

from dataclasses import replace

from qbank.model import Bilingual, Lang
from qbank.outputs import _webtext
from qbank.outputs._moodle.asked import LONGEST
from qbank.sheets import Part, Variant
from qbank.waist import Choice

BLANK = Bilingual(zh="请填第 {} 空。", en="Fill in blank {}.")


def prompt(part: Part, lang: Lang, manner: _webtext.Manner) -> str:
    """The statement that a part asks to judge, if it has one."""
    return _webtext.html(part.interaction.prompt, lang, manner) if isinstance(part.interaction, Choice) else ""


def alone(variant: Variant, place: int, lang: Lang, manner: _webtext.Manner, after: str) -> str:
    """The stem, one part, what is said `after` it, and the variant's code; other blanks are lines with numbers."""
    asked = variant.worked.question
    part = asked.parts[place]
    inline = [each.id for each in asked.parts if each.inline]
    numbered = {name: f"({number}) ____" for number, name in enumerate(inline, 1)} if len(inline) > 1 else {}
    which = f"<p>{BLANK[lang].format(inline.index(part.id) + 1)}</p>" if part.id in numbered else ""
    blanks = replace(manner, blank=lambda name: numbered.get(name, "____"))
    stem, ask = _webtext.html(asked.stem, lang, blanks), _webtext.html(part.ask, lang, blanks)
    own = code(variant, place if len(asked.parts) > 1 else None)
    return "".join((stem, ask, prompt(part, lang, manner), which, after, own))


def code(variant: Variant, place: int | None = None) -> str:
    """What is shown at the end of a text: the variant's code, and the part where that is a question of its own."""
    return f"<p><small>{idnumber(variant, place)}</small></p>"


def name(item: str, variant: Variant, place: int | None) -> str:
    """The name of a question: the item, the number of the part where it is a question of its own, and the code."""
    return f"{item}{'' if place is None else f' {place + 1}'} {variant.code}"[-LONGEST:]


def idnumber(variant: Variant, place: int | None) -> str:
    """What tells a question from the others of its category."""
    return f"{variant.code}{'' if place is None else f'.{place + 1}'}"
