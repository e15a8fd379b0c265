"""What answers earn: every kind's own examples, read and marked by the kind itself, with the sentences it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from pages import fields
from pages.formats import flow, kinds_in_order
from pages.tables import code, fenced, first, table
from pages.words import say
from qbank import answers, messages, nodes, registry
from qbank.answers._quantities import FITS, NONE, OTHER, Quantities
from qbank.draws import Chance
from qbank.model import READ, UNREADABLE, Column, Example, Rules, Steps
from qbank.variants import Scope

ENOUGH_FOR_A_TABLE = 3
"""Examples on one answer that are shown in a table of their own."""


def values(given: Mapping[str, float | Sequence[float] | Sequence[Sequence[float]]]) -> Scope:
    """The values of an example's names on one variant."""
    return Scope(1, {name: Column(np.asarray(value, dtype=np.float64)[None]) for name, value in given.items()})


@dataclass(frozen=True, slots=True)
class Tried:
    """An example as its kind reads and marks it."""

    example: Example
    kind: answers.Kind[answers.Spec, answers.Reading]
    spec: Any
    reading: Any
    steps: Steps

    @property
    def earns(self) -> str:
        """The credit as a share: 1, 0.8, 2/3."""
        credit = float(self.steps.credit[0])
        share = Fraction(credit).limit_denominator(20)
        if abs(float(share) - credit) > 1e-9 or share.denominator in (1, 2, 4, 5, 10, 20):
            return f"{credit:.4g}".replace("-", "−")
        return f"{'−' if share < 0 else ''}{abs(share.numerator)}/{share.denominator}"

    @property
    def notes(self) -> list[str]:
        """The notes of all steps."""
        return [note for note, _, _ in self.steps.of(0)]

    def sentences(self) -> Iterator[tuple[str, str]]:
        """(note, sentence) for every step."""
        for note, _, details in self.steps.of(0):
            yield note, self.kind.reason(self.spec, note, details, messages.language())

    @property
    def read_as(self) -> str:
        """What the text was taken for; or where reading stopped, and what was expected there."""
        if self.reading.state[0] == UNREADABLE:
            expected = self.reading.expected(0, messages.language())
            return say("stopped at character {at}: {expected}", at=int(self.reading.stop[0]), expected=expected)
        if self.reading.state[0] != READ:
            return say("nothing")
        return quantity(self.spec, self.reading) if isinstance(self.reading, Quantities) else ""

    @property
    def figures(self) -> str:
        """The significant figures it shows, where they can be counted."""
        counted = isinstance(self.reading, Quantities) and self.reading.state[0] == READ
        if not counted or not self.reading.high[0]:
            return ""
        low, high = int(self.reading.low[0]), int(self.reading.high[0])
        return str(low) if low == high else say("{low} to {high}", low=low, high=high)


def quantity(spec: Any, reading: Quantities) -> str:
    """A quantity that was read, in the part's unit where it fits."""
    unit, status = spec.asked_unit, int(reading.unit[0])
    value = (reading.value[0] - unit.offset) / unit.factor
    if status == FITS:
        return f"{value:.9g} {spec.unit}".strip()
    number = f"{reading.number[0]:.9g}"
    if status == NONE:
        return say("{number}, no unit", number=number) if spec.unit else number
    if status == OTHER:
        return say("{number}, a unit of another dimension", number=number)
    return say("{number}, an unknown unit", number=number)


def tried(kind: str, example: Example) -> Tried:
    """An example on the variant that it gives, by the rules of a paper that says nothing."""
    module = answers.kind_of(kind)
    spec = answers.read(plain(example.answer))
    scope = values(example.given)
    arrangement = module.arranged(spec, scope, Chance("seed", "item"), "part", np.arange(1))
    key = module.bind(spec, scope, arrangement)
    reading = module.read(spec, [example.response], Rules())
    return Tried(example, module, spec, reading, module.mark(spec, reading, key, arrangement, Rules()))


def kinds(*only: str) -> str:
    """Every kind of answer (or only those named): its examples, and what is said to candidates."""
    tags = only or kinds_in_order()
    return "\n\n".join(f"### `kind: {tag}`\n\n{say(first(registry.load('answers', tag).__doc__) + '.')}\n\n"
                       f"{of_kind(tag)}" for tag in tags)


def of_kind(tag: str) -> str:
    """The examples of one kind in tables, then its notes with their sentences."""
    rows = [tried(tag, example) for example in answers.kind_of(tag).examples]
    numeric = isinstance(rows[0].reading, Quantities)
    groups = [(text, [row for row in rows if row.example.answer == text])
              for text in dict.fromkeys(row.example.answer for row in rows)]
    pieces, singles = [], []
    for text, own in groups:
        if len(own) >= ENOUGH_FOR_A_TABLE or len(groups) == 1:
            pieces.append(fenced(text, "yaml answer"))
            if own[0].example.given:
                given = ", ".join(f"{name} = {_given(value)}" for name, value in own[0].example.given.items())
                pieces.append(say("with {values}:", values=given))
            pieces.append(_table(own, numeric=numeric))
        else:
            singles += own
    if singles:
        bases = [text for text, own in groups if len(own) >= ENOUGH_FOR_A_TABLE]
        lead = "In these rows the answer is one of the above with other options, or as its row gives it:"
        pieces.append(say(lead) if bases else say("Each row gives its answer:"))
        pieces.append(_table(singles, numeric=numeric, bases=bases))
    options = fields.rows_of(answers.model(tag), only_optional=True)
    pieces += [say("Options that an item may write, and their defaults:"), options] if options else []
    pieces += [say("What candidates read (on the examples above):"), notes(rows)]
    return "\n\n".join(pieces)


def _table(rows: Sequence[Tried], *, numeric: bool, bases: Sequence[str] | None = None) -> str:
    said = [] if bases is None else ["answer"]
    header = [*said, "written", *(["read as", "significant figures"] if numeric else []), "earns", "note", "remark"]
    lines = []
    for row in rows:
        example = row.example
        odd = [say(example.remark)] if example.remark else []
        if not numeric and row.reading.state[0] == UNREADABLE:
            odd.append(row.read_as)
        lines.append([
            *([] if bases is None else [difference(example.answer, bases)]), code(example.response),
            *([row.read_as, row.figures] if numeric else []), row.earns, code(row.notes[-1]), "; ".join(odd),
        ])  # fmt: skip
    return table(header, lines)


def difference(answer: str, bases: Sequence[str]) -> str:
    """What an answer says otherwise than the nearest of the bases, in one line; the whole of it where none is near."""
    own = plain(answer)
    found = [new for base in bases if (new := changes(own, plain(base))) is not None and len(new) < len(own)]
    new = min(found, key=len, default={name: value for name, value in own.items() if name != "kind"})
    return code("; ".join(f"{name}: {flow(value)}" for name, value in new.items())) if new else say("as above")


def plain(answer: str) -> dict[str, Any]:
    """The mapping that an example's YAML is."""
    found: dict[str, Any] = nodes.plain(nodes.read(answer.encode(), "example"))
    return found


def changes(own: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, Any] | None:
    """What is new or other in a mapping; None where it lacks something of the base.

    >>> changes({"a": "1", "b": {"c": "2", "d": "3"}}, {"a": "1", "b": {"c": "2"}})
    {'b': {'d': '3'}}
    """
    new: dict[str, Any] = {}
    if set(base) - set(own):
        return None
    for name, value in own.items():
        before = base.get(name)
        if value != before:
            inner = changes(value, before) if isinstance(value, dict) and isinstance(before, dict) else None
            new[name] = value if inner is None else inner
    return new


def _given(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float | int) else str(list(value))


def notes(rows: Sequence[Tried]) -> str:
    """Every note that the examples come to, with the sentence it says on the first of them."""
    found: dict[str, str] = {}
    for row in rows:
        for note, sentence in row.sentences():
            found.setdefault(note, sentence)
    return table(("note", "sentence"), [(code(note), sentence) for note, sentence in found.items()])


_VOLTS = "kind: number\nkey: {}\nunit: {}\ntolerance: 1%\n"
_CHOICE = "kind: choice\nshuffle: no\noptions:\n  a: {right: yes, zh: a, en: a}\n  b: {right: no, zh: b, en: b}\n"
SHORT = (
    ("4.7 kΩ", _VOLTS.format("4.7k", "kΩ"), ("4k7", "4.7 kΩ", "4.7 V/mA", "0.0047 Mohm")),
    ("1.5 V", _VOLTS.format("1.5", "V"), ("1,5 V",)),
    ("5 V", _VOLTS.format("5", "V"), ("5", "5 blah", "5 mV", "5 A", "5 v")),
    ("1234 V", _VOLTS.format("1234", "V"), ("1,234 V",)),
    ("a gain of −10", "kind: number\nkey: -10\ntolerance: 1%\n", ("-10倍", "-9.9", "-10 V")),
    ("true", "kind: truth\nright: yes\n", ("√", "对", "T", "1")),
    ("a single choice, A", _CHOICE, ("A", "选A", "①", "AB", "A→B")),
)  # fmt: skip


def short() -> str:
    """The answers that are asked about most, and what each earns, at a glance."""
    rows = []
    for asked, answer, texts in SHORT:
        for text in texts:
            row = tried(spec_kind(answer), Example(answer, text, 0, ""))
            waits = row.reading.state[0] == UNREADABLE
            credit = float(row.steps.credit[0])
            earns = {1.0: say("all"), 0.0: say("nothing")}.get(credit, f"{credit:.0%}")
            rows.append((code(text), say(asked), say("waits for a person") if waits else earns, code(row.notes[-1])))
    return table(("written", "the key", "earns", "note"), rows)


def spec_kind(answer: str) -> str:
    """The kind that an example's YAML names."""
    return str(plain(answer)["kind"])


INSERTS: Mapping[str, Callable[..., str]] = {"kinds": kinds, "short": short}
