"""Right, wrong, edge and mistaken answers to an item: as QTI clients give them, and as they are written for qbank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from qbank.model import Drawing
from qbank.outputs import _media
from qbank.outputs._qti import units
from qbank.sheets import Answer, Items
from qbank.waist import Cells, Choice, Interval, Mistaken, Numbers, Options, Orders, Pairs, Texts, UnitName, Units

LETTERS = "abcdefghijklmnopqrstuvwxyz"
Responses = dict[str, str | list[str]]


@dataclass(frozen=True)
class Trial:
    """One answer to one part: what sort it is, the responses, and the text that means the same here."""

    sort: str
    responses: Responses
    text: str


def trials(answer: Answer, place: int) -> Iterator[Trial]:
    """Answers to the part at that place, from 1."""
    name = f"RESPONSE_{place}"
    match answer.scoring:
        case Numbers(intervals, told):
            for sort, value in _values(intervals):
                for unit, id in _units(told):
                    typed = f"{(value - unit.offset) / unit.factor:.15g}"
                    picked: Responses = {f"UNIT_{place}": id} if id else {}
                    yield Trial(sort, {name: typed, **picked}, f"{typed}{unit.name and f' {unit.name}'}")
            yield Trial("garbage", {name: "abc"}, "abc")
        case Cells():
            yield from _cells(answer.scoring, place)
        case Texts(wordings):
            for one in wordings:
                if not one.pattern:
                    sort = "mistake" if one.mistake else "right"
                    ways = (one.text, one.text.upper(), f"{one.text} ")
                    yield from (Trial(sort, {name: each}, each) for each in ways)
            yield Trial("wrong", {name: "☂☂☂"}, "☂☂☂")
        case Options(right, "single"):
            signs = "√×" if _truth(answer) else LETTERS.upper()
            ids = ["yes", "no"] if _truth(answer) else list(LETTERS.upper())
            for sign, id, good in zip(signs, ids, right, strict=False):
                yield Trial("right" if good else "wrong", {name: id}, sign)
        case Options(right):
            for bits in range(1, 1 << len(right)):
                ticked = [LETTERS[at].upper() for at in range(len(right)) if bits >> at & 1]
                good = all(bool(bits >> at & 1) == each for at, each in enumerate(right))
                yield Trial("right" if good else "wrong", {name: ticked}, "".join(ticked))
        case Pairs(right):
            for shift in range(max(*right, len(right)) + 1):
                chosen = [(each + shift * (at % 2 or shift > 1)) % (max(right) + 1) for at, each in enumerate(right)]
                pairs = [f"L{at} R{LETTERS[each]}" for at, each in enumerate(chosen, 1)]
                yield Trial("wrong" if chosen != list(right) else "right", {name: pairs},
                            "".join(LETTERS[each] for each in chosen))  # fmt: skip
        case Orders(steps):
            whole = [int(each) for each in np.argsort(steps, kind="stable")]
            for order in (whole, whole[::-1], [*whole[1:], whole[0]], [*whole[:2][::-1], *whole[2:]],
                          [*whole[:-2], *whole[-2:][::-1]]):  # fmt: skip
                letters = [LETTERS[each] for each in order]
                yield Trial("right" if order == whole else "wrong", {name: letters}, "".join(letters))
        case _:
            return


def _truth(answer: Answer) -> bool:
    return isinstance(answer.part.interaction, Choice) and answer.part.interaction.style == "truth"


def _values(intervals: Sequence[Interval]) -> Iterator[tuple[str, float]]:
    """The middle of each interval, just inside its ends, just beyond them, and values far from all."""
    for each in intervals:
        if not np.isfinite([each.low, each.high]).all() or each.bare:
            continue
        width = each.high - each.low
        beside = max(width / 7, abs(each.value) * 1e-9)
        yield ("mistake" if each.mistake else "right"), each.value
        if width > abs(each.value) * 1e-9:
            yield from (("edge", end) for end in (each.low + width * 1e-6, each.high - width * 1e-6))
        yield from (("edge", end) for end in (each.high + beside, each.low - beside))
        yield from (("wrong", end) for end in (-each.value, each.value * 10))


def _units(told: Units) -> list[tuple[UnitName, str]]:
    """Each unit that can be picked with its identifier; none; and one of another dimension."""
    offered = units.listed(told)
    if not offered:
        return [(UnitName(""), "")]
    wrong = [(UnitName(name), f"X{number}") for number, name in enumerate(units.others(offered[0].name))]
    return [*((each, f"U{number}") for number, each in enumerate(offered)), *wrong[:1], (UnitName(""), "")]


def _cells(scoring: Cells, place: int) -> Iterator[Trial]:
    """The key, each cell wrong by itself, all wrong, every mistake, in every unit."""
    values = [cell.value for cell in scoring.cells]
    if not np.isfinite(values).all():
        return
    wrong = [value * 3 + 1000 for value in values]
    grids = [("right", values, scoring.brackets), ("wrong", wrong, scoring.brackets)]
    for at in range(len(values)):
        grids.append(("wrong", [*values[:at], wrong[at], *values[at + 1 :]], scoring.brackets))
        for end in (scoring.cells[at].low, scoring.cells[at].high):
            inside = end + (values[at] - end) * 1e-6
            if abs(inside - values[at]) > abs(values[at]) * 1e-9:
                grids.append(("edge", [*values[:at], inside, *values[at + 1 :]], scoring.brackets))
    if scoring.any_order:
        grids += [("right", values[::-1], ""), ("wrong", [*values, wrong[0]], ""), ("wrong", values[:1], "")]
    elif scoring.brackets:
        grids += [("wrong", values, each) for each in ("()", "[]", "(]", "[)")]
    elif not scoring.shown and len(values) > 1:
        grids += [("wrong", values[:-1], ""), ("wrong", [*values, 1.0], ""), ("wrong", values[::-1], "")]
    grids += [("mistake", [cell.value for cell in each.cells], each.brackets or scoring.brackets)
              for each in scoring.mistakes if _fits(each, scoring)]  # fmt: skip
    for sort, grid, brackets in grids:
        for unit, id in _units(scoring.units):
            typed = [f"{(value - unit.offset) / unit.factor:.15g}" for value in grid]
            picked: Responses = {f"RESPONSE_{place}_{at}": each for at, each in enumerate(typed, 1)}
            if id:
                picked[f"UNIT_{place}"] = id
            if scoring.brackets:
                picked |= {f"{side}_{place}": "closed" if sign in "[]" else "open"
                           for side, sign in zip(("LEFT", "RIGHT"), brackets, strict=True)}  # fmt: skip
            yield Trial(sort, picked, written(typed, scoring, brackets) + (unit.name and f" {unit.name}"))


def _fits(mistake: Mistaken, scoring: Cells) -> bool:
    same = len(mistake.cells) <= len(scoring.cells) + 1 if scoring.any_order else (
        len(mistake.cells) == len(scoring.cells))
    return same and bool(np.isfinite([cell.value for cell in mistake.cells]).all())


def written(typed: Sequence[str], scoring: Cells, brackets: str) -> str:
    """The cells as a candidate of each kind writes them."""
    if brackets:
        return f"{brackets[0]}{', '.join(typed)}{brackets[1]}"
    if scoring.names:
        return f"{typed[0]}{typed[1] if typed[1].startswith('-') else f'+{typed[1]}'}j"
    across = scoring.columns if scoring.rows > 1 else max(1, len(typed))
    rows = (typed[start : start + across] for start in range(0, len(typed), across))
    return "; ".join(", ".join(row) for row in rows)


def blank_pictures(items: Items) -> dict[Drawing, _media.Picture]:
    """The pictures of items without drawing them: they take time, and earn no marks."""
    blocks = (block for pool in items.pools for variant in pool.variants for block in _media._blocks(variant.worked))
    return {block: _media.Picture("figure.png", b"", 1, 1) for block in blocks if isinstance(block, Drawing)}
