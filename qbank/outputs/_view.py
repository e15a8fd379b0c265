"""A sheet or a book as the plain tree that every page template reads: words chosen, marks placed, nothing drawn yet.

Each node is a dictionary with its kind under `k`. Formulas stay TeX; `paper` and `web` write them in their own way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import cache
from typing import Any, TypeAlias, assert_never

from qbank import maths, resources
from qbank.model import (
    Blank,
    Block,
    Code,
    Derivation,
    Drawing,
    FigureSlot,
    Inline,
    Lang,
    Listing,
    Maths,
    Name,
    Paragraph,
    Strong,
    Table,
    Text,
)
from qbank.outputs._wording import Wording, number, wording
from qbank.sheets import Answer, Body, Book, Part, Question, Section, Sheet, Worked
from qbank.waist import Choice, EntryGrid, ExtendedText, Pairing, TextEntry

Node: TypeAlias = dict[str, Any]
LINE = 42.0
"""The width of a line of text, in em, as options are laid out in columns."""


def clean(text: str) -> str:
    """Printable text on one line: white space folded, controls and invisible formatting dropped.

    >>> clean("a\\n  b\\x00\\u202e")
    'a b'
    """
    return _INVISIBLE.sub("", re.sub(r"[ \t\r\n\f\v]+", " ", text))


def printable(name: str) -> str:
    """A candidate's name with 〓 for each character the paper's font has not: nobody's name may stop an exam.

    >>> printable("张三"), printable("王\U00030000")
    ('张三', '王〓')
    """
    return "".join(c if c < "\u0250" or ord(c) in _characters() else "〓" for c in clean(name))


@cache
def _characters() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(resources.folder("templates") / "fonts" / "NotoSansSC-Regular.ttf", lazy=True) as font:
        return frozenset(font.getBestCmap())


_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb"
    "\ue000-\uf8ff\ud800-\udfff\U000e0000-\U0010ffff]"
)


# --- text --------------------------------------------------------------------------------------------------------


def inlines(run: Iterable[Inline], blanks: dict[str, Node]) -> list[Node]:
    """The nodes of a run of text; `blanks` says what stands in the place of each inline part."""
    return [_inline(inline, blanks) for inline in run]


def _inline(inline: Inline, blanks: dict[str, Node]) -> Node:
    match inline:
        case Text(text):
            return {"k": "text", "v": clean(text)}
        case Strong(inner):
            return {"k": "strong", "x": inlines(inner, blanks)}
        case Code(text):
            return {"k": "code", "v": clean(text)}
        case Maths():
            return {"k": "maths", "tex": inline.tex, "display": inline.display}
        case Blank(part):
            return blanks[part]
        case Name(name):
            raise ValueError(f"the name {name!r} is still open on a page")
        case other:
            assert_never(other)


def blocks(body: Body | Sequence[Block], lang: Lang, blanks: dict[str, Node] | None = None) -> list[Node]:
    """The nodes of a filled-in text. Raises ValueError on a figure or derivation that was not filled in."""
    return [_block(block, lang, blanks or {}) for block in body]


def _block(block: Block | Drawing, lang: Lang, blanks: dict[str, Node]) -> Node:
    match block:
        case Paragraph(run):
            return {"k": "par", "x": inlines(run, blanks), "tail": []}
        case Table(header, rows):
            cells = [[inlines(cell, blanks) for cell in row] for row in rows]
            return {"k": "table", "header": [inlines(cell, blanks) for cell in header], "rows": cells}
        case Listing(text, language):
            lines = "\n".join(_INVISIBLE.sub("", line.expandtabs(4)) for line in text.splitlines())
            return {"k": "listing", "v": lines, "language": language}
        case Drawing():
            labels = [
                {"x": label.x, "y": label.y, "h": label.halign, "v": label.valign, "size": label.size,
                 "inlines": inlines(label.inlines, {})}
                for label in block.labels
            ]
            return {"k": "figure", "width": block.width, "height": block.height, "svg": block.svg,
                    "alt": clean(block.alt[lang]), "labels": labels}
        case FigureSlot(name) | Derivation(name):
            raise ValueError(f"the place of {name!r} is still open on a page")
        case other:
            assert_never(other)


def plain(nodes: Iterable[Node]) -> str:
    """What a run of nodes reads like, for widths and for descriptions."""
    return "".join(
        node["v"] if "v" in node else plain(node["x"]) if "x" in node
        else maths.plain(node["tex"]) if "tex" in node else "____"
        for node in nodes
    )


def width(text: str) -> float:
    """The estimated width of a text in em: a wide character is 1, any other a half.

    >>> width("增益 A")
    3.0
    """
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.5 for c in text)


# --- what the candidate does -------------------------------------------------------------------------------------


def place(part: Part) -> Node:
    """What stands in the text at the place of an inline part."""
    match part.interaction:
        case TextEntry(width, unit):
            return {"k": "entry", "width": width, "unit": clean(unit)}
        case EntryGrid(rows, columns, width):
            return {"k": "grid", "rows": rows, "columns": columns, "width": width}
        case Choice() | Pairing() | ExtendedText():
            return {"k": "bracket"}
        case other:
            assert_never(other)


def options_columns(options: Sequence[Sequence[Node]], line: float = LINE) -> int:
    """In how many columns options stand: all on one line, or two on a line, or each on its own."""
    widest = 0.0
    for option in options:
        if len(option) != 1 or option[0]["k"] != "par":
            figures = [block["width"] / 10.5 for block in option if block["k"] == "figure"]
            widest = max(widest, *figures) if figures and len(figures) == len(option) else line
        else:
            widest = max(widest, width(plain(option[0]["x"])))
    fits = [n for n in (len(options), (len(options) + 1) // 2 if len(options) > 4 else 2) if n <= 5]
    return next((n for n in fits if widest + 2.5 <= line / n), 1)


def action(part: Part, lang: Lang) -> Node:
    """What follows a part's text: where, and among what, the candidate answers."""
    match part.interaction:
        case TextEntry(width, unit):
            return {"k": "none"} if part.inline else {"k": "answer", "width": width, "unit": clean(unit)}
        case EntryGrid(rows, columns, width):
            return {"k": "none"} if part.inline else {
                "k": "answer-grid", "rows": rows, "columns": columns, "width": width}
        case Choice(options, style="letters"):
            texts = [blocks(option, lang) for option in options]
            items = [{"label": chr(ord("A") + i), "body": text} for i, text in enumerate(texts)]
            return {"k": "options", "columns": options_columns(texts), "items": items}
        case Choice():
            return {"k": "none"}
        case Pairing(left, right):
            return {
                "k": "pairing" if left else "ordering", "count": len(right),
                "left": [{"label": str(i + 1), "body": blocks(text, lang)} for i, text in enumerate(left)],
                "right": [{"label": chr(ord("a") + i), "body": blocks(text, lang)} for i, text in enumerate(right)],
            }
        case ExtendedText(lines):
            return {"k": "lines", "lines": lines}
        case other:
            assert_never(other)


# --- questions ---------------------------------------------------------------------------------------------------


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


def _part(part: Part, lang: Lang, *, marks: str, asked: list[Node] | None = None) -> Node:
    """A part that stands for itself; `asked` is its text when that begins in the question's own."""
    body = blocks(part.ask, lang) if asked is None else asked
    tail: list[Node] = []
    if isinstance(part.interaction, Choice):
        body = [*body, *blocks(part.interaction.prompt, lang)]
        if part.interaction.several:
            tail.append({"k": "text", "v": wording(lang).several})
        tail.append({"k": "bracket"})
    after: list[Node] = [{"k": "marks", "v": marks}] if marks else []
    if lang == "en":
        tail, after = [*tail, *after], []
    return {"label": clean(part.label), "body": _tail(_run_on(body, after), tail), "action": action(part, lang),
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
    stem = blocks(question.stem, lang, blanks)
    own = [part for part in question.parts if not part.inline]
    worth = number(question.marks)
    lead = words.lead_marks.format(worth) if marked else ""
    end = words.question_marks.format(worth) if marked and lang == "en" else ""
    below = [node for part in question.parts if part.inline
             and (node := {"label": "", "body": [], "action": action(part, lang), "space": part.space})
             and (node["action"]["k"] != "none" or node["space"])]
    if len(own) == 1 and not own[0].label:
        asked = _joined(stem, blocks(own[0].ask, lang), lang)
        only = _part(own[0], lang, marks=end, asked=asked)
        return {"number": question.number, "lead": lead, "body": only["body"],
                "parts": [*below, {**only, "body": []}]}
    several = len(own) > 1
    total = words.total_marks.format(worth) if several else end
    body = _tail(stem, [{"k": "marks", "v": total}] if end else [])
    parts = [_part(part, lang, marks=words.part_marks.format(number(part.marks)) if several else "") for part in own]
    return {"number": question.number, "lead": lead, "body": body, "parts": [*below, *parts]}


def _section(section: Section, lang: Lang) -> Node:
    words = wording(lang)
    uniform = len({q.marks for q in section.questions}) <= 1
    own = max((sum(not part.inline for part in q.parts) for q in section.questions), default=0)
    marked = lang == "en" or not (uniform and section.note and own <= 1)
    heading = words.section.format(clean(section.label), clean(section.title)) if section.label else section.title
    return {
        "label": clean(section.label),
        "heading": clean(heading),
        "note": clean(section.note) or words.section_marks.format(number(section.marks)),
        "body": blocks(section.text, lang),
        "questions": [question(q, lang, marked=marked) for q in section.questions],
    }


# --- documents ---------------------------------------------------------------------------------------------------


def headline(sheet: Sheet) -> str:
    """The title line: 《course》title（A 卷）."""
    words, course, title, form = wording(sheet.lang), clean(sheet.course), clean(sheet.title), clean(sheet.form)
    if course and course not in title:
        title = f"《{course}》{title}" if sheet.lang == "zh" else f"{course}: {title}" if title else course
    return title + (words.form.format(form) if form else "")


def sheet(sheet: Sheet) -> Node:
    """A sheet for a page template."""
    words, who = wording(sheet.lang), sheet.candidate
    return {
        "lang": sheet.lang,
        "words": asdict(words),
        "title": clean(sheet.title) or clean(sheet.course),
        "headline": headline(sheet),
        "institution": clean(sheet.institution),
        "facts": [words.minutes.format(sheet.minutes), words.total.format(number(sheet.marks))],
        "fields": [
            {"label": words.name, "value": printable(who.name) if who else ""},
            {"label": words.number, "value": printable(who.id) if who else ""},
            {"label": words.group, "value": printable(who.group) if who else ""},
        ],
        "notes": blocks(sheet.notes, sheet.lang),
        "sections": [_section(section, sheet.lang) for section in sheet.sections],
    }


def _answer(answer: Answer, place: int, words: Wording) -> Node:
    """The row of one part: its own label, or the how-manieth part it is."""
    shown: Node = {"k": "maths", "tex": answer.printed.tex, "display": False}
    return {
        "label": clean(answer.part.label) or words.nth.format(place),
        "marks": number(answer.part.marks),
        "key": [shown if answer.printed.tex else {"k": "text", "v": clean(answer.printed.text)}],
        "accepted": clean(answer.accepted),
        "mistakes": [
            {"printed": clean(wrong.printed), "text": clean(wrong.text), "credit": f"{wrong.credit:.0%}"}
            for wrong in answer.mistakes
        ],
    }


def worked(worked: Worked, lang: Lang) -> Node:
    """A question with its answers, for examiners."""
    words = wording(lang)
    return {
        **question(worked.question, lang, marked=False),
        "item": clean(worked.item),
        "title": clean(worked.title),
        "marks": words.question_marks.format(number(worked.question.marks)),
        "answers": [_answer(answer, i, words) for i, answer in enumerate(worked.answers, 1)],
        "solution": blocks(worked.solution, lang),
    }


def book(book: Book) -> Node:
    """An answer book for a page template: the sections of the sheet, with their questions worked."""
    lang = book.sheet.lang
    by_number = {each.question.number: worked(each, lang) for each in book.worked}
    sections = [
        {**_section(section, lang),
         "worked": [by_number[q.number] for q in section.questions if q.number in by_number]}
        for section in book.sheet.sections
    ]
    return {**sheet(book.sheet), "sections": sections}
