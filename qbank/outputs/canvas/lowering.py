"""From an answer with its scoring to what a question of Canvas can ask and mark, and what is lost on the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import isfinite
from string import ascii_uppercase

from qbank import messages
from qbank.model import Lang
from qbank.outputs import _lost, _moodle, _webtext
from qbank.outputs._moodle import Lowered, Means, Near, Numeric, Tick, Ticks, Truth, Words
from qbank.sheets import Answer
from qbank.waist import Choice, Numbers, Options

HAIR = 1e-12
"""The share of its larger end by which an interval is widened."""


def lowered(answer: Answer, lang: Lang, manner: _webtext.Manner) -> Lowered:
    """What Canvas is to ask for one part: as Moodle does, but for numbers, options, and credits below the whole.

    A number, a word or a single choice is right or wrong there.
    """
    means = Means(units=False, case=False, fields=False, manner=manner)
    match answer.scoring:
        case Numbers():
            told = _number(answer, answer.scoring, lang, means)
        case Options():
            told = _options(answer, answer.scoring, lang, means)
        case _:
            told = _moodle.lowered(answer, lang, means)
    match told.asked:
        case Words(words):
            right = tuple(each for each in words if each.credit == 1)
            return replace(told, asked=Words(right), lost=(*told.lost, *_partly(each.credit for each in words)))
        case _moodle.Impossible(why):
            return replace(told, lost=(*told.lost, _lost.by_person(why)))
        case _:
            return told


def _number(answer: Answer, scoring: Numbers, lang: Lang, means: Means) -> Lowered:
    """The intervals of the key; what a foreseen mistake earns is lost, for a number is right or wrong."""
    told = _moodle.lowered(answer, lang, means)
    right = [each for each in scoring.intervals if each.credit == 1 and not each.bare]
    if not isinstance(told.asked, Numeric) or not all(isfinite(end) for one in right for end in (one.low, one.high)):
        return told
    lost = list(told.lost)
    lost += _partly(each.credit for each in scoring.intervals)
    if any(each.mistake for each in scoring.intervals):
        lost.append(messages.tell("foreseen mistakes of a number, with their reasons"))
    if any(each.low <= 0 <= each.high for each in right):
        lost.append(messages.tell("a text that is not a number: it counts as 0 there, which is right"))
    hairs = [HAIR * max(abs(each.low), abs(each.high)) for each in right]
    nears = tuple(
        Near((each.low + each.high) / 2, (each.high - each.low) / 2 + hair, 1.0)
        for each, hair in zip(right, hairs, strict=True)
    )
    return Lowered(Numeric(nears), told.after, tuple(dict.fromkeys(lost)))


def _options(answer: Answer, scoring: Options, lang: Lang, means: Means) -> Lowered:
    """Options with their reasons; of several ticks, each right one earns its share and each wrong one takes as much."""
    asked = answer.part.interaction
    assert isinstance(asked, Choice)
    if scoring.rule == "single":
        told = _moodle.lowered(answer, lang, means)
        if isinstance(told.asked, Truth) or not isinstance(told.asked, Ticks):
            return told
        return replace(told, lost=(*told.lost, *_partly(each.credit for each in told.asked.ticks)))
    whys = {each.printed: _webtext.line(each.text, means.manner) for each in answer.mistakes}
    count = sum(scoring.right)
    share = 1 / count if count else 0.0
    credits = tuple(share if right else -share for right in scoring.right)
    lost = []
    if not count:
        return Lowered(_moodle.Impossible(messages.tell("no option is right")))
    same = scoring.credits and all(abs(own - each) < 1e-9 for own, each in zip(scoring.credits, credits, strict=True))
    if not (same and scoring.floor == 0.0):
        lost.append(messages.tell("the rule {rule!r}: a wrong tick costs what a right one earns there, down to 0",
                                  rule=scoring.rule))  # fmt: skip
    lost += [messages.tell("how many options may be ticked")] if scoring.least > 1 or scoring.most is not None else []
    lost += [messages.tell("that 'none of these' excludes the other options")] if scoring.lone is not None else []
    signs = "√×" if asked.style == "truth" else ascii_uppercase
    ticks = tuple(Tick(_webtext.alone(option, lang, means.manner), credit, whys.get(sign, ""))
                  for sign, option, credit in zip(signs, asked.options, credits, strict=False))  # fmt: skip
    return Lowered(Ticks(ticks, several=True, lettered=asked.style == "letters"), lost=tuple(lost))


def _partly(credits: Iterable[float]) -> tuple[str, ...]:
    """The loss of credits between nothing and everything."""
    partly = sorted({credit for credit in credits if 0 < credit < 1})
    return tuple(messages.tell("a credit of {credit:.4g}: it is {there} there", credit=credit, there="0")
                 for credit in partly)  # fmt: skip
