"""One mark out of several: curves, the best of several exams, weights, the minimum, one rounding, the grade."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from qbank import messages
from qbank.model import STANDINGS, Bilingual, Marks, Refused, State, printed_marks, total_marks
from qbank.scales import curves, tables
from qbank.scales.scheme import Component, Scheme, told

NOTHING = Bilingual(zh="", en="")


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """What one exam or column gives for n candidates: exact marks out of `worth`, and what became of each of them.

    `known` (n,) is who is on its list at all.
    """

    worth: Fraction
    marks: Marks
    states: tuple[State, ...]
    known: NDArray[np.bool_]

    @property
    def counted(self) -> NDArray[np.bool_]:
        """(n,) who has a mark in it: those who sat it, and those whose state means 0."""
        return self.known & np.array([STANDINGS[state].counted for state in self.states], dtype=np.bool_)


@dataclass(frozen=True, slots=True, eq=False)
class Final:
    """The marks that are entered: `marks` (n,) rounded, where `counted`; words for the others and for a zero's reason.

    `places` (n,) are the bands of the scheme's table, `components` the exact marks of each component by its name, NaN
    places told by its own mask; `rules` say in words what made them.
    """

    scheme: Scheme
    full: Fraction
    marks: Marks
    counted: NDArray[np.bool_]
    words: tuple[Bilingual, ...]
    components: Mapping[str, tuple[Marks, NDArray[np.bool_]]]
    held: NDArray[np.bool_]
    """(n,) whose total a minimum holds below the pass mark."""
    rules: tuple[Bilingual, ...]

    @property
    def grades(self) -> tuple[Bilingual, ...]:
        """(n,) the words of the scheme's table; nothing where there is no mark, or no table."""
        table = self.scheme.table
        if table is None:
            return (NOTHING,) * len(self.marks)
        bands = tables.ordered(table.bands)
        places = tables.found(table, self.marks).tolist()
        return tuple(bands[place].word if there else NOTHING
                     for place, there in zip(places, self.counted.tolist(), strict=True))  # fmt: skip

    @property
    def points(self) -> tuple[str, ...]:
        """(n,) the points of the scheme's table, as they are printed; nothing where it has none."""
        table = self.scheme.table
        bands = tables.ordered(table.bands) if table is not None else ()
        places = tables.found(table, self.marks).tolist() if table is not None else [0] * len(self.marks)
        printed = [printed_marks(band.points) if band.points is not None else "" for band in bands] or [""]
        return tuple(printed[place] if there else ""
                     for place, there in zip(places, self.counted.tolist(), strict=True))  # fmt: skip

    def texts(self) -> list[str]:
        """(n,) the marks as they are printed; nothing where none is entered."""
        return [text if there else "" for text, there in zip(self.marks.texts(), self.counted.tolist(), strict=True)]


def combined(scheme: Scheme, given: Mapping[str, Given]) -> Final:
    """The marks of n candidates by a scheme, from what it names.

    Raises Refused for curves that no mark meets, and a table that has gaps, overlaps or bands that no mark meets.
    """
    worths = {name: each.worth for name, each in given.items()}
    full = scheme.full(worths)
    if scheme.table is not None:
        tables.need_whole(scheme.table, scheme.step, full)
    count = len(next(iter(given.values())).marks)
    done = {component.name: _component(component, given, full) for component in scheme.components}
    nothing = Marks.full(count, Fraction(0))
    total = total_marks(
        [done[each.name].marks.times(each.weight) for each in scheme.components], count
    ).rounded(scheme.step)
    caught = np.logical_or.reduce([_in_state(each.states, "misconduct") for each in done.values()])
    counted = np.logical_and.reduce([each.counted for each in done.values()]) | caught
    held = np.zeros(count, dtype=np.bool_)
    ceiling = Marks.full(count, scheme.ceiling(full))
    for component in scheme.components:
        own = done[component.name]
        if component.minimum is not None:
            held |= Marks.full(count, component.minimum).exceeds(own.marks) & total.exceeds(ceiling)
        if component.needed:
            total = total.where(_in_state(own.states, "absent"), nothing)
    total = total.where(held, ceiling).where(caught | ~counted, nothing)
    words = tuple(_words(done, row) for row in range(count))
    parts = {name: (each.marks, each.counted) for name, each in done.items() if name}
    return Final(scheme, full, total, counted, words, parts, held & counted & ~caught, told(scheme, worths))


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """A component's marks (n,), after its curve, and why some have none."""

    marks: Marks
    counted: NDArray[np.bool_]
    states: tuple[State, ...]
    known: NDArray[np.bool_]


def _in_state(states: Sequence[State], state: State) -> NDArray[np.bool_]:
    return np.array([each == state for each in states], dtype=np.bool_)


def _component(component: Component, given: Mapping[str, Given], full: Fraction) -> _Part:
    sources = [given[name] for name in component.exams or (component.column,)]
    scaled = []
    for source in sources:
        curves.need_met(component.curve, source.worth, component.name or messages.tell("the scale"))
        own = curves.full(component.curve, source.worth)
        if own != full:
            raise Refused(messages.tell(
                "{name}: some marks are out of {one} and others out of {other}; bring them all to one: --scale to-100",
                name=component.name or messages.tell("the exams"), one=printed_marks(own), other=printed_marks(full),
            ))  # fmt: skip
        scaled.append(curves.scaled(component.curve, source.marks, source.worth))
    scaled = [own.where(_in_state(source.states, "absent"), Marks.full(len(own), Fraction(0)))
              for source, own in zip(sources, scaled, strict=True)]  # fmt: skip
    if len(sources) == 1:
        only = sources[0]
        return _Part(scaled[0], only.counted, only.states, only.known)
    return _best(sources, scaled, component.best or len(sources))


def _best(sources: Sequence[Given], scaled: Sequence[Marks], count: int) -> _Part:
    """The mean of the best marks; who has fewer than `count` has none, and the state of one that is missing."""
    common = math.lcm(*(each.denominator for each in scaled))
    there = np.array([source.counted for source in sources])
    table = np.array([each.numerators.astype(object) * (common // each.denominator) for each in scaled])
    lowest = min((int(each) for each in table.ravel()), default=0) - 1
    ordered = np.sort(np.where(there, table, lowest), axis=0)[::-1][:count]
    enough = there.sum(axis=0) >= count
    sums = np.where(enough, ordered.sum(axis=0), 0)
    states = tuple(_state([source.states[row] for source in sources], enough=bool(enough[row]))
                   for row in range(len(enough)))  # fmt: skip
    known = np.logical_or.reduce([source.known for source in sources])
    return _Part(Marks(sums, common).times(Fraction(1, count)), enough, states, known)


def _state(states: Sequence[State], *, enough: bool) -> State:
    """What became of a candidate in several exams together."""
    if "misconduct" in states:
        return "misconduct"
    if not enough:
        return next((state for state in states if not STANDINGS[state].counted), "sat")
    return "absent" if all(state == "absent" for state in states) else "sat"


def _words(done: Mapping[str, _Part], row: int) -> Bilingual:
    """Why a candidate has no mark or 0, component by component."""
    told = []
    for name, part in done.items():
        word = STANDINGS[part.states[row]].word
        if word == NOTHING and not part.counted[row]:
            word = Bilingual(zh="缺少成绩" if part.known[row] else "不在名单上",
                             en="marks are missing" if part.known[row] else "not on the list")  # fmt: skip
        if word != NOTHING:
            told.append(Bilingual(zh=f"{name}{word.zh}", en=f"{name} {word.en}".strip()))
    return Bilingual(zh="；".join(each.zh for each in told), en="; ".join(each.en for each in told))
