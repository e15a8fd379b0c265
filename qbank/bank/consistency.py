"""What no single field can tell: names that are not defined, blanks without parts, circles of derived values.

Each finding is (path in the item, message); the reader of the file turns it into a problem with a place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from qbank import algebra, answers, circuits, markup, messages, registry
from qbank.bank import scheme, words
from qbank.bank.item import Item, Part
from qbank.bank.passages import Passages
from qbank.model import LANGS, Bilingual, duplicates

MOST_IN_ANY_ORDER = 6
"""Blanks in any order: every assignment is tried, and there are n! of them."""

Finding: TypeAlias = tuple[tuple[str | int, ...], str]


def findings(item: Item, library: Mapping[str, circuits.Circuit] | None = None) -> Iterator[Finding]:
    """Everything that does not fit together in one item; circuits are looked up where a library is given."""
    yield from _definitions(item)
    yield from _labels(item)
    yield from _expressions(item)
    yield from _passages(item)
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
            yield ("derive", name), messages.tell("{name!r} is already a parameter", name=name)
    for kind, defined in (("parameters", item.parameters), ("derive", item.derive)):
        for name in defined:
            if not algebra.is_name(name):
                message = messages.tell("{name!r} has a meaning in every expression; choose another name", name=name)
                yield (kind, name), message
    try:
        item.order  # noqa: B018 - the property finds a circle
    except ValueError as error:
        yield ("derive",), str(error)


def _unknown(used: Iterable[str], item: Item) -> Iterator[str]:
    known = names(item)
    for name in sorted(set(used) - set(known)):
        if any(name in words.labels(item, each) for each in known):
            yield messages.tell("{name!r} is a label; write it in quotes, as in case == '{name}'", name=name)
        elif guess := registry.nearest(name, known):
            yield messages.tell("{name!r} is not defined; did you mean {guess!r}?", name=name, guess=guess)
        elif known:
            listing = messages.listed(known)
            yield messages.tell("{name!r} is not defined; this item has {names}", name=name, names=listing)
        else:
            yield messages.tell("{name!r} is not defined", name=name)


def _labels(item: Item) -> Iterator[Finding]:
    """Derived labels that could print as either of two texts."""
    for name, rule in item.derive.items():
        if rule.labels is None and words.is_label(item, name):
            tables = [words.of(item, each) for each in sorted(algebra.names(rule.value))]
            for label in sorted({label for table in tables for label in table}):
                if len({table[label] for table in tables if label in table}) > 1:
                    message = messages.tell(
                        "the label {label!r} has two texts; give {name} labels: of its own", label=label, name=name
                    )
                    yield ("derive", name), message


def _expressions(item: Item) -> Iterator[Finding]:
    for number, condition in enumerate(item.require):
        for message in _unknown(algebra.names(condition), item):
            yield ("require", number), message
    for name, derived in item.derive.items():
        for message in _unknown(algebra.names(derived.value), item):
            yield ("derive", name), message
    for number, instead in enumerate(item.approximations):
        for name, formula in instead.items():
            if name not in item.derive:
                unknown = registry.unknown(name, item.derive)
                message = messages.tell("the derived value {unknown}", unknown=unknown)
                yield ("approximations", number), message
            for message in _unknown(algebra.names(formula), item):
                yield ("approximations", number, name), message
    for name, file in item.files.items():
        for heading, column in file.columns.items():
            for message in _unknown(algebra.names(column.value), item):
                yield ("files", name, "columns", heading), message
    for number, part in enumerate(item.parts):
        for expression in part.facts.expressions:
            for message in _unknown(algebra.names(expression), item):
                yield ("parts", number, "answer"), message
        if part.carry_if is not None:
            for message in _unknown(algebra.names(part.carry_if) - {"carried", "key"}, item):
                yield ("parts", number, "carry_if"), message
        for name, line in part.steps.items():
            for message in _unknown(algebra.names(line.when) if line.when else (), item):
                yield ("parts", number, "steps", name, "when"), message


def texts(item: Item) -> Iterator[tuple[tuple[str | int, ...], Bilingual]]:
    """Every marked-up text of an item with its path."""
    for path, passages in told(item):
        yield from (((*path, *place), text) for place, text in passages.texts())
    for number, part in enumerate(item.parts):
        yield from ((("parts", number, "answer"), text) for text in part.facts.texts)
        yield from ((("parts", number, "steps", name), line.text) for name, line in part.steps.items())


def told(item: Item) -> Iterator[tuple[tuple[str | int, ...], Passages]]:
    """The texts of which passages may appear on some variants only, each with its path."""
    if item.stem:
        yield ("stem",), item.stem
    for number, part in enumerate(item.parts):
        if part.ask:
            yield ("parts", number, "ask"), part.ask
    if item.solution:
        yield ("solution",), item.solution


def _passages(item: Item) -> Iterator[Finding]:
    """Conditions with unknown names; and what is asked, which never depends on a condition."""
    for path, passages in told(item):
        for place, when in passages.conditions():
            for message in _unknown(algebra.names(when), item):
                yield (*path, place, "when"), message
            for lang in passages.all[place].text.langs if path == ("stem",) else ():
                for name in markup.blanks(markup.read(passages.all[place].text[lang])):
                    message = messages.tell(
                        "[[{name}]]: a blank appears on every variant, so its passage must not have when:", name=name
                    )
                    yield (*path, place, lang), message
    alone = len(item.parts) == 1 and not item.parts[0].ask and not item.parts[0].facts.statements
    if alone and item.stem and not item.stem.certain:
        message = messages.tell(
            "the stem asks the question, which appears on every variant; write a passage without when:"
        )
        yield ("stem",), message
    for number, part in enumerate(item.parts):
        if part.ask and not part.ask.certain:
            message = messages.tell("the question appears on every variant; write a passage without when:")
            yield ("parts", number, "ask"), message


def _texts(item: Item) -> Iterator[Finding]:
    parts = {part.id for part in item.parts}
    drawn = {name for part in item.parts for name in part.facts.figures}
    for path, text in texts(item):
        for lang in text.langs:
            try:
                rich = markup.read(text[lang])
            except markup.MarkupError as error:
                yield (*path, lang), str(error)
                continue
            for message in _unknown(markup.names(rich), item):
                yield (*path, lang), message
            if path[0] != "solution" and "steps" not in path:
                for name in sorted(markup.names(rich) & set(item.derive)):
                    if not words.as_used(item, name) and path[-1] != "answer":
                        message = messages.tell("{name} is printed in a text; give its rounding, as in shown: 3",
                                                name=name)  # fmt: skip
                        yield ("derive", name), message
            for name in markup.figures(rich):
                if path[-1] == "answer" and name not in drawn:
                    message = messages.tell(
                        "[[figure {name}]]: a figure is allowed in the stem, an ask: or the solution, and as figure: "
                        "in an option of a choice", name=name,
                    )  # fmt: skip
                    yield (*path, lang), message
                elif name not in item.figures:
                    unknown = registry.unknown(name, item.figures)
                    message = messages.tell("[[figure {name}]]: the figure {unknown}", name=name, unknown=unknown)
                    yield (*path, lang), message
            for name in markup.files(rich):
                if path[-1] == "answer":
                    message = messages.tell(
                        "[[file {name}]]: a file is allowed in the stem, an ask: or the solution", name=name
                    )
                    yield (*path, lang), message
                elif name not in item.files:
                    unknown = registry.unknown(name, item.files)
                    message = messages.tell("[[file {name}]]: the file {unknown}", name=name, unknown=unknown)
                    yield (*path, lang), message
            blanks = markup.blanks(rich)
            for name in blanks:
                if path[0] != "stem":
                    yield (*path, lang), messages.tell("[[{name}]]: blanks are allowed in the stem only", name=name)
                elif name not in parts:
                    unknown = registry.unknown(name, parts)
                    message = messages.tell("[[{name}]]: the part {unknown}", name=name, unknown=unknown)
                    yield (*path, lang), message


def _parts(item: Item) -> Iterator[Finding]:
    for name, count in duplicates(part.id for part in item.parts).items():
        yield ("parts",), messages.tell("{number} parts have the id {name!r}", number=count, name=name)
    for lang in item.languages:
        for name, count in duplicates(item.blank_parts(lang)).items():
            message = messages.tell("the blank [[{name}]] appears {number} times", name=name, number=count)
            yield ("stem", lang), message
    inline = {lang: set(item.blank_parts(lang)) for lang in LANGS}
    if inline["zh"] != inline["en"]:
        odd = messages.listed(sorted(inline["zh"] ^ inline["en"]))
        yield ("stem",), messages.tell("the blanks differ between the languages: {names}", names=odd)
    earlier: list[str] = []
    for number, part in enumerate(item.parts):
        if part.ask and part.id in inline["zh"]:
            message = messages.tell("part {part!r} is a blank in the stem, and has an ask: as well", part=part.id)
            yield ("parts", number, "ask"), message
        alone = len(item.parts) == 1 and item.stem is not None
        if not part.ask and part.id not in inline["zh"] and not alone and not part.facts.statements:
            message = messages.tell(
                "part {part!r} has no ask:, and [[{part}]] does not appear in the stem", part=part.id
            )
            yield ("parts", number), message
        for path, message in scheme.faults(part):
            yield ("parts", number, *path), message
        for name in part.follows:
            if name not in earlier:
                message = messages.tell("{part!r} is not an earlier part of this item", part=name)
                yield ("parts", number, "follows"), message
                continue
            followed = item.part(name)
            if answers.kind_of(followed.kind).value is None or not followed.facts.carried:
                message = messages.tell("part {part!r} is of kind {kind}; only numbers can be carried forward",
                                        part=name, kind=followed.kind)  # fmt: skip
                yield ("parts", number, "follows"), message
                continue
            for key in followed.facts.carried:
                if key not in item.derive:
                    message = messages.tell(
                        "the key of part {part!r} is {key!r}; give it a name under derive:, so that it can be replaced",
                        part=name, key=key,
                    )  # fmt: skip
                    yield ("parts", number, "follows"), message
        earlier.append(part.id)
    for name in item.any_order:
        if name not in inline["zh"]:
            yield ("any_order",), messages.tell("{name!r} is not a blank in the stem", name=name)
    for name, count in duplicates(item.any_order).items():
        yield ("any_order",), messages.tell("{name!r} appears {number} times", name=name, number=count)
    kinds = {part.kind for part in item.parts if part.id in item.any_order}
    if len(kinds) > 1:
        message = messages.tell("blanks in any order must be of one kind, not of {kinds}",
                                kinds=messages.listed(sorted(kinds)))  # fmt: skip
        yield ("any_order",), message
    if len(item.any_order) > MOST_IN_ANY_ORDER:
        message = messages.tell("at most {most} blanks may be filled in any order", most=MOST_IN_ANY_ORDER)
        yield ("any_order",), message


def _trials(item: Item) -> Iterator[Finding]:
    parts = [part.id for part in item.parts]
    for number, trial in enumerate(item.trials):
        for name in trial.given:
            if name not in item.parameters:
                unknown = registry.unknown(name, item.parameters)
                yield ("trials", number), messages.tell("given: the parameter {unknown}", unknown=unknown)
        for name in trial.answers:
            if name not in parts:
                unknown = registry.unknown(name, parts)
                yield ("trials", number), messages.tell("answers: the part {unknown}", unknown=unknown)
        for name, answer in trial.named.items():
            if name in parts:
                for message in _misnamed(item.part(name), answer):
                    yield ("trials", number, "answers", name), message


def _misnamed(part: Part, answer: answers.Named) -> Iterator[str]:
    """What is wrong with the names of entries that are to be an answer to a part."""
    groups = part.facts.entries if answers.kind_of(part.kind).named else ()
    given = (tuple(answer), tuple(answer.values())) if isinstance(answer, Mapping) else (answer,)
    if len(given) != len(groups):
        if not groups:
            yield messages.tell("an answer of kind {kind} is text as a candidate writes it", kind=part.kind)
        elif len(groups) == 1:
            yield messages.tell(
                "an answer of kind {kind} is text as a candidate writes it, or [NAME, NAME]", kind=part.kind
            )
        else:
            yield messages.tell(
                "an answer of kind {kind} is text as a candidate writes it, or {{NAME: NAME}}", kind=part.kind
            )
        return
    for names, known in zip(given, groups, strict=True):
        yield from (registry.unknown(name, known) for name in names if name not in known)


def _figures(item: Item, library: Mapping[str, circuits.Circuit]) -> Iterator[Finding]:
    for name, spec in item.figures.items():
        for circuit in spec.names:
            if circuit not in library:
                unknown = registry.unknown(circuit, library)
                yield ("figures", name), messages.tell("the circuit {unknown}", unknown=unknown)
        for message in _unknown(spec.uses, item):
            yield ("figures", name), message
