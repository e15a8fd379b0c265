"""Questions as a page shows them: where marks, numbers, blanks and options stand. Nothing is drawn yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from string import ascii_lowercase, ascii_uppercase
from typing import assert_never

from qbank.model import Lang
from qbank.outputs import _page, _text
from qbank.outputs._page import Action, Body, Inline, Item, Paragraph, Run, Text, Worth
from qbank.outputs._wording import number, wording
from qbank.sheets import Part, Question, Section
from qbank.waist import Choice, EntryGrid, ExtendedText, Pairing, TextEntry

NOT_FILLED: Mapping[str, _page.Filled] = {}


def place(part: Part) -> Inline:
    """What stands in the text at the place of an inline part."""
    match part.interaction:
        case TextEntry(width, unit):
            return _page.Entry(width, _text.clean(unit))
        case EntryGrid(rows, columns, width):
            return _page.Grid(rows, columns, width)
        case Choice() | Pairing() | ExtendedText():
            return _page.Bracket()
        case other:
            assert_never(other)


def options_columns(options: Sequence[Body], line: float = _text.LINE) -> int:
    """In how many columns options stand: all on one line, or two on a line, or each on its own."""
    widest = max((_width(block, line) for option in options for block in option), default=0.0)
    if any(len([block for block in option if isinstance(block, Paragraph)]) > 1 for option in options):
        widest = line
    fits = [n for n in (len(options), (len(options) + 1) // 2 if len(options) > 4 else 2) if n <= 5]
    return next((n for n in fits if widest + 2.5 <= line / n), 1)


def _width(block: _page.Block, line: float) -> float:
    """How wide a block of an option is, in em: a line of text, a figure; anything else takes the whole line."""
    match block:
        case Paragraph(run):
            return _text.width(_text.plain(run))
        case _page.Figure(width):
            return width / 10.5
        case _:
            return line


def action(part: Part, lang: Lang, line: float = _text.LINE, filled: _page.Filled | None = None) -> Action:
    """What follows a part's text: where, and among what, the candidate answers; a line of the page is so many em.

    Where it is `filled`, a line has what was written there.
    """
    match part.interaction:
        case TextEntry(width, unit):
            return _page.Nothing() if part.inline else _page.Answer(filled or _page.Entry(width, _text.clean(unit)))
        case EntryGrid(rows, columns, width):
            return _page.Nothing() if part.inline else _page.Answer(filled or _page.Grid(rows, columns, width))
        case Choice(options, style="letters"):
            texts = [_text.blocks(option, lang) for option in options]
            return _page.Options(options_columns(texts, line), _items(ascii_uppercase, texts))
        case Choice():
            return _page.Nothing()
        case Pairing(left, right):
            texts = [_text.blocks(each, lang) for each in left]
            numbered = not any(map(_begins_with_number, texts))  # "1. 1 脚" reads as one number
            ones = _items([str(i) if numbered else "" for i in range(1, len(left) + 1)], texts)
            others = _items(ascii_lowercase, [_text.blocks(each, lang) for each in right])
            return _page.Pairs(ones, others) if left else _page.Order(others)
        case ExtendedText(lines):
            return _page.Answer(filled) if filled else _page.Lines(lines)
        case other:
            assert_never(other)


def _begins_with_number(body: Body) -> bool:
    match body:
        case (Paragraph(run), *_):
            return _text.plain(run).lstrip()[:1].isdigit()
        case _:
            return False


def _items(labels: Sequence[str], bodies: Sequence[Body]) -> tuple[Item, ...]:
    return tuple(Item(label, body) for label, body in zip(labels, bodies, strict=False))


def put(body: Body, *, after: Run = (), tail: Run = ()) -> Body:
    """The body with inlines after the last word of its last paragraph, which is made when there is none, or at its
    right end.
    """
    if not after and not tail:
        return body
    last = max((i for i, block in enumerate(body) if isinstance(block, Paragraph)), default=None)
    if last is None:
        return (*body, Paragraph(after, tail))
    old = body[last]
    assert isinstance(old, Paragraph)
    return (*body[:last], Paragraph((*old.run, *after), (*old.tail, *tail)), *body[last + 1 :])


def _part(
    part: Part, lang: Lang, body: Body, marks: str, line: float, filled: _page.Filled | None, *, gridded: bool
) -> _page.Part:
    """A part that stands for itself, after its text; what is `gridded` is answered at the head of the section."""
    tail: list[Inline] = []
    if isinstance(part.interaction, Choice):
        body = (*body, *_text.blocks(part.interaction.prompt, lang))
        if part.interaction.several:
            tail.append(Text(wording(lang).several))
        if not gridded:
            tail.append(filled or _page.Bracket())
    after: list[Inline] = [Worth(marks)] if marks else []
    if lang == "en":
        tail, after = [*tail, *after], []
    body = put(put(body, after=tuple(after)), tail=tuple(tail))
    return _page.Part(_text.clean(part.label), body, action(part, lang, line, filled), 0.0 if filled else part.space)


def _joined(stem: Body, ask: Body, lang: Lang) -> Body:
    """A single part's text, run on from a stem that is one paragraph and its figures."""
    match stem, ask:
        case (Paragraph(run) as first, *figures), (Paragraph(more), *rest) if (
            all(isinstance(block, _page.Figure) for block in figures)
            and not any(isinstance(each, _page.Formula) and each.display for each in run)
        ):
            gap = (Text(" "),) if lang == "en" else ()
            return (replace(first, run=(*run, *gap, *more)), *rest, *figures)
        case _:
            return (*stem, *ask)


def question(
    question: Question, lang: Lang, line: float = _text.LINE, *, marked: bool = True, gridded: bool = False,
    filled: Mapping[str, _page.Filled] = NOT_FILLED,
) -> _page.Question:  # fmt: skip
    """One question: its text, then what is asked; `marked` prints what it is worth, `gridded` no brackets.

    `filled` are the answers to show in their places, by part.
    """
    words = wording(lang)
    blanks = {part.id: filled.get(part.id) or place(part) for part in question.parts if part.inline}
    stem = _text.blocks(question.stem, lang, blanks)
    own = [part for part in question.parts if not part.inline]
    worth = number(question.marks)
    lead = words.lead_marks.format(worth) if marked else ""
    end = words.question_marks.format(worth) if marked and lang == "en" else ""
    below = tuple(
        _page.Part("", (), does, 0.0 if filled else part.space)
        for part in question.parts if part.inline
        for does in [action(part, lang, line)] if does != _page.Nothing() or part.space
    )  # fmt: skip
    if len(own) == 1 and not own[0].label:
        text = _joined(stem, _text.blocks(own[0].ask, lang, blanks), lang)
        only = _part(own[0], lang, text, end, line, filled.get(own[0].id), gridded=gridded)
        return _page.Question(question.number, lead, only.body, (*below, replace(only, body=())))
    several = len(own) > 1
    total = words.total_marks.format(worth) if several else end
    body = put(stem, tail=(Worth(total),)) if end else stem
    parts = tuple(
        _part(part, lang, _text.blocks(part.ask, lang, blanks),
              words.part_marks.format(number(part.marks)) * several, line, filled.get(part.id), gridded=gridded)
        for part in own
    )
    return _page.Question(question.number, lead, body, (*below, *parts))


def section(section: Section, lang: Lang, line: float = _text.LINE) -> _page.Section:
    """One section, on lines of so many em.

    A Chinese question says its marks only where the section's note does not say them for all.
    """
    words = wording(lang)
    parts = [part for q in section.questions for part in q.parts]
    alike = len({q.marks for q in section.questions}) <= 1 and len(parts) <= len(section.questions)
    blanks = all(part.inline for part in parts) and len({part.marks for part in parts}) <= 1
    marked = lang == "en" or not (section.note and (alike or blanks))
    label, title = _text.clean(section.label), _text.clean(section.title)
    return _page.Section(
        label,
        words.section.format(label, title) if label else title,
        _text.clean(section.note) or words.section_marks.format(number(section.marks)),
        _text.blocks(section.text, lang),
        tuple(question(q, lang, line, marked=marked, gridded=section.answer_grid) for q in section.questions),
        grid=tuple(_gridded(section)) if section.answer_grid else (),
    )


def _gridded(section: Section) -> Iterator[str]:
    """The numbers of what is picked from letters or judged, each a cell of the answer grid."""
    for asked in section.questions:
        for part in asked.parts:
            if isinstance(part.interaction, Choice) and not part.inline:
                yield f"{asked.number}{_text.clean(part.label)}"
