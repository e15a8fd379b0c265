"""Why a mark was lost, as the candidate reads it: the steps of one mark in the paper's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from qbank import answers, markup, papers, variants
from qbank.bank.item import Part
from qbank.marking import CARRIED, OWN, Marked
from qbank.model import UNREADABLE, WAITS, Bilingual, Lang, exact_marks
from qbank.variants import Variants

if TYPE_CHECKING:
    from qbank.grading import Graded
    from qbank.reports import stepmarks

FULL = 1e-9
"""What a full mark may be short of one, by the rounding of floats."""
RIGHT = ".right"
"""How the note of a right answer ends."""

COMMON = {
    "right": Bilingual(zh="正确", en="right"),
    "hand": Bilingual(zh="人工评分", en="marked by a person"),
    "read": Bilingual(zh="由人工识别为“{text}”", en="read by a person as “{text}”"),
    "step": Bilingual(zh="{text}：{earned}/{worth} 分", en="{text}: {earned} of {worth}"),
    "unreadable": Bilingual(
        zh="无法识别（第 {stop} 个字符处），待人工评阅",
        en="could not be read (at character {stop}); waits for a person",
    ),
    "full": Bilingual(zh="本小题有误，全部给分", en="the question was faulty: everyone has full marks"),
    "drop": Bilingual(zh="本小题有误，不计入总分", en="the question was faulty: it does not count"),
    "before": Bilingual(zh="按更正前的标准答案评分", en="marked by the key before it was corrected"),
    "carried": Bilingual(zh="按考生自己的 {part} 值继续评分", en="marked with your own value of {part}"),
    "own": Bilingual(zh="按考生自己取舍后的 {part} 值评分", en="marked with your own rounded value of {part}"),
    "carried.credit": Bilingual(zh="沿用前面的错误结果，按比例给分", en="reduced because an earlier value was wrong"),
}

NTH = Bilingual(zh="第 {place} 空", en="no. {place}")
"""What a sheet calls a blank among the parts of its question."""


def characters(lang: Lang) -> str:
    """What the reasons of marks are written with, besides what kinds and items say."""
    return "".join(text[lang] for text in (*COMMON.values(), NTH))


def reasons(graded: Graded, column: str, row: int, lang: Lang) -> str:
    """Every reason that bears on one mark, joined."""
    if not graded.sat[row]:
        return joined([graded.word(row, lang)], lang)
    if column in graded.settled:
        return joined([COMMON[graded.settled[column]][lang]], lang)
    _, _, worth = graded.exam.columns()[column]
    variant = variant_of(graded, column, row)
    standing, hand = graded.standing(column, row), graded.by_hand.get(column)
    marked = standing.marked[column]
    review = graded.reviews.get((column, row))
    why = f" ({review.why})" if review and review.why else ""
    if hand is None or np.isnan(hand[row]):
        own = [COMMON["read"][lang].format(text=review.reading) + why] if review and review.reading else []
        own += [COMMON["before"][lang]] if standing is not graded else []
        return joined([*own, *spoken(marked, row, lang, variant)], lang)
    from qbank.reports import stepmarks

    own = [COMMON["hand"][lang] + why]
    if steps := stepmarks.of(graded, column, row):
        return joined([*own, *(_step(each, lang, variant) for each in steps)], lang)
    lost = hand[row] < float(worth) - FULL
    return joined([*own, *(spoken(marked, row, lang, variant, decided=True) if lost else [])], lang)


def _step(step: stepmarks.Earned, lang: Lang, variant: Variant) -> str:
    earned, worth = exact_marks(step.earned), exact_marks(step.worth)
    return COMMON["step"][lang].format(text=variant.plain(step.text, lang), earned=earned, worth=worth)


@dataclass(frozen=True, slots=True)
class Variant:
    """The variant whose values stand in what an author says of an answer."""

    drawn: Variants
    row: int

    def plain(self, text: Bilingual, lang: Lang) -> str:
        """An author's text on one line, with the variant's values in the place of its names."""
        rich = markup.read(text[lang])
        if markup.names(rich):
            rich = markup.fill(rich, variants.printed(self.drawn, self.row, lang))
        return " ".join(markup.plain(rich).split())


def variant_of(graded: Graded, column: str, row: int) -> Variant:
    """The variant of the question that one candidate had, by the item whose key decided."""
    standing = graded.standing(column, row)
    placed, _, _ = standing.exam.columns()[column]
    return Variant(standing.exam.drawn[placed.item.id], int(graded.rows[row]))


def spoken(marked: Marked, row: int, lang: Lang, variant: Variant, *, decided: bool = False) -> list[str]:
    """The sentences of one mark's steps, in order; nothing waits any more once a person has decided.

    A full mark is simply right: what a rule let pass is not held against it.
    """
    state = int(marked.reading.state[row])
    if state == UNREADABLE:
        stop = int(marked.reading.stop[row])
        return [] if decided else [_finished(COMMON["unreadable"][lang].format(stop=stop), lang)]
    part, steps = marked.asked(row), list(marked.steps.of(row))
    if marked.credit[row] > 1 - FULL and (decided or not marked.waits[row]):
        right = [step for step in steps if step[0].endswith(RIGHT)]
        steps = [step for step in steps if step[0].startswith(CARRIED) or step in right]
        told = [sentence(part, note, details, lang, variant) for note, _, details in steps]
        return told if right else [*told, _finished(COMMON["right"][lang], lang)]
    kept = (step for step in steps if not (decided and step[0].endswith(WAITS)))
    return [sentence(part, note, details, lang, variant) for note, _, details in kept]


def joined(sentences: Iterable[str], lang: Lang) -> str:
    """Sentences one after another, each with its full stop.

    >>> joined(["marked by a person", "Right."], "en")
    'Marked by a person. Right.'
    """
    return ("" if lang == "zh" else " ").join(_finished(text, lang) for text in sentences)


def _finished(text: str, lang: Lang) -> str:
    bare = text.rstrip("。. ")
    return f"{bare}。" if lang == "zh" else f"{bare[:1].upper()}{bare[1:]}."


def sentence(part: Part, note: str, details: Mapping[str, Any], lang: Lang, variant: Variant) -> str:
    """The sentence of one step of a mark on that part, about that variant."""
    if note in COMMON:
        return _finished(COMMON[note][lang], lang)
    if note.startswith(OWN):
        return _finished(COMMON["own"][lang].format(part=_named(variant, note.removeprefix(OWN), lang)), lang)
    if note.startswith(CARRIED):
        return _finished(COMMON["carried"][lang].format(part=_named(variant, note.removeprefix(CARRIED), lang)), lang)
    return answers.kind_of(part.kind).reason(part.answer, note, details, lang, variant.plain)


def _named(variant: Variant, name: str, lang: Lang) -> str:
    """What the sheet calls a part: its label, or a blank by its place."""
    item = variant.drawn.item
    places = [part.id for part in item.parts]
    return papers.labels(item, lang).get(name) or NTH[lang].format(place=places.index(name) + 1)


def called(part: Part, note: str, details: Mapping[str, Any], lang: Lang) -> str:
    """What a step's note is called for a whole class: without any candidate's own letters or values."""
    if note in COMMON:
        return COMMON[note][lang]
    return answers.kind_of(part.kind).note_name(part.answer, note, details, lang)
