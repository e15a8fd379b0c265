"""Numbers with their units understood: what every kind that takes numbers reads its answers into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from qbank import numerals, units
from qbank.model import READ, UNREADABLE, Array, Bilingual, Floats, Lang, gather
from qbank.units import Unit

if TYPE_CHECKING:
    from qbank.numerals import Numerals
    from qbank.units import Meaning

NONE, FITS, OTHER, UNKNOWN = 0, 1, 2, 3
"""What the unit of an answer is: not there, of the part's dimension, of another one, an unknown word."""
_COMMA = numerals.CODES.index("comma")
_SENTENCES = tuple(numerals.REASONS[code] for code in numerals.CODES)
_FEW, _MOST = 8, 256
"""How many unit texts are few, and of how many such tuples the meaning is kept."""
_STATUS = {"none": NONE, "fits": FITS, "other": OTHER, "unknown": UNKNOWN, "refused": OTHER}

Because: TypeAlias = "Literal['thousands', 'extent'] | units.Because"
"""Why an answer has a second reading."""

Form: TypeAlias = Literal["decimal", "fraction", "constant"]
FORMS: dict[Form, int] = {
    "decimal": numerals.DECIMAL, "fraction": numerals.FRACTION, "constant": numerals.CONSTANT
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Quantities:
    """n quantities: `value` is SI, `number` as it was typed, `scale` and `offset` lead from the typed unit to SI.

    `low`..`high` are the significant figures it may have, 0 for fractions and constants; `unit` is NONE, FITS, OTHER or
    UNKNOWN, `tail` a code into `tails` and `meanings`. Where `unit` does not fit, `value` takes the number in the
    part's own unit. `other` is the number with its comma read the other way, 0 where there is none; `open` marks those
    that are counts only where every key is whole (`1,234`).
    """

    state: NDArray[np.uint8]
    stop: NDArray[np.signedinteger[Any]]
    wanted: NDArray[np.integer[Any]]
    value: Floats
    number: Floats
    scale: Floats
    low: NDArray[np.int16]
    high: NDArray[np.int16]
    decimals: NDArray[np.int16]
    form: NDArray[np.uint8]
    clipped: NDArray[np.bool_]
    other: Floats
    open: NDArray[np.bool_]
    unit: NDArray[np.uint8]
    tail: NDArray[np.int32]
    tails: tuple[str, ...]
    meanings: tuple[Meaning, ...]
    sentences: tuple[Bilingual, ...]

    def __len__(self) -> int:
        return len(self.value)

    def take(self, rows: Array) -> Quantities:
        """The quantities of the given rows (indices, which may repeat, or a mask)."""
        arrays = {name: gather(getattr(self, name), rows) for name in _ARRAYS}
        return Quantities(**arrays, tails=self.tails, meanings=self.meanings, sentences=self.sentences)

    def expected(self, row: int, lang: Lang) -> str:
        """What was expected where reading stopped; empty where it did not stop."""
        return self.sentences[int(self.wanted[row])][lang]

    def told(self, row: int, lang: Lang) -> str:
        """The number with its unit and its value in SI where that is another, and the figures that it may have."""
        low, high = int(self.low[row]), int(self.high[row])
        number, value, unit = self.number[row], self.value[row], self.tails[int(self.tail[row])]
        written = f"{number:.10g} {unit}".rstrip().replace("-", "−")
        if unit and not np.isclose(number, value, rtol=1e-12, atol=0):
            written += f" = {value:.10g}".replace("-", "−")
            written += "（SI）" if lang == "zh" else " in SI"
        count = f"{low}" if low == high else f"{low}–{high}"
        if not high:
            return written
        if lang == "zh":
            return f"{written}（{count} 位有效数字）"
        return f"{written} ({count} significant figure{'' if high == 1 else 's'})"

    def doubted(self, doubt: units.Doubt) -> NDArray[np.bool_]:
        """(n,) whose unit text leaves a doubt: a gloss that is not understood, a unit that is not opted in."""
        if not any(meaning.doubt == doubt for meaning in self.meanings):
            return np.zeros(len(self), dtype=np.bool_)
        return np.array([meaning.doubt == doubt for meaning in self.meanings])[self.tail]

    def has_seconds(self) -> NDArray[np.bool_]:
        """(n,) which answers may mean something besides their usual reading, whatever it is."""
        found: NDArray[np.bool_] = (self.decimals == 3) | (self.other != 0)
        if any(meaning.seconds for meaning in self.meanings):
            found |= np.array([bool(meaning.seconds) for meaning in self.meanings])[self.tail]
        return found

    def seconds(self) -> Iterator[tuple[Because, Floats]]:
        """What the answers may mean besides their usual reading: why, and (n,) values in SI, NaN where not.

        A reading knows no key: a second reading is one of the text, and of the unit that the part asks for.
        """
        with np.errstate(all="ignore"):
            size = np.abs(self.number)
            point = (self.decimals == 3) & (size >= 1) & (size < 1000) & (self.form == numerals.DECIMAL)
            decimal, other = self.form == numerals.DECIMAL, np.where(self.other == 0, np.nan, self.other)
            grouped = np.where(point, np.rint(self.number * 1000), np.where(decimal, other, np.nan))
            offset = np.array([meaning.offset for meaning in self.meanings])[self.tail]
            if not np.isnan(grouped).all():
                yield "thousands", grouped * self.scale + offset
            if not np.isnan(other[~decimal]).all():
                yield "extent", np.where(decimal, np.nan, other) * self.scale + offset
            for place in range(max(len(meaning.seconds) for meaning in self.meanings)):
                yield from self._second(place)

    def _second(self, place: int) -> Iterator[tuple[Because, Floats]]:
        """The second readings of the unit texts that have so many, by reason."""
        having = {tail: meaning.seconds[place] for tail, meaning in enumerate(self.meanings)
                  if len(meaning.seconds) > place}  # fmt: skip
        for because in dict.fromkeys(second.because for second in having.values()):
            table = np.full((4, len(self.meanings)), np.nan)
            for tail, second in having.items():
                if second.because == because:
                    table[:, tail] = *_exactly(second.factor), second.offset, second.most
            times, over, offset, most = table[:, self.tail]
            decimal = (self.form == numerals.DECIMAL) | ~np.isfinite(most)
            values = np.where((np.abs(self.number) <= most) & decimal, self.number * times / over + offset, np.nan)
            if not np.isnan(values).all():
                yield because, values


_ARRAYS = tuple(field.name for field in fields(Quantities) if field.name not in ("tails", "meanings", "sentences"))


@dataclass(frozen=True)
class Asked:
    """How a part takes its numbers: the unit a bare number means, and what may be written.

    `counts` says that 1,234 may be a count, where the key turns out to be whole on every variant.
    """

    unit: Unit
    prefix: bool
    form: Form = "fraction"
    name: str = ""
    comma: numerals.Comma = "ask"
    extra: bool = False
    counts: bool = False
    difference: bool = False

    def meant(self, tails: tuple[str, ...]) -> _Meant:
        """What unit texts mean here; that of a few texts is kept, as one answer after another brings the same."""
        found = self._known.get(tails)
        if found is None:
            found = _meant(tails, units.Asked(self.unit, self.prefix, self.extra, self.difference))
            if len(tails) <= _FEW and len(self._known) < _MOST:
                self._known[tails] = found
        return found

    @cached_property
    def _known(self) -> dict[tuple[str, ...], _Meant]:
        return {}


def takes_prefix(prefix: bool | None, unit: Unit, written: str) -> bool:
    """Whether 4.7k and 4k7 are numbers in a part: as it says, else where it has a unit that takes prefixes."""
    return bool(written) and unit.kind == "linear" if prefix is None else prefix


@dataclass(frozen=True, slots=True, eq=False)
class _Meant:
    """What unit texts mean for a part, and the same as columns over them (k,)."""

    meanings: tuple[Meaning, ...]
    scale: Floats
    times: Floats
    over: Floats
    offset: Floats
    status: NDArray[np.uint8]
    refused: NDArray[np.bool_]
    plainly: bool
    """Whether all that is done to a number is to multiply it."""

    def in_si(self, number: Floats, tail: NDArray[np.int32]) -> Floats:
        """(n,) the numbers in SI by the unit texts that are behind them; neither reaches beyond 1e99."""
        if self.plainly:
            return number * self.times.take(tail) + 0.0  # -0 is 0
        return number * self.times.take(tail) / self.over.take(tail) + self.offset.take(tail)


def _meant(tails: tuple[str, ...], asked: units.Asked) -> _Meant:
    meanings = tuple(units.meaning(tail, asked) for tail in tails)
    factors = [each.factor for each in meanings]
    times, over = np.array([_exactly(factor) for factor in factors]).T
    offset = np.array([each.offset for each in meanings])
    return _Meant(
        meanings, np.array(factors), times, over, offset,
        np.array([_STATUS[each.status] for each in meanings], np.uint8),
        np.array([each.status == "refused" for each in meanings]),
        not offset.any() and bool((over == 1).all()),
    )  # fmt: skip


def read(texts: Sequence[str], asked: Asked) -> Quantities:
    """The texts as quantities in a part's unit, one row each."""
    return understood(texts, numerals.read(texts, comma=asked.comma, prefix=asked.prefix, name=asked.name), asked)


def understood(texts: Sequence[str], numbers: Numerals, asked: Asked) -> Quantities:
    """Numbers as quantities in a part's unit; `texts` are what they were read from."""
    meant = asked.meant(numbers.tails)
    opened = np.zeros(len(numbers), dtype=np.bool_)
    state, number, other = numbers.state.copy(), numbers.value, numbers.other
    if asked.counts and np.count_nonzero(commas := numbers.expected == _COMMA):
        opened = commas & (numbers.other != 0)
        state[opened] = READ
        number, other = np.where(opened, numbers.other, number), np.where(opened, 0.0, other)
    stop, wanted, sentences = _refused(texts, asked, numbers, meant, state)
    return Quantities(
        state=state, stop=stop, wanted=wanted, value=meant.in_si(number, numbers.unit), number=number,
        scale=meant.scale.take(numbers.unit), low=numbers.low, high=numbers.high, decimals=numbers.decimals,
        form=numbers.form, clipped=numbers.clipped, other=other, open=opened, unit=meant.status.take(numbers.unit),
        tail=numbers.unit, tails=numbers.tails, meanings=meant.meanings, sentences=sentences,
    )  # fmt: skip


def _refused(
    texts: Sequence[str], asked: Asked, numbers: Numerals, meant: _Meant, state: NDArray[np.uint8]
) -> tuple[NDArray[np.signedinteger[Any]], NDArray[np.integer[Any]], tuple[Bilingual, ...]]:
    """Where reading stopped, and what was expected there; `state` is set for what is refused here."""
    read_, formless, meanings = state == READ, numbers.form > FORMS[asked.form], meant.meanings
    unread, strange = np.count_nonzero(read_) < len(state), np.count_nonzero(meant.refused)
    if not (unread or strange or np.count_nonzero(numbers.stop) or np.count_nonzero(formless)):
        return numbers.stop, numbers.expected, _SENTENCES
    stop, wanted = numbers.stop.copy(), numbers.expected.astype(np.int32)
    if asked.counts:
        stop[read_], wanted[read_] = 0, 0
    none = np.zeros(0, np.int64)
    refused = np.flatnonzero(read_ & meant.refused[numbers.unit]) if strange else none
    unsettled = np.flatnonzero(~read_ & (numbers.expected == _COMMA)) if unread else none
    sentences = {sentence: place for place, sentence in enumerate(_SENTENCES)}

    def refuse(row: int, column: int, sentence: Bilingual) -> None:
        state[row], stop[row] = UNREADABLE, column
        wanted[row] = sentences.setdefault(sentence, len(sentences))

    for row in refused.tolist():
        error = meanings[numbers.unit[row]].error
        at = error.at if error else 0
        refuse(row, _column(texts[row], numbers.tails[numbers.unit[row]], at), refusal(error))
    for row in np.flatnonzero(read_ & formless).tolist():
        refuse(row, 1, numerals.REASONS["form"])
    for row in unsettled.tolist():
        hint = numerals.one(texts[row], comma=asked.comma, prefix=asked.prefix, name=asked.name).hint
        both = numerals.REASONS["comma"]
        refuse(row, int(stop[row]), Bilingual(zh=f"{both.zh}：{hint}", en=f"{both.en}: {hint}"))
    return stop, wanted, tuple(sentences)


@lru_cache(maxsize=8192)
def _exactly(factor: float) -> tuple[float, float]:
    """By what a number is multiplied and divided: 4.7 µ by a million, which rounds once, as the literal 4.7e-6 does.

    >>> _exactly(1e-6), _exactly(1e3)
    ((1.0, 1000000.0), (1000.0, 1.0))
    """
    inverse = round(1 / factor) if 1e-16 < factor < 1 else 0
    return (1.0, float(inverse)) if 0 < inverse <= 1e15 and abs(inverse * factor - 1) < 1e-15 else (factor, 1.0)


def refusal(error: units.UnitError | None) -> Bilingual:
    """Why a unit text is refused; without an error it is a prefix where none is taken."""
    if error is None:
        return numerals.REASONS["prefix"]
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
