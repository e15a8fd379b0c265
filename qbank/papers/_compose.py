"""Composing: the items of every section, their variants for every form, true statements in balance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from string import ascii_uppercase
from typing import NotRequired, TypedDict, Unpack

import numpy as np
from numpy.typing import NDArray

from qbank import messages, variants
from qbank.bank import Bank
from qbank.bank.blueprint import Blueprint
from qbank.bank.item import Item
from qbank.model import Bilingual, Candidate, Imprint, Lang, Problem, Refused, Rules, duplicates
from qbank.papers import choosing, seats
from qbank.papers.balancing import balanced
from qbank.papers.exam import Exam, Section
from qbank.papers.past import Past
from qbank.papers.seats import Seating
from qbank.variants import Variants


class Asked(TypedDict):
    """What is asked of an exam besides its blueprint; by default one form, A, in Chinese, for nobody in particular."""

    seed: str
    candidates: NotRequired[Sequence[Candidate]]
    forms: NotRequired[Sequence[str]]
    each: NotRequired[bool]
    spares: NotRequired[int]
    earlier: NotRequired[Sequence[Exam | None]]
    langs: NotRequired[Sequence[Lang]]
    side_by_side: NotRequired[bool | None]
    avoid: NotRequired[Past]
    like: NotRequired[Exam | None]
    measured: NotRequired[Mapping[str, float]]


LETTERS = ascii_uppercase


def compose(plan: Blueprint, source: Bank, **asked: Unpack[Asked]) -> Exam:
    """The exam of a blueprint; of forms of different items, the first. See `composed`."""
    return next(_exams(plan, source, asked))


def composed(plan: Blueprint, source: Bank, **asked: Unpack[Asked]) -> tuple[Exam, ...]:
    """The exam of a blueprint for these candidates, or with `parallel:` an exam for each form of different items.

    With `each`, every candidate has a paper of their own and so many are spare: who had a seat in an `earlier` exam
    keeps it, others are seated by their numbers. Else the named forms go round in the order of the roster, as the
    exams of forms of different items do. Items of the exams to `avoid` are not drawn; a paper `like` an exam has
    another item, or other values, in the place of each of its own. Whatever was asked there has other values.
    Raises Refused with every fault: marks that do not add up, a pool that is too small, an item that is not there,
    rules that cannot be met.
    """
    return tuple(_exams(plan, source, asked))


def _exams(plan: Blueprint, source: Bank, asked: Asked) -> Iterator[Exam]:
    candidates, each = asked.get("candidates", ()), asked.get("each", False)
    forms, spares = asked.get("forms", LETTERS[:1]), asked.get("spares", 0)
    if each and not candidates and not spares:
        raise Refused(messages.tell("a form for each candidate needs a roster (--roster FILE); for named forms: "
                                    "--forms A,B"))  # fmt: skip
    if spares and not each:
        raise Refused(seats.no_spares())
    if plan.parallel and not each and tuple(forms) != tuple(LETTERS[:1]):
        raise Refused(messages.tell("blueprint {blueprint} has forms of different items (parallel:); leave out "
                                    "--forms, or "
                                    "use --forms each", blueprint=plan.id))  # fmt: skip
    for number, times in duplicates(who.id for who in candidates).items():
        raise Refused(messages.tell("{count} candidates have the number {number!r}; every candidate needs a number of "
                                    "their own", count=times, number=number))  # fmt: skip
    langs, seed = asked.get("langs", ("zh",)), asked["seed"]
    rules = plan.marking.over(Rules())
    plan, source = source.whole(plan)
    past, like = asked.get("avoid") or Past(), asked.get("like")
    made, problems = choosing.sections(plan, source, seed, rules, langs, avoid=past, like=like,
                                       measured=asked.get("measured", {}))  # fmt: skip
    if problems:
        raise Refused(*problems)
    seen = past if like is None else Past({**past.exams, "": like})
    earlier = asked.get("earlier", ())
    for place, sections in enumerate(made):
        letter = LETTERS[place] if plan.parallel else ""
        own = candidates[place :: len(made)]
        before = earlier[place] if place < len(earlier) else None
        seated = seats.seating(own, spares=spares, earlier=before) if each else seats.in_turn(own, letter or forms)
        yield _exam(
            plan if not letter else _of_form(plan, letter, each=each), source, sections, seated, seen,
            seed=f"{seed} {letter}".rstrip(), candidates=own, each=each, langs=tuple(langs), rules=rules,
            imprint=_imprint(plan, source, langs, asked.get("side_by_side"), like),
        )  # fmt: skip


def _of_form(plan: Blueprint, letter: str, *, each: bool) -> Blueprint:
    """The blueprint as one of its forms of different items has it: their pages and files are told apart."""
    named = Bilingual(*(text and said.format(text, letter) for text, said in (
        (plan.title.zh, "{}（{} 卷）"), (plan.title.en, "{} (form {})"))))  # fmt: skip
    return plan.model_copy(update={"id": f"{plan.id}-{letter.lower()}", "title": named if each else plan.title})


def _exam(
    plan: Blueprint, source: Bank, sections: tuple[Section, ...], seated: Seating, past: Past, *, seed: str,
    candidates: Sequence[Candidate], each: bool, langs: tuple[Lang, ...], rules: Rules, imprint: Imprint,
) -> Exam:  # fmt: skip
    """One exam: the variants of its items for every form."""
    rows = np.arange(len(seated.codes))
    everything = [placed.item for made in sections for placed in made.placed]
    drawn = {item.id: _drawn(item, seed, rows, past) for item in everything}
    for record, made in zip(plan.sections, sections, strict=True):
        if record.balance:
            drawn |= balanced([placed.item for placed in made.placed], drawn, seed, rows)
    used = {name for item in everything for name in item.circuits}
    return Exam(
        id=plan.id, title=plan.title, institution=plan.institution, course=plan.course, notes=plan.notes,
        minutes=plan.minutes, total=plan.total, langs=langs, sections=sections, candidates=tuple(candidates),
        forms=seated.codes, form_of=seated.seat_of, each=each, spares=seated.spares, seed=seed, rules=rules,
        drawn=drawn, circuits={name: source.circuits[name] for name in sorted(used)},
        item_sources={name: source.sources[name] for name in drawn},
        circuit_sources={name: source.circuit_sources[name] for name in sorted(used)}, imprint=imprint,
        names=_names(drawn.values(), source),
    )  # fmt: skip


def _names(drawn: Iterable[Variants], source: Bank) -> dict[str, Bilingual]:
    """What the topics and knowledge points of the items are called, and the topics above them."""
    known = {**source.topics, **source.points}
    asked = {name for each in drawn for name in (each.item.topic, *each.item.points)}
    above = {"/".join(path[:depth]) for name in asked for path in [name.split("/")] for depth in range(1, len(path))}
    return {name: known[name] for name in sorted(asked | above) if name in known}


def _drawn(item: Item, seed: str, rows: NDArray[np.int64], past: Past) -> Variants:
    """The variants of an item, with values that no earlier exam printed; an item that shows no value is as it was."""
    earlier = past.variants(item.id) if variants.seen(item) else ()
    drawn = variants.apart(item, seed, rows, earlier)
    if drawn is None:
        where = messages.listed(filter(None, past.used(item.id)))
        message = (messages.tell("all its values were printed before, in {exams}", exams=where) if where
                   else messages.tell("all its values were printed before"))  # fmt: skip
        proposal = messages.tell("name another item, or do not avoid that exam")
        raise Refused(Problem("blueprint.seen", message, item=item.id, proposal=proposal))
    return drawn


def _imprint(
    plan: Blueprint, source: Bank, langs: Sequence[Lang], side_by_side: bool | None, like: Exam | None
) -> Imprint:
    """What is said of the paper, and whether both languages are on one: as asked, or as the blueprint has it."""
    said = plan.imprint(source.logos.get(plan.id, b"") if like is None else like.imprint.logo)
    if side_by_side and len(langs) < 2:
        raise Refused(messages.tell("--side-by-side needs a paper in both languages; add --lang both"))
    asked = said.imposition.side_by_side if side_by_side is None else side_by_side
    return replace(said, imposition=replace(said.imposition, side_by_side=asked and len(langs) == 2))


