"""Whether every part of an item is asked once and can be marked, and its trials name what there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qbank import answers, messages, registry
from qbank.bank import scheme
from qbank.bank._defined import Finding
from qbank.bank.item import Item, Part
from qbank.model import LANGS, duplicates

MOST_IN_ANY_ORDER = 6
"""Blanks in any order: every assignment is tried, and there are n! of them."""


def parts(item: Item) -> Iterator[Finding]:
    """Parts that are asked nowhere, or twice, or follow what cannot be carried; blanks in any order."""
    for name, count in duplicates(part.id for part in item.parts).items():
        yield ("parts",), messages.tell("{number} parts have the id {name!r}", number=count, name=name)
    for lang in item.languages:
        for name, count in duplicates(item.blank_parts(lang)).items():
            message = messages.tell("the blank [[{name}]] appears {number} times", name=name, number=count)
            yield ("stem", lang), message
    inline = {lang: set(item.blank_parts(lang)) for lang in LANGS}
    if inline["zh"] != inline["en"]:
        odd = messages.listed(sorted(inline["zh"] ^ inline["en"]))
        yield ("stem",), messages.tell("the blanks differ between the languages: {names}", names=odd)
    earlier: list[str] = []
    for number, part in enumerate(item.parts):
        if part.ask and part.id in inline["zh"]:
            message = messages.tell("part {part!r} is a blank in the stem, and has an ask: as well", part=part.id)
            yield ("parts", number, "ask"), message
        alone = len(item.parts) == 1 and item.stem is not None
        if not part.ask and part.id not in inline["zh"] and not alone and not part.facts.statements:
            message = messages.tell(
                "part {part!r} has no ask:, and [[{part}]] does not appear in the stem", part=part.id
            )
            yield ("parts", number), message
        for path, message in scheme.faults(part):
            yield ("parts", number, *path), message
        for name in part.follows:
            if name not in earlier:
                message = messages.tell("{part!r} is not an earlier part of this item", part=name)
                yield ("parts", number, "follows"), message
                continue
            followed = item.part(name)
            if answers.kind_of(followed.kind).value is None or not followed.facts.carried:
                message = messages.tell("part {part!r} is of kind {kind}; only numbers can be carried forward",
                                        part=name, kind=followed.kind)  # fmt: skip
                yield ("parts", number, "follows"), message
                continue
            for key in followed.facts.carried:
                if key not in item.derive:
                    message = messages.tell(
                        "the key of part {part!r} is {key!r}; give it a name under derive:, so that it can be replaced",
                        part=name, key=key,
                    )  # fmt: skip
                    yield ("parts", number, "follows"), message
        earlier.append(part.id)
    for name in item.any_order:
        if name not in inline["zh"]:
            yield ("any_order",), messages.tell("{name!r} is not a blank in the stem", name=name)
    for name, count in duplicates(item.any_order).items():
        yield ("any_order",), messages.tell("{name!r} appears {number} times", name=name, number=count)
    kinds = {part.kind for part in item.parts if part.id in item.any_order}
    if len(kinds) > 1:
        message = messages.tell("blanks in any order must be of one kind, not of {kinds}",
                                kinds=messages.listed(sorted(kinds)))  # fmt: skip
        yield ("any_order",), message
    if len(item.any_order) > MOST_IN_ANY_ORDER:
        message = messages.tell("at most {most} blanks may be filled in any order", most=MOST_IN_ANY_ORDER)
        yield ("any_order",), message


def trials(item: Item) -> Iterator[Finding]:
    """Trials that name parameters, parts or entries that the item does not have."""
    known = [part.id for part in item.parts]
    for number, trial in enumerate(item.trials):
        for name in trial.given:
            if name not in item.parameters:
                unknown = registry.unknown(name, item.parameters)
                yield ("trials", number), messages.tell("given: the parameter {unknown}", unknown=unknown)
        for name in trial.answers:
            if name not in known:
                unknown = registry.unknown(name, known)
                yield ("trials", number), messages.tell("answers: the part {unknown}", unknown=unknown)
        for name, answer in trial.named.items():
            if name in known:
                for message in _misnamed(item.part(name), answer):
                    yield ("trials", number, "answers", name), message


def _misnamed(part: Part, answer: answers.Named) -> Iterator[str]:
    """What is wrong with the names of entries that are to be an answer to a part."""
    groups = part.facts.entries if answers.kind_of(part.kind).named else ()
    given = (tuple(answer), tuple(answer.values())) if isinstance(answer, Mapping) else (answer,)
    if len(given) != len(groups):
        if not groups:
            yield messages.tell("an answer of kind {kind} is text as a candidate writes it", kind=part.kind)
        elif len(groups) == 1:
            yield messages.tell(
                "an answer of kind {kind} is text as a candidate writes it, or [NAME, NAME]", kind=part.kind
            )
        else:
            yield messages.tell(
                "an answer of kind {kind} is text as a candidate writes it, or {{NAME: NAME}}", kind=part.kind
            )
        return
    for names, known in zip(given, groups, strict=True):
        yield from (registry.unknown(name, known) for name in names if name not in known)
