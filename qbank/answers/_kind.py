"""A kind of answer as one value: everything that other rooms call, typed by the kind's own spec and reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any, Generic, Protocol, Self, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from qbank.algebra import Expression
from qbank.answers import _notes
from qbank.answers._facts import Facts
from qbank.answers._notes import Note, Plain
from qbank.draws import Chance
from qbank.model import Array, Bilingual, Column, Columns, Example, Floats, Lang, Name, Printed, Rules, Steps
from qbank.sheets import Foreseen
from qbank.waist import Interaction, Scoring


class Scope(Protocol):
    """The values of one item's names over n variants: what a key is computed in."""

    @property
    def n(self) -> int:
        """How many variants there are."""
        ...

    def evaluate(self, expression: Expression) -> Column:
        """The expression's value on every variant; what rounding leaves of a zero is zero."""
        ...


class Counting(Scope, Protocol):
    """A scope that knows what its names can be on every variant, as the scope of an item does: for keys that count."""

    def whole(self, expression: Expression) -> bool:
        """Whether the expression is a whole number on every variant that the item can have."""
        ...


class Complex(Scope, Protocol):
    """A scope whose expressions may be complex, as the scope of an item is: for keys that are."""

    def complex(self, expression: Expression) -> Array:
        """(n, *shape) the expression's complex value on every variant; a part that vanishes is zero."""
        ...


class Printing(Scope, Protocol):
    """A scope that knows how its names print, as the scope of an item does: for keys that are words."""

    def printed(self, name: Name, lang: Lang) -> Array:
        """(n,) what a `{{ name }}` prints on every variant, in one language."""
        ...


class Around(Protocol):
    """What an answer may know of the item it belongs to."""

    @property
    def others(self) -> frozenset[str]:
        """What the other parts, and their values, are called."""
        ...

    @property
    def any_order(self) -> bool:
        """Whether the part is one of the blanks that may be filled in any order."""
        ...

    @property
    def symbols(self) -> Mapping[str, str]:
        """The TeX by which the item's names print, where they say it."""
        ...

    @property
    def printed(self) -> frozenset[str]:
        """The item's names whose number a candidate sees, or can compute from such numbers."""
        ...

    @property
    def whole(self) -> frozenset[str]:
        """The item's parameters that are whole numbers by their domain."""
        ...

    @property
    def worded(self) -> frozenset[str]:
        """The item's names that print as a word of the sheet's language."""
        ...

    @property
    def bases(self) -> Mapping[str, tuple[int, int]]:
        """The item's names that print as digits in another base than ten: the base, and how many digits at least."""
        ...

    def values(self, letters: Iterable[str]) -> Mapping[str, Floats]:
        """(n,) what each of the item's names that candidates see, and of these letters, can be."""
        ...


class Spec(Protocol):
    """What is written under `answer:`, validated: the tag is all that is known of it from outside."""

    @property
    def kind(self) -> str: ...

    @classmethod
    def model_validate(cls, obj: Any, *, context: Any | None = None) -> Self:
        """The mapping of an author's file as a spec. Raises pydantic's ValidationError."""
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

    def told(self, row: int, lang: Lang) -> str:
        """What one answer that was read was taken for; nothing where its text says it."""
        ...


Named: TypeAlias = tuple[str, ...] | Mapping[str, str]
"""An answer by the names of its entries: those that are picked, in order, or for each entry the one it is joined to."""

SpecT = TypeVar("SpecT", bound=Spec)
ReadingT = TypeVar("ReadingT", bound=Reading)


@dataclass(frozen=True, slots=True)
class Kind(Generic[SpecT, ReadingT]):
    """What a kind of answer is; every function takes the part's spec first.

    `key` and `arrangement` are columns over variants, `row` is one of their rows. A hook that is None does not exist
    for the kind: nothing is arranged, every variant may be drawn, nothing is carried on.
    """

    _: KW_ONLY
    spec: type[SpecT]
    """The pydantic model of what is under `answer:`."""
    examples: tuple[Example, ...]
    """Rows that are the kind's test, its documentation and the instructor's reference at once."""
    facts: Callable[[SpecT], Facts]
    """What other rooms may know of a part."""

    bind: Callable[[SpecT, Scope, Columns], dict[str, Array]]
    """(scope, arrangement): the key columns over the scope's variants; with the arrangement, all that marking needs."""
    read: Callable[[SpecT, Sequence[str], Rules], ReadingT]
    """The texts understood, one row each; texts are distinct when it is called in earnest."""
    mark: Callable[[SpecT, ReadingT, Columns, Columns, Rules], Steps]
    """(reading, key, arrangement, rules): row i of the reading against row i of the key and the arrangement."""

    show: Callable[[SpecT, Columns, Columns, int, Lang], Printed]
    """(key, arrangement, row, lang): the key of one variant as the answer book prints it."""
    accepted: Callable[[SpecT, Columns, Columns, int, Lang], str]
    """(key, arrangement, row, lang): what counts as right on one variant, in words."""
    interaction: Callable[[SpecT, Columns, int, Lang], Interaction]
    """(arrangement, row, lang): what the candidate does; names in the texts are not filled in yet."""
    named: Callable[[SpecT, Columns, int, Named], str] | None = None
    """(arrangement, row, names): the answer that means these entries, in the letters of a variant that shows them."""
    scoring: Callable[[SpecT, Columns, Columns, int, Rules], Scoring]
    """(key, arrangement, row, rules): what another system can be told of the mark, under a paper's rules."""

    notes: Mapping[str, Note]
    """What each note is called for a whole class and what candidates read, in both languages; see `_notes`."""
    fills: Callable[[SpecT, str, Mapping[str, Any], Lang], Mapping[str, str]] | None = None
    """(note, details, lang): what the `{names}` in the table of notes mean for one step."""
    own: Callable[[SpecT, str, Mapping[str, Any]], Sequence[Bilingual]] | None = None
    """(note, details): the author's own texts on a step; without it, those of the mistake that the note names."""
    named_by: tuple[str, ...] = ()
    """The details, names and places alone, that tell one row of a class's table from another with the same note."""

    spellings: Callable[[SpecT, Columns, Columns, int], list[str]]
    """(key, arrangement, row): right answers to one variant, variously spelt: each earns full marks."""
    wrong: Callable[[SpecT, Columns, Columns, int], list[tuple[str, str]]]
    """(key, arrangement, row): wrong answers to one variant, each with the note it gets."""
    unreadable: Callable[[SpecT], list[str]]
    """Texts that this part cannot read."""

    arrange: Callable[[SpecT, Scope, Chance, str, NDArray[np.int64]], dict[str, Array]] | None = None
    """(scope, chance, name, seats): what differs between variants and is visible: which options are shown and in which
    order, the statement drawn."""
    balance: Callable[[Sequence[SpecT], Chance, NDArray[np.int64]], list[dict[str, Array]]] | None = None
    """(chance, seats), of several parts: their arrangements on one paper, with keys near half on every form."""
    feasible: Callable[[SpecT, Columns], NDArray[np.bool_]] | None = None
    """(key): (n,) whether a variant may be drawn at all."""
    impossible: Callable[[SpecT, Columns], str] | None = None
    """(key): why none of these variants, whose mistakes are left aside, may be drawn: a clause for a message."""
    foresee: Callable[[SpecT, Columns, Columns, int, Lang], tuple[Foreseen, ...]] | None = None
    """(key, arrangement, row, lang): the foreseen wrong answers that exist on one variant."""
    value: Callable[[SpecT, ReadingT, tuple[int, ...]], Floats] | None = None
    """(reading, shape): (n, *shape) the numbers that candidates gave, in SI, to be carried on; NaN where there are
    none."""
    join: Callable[[SpecT, Around], SpecT] | None = None
    """(around): the spec that knows what it needs of the item it belongs to."""
    faults: Callable[[SpecT], Iterator[str]] | None = None
    """Why no answer could be compared with the key of a joined spec; an exam sealed earlier may hold such a key."""

    def arranged(
        self, spec: SpecT, scope: Scope, chance: Chance, name: str, seats: NDArray[np.int64]
    ) -> dict[str, Array]:
        """What differs between the variants of these seats, whose values are the scope's; `name` is the part's."""
        return {} if self.arrange is None else self.arrange(spec, scope, chance, name, seats)

    def possible(self, spec: SpecT, key: Columns, count: int) -> NDArray[np.bool_]:
        """(count,) which variants may be drawn at all."""
        return np.ones(count, dtype=np.bool_) if self.feasible is None else self.feasible(spec, key)

    def foreseen(
        self, spec: SpecT, key: Columns, arrangement: Columns, row: int, lang: Lang
    ) -> tuple[Foreseen, ...]:
        """The foreseen wrong answers that exist on one variant."""
        return () if self.foresee is None else self.foresee(spec, key, arrangement, row, lang)

    def reason(
        self, spec: SpecT, note: str, details: Mapping[str, Any], lang: Lang, plain: Plain = _notes.general
    ) -> str:
        """The sentence a candidate reads for a step; `plain` writes the author's texts with the variant's values."""
        row = _notes.row_of(note, self.notes)
        return _notes.sentence(self._told(spec, note, row.sentence, details, plain, lang), lang)

    def note_name(self, spec: SpecT, note: str, details: Mapping[str, Any], lang: Lang) -> str:
        """What a note is called for a whole class, without any candidate's own letters or values."""
        row = _notes.row_of(note, self.notes)
        return self._told(spec, note, row.name, details, _notes.general, lang)

    def _told(
        self, spec: SpecT, note: str, template: Bilingual, details: Mapping[str, Any], plain: Plain, lang: Lang
    ) -> str:
        open_ = "{" in template[lang].replace("{own}", "")
        fills = self.fills(spec, note, details, lang) if self.fills and open_ else {}
        return _notes.told(template, fills, self._own(spec, note, details), plain, lang)

    def _own(self, spec: SpecT, note: str, details: Mapping[str, Any]) -> Sequence[Bilingual]:
        if self.own is not None:
            return self.own(spec, note, details)
        if not (name := _notes.mistake_of(note)):
            return ()
        return [mistake.text for mistake in self.facts(spec).mistakes if mistake.name == name]
