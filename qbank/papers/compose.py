"""Composing: the items of every section, their variants for every form, true statements in balance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from qbank import variants
from qbank.bank import Bank
from qbank.bank.blueprint import Blueprint
from qbank.bank.item import Item
from qbank.model import Bilingual, Candidate, Imprint, Lang, Refused, Rules, duplicates
from qbank.papers import choosing, seats
from qbank.papers.balancing import balanced
from qbank.papers.exam import Exam
from qbank.variants import Variants


def compose(
    plan: Blueprint,
    source: Bank,
    *,
    seed: str,
    candidates: Sequence[Candidate] = (),
    forms: Sequence[str] = ("A",),
    each: bool = False,
    spares: int = 0,
    earlier: Exam | None = None,
    langs: Sequence[Lang] = ("zh",),
    side_by_side: bool | None = None,
) -> Exam:
    """The exam of a blueprint for these candidates.

    With `each`, every candidate has a form of their own and so many are spare: who had a seat in an `earlier` exam
    keeps it, others are seated by their numbers. Else the named forms go round in the order of the roster.
    Raises Refused with every fault: marks that do not add up, a pool that is too small, an item that is not there.
    """
    if each and not candidates and not spares:
        raise Refused("a form for each candidate needs a roster; name it with --roster, or name forms: --forms A,B")
    if spares and not each:
        raise Refused("spare papers are for --forms each; a named form is the same for all: print it again")
    for number, times in duplicates(who.id for who in candidates).items():
        raise Refused(f"{times} candidates have the number {number!r}; a number names one person")
    seated = seats.seating(candidates, spares=spares, earlier=earlier) if each else seats.in_turn(candidates, forms)
    rules = plan.marking.over(Rules())
    plan, source = source.whole(plan)
    sections, problems = choosing.sections(plan, source, seed, rules, langs)
    if problems:
        raise Refused(*problems)
    rows = np.arange(len(seated.codes))
    everything = [placed.item for made in sections for placed in made.placed]
    drawn = {item.id: variants.make(item, seed, rows) for item in everything}
    for record, made in zip(plan.sections, sections, strict=True):
        if record.balance:
            drawn |= balanced([placed.item for placed in made.placed], drawn, seed, rows)
    used = {name for item in everything for name in _circuits(item)}
    return Exam(
        id=plan.id, title=plan.title, institution=plan.institution, course=plan.course, notes=plan.notes,
        minutes=plan.minutes, total=plan.total, langs=tuple(langs), sections=sections,
        candidates=tuple(candidates), forms=seated.codes,
        form_of=seated.seat_of, each=each, spares=seated.spares, seed=seed, rules=rules, drawn=drawn,
        circuits={name: source.circuits[name] for name in sorted(used)},
        item_sources={name: source.sources[name] for name in drawn},
        circuit_sources={name: source.circuit_sources[name] for name in sorted(used)},
        imprint=_imprint(plan, source, langs, side_by_side), names=_names(drawn.values(), source),
    )  # fmt: skip


def _names(drawn: Iterable[Variants], source: Bank) -> dict[str, Bilingual]:
    """What the topics and knowledge points of the items are called."""
    known = {**source.topics, **source.points}
    asked = sorted({name for each in drawn for name in (each.item.topic, *each.item.points)})
    return {name: known[name] for name in asked if name in known}


def _imprint(plan: Blueprint, source: Bank, langs: Sequence[Lang], side_by_side: bool | None) -> Imprint:
    """What is said of the paper, and whether both languages are on one: as asked, or as the blueprint has it."""
    said = plan.imprint(source.logos.get(plan.id, b""))
    if side_by_side and len(langs) < 2:
        raise Refused("a paper has its languages side by side where it is in both; write --lang both as well")
    asked = said.imposition.side_by_side if side_by_side is None else side_by_side
    return replace(said, imposition=replace(said.imposition, side_by_side=asked and len(langs) == 2))


def _circuits(item: Item) -> set[str]:
    return {name for figure in item.figures.values() for name in figure.names}
