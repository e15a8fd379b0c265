"""What labels print as: the text of the sheet's language, or the label itself where it has none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from qbank import algebra, domains, markup
from qbank.algebra.tree import Conditional, Label, Name
from qbank.model import Bilingual, Inline, Lang, Maths, Printed, Text

if TYPE_CHECKING:
    from qbank.bank.item import Item


def of(item: Item, name: str) -> Mapping[str, Bilingual]:
    """The texts of the labels that a name may be: its own, else those of the names that it is computed from."""
    found: dict[str, Bilingual] = {}
    for each in _behind(item, name):
        if each in item.parameters:
            domain = domains.table(item.parameters[each])
            found |= zip(domain.labels, domain.words, strict=False)
        elif (table := item.derive[each].labels) is not None:
            found |= zip(table.words, table.texts, strict=False)
    return found


def _behind(item: Item, name: str) -> Iterator[str]:
    """The name, and where it has no table of labels, those that it is computed from; each once, even in a circle."""
    waiting, done = [name], set()
    while waiting:
        each = waiting.pop()
        if each in done or each not in {*item.parameters, *item.derive}:
            continue
        done.add(each)
        yield each
        if each in item.derive and item.derive[each].labels is None:
            waiting += sorted(algebra.names(item.derive[each].value))


def labels(item: Item, name: str) -> tuple[str, ...]:
    """The labels that a parameter, or a derived value with a table of them, may be."""
    if name in item.parameters:
        return domains.table(item.parameters[name]).labels
    table = item.derive[name].labels if name in item.derive else None
    return table.words if table else ()


def is_label(item: Item, name: str) -> bool:
    """Whether a name is a label: a parameter or a derived value with labels, or a choice between labels."""
    done: set[str] = set()
    while name not in done and name in item.derive and not labels(item, name):
        done.add(name)
        node = item.derive[name].value.root
        while isinstance(node, Conditional):
            node = node.yes
        if isinstance(node, Label):
            return True
        name = node.name if isinstance(node, Name) else ""
    return bool(labels(item, name))


def as_used(item: Item, name: str) -> bool:
    """Whether a name prints as used: a parameter, a value with `shown:`, a label, the digits of a whole number."""
    if name in item.parameters:
        return True
    rule = item.derive[name]
    return rule.shown is not None or rule.value.base != 10 or is_label(item, name)


def text(label: str, texts: Mapping[str, Bilingual], lang: Lang) -> str:
    """What one label prints as, with the author's mark-up."""
    return texts[label][lang] if label in texts else _literal(label)


def _literal(label: str) -> str:
    """A label as a text in which nothing is mark-up."""
    return "".join(f"\\{sign}" if sign in "\\$*`{[|" else sign for sign in label)


def show(written: Sequence[str]) -> Printed:
    """One label as a page shows it, or several one after another."""
    return _shown(tuple(written))


@lru_cache(maxsize=1 << 12)
def _shown(written: tuple[str, ...]) -> Printed:
    inlines: list[Inline] = []
    for place, each in enumerate(written):
        inlines += [Text(", ")] if place else []
        inlines += markup.line(each)
    said = markup.plain_line(tuple(inlines))
    texes = (each.tex if isinstance(each, Maths) else algebra.words(markup.plain_line((each,))) for each in inlines)
    tex = "".join(texes)
    if all(isinstance(each, Text) for each in inlines):
        return Printed(said, algebra.words(said), said, algebra.words(said))
    return Printed(said, tex, said, tex, inlines=tuple(inlines))
