"""Whose paper was photographed: the papers on which some numbers are printed, in any order and on any question."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qbank import messages, numerals, units, variants
from qbank.bank import visible
from qbank.model import READ, Candidate, Floats, Refused, flat
from qbank.papers.exam import Exam

EXACT = 1e-9
"""By what share of itself a number may differ from the printed one where no tolerance is given."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A number as it was seen: on how many papers it is printed, and where, such as `Q3 R1`."""

    text: str
    papers: int
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sighting:
    """One paper: its form, who had it, and for each number that was seen where it has it (empty: it does not)."""

    form: str
    candidates: tuple[Candidate, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sightings:
    """The papers that have the most of the numbers seen, in the order of their forms.

    `chance` is how many papers would have as many if the numbers were printed independently of each other, `next_best`
    how many papers have one number less.
    """

    papers: int
    seen: tuple[Seen, ...]
    best: tuple[Sighting, ...]
    most: int
    next_best: int
    chance: float


@dataclass(frozen=True, slots=True)
class _Reading:
    """A number with its unit where that was seen; with a bare prefix (4.7k) any unit may follow."""

    text: str
    value: float
    unit: units.Unit | None = None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class _Printed:
    """One name of one question: its values as papers print them, (forms, entries), in SI and the digits alone."""

    place: str
    values: Floats
    digits: Floats
    unit: units.Unit | None


def sightings(exam: Exam, texts: Sequence[str], *, within: float = 0.0) -> Sightings:
    """The papers that have the most of some numbers, each such as `4.7 kΩ`, `4.7k` or `0.35`, within a share of itself.

    A sign does not count: a figure may print a voltage in the other direction. A number without a unit is met by every
    value that is printed with these digits, whatever its unit. Raises Refused without a number, and for any other text.
    """
    if not texts:
        raise Refused(messages.tell("give the numbers that can be seen: --seen 4.7k --seen \"12 V\""))
    readings = [_read(text) for text in texts]
    taken = _taken(exam)
    forms = np.array(sorted(taken), dtype=np.int64)
    having = np.zeros((len(readings), len(forms)), dtype=np.bool_)
    where = [[""] * len(forms) for _ in readings]
    for printed in _printed(exam):
        for place, reading in enumerate(readings):
            met = _meets(reading, printed, max(within, EXACT))[forms]
            for at in np.flatnonzero(met & ~having[place]).tolist():
                where[place][at] = printed.place
            having[place] |= met
    counts = having.sum(axis=0)
    most = int(counts.max(initial=0))
    best = np.flatnonzero(counts == most) if most else np.zeros(0, dtype=np.int64)
    return Sightings(
        len(forms),
        tuple(Seen(reading.text, int(having[place].sum()), tuple(dict.fromkeys(filter(None, where[place]))))
              for place, reading in enumerate(readings)),
        tuple(Sighting(exam.forms[forms[at]], taken[int(forms[at])], tuple(each[at] for each in where))
              for at in best.tolist()),
        most, int((counts == most - 1).sum()) if most else 0, _by_chance(having.mean(axis=1), most, len(forms)),
    )  # fmt: skip


def _taken(exam: Exam) -> dict[int, tuple[Candidate, ...]]:
    """Every form that was printed, with who had it."""
    found: dict[int, tuple[Candidate, ...]] = {form: () for form, _ in exam.printed()}
    for candidate, form in zip(exam.candidates, exam.form_of.tolist(), strict=True):
        found[form] = (*found.get(form, ()), candidate)
    return found


def _read(text: str) -> _Reading:
    numeral = numerals.one(text, comma="decimal", prefix=True)
    if numeral.state != READ:
        raise Refused(messages.tell("{text!r} is not a number that a paper may print; write it as 4.7k, 4.7 kΩ or 0.35",
                                    text=text))  # fmt: skip
    if not numeral.unit:
        return _Reading(text, abs(numeral.value), bare=True)
    factor = units.prefix(numeral.unit)
    if factor is not None:
        return _Reading(text, abs(numeral.value) * factor)
    try:
        unit = units.read(units.canonical(numeral.unit))
    except units.UnitError as error:
        raise Refused(f"{text!r}: {error}") from error
    return _Reading(text, abs(numeral.value * unit.factor + unit.offset), unit)


def _printed(exam: Exam) -> Iterator[_Printed]:
    """The numbers that candidates see, question by question."""
    for _, placed in exam.placed():
        drawn = exam.drawn[placed.item.id]
        for name in sorted(visible.visible(placed.item) & set(drawn.columns)):
            if not drawn.columns[name].labels:
                unit = variants.unit_of(placed.item, name)
                values = flat(variants.as_printed(placed.item, name, drawn.columns[name].values))
                yield _Printed(f"Q{placed.number} {name}", np.abs(values), _digits(values, unit),
                               units.read(unit) if unit else None)  # fmt: skip


def _digits(values: Floats, unit: str) -> Floats:
    """The numbers before the units, as they print: 4.7 of 4.7 kΩ."""
    different, places = np.unique(values, return_inverse=True)
    if not unit:
        return np.abs(values)
    shown = [numerals.one(numerals.write(value, unit).text).value for value in different.tolist()]
    printed: Floats = np.abs(np.array(shown))[places].reshape(values.shape)
    return printed


def _meets(reading: _Reading, printed: _Printed, within: float) -> NDArray[np.bool_]:
    """(forms,) on which papers a name prints the number."""
    if reading.unit is not None and (printed.unit is None or not reading.unit.fits(printed.unit)):
        return np.zeros(len(printed.values), dtype=np.bool_)
    values = printed.digits if reading.bare else printed.values
    return np.asarray((np.abs(values - reading.value) <= within * reading.value).any(axis=1))


def _by_chance(shares: Floats, least: int, papers: int) -> float:
    """How many papers would have so many of the numbers, or more, if each were printed independently of the others."""
    chances = np.zeros(len(shares) + 1)
    chances[0] = 1.0
    for share in shares:
        chances[1:] = chances[1:] * (1 - share) + chances[:-1] * share
        chances[0] *= 1 - share
    return math.fsum(chances[least:].tolist()) * papers
