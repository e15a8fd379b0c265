"""A corrected item put in the place of the one that was on the papers: the same values, keys computed again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qbank import algebra, answers, bank, markup, messages, registry, variants
from qbank.bank import Source
from qbank.bank.item import Item, Part
from qbank.model import LANGS, Array, Problem, Refused
from qbank.papers import Exam
from qbank.variants import Variants


def corrected(exam: Exam, text: str, file: str = "", name: str = "") -> tuple[Exam, tuple[Problem, ...]]:
    """The exam with one item as corrected, its keys for the values that were drawn, and what is doubtful.

    `file` is what messages call the text; pictures are looked for in the item of that `name` first. Raises Refused when
    the text is not an item of the exam, or asks for parameters, parts or options that the papers do not have.
    """
    called = file or messages.tell("the corrected item")
    source = Source(called, text.encode(), lambda picture: _sealed_picture(exam, name, picture))
    item, problems = bank.read_item(source, exam.circuits, settings=bank.Settings(languages=exam.langs))
    if item is None:
        raise Refused(*problems)
    if item.id not in exam.drawn:
        raise Refused(messages.tell("in this exam, the item {unknown}", unknown=registry.unknown(item.id, exam.drawn)))
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


def _sealed_picture(exam: Exam, own: str, name: str) -> bytes:
    """The picture of that name as it was on the papers, of the `own` item if that has one. Raises Refused."""
    for drawn in sorted(exam.drawn.values(), key=lambda each: each.item.id != own):
        if name in (found := bank.pictures(drawn.item)):
            return found[name]
    raise Refused(messages.tell("{name}: the papers have no picture of that name", name=name))


def _again(item: Item, drawn: Variants) -> Variants:
    """The same parameters and arrangements, everything derived and every key computed again."""
    count = len(drawn)
    try:
        columns = variants.derived(item, {name: drawn.columns[name] for name in item.parameters}, count)
        for name, rule, there in variants.printable(item, columns, count):
            if not there.all():
                raise ValueError(variants.unprintable(name, rule))
        keys = {part.id: variants.bind(item, part, columns, drawn.arrangements[part.id], count) for part in item.parts}
    except (algebra.ExpressionError, ValueError) as error:
        message = messages.tell("the values that were on the papers do not fit the corrected item: {reason}",
                                reason=error)  # fmt: skip
        raise Refused(Problem("regrade.values", message, item=item.id)) from error
    return Variants(item, drawn.seats, columns, drawn.arrangements, keys)


def _faults(item: Item, drawn: Variants) -> Iterable[str]:
    """What a paper that is printed already does not have."""
    old = drawn.item
    for name in item.parameters:
        if name not in old.parameters:
            yield messages.tell("the papers have no value of the parameter {name!r}; their parameters are: {names}",
                                name=name, names=messages.listed(old.parameters) or "-")  # fmt: skip
    for name in old.parameters:
        if name not in item.parameters:
            yield messages.tell("the parameter {name!r}, which is on the papers, is missing", name=name)
    if [part.id for part in item.parts] != [part.id for part in old.parts]:
        yield messages.tell("the corrected item has the parts {own}, but the papers have {printed}",
                            own=messages.listed(part.id for part in item.parts),
                            printed=messages.listed(part.id for part in old.parts))  # fmt: skip
        return
    for part, printed in zip(item.parts, old.parts, strict=True):
        if drawn.arrangements[part.id] and _entries(part) != _entries(printed):
            yield messages.tell("part {part}: the papers show {printed} (in this order), not {own}", part=part.id,
                                printed=_entries(printed), own=_entries(part))  # fmt: skip
        elif not drawn.arrangements[part.id] and answers.kind_of(part.kind).arrange is not None:
            yield messages.tell("part {part}: the papers show no options, so the kind {kind!r} is not possible",
                                part=part.id, kind=part.kind)  # fmt: skip


def _entries(part: Part) -> str:
    """What a part shows in an order of each variant's own: its named entries, which are sealed by their places."""
    entries = "; ".join(messages.listed(names) for names in part.facts.entries)
    if part.facts.shown:
        return messages.tell("{kind}: {count} of {entries}", kind=part.kind, count=part.facts.shown, entries=entries)
    return messages.tell("{kind}: {entries}", kind=part.kind, entries=entries)


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
            message = messages.tell("the papers show {name}, which now has another value on {changed} of {count} forms",
                                    name=name, changed=changed, count=count)  # fmt: skip
            proposal = messages.tell("marks are given by the new value, which no candidate saw")
            yield Problem("regrade.shown", message, item=item.id, severity="warning", proposal=proposal)
    for part in item.parts:
        possible = answers.kind_of(part.kind).possible(part.answer, again.keys[part.id], count)
        lost = count - int(possible.sum())
        if lost:
            message = messages.tell("part {part}: on {lost} of {count} forms the new key cannot be told from a "
                                    "mistake, or is not a number", part=part.id, lost=lost, count=count)  # fmt: skip
            yield Problem("regrade.key", message, item=item.id, severity="warning")


def _differ(old: Array, new: Array) -> int:
    if old.shape != new.shape:
        return len(old)
    return int((old != new).reshape(len(old), -1).any(axis=1).sum())

