"""What a key depends on and the question does not show, on all variants or on those that show the same passages.

A name is seen as a whole, `x`, or by its entries, `x[0]`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qbank import variants
from qbank.algebra import Expression
from qbank.algebra.tree import Conditional, Index, Name, Node, Number, Slice, Unary, children
from qbank.bank import prose, visible
from qbank.bank.item import Item, Part
from qbank.bank.passages import Passage
from qbank.model import Column
from qbank.variants import Variants


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What a candidate sees on some variants: names and entries, and the values of these variants."""

    seen: frozenset[str]
    columns: Mapping[str, Column]
    rows: NDArray[np.intp]
    whole: bool
    """Whether these are all variants."""


def looks(item: Item, drawn: Variants) -> Iterator[Look]:
    """The variants by the passages that appear on them: one group where nothing depends on the variant."""
    asked = [text for path, text in prose.told(item) if path[0] != "solution"]
    conditional = [passage for text in asked for passage in text.all if passage.when is not None]
    if not conditional:
        yield Look(visible.shown(item), drawn.columns, np.arange(len(drawn)), whole=True)
        return
    conditions = [passage.when for passage in conditional if passage.when is not None]
    masks = np.stack([variants.holds(item, when, drawn.columns, len(drawn)) for when in conditions], axis=1)
    patterns, which = np.unique(masks, axis=0, return_inverse=True)
    for number, pattern in enumerate(patterns):
        rows = np.flatnonzero(which.reshape(-1) == number)
        hidden = {id(passage) for passage, there in zip(conditional, pattern, strict=True) if not there}

        def appears(passage: Passage, hidden: set[int] = hidden) -> bool:
            return id(passage) not in hidden

        columns = {name: column.take(rows) for name, column in drawn.columns.items()}
        yield Look(visible.shown(item, appears), columns, rows, whole=len(patterns) == 1)


def needed(item: Item, part: Part, look: Look) -> frozenset[str]:
    """The parameters that a part's key depends on by ways that show nothing; a shown name hides what it is made of.

    A formula that is asked for in letters depends on no value.
    """
    if part.facts.in_letters:
        return frozenset()
    waiting = {use for expression in part.facts.right for use in _uses(item, expression, look)}
    found: set[str] = set()
    done: set[str] = set()
    while waiting:
        use = waiting.pop()
        name = use.partition("[")[0]
        if use in done or use in look.seen or name in look.seen:
            continue
        done.add(use)
        if name in item.derive:
            waiting |= _uses(item, item.derive[name].value, look)
        elif name in item.parameters:
            found.add(name)
    return frozenset(found)


def _uses(item: Item, expression: Expression, look: Look) -> set[str]:
    """The names of an expression and the entries of vectors, as texts show them.

    Where the variants of a look all take one branch of a conditional, the other counts for nothing.
    """
    found: set[str] = set()
    waiting: list[Node] = [expression.root]
    while waiting:
        node = waiting.pop()
        match node:
            case Name(name=name):
                found.add(name)
            case Index(value=Name(name=name), places=places) if (entry := _entry(name, places)) is not None:
                found.add(entry)
                waiting += [place for place in places if isinstance(place, Name)]
            case Conditional(test=test, yes=yes, no=no) if not look.whole:
                holds = variants.holds(item, Expression("a condition", test), look.columns, len(look.rows))
                waiting += [yes] if holds.all() else [test, yes, no] if holds.any() else [no]
            case _:
                waiting += children(node)
    return found


def _entry(name: str, places: tuple[Node | Slice, ...]) -> str | None:
    """An entry as a text names it: `x[0]`, `W[1, k]`; None for another index."""
    said: list[str] = []
    for place in places:
        match place:
            case Name(name=index):
                said.append(index)
            case Number(value=value) if value == int(value):
                said.append(str(int(value)))
            case Unary(operator="-", operand=Number(value=value)) if value == int(value):
                said.append(str(-int(value)))
            case _:
                return None
    return f"{name}[{', '.join(said)}]"
