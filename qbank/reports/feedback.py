"""What one candidate gets back: the answers, the marks, the reasons; with the keys and solutions where asked for."""

from __future__ import annotations

from dataclasses import dataclass

from qbank import papers
from qbank.grading import Graded
from qbank.model import Bilingual, Lang, printed_marks
from qbank.reports._reasons import reasons

WORDS = {
    "title": Bilingual(zh="答题反馈", en="Feedback"),
    "table": Bilingual(zh="各题得分", en="Marks by question"),
    "question": Bilingual(zh="题", en="question"),
    "written": Bilingual(zh="作答", en="your answer"),
    "marks": Bilingual(zh="得分", en="marks"),
    "reason": Bilingual(zh="说明", en="why"),
    "key": Bilingual(zh="答案", en="key"),
    "solutions": Bilingual(zh="题目与解答", en="Questions and solutions"),
    "total": Bilingual(zh="总分", en="total"),
    "waiting": Bilingual(zh="待人工评阅", en="waiting for a person"),
    "round": Bilingual(
        zh="总分四舍五入到 {step} 分一次。", en="The total is rounded once, to {step}."
    ),
    "hand": Bilingual(zh="{count} 处由人工评分。", en="{count} marks were given by a person."),
    "waits": Bilingual(
        zh="{count} 处待人工评阅，总分可能改变。", en="{count} answers wait for a person; the total may change."
    ),
}


LONGEST = 20_000
"""The most characters of one answer that a page holds."""


@dataclass(frozen=True, slots=True)
class Line:
    """One part: its column, what was written, the marks of how many, why, and the key as printed."""

    column: str
    written: str
    marks: str
    reason: str
    key: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """Everything on one candidate's feedback; `facts` are names with values, `note` says how the total came about."""

    title: str
    facts: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    note: str


def of(graded: Graded, row: int, lang: Lang) -> Feedback:
    """The feedback of the candidate in a row of the grading."""
    exam, form = graded.exam, int(graded.rows[row])
    lines = []
    for column, (placed, part, worth) in exam.columns().items():
        key = papers.key(exam.drawn[placed.item.id], part, form, lang).text
        earned = f"{printed_marks(graded.marks(column)[row])} / {printed_marks(worth)}"
        written = _printable(graded.texts[column][row])
        lines.append(Line(column, written, earned, reasons(graded, column, row, lang), key))
    total = graded.word(row, lang) or f"{printed_marks(graded.totals()[row])} / {printed_marks(exam.total)}"
    facts = [(WORDS["total"][lang], total)]
    facts += [
        (section.title[lang], f"{printed_marks(graded.of_section(section)[row])} / {printed_marks(section.marks)}")
        for section in exam.sections
    ]
    title = f"{exam.title[lang]} · {WORDS['title'][lang]}"
    return Feedback(title, tuple(facts), tuple(lines), _note(graded, row, lang))


def _note(graded: Graded, row: int, lang: Lang) -> str:
    hand = sum(bool(marks[row] == marks[row]) for name, marks in graded.by_hand.items() if name not in graded.settled)
    waiting = sum(bool(graded.waiting(name)[row]) for name in graded.marked)
    said = [WORDS["round"][lang].format(step=f"{float(graded.exam.rules.round_to):g}")]
    said += [WORDS["hand"][lang].format(count=hand)] if hand else []
    said += [WORDS["waits"][lang].format(count=waiting)] if waiting else []
    return ("" if lang == "zh" else " ").join(said)


def page(graded: Graded, row: int, lang: Lang, *, key: bool = False) -> str:
    """The feedback as a web page; with `key`, the keys, and every question with its solution, stand on it."""
    from qbank.outputs import html
    from qbank.outputs.html.page import Page

    own, who, written = of(graded, row, lang), graded.candidates[row], Page(lang, "report")
    exam, form = graded.exam, int(graded.rows[row])
    solved = [
        html.worked(written, papers.worked(exam.drawn[placed.item.id], form, lang, exam.circuits, placed.number,
                                           placed.marks, code=exam.forms[form]), lang, level=3)
        for _, placed in exam.placed()
    ] if key else []  # fmt: skip
    words = {name: text[lang] for name, text in WORDS.items()}
    body = written.fill(
        "feedback", title=own.title, who=" ".join(filter(None, (who.id, who.name, who.group))), facts=own.facts,
        lines=own.lines, note=own.note, solved=solved, keyed=key, w=words,
    )  # fmt: skip
    return written.finish(own.title, body)


def sheet(graded: Graded, row: int, lang: Lang, *, key: bool = False) -> bytes:
    """The feedback as a PDF: the table alone; with `key`, with the keys."""
    from qbank.outputs.pdf import feedbacksheet

    own = of(graded, row, lang)
    names = ["question", "written", "marks", "reason", *(["key"] if key else [])]
    rows = [[line.column, line.written, line.marks, line.reason, *([line.key] if key else [])] for line in own.lines]
    facts = [f"{name} {value}" for name, value in own.facts]
    heads = [WORDS[name][lang] for name in names]
    return feedbacksheet(graded.candidates[row], own.title, facts, heads, rows, own.note, lang)


def _printable(text: str) -> str:
    """A candidate's text on one line, without signs that order a screen about."""
    shown = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return "".join(sign if sign.isprintable() else "�" for sign in " ".join(shown.split()))
