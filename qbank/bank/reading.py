"""From the bytes of one file to its record, or to the problems why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from qbank import circuits, markup, messages, nodes, records
from qbank.bank import _files, consistency
from qbank.bank._files import Source
from qbank.bank.item import Item
from qbank.bank.settings import Settings, is_blueprint, usual
from qbank.model import LANGS, Bilingual, Lang, Paragraph, Problem, Refused

Model = TypeVar("Model", bound=BaseModel)


def holds_blueprint(path: Path) -> bool:
    """Whether a file that can be read holds a blueprint."""
    try:
        return is_blueprint(_files.read(path, str(path)).text)
    except Refused:
        return False


def read(
    source: Source, model: type[Model], *, sealed: bool = False, settings: Settings | None = None
) -> tuple[Model | None, list[Problem]]:
    """The record of a file, or None and why not; what is `sealed` keeps what a new file may not say.

    What the file does not say of `settings.SHARED`, the settings of its bank do. Its texts are needed in the languages
    that are declared; what is sealed has them in those in which it was printed.
    """
    settings = settings or usual()
    try:
        node = _node(source, sealed=sealed)
    except nodes.NodeError as error:
        return None, list(error.problems)
    plain = nodes.plain(node)
    name = ""
    if isinstance(plain, dict):
        name = str(plain.get("id", ""))
        plain = {**settings.defaults(model.model_fields), **plain}
    langs = () if sealed else _declared(plain, settings)
    context = {records.SEALED: sealed, records.BESIDE: source.beside, records.LANGUAGES: langs}
    try:
        return model.model_validate(plain, context=context), []
    except ValidationError as error:
        return None, list(nodes.problems(error, node, item=name, model=model))


def _node(source: Source, *, sealed: bool = False) -> nodes.Node:
    """The nodes of a file; what is sealed keeps what a new file may not say. Raises nodes.NodeError."""
    node = nodes.read(source.text, source.file)
    problems = [] if sealed else list(nodes.mangled(node))
    if problems:
        raise nodes.NodeError(*problems)
    return node


def _declared(plain: Any, settings: Settings) -> tuple[Lang, ...]:
    """The languages in which a file needs its texts; any will do where they are written wrongly, which is a problem."""
    if not isinstance(plain, dict) or "languages" not in plain:
        return settings.languages
    try:
        return records.languages(plain["languages"])
    except ValueError:
        return ()


def read_item(
    source: Source, library: Mapping[str, circuits.Circuit] | None, *, sealed: bool = False,
    settings: Settings | None = None,
) -> tuple[Item | None, list[Problem]]:  # fmt: skip
    """The item of a file, or None and why not: first what its fields say, then whether they fit together.

    A `sealed` item belongs to an exam and keeps what earlier versions took and a new item may not say.
    """
    item, problems = read(source, Item, sealed=sealed, settings=settings)
    if item is None:
        return None, problems
    found = list(consistency.findings(item, library))
    if not found and not sealed:
        found = list(consistency.unanswerable(item))
    if not found:
        return item, []
    node = nodes.read(source.text, source.file)
    return None, [
        Problem("item.consistency", message, place=nodes.place(node, path), path=nodes.path_text(path), item=item.id)
        for path, message in found
    ]


def read_circuits(
    sources: Mapping[str, Source], langs: tuple[Lang, ...] = LANGS
) -> tuple[dict[str, circuits.Circuit], list[Problem]]:
    """The circuits of their files by name, and what is wrong with the others.

    Their texts are needed in these languages; where there is none, as in an exam, one is enough.
    """
    drawn: dict[str, circuits.Circuit] = {}
    problems: list[Problem] = []
    for name, source in sources.items():
        try:
            node = _node(source, sealed=not langs)
            drawn[name] = circuits.read(name, nodes.plain(node), langs)
        except nodes.NodeError as error:
            problems += error.problems
        except circuits.CircuitError as error:
            place = nodes.place(node, error.path)
            problems.append(Problem("circuit", str(error), place=place, path=nodes.path_text(error.path), item=name))
    return drawn, problems


def _unfit(text: str) -> str:
    """What is wrong with a text that people read by itself: it may have formulas, and nothing that an item fills in."""
    try:
        inlines = (Paragraph(markup.line(text)),)
    except markup.MarkupError as error:
        return str(error)
    if markup.names(inlines) or markup.blanks(inlines):
        return messages.tell("nothing is filled into this text; remove the braces and double brackets")
    return ""


def read_texts(source: Source, langs: tuple[Lang, ...]) -> tuple[dict[str, Bilingual], dict[str, str], list[Problem]]:
    """A file of names with a text each (the topics, the knowledge points), and what each of them replaces."""
    try:
        node = _node(source)
    except nodes.NodeError as error:
        return {}, {}, list(error.problems)
    texts: dict[str, Bilingual] = {}
    replaced: dict[str, str] = {}
    problems: list[Problem] = []
    plain: Any = nodes.plain(node)
    for name, value in plain.items() if isinstance(plain, dict) else ():
        own = dict(value) if isinstance(value, dict) else value
        if isinstance(own, dict) and "replaces" in own:
            replaced[name] = str(own.pop("replaces"))
        try:
            texts[name] = records.bilingual(own, langs)
        except ValueError as error:
            problems.append(Problem("bank.texts", str(error), place=nodes.place(node, (name,)), path=f"$.{name}"))
            continue
        for lang in texts[name].langs:
            if fault := _unfit(texts[name][lang]):
                place = nodes.place(node, (name, lang)) or nodes.place(node, (name,))
                problems.append(Problem("bank.texts", fault, place=place, path=f"$.{name}.{lang}"))
    return texts, replaced, problems
