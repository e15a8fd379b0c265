"""The seal of an exam: a chain of digests of exam.yaml, sheets/ and private/. It shows changes; it is not a signature.

`private/seal.json` holds the digest of every private file and of exam.yaml without its last field; that field is the
digest of seal.json. What is added later lies in `private/additions/<n>/`, and the seal.json there names the one before.
What people and results write (responses.csv, the journals, results/) is never sealed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from qbank.store._paths import EXAM

FORMAT = 2
"""The number of the layout of an exam folder. Later versions read every earlier one."""
PRIVATE, SHEETS, FORM = "private/", "sheets/", "responses.csv"
SEAL = "seal.json"
ADDITIONS = "private/additions"
_OWN = "sha256"


def chained(about: Mapping[str, Any], files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """The files of an exam as they come, then private/seal.json and exam.yaml, which seal them.

    `about` are exam.yaml's own fields: what was asked, by which version; no key, no seed, no item's name.

    >>> [path for path, _ in chained({"exam": "midterm"}, [("private/exam.json", b"{}"), ("sheets/A.pdf", b"%PDF")])]
    ['private/exam.json', 'sheets/A.pdf', 'private/seal.json', 'exam.yaml']
    """
    digests: dict[str, str] = {}
    for path, content in files:
        digests[path] = fingerprint(content)
        yield path, content
    sheets = {path: name for path, name in digests.items() if path.startswith(SHEETS)}
    form = {"responses form": digests[FORM]} if FORM in digests else {}
    fields = {**about, "format": FORMAT, **form, "sha256": sheets}
    private = {path: name for path, name in sorted(digests.items()) if path.startswith(PRIVATE)}
    seal = rendered({"format": FORMAT, EXAM: fingerprint(rendered(fields)), "files": private})
    yield PRIVATE + SEAL, seal
    yield EXAM, rendered({**fields, "seal": fingerprint(seal)})


def added(before: str, files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """The files of an addition as they come, then the seal.json that names them and the seal before, by its digest."""
    digests: dict[str, str] = {}
    for path, content in files:
        digests[path] = fingerprint(content)
        yield path, content
    yield SEAL, closed({"format": FORMAT, "before": before, "files": dict(sorted(digests.items()))})


def fingerprint(content: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal.

    >>> fingerprint(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(content).hexdigest()


def fingerprint_of(path: Path) -> str:
    """The same of a file of any length."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def rendered(fields: Mapping[str, Any]) -> bytes:
    """A record as it is written: JSON, which is YAML, a field a line."""
    return (json.dumps(fields, ensure_ascii=False, indent=1) + "\n").encode()


def closed(fields: Mapping[str, Any]) -> bytes:
    """A record that ends with the digest of its other fields, where no other file holds its digest.

    >>> is_closed(closed({"at": "today"})), is_closed(closed({"at": "today"}) + b" ")
    (True, False)
    """
    return rendered({**fields, _OWN: fingerprint(rendered(fields))})


def is_closed(content: bytes) -> bool:
    """Whether a record, which is valid JSON, is still as `closed` wrote it."""
    record = json.loads(content)
    return content == closed({field: value for field, value in record.items() if field != _OWN})
