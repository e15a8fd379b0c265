"""Which items are in every section of a paper, and the marks of their parts; what is not possible, as problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import count

from qbank import messages
from qbank.bank import Bank
from qbank.bank import blueprint as blueprints
from qbank.bank.blueprint import Blueprint
from qbank.model import Lang, Problem, Rules, duplicates
from qbank.papers import _offer, _rules, _selecting, _suited, _unmet
from qbank.papers._offer import Offer
from qbank.papers.exam import Exam, Placed, Section
from qbank.papers.past import Past

NONE_MEASURED: Mapping[str, float] = {}


def sections(
    plan: Blueprint, source: Bank, seed: str, rules: Rules, langs: Sequence[Lang], *, avoid: Past | None = None,
    like: Exam | None = None, measured: Mapping[str, float] = NONE_MEASURED,
) -> tuple[tuple[tuple[Section, ...], ...], tuple[Problem, ...]]:  # fmt: skip
    """The sections of a blueprint for a paper in these languages, for each of its forms of different items.

    With a fault there is no paper, and every fault is given. `measured` are the facilities of items that were asked
    before. Raises Refused where a rule needs the solver, and it is not installed.
    """
    forms = plan.parallel.forms if plan.parallel else 1
    offer, faults = _offer.offered(plan, source, seed, avoid or Past(), like, forms)
    problems = [*_twice(plan), *_suited.of_plan(plan, langs), *(each for place, each in faults if place is None)]
    for number, section in enumerate(plan.sections):
        named = (option.item for option in offer.options if offer.named(option) and offer.section(option) == number)
        own = [*(each for place, each in faults if place == number),
               *(fault for item in named for fault in _suited.of_item(item, langs))]  # fmt: skip
        problems += own or _sum(offer, number, section)  # what is missing anyway does not add up
    problems += _total(plan)
    problems += [_refused(plan, messages.tell("{first} and {second} cannot be on one paper (excludes:)", first=first,
                                              second=second), messages.tell("name only one of them"))
                 for first, second in _rules.named_apart(offer)]  # fmt: skip
    if problems:
        return (), tuple(problems)
    chosen, unmet = _chosen(offer, measured)
    made = tuple(_made(offer, one, rules) for one in chosen)
    return made, (*unmet, *(fault for one in made[:1] for fault in _grids(plan, one)))


def _chosen(offer: Offer, measured: Mapping[str, float]) -> tuple[list[list[int]], tuple[Problem, ...]]:
    """The options of each form, or why there are none."""
    every = _rules.rules(offer, measured)
    lucky = _selecting.by_luck(offer) if offer.plan.parallel is None else None
    if lucky is not None and all(rule.met(lucky) for rule in every):
        return [lucky], ()
    found = _selecting.solved(offer, every, measured, offer.plan.parallel)
    return (found, ()) if found is not None else ([], _unmet.unmet(offer, every))


def _made(offer: Offer, chosen: Sequence[int], rules: Rules) -> tuple[Section, ...]:
    """The sections with the options chosen, numbered through; what an entry draws is in the order of its luck."""
    numbers = count(1)
    order = sorted(chosen, key=lambda place: (offer.options[place].slot, int(offer.luck[0, place])))
    return tuple(
        Section(
            section.title, section.text, section.marks,
            tuple(Placed(next(numbers), each.item, each.marks) for each in (offer.options[place] for place in order)
                  if offer.section(each) == number),
            section.marking.over(rules), section.working, section.answer_grid,
        )
        for number, section in enumerate(offer.plan.sections)
    )  # fmt: skip


def _twice(plan: Blueprint) -> Iterator[Problem]:
    """The items that are asked more than once."""
    asked: Iterable[str] = (entry.item for section in plan.sections for entry in section.items if entry.item)
    for name, times in duplicates(asked).items():
        message = messages.tell(
            "blueprint {blueprint} names {item} {count} times", blueprint=plan.id, item=name, count=times
        )
        yield Problem("blueprint.twice", message,
                      proposal=messages.tell("name it once; every form has one variant of an item"))  # fmt: skip


def _sum(offer: Offer, number: int, section: blueprints.Section) -> list[Problem]:
    """That the items of a section do not add up to it, where that does not depend on which are drawn."""
    own = Fraction(0)
    for place, slot in enumerate(offer.slots):
        totals = {offer.options[each].total for each in offer.of_slot(place)}
        if slot.section == number:
            if len(totals) != 1 or not slot.bound.exact:
                return []
            own += slot.bound.least * totals.pop()
    if own == section.marks:
        return []
    told = messages.tell("section {section!r} has {marks:g} marks, but its items have {found:g}",
                         section=section.title["en"], marks=float(section.marks), found=float(own))  # fmt: skip
    return [_refused(offer.plan, told, messages.tell("change marks: of the section or of an item"))]


def _total(plan: Blueprint) -> Iterator[Problem]:
    total = sum((section.marks for section in plan.sections), start=Fraction(0))
    if total != plan.total:
        told = messages.tell("total: is {marks:g} marks, but the sections have {found:g}", marks=float(plan.total),
                             found=float(total))  # fmt: skip
        yield _refused(plan, told, messages.tell("change total: or the sections' marks"))


def _grids(plan: Blueprint, made: Sequence[Section]) -> Iterator[Problem]:
    """The sections with a grid for letters in which nothing is answered by one."""
    for section in made:
        parts = [part for placed in section.placed for part in placed.item.parts]
        if section.answer_grid and not any(part.facts.picked for part in parts):
            told = messages.tell("section {section!r} has an answer grid, but none of its questions is answered by a "
                                 "letter, √ or ×", section=section.title.en)  # fmt: skip
            yield _refused(plan, told, messages.tell("leave out answer_grid:"))


def _refused(plan: Blueprint, message: str, proposal: str) -> Problem:
    told = messages.tell("blueprint {blueprint}: {message}", blueprint=plan.id, message=message)
    return Problem("blueprint.marks", told, proposal=proposal)
