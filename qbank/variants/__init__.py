"""From an item and seats to variants: draw the parameters, keep what the item requires, derive, bind the keys.

A variant is a row. Where the parameters' domains have at most 2^18 combinations, the feasible ones are counted once;
beyond that, seats walk through a permutation of them until they fit. Neighbouring seats get different ones either way.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from qbank import domains, messages
from qbank.bank.item import Item
from qbank.draws import Chance
from qbank.model import Column, Problem, Refused
from qbank.variants._alike import CLOSE
from qbank.variants._apart import fresh, seen
from qbank.variants._feasible import Hindrance, hindrances
from qbank.variants._none import reasons
from qbank.variants._one import one
from qbank.variants._passages import appearing, holds
from qbank.variants._printing import as_printed, exact, printed, show, unit_of
from qbank.variants._scheme import scheme
from qbank.variants._showing import showing
from qbank.variants._space import BATCH, Space, bound, everywhere, hindered, regardless, space
from qbank.variants._tables import table
from qbank.variants._trying import looked_at
from qbank.variants._values import Scope, Variants, bind, derived, printable, unprintable

__all__ = [
    "BATCH", "CLOSE", "Hindrance", "Scope", "Space", "Variants", "apart", "appearing", "as_printed", "bind", "derived",
    "everywhere", "exact", "fresh", "given", "hindered", "holds", "make", "one", "printable", "printed", "regardless",
    "scheme", "seen", "show", "space", "table", "unit_of", "unprintable",
]  # fmt: skip

AGAIN = 64
"""How often the seats of a paper, and of those before it, are tried for values that nobody has seen."""
TRIED = 1000
"""The seats whose values are tried for the parameters that a trial leaves open."""


def make(item: Item, seed: str, seats: ArrayLike) -> Variants:
    """The variants of an item for the given seats.

    Raises Refused when no combination can be drawn; the problem names what takes the last of them.
    """
    return space(item).draw(seed, seats)


def apart(item: Item, seed: str, seats: ArrayLike, earlier: Sequence[Variants]) -> Variants | None:
    """The variants of the given seats (n,) that print other values than all earlier ones; None where there is none.

    Neighbouring seats get different ones as long as there are any.
    """
    wanted, everything = np.asarray(seats, dtype=np.int64), space(item)
    if not earlier:
        return everything.draw(seed, wanted)
    if not seen(item):
        return None
    many = len(wanted) + sum(map(len, earlier))
    most = many * AGAIN if everything.feasible is None else len(everything.feasible)
    while True:
        tried = everything.draw(seed, np.arange(min(many, most)))
        found = np.flatnonzero(fresh(item, tried, earlier))
        if len(found) > (wanted.max() if len(wanted) else 0) or many >= most:
            break
        many *= 4
    return tried.take(found[wanted % len(found)]) if len(found) else None


def given(item: Item, values: Mapping[str, str], options: Mapping[str, Collection[str]] | None = None) -> Variants:
    """The one variant with the given parameter values (texts as an author writes them).

    The others are those of the first of some drawn seats with which the requirements are met; `options` are those that
    it has to show, by name, for each part that shows some of its options.
    Raises Refused when a value is not in its parameter's domain, the requirements are not met, or none shows these.
    """
    tables = {name: domains.table(spec) for name, spec in item.parameters.items()}
    missing = [name for name in tables if name not in values]
    tried = np.arange(TRIED if missing else 1, dtype=np.int64)
    drawn = make(item, "trial", tried).columns if missing else {}
    columns: dict[str, Column] = {}
    for name, domain in tables.items():
        if name in values:
            try:
                columns[name] = domains.column(domain, values[name]).take(np.zeros(len(tried), dtype=np.int64))
            except ValueError as error:
                message = messages.tell("{name}: {error}", name=name, error=error)
                raise Refused(Problem("trial.given", message, item=item.id)) from error
        else:
            columns[name] = drawn[name]
    fit, columns, _ = looked_at(item, columns, tried)
    fits = np.flatnonzero(fit)
    if not len(fits):
        message = messages.tell(
            "{values} cannot be drawn: {why}",
            values=messages.listed(f"{name} = {value}" for name, value in values.items()),
            why=reasons(one.message for one in hindrances(item, columns, tried)),
        )  # fmt: skip
        raise Refused(Problem("trial.given", message, item=item.id))
    first = {name: column.take(fits[:1]) for name, column in columns.items()}
    arrangements = showing(item, first, Chance("trial", item.id), options or {})
    return Variants(item, np.zeros(1, dtype=np.int64), first, arrangements, bound(item, first, arrangements, 1, {}))
