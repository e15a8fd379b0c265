"""What an ordering says to pages, reports and checks."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from itertools import chain

import numpy as np

from qbank import markup, waist
from qbank.answers import Named
from qbank.answers._readings import letter, plainly, quoted
from qbank.answers.ordering.marks import Spec
from qbank.model import Array, Columns, Lang, Printed, Rules


def show(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> Printed:
    """c a b d"""
    text = told(key["ranks"][row])
    return Printed(text, quoted(text), text, quoted(text))


def accepted(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> str:
    """The texts in order; those that may change places are in brackets."""
    steps = []
    for group in spec.groups:
        told = ", ".join(plainly(spec.items[name], lang) for name in group)
        steps.append(f"{{{told}}}" if len(group) > 1 else told)
    return " → ".join(steps)


def interaction(spec: Spec, arrangement: Columns, row: int, lang: Lang) -> waist.Pairing:
    """The items in the order of the variant, to be put in order."""
    items = list(spec.items.values())
    return waist.Pairing((), tuple(markup.read(items[place][lang]) for place in arrangement["order"][row].tolist()))


def named(spec: Spec, arrangement: Columns, row: int, names: Named) -> str:
    """The letters of some items in the order of their names."""
    order, places = arrangement["order"][row].tolist(), list(spec.items)
    return " ".join(letter(order.index(places.index(name))).lower() for name in names)


def scoring(spec: Spec, key: Columns, arrangement: Columns, row: int, rules: Rules) -> waist.Orders:
    """The step of the item at each letter."""
    return waist.Orders(tuple(key["ranks"][row].tolist()), run=spec.credit == "run")


def spellings(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[str]:
    """With and without something between, in capitals, full width; and with items that may change places changed."""
    signs = _signs(key["ranks"][row])
    swapped = _signs(key["ranks"][row], backwards=True)
    return [
        " ".join(signs), "".join(signs), ",".join(signs), "→".join(signs), "".join(signs).upper(), "-".join(signs),
        "".join(chr(ord(sign) + 0xFEE0) for sign in signs), "、".join(signs), " -> ".join(signs), "".join(swapped),
    ]  # fmt: skip


def wrong(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[tuple[str, str]]:
    """The order backwards, and only a part of it."""
    signs = _signs(key["ranks"][row])
    found = [(signs[0], "ordering.wrong")]
    found += [("".join(signs[::-1]), "ordering.wrong")] if len(spec.groups) == len(signs) else []
    if len(signs) > 2:
        found.append(("".join(signs[:-1]), "ordering.partial" if spec.credit == "run" else "ordering.wrong"))
    return found


def unreadable(spec: Spec) -> list[str]:
    """A letter twice, a letter of no item, words."""
    return ["aa", "aba", "Ω", "不知道", "a?", "a<b"]


def _signs(ranks: Array, *, backwards: bool = False) -> list[str]:
    """The letters in a right order; items that may change places in the order of their letters, or backwards."""
    groups = [np.flatnonzero(ranks == rank).tolist() for rank in range(int(ranks.max()) + 1)]
    places = chain.from_iterable(group[::-1] if backwards else group for group in groups)
    return [letter(place).lower() for place in places]


def told(ranks: Array) -> str:
    """An order as letters."""
    return " ".join(_signs(ranks))
