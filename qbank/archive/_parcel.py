"""The files of an exam as one file, and back: a ZIP that tells how to open it, and in it all files under a passphrase.

`about.json` and `README.txt` can be read by anybody; they hold no name of a file or a person. `files.bin` is a ZIP of
the files and of `files.json`, their digests and times, encrypted.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qbank import __version__, messages
from qbank.archive import _cipher
from qbank.model import Refused

FORMAT = 1
ABOUT, README, FILES, LIST = "about.json", "README.txt", "files.bin", "files.json"
LARGEST = 1 << 32
"""The most bytes that the files of an archive unpack to."""
MOST = 200_000
_SMALL = 1 << 16
SHORTEST = 12
"""A shorter passphrase can be found by trying."""
_TOLD = """qbank {version}

这是一次考试的存档，内容已加密（scrypt + AES-256-GCM）。打开：qbank unpack 本文件 -o 文件夹
This is the archive of an exam; its contents are encrypted. To open it: qbank unpack THIS-FILE -o FOLDER

files.bin: pieces of {piece} bytes and a tag of 16 each, nonce = about.json "nonce" + number (4 bytes) + last (0 or 1);
key = scrypt(passphrase in UTF-8, "salt", n, r, p), 32 bytes. Decrypted, it is a ZIP file.
"""
_Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class _About(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)

    format: int
    made_by: str = Field(alias="made by", max_length=100)
    title: str = Field(max_length=500)
    sha256: _Digest
    lock: _cipher.Lock


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)

    sha256: _Digest
    length: int
    time: float


class _List(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)

    files: dict[str, _File]


@dataclass(frozen=True, slots=True)
class Packed:
    """A file of an exam as an archive holds it; `time` is when it was written (seconds since 1970)."""

    content: bytes
    time: float


def packed(files: Mapping[str, Packed], title: str, passphrase: str) -> bytes:
    """The files as one archive under a passphrase. Raises Refused for a short passphrase."""
    if len(passphrase) < SHORTEST:
        raise Refused(messages.tell("a passphrase of fewer than {count} characters can be found by trying; choose a "
                                    "longer one, such as five words", count=SHORTEST))  # fmt: skip
    told = {path: {"sha256": _digest(each.content), "length": len(each.content), "time": each.time}
            for path, each in files.items()}  # fmt: skip
    listed = _List.model_validate({"files": told}, strict=False).model_dump_json().encode()
    inner = _zipped({LIST: listed, **{f"exam/{path}": each.content for path, each in files.items()}}, packing=True)
    lock = _cipher.new()
    body = _cipher.encrypted(inner, passphrase, lock)
    about = _About.model_validate({"format": FORMAT, "made by": f"qbank {__version__}", "title": title[:500],
                                   "sha256": _digest(body), "lock": lock})  # fmt: skip
    return _zipped({
        README: _TOLD.format(version=__version__, piece=lock.piece).encode(),
        ABOUT: about.model_dump_json(by_alias=True, indent=1).encode(), FILES: body,
    }, packing=False)  # fmt: skip


def unpacked(content: bytes, passphrase: str) -> dict[str, Packed]:
    """The files of an archive, every digest checked. Raises Refused with what is wrong; no path leads anywhere."""
    about, body = looked_at(content)
    with _opened(_cipher.decrypted(body, passphrase, about.lock)) as inner:
        parts = inner.infolist()
        if len(parts) > MOST or sum(part.file_size for part in parts) > LARGEST:
            raise Refused(messages.tell("the archive unpacks to more than an exam can hold"))
        names = [part.filename for part in parts]
        if len({name.casefold() for name in names}) < len(names):
            raise Refused(messages.tell("the archive is damaged: it contains a file twice"))
        listed = _parsed(_List, _read(inner, LIST, LARGEST)).files
        if set(names) != {LIST, *(f"exam/{path}" for path in listed)}:
            raise Refused(messages.tell("the archive is damaged: its list does not match its files"))
        found = {}
        for path, each in listed.items():
            held = _read(inner, f"exam/{path}", each.length)
            if _digest(held) != each.sha256:
                raise Refused(messages.tell("the archive is damaged: {path!r} is not as it was packed", path=path))
            found[path] = Packed(held, each.time)
    return found


def looked_at(content: bytes) -> tuple[_About, bytes]:
    """What anybody can check of an archive: its form, and the digest of what is encrypted. Raises Refused."""
    with _opened(content) as outer:
        parts = {part.filename: part for part in outer.infolist()}
        if set(parts) != {ABOUT, README, FILES} or len(outer.infolist()) != 3:
            raise Refused(_no_archive())
        if parts[FILES].compress_type != zipfile.ZIP_STORED or parts[FILES].file_size > LARGEST:
            raise Refused(_no_archive())
        about = _parsed(_About, _read(outer, ABOUT, _SMALL))
        if about.format > FORMAT:
            raise Refused(messages.tell("the archive was made by a later version ({version}); update qbank",
                                        version=about.made_by))  # fmt: skip
        body = _read(outer, FILES, LARGEST)
    if _digest(body) != about.sha256:
        raise Refused(messages.tell("the archive is damaged: its contents are not as they were packed"))
    return about, body


def _no_archive() -> str:
    return messages.tell("this is not an archive made by 'qbank pack', or it is damaged")


def _zipped(parts: Mapping[str, bytes], *, packing: bool) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED if packing else zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, archive.compression)
    return target.getvalue()


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refused(_no_archive()) from error


def _read(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """A part of an archive, of at most `most` bytes."""
    import zlib

    try:
        if archive.getinfo(name).file_size > most:
            raise Refused(messages.tell("the archive is damaged: {path!r} is longer than is allowed", path=name))
        return archive.read(name)
    except (KeyError, zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError) as error:
        raise Refused(messages.tell("the archive is damaged: {path!r} cannot be read", path=name)) from error


def _parsed(model: type[Any], content: bytes) -> Any:
    try:
        return model.model_validate_json(content)
    except ValidationError as error:
        raise Refused(_no_archive()) from error


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
