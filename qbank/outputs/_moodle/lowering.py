"""From an answer with its scoring to what Moodle can ask, and what is lost on the way."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, permutations, product
from string import ascii_lowercase, ascii_uppercase
from typing import assert_never

from qbank import markup, messages
from qbank.model import Bilingual, Lang, Rich
from qbank.outputs import _lost, _text, _webtext
from qbank.outputs._moodle import numbers
from qbank.outputs._moodle.asked import Impossible, Joined, Lowered, Means, Tick, Ticks, Truth, Word, Words, Written
from qbank.sheets import Answer
from qbank.waist import Cells, Choice, ExtendedText, Numbers, Options, Orders, Pairing, Pairs, Texts, Unscored

ORDERS = 24
"""The most right orders that are written out."""
ORDER = Bilingual(zh="按顺序连写字母，如 {}。", en="Write the letters in their order without spaces, such as {}.")


def lowered(answer: Answer, lang: Lang, means: Means) -> Lowered:
    """What Moodle is to ask for one part."""
    match answer.scoring:
        case Numbers():
            return numbers.number(answer, answer.scoring, lang, means)
        case Cells():
            return numbers.cells(answer, answer.scoring, lang, means)
        case Texts():
            return _texts(answer, answer.scoring, means)
        case Options():
            return _options(answer, answer.scoring, lang, means)
        case Pairs():
            return _pairs(answer, answer.scoring, lang, means)
        case Orders():
            return _orders(answer, answer.scoring, lang, means)
        case Unscored(reason, person):
            asked = answer.part.interaction
            lines = asked.lines if isinstance(asked, ExtendedText) else 3
            return Lowered(Written(lines), lost=() if person else (_lost.by_person(reason),))
        case other:
            assert_never(other)


def _texts(answer: Answer, scoring: Texts, means: Means) -> Lowered:
    lost = [messages.tell("capitals: they do not count there")] if scoring.case and not means.case else []
    lost += [messages.tell("spaces: {rule}", rule=scoring.spaces)] if scoring.spaces in ("exact", "remove") else []
    lost += [messages.tell("near-misses in spelling")] if scoring.near else []
    whys = {each.name: _webtext.line(each.text, means.manner) for each in answer.mistakes if each.name}
    words = []
    for each in scoring.wordings:
        if each.pattern:
            lost.append(messages.tell("a pattern: only the listed spellings are right there"))
        elif "->" in each.text and not means.arrows:  # makes a question of matching of it, and no escape helps
            lost.append(messages.tell("a spelling that contains '->'"))
        elif not (spelling := _text.clean(each.text).strip()):
            lost.append(messages.tell("a spelling without a visible character"))
        else:
            words.append(Word(spelling, each.credit, whys.get(each.mistake, "") if each.mistake else ""))
    if not any(word.credit == 1 for word in words):
        return Lowered(Impossible(messages.tell("no spelling of the answer can be written")), lost=tuple(lost))
    return Lowered(Words(tuple(words), scoring.case and means.case), lost=tuple(lost))


def _options(answer: Answer, scoring: Options, lang: Lang, means: Means) -> Lowered:
    asked = answer.part.interaction
    assert isinstance(asked, Choice)
    whys = {each.printed: _webtext.line(each.text, means.manner) for each in answer.mistakes}
    if asked.style == "truth" and sorted(scoring.credits) == [0, 1]:
        return Lowered(Truth(scoring.right.index(True) == 0, next(iter(whys.values()), "")))
    signs = "√×" if asked.style == "truth" else ascii_uppercase
    lost = [] if means.ordered or asked.style == "truth" or not asked.fixed else [
        messages.tell("the place of options that are not shuffled: turn off 'shuffle within questions' in the quiz")]
    credits = scoring.credits
    if not credits:
        count = sum(scoring.right)
        credits = tuple(1 / count if right else -1.0 for right in scoring.right)
        if scoring.rule != "cancel":
            lost.append(messages.tell("the rule {rule!r}: any wrong tick earns nothing there, as with 'cancel'",
                                      rule=scoring.rule))  # fmt: skip
    several = scoring.rule != "single"
    if several:
        lost += [messages.tell("marks below zero")] if scoring.floor is None or scoring.floor < 0 else []
        lost += (
            [messages.tell("how many options may be ticked")] if scoring.least > 1 or scoring.most is not None else []
        )
        lost += [messages.tell("that 'none of these' excludes the other options")] if scoring.lone is not None else []
        if abs(sum(each for each in credits if each > 0) - 1) > 1e-9:
            lost.append(messages.tell("weights that do not add up to the whole credit: they are scaled to it there"))
            total = sum(each for each in credits if each > 0)
            credits = tuple(each / total if each > 0 else each for each in credits) if total else credits
    if not any(each > 0 for each in credits) or len(asked.options) < 2:
        return Lowered(Impossible(messages.tell("no option earns anything")), lost=tuple(lost))
    ticks = tuple(
        Tick(_webtext.alone(option, lang, means.manner), credit, whys.get(sign, ""))
        for sign, option, credit in zip(signs, asked.options, credits, strict=False)
    )  # fmt: skip
    return Lowered(Ticks(ticks, several, asked.style == "letters"), lost=tuple(lost))


def _pairs(answer: Answer, scoring: Pairs, lang: Lang, means: Means) -> Lowered:
    asked = answer.part.interaction
    assert isinstance(asked, Pairing)
    left = tuple(_webtext.alone(each, lang, means.manner) for each in asked.left)
    lost = () if scoring.each else (messages.tell("all or nothing: every pair earns its share there"),)
    return Lowered(Joined(left, tuple(map(plain, asked.right)), scoring.right), lost=lost)


def _orders(answer: Answer, scoring: Orders, lang: Lang, means: Means) -> Lowered:
    """The letters in order, as a short answer with every right order."""
    asked = answer.part.interaction
    assert isinstance(asked, Pairing)
    signs = ascii_lowercase[: len(scoring.steps)]
    items = zip(signs, asked.right, strict=True)
    listed = "".join(f"<p>{sign}. {_webtext.alone(each, lang, means.manner)}</p>" for sign, each in items)
    groups = [[sign for sign, own in zip(signs, scoring.steps, strict=True) if own == step]
              for step in sorted(set(scoring.steps))]  # fmt: skip
    orders = ["".join(chain(*one)) for one in product(*map(permutations, groups))] if _few(groups) else []
    if not orders:
        return Lowered(Impossible(messages.tell("more than {count} orders are right", count=ORDERS)), listed)
    lost = (messages.tell("part marks for a sequence that is right"),) if scoring.run else ()
    words = tuple(Word(order, 1.0) for order in orders)
    return Lowered(Words(words), f"{listed}<p>{ORDER[lang].format(signs)}</p>", lost)


def _few(groups: Sequence[Sequence[str]]) -> bool:
    count = 1
    for group in groups:
        for size in range(2, len(group) + 1):
            count *= size
    return count <= ORDERS


def plain(text: Rich) -> str:
    """A text for a list to choose from, where neither HTML nor TeX is shown."""
    return " ".join(_text.clean(markup.plain(text)).split())


