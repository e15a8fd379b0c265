"""Items for other systems: concrete variants of the bank's items, or those that an exam's papers print."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from qbank import variants
from qbank.bank.item import Item
from qbank.circuits import Circuit
from qbank.model import Lang
from qbank.papers import _mixed, questions
from qbank.papers.exam import Exam, Placed, Section
from qbank.sheets import Items, Pool, Variant


def pools(
    chosen: Sequence[Item], circuits: Mapping[str, Circuit], *, seed: str, count: int, lang: Lang
) -> Iterator[Pool]:
    """Each item in so many variants, fewer where there are no more; the same seed gives the same ones.

    Their codes (`7KQ2M4-3`) are pure functions of the seed, the item and the seat, and name neither. Raises Refused
    for an item without a variant.
    """
    marked = codes([item.id for item in chosen], seed)
    for item in chosen:
        drawn = variants.make(item, seed, np.arange(count))
        marks = tuple(part.marks for part in item.parts)
        made = (Variant(f"{marked[item.id]}-{row + 1}", questions.worked(drawn, row, lang, circuits, 1, marks))
                for row in range(count))  # fmt: skip
        yield _pool(item, lang, made)


def items(exam: Exam, lang: Lang) -> Items:
    """Every item of an exam with the values of its forms, in the order of the paper.

    The code is that of the form and the number of the question on it, with a check: `A-7-K3Q`.
    """
    found = []
    for section, placed in exam.placed():
        made = (exported(exam, form, section, placed, lang, _mixed.code(exam, form, placed))
                for form, _ in exam.printed())  # fmt: skip
        found.append(_pool(placed.item, lang, made))
    return Items(lang, exam.title[lang], tuple(found))


def exported(exam: Exam, form: int, section: Section, placed: Placed, lang: Lang, code: str) -> Variant:
    """A question of an exam as another system is given it, with the values of a form, under a code."""
    drawn = exam.drawn[placed.item.id]
    return Variant(code, questions.worked(
        drawn, form, lang, exam.circuits, placed.number, placed.marks, section.rules))  # fmt: skip


def codes(names: Sequence[str], seed: str) -> dict[str, str]:
    """A short code for each item, as long as it takes for no two to be alike.

    >>> codes(["opamp.gain", "opamp.offset"], "s")
    {'opamp.gain': 'V4TGOZ', 'opamp.offset': 'X36IDW'}
    """
    whole = {name: base64.b32encode(hashlib.sha256(f"{seed}\0{name}".encode()).digest()).decode() for name in names}
    length = next(size for size in range(6, 57) if len({code[:size] for code in whole.values()}) == len(whole))
    return {name: code[:length] for name, code in whole.items()}


def _pool(item: Item, lang: Lang, made: Iterator[Variant]) -> Pool:
    """The variants that differ in what a candidate sees, each under its first code."""
    found: dict[object, Variant] = {}
    for each in made:
        asked = each.worked.question
        found.setdefault((*asked.parts, asked.stem), each)
    return Pool(item.id, item.title[lang], item.topic, tuple(found.values()))
