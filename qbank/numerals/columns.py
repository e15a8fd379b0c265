"""Many numbers at once: what is plainly a decimal with a unit is read in columns, the rest by the exact grammar.

Both ways agree on every text: a text goes the fast way only when its shape leaves the grammar no choice, and a unit
text is accepted only after the grammar itself has read it once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qbank import distinct
from qbank.model import READ, Array, Floats, gather
from qbank.numerals.grammar import LONGEST, Comma, one
from qbank.numerals.reasons import CODES

if TYPE_CHECKING:
    import polars as pl

_SAMPLE = 1 << 16


@dataclass(frozen=True, slots=True, eq=False)
class Numerals:
    """n numbers as written, in columns; `unit` are codes into `tails` (the texts after the number, '' for none).

    `stop` is the column (from 1) where reading stopped, 0 when read; `expected` are places in `CODES`. `low`..`high`
    is the range of significant figures, 0 for fractions and constants; `clipped` marks more figures than a double has.
    `other` is the number with its comma read the other way, 0 where there is no other way.
    """

    state: NDArray[np.uint8]
    value: Floats
    low: NDArray[np.int16]
    high: NDArray[np.int16]
    decimals: NDArray[np.int16]
    unit: NDArray[np.int32]
    form: NDArray[np.uint8]
    clipped: NDArray[np.bool_]
    other: Floats
    stop: NDArray[np.int32]
    expected: NDArray[np.uint8]
    tails: tuple[str, ...] = ("",)

    def __len__(self) -> int:
        return len(self.value)

    def take(self, rows: Array) -> Numerals:
        """The numbers of the given rows (indices or a mask)."""
        arrays = {name: gather(getattr(self, name), rows) for name in _ARRAYS}
        return Numerals(**arrays, tails=self.tails)


FEW = 256
"""So many distinct texts are read one by one: setting up the columns takes longer."""
_PLACES = {code: place for place, code in enumerate(CODES)}
_ARRAYS = tuple(field.name for field in fields(Numerals) if field.name != "tails")


def read(
    texts: Sequence[str] | pl.Series, *, comma: Comma = "ask", prefix: bool, name: str = ""
) -> Numerals:
    """Read every text; the columns stand in the order of the texts. Repeated texts are read once.

    >>> numbers = read(["4.7 kΩ", "−10", "1.2.3", ""], prefix=True)
    >>> numbers.value.tolist(), numbers.state.tolist(), [numbers.tails[code] for code in numbers.unit]
    ([4.7, -10.0, nan, nan], [2, 2, 1, 0], ['kΩ', '', '', ''])
    """
    if len(texts) < FEW:
        return _one_by_one([text or "" for text in texts], {"": 0}, comma, prefix, name)
    import polars as pl

    series = texts if isinstance(texts, pl.Series) else pl.Series(list(map(_storable, texts)), dtype=pl.String)
    series = series.fill_null("") if series.null_count() else series
    if len(series) >= 4 * _SAMPLE and series.gather_every(len(series) // _SAMPLE).n_unique() < 0.8 * _SAMPLE:
        unique, codes = distinct.columns(series)
        return _distinct(unique, comma, prefix, name).take(codes)
    return _distinct(series, comma, prefix, name)


def _storable(text: str) -> str:
    """The text; half of a surrogate pair, which no column can hold, becomes a question mark."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _one_by_one(texts: Sequence[str], tails: dict[str, int], comma: Comma, prefix: bool, name: str) -> Numerals:
    """The texts by the exact grammar; `tails` gains the unit texts that are new."""
    found = [one(_storable(text), comma=comma, prefix=prefix, name=name) for text in texts]
    return Numerals(
        np.array([each.state for each in found], np.uint8), np.array([each.value for each in found]),
        np.array([each.low for each in found], np.int16), np.array([each.high for each in found], np.int16),
        np.array([each.decimals for each in found], np.int16),
        np.array([tails.setdefault(each.unit, len(tails)) for each in found], np.int32),
        np.array([each.form for each in found], np.uint8), np.array([each.clipped for each in found], np.bool_),
        np.array([each.other for each in found]), np.array([each.stop for each in found], np.int32),
        np.array([_PLACES[each.expected] for each in found], np.uint8), tuple(tails),
    )  # fmt: skip


def _distinct(texts: pl.Series, comma: Comma, prefix: bool, name: str) -> Numerals:
    count = len(texts)
    numbers = Numerals(
        state=np.full(count, READ, np.uint8), value=np.empty(count), low=np.zeros(count, np.int16),
        high=np.zeros(count, np.int16), decimals=np.zeros(count, np.int16), unit=np.zeros(count, np.int32),
        form=np.zeros(count, np.uint8), clipped=np.zeros(count, bool), other=np.zeros(count),
        stop=np.zeros(count, np.int32), expected=np.zeros(count, np.uint8),
    )  # fmt: skip
    tails: dict[str, int] = {"": 0}
    left = _plain(texts, numbers)
    if len(left):
        left = left[_with_units(texts.gather(left), numbers, left, tails, comma)]
    if len(left):
        exact = _one_by_one(texts.gather(left).to_list(), tails, comma, prefix, name)
        for field in _ARRAYS:
            getattr(numbers, field)[left] = getattr(exact, field)
    return replace(numbers, tails=tuple(tails))


def _plain(texts: pl.Series, to: Numerals) -> NDArray[np.int64]:
    """Fill in the rows that are a plain decimal (`-4.70`), and return the rows that are not."""
    import polars as pl

    text = pl.col("text")
    frame = texts.alias("text").to_frame()
    first = frame.select(
        value=text.cast(pl.Float64, strict=False),
        power=text.str.contains("[eE]"),
        length=text.str.len_bytes(),
    )
    value = first["value"].to_numpy()
    with np.errstate(invalid="ignore"):
        size = np.abs(value)
        plain = ((size < 1e15) & (size > 1e-15)) | (size == 0)
    plain &= ~first["power"].to_numpy() & (first["length"].to_numpy() <= 17)
    everything = bool(plain.all())
    rows = slice(None) if everything else np.flatnonzero(plain)
    digits = frame if everything else frame.filter(plain)
    to.value[rows] = value[rows]
    high = _figures(digits, to, rows)
    over = np.flatnonzero(high > 15)
    left = np.flatnonzero(~plain)
    if not len(over):
        return left
    return np.union1d(left, over if isinstance(rows, slice) else rows[over])


def _figures(digits: pl.DataFrame, to: Numerals, rows: slice | NDArray[np.int64]) -> NDArray[np.int16]:
    """Fill in the figures and decimals of plain decimals in column `text` (ASCII, no exponent); return the high end."""
    import polars as pl

    text = pl.col("text")
    counted = digits.select(
        length=text.str.len_bytes().cast(pl.Int16),
        point=text.str.find(".", literal=True).cast(pl.Int16).fill_null(-1),
        kept=text.str.strip_chars_start("+-0.").str.len_bytes().cast(pl.Int16),
    )
    point, kept = counted["point"].to_numpy(), counted["kept"].to_numpy()
    decimals = np.where(point >= 0, counted["length"].to_numpy() - point - 1, 0).astype(np.int16)
    inside = (point >= 0) & (kept > decimals)  # the point stands among the significant figures
    high = np.where(kept > 0, kept - inside, np.maximum(decimals, 1)).astype(np.int16)
    low = high.copy()
    whole = np.flatnonzero((point < 0) & (kept > 0))
    if len(whole):
        zeros = digits["text"].gather(whole).str.strip_chars("+-0").str.len_bytes().to_numpy()
        low[whole] = np.maximum(zeros, 1)
    to.decimals[rows], to.high[rows], to.low[rows] = decimals, high, low
    return high


_NUMBER = r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})"
_COMMA = {
    "ask": r"^[+-]?(?:[0-9]{1,15},(?:[0-9]{1,2}|[0-9]{4,15})|[0-9]{4,15},[0-9]{3}|0[0-9]{0,2},[0-9]{3})(?:$|[^0-9,.])",
    "decimal": r"^[+-]?[0-9]{1,15},[0-9]{1,15}(?:$|[^0-9,.])",
    "thousands": r"^$",
}
_SHAPE = rf"^(?:{_NUMBER}) {{0,2}}(?:[A-Za-zΩΩµμ°%][A-Za-zΩΩµμ°%*/ ]*)?$"
_POWER = r"^[+-]?(?:[0-9]{1,15}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})[eE][+-]?[0-9]{1,2}$"


def _with_units(
    texts: pl.Series, to: Numerals, rows: NDArray[np.int64], tails: dict[str, int], comma: Comma
) -> NDArray[np.bool_]:
    """Fill in decimals with a unit text, another minus sign, a decimal comma or an exponent; say which rows are not."""
    import polars as pl

    written = pl.when(pl.col("text").str.len_chars() <= LONGEST).then("text").otherwise(pl.lit(""))
    folded = texts.alias("text").to_frame().select(written.str.strip_chars(" ").str.replace("−", "-", literal=True))
    if comma != "thousands":
        text = pl.col("text")
        decimal = text.str.contains(_COMMA[comma])
        folded = folded.select(pl.when(decimal).then(text.str.replace(",", ".", literal=True)).otherwise(text))
    text = pl.col("text")
    shape = folded.select(unit=text.str.contains(_SHAPE), power=text.str.contains(_POWER))
    found = np.flatnonzero((shape["unit"] | shape["power"]).to_numpy())
    if not len(found):
        return np.ones(len(rows), dtype=bool)
    parts = folded[found].with_columns(power=shape["power"].gather(found)).with_columns(
        tail=pl.when("power").then(pl.lit("")).otherwise(text.str.strip_chars_start("+-.0123456789 ")),
        head=pl.when("power").then(text.str.extract("^([^eE]*)")).otherwise(text.str.extract("^([-+.0-9]*)")),
    )
    known = {written: _as_grammar_reads(written) for written in parts["tail"].unique().to_list()}
    good = [written for written, tail in known.items() if tail is not None]
    codes = {written: tails.setdefault(known[written] or "", len(tails)) for written in good}
    numbers = parts.select(
        value=pl.when("power").then("text").otherwise("head").cast(pl.Float64, strict=False),
        unit=pl.col("tail").replace_strict(list(codes), list(codes.values()), default=-1, return_dtype=pl.Int32),
    )
    value, unit = numbers["value"].to_numpy(), numbers["unit"].to_numpy()
    with np.errstate(invalid="ignore"):
        size = np.abs(value)
        sure = (unit >= 0) & (((size < 1e99) & (size > 1e-98)) | (value == 0))
    done = found[sure]
    to.value[rows[done]], to.unit[rows[done]] = value[sure], unit[sure]
    high = _figures(parts.select(text="head").filter(sure), to, rows[done])
    left = np.ones(len(rows), dtype=bool)
    left[done[high <= 15]] = False
    _forget(to, rows[done[high > 15]])
    return left


def _forget(to: Numerals, rows: NDArray[np.int64]) -> None:
    to.unit[rows] = 0


def _as_grammar_reads(tail: str) -> str | None:
    """The unit text as the grammar gives it after a number, or None where it reads something else."""
    if not tail:
        return ""
    number = one("1 " + tail)
    glued = one("1" + tail)
    if number.state == READ and number.form == 0 and number.value == 1 and number.unit and glued == number:
        return number.unit
    return None

