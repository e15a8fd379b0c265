"""Every expression of an item that is computed or compared, with its place."""

from __future__ import annotations

from collections.abc import Iterator

from qbank.algebra import Expression
from qbank.answers import Key
from qbank.bank import prose
from qbank.bank.item import Item


def expressions(item: Item) -> Iterator[tuple[tuple[str | int, ...], Expression, Key | None]]:
    """What is computed or compared, with its path; beside a condition of what is carried, the key that it is of."""
    for number, condition in enumerate(item.require):
        yield ("require", number), condition, None
    for name in item.order:
        yield ("derive", name), item.derive[name].value, None
    for place, text in prose.told(item):
        yield from (((*place, number, "when"), when, None) for number, when in text.conditions())
    keys = {part.id: part.facts.keys for part in item.parts}
    for number, part in enumerate(item.parts):
        path = ("parts", number)
        yield from (((*path, "answer"), expression, None) for expression in part.facts.right)
        for mistake in part.facts.mistakes:
            if mistake.when is not None:
                yield (*path, "answer", "mistakes", mistake.name, "when"), mistake.when, None
        for name, line in part.steps.items():
            if line.when is not None:
                yield (*path, "steps", name, "when"), line.when, None
        if part.carry_if is not None:
            for key in (key for earlier in part.follows for key in keys.get(earlier, ())[:1]):
                yield (*path, "carry_if"), part.carry_if, key
