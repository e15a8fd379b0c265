"""Which of an item's names a candidate sees, and which a key needs."""

from __future__ import annotations

import re
from typing import Any

from qbank import algebra, answers, markup
from qbank.algebra import Expression
from qbank.bank.item import Item, Part
from qbank.bank.visible import asked, named, visible, within
from qbank.model import LANGS

__all__ = ["asked", "keys", "named", "needed", "used", "visible"]


def keys(part: Part) -> list[Expression]:
    """The expressions that decide what is right in a part; mistakes apart."""
    spec: Any = part.answer
    mistakes = getattr(spec, "mistakes", {}).values()
    wrong = [getattr(mistake, field, None) for mistake in mistakes for field in ("value", "when")]
    wrong += [each for mistake in mistakes for each in getattr(mistake, "expressions", ())]
    return [each for each in answers.kind_of(part.kind).expressions(spec) if not any(each is other for other in wrong)]


def needed(item: Item, part: Part) -> frozenset[str]:
    """The parameters that a part's key depends on by ways that show nothing; a shown name hides what it is made of.

    A formula that is asked for in letters depends on no value.
    """
    if getattr(part.answer, "in_letters", False):
        return frozenset()
    seen = visible(item)
    waiting = {name for expression in keys(part) for name in algebra.names(expression)}
    found: set[str] = set()
    done: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in done or name in seen:
            continue
        done.add(name)
        if name in item.derive:
            waiting |= algebra.names(item.derive[name].value)
        elif name in item.parameters:
            found.add(name)
    return frozenset(found)


def used(item: Item) -> frozenset[str]:
    """Every name that anything at all in the item uses, the stem apart: require, keys, mistakes, witnesses, figures."""
    names: set[str] = set()
    for condition in item.require:
        names |= algebra.names(condition)
    for figure in item.figures.values():
        names |= set(figure.values.values()) | ({figure.by} if figure.by else set())
        names |= set(re.findall(r"\w+", str(figure)))
    for part in item.parts:
        for expression in answers.kind_of(part.kind).expressions(part.answer):
            names |= algebra.names(expression)
        if part.carry_if is not None:
            names |= algebra.names(part.carry_if)
        if part.witness:
            names |= set(re.findall(r"\w+", str(part.witness)))
        for text in within(part.answer):
            names |= named(text)
    if item.solution:
        for lang in LANGS:
            rich = markup.read(item.solution[lang])
            names |= markup.names(rich) | set(markup.derivations(rich))
    for name in reversed(item.order):  # what a used name is derived from is used
        if name in names or name in visible(item):
            names |= algebra.names(item.derive[name].value)
    return frozenset(names)
