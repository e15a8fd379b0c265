"""Small answers in files of their own, as JSON, by the digests of what they were computed from."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qbank import files
from qbank.cache import _folder
from qbank.model import Refused

MOST = 5000
"""Entries beyond these are forgotten, those written first before the others."""


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of one sort, in a folder of the cache."""

    place: Path

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
        _folder.forget(self.place, MOST)
