"""Workbooks: what is read from one besides its values, and what is no workbook that anybody made."""

from __future__ import annotations

import io
import tempfile
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from qbank import intake
from qbank.intake import _archive
from qbank.model import Candidate, Refused

Sheet: TypeAlias = Any
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def drawn(path: Path, draw: Callable[[xlsxwriter.Workbook, Sheet], None]) -> Path:
    """A workbook of one sheet, filled by a function."""
    with xlsxwriter.Workbook(str(path)) as book:
        draw(book, book.add_worksheet())
    return path


def plain() -> dict[str, bytes]:
    """The parts of a small workbook."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        book.add_worksheet().write_row(0, 0, ["id", "Q1"])
    with zipfile.ZipFile(target) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path: Path, changed: dict[str, bytes | Iterator[bytes]]) -> Path:
    """The small workbook with some parts replaced."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in {**plain(), **changed}.items():
            with archive.open(name, "w", force_zip64=True) as part:
                for block in (content,) if isinstance(content, bytes) else content:
                    part.write(block)
    return path


def sheet(cells: bytes) -> bytes:
    """A sheet with these rows."""
    return f"<worksheet {NAMESPACE}><sheetData>".encode() + cells + b"</sheetData></worksheet>"


LISTED, NOTES = [["学号", "姓名"], ["0071", "王伟"]], [["说明"], ["请用黑色墨水"]]
EMPTY: list[list[str]] = []
LATE: list[list[str]] = [["电子技术 二班"], [], ["学号", "姓名"], ["0072", "李娜"]]
ANSWERS = [["No.", "Answer"], ["1", "5 V"]]


@pytest.mark.parametrize(("sheets", "said", "remark"), [
    ([("一班", LISTED), ("二班", LATE)], "several sheets list candidates: '一班', '二班'", "a class on each sheet"),
    ([("二班", LATE), ("说明", NOTES)], "only the sheet '二班' was read; these hold something as well: '说明'", ""),
    ([("说明", NOTES), ("一班", LISTED)], "only the sheet '一班' was read", "notes in front"),
    ([("一班", LISTED), ("key", ANSWERS)], "only the sheet '一班' was read", "a running number is nobody's"),
    ([("一班", LISTED), ("Sheet2", EMPTY), ("Sheet3", EMPTY)], "", "the empty sheets of an old Excel"),
    ([("一班", LISTED), ("-二班", LATE)], "", "a hidden sheet is not meant"),
])  # fmt: skip
def test_no_sheet_of_a_workbook_is_passed_over_without_a_word(
    tmp_path: Path, sheets: list[tuple[str, list[list[str]]]], said: str, remark: str
) -> None:
    path = tmp_path / "roster.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets:
            own = book.add_worksheet(name.removeprefix("-"))
            for at, row in enumerate(rows):
                own.write_row(at, 0, row)
            if name.startswith("-"):
                own.hide()
    try:
        roster = intake.roster(path)
    except Refused as refused:
        assert said in str(refused), remark
        assert said.startswith("several"), remark
        return

    assert [who.id for who in roster.candidates] in (["0071"], ["0072"]), remark
    told = [problem.message for problem in roster.problems]
    assert ([said in each for each in told] == [True]) if said else not told, remark


# --- what is read besides values ---------------------------------------------------------------------------------

SHOWN = [
    (71, "0000", "0071", "zeros in front"),
    (20260071, "0000-0000", "2026-0071", "a sign within"),
    (71, '"S"0000', "S0071", "a letter in front"),
    (71, r"\S0000;[Red]-0", "S0071", "the first of two sections"),
    (71, "0", "71", ""),
    (71, "#,##0", "71", "signs that part thousands are no part of a number"),
    (20230101.0, "0.00", "20230101", "decimals that a format adds"),
    (202301011234, "General", "202301011234", "shown as 2.02301E+11, and whole in the file"),
    (123456, "0000", "123456", "longer than its format"),
    ("0071", "0", "0071", "a text"),
    (7.1e5, "0.00E+00", "710000", "scientific"),
]


@pytest.mark.parametrize(("value", "number_format", "expected", "remark"), SHOWN)
def test_a_number_is_read_as_the_workbook_shows_it(
    tmp_path: Path, value: Any, number_format: str, expected: str, remark: str
) -> None:
    def draw(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
        sheet.write(0, 0, "学号")
        sheet.write(1, 0, value, book.add_format({"num_format": number_format}))

    assert intake.roster(drawn(tmp_path / "r.xlsx", draw)).candidates == (Candidate(expected),), remark


def test_a_number_with_more_digits_than_a_spreadsheet_keeps_is_refused(tmp_path: Path) -> None:
    path = drawn(tmp_path / "r.xlsx", lambda _, sheet: sheet.write_column(0, 0, ["id", 2026010112345678901]))
    with pytest.raises(Refused, match=r"line 2: '2.02601011234568e\+18' is no longer a candidate's number"):
        intake.roster(path)


def test_a_merged_class_fills_its_rows(tmp_path: Path) -> None:
    def draw(_: xlsxwriter.Workbook, sheet: Sheet) -> None:
        sheet.merge_range("A1:C1", "点名册")
        sheet.write_row(1, 0, ["班级", "学号", "姓名"])
        sheet.merge_range("A3:A4", "一班")
        sheet.merge_range("A5:A7", "二班")
        for row, number in enumerate(["1", "2", "3", "4", "5"], start=2):
            sheet.write_row(row, 1, [number, f"王{number}"])

    people = intake.roster(drawn(tmp_path / "r.xlsx", draw)).candidates

    assert [each.group for each in people] == ["一班", "一班", "二班", "二班", "二班"]
    assert people[0] == Candidate("1", "王1", "一班")


def test_a_merged_heading_heads_all_its_columns(tmp_path: Path) -> None:
    def draw(_: xlsxwriter.Workbook, sheet: Sheet) -> None:
        sheet.write(0, 0, "学号")
        sheet.merge_range("B1:C1", "签到")
        sheet.write_row(1, 0, ["1", "√", "√"])

    assert intake.roster(drawn(tmp_path / "r.xlsx", draw)).candidates == (Candidate("1"),)


def test_a_hidden_column_of_numbers_is_named(tmp_path: Path) -> None:
    def draw(_: xlsxwriter.Workbook, sheet: Sheet) -> None:
        sheet.write_row(0, 0, ["id", "姓名", "学号"])
        sheet.write_row(1, 0, ["5", "王", "2001"])
        sheet.set_column(0, 0, None, None, {"hidden": True})

    path = drawn(tmp_path / "r.xlsx", draw)
    with pytest.raises(Refused) as caught:
        intake.roster(path)

    assert str(caught.value) == (
        f"{path}: several columns mean the candidate's number: 'id' (hidden), '学号'\n"
        "  → delete or rename the columns that do not count"
    )


def test_a_formula_is_its_value_and_a_formula_of_an_error_is_named(tmp_path: Path) -> None:
    def draw(_: xlsxwriter.Workbook, sheet: Sheet) -> None:
        sheet.write_row(0, 0, ["id", "Q1", "Q2", "Q3"])
        sheet.write_string(1, 0, "7")
        sheet.write_formula(1, 1, "=1+1", None, 2)
        sheet.write_formula(1, 2, "=-Rf/R1", None, "#NAME?")
        sheet.write_formula(1, 3, '="a"&"b"', None, "ab")

    table = intake.responses(drawn(tmp_path / "r.xlsx", draw), ["Q1", "Q2", "Q3"])

    assert table.frame.row(0)[2:] == ("2", "-Rf/R1", "ab")
    assert [(each.code, each.severity) for each in table.problems] == [
        ("intake.formula", "warning"), ("intake.formula", "error"), ("intake.formula", "warning"),
    ]  # fmt: skip


def test_more_rows_than_a_sheet_has_are_refused(tmp_path: Path) -> None:
    """The library that writes workbooks leaves out what is further down, and tells nobody."""
    with pytest.raises(Refused, match="holds 1048575 rows below its headings, and there are 1048576"):
        intake.write(tmp_path / "a.xlsx", pl.DataFrame({"mark": pl.repeat(1, 1_048_576, eager=True)}))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["=" + "1+" * 40_000, "答" * 33_000, "😀" * 17_000, "x" * 32_767])
def test_a_text_beyond_a_cell_is_cut_where_everyone_sees_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "t.xlsx"
    intake.write(path, pl.DataFrame({"id": ["1"], "Q1": [text]}))
    back = intake.responses(path, ["Q1"]).frame["Q1"][0]

    assert back == intake.shortened(text)
    assert len(back.encode("utf-16-le")) <= 2 * 32_767
    assert (back == text) == (text == "x" * 32_767)
    assert intake.shortened(text) != intake.shortened(f"{text}!"), "two texts are told apart by what was cut"


# --- what nobody made --------------------------------------------------------------------------------------------


def blocks(first: bytes, block: bytes, count: int, last: bytes) -> Iterator[bytes]:
    yield first
    for _ in range(count):
        yield block
    yield last


HEAD, TAIL = f"<worksheet {NAMESPACE}><sheetData>".encode(), b"</sheetData></worksheet>"
CELLS = b"<row>" + b"<c><v>1</v></c>" * 1000 + b"</row>"
MANY = f"it has more than {_archive.CELLS:,} cells, or more formats than a spreadsheet writes"
BOMBS: list[tuple[str, dict[str, Callable[[], bytes | Iterator[bytes]]], str]] = [
    ("a cell of 1 GB", {SHEET: lambda: blocks(HEAD + b"<row><c t='str'><v>", b"1" * (1 << 20), 1024,
                                              b"</v></c></row>" + TAIL)},
     "it unpacks to more than 128 MiB"),
    ("a cell of 100 MB", {SHEET: lambda: blocks(HEAD + b"<row><c t='str'><v>", b"1" * (1 << 20), 100,
                                                b"</v></c></row>" + TAIL)},
     "it contains a text of more than a million bytes"),
    ("18 million shared texts", {STRINGS: lambda: blocks(f"<sst {NAMESPACE}>".encode(), b"<si/>" * 18_000, 1000,
                                                         b"</sst>")}, MANY),
    ("3 million cells", {SHEET: lambda: blocks(HEAD, CELLS, 3000, TAIL)}, MANY),
    ("3 million cells under a prefix",
     {SHEET: lambda: blocks(b"<x:worksheet>", CELLS.replace(b"<c>", b"<x:c>"), 3000, b"</x:worksheet>")}, MANY),
    ("3 million cells, two bytes each",
     {SHEET: lambda: blocks(b"\xff\xfe", CELLS.decode().encode("utf-16-le"), 3000, b"")}, MANY),
    ("half a million merged cells", {SHEET: lambda: blocks(HEAD + b"</sheetData><mergeCells>",
                                                           b'<mergeCell ref="A1:B9"/>' * 500, 1000,
                                                           b"</mergeCells></worksheet>")}, MANY),
    ("half a million formats", {"xl/styles.xml": lambda: blocks(b"<styleSheet>", b"<xf/>" * 500, 1000, b"")}, MANY),
    ("tags within tags", {SHEET: lambda: blocks(HEAD, b"<c>" * 1000, 400, b"")}, "its parts are nested too deeply"),
    ("a cell twice", {SHEET: lambda: sheet(b"<row><c r='B1'><v>1</v></c><c r='B1'><v>2</v></c></row>")},
     "it has the cell B1 twice"),
    ("a row twice", {SHEET: lambda: sheet(b"<row r='1'><c><v>1</v></c></row><row r='1'><c><v>2</v></c></row>")},
     "it has the cell A1 twice"),
    ("a document type", {SHEET: lambda: b"<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet/>"}, "it declares a document type"),
    ("a document type, two bytes each", {SHEET: lambda: "<!DOCTYPE x><worksheet/>".encode("utf-16")},
     "it declares a document type"),
    ("a sheet without an end", {SHEET: lambda: b"<worksheet><row r='1'><c r='A1'><v>1</v>"},
     "the file is damaged, or not a workbook"),
    ("an encoding of several bytes", {"xl/workbook.xml": lambda: b'<?xml version="1.0" encoding="gbk"?><workbook/>'},
     "the file is damaged, or not a workbook"),
    ("a cell below the last row", {SHEET: lambda: sheet(b"<row r='1048577'><c><v>1</v></c></row>")},
     "a cell is outside the sheet"),
    ("Strict Open XML",
     {"xl/workbook.xml": lambda: b'<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'},
     "it is a 'Strict Open XML' workbook"),
    ("a number of 5,000 digits", {SHEET: lambda: sheet(b"<row><c><v>" + b"9" * 5000 + b"</v></c></row>")},
     "the file is damaged, or not a workbook"),
]  # fmt: skip


@pytest.mark.parametrize(("remark", "parts", "expected"), BOMBS, ids=[row[0] for row in BOMBS])
def test_a_workbook_that_nobody_made_is_refused(
    tmp_path: Path, remark: str, parts: dict[str, Callable[[], bytes | Iterator[bytes]]], expected: str
) -> None:
    path = packed(tmp_path / "r.xlsx", {name: content() for name, content in parts.items()})
    tracemalloc.start()
    with pytest.raises(Refused) as caught:
        intake.roster(path)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert str(caught.value) == f"{path}: not an Excel workbook: {expected}; save it as .xlsx or .csv", remark
    assert most < 100 << 20, remark


def test_parts_that_claim_less_than_they_hold_are_not_read_further(tmp_path: Path) -> None:
    path = packed(tmp_path / "r.xlsx", {SHEET: blocks(HEAD, b"<row/>" * 100, 1000, TAIL)})
    content = path.read_bytes()
    true = len(HEAD) + 600_000 + len(TAIL)
    path.write_bytes(content.replace(true.to_bytes(4, "little"), (1000).to_bytes(4, "little")))
    with pytest.raises(Refused, match="the file is damaged, or not a workbook"):
        intake.roster(path)


def test_a_workbook_with_a_password_is_named(tmp_path: Path) -> None:
    (tmp_path / "r.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(Refused, match=r"it has a password, or is an old \.xls file"):
        intake.roster(tmp_path / "r.xlsx")


def test_a_part_that_is_packed_otherwise_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "r.xlsx", "w", zipfile.ZIP_LZMA) as archive:
        for name, content in plain().items():
            archive.writestr(name, content)
    with pytest.raises(Refused, match="it is encrypted, or packed in a way that no spreadsheet uses"):
        intake.roster(tmp_path / "r.xlsx")


def test_a_cell_in_the_last_corner_of_a_sheet_costs_nothing(tmp_path: Path) -> None:
    path = packed(tmp_path / "r.xlsx", {SHEET: sheet(
        b"<row r='1'><c t='str'><v>id</v></c></row><row r='2'><c><v>7</v></c></row>"
        b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"
    )})  # fmt: skip
    with pytest.raises(Refused) as caught:
        intake.roster(path)

    assert str(caught.value) == (
        f"{path}, line 1048576: the row has 16384 cells, but there are 1 headings\n"
        '  → write a text that contains the separator in quotation marks ("a,b"), or delete the cells that are too '
        "far right"
    )


@settings(max_examples=150, deadline=None)
@given(part=st.sampled_from(sorted(plain())), at=st.integers(0, 4000), cut=st.integers(0, 300),
       put=st.binary(max_size=8) | st.sampled_from([b"<c r='A1'>", b"t='s'", b"<f>", b"</v>", b"&#0;", b"_xD800_"]))
def test_any_change_within_a_workbook_gives_a_table_or_a_reason(part: str, at: int, cut: int, put: bytes) -> None:
    content = plain()[part]
    with tempfile.TemporaryDirectory() as folder:
        path = packed(Path(folder) / "r.xlsx", {part: content[:at] + put + content[at + cut :]})
        try:
            intake.responses(path, ["Q1"])
        except Refused as refused:
            assert str(refused)
