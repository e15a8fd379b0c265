"""What a file plainly is, whatever its name says: a workbook, a PDF and a picture show it in their first bytes."""

from __future__ import annotations

import zipfile
from pathlib import Path

from qbank import messages
from qbank.model import Problem, Refused

OLE, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_HEAD = 512


def need(path: Path, tag: str) -> None:
    """Raise Refused where a file is of another sort than the format with that tag, which its name says.

    Only what cannot be a table of that format is told here; whether it is one, its reader finds.
    """
    if path.name.startswith("~$"):
        raise Refused(messages.tell("{file} is not a table: Excel leaves it beside a workbook that is open; name the "
                                    "workbook itself", file=path))  # fmt: skip
    if tag not in ("csv", "xlsx") or not path.is_file():
        return
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if (told := _told(path, tag, head)) is not None:
        raise Refused(told)


def _told(path: Path, tag: str, head: bytes) -> str | None:
    """What to say of a file that begins like this, None where it may be what its name says."""
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(ZIP):
        return _packed(path, tag)
    if head.startswith(OLE) and tag == "csv":
        return messages.tell("{file} is an old Excel workbook (.xls), or one with a password, whatever its name says; "
                             "save it as .xlsx without a password", file=path)  # fmt: skip
    if head.startswith(b"%PDF"):
        return messages.tell("{file} is a PDF, not a table, whatever its name says", file=path)
    if text.startswith((b"<html", b"<!doctype html", b"<table")):
        return messages.tell("{file} is a web page, whatever its name says; open it in a spreadsheet and save it as "
                             ".xlsx", file=path)  # fmt: skip
    if head.startswith(_PICTURES[:3]) or (head.startswith(_PICTURES) and b"\0" in head):
        return messages.tell("{file} is a picture, not a table, whatever its name says", file=path)
    if tag == "xlsx" and head and b"\0" not in head and not head.startswith((OLE, ZIP[:2])):
        return messages.tell("{file} is a text, not a workbook; if it is a table, change the end of its name to .csv",
                             file=path)  # fmt: skip
    return None


def _packed(path: Path, tag: str) -> str | None:
    """What to say of a zip archive: a workbook, an OpenDocument table, or another one."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        names = []
    if "mimetype" in names and "content.xml" in names:
        return messages.tell("{file} is an OpenDocument file, whatever its name says; save it as .xlsx or .csv",
                             file=path)  # fmt: skip
    if tag == "xlsx":
        return None
    if any(name.startswith("xl/") for name in names):
        return messages.tell("{file} is an Excel workbook, whatever its name says; change the end of its name to .xlsx",
                             file=path)  # fmt: skip
    return messages.tell("{file} is an archive, not a table, whatever its name says", file=path)


def unsaved(path: Path) -> tuple[Problem, ...]:
    """A warning where another program has a table open: what is not saved there is not read."""
    marks = (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#"))
    if not any(mark.exists() for mark in marks):
        return ()
    message = messages.tell("{file} seems to be open in a spreadsheet: what was not saved there is not read", file=path)
    return (Problem("intake.open", message, severity="warning"),)
