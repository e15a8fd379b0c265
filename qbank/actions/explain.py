"""One mark replayed: what was written, how it was read, against which key, every step, and who decided."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from qbank import answers, messages, papers, registry, reports
from qbank.actions._alone import alone
from qbank.bank.item import Part
from qbank.grading import Graded
from qbank.marking import CARRIED, OWN
from qbank.model import READ, Lang, Refused, Rules, State
from qbank.papers import Section
from qbank.regrades import Regrade
from qbank.reviews import Review

SETTING = {
    "unit.missing": "unit_missing",
    "unit.unknown": "unit_missing",
    "unit.dimension": "unit_wrong",
    "unit.converted": "unit_wrong",
    "unit.prefix": "unit_prefix",
}
"""The rule of the paper that sets the scale of a note."""
YES_NO: dict[Lang, tuple[str, str]] = {"zh": ("是", "否"), "en": ("yes", "no")}


@dataclass(frozen=True, slots=True)
class Replayed:
    """One step: its constant note, the scale it put on the credit, the sentence, and the values that explain it."""

    note: str
    scale: float
    sentence: str
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """A rule that a step followed, its value, and who set it: the part, the section, the paper, or the default."""

    rule: str
    value: str
    set_by: str


@dataclass(frozen=True, slots=True)
class Explained:
    """Everything behind one mark; `carried` names the earlier parts whose own values went into the key.

    `machine` is what the rules gave, `marks` what counts; they differ by a review, by marks typed into the responses
    (`by_hand`), or by a regrade that settled the part for all.
    """

    candidate: str
    name: str
    lang: Lang
    form: str
    column: str
    item: str
    part: str
    kind: str
    became: State
    text: str
    state: int
    stop: int
    expected: str
    reading: str
    key: str
    accepted: str
    steps: tuple[Replayed, ...]
    carried: tuple[tuple[str, str], ...]
    settings: tuple[Setting, ...]
    credit: float
    machine: Fraction
    marks: Fraction
    worth: Fraction
    by_hand: float | None
    review: Review | None
    settled: str
    regrades: tuple[Regrade, ...]


def explain(
    folder: Path, candidate: str, question: str, lang: Lang | None = None, *, unsealed: bool = False
) -> tuple[Explained, ...]:
    """The marks of one candidate for a question (Q7, 7, Q21.2), an item, or a part of one (item:part), replayed.

    Raises Refused when the exam was not graded yet, or has no such candidate or question.
    """
    graded, row = alone(folder, candidate, unsealed=unsealed)
    return tuple(_explained(graded, column, row, lang or graded.exam.langs[0]) for column in columns(graded, question))


def columns(graded: Graded, question: str) -> list[str]:
    """The columns that a question's number, an item or one of its parts names. Raises Refused."""
    known = graded.exam.columns()
    asked = question.strip()
    number = re.fullmatch(r"[Qq]?(\d+(?:\.\d+)?)", asked)
    if number:
        found = [name for name in known if name == f"Q{number[1]}" or name.startswith(f"Q{number[1]}.")]
    else:
        item, _, own = asked.partition(":")
        found = [name for name, (placed, part, _) in known.items() if placed.item.id == item and own in ("", part.id)]
    if not found:
        items = {placed.item.id for placed, _, _ in known.values()}
        raise Refused(messages.tell("the question {unknown}", unknown=registry.unknown(asked, {*known, *items})))
    return found


def _explained(graded: Graded, column: str, row: int, lang: Lang) -> Explained:
    standing = graded.standing(column, row)
    placed, part, _ = standing.exam.columns()[column]
    section, _ = standing.exam.numbered()[placed.number]
    marked, drawn, form = standing.marked[column], standing.exam.drawn[placed.item.id], int(graded.rows[row])
    against, who = marked.asked(row), graded.candidates[row]
    variant = reports.variant_of(graded, column, row)
    key, arrangement = drawn.keys[against.id], drawn.arrangements[against.id]
    steps = tuple(
        Replayed(note, scale, "" if note == "unreadable" else reports.sentence(against, note, details, lang, variant),
                 tuple((name, _said(value, lang)) for name, value in details.items()))
        for note, scale, details in marked.steps.of(row)
    )  # fmt: skip
    own = {
        note.removeprefix(OWN).removeprefix(CARRIED): details["own"]
        for note, _, details in marked.steps.of(row) if "own" in details
    }  # fmt: skip
    hand = graded.by_hand.get(column)
    given = None if hand is None or np.isnan(hand[row]) else float(hand[row])
    return Explained(
        candidate=who.id, name=who.name, lang=lang, form=graded.exam.forms[form], column=column, item=placed.item.id,
        part=part.id, kind=part.kind, became=graded.states[row], text=graded.texts[column][row],
        state=int(marked.reading.state[row]), stop=int(marked.reading.stop[row]),
        expected=marked.reading.expected(row, lang), reading=_read(marked.reading, row, lang),
        key=papers.key(drawn, against, form, lang).text,
        accepted=answers.kind_of(against.kind).accepted(against.answer, key, arrangement, form, lang), steps=steps,
        carried=tuple((name, _said(value, lang)) for name, value in own.items()),
        settings=tuple(_settings(part, section, standing, steps)), credit=float(marked.credit[row]),
        machine=graded.machine(column)[row], marks=graded.marks(column)[row],
        worth=graded.exam.columns()[column][2], by_hand=given, review=graded.reviews.get((column, row)),
        settled=graded.settled.get(column, ""),
        regrades=tuple(each for each in graded.regrades if each.item == placed.item.id
                       and (not each.parts or part.id in each.parts)),
    )  # fmt: skip


def _read(reading: answers.Reading, row: int, lang: Lang) -> str:
    """What one answer was taken for; nothing where its text says it, or was not understood."""
    return reading.told(row, lang) if reading.state[row] == READ else ""


def _settings(part: Part, section: Section, graded: Graded, steps: tuple[Replayed, ...]) -> Iterator[Setting]:
    """The rules that the steps followed, each by the nearest that sets it."""
    names = list(dict.fromkeys(SETTING[step.note] for step in steps if step.note in SETTING))
    own = part.facts.rules
    if part.facts.several:
        names.append("several")
    for name in names:
        if name in own:
            yield Setting(name, f"{own[name]}", "part")
        else:
            here, paper, usual = (getattr(rules, name) for rules in (section.rules, graded.exam.rules, Rules()))
            yield Setting(name, f"{here}", "section" if here != paper else "paper" if paper != usual else "default")
    if "unit_share" in own and any(step.note.startswith("unit.") for step in steps):
        yield Setting("unit_share", f"{own['unit_share']}", "part")


def _said(value: Any, lang: Lang) -> str:
    """A value of a column, short, a truth value in a word of the language."""
    if isinstance(value, np.ndarray):
        return "[" + ", ".join(_said(each, lang) for each in value.tolist()) + "]"
    if isinstance(value, list):
        return "[" + ", ".join(_said(each, lang) for each in value) + "]"
    if isinstance(value, bool | np.bool_):
        return YES_NO[lang][0 if value else 1]
    return f"{value:.10g}" if isinstance(value, float | np.floating) else f"{value}"
