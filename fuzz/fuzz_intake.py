"""Any bytes in a table of responses, CSV or a workbook: a table, or Refused, and nothing else.

The first argument is `csv` (by default) or `xlsx`. What a workbook holds is changed inside its archive.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
import zipfile
from pathlib import Path

import _driver
import _words

with _driver.watched():
    import polars as pl

    from qbank import intake
    from qbank.model import Refused

FORM = sys.argv.pop(1) if len(sys.argv) > 1 and not sys.argv[1].startswith("-") else "csv"
REPORT = _driver.Report(f"intake.{FORM}")
COLUMNS = ("1", "2.1", "2.2", "3")
FOLDER = Path(tempfile.mkdtemp(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None))
CSV = ("candidate,1,2.1,2.2,3\n2001,-10,\"a,b\",1,2\n2002,,'=1,,\n", "sep=;\n学号;Q1;2.1-2.2;缺考\n1;A;A B;是\n",
       "id\t1\t2.1 marks\n1\tx\t2\n")  # fmt: skip
WORDS = ("candidate", "学号", "absent", "form", "marks", "2.1-2.2", "1-3", ",", ";", "\t", '"', '""', "\r\n", "\n",
         "sep=,", "1.0", "2.0E+7", "缺考", *_words.HOSTILE[:13])  # fmt: skip


def workbook() -> dict[str, bytes]:
    """The files of a small workbook."""
    path = FOLDER / "seed.xlsx"
    intake.write(path, pl.DataFrame({"candidate": ["1", "2"], "1": ["-10", "=1"], "3": ["a", "_x000D_"]}))
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


BOOK = workbook()
INSIDE = [name for name in BOOK if name.endswith((".xml", ".rels"))]
XML = ("<c r=\"A1\" t=\"s\"><v>0</v></c>", "<f>1+1</f>", "t=\"inlineStr\"", "t=\"e\"", "t=\"d\"", "s=\"1\"",
       "r=\"XFD1048576\"", "<v>", "</v>", "-1", "1e400", "nan", "60", "2958466", "<!DOCTYPE a [<!ENTITY b 'c'>]>",
       "&b;", "_x0000_", "_xD800_",
       "<row r=\"9999999999\">", "date1904=\"1\"", "state=\"hidden\"",
       "../../../etc/passwd", "<si>", "<t>")  # fmt: skip


def one(content: bytes) -> None:
    path = FOLDER / f"responses.{FORM}"
    path.write_bytes(content)
    try:
        table = intake.responses(path, COLUMNS)
    except Refused as refused:
        assert refused.problems
        return
    REPORT.read += 1
    assert table.frame.height == len(table.lines)


def rebuilt(name: str, inside: bytes) -> bytes:
    """The workbook with one of its files replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for other, content in BOOK.items():
            archive.writestr(other, inside if other == name else content)
    return target.getvalue()


def batch(data: bytes) -> None:
    if FORM == "csv":
        for text in _driver.neighbours(data, WORDS, 4):
            REPORT.texts += 1
            content = text.encode("utf-8", "surrogatepass")
            _driver.bounded(REPORT, lambda content=content: one(content), content)  # type: ignore[misc]
    elif data[:1] == b"P":
        REPORT.texts += 1
        _driver.bounded(REPORT, lambda: one(data), data)
    else:
        name = INSIDE[(data[0] if data else 0) % len(INSIDE)]
        REPORT.texts += 1
        _driver.bounded(REPORT, lambda: one(rebuilt(name, data[1:])), data)


BOOKS = [bytes([place]) + BOOK[name] for place, name in enumerate(INSIDE)]
SEEDS = CSV if FORM == "csv" else (*BOOKS, (FOLDER / "seed.xlsx").read_bytes())
_driver.fuzz(REPORT, batch, SEEDS, WORDS if FORM == "csv" else XML)
