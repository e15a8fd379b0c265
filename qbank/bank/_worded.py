"""Whether the texts of an item have what they name: values, figures, files, blanks."""

from __future__ import annotations

from collections.abc import Iterator

from qbank import algebra, markup, messages, registry
from qbank.bank import _defined, prose, words
from qbank.bank._defined import Finding
from qbank.bank.item import Item


def passages(item: Item) -> Iterator[Finding]:
    """Conditions with unknown names; and what is asked, which never depends on a condition."""
    for path, told in prose.told(item):
        for place, when in told.conditions():
            for message in _defined.unknown(algebra.names(when), item):
                yield (*path, place, "when"), message
            for lang in told.all[place].text.langs if path == ("stem",) else ():
                for name in markup.blanks(markup.read(told.all[place].text[lang])):
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


def texts(item: Item) -> Iterator[Finding]:
    """Texts that cannot be filled in: with names, figures, files or blanks that the item does not have."""
    parts = {part.id for part in item.parts}
    drawn = {name for part in item.parts for name in part.facts.figures}
    for path, text in prose.texts(item):
        for lang in text.langs:
            try:
                rich = markup.read(text[lang])
            except markup.MarkupError as error:
                yield (*path, lang), str(error)
                continue
            for message in _defined.unknown(markup.names(rich), item):
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
