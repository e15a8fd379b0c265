"""What no single field can tell: names that nothing defines, blanks without parts, circles of derived values.

Each finding is (path in the item, message); the reader of the file turns it into a problem with a place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from qbank import algebra, answers, circuits, markup, registry
from qbank.bank.item import Item
from qbank.model import LANGS, Bilingual, duplicates

MOST_IN_ANY_ORDER = 6
"""Blanks in any order: every assignment is tried, and there are n! of them."""

Finding: TypeAlias = tuple[tuple[str | int, ...], str]


def findings(item: Item, library: Mapping[str, circuits.Circuit] | None = None) -> Iterator[Finding]:
    """Everything that does not fit together in one item; circuits are looked up where a library is given."""
    yield from _definitions(item)
    yield from _expressions(item)
    yield from _texts(item)
    yield from _parts(item)
    yield from _trials(item)
    if library is not None:
        yield from _figures(item, library)


def unanswerable(item: Item) -> Iterator[Finding]:
    """Keys that no answer could be compared with; a sealed exam may hold some from before they were refused."""
    for number, part in enumerate(item.parts):
        kind = answers.kind_of(part.kind)
        for message in kind.faults(part.answer) if kind.faults else ():
            yield ("parts", number, "answer", "key"), message


def names(item: Item) -> tuple[str, ...]:
    """Every name that an item defines: its parameters, then its derived values."""
    return (*item.parameters, *item.derive)


def _definitions(item: Item) -> Iterator[Finding]:
    for name in item.derive:
        if name in item.parameters:
            yield ("derive", name), f"{name!r} is a parameter already"
    for kind, defined in (("parameters", item.parameters), ("derive", item.derive)):
        for name in defined:
            if not algebra.is_name(name):
                yield (kind, name), f"{name!r} means something in every expression; choose another name"
    try:
        item.order  # noqa: B018 - the property finds a circle
    except ValueError as error:
        yield ("derive",), str(error)


def _unknown(used: Iterable[str], item: Item) -> Iterator[str]:
    known = names(item)
    for name in sorted(set(used) - set(known)):
        guess = registry.nearest(name, known)
        has = f"; this item has {', '.join(known)}" if known else ""
        yield f"nothing defines {name!r}" + (f"; did you mean {guess!r}?" if guess else has)


def _expressions(item: Item) -> Iterator[Finding]:
    for number, condition in enumerate(item.require):
        for message in _unknown(algebra.names(condition), item):
            yield ("require", number), message
    for name, derived in item.derive.items():
        for message in _unknown(algebra.names(derived.value), item):
            yield ("derive", name), message
    for number, part in enumerate(item.parts):
        for expression in part.facts.expressions:
            for message in _unknown(algebra.names(expression), item):
                yield ("parts", number, "answer"), message
        if part.carry_if is not None:
            for message in _unknown(algebra.names(part.carry_if) - {"carried", "key"}, item):
                yield ("parts", number, "carry_if"), message


def texts(item: Item) -> Iterator[tuple[tuple[str | int, ...], Bilingual]]:
    """Every marked-up text of an item with its path."""
    if item.stem:
        yield ("stem",), item.stem
    for number, part in enumerate(item.parts):
        if part.ask:
            yield ("parts", number, "ask"), part.ask
        for text in part.facts.texts:
            yield ("parts", number, "answer"), text
    if item.solution:
        yield ("solution",), item.solution


def _texts(item: Item) -> Iterator[Finding]:
    parts = {part.id for part in item.parts}
    for path, text in texts(item):
        for lang in LANGS:
            try:
                rich = markup.read(text[lang])
            except markup.MarkupError as error:
                yield (*path, lang), str(error)
                continue
            for message in _unknown(markup.names(rich), item):
                yield (*path, lang), message
            if path != ("solution",):
                for name in sorted(markup.names(rich) & set(item.derive)):
                    if item.derive[name].shown is None and path[-1] != "answer":
                        yield ("derive", name), f"{name} stands in a text: say how it is rounded, with shown: 3"
            for name in markup.figures(rich):
                if path[-1] == "answer":
                    message = f"[[figure {name}]]: a figure stands in the stem, an ask: or the solution, in no option"
                    yield (*path, lang), message
                elif name not in item.figures:
                    yield (*path, lang), f"[[figure {name}]]: {registry.unknown(name, item.figures)}"
            blanks = markup.blanks(rich)
            for name in blanks:
                if path != ("stem",):
                    yield (*path, lang), f"[[{name}]]: blanks stand in the stem"
                elif name not in parts:
                    yield (*path, lang), f"[[{name}]] is no part of this item: {registry.unknown(name, parts)}"
            for name, count in duplicates(blanks).items():
                yield (*path, lang), f"the blank [[{name}]] stands {count} times"


def _parts(item: Item) -> Iterator[Finding]:
    for name, count in duplicates(part.id for part in item.parts).items():
        yield ("parts",), f"{count} parts are called {name!r}"
    inline = {lang: set(item.blank_parts(lang)) for lang in LANGS}
    if inline["zh"] != inline["en"]:
        odd = ", ".join(sorted(inline["zh"] ^ inline["en"]))
        yield ("stem",), f"the blanks differ between the languages: {odd}"
    earlier: list[str] = []
    for number, part in enumerate(item.parts):
        if part.ask and part.id in inline["zh"]:
            yield ("parts", number, "ask"), f"part {part.id!r} is a blank in the stem and asks on its own as well"
        alone = len(item.parts) == 1 and item.stem is not None
        if not part.ask and part.id not in inline["zh"] and not alone and not part.facts.statements:
            yield ("parts", number), f"part {part.id!r} has no ask: and stands nowhere as [[{part.id}]]"
        for name in part.follows:
            if name not in earlier:
                yield ("parts", number, "follows"), f"{name!r} is no earlier part of this item"
                continue
            followed = item.part(name)
            if answers.kind_of(followed.kind).value is None or not followed.facts.carried:
                yield ("parts", number, "follows"), f"part {name!r} is a {followed.kind}: only numbers are carried on"
                continue
            for key in followed.facts.carried:
                if key not in item.derive:
                    message = f"the key of part {name!r} is {key!r}: name it under derive:, so that it can be replaced"
                    yield ("parts", number, "follows"), message
        earlier.append(part.id)
    for name in item.any_order:
        if name not in inline["zh"]:
            yield ("any_order",), f"{name!r} is no blank of the stem"
    for name, count in duplicates(item.any_order).items():
        yield ("any_order",), f"{name!r} stands {count} times"
    kinds = {part.kind for part in item.parts if part.id in item.any_order}
    if len(kinds) > 1:
        yield ("any_order",), f"blanks in any order are of one kind, not {' and '.join(sorted(kinds))}"
    if len(item.any_order) > MOST_IN_ANY_ORDER:
        yield ("any_order",), f"at most {MOST_IN_ANY_ORDER} blanks may be filled in any order"


def _trials(item: Item) -> Iterator[Finding]:
    parts = [part.id for part in item.parts]
    for number, trial in enumerate(item.trials):
        for name in trial.given:
            if name not in item.parameters:
                yield ("trials", number), f"given: {registry.unknown(name, item.parameters)}"
        for name in trial.answers:
            if name not in parts:
                yield ("trials", number), f"answers: {registry.unknown(name, parts)}"


def _figures(item: Item, library: Mapping[str, circuits.Circuit]) -> Iterator[Finding]:
    known: Any = names(item)
    for name, spec in item.figures.items():
        for circuit in spec.names:
            if circuit not in library:
                yield ("figures", name), f"the circuit {registry.unknown(circuit, library)}"
        for used in spec.values.values():
            if used not in known:
                yield ("figures", name), next(iter(_unknown([used], item)))
