"""A question as plain text, for a terminal: figures are named, formulas read in one line."""

from __future__ import annotations

from typing import assert_never

from qbank import markup
from qbank.model import Drawing, Lang
from qbank.outputs._wording import LETTERS
from qbank.sheets import Body, Part, Question, Worked
from qbank.waist import Choice, EntryGrid, ExtendedText, Pairing, TextEntry

WORDS = {
    "zh": {"figure": "图", "key": "答案", "accepted": "判对范围", "mistake": "预计错误", "solution": "解", "marks": "分"},
    "en": {"figure": "figure", "key": "key", "accepted": "right", "mistake": "mistake", "solution": "solution", "marks": "marks"},
}  # fmt: skip


def question(asked: Question, lang: Lang) -> str:
    """The question with its parts and options, line by line."""
    lines = [body(asked.stem, lang)] if asked.stem else []
    for part in asked.parts:
        if not part.inline:
            lines += _part(part, lang)
    return "\n".join(line for line in lines if line)


def worked(done: Worked, lang: Lang) -> str:
    """The question, then its keys, what counts as right, the foreseen mistakes and the solution."""
    words = WORDS[lang]
    lines = [question(done.question, lang), ""]
    for answer in done.answers:
        name = answer.part.label or answer.part.id
        lines.append(f"{name} {words['key']}: {answer.printed.text}")
        if answer.accepted and answer.accepted != answer.printed.text:
            lines.append(f"    {words['accepted']}: {answer.accepted}")
        lines += [f"    {words['mistake']}: {each.printed}  {each.text}" for each in answer.mistakes]
    if done.solution:
        lines += ["", f"{words['solution']}:", body(done.solution, lang)]
    return "\n".join(lines)


def body(content: Body, lang: Lang) -> str:
    """Text blocks as they read, a figure by its description."""
    lines = []
    for block in content:
        if isinstance(block, Drawing):
            lines.append(f"[{WORDS[lang]['figure']}: {block.alt[lang]}]")
        else:
            lines.append(markup.plain((block,)))
    return "\n".join(lines)


def _part(part: Part, lang: Lang) -> list[str]:
    marks = f"({float(part.marks):g} {WORDS[lang]['marks']})"
    head = " ".join(piece for piece in (part.label, body(part.ask, lang)) if piece)
    match part.interaction:
        case Choice(options, style=style, prompt=prompt):
            lines = [" ".join(piece for piece in (head, body(prompt, lang), marks) if piece)]
            if style == "letters":
                lines += [f"  {letter}. {body(option, lang)}" for letter, option in zip(LETTERS, options, strict=False)]
            return lines
        case Pairing(left, right):
            lines = [f"{head} {marks}"]
            lines += [f"  {place}. {body(text, lang)}" for place, text in enumerate(left, 1)]
            return lines + [f"  {letter.lower()}. {body(text, lang)}" for letter, text in zip(LETTERS, right, strict=False)]
        case TextEntry() | EntryGrid() | ExtendedText():
            return [f"{head} {marks}"]
        case other:
            assert_never(other)
