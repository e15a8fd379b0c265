"""Small answers in files of their own, as JSON, by the digests of what they were computed from."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qbank import files
from qbank.cache import _folder
from qbank.cache._program import program
from qbank.cache._shelf import digest
from qbank.model import Refused

MOST = 5000
"""Entries beyond these are forgotten, those written first before the others."""


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of one sort, in a folder of the cache."""

    place: Path
    most: int = MOST

    def found(self, key: str) -> Any:
        """What JSON holds under a key; None where there is nothing that can be read."""
        try:
            return json.loads(_folder.content(self.place / f"{key}.json") or b"null")
        except ValueError:
            return None

    def keep(self, key: str, value: Any) -> None:
        """Keep what JSON can hold under a key; a folder that cannot be written keeps nothing."""
        with suppress(Refused, OSError):
            self.place.mkdir(mode=0o700, parents=True, exist_ok=True)
            files.put(self.place / f"{key}.json", json.dumps(value, ensure_ascii=False).encode(), private=True)

    def forget(self) -> None:
        """Drop the oldest entries beyond the most, and what runs that were killed left half-written."""
        _folder.forget(self.place, self.most)


def remembered(part: str, told: bytes, make: Callable[[], Any], *, most: int) -> Any:
    """What `make` gives, as JSON holds it; what it gave before is not made again.

    It is a function of the program and of what is `told`. The folder `part` of the cache keeps so many such values.
    """
    place = _folder.folder(part)
    if place is None:
        return make()
    entries, key = Entries(place, most), digest(program() + told)
    kept = entries.found(key)
    if isinstance(kept, list) and len(kept) == 2 and kept[0] == _check(kept[1]):
        return kept[1]
    value = make()
    entries.keep(key, [_check(value), value])
    entries.forget()
    return value


def _check(value: Any) -> str:
    return digest(json.dumps(value, ensure_ascii=False).encode())
