"""Why a mark was lost, as the candidate reads it: the steps of one mark in the paper's language."""

from __future__ import annotations

from typing import Any

from qbank import answers
from qbank.bank.item import Part
from qbank.grading import Graded
from qbank.marking import CARRIED, Marked
from qbank.model import BLANK, UNREADABLE, Bilingual, Lang

COMMON = {
    "blank": Bilingual(zh="未作答", en="nothing was written"),
    "absent": Bilingual(zh="缺考", en="absent"),
    "hand": Bilingual(zh="人工评分", en="marked by a person"),
    "unreadable": Bilingual(
        zh="无法识读（第 {stop} 个字符处），待人工评阅",
        en="could not be read (at character {stop}); waits for a person",
    ),
    "carried": Bilingual(zh="按考生自己的 {part} 值继续评分", en="marked with your own value of {part}"),
    "carried.credit": Bilingual(zh="沿用前面的错误结果，按比例给分", en="reduced because an earlier value was wrong"),
}


def reasons(graded: Graded, column: str, row: int, lang: Lang) -> str:
    """Every reason that bears on one mark, joined; empty for a mark that is simply full."""
    if graded.absent[row]:
        return COMMON["absent"][lang]
    marked = graded.marked[column]
    said = spoken(marked, row, lang)
    hand = graded.by_hand.get(column)
    if hand is not None and hand[row] == hand[row]:
        said = [COMMON["hand"][lang], *said]
    return ("；" if lang == "zh" else "; ").join(said)


def spoken(marked: Marked, row: int, lang: Lang) -> list[str]:
    """The sentences of one mark's steps, in order."""
    state = int(marked.reading.state[row])
    if state == BLANK:
        return [COMMON["blank"][lang]]
    if state == UNREADABLE:
        return [COMMON["unreadable"][lang].format(stop=int(marked.reading.stop[row]))]
    part = marked.asked(row)
    return [text for note, _, details in marked.steps.of(row) if (text := sentence(part, note, details, lang))]


def sentence(part: Part, note: str, details: dict[str, Any], lang: Lang) -> str:
    """The sentence of one step of a mark on that part."""
    if note in COMMON:
        return COMMON[note][lang]
    if note.startswith(CARRIED):
        return COMMON["carried"][lang].format(part=note.removeprefix(CARRIED))
    return answers.kind_of(part.kind).reason(part.answer, note, details, lang)
