"""Write items or marks for another system: the bank's items in several variants, an exam's as its papers print them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qbank import messages, papers
from qbank.actions import _targets, marks
from qbank.actions._watching import Watch, quietly
from qbank.actions.grade import open_exam
from qbank.actions.marks import Rule
from qbank.bank import Bank
from qbank.bank.item import Item
from qbank.grading import Summary
from qbank.model import Lang, Problem, Refused
from qbank.records import only
from qbank.sheets import Items

if TYPE_CHECKING:
    from qbank.outputs import Loss, Written

AS_THEY_ARE = Rule()
VARIANTS = 20
"""The variants of each item, unless asked otherwise."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and what it was written of: items or the marks of an exam.

    `suffix` ends the name of such files; `seed` draws the same variants again (empty for an exam).
    """

    written: Written
    source: Items | Summary
    suffix: str
    seed: str = ""

    @property
    def counted(self) -> str:
        """What one of those is called that are counted: a question or a candidate."""
        return "question" if isinstance(self.source, Items) else "candidate"

    def report(self, tag: str) -> bytes:
        """Everything that the output of that tag does not hold, as JSON."""
        pools = {"items": len(self.source.pools)} if isinstance(self.source, Items) else {}
        return self.written.report(tag, f"{self.counted}s", **pools)


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
    rule: Rule = AS_THEY_ARE,
    watch: Watch = quietly,
) -> Exported:
    """The items or topics named (all, when none is) as the output of that tag writes them, `count` variants each.

    Where `source` is the folder of a sealed exam, its items with the values that its papers print, or its marks, as the
    output takes them, by the `rule`. Without a seed a secret one is drawn: who knows it can draw the keys. Raises
    Refused for an output that takes neither items nor marks, marks of what is not a graded exam, an unknown name, an
    item that is named and does not have the language, and with `strict` for everything that the output cannot hold.
    """
    output = _targets.exported(tag)
    if output.totals is not None:
        if not isinstance(source, Path):
            raise Refused(_targets.of_marks(tag))
        finals = marks.finals([source], rule, watch=watch)
        (summary,) = finals.exams.values()
        done = Exported(output.totals(summary, finals.final, lang), summary, output.suffix)
    else:
        chosen, apart = _chosen(source, tuple(names), lang) if not isinstance(source, Path) else ((), ())
        items, seed = _items(source, chosen, count, lang, seed, title, watch)
        assert output.items is not None
        written = output.items(items)
        written = replace(written, losses=(*apart, *written.losses))
        done = Exported(written, items, output.suffix, seed)
    if strict:
        _targets.complete(done.written.losses)
    return done


def _chosen(source: Bank, names: Sequence[str], lang: Lang) -> tuple[tuple[Item, ...], tuple[Loss, ...]]:
    """The items that are meant, and those among them that are left out: not ready, or without the language.

    An item that is named by its id is written whatever its status; without the language it is refused.
    """
    from qbank.outputs import Loss

    chosen: list[Item] = []
    apart: list[Loss] = []
    for item in source.select(names):
        lacks, unready = lang not in item.languages, item.status != "ready" and item.id not in names
        if lacks and item.id in names:
            raise Refused(Problem("export.language", messages.tell("is {languages}", languages=only(item.languages)),
                                  item=item.id, proposal=messages.tell("export it with --lang {lang}",
                                                                       lang=item.languages[0])))  # fmt: skip
        if lacks or unready:
            apart.append(Loss(item.id, "", _left_out(item, lacks=lacks, unready=unready)))
        else:
            chosen.append(item)
    return tuple(chosen), tuple(apart)


def _left_out(item: Item, *, lacks: bool, unready: bool) -> str:
    """Why an item is not among those that are exported."""
    if lacks and unready:
        return messages.tell("left out: it is {languages} and has the status {status}", languages=only(item.languages),
                             status=item.status)  # fmt: skip
    if lacks:
        return messages.tell("left out: it is {languages}", languages=only(item.languages))
    return messages.tell("left out: it has the status {status}", status=item.status)


def _items(
    source: Bank | Path, chosen: Sequence[Item], count: int, lang: Lang, seed: str | None, title: str, watch: Watch
) -> tuple[Items, str]:
    """The items to be written, and the seed that drew them."""
    if isinstance(source, Path):
        return papers.items(open_exam(source), lang), ""
    seed = secrets.token_hex(8) if seed is None else seed
    made = papers.pools(chosen, source.circuits, seed=seed, count=count, lang=lang)
    return Items(lang, title, tuple(watch(made, len(chosen), messages.tell("items")))), seed
