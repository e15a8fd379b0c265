"""`qbank explain`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qbank.cli import _shared, _terminal

if TYPE_CHECKING:
    from qbank.actions.explain import Explained
    from qbank.model import Lang

WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "form": "卷", "written": "作答", "nothing": "（空白）",
        "stopped": "识别停在第 {stop} 个字符，应为", "unreadable": "无法识别", "read": "识别为", "key": "答案",
        "accepted": "判对范围", "more": "…… 另 {count} 种", "step": "步骤", "credit": "得分比例", "rule": "规则",
        "part": "小题规定", "section": "大题规定", "paper": "全卷规定", "default": "默认",
        "carried": "沿用考生自己的值", "machine": "规则给分",
        "review": "人工评阅", "hand": "答题表中的人工评分", "regrade": "更正", "marks": "得分",
    },
    "en": {
        "form": "form", "written": "written", "nothing": "(nothing)",
        "stopped": "reading stopped at character {stop}; expected", "unreadable": "could not be read",
        "read": "read as", "key": "key", "accepted": "right", "more": "… and {count} more", "step": "step",
        "credit": "credit", "rule": "rule", "part": "set by the part",
        "section": "set by the section", "paper": "set by the paper", "default": "by default",
        "carried": "with the candidate's own", "machine": "the rules give", "review": "a person's review",
        "hand": "marks in the responses", "regrade": "regraded", "marks": "marks",
    },
}  # fmt: skip
SHOWN = 5
"""So many spellings that count as right are shown."""


@click.command()
@_shared.exam_argument
@click.argument("candidate")
@click.argument("question")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="The language (default: the exam's).")
@click.option("--codes", is_flag=True, help="Also show the notes of the steps with their values, as in steps.csv.")
@_shared.unsealed_option
def command(exam: Path, candidate: str, question: str, lang: Any, codes: bool, unsealed: bool) -> None:
    """Explain the marks of CANDIDATE for QUESTION (Q7, Q21.2, an item, or item:part) of a graded EXAM, step by step."""
    from qbank.actions.explain import explain

    for place, one in enumerate(explain(exam, candidate, question, lang, unsealed=unsealed)):
        if place:
            _terminal.say()
        for line in lines(one, one.lang, codes=codes):
            _terminal.say(line)


def lines(one: Explained, lang: Lang, *, codes: bool = False) -> Iterator[str]:
    """The explanation, line by line; with `codes`, also the notes of the steps, their values and the credit."""
    from qbank.model import BLANK, STANDINGS, UNREADABLE, printed_marks
    from qbank.regrades import POLICIES

    words = WORDS[lang]
    colon, semicolon, comma = ("：", "；", "，") if lang == "zh" else (": ", "; ", ", ")
    name = f" {_shared.safe(one.name)}" if one.name else ""
    kind = _shared.aside(one.kind, lang)
    yield f"{one.candidate}{name}  {one.column}  {one.item}:{one.part}{kind}{comma}{words['form']} {one.form}"
    if one.became != "sat":
        yield f"  {STANDINGS[one.became].word[lang]}"
        return
    text = words["nothing"] if one.state == BLANK else _shared.safe(one.text)
    yield f"  {words['written']}{colon}{text}"
    if one.state == UNREADABLE:
        yield f"  {words['unreadable']}{semicolon}{words['stopped'].format(stop=one.stop)}{colon}{one.expected}"
    elif one.reading not in ("", one.text):
        yield f"  {words['read']}{colon}{_shared.safe(one.reading)}"
    yield f"  {words['key']}{colon}{one.key}"
    if one.accepted != one.key:
        yield f"  {words['accepted']}{colon}{_some(one.accepted, words['more'])}"
    for part, value in one.carried:
        yield f"  {words['carried']} {part} = {value}"
    for number, step in enumerate(one.steps, start=1):
        scale = f" × {step.scale:.4g}" if step.scale != 1 or not step.sentence else ""
        if step.sentence or codes:
            yield f"  {words['step']} {number}{colon}{step.sentence}{scale}"
        if codes:
            values = (f"{name} = {_shared.safe(value)}" for name, value in step.details)
            yield f"    {comma.join((step.note, *values))}"
    for setting in one.settings:
        yield f"  {words['rule']}{colon}{setting.rule} = {setting.value}{_shared.aside(words[setting.set_by], lang)}"
    worth = printed_marks(one.worth)
    machine = f"{words['machine']} {printed_marks(one.machine)} / {worth}"
    if codes or one.machine != one.marks:
        yield f"  {words['credit']}{colon}{one.credit:.4g}{semicolon}{machine}"
    if one.review is not None:
        why = _shared.aside(_shared.safe(one.review.why), lang) if one.review.why else ""
        given = [] if one.review.marks is None else [f"{one.review.marks:g}"]
        given += [f"{words['read']} {_shared.safe(one.review.reading)!r}"] if one.review.reading else []
        yield f"  {words['review']}{colon}{comma.join((*given, one.review.by, one.review.at))}{why}"
        for name, earned in one.review.steps.items():
            yield f"    {name}{colon}{earned:g}"
    elif one.by_hand is not None:
        yield f"  {words['hand']}{colon}{one.by_hand:g}"
    for regrade in one.regrades:
        who = _shared.aside(comma.join((regrade.by, regrade.at)), lang)
        yield f"  {words['regrade']}{colon}{POLICIES[regrade.policy][lang]}{who}"
    yield f"  {words['marks']}{colon}{printed_marks(one.marks)} / {worth}"


def _some(accepted: str, more: str) -> str:
    """The first of the spellings that count as right."""
    every = accepted.split(" / ")
    return accepted if len(every) <= SHOWN else f"{' / '.join(every[:SHOWN])} {more.format(count=len(every) - SHOWN)}"
