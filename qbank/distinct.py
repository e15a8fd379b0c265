"""Equal texts are read once: the distinct ones of a column, and where each row's stands among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import polars as pl

Texts: TypeAlias = "Sequence[str] | pl.Series"
FEW = 4096
"""Below this many texts a dictionary finds the distinct ones; above it, Polars does."""


def distinct(texts: Texts) -> tuple[list[str], NDArray[np.int64]]:
    """The distinct texts, and for every text the index of its own among them. A missing text is an empty one.

    >>> distinct(["a", "b", "a"])
    (['a', 'b'], array([0, 1, 0]))
    """
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
