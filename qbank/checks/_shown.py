"""Which of an item's names a candidate sees, and which a key needs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qbank import algebra, markup
from qbank.algebra import Expression
from qbank.bank import prose
from qbank.bank.item import Item, Part
from qbank.bank.visible import asked, named, printed, visible
from qbank.model import LANGS

__all__ = ["asked", "behind", "keys", "named", "printed", "used", "visible"]


def keys(part: Part) -> list[Expression]:
    """The expressions that decide what is right in a part; mistakes apart."""
    return list(part.facts.right)


def worked(item: Item) -> frozenset[str]:
    """The names whose values the steps and the solution print; where there are none, a line for each derived value."""
    texts = [line.passages for part in item.parts for line in part.steps.values()]
    texts += [item.solution] if item.solution else []
    if not texts:
        return frozenset(item.derive)
    return frozenset().union(*(
        markup.names(rich) | set(markup.derivations(rich))
        for rich in (markup.read(text[lang]) for text in texts for lang in LANGS)
    ))  # fmt: skip


def behind(item: Item, names: Iterable[str]) -> frozenset[str]:
    """The names, and every name that they are made of."""
    found = set(names)
    for name in reversed(item.order):
        if name in found:
            found |= algebra.names(item.derive[name].value)
    return frozenset(found)


def used(item: Item) -> frozenset[str]:
    """Every name that anything at all in the item uses: texts, require, keys, mistakes, witnesses, figures, trials."""
    names: set[str] = set()
    for condition in item.require:
        names |= algebra.names(condition)
    for file in item.files.values():
        for column in file.columns.values():
            names |= algebra.names(column.value)
    for figure in item.figures.values():
        names |= figure.uses
        names |= set(re.findall(r"\w+", str(figure)))
    for part in item.parts:
        for expression in part.facts.expressions:
            names |= algebra.names(expression)
        if part.carry_if is not None:
            names |= algebra.names(part.carry_if)
        for line in part.steps.values():
            names |= algebra.names(line.when) if line.when else frozenset()
        if part.witness:
            names |= set(re.findall(r"\w+", str(part.witness)))
    for _, passages in prose.told(item):
        names |= {name for _, when in passages.conditions() for name in algebra.names(when)}
    for _, text in prose.texts(item):
        for lang in LANGS:
            rich = markup.read(text[lang])
            names |= markup.names(rich) | set(markup.derivations(rich))
    return behind(item, names)
