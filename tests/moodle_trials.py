"""Right, wrong, edge and mistaken answers to a part: as they are given in Moodle, and as they are written for qbank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from moodle_reader import Field, Given
from qti_trials import written

from qbank import markup
from qbank.sheets import Answer
from qbank.waist import Cells, Interval, Numbers, Options, Orders, Pairing, Pairs, Texts, UnitName, Wording

LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Trial:
    """One answer: of what sort it is, what is given in each field of the part, and the text that means the same here.

    `sort` is right, edge, wrong or mistake, or names what only some targets can tell: "wrong unit".
    """

    sort: str
    given: tuple[Given, ...]
    text: str


def trials(answer: Answer, fields: Sequence[Field]) -> Iterator[Trial]:
    """Answers to a part that Moodle asks in these fields."""
    match answer.scoring:
        case Numbers():
            for sort, value in _values(answer.scoring.intervals):
                yield from _in_units(sort, value, answer.scoring, fields[0])
            yield Trial("garbage", ("abc",), "")
        case Cells() if fields[0].sort == "shortanswer":
            yield from (Trial("size", (each.text,), each.text) for each in fields[0].choices)
            yield from _sizes(answer.scoring)
        case Cells():
            yield from _cells(answer.scoring)
        case Texts(wordings):
            for one in (*wordings, Wording("☂☂☂")):
                if not one.pattern:
                    yield from (Trial("text", (each,), each) for each in (one.text, one.text.upper(), f"{one.text} "))
        case Options() if fields[0].sort == "truefalse":
            yield from (Trial("tick", (sign,), sign) for sign in "√×")
        case Options(right, rule):
            letters = "√×" if fields[0].choices[0].text == "√" else LETTERS.upper()
            sets = [[place] for place in range(len(right))] if rule == "single" else [
                [place for place in range(len(right)) if bits >> place & 1] for bits in range(1, 1 << len(right))]
            yield from (Trial("tick", (each,), "".join(letters[place] for place in each)) for each in sets)
        case Pairs(right):
            yield from _pairs(answer, right, fields)
        case Orders(steps, run):
            order = "".join(LETTERS[place] for place in np.argsort(steps, kind="stable"))
            groups = len(set(steps)) < len(steps)  # backwards, a group is still a run, whose marks are named as lost
            yield from (Trial("order", (each,), each) for each in (order, order[:1] if run and groups else order[::-1]))
        case _:
            return


def _values(intervals: Sequence[Interval]) -> Iterator[tuple[str, float]]:
    """The middle of each interval, just inside its ends, just beyond them, and values far from all."""
    for each in intervals:
        if each.bare:
            continue
        width = each.high - each.low
        beside = max(width / 7, abs(each.value) * 1e-9)
        yield ("mistake" if each.mistake else "right"), each.value
        if width > abs(each.value) * 1e-9:
            yield from (("edge", end) for end in (each.low + width * 1e-6, each.high - width * 1e-6))
        yield from (("edge", end) for end in (each.high + beside, each.low - beside))
        yield from (("wrong", end) for end in (-each.value, each.value * 10))


def _in_units(sort: str, value: float, scoring: Numbers, field: Field) -> Iterator[Trial]:
    """With every unit that the field has, without one, and with one of another dimension."""
    units, intervals = scoring.units, scoring.intervals
    own = f" {units.names[0].name}" if units.names and not units.printed else ""
    if not field.units:
        yield Trial(sort, (f"{value:.15g}",), f"{value:.15g}{own}")
        return
    told = {each.name.replace(" ", ""): each for each in units.names}
    for name, _ in field.units:
        unit = told.get(name, UnitName(name))
        typed = f"{value / unit.factor:.15g}"
        if name in told:  # as a number alone it may be another answer: then its unit is the wrong one
            alike = any(each.low <= float(typed) <= each.high for each in intervals) and sort in ("edge", "wrong")
            yield Trial("wrong unit" if alike else sort, (f"{typed} {name}",), f"{typed} {unit.name}")
    typed = f"{value:.15g}"
    yield Trial("no unit", (typed,), typed)
    other = f"{typed} {'kg' if 'kg' not in told else 'V'}"
    yield Trial("wrong unit", (other,), other)
    yield Trial("unknown unit", (f"{typed} furlong",), f"{typed} furlong")


def _sizes(scoring: Cells) -> Iterator[Trial]:
    grids = [[round(each.value) for each in scoring.cells]]
    grids += [[round(each.value) for each in one.cells] for one in scoring.mistakes]
    for grid in (*grids, grids[0][::-1], [each + 1 for each in grids[0]], grids[0][1:]):
        text = f"({', '.join(map(str, grid))})"
        yield Trial("size", (text,), text)


def _cells(scoring: Cells) -> Iterator[Trial]:
    """The key, each cell wrong by itself, its ends, all wrong, and every mistake."""
    order = sorted(range(len(scoring.cells)), key=lambda at: scoring.cells[at].value) if scoring.any_order else range(
        len(scoring.cells))
    cells = [scoring.cells[at] for at in order]
    values = [cell.value for cell in cells]
    wrong = [value * 3 + 1000 for value in values]
    grids = [("right", values), ("all wrong", wrong)]
    for at, cell in enumerate(cells):
        grids.append(("one wrong", [*values[:at], wrong[at], *values[at + 1 :]]))
        for end in (cell.low, cell.high):
            inside, outside = end + (values[at] - end) * 1e-6, end + (end - values[at]) * 1e-3
            if abs(end - values[at]) > abs(values[at]) * 1e-9:
                grids.append(("edge", [*values[:at], inside, *values[at + 1 :]]))
                grids.append(("one wrong", [*values[:at], outside, *values[at + 1 :]]))
    grids += [("mistake", [cell.value for cell in each.cells]) for each in scoring.mistakes
              if len(each.cells) == len(cells)]  # fmt: skip
    unit = f" {scoring.units.names[0].name}" if scoring.units.names and not scoring.units.printed else ""
    for sort, grid in grids:
        typed = [f"{value:.15g}" for value in grid]
        sort = "turned round" if scoring.brackets and grid[0] >= grid[1] else sort
        yield Trial(sort, tuple(typed), written(typed, scoring, scoring.brackets) + unit)


def _pairs(answer: Answer, right: Sequence[int], fields: Sequence[Field]) -> Iterator[Trial]:
    assert isinstance(answer.part.interaction, Pairing)
    rights = [" ".join(markup.plain(text).split()) for text in answer.part.interaction.right]
    for shift in range(len(rights)):
        chosen = [(place + shift) % len(rights) for place in right]
        text = "".join(LETTERS[place] for place in chosen)
        if fields[0].sort == "matching":
            lefts = [left for left, _ in fields[0].pairs if left]
            yield Trial("pair", (dict(zip(lefts, (rights[place] for place in chosen), strict=True)),), text)
        else:
            texts = [each.text for each in fields[0].choices]
            yield Trial("pair", tuple([texts.index(rights[place])] for place in chosen), text)
