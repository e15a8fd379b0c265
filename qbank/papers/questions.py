"""One item on one form as a question: its texts filled in, its figures labelled, its options in this form's order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import assert_never

from qbank import answers, markup
from qbank.bank.item import Item, Part
from qbank.circuits import Circuit
from qbank.model import Lang, Printed, Rich, Rules
from qbank.papers._page import Page
from qbank.sheets import Answer, Body, Question, Worked
from qbank.sheets import Part as SheetPart
from qbank.variants import Variants
from qbank.waist import Choice, EntryGrid, ExtendedText, Interaction, Pairing, TextEntry


def question(
    drawn: Variants, row: int, lang: Lang, circuits: Mapping[str, Circuit], number: int, marks: tuple[Fraction, ...],
    code: str = "", working: float | None = None,
) -> Question:  # fmt: skip
    """The question that form `row` shows in one language; `marks` are its parts', in order.

    `code` is what the sheet of an exam bears; the names of data files hold it. `working` is the room for a mark, in
    centimetres, under a part that is written and says nothing of its own; with 0 no part has room.
    """
    return _question(Page(drawn, row, lang, circuits, number, code), marks, working)


def _question(page: Page, marks: tuple[Fraction, ...], working: float | None = None) -> Question:
    item, lang, number = page.drawn.item, page.lang, page.number
    inline = item.blank_parts(lang)
    stem = page.body(item.stem)
    slotted = {name for text in _rich_texts(item, lang) for name in markup.figures(text)}
    slotted |= {name for part in item.parts for name in part.facts.figures}
    stem += tuple(page.drawing(name) for name, spec in item.figures.items() if spec.printed and name not in slotted)
    told = {name for text in _rich_texts(item, lang) for name in markup.files(text)}
    stem += tuple(page.attachment(name) for name in item.files if name not in told)
    called = labels(item, lang)
    does = {part.id: page.interaction(part) for part in item.parts}
    parts = tuple(
        SheetPart(
            id=part.id,
            label=called.get(part.id, ""),
            marks=own,
            ask=page.body(part.ask),
            interaction=does[part.id],
            inline=part.id in inline,
            space=_room(part, does[part.id], own, working, inline=part.id in inline),
        )
        for part, own in zip(item.parts, marks, strict=True)
    )
    return Question(number, sum(marks, start=Fraction(0)), stem, parts)


def labels(item: Item, lang: Lang) -> dict[str, str]:
    """What a sheet calls the parts that are asked below the text, by id; nothing where there is one part alone."""
    if len(item.parts) == 1:
        return {}
    inline = item.blank_parts(lang)
    return {part.id: f"({place})" for place, part in enumerate((p for p in item.parts if p.id not in inline), 1)}


def worked(
    drawn: Variants, row: int, lang: Lang, circuits: Mapping[str, Circuit], number: int, marks: tuple[Fraction, ...],
    rules: Rules | None = None, code: str = "",
) -> Worked:  # fmt: skip
    """The same question with its keys, how each answer is marked, the foreseen mistakes and the worked solution."""
    page = Page(drawn, row, lang, circuits, number, code)
    item = drawn.item
    asked = _question(page, marks)
    given = []
    for part, sheet_part in zip(item.parts, asked.parts, strict=True):
        kind, key, arrangement = answers.kind_of(part.kind), drawn.keys[part.id], drawn.arrangements[part.id]
        given.append(
            Answer(
                sheet_part,
                page.printed(kind.show(part.answer, key, arrangement, row, lang)),
                page.told(kind.accepted(part.answer, key, arrangement, row, lang)),
                page.foreseen(kind.foreseen(part.answer, key, arrangement, row, lang)),
                kind.scoring(part.answer, key, arrangement, row, rules or Rules()),
                part.follows,
                page.steps(part, sheet_part.marks),
            )
        )
    solution = page.solution(given=any(answer.steps for answer in given))
    return Worked(asked, item.id, item.title[lang], tuple(given), solution, item.any_order)


def explained(
    drawn: Variants, row: int, lang: Lang, circuits: Mapping[str, Circuit], number: int, marks: tuple[Fraction, ...],
    code: str = "",
) -> tuple[Question, Body]:  # fmt: skip
    """The question, and the steps of its parts before its solution: for a reader who is told no marks of a step."""
    page = Page(drawn, row, lang, circuits, number, code)
    asked = _question(page, marks)
    steps = [line for part, own in zip(drawn.item.parts, marks, strict=True) for line in page.steps(part, own)]
    return asked, (*(block for line in steps for block in line.text), *page.solution(given=bool(steps)))


def _room(part: Part, asked: Interaction, marks: Fraction, working: float | None, *, inline: bool) -> float:
    """The room for the working of a part, in centimetres: of itself none where letters are picked or lines printed."""
    if working == 0 or working is None or part.space or inline:
        return part.centimetres if working != 0 else 0.0
    match asked:
        case TextEntry() | EntryGrid():
            return round(working * float(marks), 1)
        case Choice() | Pairing() | ExtendedText():
            return 0.0
        case other:
            assert_never(other)


def _rich_texts(item: Item, lang: Lang) -> Iterator[Rich]:
    yield item.text(lang)
    for part in item.parts:
        if part.ask:
            yield markup.read(part.ask[lang])


def key(drawn: Variants, part: Part, row: int, lang: Lang) -> Printed:
    """The key of one part on one form, as printed."""
    shown = answers.kind_of(part.kind).show(
        part.answer, drawn.keys[part.id], drawn.arrangements[part.id], row, lang
    )
    return Page(drawn, row, lang, {}).printed(shown)
