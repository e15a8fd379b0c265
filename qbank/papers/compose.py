"""Composing: the items of every section, their marks, their variants for every form, true statements in balance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import count

import numpy as np
from numpy.typing import NDArray

from qbank import answers, bank, registry, variants
from qbank.bank import Bank
from qbank.bank import blueprint as blueprints
from qbank.bank.blueprint import Blueprint, Entry
from qbank.bank.item import Item
from qbank.draws import Chance
from qbank.model import Candidate, Lang, Problem, Refused, Rules, duplicates
from qbank.papers import seats
from qbank.papers.exam import Exam, Placed, Section
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
    numbers, problems = count(1), list[Problem]()
    rules = plan.marking.over(Rules())
    chosen: set[str] = {entry.item for section in plan.sections for entry in section.items if entry.item}
    for name, times in duplicates(entry.item for made in plan.sections for entry in made.items if entry.item).items():
        problems.append(Problem("blueprint.twice", f"blueprint {plan.id}: asks {name} {times} times",
                                proposal="name it once; every form has one variant of an item"))
    sections = []
    for place, section in enumerate(plan.sections):
        placed, before = [], len(problems)
        for entry in section.items:
            chance = Chance(seed, f"blueprint {plan.id} section {place}")
            for item in _items(entry, section.each, source, chosen, chance, problems):
                marks = _marks(item, entry, section.each, problems)
                placed.append(Placed(next(numbers), item, marks))
        own = sum((each_placed.total for each_placed in placed), start=Fraction(0))
        if own != section.marks and len(problems) == before:  # what is missing anyway does not add up
            problems.append(_refused(plan, f"section {section.title.en!r} says {_said(section.marks)} marks, but its "
                                           f"items have {_said(own)}", "change marks: of the section or of an item"))
        sections.append(Section(section.title, section.text, section.marks, tuple(placed), section.marking.over(rules)))
    total = sum((made.marks for made in sections), start=Fraction(0))
    if total != plan.total:
        problems.append(_refused(plan, f"total: says {_said(plan.total)} marks, but the sections have {_said(total)}",
                                 "change total: or the sections' marks"))
    if problems:
        raise Refused(*problems)
    rows = np.arange(len(seated.codes))
    everything = [placed.item for made in sections for placed in made.placed]
    drawn = {item.id: variants.make(item, seed, rows) for item in everything}
    for record, made in zip(plan.sections, sections, strict=True):
        if record.balance:
            drawn |= _balanced([placed.item for placed in made.placed], drawn, seed, rows)
    used = {name for item in everything for name in _circuits(item)}
    return Exam(
        id=plan.id, title=plan.title, institution=plan.institution, course=plan.course, notes=plan.notes,
        minutes=plan.minutes, total=plan.total, langs=tuple(langs), sections=tuple(sections),
        candidates=tuple(candidates), forms=seated.codes,
        form_of=seated.seat_of, each=each, spares=seated.spares, seed=seed, rules=rules, drawn=drawn,
        circuits={name: source.circuits[name] for name in sorted(used)},
        item_sources={name: source.sources[name] for name in drawn},
        circuit_sources={name: source.circuit_sources[name] for name in sorted(used)},
    )  # fmt: skip


def _items(
    entry: Entry, each: Fraction | None, source: Bank, chosen: set[str], chance: Chance, problems: list[Problem]
) -> list[Item]:
    """The items of one entry: the one it names, or a number drawn from those it describes and nobody has named.

    Only items whose parts can share the marks are drawn.
    """
    if entry.item is not None:
        try:
            return [source.item(entry.item)]
        except Refused as refused:
            problems += refused.problems
            return []
    if entry.topic is not None and not any(bank.within(item.topic, entry.topic) for item in source.items.values()):
        problems.append(Problem("blueprint.topic", f"no item has the topic {entry.topic!r}"))
        return []
    pool = [
        item
        for item in source.select(topic=entry.topic, level=entry.level, kind=entry.kind, covers=entry.covers)
        if item.id not in chosen and _can_share(item, entry, each)
    ]
    wanted = entry.draw or 0
    if len(pool) < wanted:
        asked = ", ".join(f"{name} {_listed(value)}" for name, value in _asked(entry).items())
        problems.append(Problem("blueprint.pool", f"{wanted} items are to be drawn ({asked}), but only {len(pool)} fit",
                                proposal="ask for fewer, or widen topic:, level: or kind:"))
        return []
    luck = chance.several(f"pool {_asked(entry)}", 1 << 18, len(pool), np.zeros(1, dtype=np.int64))[0]
    order = np.argsort(luck, kind="stable")
    drawn = [pool[int(index)] for index in order[:wanted]]
    chosen.update(item.id for item in drawn)
    return drawn


def _asked(entry: Entry) -> dict[str, object]:
    """What an entry that draws says of the items it wants."""
    return {name: value for name, value in entry if value and name in ("topic", "level", "kind", "covers")}


def _can_share(item: Item, entry: Entry, each: Fraction | None) -> bool:
    faults: list[Problem] = []
    _marks(item, entry, each, faults)
    return not faults


def _marks(item: Item, entry: Entry, each: Fraction | None, problems: list[Problem]) -> tuple[Fraction, ...]:
    """The marks of the item's parts on this paper: its own, or scaled to what the blueprint gives it."""
    own = [entry.parts.get(part.id, part.marks) for part in item.parts]
    for name in entry.parts:
        if name not in (known := [part.id for part in item.parts]):
            problems.append(Problem("blueprint.marks", f"parts: {registry.unknown(name, known)}",
                                    item=item.id, proposal="name the item's own parts"))
    marks = entry.marks if entry.marks is not None else each
    if marks is None:
        return tuple(own)
    try:
        return tuple(blueprints.share(own, marks))
    except ValueError as error:
        problems.append(Problem("blueprint.marks", str(error), item=item.id,
                                proposal="give the item other marks, or say each part's with parts: {id: marks}"))
        return tuple(own)


def _balanced(
    items: Sequence[Item], drawn: dict[str, Variants], seed: str, rows: NDArray[np.int64]
) -> dict[str, Variants]:
    """The variants with the keys of the kinds that can be balanced put near half on every form."""
    changed: dict[str, Variants] = {}
    parts = [(item, part) for item in items for part in item.parts]
    for tag in dict.fromkeys(part.kind for _, part in parts):
        balance = answers.kind_of(tag).balance
        if balance is None:
            continue
        own = [(item, part) for item, part in parts if part.kind == tag]
        arrangements = balance([part.answer for _, part in own], Chance(seed, f"balance {items[0].id}"), rows)
        for (item, part), arrangement in zip(own, arrangements, strict=True):
            before = changed.get(item.id, drawn[item.id])
            key = variants.bind(item, part, before.columns, arrangement, len(rows))
            changed[item.id] = replace(
                before,
                arrangements={**before.arrangements, part.id: arrangement},
                keys={**before.keys, part.id: key},
            )
    return changed


def _circuits(item: Item) -> set[str]:
    return {name for figure in item.figures.values() for name in figure.names}


def _listed(value: object) -> str:
    return " or ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _refused(plan: Blueprint, message: str, proposal: str) -> Problem:
    return Problem("blueprint.marks", f"blueprint {plan.id}: {message}", proposal=proposal)


def _said(marks: Fraction) -> str:
    return f"{float(marks):g}"
