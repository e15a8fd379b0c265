"""Items for Moodle's question bank as GIFT: a category for each item (and part), a question for each variant.

GIFT has no units, no figures, no marks, and one answer a question. What Moodle's importer makes of such a file: texts
are HTML; a backslash escapes `~ = # { } :` and itself; a fraction that is not of FRACTIONS stops the whole file;
answers are tried in their order, and the first that holds decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, permutations, product
from string import ascii_lowercase, ascii_uppercase
from typing import assert_never

from qbank import markup
from qbank.model import Bilingual, Lang
from qbank.outputs import Loss, Output, Written, _text, _webtext
from qbank.sheets import Answer, Items, Pool, Variant
from qbank.waist import Cells, Choice, Interval, Numbers, Options, Orders, Pairing, Pairs, Texts, Unscored

FRACTIONS = (100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5,
             11.11111, 10, 5, 0)  # fmt: skip
"""The percentages that Moodle takes, of either sign, each within a thousandth of a point."""
HAIR = 1e-12
"""The share of its larger end by which an interval is widened: its ends stay inside when they are added up again."""
TINY = 1e-26
"""Below this Moodle's own slack of 1e-28 takes other numbers, and 0, for the key."""
ORDERS = 24
"""The most right orders that are written out."""
WORDS = {
    "unit": Bilingual(zh="（以 {} 为单位，只填数字）", en="(in {}; type the number alone)"),
    "blank": Bilingual(zh="请填第 {} 空。", en="Fill in blank {}."),
    "order": Bilingual(zh="按顺序连写字母，如 {}。", en="Write the letters in their order without spaces, such as {}."),
}


@dataclass(frozen=True, slots=True)
class _Answers:
    """What stands between the braces, what the text says besides, and what is lost; None: the part is left out."""

    braces: str | None
    after: str = ""
    lost: tuple[str, ...] = ()


def written(items: Items) -> Written:
    """The file, UTF-8, with everything that it does not hold."""
    blocks: list[str] = []
    losses: dict[Loss, None] = {}
    count = 0
    for pool in items.pools:
        answers = pool.variants[0].worked.answers
        for place, answer in enumerate(answers):
            asked = [_question(pool, variant, place, items.lang) for variant in pool.variants]
            losses |= dict.fromkeys(Loss(pool.item, answer.part.id, what) for _, lost in asked for what in lost)
            questions = [block for block, _ in asked if block]
            if questions:
                path = [items.title or "qbank", pool.item, *([answer.part.id] if len(answers) > 1 else [])]
                names = [_text.clean(name).strip().replace("/", "//") for name in path]
                blocks += ["$CATEGORY: $course$/top/" + "/".join(map(_escaped, names)), *questions]
                count += len(questions)
    return Written("".join(f"{block}\n\n" for block in blocks).encode(), count, tuple(losses))


OUTPUT = Output(".gift.txt", items=written)


def _question(pool: Pool, variant: Variant, place: int, lang: Lang) -> tuple[str, tuple[str, ...]]:
    """One part of one variant as a question of its own, empty where it is left out; and what it loses."""
    worked, answer = variant.worked, variant.worked.answers[place]
    part, several = answer.part, len(worked.answers) > 1
    told = _answers(answer, lang)
    lost = list(told.lost)
    if told.braces is None:
        return "", tuple(lost)
    prompt = part.interaction.prompt if isinstance(part.interaction, Choice) else ()
    if _webtext.figures((*worked.question.stem, *part.ask, *prompt)):
        lost.append("the figure: GIFT has no images, the text names it")
    if _webtext.files((*worked.question.stem, *part.ask)):
        lost.append("the data file: GIFT has no files, the text names it")
    if _webtext.figures(worked.explained):
        lost.append("a figure of the solution: GIFT has no images, the text names it")
    if part.id in worked.any_order:
        lost.append("blanks in any order: each is a question with its own answer")
    if answer.follows:
        lost.append("the error carried forward: each part is a question by itself")
    inline = [each.id for each in worked.question.parts if each.inline]
    numbered = {name: f"({number}) ____" for number, name in enumerate(inline, 1)} if len(inline) > 1 else {}
    which = WORDS["blank"][lang].format(inline.index(part.id) + 1) if part.id in numbered else ""
    manner = _webtext.Manner(blank=lambda name: numbered.get(name, "____"))
    texts = (
        _webtext.html(worked.question.stem, lang, manner), _webtext.html(part.ask, lang, manner),
        _webtext.html(prompt, lang), which and f"<p>{which}</p>", told.after, f"<p><small>{variant.code}</small></p>",
    )  # fmt: skip
    name = f"{pool.item}{f' {place + 1}' if several else ''} {variant.code}"
    solution = _webtext.html(worked.explained, lang)
    feedback = f"####{_escaped(solution)}\n" if solution else ""
    head = f"// [id:{variant.code}{f'.{place + 1}' if several else ''}]\n::{_escaped(name[-255:])}::[html]"
    return f"{head}{_escaped(''.join(texts))}{{{told.braces}{feedback}}}", tuple(lost)


def _answers(answer: Answer, lang: Lang) -> _Answers:
    match answer.scoring:
        case Numbers():
            return _numbers(answer, answer.scoring, lang)
        case Texts():
            return _texts(answer, answer.scoring)
        case Options():
            return _options(answer, answer.scoring, lang)
        case Pairs():
            return _pairs(answer, answer.scoring, lang)
        case Orders():
            return _orders(answer, answer.scoring, lang)
        case Cells():
            return _Answers(None, lost=("left out: several numbers in one answer",))
        case Unscored(reason, person):
            return _Answers("", lost=() if person else (f"the mark: {reason}; there a person marks it",))
        case other:
            assert_never(other)


def _numbers(answer: Answer, scoring: Numbers, lang: Lang) -> _Answers:
    key = next(each for each in scoring.intervals if not each.mistake)
    if "fraction" in scoring.untold:
        return _Answers(None, lost=("left out: the key is a fraction, and only decimals can be typed there",))
    if 0 < abs(key.value) < TINY:
        return _Answers(None, lost=("left out: so small a number that 0 would be right there; ask in another unit",))
    units = scoring.units
    lost = ["how many figures are shown"] if "figures" in scoring.untold else []
    if units.names and not units.printed:
        lost.append("the unit: the text says it, and the number alone is typed")
    if any(each.bare for each in scoring.intervals):
        lost.append("the ratio that may stand for the level")
    lines = []
    for each in scoring.intervals:
        if not each.bare and (not each.value or abs(each.value) >= TINY):
            percent, snapped = _percent(each.credit)
            lost += snapped
            lines.append(f"={percent}{_around(each)}{_feedback(answer, each.mistake)}")
    told = WORDS["unit"][lang].format(units.names[0].name) if units.names else ""
    return _Answers("#" + _lines(lines), told and f"<p>{told}</p>", tuple(lost))


def _around(interval: Interval) -> str:
    """The middle of an interval and how far it reaches to either side."""
    hair = HAIR * max(abs(interval.low), abs(interval.high))
    middle = (interval.low + interval.high) / 2
    return f"{middle!r}:{(interval.high - interval.low) / 2 + hair!r}"


def _texts(answer: Answer, scoring: Texts) -> _Answers:
    lost = ["capitals: there they do not count"] if scoring.case else []
    lost += [f"spaces: {scoring.spaces}"] if scoring.spaces in ("exact", "remove") else []
    lost += ["what is one slip of the pen away"] if scoring.near else []
    lines = []
    for each in scoring.wordings:
        if each.pattern:
            lost.append("a pattern: only the spellings are right there")
        elif "->" in each.text:  # makes a question of matching of it, and no escape helps
            lost.append("a spelling that holds '->'")
        elif not (spelling := _text.clean(each.text).strip()):
            lost.append("a spelling without a visible sign")
        else:
            percent, snapped = _percent(each.credit)
            lost += snapped
            spelling = spelling.replace("*", r"\*")  # alone it stands for anything
            lines.append(f"={percent}{_escaped(spelling)}{_feedback(answer, each.mistake)}")
    if not any(line.startswith("=%100%") for line in lines):
        return _Answers(None, lost=(*lost, "left out: no spelling of the answer can be written"))
    return _Answers(_lines(lines), lost=tuple(lost))


def _options(answer: Answer, scoring: Options, lang: Lang) -> _Answers:
    asked = answer.part.interaction
    assert isinstance(asked, Choice)
    whys = {each.printed: _webtext.line(each.text) for each in answer.mistakes}
    if asked.style == "truth" and sorted(scoring.credits) == [0, 1]:
        why = next(iter(whys.values()), "")
        return _Answers("TF"[scoring.right.index(False) == 0] + (f"#{_escaped(why)}" if why else ""))
    signs = "√×" if asked.style == "truth" else ascii_uppercase
    lost = [] if asked.style == "truth" or not asked.fixed else [
        "the place of options that are not shuffled: leave 'shuffle within questions' of the quiz off"]
    credits = scoring.credits
    if not credits:
        count = sum(scoring.right)
        credits = tuple(1 / count if right else -1.0 for right in scoring.right)
        if scoring.rule != "cancel":
            lost.append(f"the rule {scoring.rule!r}: there any wrong tick takes all, as by 'cancel'")
    if scoring.rule != "single":
        lost += ["marks below zero"] if scoring.floor is None or scoring.floor < 0 else []
        lost += ["how many options may be ticked"] if scoring.least > 1 or scoring.most is not None else []
        lost += ["that 'none of these' stands alone"] if scoring.lone is not None else []
    lines = []
    for sign, option, credit in zip(signs, asked.options, credits, strict=False):
        percent, snapped = _percent(credit)
        lost += snapped
        mark = "=" if scoring.rule == "single" and credit == 1 else f"~{percent}"
        why = f"#{_escaped(whys[sign])}" if sign in whys else ""
        lines.append(f"{mark}{_escaped(_webtext.alone(option, lang))}{why}")
        lost += ["a figure in an option: GIFT has no images, the text names it"] if _webtext.figures(option) else []
    return _Answers(_lines(lines), lost=tuple(lost))


def _pairs(answer: Answer, scoring: Pairs, lang: Lang) -> _Answers:
    asked = answer.part.interaction
    assert isinstance(asked, Pairing)
    rights = [_plain(each) for each in asked.right]
    ends = [_webtext.alone(each, lang) for each in asked.left]
    lines = [f"={_escaped(left)} -> {rights[place]}" for left, place in zip(ends, scoring.right, strict=True)]
    lines += [f"= -> {right}" for place, right in enumerate(rights) if place not in scoring.right]
    return _Answers(_lines(lines), lost=() if scoring.each else ("all or nothing: there every pair earns its share",))


def _orders(answer: Answer, scoring: Orders, lang: Lang) -> _Answers:
    """The letters in order, as a short answer with every right order."""
    asked = answer.part.interaction
    assert isinstance(asked, Pairing)
    signs = ascii_lowercase[: len(scoring.steps)]
    groups = [[sign for sign, own in zip(signs, scoring.steps, strict=True) if own == step]
              for step in sorted(set(scoring.steps))]  # fmt: skip
    orders = ["".join(chain(*one)) for one in product(*map(permutations, groups))] if _few(groups) else []
    if not orders:
        return _Answers(None, lost=(f"left out: more than {ORDERS} orders are right",))
    items = zip(signs, asked.right, strict=True)
    listed = "".join(f"<p>{sign}. {_webtext.alone(each, lang)}</p>" for sign, each in items)
    told = f"<p>{WORDS['order'][lang].format(signs)}</p>"
    lost = ("part marks for a run that is right",) if scoring.run else ()
    return _Answers(_lines([f"=%100%{order}" for order in orders]), listed + told, lost)


def _few(groups: Sequence[Sequence[str]]) -> bool:
    count = 1
    for group in groups:
        for size in range(2, len(group) + 1):
            count *= size
    return count <= ORDERS


def _plain(text: Iterable[object]) -> str:
    """A text for a list to choose from, where neither HTML nor TeX is shown."""
    return _escaped(" ".join(markup.plain(tuple(text)).split()))  # type: ignore[arg-type]


def _percent(credit: float) -> tuple[str, list[str]]:
    """The fraction of Moodle's that is nearest to a credit, and the loss where it is another."""
    size = min(FRACTIONS, key=lambda each: abs(each - abs(credit) * 100))
    sign = "-" if credit < 0 and size else ""
    exact = abs(size - abs(credit) * 100) <= 1e-3
    return f"%{sign}{size}%", [] if exact else [f"a credit of {credit:.4g}: there it is {sign}{size / 100:g}"]


def _feedback(answer: Answer, mistake: str) -> str:
    """What is said to those who make a mistake."""
    text = next((each.text for each in answer.mistakes if mistake and each.name == mistake), ())
    return f"#{_escaped(_webtext.line(text))}" if text else ""


def _lines(lines: Iterable[str]) -> str:
    return "\n" + "".join(f"{line}\n" for line in lines)


def _escaped(text: str) -> str:
    """The text with everything escaped that GIFT reads as its own."""
    return re.sub(r"[\\~=#{}:]", r"\\\g<0>", text).replace("\n", " ")
