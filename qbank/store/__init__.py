"""The exam folder: sealed by digests, written by one run at a time, every change whole or not at all.

An exam is a folder with an `exam.yaml`. Paths are relative to it, with '/' between their parts. Also: columns as
Parquet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank import registry

if TYPE_CHECKING:
    from qbank.store._adding import add, form_of
    from qbank.store._checking import Checked, differing
    from qbank.store._columns import columns_to_parquet, parquet_to_columns
    from qbank.store._contents import copies, owner, untouched
    from qbank.store._difference import Difference
    from qbank.store._folder import seal
    from qbank.store._journal import append, journal
    from qbank.store._opening import Opened, look, opened, verified
    from qbank.store._paths import EXAM, is_exam
    from qbank.store._publish import Ready, Writing, prepared, publish
    from qbank.store._reading import read
    from qbank.store._records import fault
    from qbank.store._recovery import recover, writing
    from qbank.store._seal import ADDITIONS, FORMAT, chained, closed, fingerprint, fingerprint_of, is_closed
    from qbank.store._trees import Content
    from qbank.store._workspace import workspace
else:
    __getattr__ = registry.by_need(__name__, {
        **dict.fromkeys(("add", "form_of"), "_adding"), **dict.fromkeys(("Checked", "differing"), "_checking"),
        **dict.fromkeys(("columns_to_parquet", "parquet_to_columns"), "_columns"),
        **dict.fromkeys(("copies", "owner", "untouched"), "_contents"), "Difference": "_difference", "seal": "_folder",
        **dict.fromkeys(("append", "journal"), "_journal"),
        **dict.fromkeys(("Opened", "look", "opened", "verified"), "_opening"),
        **dict.fromkeys(("EXAM", "is_exam"), "_paths"),
        **dict.fromkeys(("Ready", "Writing", "prepared", "publish"), "_publish"), "read": "_reading",
        "fault": "_records", **dict.fromkeys(("recover", "writing"), "_recovery"),
        **dict.fromkeys(
            ("ADDITIONS", "FORMAT", "chained", "closed", "fingerprint", "fingerprint_of", "is_closed"), "_seal"),
        "Content": "_trees", "workspace": "_workspace",
    })  # fmt: skip

__all__ = [
    "ADDITIONS",
    "EXAM",
    "FORMAT",
    "Checked",
    "Content",
    "Difference",
    "Opened",
    "Ready",
    "Writing",
    "add",
    "append",
    "chained",
    "closed",
    "columns_to_parquet",
    "copies",
    "differing",
    "fault",
    "fingerprint",
    "fingerprint_of",
    "form_of",
    "is_closed",
    "is_exam",
    "journal",
    "look",
    "opened",
    "owner",
    "parquet_to_columns",
    "prepared",
    "publish",
    "read",
    "recover",
    "seal",
    "untouched",
    "verified",
    "workspace",
    "writing",
]
