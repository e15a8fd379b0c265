"""Questions as the tree of a page: where marks, numbers, blanks and options stand. Nothing is drawn yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from qbank.model import Lang
from qbank.outputs import _text
from qbank.outputs._text import Node
from qbank.outputs._wording import number, wording
from qbank.sheets import Part, Question, Section
from qbank.waist import Choice, EntryGrid, ExtendedText, Pairing, TextEntry


def place(part: Part) -> Node:
    """What stands in the text at the place of an inline part."""
    match part.interaction:
        case TextEntry(width, unit):
            return {"k": "entry", "width": width, "unit": _text.clean(unit)}
        case EntryGrid(rows, columns, width):
            return {"k": "grid", "rows": rows, "columns": columns, "width": width}
        case Choice() | Pairing() | ExtendedText():
            return {"k": "bracket"}
        case other:
            assert_never(other)


def options_columns(options: Sequence[Sequence[Node]], line: float = _text.LINE) -> int:
    """In how many columns options stand: all on one line, or two on a line, or each on its own."""
    widest = 0.0
    for option in options:
        if len(option) != 1 or option[0]["k"] != "par":
            figures = [block["width"] / 10.5 for block in option if block["k"] == "figure"]
            widest = max(widest, *figures) if figures and len(figures) == len(option) else line
        else:
            widest = max(widest, _text.width(_text.plain(option[0]["x"])))
    fits = [n for n in (len(options), (len(options) + 1) // 2 if len(options) > 4 else 2) if n <= 5]
    return next((n for n in fits if widest + 2.5 <= line / n), 1)


def action(part: Part, lang: Lang) -> Node:
    """What follows a part's text: where, and among what, the candidate answers."""
    match part.interaction:
        case TextEntry(width, unit):
            return {"k": "none"} if part.inline else {"k": "answer", "width": width, "unit": _text.clean(unit)}
        case EntryGrid(rows, columns, width):
            return {"k": "none"} if part.inline else {
                "k": "answer-grid", "rows": rows, "columns": columns, "width": width}
        case Choice(options, style="letters"):
            texts = [_text.blocks(option, lang) for option in options]
            items = [{"label": chr(i), "body": text} for i, text in enumerate(texts, ord("A"))]
            return {"k": "options", "columns": options_columns(texts), "items": items}
        case Choice():
            return {"k": "none"}
        case Pairing(left, right):
            ones = [{"label": str(i), "body": _text.blocks(text, lang)} for i, text in enumerate(left, 1)]
            others = [{"label": chr(i), "body": _text.blocks(text, lang)} for i, text in enumerate(right, ord("a"))]
            return {"k": "pairing" if left else "ordering", "count": len(right), "left": ones, "right": others}
        case ExtendedText(lines):
            return {"k": "lines", "lines": lines}
        case other:
            assert_never(other)


def _tail(body: list[Node], nodes: list[Node], *, at: str = "tail") -> list[Node]:
    """The body with nodes put at the right end of its last paragraph, which is made when there is none."""
    if not nodes:
        return body
    last = max((i for i, block in enumerate(body) if block["k"] == "par"), default=None)
    if last is None:
        return [*body, {"k": "par", "x": [], "tail": [], at: nodes}]
    return [*body[:last], {**body[last], at: [*body[last][at], *nodes]}, *body[last + 1 :]]


def _run_on(body: list[Node], nodes: list[Node]) -> list[Node]:
    """The body with nodes put after the last word of its last paragraph."""
    return _tail(body, nodes, at="x")


def _part(part: Part, lang: Lang, body: list[Node], marks: str) -> Node:
    """A part that stands for itself, after its text."""
    tail: list[Node] = []
    if isinstance(part.interaction, Choice):
        body = [*body, *_text.blocks(part.interaction.prompt, lang)]
        if part.interaction.several:
            tail.append({"k": "text", "v": wording(lang).several})
        tail.append({"k": "bracket"})
    after: list[Node] = [{"k": "marks", "v": marks}] if marks else []
    if lang == "en":
        tail, after = [*tail, *after], []
    return {"label": _text.clean(part.label), "body": _tail(_run_on(body, after), tail), "action": action(part, lang),
            "space": part.space}


def _joined(stem: list[Node], ask: list[Node], lang: Lang) -> list[Node]:
    """A single part's text, run on from a stem that is one paragraph and its figures."""
    if (stem and ask and stem[0]["k"] == "par" == ask[0]["k"] and all(b["k"] == "figure" for b in stem[1:])
            and not any(node.get("display") for node in stem[0]["x"])):
        gap = [{"k": "text", "v": " "}] if lang == "en" else []
        return [{**stem[0], "x": [*stem[0]["x"], *gap, *ask[0]["x"]]}, *ask[1:], *stem[1:]]
    return [*stem, *ask]


def question(question: Question, lang: Lang, *, marked: bool = True) -> Node:
    """One question: its text, then what is asked; `marked` prints what it is worth."""
    words = wording(lang)
    blanks = {part.id: place(part) for part in question.parts if part.inline}
    stem = _text.blocks(question.stem, lang, blanks)
    own = [part for part in question.parts if not part.inline]
    worth = number(question.marks)
    lead = words.lead_marks.format(worth) if marked else ""
    end = words.question_marks.format(worth) if marked and lang == "en" else ""
    below = [
        {"label": "", "body": [], "action": does, "space": part.space}
        for part in question.parts if part.inline
        for does in [action(part, lang)] if does["k"] != "none" or part.space
    ]
    if len(own) == 1 and not own[0].label:
        only = _part(own[0], lang, _joined(stem, _text.blocks(own[0].ask, lang, blanks), lang), end)
        return {"number": question.number, "lead": lead, "body": only["body"],
                "parts": [*below, {**only, "body": []}]}
    several = len(own) > 1
    total = words.total_marks.format(worth) if several else end
    body = _tail(stem, [{"k": "marks", "v": total}] if end else [])
    parts = [
        _part(part, lang, _text.blocks(part.ask, lang, blanks), words.part_marks.format(number(part.marks)) * several)
        for part in own
    ]
    return {"number": question.number, "lead": lead, "body": body, "parts": [*below, *parts]}


def section(section: Section, lang: Lang) -> Node:
    """One section; a Chinese question says its marks only where the section's note does not say them for all."""
    words = wording(lang)
    parts = [part for q in section.questions for part in q.parts]
    alike = len({q.marks for q in section.questions}) <= 1 and len(parts) <= len(section.questions)
    blanks = all(part.inline for part in parts) and len({part.marks for part in parts}) <= 1
    marked = lang == "en" or not (section.note and (alike or blanks))
    label, title = _text.clean(section.label), _text.clean(section.title)
    return {
        "label": label,
        "heading": words.section.format(label, title) if label else title,
        "note": _text.clean(section.note) or words.section_marks.format(number(section.marks)),
        "body": _text.blocks(section.text, lang),
        "questions": [question(q, lang, marked=marked) for q in section.questions],
    }
