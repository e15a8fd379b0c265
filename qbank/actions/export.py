"""Write items for another system: the bank's in several variants, or an exam's with the values of its papers."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qbank import papers
from qbank.actions.grade import open_exam
from qbank.actions.make_paper import Watch, named, quietly
from qbank.bank import Bank
from qbank.model import Lang, Problem, Refused
from qbank.sheets import Items

if TYPE_CHECKING:
    from qbank.outputs import Output, Written

VARIANTS = 20
"""The variants of each item, unless asked otherwise."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and what it was written of; `seed` draws the same variants again (empty for an exam)."""

    written: Written
    items: Items
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

    Where `source` is the folder of a sealed exam, its items with the values that its papers print. Without a seed a
    secret one is drawn: who knows it can draw the keys. Raises Refused for an output that takes no items, an unknown
    name, and with `strict` for everything that the output cannot hold.
    """
    output = suited(tag)
    if isinstance(source, Path):
        items, seed = papers.items(open_exam(source), lang), ""
    else:
        seed = secrets.token_hex(8) if seed is None else seed
        chosen = source.select(names)
        made = papers.pools(chosen, source.circuits, seed=seed, count=count, lang=lang)
        items = Items(lang, title, tuple(watch(made, len(chosen), "items")))
    assert output.items is not None
    written = output.items(items)
    if strict and written.losses:
        raise Refused(*(Problem("export.loss", f"{loss.part}: {loss.what}" if loss.part else loss.what, item=loss.item)
                        for loss in written.losses))
    return Exported(written, items, seed)


def suited(tag: str) -> Output:
    """The output of that tag, which takes items. Raises Refused for any other."""
    from qbank import outputs

    output = named([tag])[tag]
    if output.items is None:
        *first, last = [name if name == "keys" else f"{name}s" for name in output.takes]
        taken = f"{', '.join(first)} and {last}" if first else last
        able = ", ".join(outputs.tags(taking="items"))
        raise Refused(f"{tag} takes {taken}, not items; write them with qbank paper --also {tag}, or export {able}")
    return output
