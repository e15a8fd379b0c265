"""A simulated class: answers that no person gave, to try an exam and the grader before anyone sits it.

Right answers come in spellings that our own formatter would not write; wrong ones are each item's foreseen mistakes;
some are blank and a few cannot be read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from qbank import answers
from qbank.bank.item import Part
from qbank.draws import Chance
from qbank.model import Bilingual, Candidate, Lang
from qbank.papers import Exam
from qbank.variants import Variants

if TYPE_CHECKING:
    import polars as pl

BLANK, UNREADABLE = 0.03, 0.01
"""How often a simulated candidate writes nothing, or something that cannot be read."""
LONGEST = 40
"""A simulated candidate writes no unreadable text longer than this."""
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
GIVEN = (
    "子涵", "宇轩", "欣怡", "浩然", "思远", "雨桐", "俊杰", "梓萱", "一诺", "博文",
    "佳琪", "晨曦", "明哲", "若曦", "志强", "婷婷", "天佑", "静怡", "文博", "雅楠",
)  # fmt: skip
ABSENT_EVERY = 29
"""Every 29th simulated candidate is absent."""
GROUP = Bilingual(zh="模拟 {} 班", en="simulated class {}")


def roster(count: int, seed: str, lang: Lang = "zh") -> tuple[Candidate, ...]:
    """`count` simulated candidates, with numbers, names and two classes that are called simulated."""
    chance = Chance(seed, "simulated roster")
    seats = np.arange(count)
    surname, given = chance.below("surname", len(SURNAMES), seats), chance.below("given", len(GIVEN), seats)
    names = [f"{SURNAMES[first]}{GIVEN[second]}" for first, second in zip(surname, given, strict=True)]
    return tuple(
        Candidate(f"2026{seat + 1:04d}", name, GROUP[lang].format(1 + seat * 2 // count))
        for seat, name in enumerate(names)
    )


def responses(exam: Exam, seed: str) -> pl.DataFrame:
    """The responses of a simulated class to an exam, as a filled-in responses form."""
    import polars as pl

    from qbank.actions.make_paper import responses_form

    count = len(exam.candidates)
    seats = np.arange(count)
    ability = _uniform(Chance(seed, "simulated ability"), "ability", seats) * 0.5 + 0.4
    form: Any = responses_form(exam)
    columns: dict[str, list[str]] = {}
    for name, (placed, part, _) in exam.columns().items():
        chance = Chance(seed, f"simulated {placed.item.id}")
        drawn = exam.drawn[placed.item.id]
        columns[name] = [
            _answer(drawn, part, int(exam.form_of[seat]), chance, int(seat), float(ability[seat])) for seat in seats
        ]
    absent = ["yes" if count > ABSENT_EVERY - 1 and (seat + 1) % ABSENT_EVERY == 0 else "" for seat in seats]
    for seat in np.flatnonzero([bool(away) for away in absent]):
        for texts in columns.values():
            texts[seat] = ""
    return form.with_columns(pl.Series("absent", absent), *(pl.Series(name, texts) for name, texts in columns.items()))  # type: ignore[no-any-return]


def _answer(drawn: Variants, part: Part, row: int, chance: Chance, seat: int, ability: float) -> str:
    kind = answers.kind_of(part.kind)
    key, arrangement = drawn.keys[part.id], drawn.arrangements[part.id]
    place = np.array([seat])
    luck = float(_uniform(chance, f"{part.id} luck", place)[0])
    if luck < BLANK:
        return ""
    if luck < BLANK + UNREADABLE:
        texts = [text for text in kind.unreadable(part.answer) if len(text) <= LONGEST]
        return _pick(texts, chance, f"{part.id} unreadable", place)
    if float(_uniform(chance, f"{part.id} knows", place)[0]) < ability:
        return _pick(kind.spellings(part.answer, key, arrangement, row), chance, f"{part.id} spelling", place)
    wrong = [text for text, _ in kind.wrong(part.answer, key, arrangement, row)]
    return _pick(wrong, chance, f"{part.id} wrong", place)


def _pick(texts: list[str], chance: Chance, name: str, place: NDArray[np.int64]) -> str:
    return texts[int(chance.below(name, len(texts), place)[0])] if texts else ""


def _uniform(chance: Chance, name: str, seats: NDArray[np.int64]) -> NDArray[np.float64]:
    return chance.below(name, 1 << 20, seats) / float(1 << 20)
