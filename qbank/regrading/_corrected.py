"""A corrected item put in the place of the one that was on the papers: the same values, keys computed again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qbank import algebra, answers, bank, markup, registry, variants
from qbank.bank import Source
from qbank.bank.item import Item, Part
from qbank.model import LANGS, Array, Problem, Refused
from qbank.papers import Exam
from qbank.variants import Variants


def corrected(exam: Exam, text: str, file: str = "the corrected item") -> tuple[Exam, tuple[Problem, ...]]:
    """The exam with one item as corrected, its keys for the values that were drawn, and what is doubtful.

    Raises Refused when the text is no item of the exam, or asks for parameters, parts or options that the papers do
    not have.
    """
    source = Source(file, text.encode(), lambda name: _sealed_picture(exam, name))
    item, problems = bank.read_item(source, exam.circuits, settings=bank.Settings(languages=exam.langs))
    if item is None:
        raise Refused(*problems)
    if item.id not in exam.drawn:
        raise Refused(f"in this exam, the item {registry.unknown(item.id, exam.drawn)}")
    drawn = exam.drawn[item.id]
    faults = list(_faults(item, drawn))
    if faults:
        raise Refused(*(Problem("regrade.item", fault, item=item.id) for fault in faults))
    again, count = _again(item, drawn), len(drawn)
    sections = tuple(
        replace(section, placed=tuple(
            replace(placed, item=item) if placed.item.id == item.id else placed for placed in section.placed
        ))
        for section in exam.sections
    )  # fmt: skip
    return replace(
        exam, sections=sections, drawn={**exam.drawn, item.id: again},
        item_sources={**exam.item_sources, item.id: source},
    ), tuple(_doubts(item, drawn, again, count))  # fmt: skip


def _sealed_picture(exam: Exam, name: str) -> bytes:
    """The picture of that name as it was on the papers. Raises Refused."""
    for drawn in exam.drawn.values():
        if name in (found := bank.pictures(drawn.item)):
            return found[name]
    raise Refused(f"{name}: no picture of that name was on the papers")


def _again(item: Item, drawn: Variants) -> Variants:
    """The same parameters and arrangements, everything derived and every key computed again."""
    count = len(drawn)
    try:
        columns = variants.derived(item, {name: drawn.columns[name] for name in item.parameters}, count)
        keys = {part.id: variants.bind(item, part, columns, drawn.arrangements[part.id], count) for part in item.parts}
    except (algebra.ExpressionError, ValueError) as error:
        message = f"the values that were on the papers do not fit the corrected item: {error}"
        raise Refused(Problem("regrade.values", message, item=item.id)) from error
    return Variants(item, drawn.seats, columns, drawn.arrangements, keys)


def _faults(item: Item, drawn: Variants) -> Iterable[str]:
    """What a paper that is printed already does not have."""
    old = drawn.item
    for name in item.parameters:
        if name not in old.parameters:
            yield f"the papers have no value of the parameter {name!r}; they have {_listed(old.parameters)}"
    for name in old.parameters:
        if name not in item.parameters:
            yield f"the parameter {name!r}, which is on the papers, is missing"
    if [part.id for part in item.parts] != [part.id for part in old.parts]:
        yield f"its parts are {_listed(part.id for part in item.parts)}, and the papers ask " + _listed(
            part.id for part in old.parts
        )
        return
    for part, printed in zip(item.parts, old.parts, strict=True):
        if drawn.arrangements[part.id] and _entries(part) != _entries(printed):
            yield f"part {part.id}: the papers show {_entries(printed)} (in this order), and not {_entries(part)}"
        elif not drawn.arrangements[part.id] and answers.kind_of(part.kind).arrange is not None:
            yield f"part {part.id}: the papers show no options, so it cannot be of the kind {part.kind!r}"


def _entries(part: Part) -> str:
    """What a part shows in an order of each variant's own: its named entries, which are sealed by their places."""
    some = f"{part.facts.shown} of " if part.facts.shown else ""
    return f"{part.kind}: {some}{'; '.join(', '.join(names) for names in part.facts.entries)}"


def _doubts(item: Item, drawn: Variants, again: Variants, count: int) -> Iterable[Problem]:
    old = drawn.item
    texts = [old.text(lang) for lang in LANGS]
    texts += [markup.read(part.ask[lang]) for part in old.parts if part.ask for lang in LANGS]
    shown = {name for text in texts for name in markup.names(text)}
    shown |= {
        name for file in old.files.values() for column in file.columns.values() for name in algebra.names(column.value)
    }
    for name in sorted(shown & set(item.derive)):
        changed = _differ(drawn.columns[name].values, again.columns[name].values) if name in drawn.columns else count
        if changed:
            message = f"the papers show {name}, which is now another value on {changed} of {count} forms"
            yield Problem("regrade.shown", message, item=item.id, severity="warning",
                          proposal="the marks follow the new value, which nobody saw")
    for part in item.parts:
        possible = answers.kind_of(part.kind).possible(part.answer, again.keys[part.id], count)
        lost = count - int(possible.sum())
        if lost:
            message = f"part {part.id}: on {lost} of {count} forms the new key cannot be told from a mistake"
            yield Problem("regrade.key", f"{message}, or is no number", item=item.id, severity="warning")


def _differ(old: Array, new: Array) -> int:
    if old.shape != new.shape:
        return len(old)
    return int((old != new).reshape(len(old), -1).any(axis=1).sum())


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "none"
