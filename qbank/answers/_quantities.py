"""Numbers with their units understood: what every kind that takes numbers reads its answers into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from qbank import numerals, units
from qbank.model import READ, UNREADABLE, Array, Bilingual, Floats, Lang
from qbank.units import Unit

NONE, FITS, OTHER, UNKNOWN = 0, 1, 2, 3
"""What the unit of an answer is: not there, of the part's dimension, of another one, a word nobody knows."""

Form: TypeAlias = Literal["decimal", "fraction", "constant"]
FORMS: dict[Form, int] = {
    "decimal": numerals.DECIMAL, "fraction": numerals.FRACTION, "constant": numerals.CONSTANT
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Quantities:
    """n quantities: `value` is SI, `number` as it was typed, `scale` what one of the typed unit is in SI.

    `low`..`high` are the significant figures it may have, 0 for fractions and constants; `unit` is NONE, FITS, OTHER or
    UNKNOWN, `tail` a code into `tails`. Where `unit` does not fit, `value` takes the number in the part's own unit.
    """

    state: NDArray[np.uint8]
    stop: NDArray[np.int64]
    wanted: NDArray[np.int32]
    value: Floats
    number: Floats
    scale: Floats
    low: NDArray[np.int16]
    high: NDArray[np.int16]
    decimals: NDArray[np.int16]
    form: NDArray[np.uint8]
    clipped: NDArray[np.bool_]
    unit: NDArray[np.uint8]
    tail: NDArray[np.int32]
    tails: tuple[str, ...]
    sentences: tuple[Bilingual, ...]

    def __len__(self) -> int:
        return len(self.value)

    def take(self, rows: Array) -> Quantities:
        """The quantities of the given rows (indices, which may repeat, or a mask)."""
        arrays = {name: getattr(self, name)[rows] for name in _ARRAYS}
        return Quantities(**arrays, tails=self.tails, sentences=self.sentences)

    def expected(self, row: int, lang: Lang) -> str:
        """What was expected where reading stopped; empty where it did not stop."""
        return self.sentences[int(self.wanted[row])][lang]

    def told(self, row: int) -> Iterator[tuple[str, Any]]:
        """The number, its unit, its value in SI and the figures that it may have."""
        low, high = int(self.low[row]), int(self.high[row])
        yield "number", self.number[row]
        yield "unit", self.tails[int(self.tail[row])] or "–"
        yield "value", self.value[row]
        yield "figures", f"{low}" if low == high else f"{low}–{high}"


_ARRAYS = tuple(field.name for field in fields(Quantities) if field.name not in ("tails", "sentences"))


@dataclass(frozen=True, slots=True)
class Asked:
    """How a part takes its numbers: the unit a bare number means, and what may be written."""

    unit: Unit
    prefix: bool
    form: Form = "fraction"
    name: str = ""
    comma: numerals.Comma = "ask"
    extra: bool = False


@dataclass(frozen=True, slots=True)
class _Tail:
    """What one unit text means for a part; with a sentence it makes the answer unreadable, at an index of it."""

    factor: float
    offset: float = 0.0
    status: int = FITS
    refusal: Bilingual | None = None
    at: int = 0


def read(texts: Sequence[str], asked: Asked) -> Quantities:
    """The texts as quantities in a part's unit, one row each."""
    numbers = numerals.read(texts, comma=asked.comma, prefix=asked.prefix, name=asked.name)
    tails = [_meaning(tail, asked) for tail in numbers.tails]
    factor = np.array([tail.factor for tail in tails])[numbers.unit]
    offset = np.array([tail.offset for tail in tails])[numbers.unit]
    with np.errstate(all="ignore"):
        value = _scaled(numbers.value, factor) + offset
    sentences = {numerals.REASONS[code]: place for place, code in enumerate(numbers.reasons)}
    state, stop = numbers.state.copy(), numbers.stop.astype(np.int64)
    wanted = numbers.expected.astype(np.int32)

    def refuse(row: int, column: int, sentence: Bilingual) -> None:
        state[row], stop[row] = UNREADABLE, column
        wanted[row] = sentences.setdefault(sentence, len(sentences))

    readable = numbers.state == READ
    for row in np.flatnonzero(readable & np.array([tail.refusal is not None for tail in tails])[numbers.unit]).tolist():
        tail = tails[numbers.unit[row]]
        assert tail.refusal is not None
        refuse(row, _column(texts[row], numbers.tails[numbers.unit[row]], tail.at), tail.refusal)
    for row in np.flatnonzero(readable & (numbers.form > FORMS[asked.form])).tolist():
        refuse(row, 1, numerals.REASONS["form"])
    for row in np.flatnonzero(numbers.expected == numerals.CODES.index("comma")).tolist():
        hint = numerals.one(texts[row], comma=asked.comma, prefix=asked.prefix, name=asked.name).hint
        both = numerals.REASONS["comma"]
        refuse(row, int(stop[row]), Bilingual(zh=f"{both.zh}：{hint}", en=f"{both.en}: {hint}"))
    return Quantities(
        state=state, stop=stop, wanted=wanted, value=value, number=numbers.value, scale=factor, low=numbers.low,
        high=numbers.high, decimals=numbers.decimals, form=numbers.form, clipped=numbers.clipped,
        unit=np.array([tail.status for tail in tails], dtype=np.uint8)[numbers.unit], tail=numbers.unit,
        tails=numbers.tails, sentences=tuple(sentences),
    )  # fmt: skip


def _scaled(number: Floats, factor: Floats) -> Floats:
    """number · factor; 4.7 µ is divided by a million, which rounds once, as the literal 4.7e-6 does."""
    inverse = np.rint(1 / factor)
    down = (factor < 1) & (inverse <= 1e15) & (np.abs(inverse * factor - 1) < 1e-15)
    return np.where(down, number / inverse, number * factor)


def _meaning(tail: str, asked: Asked) -> _Tail:
    unit = asked.unit
    if not tail:
        return _Tail(unit.factor, unit.offset, NONE)
    own = _Tail(unit.factor, unit.offset, OTHER)
    try:
        written = units.read(tail, extra=asked.extra)
    except units.UnitError as error:
        prefix = units.prefix(tail)
        if prefix is not None:
            if asked.prefix:
                return _Tail(prefix)
            return _Tail(1.0, refusal=numerals.REASONS["prefix"])
        if error.fault == "unknown":
            return _Tail(unit.factor, unit.offset, UNKNOWN)
        return _Tail(1.0, refusal=_refusal(error), at=error.at)
    if written.fits(unit):
        return _Tail(written.factor, written.offset)
    prefix = units.prefix(tail)
    return _Tail(prefix) if prefix is not None and asked.prefix else own


def _refusal(error: units.UnitError) -> Bilingual:
    reason = numerals.REASONS[f"unit.{error.fault}"]
    if not error.guesses:
        return reason
    return Bilingual(
        zh=f"{reason.zh}，是否指 {' 或 '.join(error.guesses)}？",
        en=f"{reason.en}; did you mean {' or '.join(error.guesses)}?",
    )


def _column(text: str, tail: str, at: int) -> int:
    """The column of the text (from 1) at an index of its unit text."""
    folded, origin = numerals.fold(text)
    begin = folded.rfind(tail)
    index = (begin if begin >= 0 else len(folded.rstrip()) - len(tail)) + at
    return (*origin, len(text))[min(max(index, 0), len(folded))] + 1
