"""What an exam folder holds, compared with its seals."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qbank import messages
from qbank.store._difference import Difference
from qbank.store._paths import EXAM, inside
from qbank.store._reading import content_of
from qbank.store._records import About, Seal, parsed
from qbank.store._seal import ADDITIONS, FORMAT, PRIVATE, SEAL, SHEETS, fingerprint, is_closed, rendered

_PRINTED = (".pdf", ".html")
"""The endings of private files that nothing reads again; they are not kept in memory."""
FORMAT_1 = re.compile(
    r"private/(exam\.json|items/[^/]+\.yaml|circuits/[^/]+\.yaml|variants/[^/]+\.parquet"
    r"|answer-book-[^/]+\.(pdf|html)|marking-list[^/]*\.pdf)"
)
"""The private files that 0.1.0 wrote. It listed none of them, so anything else there is passed over."""


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """exam.yaml (None where it cannot be read), the digests of the seals, the private files, and what differs.

    `sheets` are the digests of every sheet that was sealed, with those of additions.
    """

    about: About | None
    chain: tuple[str, ...]
    private: Mapping[str, bytes]
    differences: tuple[Difference, ...]
    sheets: Mapping[str, str] = field(default_factory=dict)


def checked(folder: Path) -> Checked:
    """Read exam.yaml and private/, each file once, and compare them with the seals."""
    content = content_of(folder / EXAM) or b""
    about = parsed(About, content)
    if isinstance(about, str):
        return Checked(None, (), {}, (Difference(EXAM, "damaged", about),))
    if about.format > FORMAT:
        return Checked(about, (), {}, ())
    if about.format == 1 and about.private is not None:
        return _format_1(folder, about, about.private)
    if about.seal is None:
        return Checked(about, (), {}, (Difference(EXAM, "unsealed"),))
    return _chain(folder, about, content, about.seal)


def sheet_differences(folder: Path, sheets: Mapping[str, str]) -> tuple[Difference, ...]:
    """The sheets that are missing or not as they were sealed."""
    return tuple(_differences(folder, sheets, {}))


def differing(folder: Path, differences: Sequence[Difference]) -> str:
    """The one line that tells what differs, and what to do.

    >>> differing(Path("midterm"), [Difference("sheets/A.pdf")]).partition("; ")[0]
    'midterm: not as it was sealed: sheets/A.pdf'
    """
    files, more = messages.listed(each.told() for each in differences[:3]), len(differences) - 3
    if more > 0:
        return messages.tell("{folder}: not as it was sealed: {files} and {more} more; restore it from a copy, or go "
                             "on without the seal where a command can (qbank grade EXAM --unsealed)", folder=folder,
                             files=files, more=more)  # fmt: skip
    return messages.tell("{folder}: not as it was sealed: {files}; restore it from a copy, or go on without the seal "
                         "where a command can (qbank grade EXAM --unsealed)", folder=folder, files=files)  # fmt: skip


def _chain(folder: Path, about: About, content: bytes, name: str) -> Checked:
    """The seal of the private half, then that of every addition, each of which names the one before."""
    private: dict[str, bytes] = {}
    written = content_of(folder / PRIVATE / SEAL)
    seal = _seal(PRIVATE + SEAL, written)
    if isinstance(seal, Difference):
        return _with_additions(folder, about, "", private, [seal])
    assert written is not None
    own = fingerprint(written)
    if own == name or fingerprint(_lines(written)) == name:
        found = [Difference(PRIVATE + SEAL, "line ends")] * (own != name)
    else:
        found = [Difference(EXAM, "one of two", PRIVATE + SEAL)]
    if _without_seal(content) != seal.exam:
        found.append(Difference(EXAM, "line ends" if _without_seal(_lines(content)) == seal.exam else "changed"))
    found += _differences(folder, seal.files, private)
    return _with_additions(folder, about, own, private, found)


def _seal(path: str, written: bytes | None) -> Seal | Difference:
    """A seal as it was read, or what is wrong with it."""
    if written is None:
        return Difference(path, "missing")
    seal = parsed(Seal, written)
    return Difference(path, "unreadable", seal) if isinstance(seal, str) else seal


def _with_additions(
    folder: Path, about: About, first: str, private: dict[str, bytes], found: list[Difference]
) -> Checked:
    """The same with every addition after the first seal, up to one whose seal cannot be read."""
    chain = [first] if first else []
    sheets = {path: name for path, name in about.sheets.items() if path.startswith(SHEETS)}
    last = PRIVATE + SEAL
    while chain and (folder / (base := f"{ADDITIONS}/{len(chain)}/")).is_dir():
        written = content_of(inside(folder, base + SEAL))
        seal = _seal(base + SEAL, written)
        if isinstance(seal, Difference):
            found.append(seal)
            break
        assert written is not None
        if not is_closed(written):
            found.append(Difference(base + SEAL))
        elif seal.before != chain[-1]:
            found.append(Difference(last, "one of two", base + SEAL))
        chain.append(fingerprint(written))
        last = base + SEAL
        found += _differences(folder, {base + path: digest for path, digest in seal.files.items()}, private)
        sheets |= {path: digest for path, digest in seal.files.items() if path.startswith(SHEETS)}
    later = [entry.name for entry in sorted((folder / ADDITIONS).glob("*")) if entry.name.isdecimal()]
    found += [Difference(f"{ADDITIONS}/{name}", "missing before") for name in later if int(name) >= max(len(chain), 1)]
    return Checked(about, tuple(chain), private, tuple(dict.fromkeys(found)), sheets)


def _without_seal(content: bytes) -> str:
    """The digest of exam.yaml without its last field; nothing where the file is not written as qbank writes it."""
    record = json.loads(content)
    if rendered(record) != content:
        return ""
    return fingerprint(rendered({field: value for field, value in record.items() if field != "seal"}))


def _lines(content: bytes) -> bytes:
    """The content of a text as it was before a program gave its lines the ends that Windows has."""
    return content.replace(b"\r\n", b"\n")


def _format_1(folder: Path, about: About, name: str) -> Checked:
    """An exam of 0.1.0, with one digest over the whole private half: what differs in it cannot be told."""
    private: dict[str, bytes] = {}
    lines = []
    for file in sorted((folder / PRIVATE).rglob("*")):
        path = file.relative_to(folder).as_posix()
        content = content_of(file) if FORMAT_1.fullmatch(path) else None
        if content is not None:
            lines.append(f"{path} {fingerprint(content)}\n")
            _keep(path, content, private)
    same = fingerprint("".join(sorted(lines)).encode()) == name
    return _with_additions(folder, about, name, private, [] if same else [Difference(PRIVATE)])


def _differences(folder: Path, files: Mapping[str, str], kept: dict[str, bytes]) -> Iterator[Difference]:
    """The files that are missing or have another digest; the contents of all that are there are kept."""
    for path, digest in files.items():
        content = content_of(inside(folder, path))
        if content is None:
            yield Difference(path, "missing")
            continue
        if fingerprint(content) != digest:
            yield Difference(path, "line ends" if fingerprint(_lines(content)) == digest else "changed")
        _keep(path, content, kept)


def _keep(path: str, content: bytes, kept: dict[str, bytes]) -> None:
    if not path.endswith(_PRINTED):
        kept[path] = content
