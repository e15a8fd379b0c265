"""Write items or marks for another system: the bank's items in several variants, an exam's as its papers print them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qbank import papers
from qbank.actions import _targets
from qbank.actions.grade import grading, open_exam
from qbank.actions.make_paper import Watch, quietly
from qbank.bank import Bank
from qbank.grading import Graded
from qbank.model import Lang, Refused
from qbank.sheets import Items

if TYPE_CHECKING:
    from qbank.outputs import Written

VARIANTS = 20
"""The variants of each item, unless asked otherwise."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and what it was written of: items or the marks of an exam.

    `suffix` ends the name of such files; `seed` draws the same variants again (empty for an exam).
    """

    written: Written
    source: Items | Graded
    suffix: str
    seed: str = ""


def export(
    tag: str,
    source: Bank | Path,
    names: Iterable[str] = (),
    *,
    count: int = VARIANTS,
    lang: Lang = "zh",
    seed: str | None = None,
    title: str = "qbank",
    strict: bool = False,
    watch: Watch = quietly,
) -> Exported:
    """The items or topics named (all, when none is) as the output of that tag writes them, `count` variants each.

    Where `source` is the folder of a sealed exam, its items with the values that its papers print, or its marks, as the
    output takes them. Without a seed a secret one is drawn: who knows it can draw the keys. Raises Refused for an
    output that takes neither items nor marks, marks of what is not a graded exam, an unknown name, and with `strict`
    for everything that the output cannot hold.
    """
    output = _targets.exported(tag)
    if output.graded is not None:
        if not isinstance(source, Path):
            raise Refused(f"{tag} takes the marks of an exam: qbank export {tag} EXAM, once it is graded")
        graded = grading(source).graded
        done = Exported(output.graded(graded, lang), graded, output.suffix)
    else:
        items, seed = _items(source, names, count, lang, seed, title, watch)
        assert output.items is not None
        done = Exported(output.items(items), items, output.suffix, seed)
    if strict:
        _targets.complete(done.written.losses)
    return done


def _items(
    source: Bank | Path, names: Iterable[str], count: int, lang: Lang, seed: str | None, title: str, watch: Watch
) -> tuple[Items, str]:
    """The items to be written, and the seed that drew them."""
    if isinstance(source, Path):
        return papers.items(open_exam(source), lang), ""
    seed = secrets.token_hex(8) if seed is None else seed
    chosen = source.select(names)
    made = papers.pools(chosen, source.circuits, seed=seed, count=count, lang=lang)
    return Items(lang, title, tuple(watch(made, len(chosen), "items"))), seed
