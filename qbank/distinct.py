"""Equal texts are read once, where they are many: the distinct ones of a column, and which of them each row has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import isqrt
from typing import TYPE_CHECKING, Protocol, Self, TypeAlias, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import polars as pl

Texts: TypeAlias = "Sequence[str] | pl.Series"
FEW = 4096
"""Below this many texts a dictionary finds the distinct ones; above it, Polars does."""
SAMPLES = 8
"""So many times the square root of a column's length are looked at: where every text stands twice, that shows about
SAMPLES² / 2 repeats, however long the column is."""


class Rows(Protocol):
    """Columns of which rows can be taken."""

    def take(self, rows: NDArray[np.int64], /) -> Self: ...


RowsT = TypeVar("RowsT", bound=Rows)


def once(texts: Texts, read: Callable[[Sequence[str]], RowsT]) -> RowsT:
    """What `read` makes of the texts, a row for each; texts that are often repeated are given to it once."""
    if len(texts) == 1 or not repeated(texts):
        return read(texts if isinstance(texts, Sequence) else texts.fill_null("").to_list())
    unique, codes = distinct(texts)
    return read(unique).take(codes)


def repeated(texts: Texts) -> bool:
    """Whether texts are repeated so often that each is better read once; by a sample where they are many.

    >>> repeated(["a", "b", "a"]), repeated(["a", "b"])
    (True, False)
    """
    count = len(texts)
    if isinstance(texts, Coded):
        return len(texts.unique) < count
    if count < FEW:
        return len(set(texts)) < count
    places = np.unique(np.random.default_rng(0).integers(0, count, SAMPLES * isqrt(count))).tolist()
    seen = texts[places].n_unique() if not isinstance(texts, Sequence) else len({texts[place] for place in places})
    return len(places) - seen > SAMPLES**2 // 4


def distinct(texts: Texts) -> tuple[list[str], NDArray[np.int64]]:
    """The distinct texts, and for every text the index of its own among them. A missing text is an empty one.

    >>> distinct(["a", "b", "a"])
    (['a', 'b'], array([0, 1, 0]))
    """
    if isinstance(texts, Coded):
        return texts.unique, texts.codes
    if len(texts) < FEW:
        return _few(texts)
    import polars as pl

    try:
        series = pl.Series(texts, dtype=pl.String).fill_null("")
    except UnicodeEncodeError:  # half a surrogate pair, which no file of ours holds and Python's texts may
        return _few(texts)
    unique, codes = columns(series)
    return unique.to_list(), codes


def columns(series: pl.Series) -> tuple[pl.Series, NDArray[np.int64]]:
    """The same for a column of texts without gaps, as a column."""
    import polars as pl

    codes = series.cast(pl.Categorical(pl.Categories.random())).to_physical().to_numpy()
    somewhere = np.zeros(int(codes.max(initial=0)) + 1, dtype=np.uint32)
    somewhere[codes] = np.arange(len(codes), dtype=np.uint32)
    return series.gather(somewhere), codes.astype(np.int64)


def _few(texts: Texts) -> tuple[list[str], NDArray[np.int64]]:
    places: dict[str, int] = {}
    codes = [places.setdefault(text or "", len(places)) for text in texts]
    return list(places), np.asarray(codes, dtype=np.int64)


class Coded(Sequence[str]):
    """Texts that are held as the distinct ones and which of them each is: they are told apart once.

    >>> list(Coded(["a", "b"], np.array([1, 0, 1]))), Coded(["a", "b"], np.array([1, 0, 1]))[0]
    (['b', 'a', 'b'], 'b')
    """

    __slots__ = ("codes", "unique")

    def __init__(self, unique: list[str], codes: NDArray[np.int64]) -> None:
        self.unique, self.codes = unique, codes

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[str]:
        return map(self.unique.__getitem__, self.codes.tolist())

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        if isinstance(place, slice):
            return Coded(self.unique, self.codes[place])
        return self.unique[int(self.codes[place])]

    def stripped(self) -> Coded:
        """The same without spaces around them."""
        unique, codes = distinct([text.strip() for text in self.unique])
        return Coded(unique, codes[self.codes])


def coded(texts: Texts) -> Coded:
    """Texts as their distinct ones."""
    return texts if isinstance(texts, Coded) else Coded(*distinct(texts))
