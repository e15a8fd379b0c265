"""People, and what stands more than once among them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who sits the exam: the number that names them, and what the roster says besides."""

    id: str
    name: str = ""
    group: str = ""


_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Signs without a width that Unicode does not count among the format characters (DerivedCoreProperties 15)."""


def identity(written: str) -> str:
    """A candidate's number as it is compared everywhere: half width, without signs that nobody sees.

    >>> identity(" ２０２6\\u200b01 "), identity("A\\u00ad7"), identity("a7") == identity("A7")
    ('202601', 'A7', False)
    """
    if written.isascii() and written.isprintable():
        return written.strip()
    seen = "".join(sign for sign in unicodedata.normalize("NFKC", written) if unicodedata.category(sign) != "Cf")
    return unicodedata.normalize("NFKC", " ".join(_UNSEEN.sub("", seen).split()))


def duplicates(values: Iterable[str]) -> dict[str, int]:
    """Every value that stands more than once, with its count.

    >>> duplicates(["a", "b", "a"])
    {'a': 2}
    """
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return {value: count for value, count in counts.items() if count > 1}
