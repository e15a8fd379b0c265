"""Columns as Parquet: one file of an item's values, which any tool for tables can open."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from qbank import messages
from qbank.model import Array, Columns, Refused

if TYPE_CHECKING:
    import polars

_KEY = "qbank"
_DAMAGED = (KeyError, ValueError, TypeError, AttributeError, OSError, RecursionError, MemoryError)
"""What a file raises whose bytes are not those that were written."""


def columns_to_parquet(columns: Columns) -> bytes:
    """The arrays as one Parquet file, the same bytes for the same values.

    An array (n,) is a column, (n, k) and (n, r, c) are columns of fixed-size lists; type and shape are in the file's
    metadata. Raises ValueError when their first axes differ.

    >>> again = parquet_to_columns(columns_to_parquet({"W": np.zeros((2, 3, 4)), "case": np.array([1, 0], np.uint8)}))
    >>> again["W"].shape, again["case"].dtype
    ((2, 3, 4), dtype('uint8'))
    """
    import polars as pl

    counts = {len(array) for array in columns.values()}
    if len(counts) > 1:
        raise ValueError(f"columns of different lengths: { {name: len(array) for name, array in columns.items()} }")
    shapes = {name: [_type(array), *array.shape[1:]] for name, array in columns.items()}
    frame = pl.DataFrame([_series(name, array) for name, array in columns.items()])
    target = io.BytesIO()
    frame.write_parquet(target, compression="zstd", metadata={_KEY: json.dumps([max(counts, default=0), shapes])})
    return target.getvalue()


def parquet_to_columns(content: bytes) -> dict[str, Array]:
    """The arrays of a file that `columns_to_parquet` wrote. Raises Refused when it did not, or was damaged since."""
    import polars as pl

    try:
        with _silence():
            count, shapes = json.loads(pl.read_parquet_metadata(io.BytesIO(content))[_KEY])
            frame = pl.read_parquet(io.BytesIO(content))
        return {name: _array(frame[name], kind, (count, *shape)) for name, (kind, *shape) in shapes.items()}
    except (*_DAMAGED, pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        message = messages.tell("a table of values is damaged or was not written by qbank ({error})",
                                error=type(error).__name__)  # fmt: skip
        raise Refused(message) from error


@contextmanager
def _silence() -> Iterator[None]:
    """Keeps what the reader's threads write about a damaged file off the terminal: the error tells it in one line."""
    try:
        terminal = os.dup(2)
    except OSError:  # closed already
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(terminal, 2)
        os.close(terminal)
        os.close(nowhere)


def _type(array: Array) -> str:
    return "str" if array.dtype.kind in "OU" else array.dtype.name


def _series(name: str, array: Array) -> polars.Series:
    import polars as pl

    width = int(np.prod(array.shape[1:], dtype=np.int64))
    if array.ndim > 1 and width == 0:
        return pl.Series(name, np.zeros(len(array), dtype=bool))  # nothing but its shape
    flat = np.ascontiguousarray(array).reshape(-1)
    values = pl.Series(name, flat.tolist(), pl.String) if _type(array) == "str" else pl.Series(name, flat)
    if array.ndim == 1:
        return values
    if len(array) == 0:
        return pl.Series(name, [], dtype=pl.Array(values.dtype, width))
    return values.reshape((len(array), width))


def _array(series: polars.Series, kind: str, shape: tuple[int, ...]) -> Array:
    dtype = np.dtype(object) if kind == "str" else np.dtype(kind)
    if 0 in shape:
        return np.empty(shape, dtype=dtype)
    flat = series if len(shape) == 1 else series.explode()
    if kind == "str":
        array = np.empty(len(flat), dtype=object)
        array[:] = flat.to_list()
        return array.reshape(shape)
    return np.array(flat.to_numpy(), dtype=dtype).reshape(shape)
