"""Ask one item and mark what is answered, with the reasons: the shortest way from a question to a mark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from qbank import bank, intake, marking, messages, papers, registry, reports, variants
from qbank.actions.show import SEED, spoken
from qbank.bank import Bank
from qbank.bank.item import ID, Item
from qbank.circuits import Circuit
from qbank.marking import Marked
from qbank.model import Lang, Refused
from qbank.sheets import Question, Worked
from qbank.variants import Variants


@dataclass(frozen=True)
class Verdict:
    """The mark of one part: what was written, what it earned of what, and why; `notes` are the steps' names.

    `waits` tells that a person decides: the answer could not be read, or is a long one.
    """

    part: str
    text: str
    marks: float
    worth: float
    credit: float
    notes: tuple[str, ...]
    waits: bool
    _marked: Marked = field(repr=False, compare=False)
    _variant: reports.Variant = field(repr=False, compare=False)
    _lang: Lang = field(repr=False, compare=False)

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        """The sentences that a candidate reads, in the order of the notes; put together when they are asked for."""
        return tuple(reports.spoken(self._marked, 0, self._lang, self._variant))


@dataclass(frozen=True, slots=True)
class Outcome:
    """The marks of one item, part by part in its order."""

    item: str
    seat: int
    parts: tuple[Verdict, ...]

    @property
    def marks(self) -> float:
        """What all parts earned."""
        return sum(part.marks for part in self.parts)

    @property
    def worth(self) -> float:
        """What all parts are worth."""
        return sum(part.worth for part in self.parts)

    @property
    def credit(self) -> float:
        """The share of the marks that was earned, 0 where the item has none."""
        return self.marks / self.worth if self.worth else 0.0

    def __getitem__(self, part: str) -> Verdict:
        """The verdict on the part of that id. Raises KeyError."""
        return next((each for each in self.parts if each.part == part), None) or _missing(part, self)


@dataclass(frozen=True, eq=False, repr=False)
class Asked:
    """One variant of an item, ready to be answered: `question` as a candidate sees it, `worked` with its keys."""

    item: Item
    seat: int
    lang: Lang
    drawn: Variants
    _circuits: Mapping[str, Circuit] = field(repr=False)

    @cached_property
    def worked(self) -> Worked:
        """The question with its keys and solution."""
        marks: tuple[Fraction, ...] = tuple(part.marks for part in self.item.parts)
        return papers.worked(self.drawn, 0, self.lang, self._circuits, 1, marks)

    @property
    def question(self) -> Question:
        """The question without its keys."""
        return self.worked.question

    def __repr__(self) -> str:
        parts = ", ".join(part.id for part in self.item.parts)
        return f"Asked({self.item.id!r}, seat {self.seat}, {self.lang}; parts: {parts})"

    def _repr_html_(self) -> str:
        """The question without its keys, for a notebook."""
        from qbank.outputs import html

        return html.framed(html.questions(papers.alone(self.worked, self.lang).sheet), 360)

    def mark(self, answers: Mapping[str, object] | object) -> Outcome:
        """The marks of the answers by part; a part that is left out is blank. An answer alone is to the only part.

        Answers are texts as a candidate writes them, or numbers as numbers. Raises Refused for a name that is not a
        part of the item.
        """
        given = self._by_part(answers)
        texts = {part.id: [intake.written(given.get(part.id))] for part in self.item.parts}
        marked = marking.mark(self.item, self.drawn, texts)
        verdicts, variant = [], reports.Variant(self.drawn, 0)
        for part in self.item.parts:
            done, worth, text = marked[part.id], float(part.marks), texts[part.id][0]
            credit, waits = float(done.credit[0]), bool(done.waits[0])
            notes = tuple(step.note for step in done.steps.steps if step.rows[0])
            verdicts.append(
                Verdict(part.id, text, credit * worth, worth, credit, notes, waits, done, variant, self.lang)
            )
        return Outcome(self.item.id, self.seat, tuple(verdicts))

    def _by_part(self, answers: Mapping[str, object] | object) -> Mapping[str, object]:
        names = [part.id for part in self.item.parts]
        if not isinstance(answers, Mapping):
            if len(names) > 1:
                raise Refused(messages.tell("{item} has the parts {parts}; give an answer for each part by its name",
                                            item=self.item.id, parts=messages.listed(names)))  # fmt: skip
            return {names[0]: answers}
        for name in answers:
            if name not in names:
                raise Refused(messages.tell("{item}: the part {unknown}", item=self.item.id,
                                            unknown=registry.unknown(name, names)))  # fmt: skip
        return answers


def ask(
    name: str, *, seat: int = 0, lang: Lang = "zh", seed: str = SEED, source: Bank | str | Path = bank.SHIPPED
) -> Asked:
    """The item as the seat gets it, ready to be answered in a language that it has.

    `source` is a bank or its folder; "shipped" is the one that comes with qbank, and the default.

    Raises Refused when there is no such item, or no variant of it.
    """
    if not isinstance(source, Bank):
        source = _holding(bank.named(source), name)
    item = source.item(name)
    lang = spoken(item, lang)
    return Asked(item, seat, lang, variants.one(item, seed, seat), source.circuits)


def _holding(folder: Path, name: str) -> Bank:
    """The bank in a folder, of its items only the one in the file of that name where there is one."""
    own = list(folder.rglob(f"{name}.yaml")) if ID.fullmatch(name) and folder.is_dir() else []
    loaded = bank.load(folder, only=own) if own else Bank()
    return loaded if name in loaded.items else bank.load(folder)


def _missing(part: str, outcome: Outcome) -> Verdict:
    unknown = registry.unknown(part, [each.part for each in outcome.parts])
    raise KeyError(messages.tell("the part {unknown}", unknown=unknown))
