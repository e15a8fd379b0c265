"""What an item defines, and whether its expressions use anything else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from qbank import algebra, messages, registry
from qbank.bank import words
from qbank.bank.item import Item

Finding: TypeAlias = tuple[tuple[str | int, ...], str]
"""A path in an item, and what is wrong there."""


def names(item: Item) -> tuple[str, ...]:
    """Every name that an item defines: its parameters, then its derived values."""
    return (*item.parameters, *item.derive)


def definitions(item: Item) -> Iterator[Finding]:
    """Names that mean something else, and derived values in a circle."""
    for name in item.derive:
        if name in item.parameters:
            yield ("derive", name), messages.tell("{name!r} is already a parameter", name=name)
    for kind, defined in (("parameters", item.parameters), ("derive", item.derive)):
        for name in defined:
            if not algebra.is_name(name):
                message = messages.tell("{name!r} has a meaning in every expression; choose another name", name=name)
                yield (kind, name), message
    try:
        item.order  # noqa: B018 - the property finds a circle
    except ValueError as error:
        yield ("derive",), str(error)


def unknown(used: Iterable[str], item: Item) -> Iterator[str]:
    """What to say of the names that an item uses and does not define."""
    known = names(item)
    for name in sorted(set(used) - set(known)):
        if any(name in words.labels(item, each) for each in known):
            yield messages.tell("{name!r} is a label; write it in quotes, as in case == '{name}'", name=name)
        elif guess := registry.nearest(name, known):
            yield messages.tell("{name!r} is not defined; did you mean {guess!r}?", name=name, guess=guess)
        elif known:
            listing = messages.listed(known)
            yield messages.tell("{name!r} is not defined; this item has {names}", name=name, names=listing)
        else:
            yield messages.tell("{name!r} is not defined", name=name)


def labels(item: Item) -> Iterator[Finding]:
    """Derived labels that could print as either of two texts."""
    for name, rule in item.derive.items():
        if rule.labels is None and words.is_label(item, name):
            tables = [words.of(item, each) for each in sorted(algebra.names(rule.value))]
            for label in sorted({label for table in tables for label in table}):
                if len({table[label] for table in tables if label in table}) > 1:
                    message = messages.tell(
                        "the label {label!r} has two texts; give {name} labels: of its own", label=label, name=name
                    )
                    yield ("derive", name), message


def expressions(item: Item) -> Iterator[Finding]:
    """Expressions with names that are not defined."""
    for number, condition in enumerate(item.require):
        for message in unknown(algebra.names(condition), item):
            yield ("require", number), message
    for name, derived in item.derive.items():
        for message in unknown(algebra.names(derived.value), item):
            yield ("derive", name), message
    for number, instead in enumerate(item.approximations):
        for name, formula in instead.items():
            if name not in item.derive:
                told = registry.unknown(name, item.derive)
                message = messages.tell("the derived value {unknown}", unknown=told)
                yield ("approximations", number), message
            for message in unknown(algebra.names(formula), item):
                yield ("approximations", number, name), message
    for name, file in item.files.items():
        for heading, column in file.columns.items():
            for message in unknown(algebra.names(column.value), item):
                yield ("files", name, "columns", heading), message
    for number, part in enumerate(item.parts):
        for expression in part.facts.expressions:
            for message in unknown(algebra.names(expression), item):
                yield ("parts", number, "answer"), message
        if part.carry_if is not None:
            for message in unknown(algebra.names(part.carry_if) - {"carried", "key"}, item):
                yield ("parts", number, "carry_if"), message
        for name, line in part.steps.items():
            for message in unknown(algebra.names(line.when) if line.when else (), item):
                yield ("parts", number, "steps", name, "when"), message
