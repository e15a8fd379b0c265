"""A paper like an earlier one: the same sections, marks, topics and levels, with other items or other values."""

from __future__ import annotations

from dataclasses import asdict
from fractions import Fraction

from qbank import answers, variants
from qbank.bank import within
from qbank.bank.blueprint import Blueprint, Entry, Marking, SectionMarking, Stock
from qbank.bank.blueprint import Section as Planned
from qbank.bank.item import Item
from qbank.bank.table import Bound
from qbank.model import Rules
from qbank.papers.exam import Exam, Placed, Section
from qbank.papers.past import Past

AGAIN = "-again"
"""The ending that the id of a paper like an exam adds to that of the exam, so that their pages differ."""
DISTANCES = ("another item", "other values", "another item, of a neighbouring topic", "another item, of another level")
"""What can take the place of an item, the best first."""


def blueprint(exam: Exam) -> Blueprint:
    """The blueprint of a paper like an exam: an entry for each of its items, in the same order."""
    said = exam.imprint
    paper = Stock.model_validate({**asdict(said.imposition), "sides": f"{said.imposition.sides}",
                                  "multiple": f"{said.imposition.multiple}"})  # fmt: skip
    return Blueprint(
        id=f"{exam.id.removesuffix(AGAIN)}{AGAIN}", title=exam.title, languages=exam.langs,
        institution=exam.institution, course=exam.course,
        course_code=said.course_code, term=said.term, open_book=said.open_book, notices=said.notices, paper=paper,
        minutes=exam.minutes, total=exam.total, notes=exam.notes, marking=Marking(**_decided(exam.rules)),
        sections=tuple(_section(section) for section in exam.sections),
    )  # fmt: skip


def _section(section: Section) -> Planned:
    balanced = [part for placed in section.placed for part in placed.item.parts]
    rules = _decided(section.rules)
    rules.pop("round_to", None)
    return Planned(
        title=section.title, text=section.text, marks=section.marks, marking=SectionMarking(**rules),
        balance=all(answers.kind_of(part.kind).balance is not None for part in balanced),
        working=_room(section.working), answer_grid=section.answer_grid,
        items=tuple(_entry(placed) for placed in section.placed),
    )  # fmt: skip


def _room(working: float | None) -> object:
    """Room for working as a blueprint writes it."""
    return None if working is None else f"{working:g}cm" if working else "no"


def _decided(rules: Rules) -> dict[str, object]:
    return {name: value for name, value in asdict(rules).items() if value is not None}


def _entry(placed: Placed) -> Entry:
    item = placed.item
    return Entry(draw=Bound(Fraction(1), Fraction(1)), topic=item.topic, level=(item.level,), kind=item.kinds[0],
                 marks=placed.total)  # fmt: skip


def distance(item: Item, earlier: Placed, like: Exam, avoid: Past) -> int | None:
    """How far an item is from one of an earlier exam, as a place in DISTANCES; None where it cannot take its place.

    It has the same kind of answer. No other item of that exam, or of one to avoid, is asked again.
    """
    before = earlier.item
    if item.id == before.id:
        seen = (like.drawn[item.id], *avoid.variants(item.id))
        return 1 if variants.apart(item, "", [0], seen) is not None else None
    if item.id in like.drawn or avoid.used(item.id) or item.kinds[0] != before.kinds[0]:
        return None
    if item.topic == before.topic and item.level == before.level:
        return 0
    if within(item.topic, _above(before.topic)) and item.level == before.level:
        return 2
    return 3 if within(item.topic, chapter(before)) and abs(item.level - before.level) <= 1 else None


def chapter(item: Item) -> str:
    """The first two words of an item's topic, or the one that there is."""
    return "/".join(item.topic.split("/")[:2])


def _above(topic: str) -> str:
    return topic.rpartition("/")[0] or topic
