"""Questions and papers as plain text, for a terminal: figures are named, formulas read in one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from string import ascii_lowercase, ascii_uppercase
from typing import assert_never

from qbank import markup
from qbank.model import Attachment, Bilingual, Content, Drawing, Lang, exact_marks
from qbank.outputs import Output
from qbank.outputs._wording import wording
from qbank.sheets import Book, Part, Question, Sheet, Worked
from qbank.waist import Choice, EntryGrid, ExtendedText, Pairing, TextEntry

WORDS = {
    "figure": Bilingual(zh="图", en="figure"),
    "key": Bilingual(zh="答案", en="key"),
    "accepted": Bilingual(zh="判对范围", en="right"),
    "mistake": Bilingual(zh="典型错误", en="mistake"),
    "scheme": Bilingual(zh="评分标准", en="mark scheme"),
    "solution": Bilingual(zh="解", en="solution"),
    "mark": Bilingual(zh="分", en="mark"),
    "marks": Bilingual(zh="分", en="marks"),
    "colon": Bilingual(zh="：", en=": "),
    "aside": Bilingual(zh="（{}）", en="({})"),
}


def sheet(asked: Sheet) -> str:
    """A paper to be read line by line, as a screen reader does: title, notes, sections, numbered questions."""
    if asked.beside is not None:  # one after the other: nothing is side by side in one line
        return sheet(replace(asked, beside=None)) + "\n" + sheet(asked.beside)
    questions = [each for part in asked.sections for each in part.questions]
    return _paper(asked, {each.number: question(each, asked.lang) for each in questions})


def book(answered: Book) -> str:
    """The answer book of one form, question by question."""
    asked = answered.sheet
    return _paper(asked, {each.question.number: worked(each, asked.lang) for each in answered.worked})


def _paper(asked: Sheet, texts: Mapping[int, str]) -> str:
    title = " ".join(filter(None, (asked.course, asked.title, asked.form)))
    blocks = [block for block in (asked.institution, title, body(asked.notes, asked.lang)) if block]
    for part in asked.sections:
        note = WORDS["aside"][asked.lang].format(part.note)
        blocks.append(f"{part.label} {part.title} {note}".strip())
        blocks += [body(part.text, asked.lang)] if part.text else []
        blocks += [f"{each.number}. {texts[each.number]}" for each in part.questions if each.number in texts]
    return "\n\n".join(blocks) + "\n"


def question(asked: Question, lang: Lang) -> str:
    """The question with its parts and options, line by line."""
    lines = [body(asked.stem, lang)] if asked.stem else []
    for part in asked.parts:
        if not part.inline:
            lines += _part(part, lang)
    return "\n".join(line for line in lines if line)


def names(asked: Question, lang: Lang) -> dict[str, str]:
    """What each part of a question is called on its sheet, by id: its label, a blank by its place, nothing if alone."""
    if len(asked.parts) == 1:
        return {part.id: part.label for part in asked.parts}
    return {part.id: part.label or wording(lang).nth.format(place) for place, part in enumerate(asked.parts, 1)}


def worked(done: Worked, lang: Lang) -> str:
    """The question, then its keys, what counts as right, the foreseen mistakes and the solution."""
    lines, called = [question(done.question, lang), ""], names(done.question, lang)
    colon = WORDS["colon"][lang]
    for answer in done.answers:
        lines.append(f"{called[answer.part.id]} {WORDS['key'][lang]}{colon}{answer.printed.text}".lstrip())
        if answer.accepted and answer.accepted != answer.printed.text:
            lines.append(f"    {WORDS['accepted'][lang]}{colon}{answer.accepted}")
        for each in answer.mistakes:
            lines.append(f"    {WORDS['mistake'][lang]}{colon}{each.printed}  {markup.plain_line(each.text)}")
    if any(answer.steps for answer in done.answers):
        lines += ["", f"{WORDS['scheme'][lang]}{colon}".rstrip()]
    for answer in done.answers:
        lines += [f"{answer.part.label} {body(line.text, lang)} {_marks(line.marks, lang)}".strip()
                  for line in answer.steps]  # fmt: skip
    if done.solution:
        lines += ["", f"{WORDS['solution'][lang]}{colon}".rstrip(), body(done.solution, lang)]
    return "\n".join(lines)


def body(content: Content, lang: Lang) -> str:
    """Text blocks as they read, a figure by its description."""
    lines = []
    for block in content:
        if isinstance(block, Drawing):
            lines.append(f"[{WORDS['figure'][lang]}{WORDS['colon'][lang]}{block.alt[lang]}]")
        elif isinstance(block, Attachment):
            from qbank.outputs import _text

            before, after = _text.attached(block, lang)
            lines.append(f"{before}{block.name}{after}")
        else:
            lines.append(markup.plain((block,)))
    return "\n".join(lines)


def _marks(marks: Fraction, lang: Lang) -> str:
    told = f"{exact_marks(marks)} {WORDS['mark' if marks == 1 else 'marks'][lang]}"
    return WORDS["aside"][lang].format(told)


def _part(part: Part, lang: Lang) -> list[str]:
    marks = _marks(part.marks, lang)
    head = " ".join(piece for piece in (part.label, body(part.ask, lang)) if piece)
    match part.interaction:
        case Choice(options, style=style, prompt=prompt):
            lines = [" ".join(piece for piece in (head, body(prompt, lang), marks) if piece)]
            if style == "letters":
                lettered = zip(ascii_uppercase, options, strict=False)
                lines += [f"  {letter}. {body(option, lang)}" for letter, option in lettered]
            return lines
        case Pairing(left, right):
            lines = [f"{head} {marks}".lstrip()]
            lines += [f"  {place}. {body(text, lang)}" for place, text in enumerate(left, 1)]
            lines += [f"  {letter}. {body(text, lang)}" for letter, text in zip(ascii_lowercase, right, strict=False)]
            return lines
        case TextEntry() | EntryGrid() | ExtendedText():
            return [f"{head} {marks}".lstrip()]
        case other:
            assert_never(other)


OUTPUT = Output(".txt", sheet=lambda asked: sheet(asked).encode(), book=lambda answered: book(answered).encode())
