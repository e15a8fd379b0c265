"""The kinds of answer: what every kind offers, and how `kind: number` finds `answers/number`.

A kind is one frozen value, `Kind(spec=…, bind=…, read=…, mark=…, facts=…)`, which its module holds under the name
`KIND`. Its spec is the pydantic model of what is under `answer:`. The way of an answer: `arrange` draws what
differs between variants and is visible (the order of the options), `bind` computes the key columns, `read` understands
the distinct texts that candidates wrote, `mark` compares row by row. What other rooms may know of a part are its
`Facts`; everything else is for pages, reports and checks. A package adds a kind by an entry point `qbank.answers`
that names such a module.

>>> kind_of("choice").spec.__module__
'qbank.answers.choice.spec'
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, LiteralString, cast

from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from qbank import messages, records, registry
from qbank.answers._facts import Band, Facts, Key, Mistake, Option
from qbank.answers._kind import Around, Complex, Counting, Kind, Named, Printing, Reading, Scope, Spec
from qbank.answers._notes import Note, general, note

__all__ = [
    "Around", "Band", "Complex", "Counting", "Facts", "Field", "Key", "Kind", "Mistake", "Named", "Note", "Option",
    "Printing", "Reading", "Scope", "Spec", "facts", "general", "kind_of", "model", "note", "read",
]  # fmt: skip


@cache
def kind_of(tag: str) -> Kind[Spec, Reading]:
    """The kind that a tag names; only its own module knows what its specs and readings are.

    Raises registry.UnknownTag with the nearest kind there is, TypeError for a module without a KIND.
    """
    module = registry.load("answers", tag)
    kind = vars(module).get("KIND")
    if not isinstance(kind, Kind):
        raise TypeError(f"{module.__name__} holds no kind of answer: it needs KIND = answers.Kind(spec=…, …)")
    return cast("Kind[Spec, Reading]", kind)


def facts(spec: Spec) -> Facts:
    """What other rooms may know of an answer."""
    return kind_of(spec.kind).facts(spec)


def model(tag: str) -> type[BaseModel]:
    """The pydantic model of what is under `answer:` with this kind, for schemas and pages."""
    return cast("type[BaseModel]", kind_of(tag).spec)


def read(answer: Mapping[str, Any], context: Any = None) -> Spec:
    """What is written under `answer:` as the Spec of its kind. Raises pydantic's ValidationError, each fault placed.

    >>> read({"kind": "choise"})
    Traceback (most recent call last):
    ...
    pydantic_core._pydantic_core.ValidationError: 1 validation error for answer
    kind
      'choise' is not known; did you mean 'choice'? [type=unknown_kind, input_value='choise', input_type=str]
    """
    if not isinstance(answer, Mapping):
        message = messages.tell("an answer is a mapping with a kind, such as 'kind: number'")
        raise _wrong((), "answer_mapping", message, answer)
    if "kind" not in answer:
        known = messages.listed(registry.tags("answers"))
        raise _wrong((), "missing_kind", messages.tell("an answer needs a kind: one of {names}", names=known), answer)
    tag = answer["kind"]
    try:
        kind = kind_of(str(tag))
    except registry.UnknownTag as error:
        raise _wrong(("kind",), "unknown_kind", str(error), tag) from error
    return kind.spec.model_validate(answer, context=context)


def _wrong(place: tuple[str, ...], code: LiteralString, message: str, given: object) -> ValidationError:
    fault = PydanticCustomError(code, "{message}", {"message": message})
    return ValidationError.from_exception_data("answer", [{"type": fault, "loc": place, "input": given}])


class _ByTag:
    """Validates a mapping as the Spec of the kind it names; in a JSON Schema it is one of all kinds."""

    def model_for(self, written: Mapping[str, str]) -> type[BaseModel] | None:
        """The Spec of the kind that a mapping names, if there is one."""
        tag = written.get("kind", "")
        return model(tag) if tag in registry.tags("answers") else None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(lambda answer, info: read(answer, info.context))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        tags = registry.tags("answers")
        return records.by_field("kind", {tag: handler(model(tag).__pydantic_core_schema__) for tag in tags})


Field = Annotated[Spec, _ByTag()]
"""The type of an `answer:` field in a pydantic model."""
