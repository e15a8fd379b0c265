"""The logo of a paper: a PNG or an SVG file beside the blueprint, looked at before anything prints it.

A bank comes from colleagues. A picture that fetches another file, that unpacks to gigabytes or that is not a picture is
refused here, with the blueprint's line, and not on the evening before the exam.
"""

from __future__ import annotations

import re
import struct
import zlib

from qbank import messages, nodes
from qbank.bank._files import Source
from qbank.model import Problem, Refused

NAMED = re.compile(r"\w[\w.-]{0,98}\.(png|svg)", re.IGNORECASE)
"""A file beside the blueprint: no folder, no drive, no way up."""
WIDEST = 4000
"""The most pixels of a side."""
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_REACHING = re.compile(
    rb"""<!|<\?(?!xml\s)|<\s*(?:[\w-]+:)?(?:script|image|foreignObject|text|use|animate\w*|set|a)\b|@import
    |\bhref\s*=\s*(?!['"]\#)|\burl\(\s*(?!['"]?\#)|\bon\w+\s*=|&(?!amp;|lt;|gt;|quot;|apos;|\#)""",
    re.IGNORECASE | re.VERBOSE,
)


def of(name: str, source: Source) -> bytes:
    """The content of a blueprint's logo, empty where it has none.

    Raises Refused with one problem, at the blueprint's line, for a file that cannot be read or is not printed.
    """
    if not name:
        return b""
    place = nodes.place(nodes.read(source.text, source.file), ("logo",))
    try:
        if source.beside is None:
            raise Refused(messages.tell(
                "{file} is named relative to the blueprint's file, and this blueprint has no file", file=name
            ))  # fmt: skip
        content = source.beside(name)
    except Refused as refused:
        told = "; ".join(problem.message for problem in refused.problems)
        advice = messages.tell("put the file beside the blueprint")
        raise Refused(Problem("blueprint.logo", told, place, "$.logo", advice)) from refused
    fault = fault_of(content)
    if fault:
        advice = messages.tell("save it as a plain PNG, or as an SVG that has only paths")
        raise Refused(Problem(
            "blueprint.logo", messages.tell("{file}: {fault}", file=name, fault=fault), place, "$.logo", advice
        ))
    return content


def fault_of(content: bytes) -> str:
    """Why an image is not printed, or nothing.

    >>> fault_of(b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0H9V9Z'/></svg>")
    ''
    >>> fault_of(b"GIF89a")
    'is neither a PNG nor an SVG image'
    """
    if len(content) > nodes.SIZE:
        return messages.tell("is larger than 1 MiB")
    if content.startswith(_SIGNATURE):
        return _png(content)
    if re.match(rb"(\xef\xbb\xbf)?\s*(<\?xml\b[^>]*\?>)?\s*(<!--.*?-->\s*)*<svg\b", content, re.DOTALL):
        return _svg(content)
    return messages.tell("is neither a PNG nor an SVG image")


def _svg(content: bytes) -> str:
    from xml.etree import ElementTree

    reaching = _REACHING.search(re.sub(rb"<!--.*?-->", b"", content, flags=re.DOTALL))
    if reaching is not None:
        text = reaching[0].decode("utf-8", "replace").strip()
        return messages.tell("has {text!r}, which is not allowed in a printed drawing", text=text)
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        return messages.tell("is damaged: {reason}", reason=error)
    sized = "viewBox" in root.attrib or {"width", "height"} <= set(root.attrib)
    if root.tag != "{http://www.w3.org/2000/svg}svg" or not sized:
        return messages.tell("needs the namespace of SVG, and either a viewBox or a width and a height")
    return ""


def _png(content: bytes) -> str:
    """Why a PNG is not printed: a chunk that is cut or changed, too many pixels, or fewer than its header has."""
    at, data, header = len(_SIGNATURE), b"", b""
    while at + 12 <= len(content):
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        body = content[at + 8 : at + 8 + size]
        check = content[at + 8 + size : at + 12 + size]
        if len(check) < 4 or struct.unpack(">I", check)[0] != zlib.crc32(kind + body):
            return messages.tell("is damaged: a part of it is missing or changed")
        header = body if kind == b"IHDR" else header
        data += body if kind == b"IDAT" else b""
        at += 12 + size
        if kind == b"IEND":
            break
    else:
        return messages.tell("is damaged: its end is missing")
    if len(header) != 13:
        return messages.tell("is damaged: its header is missing")
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", header)
    if not 0 < width <= WIDEST or not 0 < height <= WIDEST:
        return messages.tell("has {width} × {height} pixels; at most {most} × {most} are allowed",
                             width=width, height=height, most=WIDEST)  # fmt: skip
    if colour not in _CHANNELS or depth not in (1, 2, 4, 8, 16) or interlaced:
        return messages.tell("has a pixel format that is not supported; save it without interlacing")
    length = height * (1 + -(-width * depth * _CHANNELS[colour] // 8))
    try:
        unpacked = len(zlib.decompressobj().decompress(data, length + 1))
    except zlib.error:
        unpacked = 0
    return "" if unpacked == length else messages.tell("is damaged: some of its pixels are missing")
