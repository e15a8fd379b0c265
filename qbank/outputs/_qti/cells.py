"""Several numbers in one answer: a box for each, in a row, in a table, or between the brackets of an interval.

Where the answer does not show how many numbers there are, one box more is offered than are needed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from qbank import messages
from qbank.model import Bilingual
from qbank.outputs import _lost
from qbank.outputs._qti import numbers, parts, rules, units
from qbank.outputs._qti.parts import Asked, Told
from qbank.outputs._qti.tree import Element, element, text, written
from qbank.waist import Cells, Interval, UnitName

SPARE = Bilingual(zh="（不用的空格留空）", en="(leave boxes that you do not need empty)")
SIGNS = {"(": "open", ")": "open", "[": "closed", "]": "closed"}


@dataclass(frozen=True, slots=True)
class _Boxes:
    """The boxes of an answer: a response for each cell, the spare ones, and the brackets of an interval."""

    cells: tuple[str, ...]
    spare: tuple[str, ...]
    brackets: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.cells, *self.spare)


def told(asked: Asked, scoring: Cells, width: float, unit: str) -> Told:
    """The boxes, and the score of each number or of all together."""
    why = _unfit(scoring)
    if why:
        return Told((parts.response(asked.response, "string"),), inline=written(
            parts.entry(asked.response, max(width, 12)), asked.version), person=True,
            lost=(_lost.by_person(why),))  # fmt: skip
    lost = [messages.tell("how many figures are shown")] if "figures" in scoring.untold else []
    lost += (
        [messages.tell("any number of numbers: there is one box for each, and one more")] if scoring.any_order else []
    )
    lost += [messages.tell("the foreseen mistake {mistake!r}: it has more numbers than there are boxes, or an "
                           "infinite one",
                           mistake=each.mistake)
             for each in scoring.mistakes if not _typed(each.cells, scoring)]  # fmt: skip
    boxes = _boxes(asked, scoring)
    responses = [
        *(parts.response(name, "float", correct=[rules.number(cell.value)])
          for name, cell in zip(boxes.cells, scoring.cells, strict=True)),
        *(parts.response(name, "float") for name in boxes.spare),
        *(parts.response(name, "identifier", correct=[SIGNS[sign]])
          for name, sign in zip(boxes.brackets, scoring.brackets, strict=True)),
    ]  # fmt: skip
    offered = units.listed(scoring.units)
    after = f" {text(unit).text}" if unit else ""
    if offered:
        lost.append(units.lost())
        responses.append(parts.response(asked.unit, "identifier", correct=["U0"]))
        after = " " + written(units.choice(asked, scoring.units), asked.version)
    inline, block = _shown(asked, scoring, boxes, width, after)
    counters = (f"HITS_{asked.place}", f"FILLED_{asked.place}") if scoring.any_order else ()
    scored = _scored(asked, scoring, boxes)
    processing = rules.chosen([(rules.either(*map(rules.given, boxes.all)), scored)])
    return Told(tuple(responses), processing, inline=inline, block=block, outcomes=counters, lost=tuple(lost))


def _unfit(scoring: Cells) -> str:
    """Why boxes cannot hold the answer, empty where they can."""
    if "fraction" in scoring.untold:
        return messages.tell("the key is written in fractions")
    if not scoring.cells:
        return messages.tell("the answer is that there are none")
    if any(not math.isfinite(cell.value) for cell in scoring.cells):
        return messages.tell("an infinite end cannot be typed")
    groups = [scoring.cells, *(each.cells for each in scoring.mistakes)] if scoring.any_order else []
    if any(_overlap(group) for group in groups):
        return messages.tell("numbers in any order that are too close to each other")
    return ""


def _overlap(cells: Sequence[Interval]) -> bool:
    ordered = sorted(cells, key=lambda cell: cell.low)
    return any(one.high >= other.low for one, other in pairwise(ordered))


def _typed(cells: Sequence[Interval], scoring: Cells) -> bool:
    """Whether the boxes can hold these numbers."""
    room = len(scoring.cells) + 1 if scoring.any_order else len(scoring.cells)
    fits = len(cells) <= room if scoring.any_order else len(cells) == room
    return fits and all(math.isfinite(cell.value) for cell in cells)


def _boxes(asked: Asked, scoring: Cells) -> _Boxes:
    names = tuple(f"{asked.response}_{number}" for number in range(1, len(scoring.cells) + 1))
    spare = () if scoring.shown or scoring.brackets or scoring.names else (f"{asked.response}_{len(names) + 1}",)
    brackets = (f"LEFT_{asked.place}", f"RIGHT_{asked.place}") if scoring.brackets else ()
    return _Boxes(names, spare, brackets)


def _shown(asked: Asked, scoring: Cells, boxes: _Boxes, width: float, after: str) -> tuple[str, str]:
    """The boxes as markup in a line, or as a table where there are several rows."""
    each = max(3.0, min(width, 8.0) if scoring.shown else 3.0)
    entries = [written(parts.entry(name, each), asked.version) for name in boxes.all]
    if scoring.brackets:
        left, right = (_bracket(asked, name, signs) for name, signs in zip(boxes.brackets, ("([", ")]"), strict=True))
        return f"{left} {entries[0]}, {entries[1]} {right}{after}", ""
    if scoring.names:
        return " ".join(f"{text(name).text} = {entry}" for name, entry in zip(scoring.names, entries, strict=True)
                        ) + after, ""  # fmt: skip
    if scoring.rows > 1 and not asked.answer.part.inline:
        rows = (entries[row * scoring.columns : (row + 1) * scoring.columns] for row in range(scoring.rows))
        body = "".join("<tr>" + "".join(f"<td>{entry}</td>" for entry in row) + "</tr>" for row in rows)
        return "", f"<table><tbody>{body}</tbody></table>" + (f"<p>{after}</p>" if after else "")
    across = scoring.columns if scoring.rows > 1 else len(entries)
    rows_of = [", ".join(entries[start : start + across]) for start in range(0, len(entries), across)]
    note = f" {SPARE[asked.lang]}" if boxes.spare else ""
    left, right = ("{", "}") if scoring.any_order else ("(", ")")
    return f"{left} {'; '.join(rows_of)} {right}{after}{note}", ""


def _bracket(asked: Asked, name: str, signs: str) -> str:
    options = (element("inline_choice", text(sign), identifier=SIGNS[sign]) for sign in signs)
    interaction = element("inline_choice_interaction", *options, response_identifier=name, shuffle="false")
    return written(interaction, asked.version)


def _scored(asked: Asked, scoring: Cells, boxes: _Boxes) -> tuple[Element, ...]:
    """The rules of the score, by the unit where one is picked."""
    one = _set if scoring.any_order else _grid
    if not units.listed(scoring.units):
        return one(asked, scoring, boxes, UnitName(""), 1.0)
    return numbers.by_unit(asked, scoring.units, lambda unit, kept, _: one(asked, scoring, boxes, unit, kept))


def _grid(asked: Asked, scoring: Cells, boxes: _Boxes, unit: UnitName, kept: float) -> tuple[Element, ...]:
    """All cells, a foreseen mistake, or each cell for itself."""
    rows = [_fits(boxes, scoring.cells, scoring.brackets, unit)]
    rows += [_fits(boxes, each.cells, each.brackets, unit) for each in scoring.mistakes if _typed(each.cells, scoring)]
    count = len(scoring.cells)
    share: list[Element] = []
    if scoring.each and count > 1:
        for condition in rows[0]:
            more = element("sum", rules.variable(asked.score), rules.real(asked.worth * kept / count))
            share += rules.chosen([(condition, [rules.put(asked.score, more)])])
    cases = [(rules.both(*rows[0]), asked.earned(kept))]
    made = (each for each in scoring.mistakes if _typed(each.cells, scoring))
    for row, each in zip(rows[1:], made, strict=True):
        cases.append((rules.both(*row), _at_least(asked, each.credit * kept, each.mistake)))
    scored = (*share, *rules.chosen(cases))
    if scoring.brackets:  # an interval whose ends are the wrong way round is none
        ends = element("lte", *map(rules.variable, boxes.cells))
        return rules.chosen([(rules.both(*map(rules.given, boxes.cells), ends), scored)])
    if scoring.shown:
        return scored
    shape = [*map(rules.given, boxes.cells), *map(rules.empty, boxes.spare)]
    return rules.chosen([(rules.both(*shape), scored)])


def _at_least(asked: Asked, credit: float, mistake: str) -> tuple[Element, ...]:
    """What a foreseen mistake earns where the cells by themselves have not earned more."""
    said = asked.earned(credit, mistake)[1:]
    less = element("lt", rules.variable(asked.score), rules.real(credit * asked.worth))
    return (*(rules.chosen([(less, asked.earned(credit))]) if credit else ()), *said) or asked.earned(credit)


def _fits(boxes: _Boxes, cells: Sequence[Interval], brackets: str, unit: UnitName) -> list[Element]:
    """For each cell, whether its box holds it, with its bracket where it has one."""
    found = []
    for place, (name, cell) in enumerate(zip(boxes.cells, cells, strict=True)):
        own = [rules.given(name), numbers.holds(name, cell, unit)]
        if brackets:
            own.append(rules.picked(boxes.brackets[place], SIGNS[brackets[place]]))
        found.append(rules.both(*own))
    return found


def _set(asked: Asked, scoring: Cells, boxes: _Boxes, unit: UnitName, kept: float) -> tuple[Element, ...]:
    """How many of the numbers are there, less what is too many."""
    hits, filled = f"HITS_{asked.place}", f"FILLED_{asked.place}"
    counting = [rules.put(name, rules.whole(0)) for name in (hits, filled)]
    for name in boxes.all:
        counting += rules.chosen([(rules.given(name), [rules.counted(filled)])])
    for cell in scoring.cells:
        counting += rules.chosen([(_anywhere(boxes, cell, unit), [rules.counted(hits)])])
    count = len(scoring.cells)
    cases = []
    for right in range(count, 0, -1):
        for surplus in (0, 1):
            share = max(0, right - surplus) / count
            share = share if scoring.each else float(share == 1)
            full = element("match", rules.variable(filled), rules.whole(count + 1))
            here = element("match", rules.variable(hits), rules.whole(right))
            condition = rules.both(here, full if surplus else element("not", full))
            cases.append((condition, asked.earned(share * kept)))
    mistakes = []
    for each in scoring.mistakes:
        if _typed(each.cells, scoring):
            size = element("match", rules.variable(filled), rules.whole(len(each.cells)))
            all_held = rules.both(size, *(_anywhere(boxes, cell, unit) for cell in each.cells))
            mistakes.append((all_held, _at_least(asked, each.credit * kept, each.mistake)))
    whole = rules.both(element("match", rules.variable(hits), rules.whole(count)),
                       element("match", rules.variable(filled), rules.whole(count)))  # fmt: skip
    made = rules.chosen([(element("not", whole), rules.chosen(mistakes))]) if mistakes else ()
    return (*counting, *rules.chosen(cases), *made)


def _anywhere(boxes: _Boxes, cell: Interval, unit: UnitName) -> Element:
    return rules.either(*(
        rules.both(rules.given(name), numbers.holds(name, cell, unit)) for name in boxes.all
    ))  # fmt: skip
