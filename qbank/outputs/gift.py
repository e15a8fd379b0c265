"""Items for Moodle's question bank as GIFT: a category for each item (and part), a question for each variant.

GIFT has no units, no figures, no marks, and one answer a question. What Moodle's importer makes of such a file: texts
are HTML; a backslash escapes `~ = # { } :` and itself; a fraction that is not in Moodle's list stops the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from qbank import messages
from qbank.model import Lang
from qbank.outputs import Loss, Output, Written, _moodle, _webtext
from qbank.outputs._moodle import Asked, Fields, Impossible, Joined, Means, Numeric, Ticks, Truth, Words
from qbank.sheets import Items, Pool, Variant
from qbank.waist import Choice

MEANS = Means(units=False, case=False, ordered=False, arrows=False, fields=False)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One part of one variant as a question of its own, empty where it is left out; and what it loses."""

    block: str
    lost: tuple[str, ...]


def written(items: Items) -> Written:
    """The file, UTF-8, with everything that it does not hold."""
    blocks: list[str] = []
    losses: dict[Loss, None] = {}
    count = 0
    for pool in items.pools:
        answers = pool.variants[0].worked.answers
        for place, answer in enumerate(answers):
            asked = [_question(pool, variant, place, items.lang) for variant in pool.variants]
            losses |= dict.fromkeys(Loss(pool.item, answer.part.id, what) for each in asked for what in each.lost)
            questions = [each.block for each in asked if each.block]
            if questions:
                path = _moodle.category(items.title, pool.item, answer.part.id if len(answers) > 1 else "")
                blocks += [f"$CATEGORY: {_escaped(path)}", *questions]
                count += len(questions)
    return Written("".join(f"{block}\n\n" for block in blocks).encode(), count, tuple(losses))


OUTPUT = Output(".gift.txt", items=written)


def _question(pool: Pool, variant: Variant, place: int, lang: Lang) -> _Asked:
    worked, answer = variant.worked, variant.worked.answers[place]
    part, several = answer.part, len(worked.answers) > 1
    told = _moodle.lowered(answer, lang, MEANS)
    braces, lost = _braces(told.asked)
    lost = (*told.lost, *lost)
    if braces is None:
        return _Asked("", lost)
    prompt = part.interaction.prompt if isinstance(part.interaction, Choice) else ()
    texts = (*worked.question.stem, *part.ask, *prompt)
    lost += (messages.tell("the figure: GIFT has no images, the text names it"),) if _webtext.figures(texts) else ()
    lost += (messages.tell("the data file: GIFT has no files, the text names it"),) if _webtext.files(texts) else ()
    options = part.interaction.options if isinstance(part.interaction, Choice) else ()
    lost += (messages.tell("a figure in an option: GIFT has no images, the text names it"),) if any(
        map(_webtext.figures, options)) else ()
    if _webtext.figures(worked.explained):
        lost += (messages.tell("a figure of the solution: GIFT has no images, the text names it"),)
    if part.id in worked.any_order:
        lost += (messages.tell("blanks in any order: each is a question with its own answer"),)
    if answer.follows:
        lost += (messages.tell("the error carried forward: each part is a question by itself"),)
    own = place if several else None
    shown = _moodle.alone(variant, place, lang, _webtext.PLAIN, told.after)
    solution = _webtext.html(worked.explained, lang)
    feedback = f"####{_escaped(solution)}\n" if solution else ""
    name = _escaped(_moodle.name(pool.item, variant, own))
    head = f"// [id:{_moodle.idnumber(variant, own)}]\n::{name}::[html]"
    return _Asked(f"{head}{_escaped(shown)}{{{braces}{feedback}}}", lost)


def _braces(asked: Asked) -> tuple[str | None, tuple[str, ...]]:
    """What stands between the braces, None where the part is left out; and what is lost."""
    match asked:
        case Numeric(nears):
            lines = (f"={_percent(each.credit)}{each.middle!r}:{each.reach!r}{_why(each.why)}" for each in nears)
            return "#" + _lines(lines), _moodle.snapped(asked)
        case Words(words):
            lines = (f"={_percent(each.credit)}{_escaped(_moodle.typed(each.text))}{_why(each.why)}" for each in words)
            return _lines(lines), _moodle.snapped(asked)
        case Ticks(ticks, several):
            lines = (f"{'=' if not several and each.credit == 1 else f'~{_percent(each.credit)}'}"
                     f"{_escaped(each.option)}{_why(each.why)}" for each in ticks)  # fmt: skip
            return _lines(lines), _moodle.snapped(asked)
        case Truth(holds, why):
            return "FT"[holds] + _why(why), ()
        case Joined(left, right, places):
            rights = tuple(map(_escaped, right))
            pairs = [f"={_escaped(each)} -> {rights[place]}" for each, place in zip(left, places, strict=True)]
            return _lines([*pairs, *(f"= -> {each}" for place, each in enumerate(rights) if place not in places)]), ()
        case _moodle.Written():
            return "", ()
        case Impossible(why):
            return None, (messages.tell("left out: {reason}", reason=why),)
        case Fields():
            raise TypeError("GIFT has one field in a question")
        case other:
            assert_never(other)


def _percent(credit: float) -> str:
    return f"%{_moodle.percent(credit)[0]}%"


def _why(text: str) -> str:
    return f"#{_escaped(text)}" if text else ""


def _lines(lines: Iterable[str]) -> str:
    return "\n" + "".join(f"{line}\n" for line in lines)


def _escaped(text: str) -> str:
    """The text with everything escaped that GIFT reads as its own."""
    return re.sub(r"[\\~=#{}:]", r"\\\g<0>", text).replace("\n", " ")
