"""results/sources.json: what results were made from, by length and digest, so that a later change is seen.

Reviews, regrades and responses are never sealed, for people write them. The journals only grow: what results have
counted must still be there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qbank import __version__, messages, regrades, reviews, roll, store
from qbank.model import Refused
from qbank.store import Difference

RECORD = "results/sources.json"
RESPONSES = "results/responses.csv"
"""Where the results keep the responses that were graded, as they were read."""
LARGE = "results/responses.parquet"
"""The same where there are more candidates than a spreadsheet has rows."""
JOURNALS = (reviews.RECORD, regrades.RECORD, roll.RECORD)
"""What bears on marks; complaints change none until a review or a regrade does."""


class Used(BaseModel):
    """A file as it was used: its first `length` bytes have the digest. The name is given where it is not fixed."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)

    length: int
    sha256: str
    file: str = ""


class Sources(BaseModel):
    """What the results of one grading were made from.

    `seal` are the digests of the exam's seals, `differences` what was not as written, `files` the digests of the other
    results, `own` that of the record without this last field.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)

    version: str
    at: str
    seal: tuple[str, ...]
    differences: tuple[str, ...]
    responses: Used | None
    used: dict[str, Used]
    files: dict[str, str]
    own: str = Field("", alias="sha256")


@dataclass(frozen=True, slots=True)
class Basis:
    """What a grading reads besides the exam: the journals, the responses, the results that were there.

    `responses` is the file that was handed in, None where an early version read it; `record` the content of the
    results' sources.json, None where there is none.
    """

    seal: tuple[str, ...]
    differences: tuple[Difference, ...]
    journals: Mapping[str, bytes]
    responses: Used | None
    record: bytes | None

    @property
    def recorded(self) -> tuple[str, ...]:
        """The differences as results record them."""
        return tuple(map(str, self.differences))

    def unchanged(self, folder: Path) -> bool:
        """Whether the journals and the results of the exam are still those that were read."""
        return self.record == current(folder) and self.journals == journals(folder)


def now() -> str:
    """The time in UTC, to the second."""
    return stamp(datetime.now(UTC))


def stamp(time: datetime) -> str:
    """A time in UTC as records have it.

    >>> stamp(datetime(2026, 1, 5, 8, tzinfo=UTC))
    '2026-01-05T08:00:00Z'
    """
    return time.isoformat(timespec="seconds").replace("+00:00", "Z")


def journals(folder: Path) -> dict[str, bytes]:
    """The whole lines of every journal of an exam."""
    return {path: store.journal(folder, path) for path in JOURNALS}


def current(folder: Path) -> bytes | None:
    """The record of the exam's results, None where there is none."""
    return store.read(folder, RECORD) if (folder / RECORD).is_file() else None


def kept(folder: Path) -> str | None:
    """Where the results keep the responses that were graded, None where there are none."""
    return next((path for path in (RESPONSES, LARGE) if (folder / path).is_file()), None)


def last(folder: Path) -> Path:
    """Where the responses that were graded last are, or would be."""
    return folder / (kept(folder) or RESPONSES)


def used_file(path: Path) -> Used:
    """A file of any length as it is used now."""
    return Used(length=path.stat().st_size, sha256=store.fingerprint_of(path), file=path.name)


def used(content: bytes, file: str = "") -> Used:
    """A file as it is used now."""
    return Used(length=len(content), sha256=store.fingerprint(content), file=file)


def written(basis: Basis, files: Mapping[str, str]) -> bytes:
    """The record of results that are made now, as JSON."""
    sources = Sources(
        version=__version__, at=now(), seal=basis.seal, differences=basis.recorded,
        responses=basis.responses,
        used={path: used(content) for path, content in basis.journals.items()}, files=dict(files),
    )  # fmt: skip
    return store.closed(sources.model_dump(mode="json", exclude={"own"}))


def parsed(content: bytes, file: str = RECORD) -> Sources:
    """The record in the file. Raises Refused for a damaged one."""
    try:
        sources = Sources.model_validate_json(content)
    except ValidationError as error:
        raise Refused(messages.tell("{file} is damaged: {fault}", file=file, fault=store.fault(error))) from error
    if not store.is_closed(content):
        raise Refused(messages.tell("{file} is damaged: it is not as it was written", file=file))
    return sources


def whole(content: bytes) -> Sources | None:
    """The record, None for a damaged one."""
    try:
        return parsed(content)
    except Refused:
        return None


def lost(sources: Sources, seal: tuple[str, ...], now_there: Mapping[str, bytes]) -> Iterator[Difference]:
    """What the results were made from and is no longer there: the exam's own seals, lines of the journals."""
    if seal[: len(sources.seal)] != sources.seal and not sources.differences:
        yield Difference("private/", "other seals", sources.at)
    for path, before in sources.used.items():
        content = now_there.get(path, b"")
        if used(content[: before.length]) != before:
            yield Difference(path, "other lines", sources.at)
