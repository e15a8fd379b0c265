"""Where two options of one question print alike, or are one number: decided on the values of all variants at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from qbank import answers, markup, numerals, units
from qbank.bank.item import Item, Part
from qbank.model import LANGS, READ, Column, Columns, Floats, Lang, Name, Rich
from qbank.units import Dimension
from qbank.variants import _printing
from qbank.variants._values import Scope
from qbank.waist import Choice, EntryGrid, ExtendedText, Pairing, TextEntry

CLOSE = 1e-3
"""Two numbers that differ by less than this share are one number to a candidate who computes."""
SAME = 1e-12
"""Two values that differ by less than this share print alike: twelve figures are printed."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Quantity:
    """An option that is one number: what is before it, its value in SI on every variant, and its dimension."""

    before: str
    values: Floats
    dimension: Dimension


def alike(
    item: Item, part: Part, columns: Mapping[str, Column], arrangement: Columns, count: int
) -> Iterator[tuple[str, str, Mask]]:
    """Every two options of a part that print alike or are one number on some variant, and (n,) on which.

    Options are told as they were written. Options that hold no value, or no name in common, are equal everywhere or
    nowhere.
    """
    for lang in LANGS if count else ():
        for options in _lists(part, arrangement, lang):
            yield from _pairs(item, columns, options, count)


def _lists(part: Part, arrangement: Columns, lang: Lang) -> tuple[tuple[Rich, ...], ...]:
    """The texts among which candidates have to choose: of options, also those that not every variant shows."""
    if part.facts.options:
        return (tuple(markup.read(option.text[lang]) for option in part.facts.options),)
    match answers.kind_of(part.kind).interaction(part.answer, arrangement, 0, lang):
        case Pairing(left, right):
            return (left, right)
        case Choice() | TextEntry() | EntryGrid() | ExtendedText():
            return ()
        case other:
            assert_never(other)


def _pairs(
    item: Item, columns: Mapping[str, Column], options: Sequence[Rich], count: int
) -> Iterator[tuple[str, str, Mask]]:
    pieces = [_joined(markup.pieces(option)) for option in options]
    numbers = [_quantity(item, columns, each, count) for each in pieces]
    for first, second in combinations(range(len(options)), 2):
        rows = _same_text(item, columns, pieces[first], pieces[second], count)
        one, other = numbers[first], numbers[second]
        if one is not None and other is not None and one.before == other.before and one.dimension == other.dimension:
            rows |= _close(one.values, other.values)
        if rows.any():
            yield markup.plain(options[first]), markup.plain(options[second]), rows


def _joined(pieces: Sequence[str | Name]) -> tuple[str | Name, ...]:
    """Neighbouring characters as one text, without the dollar signs and spaces that do not tell two options apart."""
    found: list[str | Name] = []
    for piece in pieces:
        text = "" if isinstance(piece, Name) else piece.replace("$", "")
        if isinstance(piece, Name):
            found.append(piece)
        elif found and isinstance(found[-1], str):
            found[-1] += text
        elif text:
            found.append(text)
    return tuple(piece if isinstance(piece, Name) else " ".join(piece.split()) for piece in found if piece)


def _same_text(
    item: Item, columns: Mapping[str, Column], first: Sequence[str | Name], second: Sequence[str | Name], count: int
) -> Mask:
    """(n,) where two texts print the same characters, place by place."""
    rows = np.ones(count, dtype=np.bool_)
    if len(first) != len(second):
        return ~rows
    for one, other in zip(first, second, strict=True):
        if isinstance(one, Name) and isinstance(other, Name):
            rows &= _same_value(item, columns, one, other)
        elif isinstance(one, Name) or isinstance(other, Name):
            rows &= _same_label(item, columns, one, other)
        elif one != other:
            return np.zeros(count, dtype=np.bool_)
    return rows


def _same_value(item: Item, columns: Mapping[str, Column], one: Name, other: Name) -> Mask:
    """(n,) where two names print the same characters."""
    first, second = columns[one.name], columns[other.name]
    count = len(first)
    if one.key == other.key:
        return np.ones(count, dtype=np.bool_)
    if one.places or other.places or one.form != other.form or first.shape != second.shape:
        return _same_print(item, columns, one, other)
    bases = [item.derive[each.name].value.base if each.name in item.derive else 10 for each in (one, other)]
    if first.labels or second.labels or bases != [10, 10]:
        return _same_print(item, columns, one, other)
    units_ = [_printing.unit_of(item, each.name) for each in (one, other)]
    differ = one.bare != other.bare or (not one.bare and units.canonical(units_[0]) != units.canonical(units_[1]))
    if differ:
        return np.zeros(count, dtype=np.bool_)
    shown = [_printing.as_printed(item, each.name, columns[each.name].values) for each in (one, other)]
    if one.bare:
        shown = [_in_unit(values, unit) for values, unit in zip(shown, units_, strict=True)]
    equal = np.abs(shown[0] - shown[1]) <= SAME * np.maximum(np.abs(shown[0]), np.abs(shown[1]))
    return np.asarray(equal.reshape(count, -1).all(axis=1))


def _same_print(item: Item, columns: Mapping[str, Column], one: Name, other: Name) -> Mask:
    """(n,) where two names print the same characters, told by what is printed: labels, entries, digits in a base."""
    scope = Scope(len(columns[one.name]), columns, item)
    masks = [np.asarray(scope.printed(one, lang) == scope.printed(other, lang), dtype=np.bool_) for lang in LANGS]
    return masks[0] | masks[1]


def _same_label(item: Item, columns: Mapping[str, Column], one: str | Name, other: str | Name) -> Mask:
    """(n,) where a label prints as a word that the other text writes out."""
    name, word = (one, other) if isinstance(one, Name) else (other, one)
    assert isinstance(name, Name)
    column = columns[name.name]
    if not column.labels or column.shape:
        return np.zeros(len(column), dtype=np.bool_)
    scope = Scope(len(column), columns, item)
    masks = [np.asarray(scope.printed(name, lang) == word, dtype=np.bool_) for lang in LANGS]
    return masks[0] | masks[1]


def _quantity(item: Item, columns: Mapping[str, Column], pieces: Sequence[str | Name], count: int) -> Quantity | None:
    """The option as one number with its unit, or None where it is anything else."""
    named = [place for place, piece in enumerate(pieces) if isinstance(piece, Name)]
    if not named:
        return _written("".join(str(piece) for piece in pieces), count)
    if len(named) > 1 or len(pieces) > named[0] + 2:
        return None
    name, before = pieces[named[0]], "".join(str(piece) for piece in pieces[: named[0]])
    after = "".join(str(piece) for piece in pieces[named[0] + 1 :])
    assert isinstance(name, Name)
    column, unit = columns[name.name], _printing.unit_of(item, name.name)
    bare = name.bare or not unit
    based = name.name in item.derive and item.derive[name.name].value.base != 10
    if column.labels or column.shape or based or np.iscomplexobj(column.values) or (after and not bare):
        return None
    values = np.asarray(_printing.as_printed(item, name.name, column.values), dtype=np.float64)
    try:
        asked = units.read(units.canonical(after if bare else unit))
    except units.UnitError:
        return None
    if bare:
        values = _in_unit(values, unit) * asked.factor + asked.offset
    return Quantity(before, values, asked.dimension)


def _written(text: str, count: int) -> Quantity | None:
    """The number that a text without names is, with what is before its last `=`."""
    before, equals, number = text.rpartition("=")
    read = numerals.read([number], prefix=False)
    try:
        unit = units.read(read.tails[read.unit[0]])
    except units.UnitError:
        return None
    if read.state[0] != READ:
        return None
    said = " ".join(f"{before}{equals}".split())
    return Quantity(said, np.full(count, float(read.value[0]) * unit.factor + unit.offset), unit.dimension)


def _in_unit(values: Floats, unit: str) -> Floats:
    if not unit:
        return values
    asked = units.read(units.canonical(unit))
    return np.asarray((values - asked.offset) / asked.factor)


def _close(one: Floats, other: Floats) -> Mask:
    with np.errstate(invalid="ignore"):
        return np.asarray(np.abs(one - other) <= CLOSE * np.maximum(np.abs(one), np.abs(other)))
