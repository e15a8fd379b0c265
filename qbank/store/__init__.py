"""The sealed exam folder, from (path, bytes) pairs: whole or not at all; and columns as Parquet.

An exam is a folder with an `exam.yaml`. Paths are relative to it, with '/' between their parts.
"""

from __future__ import annotations

from qbank.store._columns import columns_to_parquet, parquet_to_columns
from qbank.store._folder import seal, write
from qbank.store._journal import append, journal
from qbank.store._reading import digest, files, fingerprint, read
from qbank.store._siblings import is_exam

__all__ = [
    "append",
    "columns_to_parquet",
    "digest",
    "files",
    "fingerprint",
    "is_exam",
    "journal",
    "parquet_to_columns",
    "read",
    "seal",
    "write",
]
