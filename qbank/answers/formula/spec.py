"""What is written under `answer:` with `kind: formula`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal, Self, TypeAlias

import numpy as np
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, PrivateAttr, WithJsonSchema, model_validator

from qbank import algebra, formulas, messages
from qbank.algebra import tree
from qbank.algebra.tree import Binary, Constant, Node, Unary
from qbank.answers import Around
from qbank.answers._fields import Credit
from qbank.answers._mistakes import Mistake
from qbank.answers._tolerance import Written
from qbank.answers.formula.keys import Branch, branches
from qbank.formulas import Domain, Points, Vocabulary
from qbank.maths import subscripts
from qbank.model import Floats
from qbank.records import Record, Truth

_WORDS: Mapping[str, Mapping[str, Any]] = {
    "real": {}, "positive": {"from": 0}, "integer": {"whole": True}, "natural": {"whole": True, "from": 1},
    "share": {"from": 0, "to": 1},
}  # fmt: skip
"""Domains with a name: what `over: {x: positive}` means."""


def _named(word: str) -> dict[str, Any]:
    """The fields of a domain with a name. Raises ValueError with the names there are."""
    if word not in _WORDS:
        raise ValueError(messages.tell(
            "{word!r} is not a domain; write {names}, or from: and to:", word=word, names=messages.listed(_WORDS)
        ))  # fmt: skip
    return dict(_WORDS[word])


def _value(value: Any) -> Any:
    return float(algebra.exact(str(value)))


Value: TypeAlias = Annotated[float, BeforeValidator(_value), WithJsonSchema({"type": ["string", "number"]})]


def _named_domain(made: dict[str, Any]) -> None:
    """Let the schema know `is: positive` beside the fields."""
    made["properties"]["is"] = {"type": "string"}


_OF_THE_ITEM = ("points", "vocabulary", "numbers", "constants", "branches", "accepted", "foreseen", "own")
"""What depends on the item that a part stands in."""


class Over(Record):
    """What a letter of the formula may be: real, positive, integer, natural, share; or ends; or a list of values."""

    model_config = ConfigDict(json_schema_extra=_named_domain)

    start: Value | None = Field(None, alias="from")
    to: Value | None = None
    whole: Truth = False
    values: tuple[Value, ...] = ()
    symbol: Annotated[str, AfterValidator(subscripts.grouped)] = ""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        if isinstance(value, str):
            return _named(value)
        if isinstance(value, dict) and "is" in value:
            return {**_named(str(value["is"])), **{name: one for name, one in value.items() if name != "is"}}
        return value

    @model_validator(mode="after")
    def _sound(self) -> Self:
        domain = self.domain
        if domain.low >= domain.high and not self.values:
            raise ValueError(messages.tell("from: must be less than to:"))
        return self

    @property
    def domain(self) -> Domain:
        """The ends, or the values."""
        low = -math.inf if self.start is None else self.start
        return Domain(low, math.inf if self.to is None else self.to, self.whole, self.values)


class Form(Record):
    """How a formula must be written, beside being right."""

    equation: Truth = False
    factored: Truth = False
    no_parallel_sign: Truth = Field(False, alias="no-parallel-sign")
    only: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        found: dict[str, Any] = {}
        for one in value if isinstance(value, list | tuple) else [value]:
            found |= {one: True} if isinstance(one, str) else one
        return found


class Further(Record):
    """Another formula that counts, in full or in part."""

    key: algebra.Formula
    credit: Credit = 1.0
    when: algebra.Condition | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return value if isinstance(value, dict) else {"key": value}


class Spec(Record):
    """`kind: formula`: equal to the key wherever its letters may be; `form: equation` asks for an equation, `L == R`.

    Letters are the item's parameters and what `over:` declares (`{R1: positive, n: natural}`); a letter with no domain
    is any real number. `names:` adds letters that may be written and are wrong.
    """

    kind: Literal["formula"]
    key: algebra.Formula
    accept: tuple[Further, ...] = ()
    over: dict[str, Over] = Field(default_factory=dict)
    names: tuple[str, ...] = ()
    aliases: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    form: Form = Form()
    form_credit: Credit = 0.0
    tolerance: Written | None = None
    mistakes: dict[str, Mistake] = Field(default_factory=dict)
    log: Literal["ln", "lg"] = "ln"
    parallel: Truth | None = None
    complex: Truth = False
    unknown: Literal["unreadable", "wrong"] = "unreadable"
    name: str = ""
    comma: Literal["ask", "decimal"] | None = None

    _columns: Mapping[str, Floats] = PrivateAttr(default_factory=dict)
    _symbols: Mapping[str, str] = PrivateAttr(default_factory=dict)
    _printed: frozenset[str] = PrivateAttr(default=frozenset())
    _whole: frozenset[str] = PrivateAttr(default=frozenset())

    @model_validator(mode="after")
    def _sound(self) -> Self:
        for branch in self.branches:
            if tree.is_equation(branch.formula) != self.form.equation:
                raise ValueError(messages.tell("an equation needs both 'form: equation' and a key of the form L == R"))
            if not formed(branch.formula, self.form):
                raise ValueError(messages.tell("the key itself does not have the form that 'form:' asks for"))
        for key in [*self.accepted, *self.foreseen.values()]:
            if tree.is_equation(key) != self.form.equation:
                raise ValueError(messages.tell(
                    "accept: and mistakes: must be equations where the key is an equation, and only there"
                ))  # fmt: skip
        if self.tolerance is not None:
            if self.tolerance.range is not None or self.tolerance.last:
                raise ValueError(messages.tell(
                    "the tolerance of a formula must be of the form 1%, 0.005, sf 3 or dp 2, which holds at every point"
                ))  # fmt: skip
            if self.complex or self.form.equation:
                raise ValueError(messages.tell("a complex formula or an equation cannot have a tolerance"))
        for name in (*self.aliases, *self.form.only):
            if name not in self.own:
                raise ValueError(messages.tell(
                    "{name!r} is not a letter of this formula; its letters are: {names}",
                    name=name, names=messages.listed(self.own),
                ))  # fmt: skip
        return self

    def joined(self, around: Around) -> Self:
        """A copy that knows what the item's own names can be, and the TeX they print as."""
        copy = self.model_copy()
        copy._columns, copy._symbols = around.values(self.own), around.symbols
        copy._printed, copy._whole = around.printed, around.whole
        for name in _OF_THE_ITEM:  # were made without them
            copy.__dict__.pop(name, None)
        return copy

    @cached_property
    def constants(self) -> Mapping[str, Constant]:
        """The names by which the author writes e and the imaginary unit."""
        taken = {*self.over, *self.names, *self._columns}
        imaginary = ("i", "j") if self.complex else ()
        units = {name: Constant("i") for name in imaginary if name not in {*self.over, *self.names}}
        return units if "e" in taken else {**units, "e": Constant("e")}

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The item's own names that are numbers here: a candidate sees them, and they are no letters of the answer."""
        return tuple(name for name in self.vocabulary.names
                     if name in self._printed and name not in self.over and name not in self.names)  # fmt: skip

    @cached_property
    def branches(self) -> tuple[Branch, ...]:
        """The key: one formula, or several of which a test chooses."""
        return branches(self.key, self.constants)

    @cached_property
    def accepted(self) -> tuple[Node, ...]:
        """The formulas that count besides the key."""
        return tuple(branches(one.key, self.constants)[0].formula for one in self.accept)

    @cached_property
    def foreseen(self) -> Mapping[str, Node]:
        """The mistakes as formulas."""
        return {name: branches(one.value, self.constants)[0].formula for name, one in self.mistakes.items()}

    @cached_property
    def own(self) -> tuple[str, ...]:
        """The letters that are in the key, the mistakes and what else counts, and those declared, in this order."""
        trees = [*(branch.formula for branch in self.branches), *self.accepted, *self.foreseen.values()]
        used = {name: None for one in trees for name in _ordered(one)}
        return (*used, *(name for name in (*self.over, *self.names) if name not in used))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What may be written: the part's letters, then the item's own."""
        trees = [*(branch.formula for branch in self.branches), *self.accepted, *self.foreseen.values()]
        parallel = any("parallel" in tree.called(one) for one in trees)
        named = [self.name] if self.name else []
        names = tuple(dict.fromkeys((*self.own, *self._columns, *named)))
        return Vocabulary(
            names, self.aliases, parallel if self.parallel is None else self.parallel, self.complex, self.log,
            self.unknown == "wrong", hidden=frozenset(named),
        )  # fmt: skip

    @cached_property
    def points(self) -> Points:
        """Where formulas are compared."""
        domains = {name: one.domain for name, one in self.over.items()}
        names = [name for name in self.vocabulary.names
                 if (name != self.name or name in self.own) and name not in self.numbers]  # fmt: skip
        columns = formulas.sampled(names, domains, self._columns)
        own = {name: Domain(values=tuple(np.unique(columns[name]).tolist())) if name in self._whole else Domain(
            float(columns[name].min()), float(columns[name].max())) for name in columns if name in self._columns}
        return Points(columns, self.complex, {**own, **domains})

    @property
    def on_variants(self) -> bool:
        """Whether the key has a value on every variant: its letters are all the item's own."""
        used = set(algebra.names(self.key)).union(*(algebra.names(one.value) for one in self.mistakes.values()))
        return not (self.complex or self.form.equation or used & {*self.over, *self.names})

    @property
    def symbols(self) -> Mapping[str, str]:
        """The TeX of the letters."""
        return {**self._symbols, **{name: one.symbol for name, one in self.over.items() if one.symbol}}


def formed(formula: Node, form: Form) -> bool:
    """Whether a formula is written as a part asks."""
    if form.factored:
        outermost = formula
        while isinstance(outermost, Unary):
            outermost = outermost.operand
        if isinstance(outermost, Binary) and outermost.operator in ("+", "-"):
            return False
    if form.no_parallel_sign and "parallel" in tree.called(formula):
        return False
    return not form.only or tree.named(formula) <= set(form.only)


def _ordered(formula: Node) -> list[str]:
    return [node.name for node in tree.walk(formula) if isinstance(node, tree.Name)]
