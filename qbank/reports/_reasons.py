"""Why a mark was lost, as the candidate reads it: the steps of one mark in the paper's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qbank import answers
from qbank.bank.item import Part
from qbank.grading import Graded
from qbank.marking import CARRIED, OWN, Marked
from qbank.model import BLANK, UNREADABLE, WAITS, Bilingual, Lang

COMMON = {
    "blank": Bilingual(zh="未作答", en="nothing was written"),
    "absent": Bilingual(zh="缺考", en="absent"),
    "hand": Bilingual(zh="人工评分", en="marked by a person"),
    "unreadable": Bilingual(
        zh="无法识读（第 {stop} 个字符处），待人工评阅",
        en="could not be read (at character {stop}); waits for a person",
    ),
    "full": Bilingual(zh="本小题有误，全部给分", en="the question was faulty: everyone has full marks"),
    "drop": Bilingual(zh="本小题有误，不计入总分", en="the question was faulty: it does not count"),
    "carried": Bilingual(zh="按考生自己的 {part} 值继续评分", en="marked with your own value of {part}"),
    "own": Bilingual(zh="按考生自己取舍后的 {part} 值评分", en="marked with your own rounded value of {part}"),
    "carried.credit": Bilingual(zh="沿用前面的错误结果，按比例给分", en="reduced because an earlier value was wrong"),
}


def reasons(graded: Graded, column: str, row: int, lang: Lang) -> str:
    """Every reason that bears on one mark, joined; empty for a mark that is simply full."""
    if graded.absent[row]:
        return joined([COMMON["absent"][lang]], lang)
    if column in graded.settled:
        return joined([COMMON[graded.settled[column]][lang]], lang)
    marked = graded.standing(column, row).marked[column]
    said = spoken(marked, row, lang)
    hand = graded.by_hand.get(column)
    if hand is not None and hand[row] == hand[row]:
        review = graded.reviews.get((column, row))
        own = COMMON["hand"][lang] + (f" ({review.why})" if review and review.why else "")
        said = [own, *spoken(marked, row, lang, decided=True)]
    return joined(said, lang)


def spoken(marked: Marked, row: int, lang: Lang, *, decided: bool = False) -> list[str]:
    """The sentences of one mark's steps, in order; nothing waits any more once a person has decided."""
    state = int(marked.reading.state[row])
    if state == BLANK:
        return [_finished(COMMON["blank"][lang], lang)]
    if state == UNREADABLE:
        stop = int(marked.reading.stop[row])
        return [] if decided else [_finished(COMMON["unreadable"][lang].format(stop=stop), lang)]
    part = marked.asked(row)
    steps = [step for step in marked.steps.of(row) if not (decided and step[0].endswith(WAITS))]
    said = (sentence(part, note, details, lang) for note, _, details in steps)
    return [_finished(text, lang) for text in said if text]


def joined(sentences: Iterable[str], lang: Lang) -> str:
    """Sentences one after another, each with its full stop.

    >>> joined(["marked by a person", "Right."], "en")
    'Marked by a person. Right.'
    """
    return ("" if lang == "zh" else " ").join(_finished(text, lang) for text in sentences)


def _finished(text: str, lang: Lang) -> str:
    bare = text.rstrip("。. ")
    return f"{bare}。" if lang == "zh" else f"{bare[:1].upper()}{bare[1:]}."


def sentence(part: Part, note: str, details: dict[str, Any], lang: Lang) -> str:
    """The sentence of one step of a mark on that part."""
    if note in COMMON:
        return COMMON[note][lang]
    if note.startswith(OWN):
        return COMMON["own"][lang].format(part=note.removeprefix(OWN))
    if note.startswith(CARRIED):
        return COMMON["carried"][lang].format(part=note.removeprefix(CARRIED))
    return answers.kind_of(part.kind).reason(part.answer, note, details, lang)


def called(part: Part, note: str, details: dict[str, Any], lang: Lang) -> str:
    """What a step's note is called for a whole class: without any candidate's own letters or values."""
    if note in COMMON:
        return COMMON[note][lang]
    return answers.kind_of(part.kind).note_name(part.answer, note, details, lang)
