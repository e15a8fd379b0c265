"""What a candidate gets back as a page shows it: where the marks went, then question by question."""

from __future__ import annotations

import string
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from qbank import maths
from qbank.lessons import Back, Lesson, Returned, Verdict
from qbank.model import Bilingual, Counted, Lang, Printed, printed_marks
from qbank.outputs import _page, _questions, _text
from qbank.outputs._page import Body, Question, Run
from qbank.outputs._wording import Wording, wording

LONGEST = 20_000
"""The most characters of one answer that a page holds."""
PRINTED = 400
"""The most that are printed on paper."""
IN_PLACE = 60
"""What is longer is not written into its place on the paper, but below the question alone."""
MOST_LOST = 8
"""So many questions are told at the head."""
SIGNS: dict[Verdict, str] = {"right": "✓", "partly": "½", "wrong": "✗", "waits": "…", "blank": "—"}
SAID: dict[Verdict, Bilingual] = {
    "right": Bilingual(zh="正确", en="right"),
    "partly": Bilingual(zh="部分得分", en="partly right"),
    "wrong": Bilingual(zh="错误", en="wrong"),
    "waits": Bilingual(zh="待人工评阅", en="waits for a person"),
    "blank": Bilingual(zh="未作答", en="not answered"),
}
WORDS = {
    "lost": Bilingual(zh="失分最多的题", en="Where your marks went"),
    "weak": Bilingual(zh="需要复习的知识点", en="What to revise"),
    "questions": Bilingual(zh="逐题反馈", en="Question by question"),
    "question": Bilingual(zh="题", en="question"),
    "written": Bilingual(zh="你的作答", en="your answer"),
    "marks": Bilingual(zh="得分", en="marks"),
    "reason": Bilingual(zh="说明", en="why"),
    "key": Bilingual(zh="答案", en="key"),
    "mean": Bilingual(zh="班级平均", en="class mean"),
    "solution": Bilingual(zh="解答", en="Solution"),
    "table": Bilingual(zh="第 {} 题的得分", en="Marks of question {}"),
    "total": Bilingual(zh="总分", en="total"),
    "minus": Bilingual(zh="失 {} 分", en="{} lost"),
    "by": Bilingual(zh="评阅人：{}", en="Marked by {}."),
    "all": Bilingual(zh="没有失分。", en="No marks were lost."),
}
MORE = Counted(
    zh="另有 {count} 题也有失分，见下。", one="1 more question lost marks; see below.",
    en="{count} more questions lost marks; see below.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """The row of one part."""

    column: str
    verdict: Verdict
    sign: str
    said: str
    written: str
    marks: str
    reason: str
    mean: str
    key: Run


@dataclass(frozen=True, slots=True)
class Shown:
    """One question with its rows; `solution` is empty where it is not told."""

    number: int
    title: str
    marks: str
    table: str
    question: Question
    rows: tuple[Judged, ...]
    solution: Body


@dataclass(frozen=True, slots=True)
class Lost:
    """A line of the head: the question, and what it lost."""

    number: int
    title: str
    minus: str


@dataclass(frozen=True, slots=True)
class View:
    """The whole page; `facts` are names with values, `weak` names with what was earned."""

    words: Wording
    w: dict[str, str]
    title: str
    who: str
    facts: tuple[tuple[str, str], ...]
    lost: tuple[Lost, ...]
    more: str
    weak: tuple[tuple[Run, str], ...]
    note: str
    shown: tuple[Shown, ...]
    keyed: bool
    meant: bool
    """Whether the class's mean is told."""


def on_screen(text: str) -> str:
    """A candidate's text on one line, without signs that order a screen about."""
    shown = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return "".join(sign if sign.isprintable() else "�" for sign in " ".join(shown.split()))


def on_paper(text: str) -> str:
    """The same with 〓 for what no font of the paper has; only the beginning of a long one is printed."""
    shown = text if len(text) <= PRINTED else f"{text[:PRINTED]}…"
    return _text.printable(on_screen(shown))


def view(lesson: Lesson, shows: Callable[[str], str]) -> View:
    """The page of a lesson; a candidate's text is as `shows` makes it."""
    lang = lesson.lang
    losing = sorted((each for each in lesson.questions if each.lost), key=lambda each: (-each.lost, _number(each)))
    told = MORE.of(len(losing) - MOST_LOST, lang) if len(losing) > MOST_LOST else ""
    who = lesson.who
    return View(
        words=wording(lang), w={name: text[lang] for name, text in WORDS.items()}, title=_text.clean(lesson.title),
        who=shows(" ".join(filter(None, (who.id, who.name, who.group)))),
        facts=((WORDS["total"][lang], lesson.total), *((_text.clean(name), marks) for name, marks in lesson.sections)),
        lost=tuple(
            Lost(_number(each), _text.clean(each.title), WORDS["minus"][lang].format(printed_marks(each.lost)))
            for each in losing[:MOST_LOST]
        ),
        more=told if losing else WORDS["all"][lang] if lesson.questions else "",
        weak=tuple((_text.inlines(each.name, {}), f"{printed_marks(each.earned)} / {printed_marks(each.worth)}")
                   for each in lesson.weak),
        note=lesson.note, shown=tuple(_shown(each, lang, shows) for each in lesson.questions), keyed=lesson.keyed,
        meant=any(part.mean is not None for each in lesson.questions for part in each.parts),
    )  # fmt: skip


def _number(back: Back) -> int:
    return back.question.number


def _shown(back: Back, lang: Lang, shows: Callable[[str], str]) -> Shown:
    filled = {part.part: _filled(part, lang, shows) for part in back.parts}
    earned = sum((part.earned for part in back.parts), start=Fraction(0))
    worth = sum((part.worth for part in back.parts), start=Fraction(0))
    return Shown(
        _number(back), _text.clean(back.title), f"{printed_marks(earned)} / {printed_marks(worth)}",
        WORDS["table"][lang].format(_number(back)),
        _questions.question(back.question, lang, marked=False, filled=filled),
        tuple(_judged(part, lang, shows) for part in back.parts), _text.blocks(back.solution, lang),
    )  # fmt: skip


def _filled(part: Returned, lang: Lang, shows: Callable[[str], str]) -> _page.Filled:
    text = shows(part.written)
    short = text if len(text) <= IN_PLACE else f"{text[:IN_PLACE]}…"
    return _page.Filled(short or "\u2003", part.verdict, SIGNS[part.verdict], SAID[part.verdict][lang])


def _judged(part: Returned, lang: Lang, shows: Callable[[str], str]) -> Judged:
    by = f"{'' if lang == 'zh' else ' '}{WORDS['by'][lang].format(shows(part.by))}" if part.by else ""
    return Judged(
        part.column, part.verdict, SIGNS[part.verdict], SAID[part.verdict][lang], shows(part.written),
        f"{printed_marks(part.earned)} / {printed_marks(part.worth)}", shows(part.reason) + by,
        "" if part.mean is None else f"{part.mean:.2f}", _key(part.key),
    )  # fmt: skip


def _key(printed: Printed | None) -> Run:
    if printed is None:
        return ()
    if not printed.tex:
        return (_page.Text(_text.clean(printed.text)),)
    return (_page.Formula(maths.in_line(printed.tex, printed.text)),)


def common(lesson: Lesson, page: View) -> str:
    """The characters that the pages of a class have in common, of which few may not be on this one."""
    own = "".join((
        *page.w.values(), *(MORE.of(count, lesson.lang) for count in (1, 2)), page.title,
        *(name for name, _ in page.facts), *SIGNS.values(),
    ))  # fmt: skip
    return "".join(sorted({*lesson.alike, *own, *string.printable} - set("\r\n\t\v\f")))
