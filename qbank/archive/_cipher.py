"""Bytes under a passphrase: scrypt makes the key, AES-256-GCM encrypts piece by piece and proves every one.

Each piece has the nonce `prefix (7 bytes) ‖ its number (4) ‖ whether it is the last (1)`, so that none can be changed,
left out, repeated or cut off. Source: Hoang et al., "Online Authenticated-Encryption" (STREAM), CRYPTO 2015; RFC 7914.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from qbank import messages
from qbank.model import Refused

PIECE = 1 << 20
"""How many bytes are encrypted at once; each piece is longer by the 16 bytes of its proof."""
_TAG = 16
_PREFIX = 7


class Lock(BaseModel):
    """How the key is made of the passphrase; all of it is public. The bounds keep a made-up file from using memory."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)

    key: str = Field("scrypt", pattern="^scrypt$")
    n: int = Field(1 << 17, ge=1 << 14, le=1 << 18)
    r: int = Field(8, ge=8, le=16)
    p: int = Field(1, ge=1, le=4)
    salt: str = Field(pattern="^[0-9a-f]{32}$")
    cipher: str = Field("AES-256-GCM", pattern="^AES-256-GCM$")
    nonce: str = Field(pattern="^[0-9a-f]{14}$")
    piece: int = Field(PIECE, ge=1 << 10, le=1 << 26)


def new() -> Lock:
    """A lock that was never used before."""
    return Lock(salt=os.urandom(16).hex(), nonce=os.urandom(_PREFIX).hex())


def encrypted(content: bytes, passphrase: str, lock: Lock) -> bytes:
    """The bytes under a passphrase."""
    cipher = _cipher(passphrase, lock)
    view = memoryview(content)
    count = max(-(-len(content) // lock.piece), 1)
    return b"".join(cipher.encrypt(nonce, bytes(view[at * lock.piece : (at + 1) * lock.piece]), None)
                    for at, nonce in enumerate(_nonces(lock, count)))  # fmt: skip


def decrypted(content: bytes, passphrase: str, lock: Lock) -> bytes:
    """The bytes that were encrypted. Raises Refused for another passphrase, and for bytes that are damaged."""
    from cryptography.exceptions import InvalidTag

    cipher = _cipher(passphrase, lock)
    size = lock.piece + _TAG
    view = memoryview(content)
    count = max(-(-len(content) // size), 1)
    pieces: list[bytes] = []
    try:
        for at, nonce in enumerate(_nonces(lock, count)):
            pieces.append(cipher.decrypt(nonce, bytes(view[at * size : (at + 1) * size]), None))
    except InvalidTag as error:
        if pieces:
            raise Refused(messages.tell("the archive is damaged")) from error
        raise Refused(messages.tell("the passphrase is wrong, or the archive is damaged")) from error
    return b"".join(pieces)


def _nonces(lock: Lock, count: int) -> Iterator[bytes]:
    prefix = bytes.fromhex(lock.nonce)
    for number in range(count):
        yield prefix + number.to_bytes(4, "big") + bytes([number + 1 == count])


def _cipher(passphrase: str, lock: Lock) -> Any:
    from unicodedata import normalize

    try:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
        from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
    except ImportError as error:
        raise Refused(messages.tell("archives need a library for encryption that is not installed: "
                                    "pip install 'qbank[archive]'")) from error  # fmt: skip
    text = normalize("NFC", passphrase).encode()
    return AESGCM(Scrypt(salt=bytes.fromhex(lock.salt), length=32, n=lock.n, r=lock.r, p=lock.p).derive(text))
