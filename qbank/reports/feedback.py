"""What every candidate gets back as a lesson: the questions in their places, marks and reasons, and what to revise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

import numpy as np

from qbank import answers, markup, papers
from qbank.bank import visible
from qbank.bank.item import Part
from qbank.grading import Graded
from qbank.lessons import Back, Lesson, Returned, Verdict, Weak
from qbank.model import Bilingual, Counted, Lang, Marks, printed_marks
from qbank.papers import Exam, Placed
from qbank.reports._reasons import characters, reasons
from qbank.sheets import Body, Question

WORDS = {
    "title": Bilingual(zh="答题反馈", en="Feedback"),
    "round": Bilingual(
        zh="总分四舍五入到 {step} 分一次。", en="The total is rounded once, to {step}."
    ),
}
HAND = Counted(
    zh="{count} 处由人工评分。", one="1 answer was marked by a person.", en="{count} answers were marked by a person."
)
WAITS = Counted(
    zh="{count} 处待人工评阅，总分可能改变。", one="1 answer waits for a person; the total may change.",
    en="{count} answers wait for a person; the total may change.",
)  # fmt: skip
FEWEST = 5
"""With fewer candidates no mean is told: it would say what others have."""
MASTERED = Fraction(3, 4)
"""From this share on, nothing of a topic needs to be revised first."""
MOST = 6
"""So many topics are named."""


@dataclass(frozen=True, slots=True, eq=False)
class _Class:
    """What the pages of a class have in common: marks by column and section, and the means that are told."""

    graded: Graded
    lang: Lang
    key: bool
    marks: Mapping[str, Marks]
    sections: tuple[Marks, ...]
    totals: Marks
    waiting: Mapping[str, np.ndarray[tuple[int], np.dtype[np.bool_]]]
    means: Mapping[str, float]
    alike: str
    everyone: str
    asked: dict[tuple[int, int], tuple[Question, Body]]
    """The questions of the forms that were asked for, each once where several have a form."""


@dataclass(frozen=True, slots=True)
class Earned:
    """What those who sat earned by part, in a form that adds up over the parts of a class."""

    sat: int
    marks: Mapping[str, Fraction]

    @staticmethod
    def of(graded: Graded) -> Earned:
        """That of one grading."""
        sums = {column: graded.marks(column)[graded.sat].sum() for column in graded.exam.columns()}
        return Earned(int(graded.sat.sum()), sums)

    @staticmethod
    def means(parts: Sequence[Earned]) -> dict[str, float]:
        """The mean of each part, nothing where fewer than FEWEST sat the exam."""
        sat = sum(each.sat for each in parts)
        if sat < FEWEST:
            return {}
        return {column: float(sum(each.marks[column] for each in parts) / sat) for column in parts[0].marks}


def lessons(
    graded: Graded, rows: Iterable[int], lang: Lang, *, key: bool = False,
    means: Mapping[str, float] = MappingProxyType({}),
) -> Iterator[Lesson]:  # fmt: skip
    """The lesson of each candidate in these rows of the grading.

    With `key` it has keys and solutions; `means` are the class's means that it tells, by part.
    """
    columns = graded.exam.columns()
    common = _Class(
        graded, lang, key, {column: graded.marks(column) for column in columns},
        tuple(graded.of_section(section) for section in graded.exam.sections), graded.totals(),
        {column: graded.waiting(column) for column in columns}, means, _characters(graded.exam, lang),
        _of_everyone(graded, lang), {},
    )  # fmt: skip
    for row in rows:
        yield _lesson(common, row)


def of(graded: Graded, row: int, lang: Lang, *, key: bool = False, mean: bool = False) -> Lesson:
    """The lesson of the candidate in a row of the grading; with `mean` it tells the means of all in the grading."""
    return next(lessons(graded, [row], lang, key=key, means=Earned.means([Earned.of(graded)]) if mean else {}))


def _lesson(common: _Class, row: int) -> Lesson:
    graded, lang, exam = common.graded, common.lang, common.graded.exam
    word = graded.word(row, lang)
    total = word or f"{printed_marks(common.totals[row])} / {printed_marks(exam.total)}"
    backs = () if word else tuple(_back(common, placed, row) for _, placed in exam.placed())
    sections = () if word else tuple(
        (section.title[lang], f"{printed_marks(earned[row])} / {printed_marks(section.marks)}")
        for section, earned in zip(exam.sections, common.sections, strict=True)
    )
    note = "" if word else _note(common, row)
    title = f"{exam.title[lang]} · {WORDS['title'][lang]}"
    return Lesson(lang, title, graded.candidates[row], total, sections, backs, _weak(common, backs), note, common.key,
                  common.alike, common.everyone)  # fmt: skip


def _back(common: _Class, placed: Placed, row: int) -> Back:
    form = int(common.graded.rows[row])
    question, solution = _asked(common, placed, form)
    parts = tuple(_returned(common, placed, part, worth, row)
                  for part, worth in zip(placed.item.parts, placed.marks, strict=True))  # fmt: skip
    return Back(question, placed.item.title[common.lang], parts, solution)


def _asked(common: _Class, placed: Placed, form: int) -> tuple[Question, Body]:
    """The question as a form shows it, and its solution if that is told."""
    exam, kept = common.graded.exam, common.asked
    if (form, placed.number) not in kept:
        of_form = (exam.drawn[placed.item.id], form, common.lang, exam.circuits, placed.number, placed.marks)
        if common.key:
            found = papers.explained(*of_form, code=exam.forms[form])
        else:
            found = papers.question(*of_form, code=exam.forms[form], working=0), ()
        if exam.each:
            return found
        kept[form, placed.number] = found
    return kept[form, placed.number]


def _returned(common: _Class, placed: Placed, part: Part, worth: Fraction, row: int) -> Returned:
    graded, column = common.graded, placed.column(part)
    earned = common.marks[column][row]
    counted = Fraction(0) if graded.settled.get(column) == "drop" else worth
    written, review = graded.texts[column][row], graded.reviews.get((column, row))
    hand = graded.by_hand.get(column)
    by_hand = hand is not None and not np.isnan(hand[row]) and column not in graded.settled
    key = None
    if common.key:  # of the marking that the reasons are of
        standing = graded.standing(column, row)
        asked = standing.marked[column].asked(row)
        key = papers.key(standing.exam.drawn[placed.item.id], asked, int(graded.rows[row]), common.lang)
    return Returned(
        column, part.id, written, _verdict(earned, counted, written, waits=bool(common.waiting[column][row])), earned,
        counted, reasons(graded, column, row, common.lang), review.by if review and by_hand else "",
        common.means.get(column), key,
    )  # fmt: skip


def _verdict(earned: Fraction, worth: Fraction, written: str, *, waits: bool) -> Verdict:
    if waits:
        return "waits"
    if earned >= worth:
        return "right"
    if earned > 0:
        return "partly"
    return "wrong" if written.strip() else "blank"


def _weak(common: _Class, backs: Iterable[Back]) -> tuple[Weak, ...]:
    """The topics and knowledge points of which least was earned, by what they cost; names that were sealed."""
    names = common.graded.exam.names
    earned: dict[str, list[Fraction]] = {}
    for back, (_, placed) in zip(backs, common.graded.exam.placed(), strict=False):
        for returned, part in zip(back.parts, placed.item.parts, strict=True):
            if returned.verdict == "waits":
                continue
            for point in part.covers or placed.item.covers or (placed.item.topic,):
                both = earned.setdefault(point, [Fraction(0), Fraction(0)])
                both[0] += returned.earned
                both[1] += returned.worth
    found = [Weak(markup.label(names[point][common.lang]), got, worth) for point, (got, worth) in earned.items()
             if point in names and worth and got / worth < MASTERED]  # fmt: skip
    return tuple(sorted(found, key=lambda each: each.earned - each.worth)[:MOST])


def _note(common: _Class, row: int) -> str:
    graded, lang = common.graded, common.lang
    hand = sum(bool(marks[row] == marks[row]) for name, marks in graded.by_hand.items() if name not in graded.settled)
    waiting = sum(bool(each[row]) for each in common.waiting.values())
    said = [WORDS["round"][lang].format(step=f"{float(graded.exam.rules.round_to):g}")]
    said += [HAND.of(hand, lang)] if hand else []
    said += [WAITS.of(waiting, lang)] if waiting else []
    return ("" if lang == "zh" else " ").join(said)


def _characters(exam: Exam, lang: Lang) -> str:
    """The characters of what the items say to candidates, on whichever variant."""
    found: set[str] = set()
    for _, placed in exam.placed():
        item = placed.item
        told = [mistake.text for part in item.parts for mistake in part.facts.mistakes]
        found.update(*(text[lang] for text in (item.title, *visible.asked(item), *told)))
        found.update(item.solution[lang] if item.solution else "")
    found.update(*(text[lang] for text in exam.names.values()))
    return "".join(sorted(found))


def _of_everyone(graded: Graded, lang: Lang) -> str:
    """The characters of names and answers, of the reasons of marks, and of all that authors and markers wrote."""
    found = set(characters(lang)).union(*(told.of(count, lang) for told in (HAND, WAITS) for count in (1, 2)))
    for _, part, _ in graded.exam.columns().values():
        found.update(*(note.sentence[lang] for note in answers.kind_of(part.kind).notes.values()))
    found.update(*(source.text.decode(errors="ignore") for source in graded.exam.item_sources.values()))
    found.update(*(text for each in graded.candidates for text in (each.id, each.name, each.group)))
    for texts in graded.texts.values():
        found.update(*texts)
    found.update(*(text for each in graded.reviews.values() for text in (each.by, each.why, each.reading) if text))
    return "".join(sorted(found))
