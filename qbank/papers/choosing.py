"""Which items stand in every section of a paper, and the marks of their parts; what cannot be so, as problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

import numpy as np

from qbank import bank, records, registry
from qbank.bank import Bank
from qbank.bank import blueprint as blueprints
from qbank.bank.blueprint import Blueprint, Entry
from qbank.bank.item import Item
from qbank.draws import Chance
from qbank.model import Lang, Problem, Refused, Rules, duplicates
from qbank.papers import _suited
from qbank.papers.exam import Placed, Section


def sections(
    plan: Blueprint, source: Bank, seed: str, rules: Rules, langs: Sequence[Lang]
) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    """The sections of a blueprint with their items for a paper in these languages, and every fault.

    With a fault, the sections are no paper.
    """
    problems = [*_twice(plan), *_suited.of_plan(plan, langs)]
    taken = frozenset(entry.item for section in plan.sections for entry in section.items if entry.item)
    made: list[Section] = []
    for place, section in enumerate(plan.sections):
        chance = Chance(seed, f"blueprint {plan.id} section {place}")
        first = 1 + sum(len(each.placed) for each in made)
        placed, faults = _placed(section, source, taken, chance, first, plan.languages)
        faults = (*faults, *(fault for each in placed for fault in _suited.of_item(each.item, langs)))
        taken |= {each.item.id for each in placed}
        own = sum((each.total for each in placed), start=Fraction(0))
        if own != section.marks and not faults:  # what is missing anyway does not add up
            told = f"section {section.title['en']!r} says {_said(section.marks)} marks, but its items have {_said(own)}"
            faults = (_refused(plan, told, "change marks: of the section or of an item"),)
        parts = [part for each in placed for part in each.item.parts]
        if section.answer_grid and not faults and not any(part.facts.picked for part in parts):
            told = f"section {section.title.en!r} has an answer grid, and nothing in it is picked by a letter or judged"
            faults = (_refused(plan, told, "leave out answer_grid:"),)
        problems += faults
        own_rules = section.marking.over(rules)
        made.append(Section(section.title, section.text, section.marks, placed, own_rules, section.working,
                            section.answer_grid))  # fmt: skip
    total = sum((section.marks for section in made), start=Fraction(0))
    if total != plan.total:
        told = f"total: says {_said(plan.total)} marks, but the sections have {_said(total)}"
        problems.append(_refused(plan, told, "change total: or the sections' marks"))
    return tuple(made), tuple(problems)


def _twice(plan: Blueprint) -> Iterator[Problem]:
    """The items that are asked more than once."""
    asked: Iterable[str] = (entry.item for section in plan.sections for entry in section.items if entry.item)
    for name, times in duplicates(asked).items():
        yield Problem("blueprint.twice", f"blueprint {plan.id}: asks {name} {times} times",
                      proposal="name it once; every form has one variant of an item")  # fmt: skip


def _placed(
    section: blueprints.Section, source: Bank, taken: frozenset[str], chance: Chance, first: int,
    langs: tuple[Lang, ...],
) -> tuple[tuple[Placed, ...], tuple[Problem, ...]]:
    """The items of one section, numbered from `first`; none is one of those taken already but that it names itself."""
    placed: list[Placed] = []
    problems: list[Problem] = []
    for entry in section.items:
        items, faults = _items(entry, section.each, source, taken, chance, langs)
        problems += faults
        taken |= {item.id for item in items}
        for item in items:
            marks, faults = _marks(item, entry, section.each)
            problems += faults
            placed.append(Placed(first + len(placed), item, marks))
    return tuple(placed), tuple(problems)


def _items(
    entry: Entry, each: Fraction | None, source: Bank, taken: frozenset[str], chance: Chance, langs: tuple[Lang, ...]
) -> tuple[list[Item], tuple[Problem, ...]]:
    """The items of one entry: the one it names, or a number drawn from those it describes and nobody has named.

    Only items are drawn that are ready, have all languages of the blueprint, and whose parts can share the marks.
    """
    if entry.item is not None:
        try:
            return [source.item(entry.item)], ()
        except Refused as refused:
            return [], refused.problems
    if entry.topic is not None and not any(bank.within(item.topic, entry.topic) for item in source.items.values()):
        return [], (Problem("blueprint.topic", f"no item has the topic {entry.topic!r}"),)
    described = source.select(
        topic=entry.topic, level=entry.level, kind=entry.kind, covers=entry.covers, tags=entry.tags
    )  # fmt: skip
    fitting = [item for item in described if next(_suited.of_item(item, langs), None) is None]
    pool = [item for item in fitting if item.id not in taken and not _marks(item, entry, each)[1]]
    wanted = entry.draw or 0
    if len(pool) < wanted:
        apart = f"; {len(described) - len(fitting)} more are not ready, or not {records.only(langs)}"
        apart = apart if len(described) > len(fitting) else ""
        asked = ", ".join(f"{name} {_listed(value)}" for name, value in _asked(entry).items())
        return [], (
            Problem("blueprint.pool", f"{wanted} items are to be drawn ({asked}), but only {len(pool)} fit{apart}",
                    proposal="ask for fewer, or widen topic:, level: or kind:"),
        )  # fmt: skip
    luck = chance.several(f"pool {_asked(entry)}", 1 << 18, len(pool), np.zeros(1, dtype=np.int64))[0]
    order = np.argsort(luck, kind="stable")
    return [pool[int(index)] for index in order[:wanted]], ()


def _asked(entry: Entry) -> dict[str, object]:
    """What an entry that draws says of the items it wants."""
    return {name: value for name, value in entry if value and name in ("topic", "level", "kind", "covers", "tags")}


def _marks(item: Item, entry: Entry, each: Fraction | None) -> tuple[tuple[Fraction, ...], tuple[Problem, ...]]:
    """The marks of the item's parts on this paper: its own, or scaled to what the blueprint gives it."""
    own, known = [entry.parts.get(part.id, part.marks) for part in item.parts], [part.id for part in item.parts]
    problems = [
        Problem("blueprint.marks", f"parts: {registry.unknown(name, known)}", item=item.id,
                proposal="name the item's own parts")
        for name in entry.parts if name not in known
    ]  # fmt: skip
    marks = entry.marks if entry.marks is not None else each
    if marks is not None:
        try:
            own = list(blueprints.share(own, marks))
        except ValueError as error:
            proposal = "give the item other marks, or say each part's with parts: {id: marks}"
            problems.append(Problem("blueprint.marks", str(error), item=item.id, proposal=proposal))
    return tuple(own), tuple(problems)


def _listed(value: object) -> str:
    return " or ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _refused(plan: Blueprint, message: str, proposal: str) -> Problem:
    return Problem("blueprint.marks", f"blueprint {plan.id}: {message}", proposal=proposal)


def _said(marks: Fraction) -> str:
    return f"{float(marks):g}"
