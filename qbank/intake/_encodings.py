"""The encoding of a table of text, told by what its bytes decode to."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from qbank import messages
from qbank.intake import _headings
from qbank.model import Refused

NAMES = {"utf-8": "UTF-8", "utf-16": "UTF-16", "gb18030": "GBK", "cp950": "Big5", "cp1252": "Windows-1252"}
"""The encodings that are read, as people call them."""
_CELL = re.compile(rb'[^\r\n\t,;"]*[\x80-\xff][^\r\n\t,;"]*')
"""A cell that is not ASCII; no separator is ever the second byte of a Chinese character."""
_NONE = (0.0, 0, "", "")
_BLOCK = 1 << 20
_SAMPLE = 20_000
"""The number of characters that decide between encodings."""
_SIGNS = frozenset("µ°±²³¹¼½¾×÷·§€£“”‘’–—…•")
"""What besides letters a Western table holds."""


def decoded(content: bytes, file: str) -> tuple[str, str]:
    """The text of a file, and the name of its encoding.

    Raises Refused when it is none of them, or two in one file.

    >>> decoded("学号,姓名".encode("gbk"), "roster.csv"), decoded("学號,姓名".encode("big5", "ignore"), "r.csv")[1]
    (('学号,姓名', 'GBK'), 'Big5')
    >>> decoded("id,Q1\\n1,5 µV".encode("cp1252"), "roster.csv")
    ('id,Q1\\n1,5 µV', 'Windows-1252')
    """
    marked = content.startswith(codecs.BOM_UTF8)
    for encoding in _unmistakable(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text.partition("\n")[0]:  # below the header a candidate may have written one
            return text, NAMES["utf-16" if "16" in encoding else "utf-8"]
    wide = b"\0" in content.partition(b"\n")[0] or content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    score, _, encoding, text = max(_guesses(content), default=_NONE) if not wide else _NONE
    _refuse_mixed(content, file, marked=marked, chinese=encoding in ("gb18030", "cp950"))
    if score > 0:
        return text, NAMES[encoding]
    raise Refused(messages.tell("{file}: not a text table in UTF-8, UTF-16, GBK, Big5 or Windows-1252; save it as 'CSV "
                                "UTF-8'", file=file))  # fmt: skip


def is_utf8(path: Path) -> bool:
    """Whether a file is UTF-8 throughout, which is told without holding it."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            first = file.read(_BLOCK)
            if b"\0" in first[:200] or b"\0" in first.partition(b"\n")[0]:
                return False
            block = first
            while block:
                decoder.decode(block)
                block = file.read(_BLOCK)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _unmistakable(content: bytes) -> list[str]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ["utf-16"]
    if b"\0" in content[:200]:
        return ["utf-8-sig", "utf-16-le" if content[1:200:2].count(0) > content[0:200:2].count(0) else "utf-16-be"]
    return ["utf-8-sig"]


def _refuse_mixed(content: bytes, file: str, *, marked: bool, chinese: bool) -> None:
    """Raise Refused where some cells are UTF-8 and others are not."""
    first: dict[bool, int] = {True: 0} if marked else {}
    for cell in _CELL.finditer(content):
        first.setdefault(_is_utf8(cell[0], chinese=chinese), cell.start())
        if len(first) == 2:
            lines = {kind: content.count(b"\n", 0, at) + 1 for kind, at in first.items()}
            raise Refused(messages.tell("{file}: two encodings in one file: line {utf8} is UTF-8, line {other} is not; "
                                        "put both parts into one table again, and save it as 'CSV UTF-8'", file=file,
                                        utf8=lines[True], other=lines[False]))  # fmt: skip


def _is_utf8(cell: bytes, *, chinese: bool) -> bool:
    """Whether a cell is UTF-8; in a Chinese file a few common characters may be both, and are not."""
    try:
        cell.decode()
    except UnicodeDecodeError:
        return False
    try:
        cell.decode("gb2312")
    except UnicodeDecodeError:
        return True
    return not chinese


def _guesses(content: bytes) -> Iterator[tuple[float, int, str, str]]:
    """How likely each encoding is, with its text; of two that are equally likely the first is preferred."""
    tests: dict[str, Callable[[bytes, str], float]] = {"cp1252": _western, "gb18030": _chinese, "cp950": _chinese}
    for place, (encoding, likely) in enumerate(tests.items()):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        cells = [cell for line in text.splitlines()[:10] for cell in re.split(r"[,;\t]", line) if not cell.isascii()]
        meant = any(_headings.known(cell.strip('" ')) for cell in cells)
        score = likely(content, encoding)
        yield score + (meant and score > 0), -place, encoding, text


def _chinese(content: bytes, encoding: str) -> float:
    """The share of common characters: the first of the two levels of GB 2312 or Big5, and the signs of GB 2312."""
    plain, low, high = ("gb2312", 0xA1, 0xD7) if encoding == "gb18030" else ("big5", 0xA4, 0xC6)
    points = count = 0.0
    for cell in _CELL.finditer(content):
        for sign in cell[0].decode(encoding, "replace"):
            if not sign.isascii():
                written = sign.encode(plain, "ignore")
                common = bool(written) and low <= written[0] <= high
                points += 1 if common else 0.5 if written else 0.25 if sign.isalpha() else 0
                count += 1
        if count > _SAMPLE:
            break
    return points / max(count, 1)


def _western(content: bytes, encoding: str) -> float:
    """The share of letters and signs that stand alone among ASCII, as accents do; Chinese bytes come in pairs."""
    points = count = 0.0
    for cell in _CELL.finditer(content):
        for run in re.findall(rb"[\x80-\xff]+", cell[0]):
            text = run.decode(encoding)
            count += len(run)
            points += sum(sign in _SIGNS or (sign.isalpha() and sign != "ÿ") for sign in text) * (
                1 if len(run) == 1 else 0.2
            )
        if count > _SAMPLE:
            break
    return points / max(count, 1)
