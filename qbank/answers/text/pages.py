"""What words to fill in say to pages, reports and checks."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from qbank import messages, waist
from qbank.answers._readings import LONGEST, quoted, spoken
from qbank.answers.text.judging import NONE
from qbank.answers.text.spec import Spec, Words
from qbank.model import Columns, Lang, Printed, Rules
from qbank.sheets import Foreseen


def show(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> Printed:
    """The first spelling in the language of the page; the words of a list one after another."""
    spec = _on(spec, key, row)
    text = told(spec, int(key["set"][row]), lang)
    return Printed(text, quoted(text), text, quoted(text))


def accepted(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> str:
    """Every spelling that is right, those in the language of the page first, and the patterns."""
    spec = _on(spec, key, row)
    words = spec.sets if spec.list else _holding(spec, int(key["set"][row]))
    return "; ".join(_counted(one, lang) for one in words)


def _counted(words: Words, lang: Lang) -> str:
    spelled = " / ".join(sorted(dict.fromkeys(words.spellings), key=_FOREIGN[lang]))
    if not words.regex:
        return spelled
    return f"{spelled} {'或匹配' if lang == 'zh' else 'or matches'} {' / '.join(words.regex)}"


_FOREIGN = {"zh": str.isascii, "en": lambda spelling: not spelling.isascii()}


def foreseen(
    spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang
) -> tuple[Foreseen, ...]:
    """The named mistakes."""
    return tuple(
        Foreseen(" / ".join(mistake.accept), spoken(mistake.text, lang), mistake.credit, name)
        for name, mistake in _on(spec, key, row).mistakes.items()
    )


def interaction(spec: Spec, arrangement: Columns, row: int, lang: Lang) -> waist.TextEntry:
    """A line, long enough for any right answer and no hint to which."""
    longest = max(len(words.printed(lang)) for words in spec.sets) * (len(spec.sets) if spec.list else 1)
    return waist.TextEntry(width=min(max(6.0, 2.0 * math.ceil(longest * (1.2 if lang == "zh" else 0.7) / 2)), 24.0))


def scoring(spec: Spec, key: Columns, arrangement: Columns, row: int, rules: Rules) -> waist.Texts | waist.Unscored:
    """The spellings and patterns that are right, then the mistakes'."""
    spec = _on(spec, key, row)
    if spec.list:
        return waist.Unscored(messages.tell("several words in one blank"))
    holding = _holding(spec, int(key["set"][row]))
    return waist.Texts(
        (
            *(waist.Wording(spelling) for words in holding for spelling in words.spellings),
            *(waist.Wording(pattern, pattern=True) for words in holding for pattern in words.patterns),
            *(waist.Wording(spelling, mistake.credit, name)
              for name, mistake in spec.mistakes.items() for spelling in mistake.accept),
        ),
        case=spec.case == "keep", spaces=spec.spaces, near=spec.spelling_credit,
    )  # fmt: skip


def spellings(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[str]:
    """Every accepted spelling, in capitals, spaced around, with a full stop and full width, where the part lets it."""
    spec = _on(spec, key, row)
    if spec.list:
        words = [one.spellings[0] for one in spec.list.words]
        return [spec.list.sep.join(order) for order in (words, words if spec.list.ordered else words[::-1])]
    found = []
    for spelling in (s for words in _holding(spec, int(key["set"][row])) for s in words.spellings):
        found += [spelling]
        found += [spelling.upper()] if spec.case == "fold" else []
        found += [f"  {spelling} ", f"{spelling}。"] if spec.spaces != "exact" else []
        found += ["".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in spelling)]
    return found


def wrong(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[tuple[str, str]]:
    """The named mistakes, a word that nothing is like, and a right one with a slip of the pen."""
    spec, place = _on(spec, key, row), int(key["set"][row])
    found = [("☂☂☂", "text.wrong")]
    if spec.list or place == NONE:
        return found
    given = [text for mistake in spec.mistakes.values() for text in mistake.accept]
    given += [f"{spelling}x" for spelling in spec.sets[place].spellings[:1]]
    for text in given:
        verdict = spec.judge.of(text)[place]
        if verdict.mistake != NONE:
            found.append((text, f"text.mistake.{tuple(spec.mistakes)[verdict.mistake]}"))
        elif verdict.score == 0:
            note = "text.near.waits" if verdict.waits else "text.spelling" if verdict.slip else "text.wrong"
            found.append((text, note))
    return found


def unreadable(spec: Spec) -> list[str]:
    """Any text can be read, unless it is too long."""
    return ["字" * (LONGEST + 1)]


def _on(spec: Spec, key: Columns, row: int) -> Spec:
    """The part on one variant, its openings filled."""
    return spec.filled(*printed(key, row)) if "filled" in key else spec


def printed(key: Mapping[str, Any], row: int) -> tuple[Sequence[str], Sequence[str]]:
    """What the openings print on one variant in Chinese and in English; an earlier exam sealed one text for both."""
    return key["filled"][row], key.get("translated", key["filled"])[row]


def _holding(spec: Spec, place: int) -> tuple[Words, ...]:
    return () if place == NONE else (spec.sets[place],)


def told(spec: Spec, place: int, lang: Lang) -> str:
    words = spec.sets if spec.list else _holding(spec, place)
    between = f"{spec.list.sep} " if spec.list else ""
    return between.join(one.printed(lang) for one in words) or "—"
