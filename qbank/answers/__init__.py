"""The kinds of answer: what every kind module offers, and how `kind: number` finds `answers/number.py`.

A kind is a module of plain functions (the protocol `Kind`) around its own `Spec`, the pydantic model of what stands
under `answer:`. The way of an answer: `arrange` draws what differs between variants and is visible (the order of the
options), `bind` computes the key columns, `read` understands the distinct texts that candidates wrote, `mark` compares
row by row. Everything else a kind says is for pages, reports and checks.

>>> kind_of("choice").__name__
'qbank.answers.choice'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, LiteralString, Protocol, Self, cast

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from qbank import registry
from qbank.draws import Chance
from qbank.model import Array, Bilingual, Column, Columns, Example, Lang, Name, Printed, Rules, Steps
from qbank.sheets import Foreseen
from qbank.waist import Interaction, Scoring

if TYPE_CHECKING:
    from qbank.algebra import Expression


class Scope(Protocol):
    """The values of one item's names over n variants: what a key is computed in."""

    @property
    def n(self) -> int:
        """How many variants there are."""
        ...

    def evaluate(self, expression: Expression) -> Column:
        """The expression's value on every variant."""
        ...


class Printing(Scope, Protocol):
    """A scope that knows how its names print, as the scope of an item does: for keys that are words."""

    def printed(self, name: Name) -> Array:
        """(n,) what a `{{ name }}` prints on every variant."""
        ...


class Reading(Protocol):
    """Answers understood, as columns: frozen, one row for each text.

    `state` (n,) is model.BLANK, UNREADABLE or READ; `stop` (n,) is the column of the text (from 1) where reading
    stopped, 0 where it did not stop.
    """

    @property
    def state(self) -> NDArray[np.uint8]: ...

    @property
    def stop(self) -> NDArray[np.int64]: ...

    def take(self, rows: Array) -> Self:
        """The readings of the given rows (indices, which may repeat, or a mask)."""
        ...

    def expected(self, row: int, lang: Lang) -> str:
        """What was expected where reading stopped, for the list of unreadable answers."""
        ...


class Kind(Protocol):
    """What a kind module offers. `key` and `arrangement` are columns over variants, `row` is one of their rows.

    A kind may also offer `note_name(spec, note, details, lang)`, what a note is called for a whole class, where its
    sentences hold a candidate's own letters or values; `NAMED_BY` then are the details on which the name depends.
    """

    @property
    def Spec(self) -> type[BaseModel]:
        """The pydantic model of what stands under `answer:`."""
        ...

    @property
    def EXAMPLES(self) -> tuple[Example, ...]:
        """Rows that are the kind's test, its documentation and the instructor's reference at once."""
        ...

    def arrange(self, spec: Any, chance: Chance, name: str, seats: NDArray[np.int64]) -> dict[str, Array]:
        """What differs between variants and is visible: orders of options, the twin drawn. `name` is the part's."""
        ...

    def bind(self, spec: Any, scope: Scope, arrangement: Columns) -> dict[str, Array]:
        """The key columns over the scope's variants: with the arrangement, all that marking needs."""
        ...

    def feasible(self, spec: Any, key: Columns) -> NDArray[np.bool_]:
        """(n,) whether the variant may be drawn at all."""
        ...

    def impossible(self, spec: Any, key: Columns) -> str:
        """Why none of these variants, whose mistakes are left aside, may be drawn: a clause for a message."""
        ...

    def read(self, spec: Any, texts: Sequence[str], rules: Rules) -> Reading:
        """The texts understood, one row each; texts are distinct when it is called in earnest."""
        ...

    def mark(self, spec: Any, reading: Any, key: Columns, arrangement: Columns, rules: Rules) -> Steps:
        """Row i of the reading against row i of the key and the arrangement."""
        ...

    def show(self, spec: Any, key: Columns, arrangement: Columns, row: int, lang: Lang) -> Printed:
        """The key of one variant as the answer book prints it."""
        ...

    def accepted(self, spec: Any, key: Columns, arrangement: Columns, row: int, lang: Lang) -> str:
        """What counts as right on one variant, in words."""
        ...

    def foreseen(
        self, spec: Any, key: Columns, arrangement: Columns, row: int, lang: Lang
    ) -> tuple[Foreseen, ...]:
        """The foreseen wrong answers that exist on one variant."""
        ...

    def interaction(self, spec: Any, arrangement: Columns, row: int, lang: Lang) -> Interaction:
        """What the candidate does; names in the texts are not filled in yet."""
        ...

    def scoring(self, spec: Any, key: Columns, arrangement: Columns, row: int) -> Scoring:
        """What another system can be told of the key."""
        ...

    def reason(self, spec: Any, note: str, details: Mapping[str, Any], lang: Lang) -> str:
        """The sentence a candidate reads for a step with this note and these details."""
        ...

    def spellings(self, spec: Any, key: Columns, arrangement: Columns, row: int) -> list[str]:
        """Right answers to one variant, variously spelt: each earns full marks."""
        ...

    def wrong(self, spec: Any, key: Columns, arrangement: Columns, row: int) -> list[tuple[str, str]]:
        """Wrong answers to one variant, each with the note it gets."""
        ...

    def unreadable(self, spec: Any) -> list[str]:
        """Texts that this part cannot read."""
        ...

    def texts(self, spec: Any) -> Iterable[Bilingual]:
        """Every text of the author's in the answer."""
        ...

    def expressions(self, spec: Any) -> Iterable[Expression]:
        """Every expression in the answer."""
        ...


def note_name(kind: Kind, spec: Any, note: str, details: Mapping[str, Any], lang: Lang) -> str:
    """What a note is called for a whole class, without any candidate's own values; else its sentence."""
    own: Any = getattr(kind, "note_name", kind.reason)
    return str(own(spec, note, details, lang))


def named_by(kind: Kind) -> tuple[str, ...]:
    """The details on which the names of a kind's notes depend; where it has no names, all of them: ("*",)."""
    if not hasattr(kind, "note_name"):
        return ("*",)
    found: tuple[str, ...] = getattr(kind, "NAMED_BY", ())
    return found


class Spec(Protocol):
    """What stands under `answer:`, validated: the tag is all that is known of it from outside."""

    @property
    def kind(self) -> str: ...


def kind_of(tag: str) -> Kind:
    """The kind module a tag names. Raises registry.UnknownTag with the nearest kind there is."""
    return cast(Kind, registry.load("answers", tag))


def read(answer: Mapping[str, Any], context: Any = None) -> Spec:
    """What stands under `answer:` as the Spec of its kind. Raises pydantic's ValidationError, each fault placed.

    >>> read({"kind": "choise"})
    Traceback (most recent call last):
    ...
    pydantic_core._pydantic_core.ValidationError: 1 validation error for answer
    kind
      'choise' is not known; did you mean 'choice'? [type=unknown_kind, input_value='choise', input_type=str]
    """
    if not isinstance(answer, Mapping):
        raise _wrong((), "answer_mapping", "an answer is a mapping with a kind, such as 'kind: number'", answer)
    if "kind" not in answer:
        known = ", ".join(registry.tags("answers"))
        raise _wrong((), "missing_kind", f"an answer needs a kind: one of {known}", answer)
    tag = answer["kind"]
    try:
        kind = kind_of(str(tag))
    except registry.UnknownTag as error:
        raise _wrong(("kind",), "unknown_kind", str(error), tag) from error
    return cast(Spec, kind.Spec.model_validate(answer, context=context))


def _wrong(place: tuple[str, ...], code: LiteralString, message: str, given: object) -> ValidationError:
    fault = PydanticCustomError(code, "{message}", {"message": message})
    return ValidationError.from_exception_data("answer", [{"type": fault, "loc": place, "input": given}])


class _ByTag:
    """Validates a mapping as the Spec of the kind it names; in a JSON Schema it is one of all kinds."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(lambda answer, info: read(answer, info.context))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        kinds = [kind_of(tag).Spec.__pydantic_core_schema__ for tag in registry.tags("answers")]
        return {"oneOf": [handler(kind) for kind in kinds]}


Field = Annotated[Spec, _ByTag()]
"""The type of an `answer:` field in a pydantic model."""
