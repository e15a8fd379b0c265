"""What labels print as: the text of the sheet's language, or the label itself where it has none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from qbank import algebra, domains, markup
from qbank.algebra.tree import Conditional, Label, Name, Node
from qbank.model import Bilingual, Inline, Lang, Maths, Printed, Text

if TYPE_CHECKING:
    from qbank.bank.item import Item


def of(item: Item, name: str) -> Mapping[str, Bilingual]:
    """The texts of the labels that a name may be: its own, else those of the names that it is computed from."""
    if name in item.parameters:
        domain = domains.table(item.parameters[name])
        return dict(zip(domain.labels, domain.words, strict=False))
    rule = item.derive[name]
    if rule.labels is not None:
        return dict(zip(rule.labels.words, rule.labels.texts, strict=False))
    return {label: text for each in sorted(algebra.names(rule.value)) for label, text in of(item, each).items()}


def labels(item: Item, name: str) -> tuple[str, ...]:
    """The labels that a parameter, or a derived value with a table of them, may be."""
    if name in item.parameters:
        return domains.table(item.parameters[name]).labels
    table = item.derive[name].labels
    return table.words if table else ()


def is_label(item: Item, name: str) -> bool:
    """Whether a name is a label: a parameter or a derived value that says so, or a choice between labels."""
    if name in item.parameters:
        return bool(domains.table(item.parameters[name]).labels)
    if name not in item.derive or item.derive[name].labels is not None:
        return name in item.derive
    return _gives_label(item, item.derive[name].value.root)


def _gives_label(item: Item, node: Node) -> bool:
    match node:
        case Conditional(yes=yes):
            return _gives_label(item, yes)
        case Name(name=name):
            return is_label(item, name)
        case _:
            return isinstance(node, Label)


def as_used(item: Item, name: str) -> bool:
    """Whether a name prints as it is used: a parameter, what says `shown:`, a label, the digits of a whole number."""
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
