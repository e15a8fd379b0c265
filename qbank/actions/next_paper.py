"""What the next paper has to know of the earlier ones: what was asked when, how hard it was, who sits it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qbank import messages, papers, store, variants
from qbank.actions.grade import grading, open_exam
from qbank.bank import Bank
from qbank.model import Candidate, Problem, Refused
from qbank.papers import Exam, Past

PASS = 60.0
"""The pass mark in percent of the full marks, unless asked otherwise."""


def past(source: Bank, names: Iterable[str], near: Path = Path()) -> Past:
    """The exams that names stand for: folders of sealed exams, folders of such folders, or sittings of the bank.

    Folders are looked for from the working folder, then from the folder `near`. Raises Refused for a name that is
    neither.
    """
    exams: dict[str, Exam] = {}
    recorded: dict[str, frozenset[str]] = {}
    for name in names:
        places = [place for place in (Path(name), near / name) if place.is_dir()]
        found = _exams(places[0]) if places else {}
        if found:
            exams |= found
            continue
        said = name.rstrip("/")
        sat = [each for each in source.sittings if each.exam == said or each.date.isoformat().startswith(said)]
        if not sat:
            told = messages.tell("{name!r} is not a sealed exam, a folder of sealed exams or a sitting of the bank",
                                 name=name)  # fmt: skip
            advice = messages.tell("name a folder, the id of a sitting, or its year")
            raise Refused(Problem("blueprint.avoid", told, proposal=advice))
        recorded |= {each.exam: frozenset(each.items) for each in sat}
    return Past(exams, recorded)


def _exams(folder: Path) -> dict[str, Exam]:
    own = [folder] if store.is_exam(folder) else sorted(each for each in folder.iterdir() if store.is_exam(each))
    return {each.name or str(each): open_exam(each, figures=False) for each in own}


def measured(source: Bank) -> Mapping[str, float]:
    """The facility of every item that was asked, over all sittings of the bank."""
    found = {name: source.measured(name) for name in source.items} if any(True for _ in source.sittings) else {}
    return {name: each.facility for name, each in found.items() if each is not None and each.facility is not None}


def resitting(folder: Path, below: float = PASS) -> tuple[Candidate, ...]:
    """Who sits a graded exam again: whose total is below `below` percent, and who was excused or whose paper is lost.

    Raises Refused where answers still wait for a person, for the exam is not graded then.
    """
    graded = grading(folder).graded
    waiting, _ = graded.undecided
    if waiting:
        raise Refused(messages.tell_many(
            waiting,
            "{folder}: {count} answer waits for a person, so it is not clear who failed; run: qbank review {folder}",
            "{folder}: {count} answers wait for a person, so it is not clear who failed; run: qbank review {folder}",
            folder=folder,
        ))
    line = float(graded.exam.total) * below / 100
    totals = graded.totals().floats
    return tuple(
        who for who, state, total in zip(graded.candidates, graded.states, totals.tolist(), strict=True)
        if state in ("excused", "lost") or (state in ("sat", "absent") and total < line - 1e-9)
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawn:
    """One question of a paper: its item, and when it was asked before (empty: never, as far as is known)."""

    number: int
    item: str
    topic: str
    level: int
    marks: str
    before: str


def drawn(exam: Exam, source: Bank, seen: Past) -> tuple[Drawn, ...]:
    """What a paper asks, in its order."""
    found = []
    for _, placed in exam.placed():
        uses = [*seen.used(placed.item.id), *(f"{use.date:%Y-%m}" for use in source.sittings.uses(placed.item.id))]
        before = messages.listed(dict.fromkeys(uses))
        if seen.variants(placed.item.id) and variants.seen(placed.item):
            before = messages.tell("{exams} (other values)", exams=before)
        found.append(Drawn(placed.number, placed.item.id, placed.item.topic, placed.item.level,
                           f"{float(placed.total):g}", before))  # fmt: skip
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Form:
    """What is expected of one of several forms of different items, and how many of its items an earlier form has."""

    name: str
    questions: int
    facility: float
    minutes: float
    measured: int
    again: int


def alike(exams: Sequence[Exam], known: Mapping[str, float]) -> tuple[Form, ...]:
    """The forms side by side; their marks by section, topic and level are equal."""
    found: list[Form] = []
    had: set[str] = set()
    for place, exam in enumerate(exams):
        placed = [each for _, each in exam.placed()]
        earned = sum(float(each.total) * papers.expected_facility(each.item, known) for each in placed)
        minutes = sum(papers.expected_minutes(each.item, each.marks) for each in placed)
        names = [each.item.id for each in placed]
        found.append(Form(chr(ord("A") + place), len(placed), earned / float(exam.total), minutes,
                          sum(name in known for name in names), sum(name in had for name in names)))  # fmt: skip
        had |= set(names)
    return tuple(found)
