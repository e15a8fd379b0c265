"""PNG and JPEG files as they may be printed: whole, of bounded size, without what is not part of the picture.

Chunks and segments that hold words, places, cameras or thumbnails are left out; the pixels stay byte for byte what they
were, which a library that decodes and encodes again would not promise, and nothing is decoded before it is printed.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from qbank import messages

PNG = b"\x89PNG\r\n\x1a\n"
MOST_PIXELS = 25_000_000
MOST_SIDE = 10_000
KEPT = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"cHRM", b"sRGB", b"sBIT"})
"""The chunks of a PNG file that say how it looks."""
_LOOKS = frozenset({0xE0, 0xEE, 0xDB, 0xC4, 0xDD})
"""The segments of a JPEG file that say how it looks: JFIF, Adobe, tables, restarts; frames and scans are kept too."""
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})
_ORIENTATION = 0x0112


_OTHERS = (
    (0, b"\xff\xd8\xff", "JPEG"), (0, PNG, "PNG"), (4, b"ftyphei", "HEIC"), (4, b"ftypmif1", "HEIC"),
    (4, b"ftypavif", "AVIF"), (8, b"WEBP", "WebP"), (0, b"II*\0", "TIFF"), (0, b"MM\0*", "TIFF"), (0, b"GIF8", "GIF"),
    (0, b"BM", "BMP"), (0, b"%PDF", "PDF"),
)  # fmt: skip
"""How files of other formats begin: where, with what."""


def _otherwise(data: bytes, wanted: str) -> str:
    """That a file is not what its name says, and what it is, if that can be told."""
    for at, begins, name in _OTHERS:
        if data.startswith(begins, at):
            return messages.tell("the file is {found}, although its name ends like that of a {format} image; "
                                 "export it as {format}", found=name, format=wanted)  # fmt: skip
    return messages.tell("the file is not a {format} image, although its name ends like one", format=wanted)


def png(data: bytes) -> tuple[bytes, int, int]:
    """A PNG file without its words, its width and height in pixels. Raises ValueError."""
    if not data.startswith(PNG):
        raise ValueError(_otherwise(data, "PNG"))
    kept, width, height, depth, pixels = [PNG], 0, 0, 0, bytearray()
    for kind, body, whole in _chunks(data):
        if kind == b"IHDR" and len(body) == 13:
            width, height, bits, colour, *_, interlaced = struct.unpack(">IIBBBBB", body)
            bounded(width, height)
            depth = bits * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}.get(colour, 0)
            if not depth or interlaced > 1:
                raise ValueError(messages.tell("the header of the PNG image is invalid"))
        elif not width:
            raise ValueError(messages.tell("the PNG image does not begin with its header"))
        if kind == b"IDAT":
            pixels += body
        if kind in KEPT:
            kept.append(whole)
        if kind == b"IEND":
            break
    else:
        raise ValueError(messages.tell("the PNG image is incomplete"))
    rows = height * ((width * depth + 7) // 8 + 1)
    unpacker = zlib.decompressobj()
    try:
        found = len(unpacker.decompress(bytes(pixels), 2 * rows + 1024))
    except zlib.error as error:
        raise ValueError(messages.tell("the PNG image is damaged: its pixels cannot be unpacked")) from error
    if not rows <= found <= 2 * rows:  # an interlaced image has a few more bytes
        raise ValueError(messages.tell("the PNG image is damaged: its pixels do not match its header"))
    return b"".join(kept), width, height


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """The chunks of a PNG file: kind, body, and the whole with its length and checksum."""
    at = len(PNG)
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        end = at + 12 + length
        if end > len(data):
            return
        kind, body = data[at + 4 : at + 8], data[at + 8 : end - 4]
        if struct.unpack_from(">I", data, end - 4)[0] != zlib.crc32(kind + body):
            message = messages.tell("the PNG image is damaged: the checksum of its chunk {chunk} is wrong",
                                    chunk=kind.decode("latin-1"))  # fmt: skip
            raise ValueError(message)
        yield kind, body, data[at:end]
        at = end


def jpeg(data: bytes) -> tuple[bytes, int, int]:
    """A JPEG file without its words, its width and height in pixels. Raises ValueError."""
    if not data.startswith(b"\xff\xd8\xff"):
        raise ValueError(_otherwise(data, "JPEG"))
    kept, at, size = [b"\xff\xd8"], 2, None
    while True:
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if at + 4 > len(data) or data[at] != 0xFF:
            raise ValueError(messages.tell("the JPEG image is incomplete or damaged"))
        kind = data[at + 1]
        if kind == 0xD9:
            break
        (length,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + length
        body = data[at + 4 : end]
        if kind in _FRAMES and len(body) >= 6:
            _, height, width, colours = struct.unpack_from(">BHHB", body)
            if colours not in (1, 3):
                raise ValueError(messages.tell(
                    "the JPEG image has {count} colour channels (perhaps CMYK); save it in RGB",
                    count=colours,
                ))  # fmt: skip
            bounded(width, height)
            size = width, height
        elif 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            raise ValueError(messages.tell(
                "few programs read this sort of JPEG image; save it as a plain (baseline) JPEG"
            ))  # fmt: skip
        elif kind == 0xE1 and _orientation(body) not in (0, 1):
            raise ValueError(messages.tell(
                "the JPEG image is stored rotated (EXIF orientation); save it upright in an image editor"
            ))  # fmt: skip
        if kind == 0xDA:
            end = _after_scan(data, end)
        if kind in _LOOKS or kind in _FRAMES or kind == 0xDA:
            kept.append(data[at:end])
        at = end
        if kind == 0xDA and data[at : at + 2] == b"\xff\xd9":
            break
    if size is None:
        raise ValueError(messages.tell("the JPEG image has no frame"))
    return b"".join([*kept, b"\xff\xd9"]), *size


def _after_scan(data: bytes, at: int) -> int:
    """Where the coded pixels of a scan end: at the next marker that is not a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise ValueError(messages.tell("the JPEG image is incomplete or damaged"))
        if data[at + 1] not in (0x00, *_BARE):
            return at
        at += 2


def _orientation(body: bytes) -> int:
    """The orientation of an EXIF segment, 0 where there is none."""
    if not body.startswith(b"Exif\x00\x00") or len(body) < 16:
        return 0
    tiff = body[6:]
    order = "<" if tiff.startswith(b"II") else ">"
    try:
        (start,) = struct.unpack_from(order + "I", tiff, 4)
        (count,) = struct.unpack_from(order + "H", tiff, start)
        for place in range(min(count, 512)):
            tag, _, _, value = struct.unpack_from(order + "HHIH", tiff, start + 2 + 12 * place)
            if tag == _ORIENTATION:
                return int(value)
    except struct.error:
        return 0
    return 0


def bounded(width: int, height: int) -> None:
    """Raise ValueError for an image without a size, or with too many pixels."""
    if not width or not height:
        raise ValueError(messages.tell("the image has no size"))
    if max(width, height) > MOST_SIDE or width * height > MOST_PIXELS:
        raise ValueError(messages.tell(
            "the image has {width:,} × {height:,} pixels; at most {most:,} can be printed, and {side:,} on a side",
            width=width, height=height, most=MOST_PIXELS, side=MOST_SIDE,
        ))  # fmt: skip
