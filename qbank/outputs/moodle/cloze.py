"""Several parts in one question: a cloze, whose fields stand in its text.

A field is `{2:NM:=3.5:0.1#why~%50%7:0.1}`: its weight, a whole number; its sort; its answers. What Moodle's importer
makes of the text: `#`, `~`, `}` end an answer unless an ampersand stands before them, so every such sign is an entity;
entities are resolved once; `\\}` and `\\#` lose their backslash after that. Whatever else looks like a field in the
text would be one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from html import escape
from math import gcd, lcm
from string import ascii_uppercase
from typing import assert_never

from qbank.model import Lang
from qbank.outputs import _moodle, _returned, _webtext
from qbank.outputs._moodle import (
    Asked,
    Fields,
    Impossible,
    Joined,
    Lowered,
    Near,
    Numeric,
    Ticks,
    Truth,
    Words,
    Written,
)
from qbank.sheets import Variant

_SIGNS = str.maketrans({sign: f"&#{ord(sign)};" for sign in "}#~=%\\{&<>\""})
_OPEN, _SHUT = "\ue000", "\ue001"
"""Around the number of a field while the text is made: private signs, which no cleaned text holds."""


def holds(asked: Asked) -> bool:
    """Whether a cloze can ask this."""
    return not isinstance(asked, Written | Impossible) and not (isinstance(asked, Joined) and len(set(asked.right)) < 2)


def count(asked: Asked) -> int:
    """In how many fields it is asked."""
    match asked:
        case Numeric() | Words() | Ticks() | Truth():
            return 1
        case Joined(left):
            return len(left)
        case Fields(_, _, cells):
            return len(cells)
        case Written() | Impossible():
            return 0
        case other:
            assert_never(other)


def needed(asked: Asked) -> bool:
    """Whether a part alone can be asked in a cloze only."""
    return isinstance(asked, Fields) or (isinstance(asked, Joined) and len(asked.left) < 2)


def weights(told: Sequence[Asked], marks: Sequence[Fraction]) -> tuple[int, ...]:
    """The weight of each field of each part: the smallest whole numbers that are to one another as the marks are.

    >>> from qbank.outputs._moodle import Truth
    >>> weights([Truth(True), Truth(False)], [Fraction(3), Fraction(3, 2)])
    (2, 1)
    """
    each = [own / max(count(asked), 1) for asked, own in zip(told, marks, strict=True)]
    whole = lcm(*(share.denominator for share in each))
    sizes = [int(share * whole) for share in each]
    shared = 1 if whole == 1 else max(gcd(*sizes), 1)
    return tuple(size // shared for size in sizes)


def text(
    variant: Variant, told: Mapping[int, Lowered], lang: Lang, manner: _webtext.Manner
) -> str:
    """The question's text with the fields of the parts at the places `told`: of inline parts where they stand, of
    others below what they ask. Inline parts that are not asked here are lines.
    """
    asked = variant.worked.question
    sizes = weights([one.asked for one in told.values()], [asked.parts[place].marks for place in told])
    shown = _slotted(variant, told, lang, manner)
    for place, size in zip(told, sizes, strict=True):
        shown = shown.replace(f"{_OPEN}{place}{_SHUT}", _asked(size, told[place].asked))
    return shown


def order(variant: Variant, told: Mapping[int, Lowered], lang: Lang) -> tuple[int, ...]:
    """The places of the parts in the order in which their fields stand in the text."""
    shown = _slotted(variant, told, lang, _returned.MANNER)
    return tuple(int(place) for place in re.findall(f"{_OPEN}(\\d+){_SHUT}", shown))


def _slotted(variant: Variant, told: Mapping[int, Lowered], lang: Lang, manner: _webtext.Manner) -> str:
    """The text with the place of each part's fields marked."""
    asked = variant.worked.question
    slots = {asked.parts[place].id: f"{_OPEN}{place}{_SHUT}" for place in told}
    shows = replace(manner, blank=lambda name: slots.get(name, "____"))
    pieces = [_webtext.html(asked.stem, lang, shows)]
    for place, one in told.items():
        part = asked.parts[place]
        label = f"<strong>{part.label}</strong> " if part.label and len(told) > 1 else ""
        ask = _webtext.html(part.ask, lang, shows) + _moodle.prompt(part, lang, manner)
        if label:
            ask = ask.replace("<p>", f"<p>{label}", 1) if ask.startswith("<p>") else f"<p>{label}</p>{ask}"
        pieces += [ask, one.after, "" if part.inline else f"<div>{slots[part.id]}</div>"]
    alone = next(iter(told)) if len(told) < len(asked.parts) else None
    return "".join((*pieces, _moodle.code(variant, alone))).replace("{", "&#123;")


def _asked(size: int, asked: Asked) -> str:
    """The fields of one part."""
    match asked:
        case Numeric(nears):
            return _numeric(size, nears)
        case Words(words, case):
            answers = (f"{_credit(each.credit)}{_typed(each.text)}{_why(each.why)}" for each in words)
            return _field(size, "SAC" if case else "SA", answers)
        case Ticks(ticks, several, lettered):
            signs = (f"{sign}. " for sign in ascii_uppercase) if lettered else ("" for _ in ticks)
            answers = (f"{_credit(each.credit)}{_html(sign + each.option)}{_why(each.why)}"
                       for sign, each in zip(signs, ticks, strict=False))  # fmt: skip
            return _field(size, "MR" if several else "MCV", answers)
        case Truth(holds, why):
            said = {holds: "", not holds: _why(why)}
            return _field(size, "MC", (f"{'=' if one == holds else ''}{sign}{said[one]}"
                                       for sign, one in (("√", True), ("×", False))))  # fmt: skip
        case Joined(left, right, places):
            return "".join(
                f"<p>{one.replace('{', '&#123;')} {_field(size, 'MC', _choices(right, place))}</p>"
                for one, place in zip(left, places, strict=True)
            )  # fmt: skip
        case Fields():
            return _grid(size, asked)
        case Written() | Impossible():
            raise TypeError("a cloze has no field for it")
        case other:
            assert_never(other)


def _choices(right: Sequence[str], place: int) -> Iterator[str]:
    """The texts to choose from, each once: Moodle takes equal ones for one."""
    for text in dict.fromkeys(right):
        yield f"{'=' if text == right[place] else ''}{_html(escape(text))}"


def _grid(size: int, asked: Fields) -> str:
    cells = [_numeric(size, (each,)) for each in asked.cells]
    if asked.names:
        return ", ".join(f"{_webtext.escaped(name)}: {cell}" for name, cell in zip(asked.names, cells, strict=True))
    rows = [cells[row * asked.columns : (row + 1) * asked.columns] for row in range(asked.rows)]
    if len(rows) == 1:
        return f"{asked.brackets[:1]}{', '.join(rows[0])}{asked.brackets[1:]}"
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table>{body}</table>"


def _numeric(size: int, nears: Sequence[Near]) -> str:
    return _field(size, "NM", (f"{_credit(each.credit)}{each.middle!r}:{each.reach!r}{_why(each.why)}"
                               for each in nears))  # fmt: skip


def _field(size: int, sort: str, answers: Iterator[str]) -> str:
    return f"{{{size}:{sort}:{'~'.join(answers)}}}"


def _credit(credit: float) -> str:
    """Any percentage is taken here, unlike in a question of its own."""
    return "=" if credit == 1 else f"%{f'{credit * 100:.5f}'.rstrip('0').rstrip('.')}%"


def _why(html: str) -> str:
    return f"#{_html(html)}" if html else ""


def _html(html: str) -> str:
    """HTML inside a field; a brace behind a backslash stays an entity after the importer has resolved it once."""
    return _coded(html.replace(r"\}", r"\&#125;").replace(r"\#", r"\&#35;"))


def _typed(text: str) -> str:
    """A spelling: the importer takes one backslash away before a brace."""
    return _coded(_moodle.typed(text).replace(r"\}", r"\\}").replace(r"\#", r"\\#"))


def _coded(text: str) -> str:
    return text.translate(_SIGNS)
