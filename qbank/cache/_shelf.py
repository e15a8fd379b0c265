"""One file of values by the digests of what they were made from, each with a card that tells in short what it is."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qbank import files
from qbank.cache import _folder, _frozen
from qbank.cache._program import program
from qbank.model import Refused

PART = "shelves"
MARK = b"qbank shelf 1\n"
MOST, ROOM = 200, 256 * 1024 * 1024
"""The most shelves of a user, and the most bytes of them together; those used least lately are dropped."""
LARGEST = 20_000
"""The most values of one shelf; one that would have more begins anew."""
DAY = 86_400.0
SIZE = 16
"""The bytes of a digest."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A value that was kept: its card, and a way to read it, which gives None where it cannot be read any more."""

    card: Any
    read: Callable[[], Any]


@dataclass(slots=True, eq=False)
class Shelf:
    """The values that are kept together, read at once; `close` writes them where there are new ones.

    A value is a frozen record; it is kept as a pickle of data and of classes of this program, see `_frozen`. A card is
    what JSON holds.
    """

    path: Path | None
    _index: Mapping[str, list[Any]]
    _content: memoryview
    _used: set[str] = field(default_factory=set)
    _new: dict[str, tuple[bytes, Any]] = field(default_factory=dict)

    @classmethod
    def opened(cls, name: bytes) -> Shelf:
        """The shelf of that name; an empty one where there is none that can be trusted."""
        place = _folder.folder(PART)
        if place is None:
            return cls(None, {}, memoryview(b""))
        path = place / digest(name)
        index, content = _parsed(_folder.content(path) or b"")
        return cls(path, index, content)

    def found(self, key: str) -> Kept | None:
        """What is kept under a digest, or None."""
        row = self._index.get(key)
        if row is None:
            return None
        self._used.add(key)
        start, length, check, card = row

        def read() -> Any:
            pickled = self._content[start : start + length]
            value = _frozen.thawed(pickled) if digest(pickled) == check else None
            if value is None and self.path is not None:
                with suppress(OSError):
                    self.path.unlink(missing_ok=True)  # the next reading makes another
            return value

        return Kept(card, read)

    def keep(self, key: str, card: Any, value: Any) -> None:
        """Keep a value under a digest; one that cannot be pickled is not kept."""
        if self.path is not None and (pickled := _frozen.frozen(value)) is not None:
            self._new[key] = pickled, card

    def close(self, *, whole: bool = False) -> None:
        """Write what is new, with what was there; after a `whole` reading, only with what was asked for."""
        if self.path is None:
            return
        if not self._new:
            self._touch(self.path)
            return
        stale = self._index.keys() - self._used if whole else set()
        old = {key: row for key, row in self._index.items() if key not in stale and key not in self._new}
        if len(old) + len(self._new) > LARGEST:
            old = {}
        rows, pieces, at = {}, [], 0
        for key, (start, length, check, card) in old.items():
            rows[key] = [at, length, check, card]
            pieces.append(self._content[start : start + length])
            at += length
        for key, (pickled, card) in self._new.items():
            rows[key] = [at, len(pickled), digest(pickled), card]
            pieces.append(memoryview(pickled))
            at += len(pickled)
        index = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        head = MARK + program() + len(index).to_bytes(8, "big") + hashlib.blake2b(index, digest_size=SIZE).digest()
        with suppress(Refused):  # a disk that is full or read-only keeps nothing
            files.put(self.path, b"".join((head, index, *pieces)), private=True)
            _folder.forget(self.path.parent, MOST, ROOM)

    @staticmethod
    def _touch(path: Path) -> None:
        """Say that the shelf is in use, once a day."""
        with suppress(OSError):
            if path.lstat().st_mtime < time.time() - DAY:
                os.utime(path, follow_symlinks=False)


def digest(content: bytes | memoryview) -> str:
    """The digest of bytes, in hexadecimal digits."""
    return hashlib.blake2b(content, digest_size=SIZE).hexdigest()


def _parsed(content: bytes) -> tuple[Mapping[str, list[Any]], memoryview]:
    """The index of a shelf's file and its pickles; nothing of one that is damaged, or of another program."""
    version = program()
    head = len(MARK) + len(version) + 8 + SIZE
    if len(content) < head or not content.startswith(MARK + version):
        return {}, memoryview(b"")
    length = int.from_bytes(content[head - SIZE - 8 : head - SIZE], "big")
    index = content[head : head + length]
    if hashlib.blake2b(index, digest_size=SIZE).digest() != content[head - SIZE : head]:
        return {}, memoryview(b"")
    return json.loads(index.decode("utf-8", "surrogatepass")), memoryview(content)[head + length :]
