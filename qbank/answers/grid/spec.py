"""What is written under `answer:` with `kind: grid`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import BeforeValidator, Field, PrivateAttr, ValidationInfo, WithJsonSchema, model_validator

from qbank import algebra, answers, messages
from qbank.answers import Around, Kind, Reading
from qbank.answers._fields import Credit, Size, components
from qbank.model import Bilingual, Rules
from qbank.records import Record, Truth

LARGEST = 36
"""The most entries a grid may have."""
SCALARS = ("complex", "formula")
"""The kinds that entries may be of; numbers make a `vector`."""

Rows: TypeAlias = tuple[tuple[Any, ...], ...]


def _rows(value: Any) -> Any:
    """A vector as one row, a matrix as its rows; a name as it is. Raises ValueError for what is neither."""
    if isinstance(value, str):
        return value
    if not isinstance(value, list | tuple) or not value:
        raise ValueError(messages.tell("the key of a grid must be a list, a list of rows, or a name with size:"))
    if not any(isinstance(each, list | tuple) for each in value):
        return (tuple(value),)
    if not all(isinstance(each, list | tuple) for each in value) or len({len(each) for each in value}) != 1:
        raise ValueError(messages.tell("the rows of a matrix must be lists of the same length"))
    return tuple(tuple(each) for each in value)


def _flat(value: Any) -> bool:
    return isinstance(value, list | tuple) and not any(isinstance(each, list | tuple) for each in value)


Entries: TypeAlias = Annotated[Any, WithJsonSchema({"type": ["string", "array"]})]
"""A list of entries, a list of rows, or the name of a vector or matrix."""


def _scalar(value: Any) -> Any:
    if not isinstance(value, dict) or value.get("kind") not in SCALARS:
        raise ValueError(messages.tell(
            "entries: must be an answer without its key, such as {{kind: complex, tolerance: 1%}} or "
            "{{kind: formula, over: {{x: real}}}}"
        ))  # fmt: skip
    for field in ("key", "mistakes", "name", "accept"):
        if field in value:
            raise ValueError(messages.tell("{field}: belongs to the grid, not to its entries", field=field))
    return value


_SCALAR_SCHEMA = {
    "type": "object", "properties": {"kind": {"enum": list(SCALARS)}}, "required": ["kind"],
}  # fmt: skip
Scalar: TypeAlias = Annotated[dict[str, Any], BeforeValidator(_scalar), WithJsonSchema(_SCALAR_SCHEMA)]
"""What every entry is: an answer of a scalar kind, without its key."""


class Mistake(Record):
    """One foreseen wrong grid; where `when` is false it does not exist on that variant."""

    value: Entries
    when: algebra.Condition | None = None
    zh: str
    en: str
    credit: Credit = 0.0

    @property
    def text(self) -> Bilingual:
        """What is said to those who make it."""
        return Bilingual(zh=self.zh, en=self.en)


class Spec(Record):
    """`kind: grid`: a vector or matrix of complex numbers or of formulas, each entry marked as its own kind marks it.

    `size:` gives every entry its own blank on paper; a key that is a name needs it.
    """

    kind: Literal["grid"]
    key: Entries
    entries: Scalar
    mistakes: dict[str, Mistake] = Field(default_factory=dict)
    credit: Literal["each", "all"] = "each"
    size: Size | None = None
    grid: Truth = True
    name: str = ""

    _shape: tuple[int, ...] = PrivateAttr(default=())
    _cells: tuple[Any, ...] = PrivateAttr(default=())
    _wrong: Mapping[str, tuple[Any, ...]] = PrivateAttr(default_factory=dict)
    _twins: Mapping[str, tuple[Any, ...]] = PrivateAttr(default_factory=dict)

    @model_validator(mode="after")
    def _sound(self, info: ValidationInfo) -> Self:
        self._shape, keys = _placed(self.key, self.size)
        if self.size is not None and self.size != self._shape:
            raise ValueError(messages.tell(
                "size: is {size}, but the key has the shape {shape}", size=list(self.size), shape=list(self._shape)
            ))  # fmt: skip
        if not 2 <= len(keys) <= LARGEST:
            raise ValueError(messages.tell("a grid must have 2 to {most} entries", most=LARGEST))
        self._cells = tuple(self._cell(key, info.context) for key in keys)
        wrong, twins = {}, {}
        for name, mistake in self.mistakes.items():
            shape, values = _placed(mistake.value, self._shape if isinstance(mistake.value, str) else None)
            if shape != self._shape:
                raise ValueError(messages.tell(
                    "the mistake {mistake!r} has the shape {own}, and the key has the shape {shape}",
                    mistake=name, own=list(shape), shape=list(self._shape),
                ))  # fmt: skip
            wrong[name] = tuple(self._cell(value, info.context) for value in values)
            twins[name] = tuple(self._cell(key, info.context, value) for key, value in zip(keys, values, strict=True))
        self._wrong, self._twins = wrong, twins
        return self

    def _cell(self, key: Any, context: Any, wrong: Any = None) -> Any:
        mistakes = {} if wrong is None else {"mistakes": {"same": {"value": wrong, "zh": "同", "en": "same"}}}
        return answers.read({**self.entries, "key": key, **mistakes}, context)

    @property
    def scalar(self) -> Kind[Any, Reading]:
        """The kind of every entry."""
        return answers.kind_of(str(self.entries["kind"]))

    @property
    def shape(self) -> tuple[int, ...]:
        """(k,) of a vector, (rows, columns) of a matrix."""
        return self._shape

    @property
    def cells(self) -> tuple[Any, ...]:
        """The answer that each entry is, row by row."""
        return self._cells

    @property
    def wrong(self) -> Mapping[str, tuple[Any, ...]]:
        """The same with the entries of each mistake for keys."""
        return self._wrong

    @property
    def text(self) -> str:
        """The key as an expression."""
        return str(components(self.key))

    @property
    def own_name(self) -> str:
        """The name that may appear before `=`."""
        return self.name or (self.text if self.text.isidentifier() else "")

    @property
    def twins(self) -> Mapping[str, tuple[Any, ...]]:
        """Every entry with that of a mistake as a mistake of its own, `same`: it tells where the two are one."""
        return self._twins

    def joined(self, around: Around) -> Self:
        """A copy whose entries know the item they belong to."""
        join = self.scalar.join
        if join is None:
            return self
        copy = self.model_copy()
        copy._cells = tuple(join(cell, around) for cell in self._cells)
        copy._wrong = {name: tuple(join(cell, around) for cell in cells) for name, cells in self._wrong.items()}
        copy._twins = {name: tuple(join(cell, around) for cell in cells) for name, cells in self._twins.items()}
        return copy

    def decimal_comma(self, rules: Rules) -> bool:
        """Whether a comma before a digit is a decimal one."""
        return (self.entries.get("comma") or rules.comma) == "decimal"


def _placed(key: Any, size: tuple[int, ...] | None) -> tuple[tuple[int, ...], tuple[Any, ...]]:
    """The shape of a key, and its entries row by row. Raises ValueError."""
    rows = _rows(key)
    if not isinstance(rows, str):
        width = len(rows[0])
        return ((width,) if _flat(key) else (len(rows), width)), tuple(each for row in rows for each in row)
    if size is None:
        raise ValueError(messages.tell("the key {name} needs its size: 3 for a vector, [2, 3] for a matrix", name=rows))
    if len(size) == 1:
        return size, tuple(f"{rows}[{place}]" for place in range(size[0]))
    return size, tuple(f"{rows}[{row}, {column}]" for row in range(size[0]) for column in range(size[1]))
