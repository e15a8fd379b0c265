"""Items for Moodle's question bank as Moodle XML: a category for each item, a question for each variant.

Several parts of an item are one question, a cloze, unless a person has to mark one of them: then each part is a
question of its own, in a category of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from qbank import messages, sheets
from qbank.model import Lang
from qbank.outputs import Loss, Output, Written, _lost, _moodle
from qbank.outputs._moodle import Impossible, Lowered, Means
from qbank.outputs.moodle import cloze, markup, question, responses
from qbank.outputs.moodle.markup import Files
from qbank.sheets import Items, Pool, Variant


@dataclass(frozen=True, slots=True)
class _Made:
    """A question, or what is lost beside it: `part` is empty for the whole item."""

    element: str
    lost: tuple[tuple[str, str], ...]


def written(items: Items) -> Written:
    """The file, UTF-8, with everything that it does not hold."""
    files = markup.files(items)
    elements = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    losses: dict[Loss, None] = {}
    count = 0
    for pool in items.pools:
        for path, made in _pool(pool, items.title, items.lang, files):
            elements += [question.category(path), *(each.element for each in made)]
            losses |= dict.fromkeys(Loss(pool.item, *one) for each in made for one in each.lost)
            count += len(made)
    return Written("\n".join((*elements, "</quiz>\n")).encode(), count, tuple(losses))


OUTPUT = Output(".moodle.xml", items=written, returned=responses.returned)


def _pool(pool: Pool, title: str, lang: Lang, files: Files) -> Iterator[tuple[str, list[_Made]]]:
    """The categories of an item, each with its questions."""
    parts = pool.variants[0].worked.question.parts
    pages = [_Page(pool.item, each, lang, files.having(sheets.attachments(each.worked.question)))
             for each in pool.variants]  # fmt: skip
    if len(parts) > 1 and all(cloze.holds(one.asked) for page in pages for one in page.told.values()):
        yield _moodle.category(title, pool.item), [_together(page, page.told) for page in pages]
        return
    for place, part in enumerate(parts):
        yield _moodle.category(title, pool.item, part.id if len(parts) > 1 else ""), [
            _alone(page, place) for page in pages]


@dataclass(frozen=True, slots=True)
class _Page:
    """A variant to be written, with the files that it shows."""

    item: str
    variant: Variant
    lang: Lang
    files: Files

    @property
    def told(self) -> Mapping[int, Lowered]:
        """What each part asks in a cloze."""
        means = Means(units=False, manner=markup.within(self.files))
        answers = self.variant.worked.answers
        return {place: _moodle.lowered(answer, self.lang, means) for place, answer in enumerate(answers)}

    def question(self, sort: str, text: str, marks: Fraction | None, more: str, place: int | None) -> str:
        """The element of a question with this text."""
        return question.element(
            sort, _moodle.name(self.item, self.variant, place), _moodle.idnumber(self.variant, place),
            self.files.element("questiontext", text), question.solution(self.variant.worked, self.lang, self.files),
            marks, more,
        )  # fmt: skip


def _together(page: _Page, told: Mapping[int, Lowered], place: int | None = None) -> _Made:
    """Parts as one cloze: all of them, or the one at a place."""
    worked = page.variant.worked
    parts = worked.question.parts
    lost = [(parts[at].id, what) for at, one in told.items() for what in one.lost]
    if len(told) > 1:
        lost += [
            (part, messages.tell("blanks in any order: each field has its own answer")) for part in worked.any_order
        ]
        lost += [(answer.part.id, messages.tell("the error carried forward: each field is marked by itself there"))
                 for answer in worked.answers if answer.follows]  # fmt: skip
    marks = sum((parts[at].marks for at in told), start=Fraction(0))
    sizes = cloze.weights([one.asked for one in told.values()], [parts[at].marks for at in told])
    worth = sum(size * cloze.count(one.asked) for size, one in zip(sizes, told.values(), strict=True))
    if worth != marks:
        lost.append(
            (
                "",
                messages.tell(
                    "the marks: it is worth {worth} there and not {marks}; set them in the quiz",
                    worth=worth,
                    marks=marks,
                ),
            )
        )
    text = cloze.text(page.variant, told, page.lang, markup.manner(page.files))
    return _Made(page.question("cloze", text, None, "", place), tuple(lost))


def _alone(page: _Page, place: int) -> _Made:
    """One part as a question of its own."""
    worked, shows = page.variant.worked, markup.manner(page.files)
    answer = worked.answers[place]
    number = place if len(worked.answers) > 1 else None
    told = _moodle.lowered(answer, page.lang, Means(manner=shows))
    if cloze.needed(told.asked):
        made = _together(page, {place: page.told[place]}, number)
        element, lost = made.element, [what for _, what in made.lost]
    else:
        lost = [*told.lost, *_moodle.snapped(told.asked)]
        if isinstance(told.asked, Impossible):
            lost.append(_lost.by_person(told.asked.why))
        text = _moodle.alone(page.variant, place, page.lang, shows, told.after)
        sort, more = question.alone(told.asked, answer, page.lang, page.files)
        element = page.question(sort, text, answer.part.marks, more, number)
    if number is not None:
        lost.append(
            messages.tell(
                "one question with the other parts: a person marks one of them, so each is a question by itself"
            )
        )
        if answer.part.id in worked.any_order:
            lost.append(messages.tell("blanks in any order: each is a question with its own answer"))
        if answer.follows:
            lost.append(messages.tell("the error carried forward: each part is a question by itself"))
    return _Made(element, tuple((answer.part.id, what) for what in lost))
