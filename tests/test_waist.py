"""The waist: what a kind tells other systems gives every answer the mark that qbank gives it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import permutations
from typing import Any, assert_never

import by_scoring
import numpy as np
import pytest
import yaml
from by_scoring import Given, Grid, Number, Sort
from conftest import GALLERY
from test_kinds import CASES, SPECS, part

from qbank import answers, bank, papers, resources, units, variants
from qbank.answers.text.wrapping import glosses, unwrapped
from qbank.bank import Bank
from qbank.model import READ, Columns, Example, Rules, Steps, take
from qbank.sheets import Part as Shown
from qbank.waist import Cells, Numbers, Options, Orders, Pairs, Scoring, Texts, Unscored

SORTS: tuple[Sort, ...] = ("none", "own", "other", "unknown")
"""By the numbers that readings use for them."""
RULES = Rules(unit_missing=0.3, unit_wrong=0.9, unit_prefix=0.6, several="china")
"""A paper's own rules, none of them the usual one."""
SEATS = 3
LETTERS = "abcdefghijklmnopqrstuvwxyz"


# --- reading, as another system would have read ------------------------------------------------------------------


def given(scoring: Scoring, spec: Any, reading: Any, text: str) -> Given:
    """What the only row of a reading says, without any mark."""
    match scoring:
        case Numbers():
            unit = spec.asked_unit
            own = (float(reading.value[0]) - unit.offset) / unit.factor
            return Number(own, SORTS[int(reading.unit[0])], float(reading.scale[0]) / unit.factor)
        case Cells():
            return _grid(spec, reading)
        case Texts() | Unscored():
            return text
        case Options():
            if "says" in reading.columns:
                return frozenset({0 if reading.columns["says"][0] else 1})
            return frozenset(place for place in range(32) if int(reading.columns["ticks"][0]) >> place & 1)
        case Pairs() | Orders():
            return tuple(None if each == 255 else each for each in reading.columns["letters"][0].tolist())
        case other:
            assert_never(other)


def _words(spec: Any, text: str) -> list[tuple[str, ...]]:
    """The ways to read words: as they stand, without what stands round them, and as two halves that are both right."""
    around = spec.judge.around
    inner = unwrapped(text, spec.folding, around)
    halves = [pair for each in inner if around.gloss for pair in glosses(each, spec.folding)]
    return [*((each,) for each in inner), *halves]


def _grid(spec: Any, reading: Any) -> Grid:
    if hasattr(reading, "entries"):
        rows, columns, places = int(reading.rows[0]), int(reading.columns[0]), _places(reading)
        return Grid(rows, columns, _own(spec, reading.entries.value[places]), _sort(reading.entries.unit[places]))
    if hasattr(reading, "closed"):
        brackets = "([" [bool(reading.closed[0, 0])] + ")]"[bool(reading.closed[0, 1])]
        units = reading.grids.entries.unit[_places(reading.grids)]
        return Grid(1, 2, _own(spec, reading.ends[0]), _sort(units), brackets)
    if "sizes" in reading.columns:
        rank = int(reading.columns["rank"][0])
        return Grid(1, rank, tuple(reading.columns["sizes"][0, :rank].tolist()))
    return Grid(1, 2, _own(spec, reading.columns["value"][0]), _sort(reading.columns["unit"][[0]]))


def _places(reading: Any) -> slice:
    """Where the components of the only row stand."""
    start = int(reading.start[0])
    return slice(start, start + int(reading.rows[0]) * int(reading.columns[0]))


def _own(spec: Any, values: Any) -> tuple[float, ...]:
    return tuple(((np.asarray(values) - spec.asked_unit.offset) / spec.asked_unit.factor).tolist())


def _sort(codes: Any) -> Sort:
    """One word for all the units of an answer: another dimension is worst, then an unknown word, then none."""
    found = {SORTS[int(code)] for code in codes}
    worst: tuple[Sort, ...] = ("other", "unknown", "none")
    return next((sort for sort in worst if sort in found), "own")


# --- answers to try ----------------------------------------------------------------------------------------------


def edges(scoring: Scoring) -> Iterator[str]:
    """Answers at the ends of what counts, beside them, and every answer there is where they are few."""
    match scoring:
        case Numbers(intervals, told):
            names = [each.name for each in told.names][:4]
            for each in intervals:
                for value in _around(each.low, each.high):
                    yield from (f"{value!r}{name and f' {name}'}" for name in ("", *names, "kg", "furlong"))
                yield f"{each.value * 1000!r} {names[0] if names else ''}"
        case Cells():
            for one in (scoring.cells, *(mistake.cells for mistake in scoring.mistakes)):
                yield _grid_text([each.value for each in one], scoring)
                for place, cell in enumerate(one):
                    for value in _around(cell.low, cell.high):
                        yield _grid_text([value if i == place else each.value for i, each in enumerate(one)], scoring)
        case Texts(wordings):
            for wording in wordings:
                yield from (wording.text, wording.text.upper(), f" {wording.text}  ", wording.text + "x",
                            wording.text[1:], wording.text.replace(" ", "  "))  # fmt: skip
        case Options(right):
            count = len(right)
            if scoring.rule == "single":
                yield from LETTERS[:count]
                yield from "√×"
            else:
                sets = range(1 << min(count, 6))
                yield from ("".join(LETTERS[i] for i in range(count) if bits >> i & 1) for bits in sets)
        case Pairs(right):
            last = max(*right, len(right) - 1)
            for cut in range(len(right) + 1):
                yield "".join(LETTERS[(each + (place < cut)) % (last + 1)] for place, each in enumerate(right))
        case Orders(steps):
            signs = LETTERS[: len(steps)]
            yield from ("".join(order) for order in list(permutations(signs))[:: max(1, len(steps) ** 2 // 8)])
            yield signs[:-1]
        case Unscored():
            return
        case other:
            assert_never(other)


def _grid_text(values: Sequence[float], cells: Cells) -> str:
    """The cells as a candidate of each kind types them."""
    unit = f" {cells.units.names[0].name}" if cells.units.names and not cells.units.printed else ""
    written = [f"{value:.17g}" for value in values]
    if cells.brackets:
        return f"{cells.brackets[0]}{', '.join(written)}{cells.brackets[1]}{unit}"
    if cells.names:
        return f"{written[0]}{values[1]:+.17g}j{unit}"
    rows = (written[row * cells.columns : (row + 1) * cells.columns] for row in range(cells.rows))
    return "; ".join(", ".join(row) for row in rows) + unit


def _around(low: float, high: float) -> tuple[float, ...]:
    """Both ends, two units in the last place inside (units cost that); beside them by a millionth; and the sign."""
    hair = 1e-6 * max(abs(low), abs(high))
    if not np.isfinite(hair):
        return ()
    first, last = (low + 2 * math.ulp(low), high - 2 * math.ulp(high)) if low < high else (low, high)
    return first, last, (low + high) / 2, low - hair, high + hair, -first


def tried(kind: Any, spec: Any, key: Columns, arrangement: Columns, row: int, scoring: Scoring) -> list[str]:
    """Right, wrong, foreseen and edge answers to one variant."""
    foreseen = [each.printed for each in kind.foreseen(spec, key, arrangement, row, "en")] if kind.foreseen else []
    wrong = [text for text, _ in kind.wrong(spec, key, arrangement, row)]
    return [*kind.spellings(spec, key, arrangement, row), *wrong, *foreseen, *edges(scoring)]


def differing(
    kind: Any, spec: Any, key: Columns, arrangement: Columns, row: int, rules: Rules, texts: Sequence[str]
) -> tuple[int, list[tuple[str, float, float]]]:
    """How many texts were read and compared, and those whose mark by the scoring is another than qbank's."""
    scoring = kind.scoring(spec, key, arrangement, row, rules)
    if isinstance(scoring, Unscored):
        return 0, []
    rows = np.full(len(texts), row)
    batch = kind.read(spec, texts, rules)
    steps: Steps = kind.mark(spec, batch, take(key, rows), take(arrangement, rows), rules)
    found, count = [], 0
    for place in np.flatnonzero(batch.state == READ).tolist():
        reading = batch.take(np.array([place]))
        notes = [note for note, _, _ in steps.of(place)]
        if _untold(scoring, reading, notes) or any(note.endswith("waits") for note in notes):
            continue  # a person decides, here and elsewhere
        count += 1
        ways = _words(spec, texts[place]) if isinstance(scoring, Texts) else [(texts[place],)]
        told = max(min(by_scoring.credit(scoring, given(scoring, spec, reading, text)) for text in way) for way in ways)
        if abs(told - steps.credit[place]) > 1e-9:
            found.append((texts[place], told, float(steps.credit[place])))
    return count, found


def _untold(scoring: Scoring, reading: Any, notes: Sequence[str]) -> bool:
    """Whether the mark hangs on what the scoring says that it cannot say."""
    if not isinstance(scoring, Numbers | Cells):
        return False
    grids = getattr(reading, "grids", reading)
    clipped = grids.entries.clipped[_places(grids)] if hasattr(grids, "entries") else getattr(grids, "clipped", ())
    if any(clipped):
        return True  # written exactly, with more digits than any system's float holds
    figures = "figures" in scoring.untold and "number.figures" in notes
    return figures or ("fraction" in scoring.untold and not any("fraction" in note for note in notes))


# --- the law -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "example"), CASES)
def test_an_example_earns_by_its_scoring_what_it_earns(kind: str, example: Example) -> None:
    one = part(kind, example)

    for rules in (Rules(), RULES):
        _, found = differing(one.kind, one.spec, one.key, one.arrangement, 0, rules, [example.response])

        assert found == []


@pytest.mark.parametrize(("kind", "example"), SPECS)
def test_right_wrong_foreseen_and_edge_answers_earn_by_the_scoring_what_they_earn(kind: str, example: Example) -> None:
    one = part(kind, example)
    sound = one.kind.feasible(one.spec, one.key) if one.kind.feasible else np.ones(2)
    for row in np.flatnonzero(sound).tolist()[:2]:
        for rules in (Rules(), RULES):
            scoring = one.kind.scoring(one.spec, one.key, one.arrangement, row, rules)
            texts = tried(one.kind, one.spec, one.key, one.arrangement, row, scoring)

            count, found = differing(one.kind, one.spec, one.key, one.arrangement, row, rules, texts)

            assert found == []
            assert count or isinstance(scoring, Unscored) or scoring.untold  # type: ignore[union-attr]


_TWO = """
kind: choice
options:
  a: {right: yes, zh: 甲, en: a}
  b: {zh: 乙, en: b}
  c: {zh: 丙, en: c, none: yes}
"""
_PAIRS = """
kind: matching
credit: all
left: {x: {zh: 甲, en: a, to: p}, y: {zh: 乙, en: b, to: p}}
right: {p: {zh: 丙, en: c}, q: {zh: 丁, en: d}}
"""
_ORDER = """
kind: ordering
credit: run
items: {a: {zh: 甲, en: a}, b: {zh: 乙, en: b}, c: {zh: 丙, en: c}}
order: [[b, a], c]
"""
RARE = [
    "kind: number\nkey: 5\nunit: V\ntolerance: 1%\nunit_share: 0.4\nunit_convert: no\n",
    "kind: number\nkey: 5\nunit: V\ntolerance: 1%\nunit_given: printed\nunit_wrong: 0.5\n",
    "kind: number\nkey: 40\nunit: dB\nlevel: power\nalso: ratio\ntolerance: 0.5\naccept: [{key: 46, credit: 0.5}]\n",
    "kind: number\nkey: 0\ntolerance: exact\nmistakes: {m: {value: 1, zh: 甲, en: a, credit: 1/3}}\n",
    "kind: number\nkey: 101.56\ntolerance: sf 3 or 0.2\n",
    "kind: number\nkey: 300\nunit: K\ntolerance: 0.5 K\n",
    _TWO + "negative: 1/3\n", _TWO + "weights: {a: 1, b: -0.5}\n", _TWO + "weights: {a: 1, b: -0.5}\nfloor: none\n",
    _TWO + "several: each\nfloor: none\n", _TWO + "several: excess\nmax_ticks: 2\n",
    _TWO + "several: balance\nfloor: -1\n",
    "kind: text\naccept: [a b, A  B]\ncase: keep\nspaces: trim\n",
    _PAIRS, _ORDER,
    "kind: complex\nkey: {re: 3, im: -4}\nunit: kΩ\ntolerance: 1%\ncredit: all\nunit_given: printed\n",
    "kind: interval\nlow: 1\nhigh: inf\nbrackets: '[)'\nunit: V\ntolerance: 1%\nall: yes\n",
    "kind: vector\nkey: [1, 0, -2]\nunit: mA\ntolerance: 1%\ncredit: all\nunit_wrong: 0.5\n",
    "kind: set\nkey: [1, 0, -2]\nunit: mA\ntolerance: 1%\ncredit: all\nunit_wrong: 0.5\n",
    "kind: set\nkey: [5, 7]\nunit: V\ntolerance: 1%\nmistakes: {m: {value: [5, 7, 9], zh: 甲, en: a, credit: 0.75}}\n",
    "kind: shape\nkey: [3, 0]\nmistakes: {m: {value: [0, 3], zh: 甲, en: a}}\n",
]
"""Fields of every kind that its examples leave alone."""


@pytest.mark.parametrize("answer", RARE)
def test_whatever_a_part_asks_for_its_scoring_says_it(answer: str) -> None:
    example = Example(answer, "", 0, "")
    one = part(yaml.load(answer, Loader=yaml.BaseLoader)["kind"], example)

    for rules in (Rules(), RULES):
        scoring = one.kind.scoring(one.spec, one.key, one.arrangement, 0, rules)
        texts = tried(one.kind, one.spec, one.key, one.arrangement, 0, scoring)
        count, found = differing(one.kind, one.spec, one.key, one.arrangement, 0, rules, texts)

        assert found == []
        assert count > 2


def parts(source: Bank) -> Iterator[Any]:
    for item in source.items.values():
        for each in item.parts:
            yield pytest.param(source, item.id, each.id, id=f"{item.id}-{each.id}")


SHIPPED = bank.load(resources.folder("questions"))


@pytest.mark.parametrize(("source", "name", "id"), [*parts(SHIPPED), *parts(bank.load(GALLERY))])
def test_an_item_is_marked_by_its_scoring_as_it_is_marked(source: Bank, name: str, id: str) -> None:
    item = source.item(name)
    drawn = variants.make(item, "waist", np.arange(SEATS))
    asked = next(each for each in item.parts if each.id == id)
    kind, key, arrangement = answers.kind_of(asked.kind), drawn.keys[id], drawn.arrangements[id]
    for row in range(SEATS):
        scoring = kind.scoring(asked.answer, key, arrangement, row, Rules())
        texts = tried(kind, asked.answer, key, arrangement, row, scoring)

        _, found = differing(kind, asked.answer, key, arrangement, row, Rules(), texts)

        assert found == []


def test_an_answer_in_a_book_carries_its_scoring_and_a_sheet_does_not(exam: papers.Exam) -> None:
    """The rules are those of the section in which the item stands."""
    book = papers.book(exam, 0, "en")

    for (section, placed), worked in zip(exam.placed(), book.worked, strict=True):
        for own, answer in zip(placed.item.parts, worked.answers, strict=True):
            drawn = exam.drawn[placed.item.id]
            kind = answers.kind_of(own.kind)
            told = kind.scoring(own.answer, drawn.keys[own.id], drawn.arrangements[own.id], 0, section.rules)
            assert answer.scoring == told
            assert answer.follows == own.follows
    assert {field.name for field in fields(Shown)} == {"id", "label", "marks", "ask", "interaction", "inline", "space"}


@pytest.mark.parametrize("unit", ["V", "kΩ", "µA", "mA", "%", "dB", "V/µs", "rad/s", "°C", "g", "kg", "Hz", "mV"])
def test_a_listed_unit_means_what_it_says(unit: str) -> None:
    spec = answers.read({"kind": "number", "key": "5", "unit": unit, "tolerance": "1%" if unit != "°C" else "0.1"})
    kind: Any = answers.kind_of("number")
    told = kind.scoring(spec, {name: np.array([5.0]) for name in ("key", "low", "high")}, {}, 0, Rules()).units

    assert told.names[0].name == units.text(units.canonical(unit))
    assert told.names[0].factor == 1
    for each in told.names:
        reading = kind.read(spec, [f"3 {each.name}"], Rules())
        own = (reading.value[0] - spec.asked_unit.offset) / spec.asked_unit.factor  # type: ignore[attr-defined]
        assert reading.state[0] == READ
        assert own == pytest.approx(3 * each.factor + each.offset), each.name
