"""A department's scheme in YAML to a `Scheme`; and the names of the command line to curves and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError, field_validator, model_validator

from qbank import messages, nodes, registry
from qbank.model import Bilingual, Problem, Refused, duplicates, printed_marks
from qbank.records import Marks, Record, Truth
from qbank.scales import curves
from qbank.scales.curves import AsIs, Curve
from qbank.scales.named import TABLES
from qbank.scales.scheme import Component, Scheme
from qbank.scales.tables import Band, Table


def _names(value: Any) -> Any:
    """One name, or a list of them."""
    return [value] if isinstance(value, str) else value


def _word(value: Any) -> Bilingual:
    if isinstance(value, str) and value.strip():
        return Bilingual(zh=value.strip(), en=value.strip())
    if isinstance(value, dict) and set(value) <= {"zh", "en"} and any(value.values()):
        return Bilingual(zh=str(value.get("zh") or "").strip(), en=str(value.get("en") or "").strip())
    raise ValueError(messages.tell("needs a word, such as A or {{zh: 优, en: excellent}}"))


def _curve(value: Any) -> Curve | str:
    """A curve as it is written; a name of the scheme's own curves is looked up later."""
    if not isinstance(value, str):
        raise ValueError(messages.tell("needs a text; write as-is, to-100, linear A B, anchors X:Y X:Y or sqrt"))
    try:
        return curves.written(value)
    except ValueError:
        if " " not in value.strip() and not value.strip().startswith("to-"):
            return value.strip()
        raise


_Curve = Annotated[Any, BeforeValidator(_curve)]


class _Band(Record):
    low: Marks = Field(alias="from")
    high: Marks | None = Field(None, alias="to")
    word: Annotated[Bilingual, BeforeValidator(_word)]
    points: Marks | None = None

    @model_validator(mode="after")
    def _upwards(self) -> _Band:
        if self.high is not None and self.high < self.low:
            raise ValueError(messages.tell(
                "goes from {low} down to {high}", low=printed_marks(self.low), high=printed_marks(self.high)
            ))  # fmt: skip
        return self


class _Component(Record):
    name: str = Field(min_length=1, max_length=60)
    weight: Marks
    exam: Annotated[tuple[str, ...], BeforeValidator(_names)] = ()
    column: str = ""
    out_of: Marks = Field(Fraction(100), alias="out of")
    scale: _Curve = Field("to-100", validate_default=True)
    best: int | None = None
    minimum: Marks | None = None
    needed: Truth = False

    @field_validator("best", mode="before")
    @classmethod
    def _whole(cls, value: Any) -> Any:
        if isinstance(value, str) and not (value.isascii() and value.isdecimal() and int(value[:4]) > 0):
            raise ValueError(messages.tell("{value!r} is not a number of exams", value=value))
        return value

    @model_validator(mode="after")
    def _source(self) -> _Component:
        if bool(self.exam) == bool(self.column):
            raise ValueError(messages.tell("needs either exam: or column:"))
        if self.best is not None and self.best > len(self.exam):
            raise ValueError(messages.tell(
                "best: {best} is more than the number of exams, {count}", best=self.best, count=len(self.exam)
            ))  # fmt: skip
        if not self.weight or not self.out_of:
            raise ValueError(messages.tell("weight: and out of: must be more than 0"))
        return self


class _Scheme(Record):
    name: str = ""
    components: tuple[_Component, ...] = Field(min_length=1)
    round: Marks
    passes: Marks = Field(Fraction(60), alias="pass")
    grade: str = ""
    curves: dict[str, _Curve] = Field(default_factory=dict)
    tables: dict[str, tuple[_Band, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _together(self) -> _Scheme:
        weights = sum((each.weight for each in self.components), start=Fraction(0))
        if weights != 100:
            raise ValueError(messages.tell("the weights add up to {sum}, not to 100", sum=printed_marks(weights)))
        if twice := duplicates(each.name for each in self.components):
            raise ValueError(messages.tell("two components have the name {name!r}", name=next(iter(twice))))
        names = [name for each in self.components for name in (*each.exam, each.column) if name]
        if twice := duplicates(names):
            raise ValueError(messages.tell("{name!r} is in two components", name=next(iter(twice))))
        return self


def scheme(content: bytes, file: str) -> Scheme:
    """The scheme in a file. Raises Refused with every fault and its place."""
    try:
        node = nodes.read(content, file)
    except nodes.NodeError as error:
        raise Refused(*error.problems) from error
    try:
        read = _Scheme.model_validate(nodes.plain(node))
    except ValidationError as error:
        raise Refused(*nodes.problems(error, node, model=_Scheme)) from error
    try:
        own = {name: _need(curve, {}) for name, curve in read.curves.items()}
        components = tuple(
            Component(each.name, each.weight / 100, each.exam, each.column, each.out_of, _hundred(each.scale, own, at),
                      each.best, each.minimum, each.needed)
            for at, each in enumerate(read.components)
        )  # fmt: skip
        named = {name: _table(name, bands) for name, bands in read.tables.items()}
        chosen = _chosen(read.grade, named) if read.grade else None
    except nodes.Wrong as error:
        place = nodes.place(node, error.path) if error.path else None
        raise Refused(Problem("scheme", str(error), place)) from error
    return Scheme(components, read.round, chosen, read.passes, read.name)


def curve(text: str, own: Mapping[str, Curve] | None = None) -> Curve:
    """The curve of a text, or of a name among `own`. Raises Refused."""
    try:
        return _need(_curve(text), own or {})
    except ValueError as error:
        raise Refused(str(error)) from error


def table(name: str, own: Mapping[str, Table] | None = None) -> Table:
    """The table of grades of that name, among `own` and those of qbank. Raises Refused with the nearest."""
    try:
        return _chosen(name, own or {})
    except nodes.Wrong as error:
        raise Refused(str(error)) from error


def _chosen(name: str, own: Mapping[str, Table]) -> Table:
    known = {**TABLES, **own}
    if name not in known:
        unknown = registry.unknown(name, known)
        raise nodes.Wrong(messages.tell("the table of grades {unknown}", unknown=unknown), path=("grade",))
    return known[name]


def _need(found: Curve | str, own: Mapping[str, Curve]) -> Curve:
    if not isinstance(found, str):
        return found
    if found in own:
        return own[found]
    raise nodes.Wrong(curves.unrecognised(found, own))


def _hundred(found: Curve | str, own: Mapping[str, Curve], at: int) -> Curve:
    """A component's curve, which ends at 100."""
    try:
        chosen = _need(found, own)
    except nodes.Wrong as error:
        raise nodes.Wrong(str(error), path=("components", at, "scale")) from error
    if isinstance(chosen, AsIs) or curves.full(chosen, curves.HUNDRED) != curves.HUNDRED:
        message = messages.tell("the marks of a component are out of 100: write to-100")
        raise nodes.Wrong(message, path=("components", at, "scale"))
    return chosen


def _table(name: str, bands: Sequence[_Band]) -> Table:
    if not bands:
        raise nodes.Wrong(messages.tell("the table {table!r} has no row", table=name), path=("tables", name))
    return Table(name, tuple(Band(each.word, each.low, each.high, each.points) for each in bands))
