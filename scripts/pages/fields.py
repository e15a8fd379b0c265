"""The fields of the records that authors write, from the pydantic models, with what each means."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pages.tables import code, listed, table
from pages.words import say
from qbank import answers, domains, figures, registry, schemas
from qbank.actions.schema import meanings
from qbank.model import Bilingual

UNTOLD = ""

WORDS = {
    "algebra.Formula": "expression", "Formula": "expression", "algebra.Condition": "condition",
    "Right": "yes / no or condition",
    "Components": "expression or list", "Written": "tolerance", "Credit": "share 0–1", "Share": "share −1–1",
    "Floor": "0, negative share or none", "Truth": "yes / no", "Texts": "`zh`, `en`",
    "passages.Field": "`zh`, `en` (mark-up), or a list of passages", "algebra.Derivable": "expression",
    "Labelled": "list of words, or word: text", "Why": "text or `zh`, `en`", "Marks": "marks", "str": "text",
    "bool": "yes / no", "Expression": "expression",
    "End": "expression, `inf` or `-inf`", "Gated": "expression, or one for each gate",
    "int": "whole number", "float": "number",
    "Exact": "number", "Whole": "whole number", "ExactList": "list of numbers", "Spelled": "text or list",
    "Patterns": "text or list",
    "FiguresAsked": "`3`, `'>=3'` or `[2, 4]`", "Size": "`3` or `[2, 3]`", "Several": "yes / no or a rule",
    "Symbols": "name: TeX", "about.Tags": "list of words", "about.Status": "`draft`, `ready`, `retired`",
    "Languages": "`[zh]`, `[en]` or both", "Witness": "mapping or `none`",
    "Quantity": "expression or simulation",
    "answers.Field": "an answer", "domains.Field": "a parameter", "Figure": "a figure", "DataFile": "a data file",
    "FileColumn": "expression or mapping", "Shown": "`3` or `{dp: 2}`",
    "Derived": "expression or mapping",
}  # fmt: skip
"""The types of fields, by the word that the model uses, as an author would say them."""


def model(path: str) -> type[BaseModel]:
    """The model at `qbank.bank.item:Item`."""
    module, _, name = path.partition(":")
    found: type[BaseModel] = getattr(importlib.import_module(module), name)
    return found


def fields(path: str, *words: str) -> str:
    """The fields of one model in a table; with `optional`, only those that have a default."""
    return rows_of(model(path), only_optional="optional" in words, without=("kind",) if "optional" in words else ())


def rows_of(record: type[BaseModel], *, only_optional: bool = False, without: tuple[str, ...] = ()) -> str:
    """The table of a model's fields: name, what may stand there, its default, what it means."""
    rows = []
    for name, field in record.model_fields.items():
        written = field.alias or name
        if written in without or (only_optional and field.is_required()):
            continue
        rows.append((code(written), kind(record, name, field), default(field), meaning(record, written)))
    return table(("field", "write", "default", "meaning"), rows) if rows else ""


def kind(record: type[BaseModel], name: str, field: FieldInfo) -> str:
    """What may stand in a field, in an author's words."""
    text = next(str(vars(base)["__annotations__"][name]) for base in record.__mro__
                if name in vars(base).get("__annotations__", {}))
    return said(text, field)


def said(text: str, field: FieldInfo | None = None) -> str:
    """A type as an author would say it.

    >>> said("dict[str, Marks]"), said("Literal['a', 'b'] | None"), said("tuple[str, ...]")
    ('name: marks', '`a`, `b`', 'list of text')
    """
    text = text.strip()
    if text.startswith("Annotated["):
        text = _parts(text[len("Annotated[") : -1])[0]
    parts = [part for part in _split(text, "|") if part != "None"]
    if len(parts) > 1:
        return say(" or ").join(said(part) for part in parts)
    text = parts[0]
    if text.startswith("Literal["):
        return listed(re.findall(r"[\"']([^\"']*)[\"']", text))
    if text in WORDS:
        bounds = _bounds(field) if text in ("int", "float") else ""
        return say(WORDS[text]) + bounds
    choices = next((one for one in (field.annotation, *get_args(field.annotation))
                    if get_origin(one) is Literal), None) if field else None
    if choices is not None:
        return listed(get_args(choices))
    opened = re.fullmatch(r"(\w+)\[(.*)\]", text, re.DOTALL)
    if opened and opened[1] in ("dict", "Mapping"):
        return say("name: {value}", value=said(_parts(opened[2])[1]))
    if opened and opened[1] in ("tuple", "list"):
        inner = _parts(opened[2])
        if inner[-1] == "...":
            return say("list of {things}", things=said(inner[0]))
        return f"`[`{', '.join(map(said, inner))}`]`"
    return say("list") if text == "Any" else f"{say('mapping')} ({code(text.rpartition('.')[2])})"


def _bounds(field: FieldInfo | None) -> str:
    found = {type(limit).__name__.lower(): vars_of(limit) for limit in (field.metadata if field else ())}
    low, high = found.get("ge", found.get("gt")), found.get("le", found.get("lt"))
    return f" {low}–{high}" if low is not None and high is not None else ""


def vars_of(limit: Any) -> Any:
    """The number in a limit such as Ge(ge=1)."""
    return next((getattr(limit, name) for name in ("ge", "gt", "le", "lt") if hasattr(limit, name)), None)


def _parts(text: str) -> list[str]:
    return _split(text, ",")


def _split(text: str, sign: str) -> list[str]:
    """The pieces between the signs that stand outside brackets."""
    pieces, depth, start = [], 0, 0
    for at, character in enumerate(text):
        depth += (character in "[(") - (character in "])")
        if character == sign and depth == 0:
            pieces.append(text[start:at].strip())
            start = at + 1
    return [*pieces, text[start:].strip()]


def default(field: FieldInfo) -> str:
    """What holds when the field is not written."""
    if field.is_required():
        return say("**required**")
    value = field.default if field.default_factory is None else None
    match value:
        case True | False:
            return code("yes" if value else "no")
        case None | "" | () | Bilingual():
            return ""
        case Fraction():
            return str(value)
        case tuple():
            return code(f"[{', '.join(map(str, value))}]")
        case float():
            return f"{value:g}"
        case BaseModel():
            said = {name: each for name, each in value if each not in (None, "", (), False)}
            return code(", ".join(f"{name}: {f'{each:g}' if isinstance(each, float) else each}"
                                  for name, each in said.items())) if said else ""
        case _:
            return code(str(value))


def meaning(record: type[BaseModel], name: str) -> str:
    """What a field means."""
    told = schemas.meaning(meanings(), record, name)
    return say(told) if told else UNTOLD


def nested(record: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The models inside a model, once each, in the order of its fields; what stands apart on its own is left out."""
    seen: list[type[BaseModel]] = []

    def visit(annotation: Any) -> None:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            if annotation.__module__.startswith("qbank.") and annotation not in (record, *seen):
                seen.append(annotation)
                for field in annotation.model_fields.values():
                    visit(field.annotation)
            return
        for inner in getattr(annotation, "__args__", ()):
            visit(inner)

    for field in record.model_fields.values():
        visit(field.annotation)
    yield from seen


def documented() -> Iterator[type[BaseModel]]:
    """Every model whose fields the pages list."""
    from qbank.bank.blueprint import Blueprint
    from qbank.bank.item import Item
    from qbank.bank.settings import Settings

    roots: list[type[BaseModel]] = [Item, Blueprint, Settings]
    roots += [answers.model(tag) for tag in registry.tags("answers")]
    for package in (domains.__name__, figures.__name__, "qbank.witnesses"):
        room = package.rpartition(".")[2]
        roots += [registry.load(room, tag).Spec for tag in registry.tags(room)]
    seen: set[type[BaseModel]] = set()
    for root in roots:
        for record in (root, *nested(root)):
            if record not in seen:
                seen.add(record)
                yield record


def untold() -> list[str]:
    """The fields of all those models that nobody has said the meaning of."""
    return [f"{schemas.key(record)}: {field.alias or name}" for record in documented()
            for name, field in record.model_fields.items() if meaning(record, field.alias or name) == UNTOLD]


INSERTS: Mapping[str, Callable[..., str]] = {"fields": fields}
