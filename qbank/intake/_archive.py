"""What is looked at before a workbook is parsed: whether its archive is one that a spreadsheet could have written.

A parser of XML builds objects for whatever it is given; a few kilobytes of archive may hold a gigabyte of it.
"""

from __future__ import annotations

import re
import zipfile

from qbank import messages

LARGEST = 1 << 27
"""The most bytes that all parts of a workbook unpack to; `zipfile` reads no more than a part declares."""
CELLS = 500_000
"""The most cells of one sheet, and the most texts that are shared."""
TAGS, OTHER_TAGS = 5 * CELLS, 300_000
"""The most tags of a part: sheets and shared texts, and any other."""
_BLOCK = 1 << 20
_PARTS = 10_000
_HEAVY = re.compile(rb"<(?:[\w.-]{1,20}:)?(?:mergeCell|hyperlink|cfRule|dataValidation|brk|xf|numFmt)[\s/>]")
"""Tags of which a parser makes much, and of which a sheet has few."""
MOST_HEAVY = 100_000
DEEPEST = 10_000
_COUNTED = re.compile(rb"<(?:[\w.-]{1,20}:)?(?:c|si)[\s/>]")
_FOREIGN = (b"<!DOCTYPE", b"<!ENTITY")


class NotAWorkbook(Exception):
    """The file is not a workbook that can be read; the message gives the reason."""


def inspect(archive: zipfile.ZipFile) -> None:
    """Raise NotAWorkbook for an archive beyond these bounds, or with a part that no spreadsheet writes."""
    parts = archive.infolist()
    if len(parts) > _PARTS or sum(part.file_size for part in parts) > LARGEST:
        raise NotAWorkbook(messages.tell("it unpacks to more than {size} MiB", size=LARGEST >> 20))
    if len({part.filename for part in parts}) < len(parts):
        raise NotAWorkbook(messages.tell("it contains a part twice"))
    for part in parts:
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or part.flag_bits & 1:
            raise NotAWorkbook(messages.tell("it is encrypted, or packed in a way that no spreadsheet uses"))
        if not part.filename.startswith(("xl/media/", "xl/embeddings/")):
            _inspect_part(archive, part)


def _inspect_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    most = TAGS if part.filename.startswith("xl/worksheets/") or "sharedStrings" in part.filename else OTHER_TAGS
    tags = cells = heavy = depth = 0
    last = b""
    with archive.open(part) as stream:
        while block := stream.read(_BLOCK):
            text = block.replace(b"\0", b"")  # so that two bytes a character hide nothing
            if any(sign in last + text for sign in _FOREIGN):
                raise NotAWorkbook(messages.tell("it declares a document type"))
            if b"purl.oclc.org/ooxml" in text[:_BLOCK] and part.filename == "xl/workbook.xml":
                raise NotAWorkbook(messages.tell("it is a 'Strict Open XML' workbook"))
            found = text.count(b"<")
            if not found and len(block) == _BLOCK and part.filename.endswith((".xml", ".rels")):
                raise NotAWorkbook(messages.tell("it contains a text of more than a million bytes"))
            tags += found
            depth += found - 2 * text.count(b"</") - text.count(b"/>")
            if depth > DEEPEST:
                raise NotAWorkbook(messages.tell("its parts are nested too deeply"))
            cells += sum(1 for _ in _COUNTED.finditer(text))
            heavy += sum(1 for _ in _HEAVY.finditer(text))
            if tags > most or cells > CELLS or heavy > MOST_HEAVY:
                raise NotAWorkbook(messages.tell("it has more than {count:,} cells, or more formats than a spreadsheet "
                                                 "writes", count=CELLS))  # fmt: skip
            last = text[-16:]
