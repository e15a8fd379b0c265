"""Rosters and responses from every spreadsheet; and tables that no spreadsheet computes with."""

from __future__ import annotations

import datetime
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qbank import intake, registry
from qbank.intake import _runs, _table
from qbank.model import Candidate, Refused

ROSTER = "学号,姓名,班级\n0071,王 伟,一班\n0072,李娜,二班\n"
CLASS = (Candidate("0071", "王 伟", "一班"), Candidate("0072", "李娜", "二班"))

ROSTERS: list[tuple[bytes, str]] = [
    (ROSTER.encode(), "UTF-8"),
    (ROSTER.encode("utf-8-sig"), "UTF-8 with a byte order mark"),
    (ROSTER.encode("gbk"), "GBK, as Chinese Excel saves it"),
    (ROSTER.replace(",", "\t").encode("utf-16"), "Excel's Unicode text"),
    (ROSTER.replace(",", "\t").encode("utf-16-le"), "UTF-16 without a mark"),
    (ROSTER.replace(",", ";").replace("\n", "\r\n").encode(), "semicolons and Windows line ends"),
    (b"sep=;\n" + ROSTER.replace(",", ";").encode(), "Excel's line that names the separator"),
    ("Class, Name ,Student ID：\n一班,王 伟, 0071\n二班,李娜,0072\n".encode(), "any order, in English"),
    ("\n姓名,班级,考号\n\n王 伟,一班,0071\n,,\n李娜,二班,0072\n".encode(), "empty rows"),
    ("电子技术 点名册,,\n教师：张,学期：2026春,\n学号,姓名,行政班级\n0071,王 伟,一班\n0072,李娜,二班\n".encode(),
     "titles above the header"),
    ("no,id,name,group\n1,0071,王 伟,一班\n2,'0072,李娜,二班\n".replace("'", "").encode(), "a running number beside"),
]


READERS: list[Callable[[Path], object]] = [intake.roster, intake.sheet, intake.template, lambda path: intake.responses(
    path, ["Q1"])]  # fmt: skip


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("ending", ["csv", "xlsx", "json", "xml", "parquet"])
def test_a_pipe_or_a_device_is_refused_and_never_waited_for(
    tmp_path: Path, reader: Callable[[Path], object], ending: str
) -> None:
    path = tmp_path / f"given.{ending}"
    os.mkfifo(path)
    with pytest.raises(Refused, match=r"is a pipe, not a file; save its content as a file, and name that$"):
        reader(path)
    path.unlink()
    path.symlink_to("/dev/zero")
    with pytest.raises(Refused, match=r"is a device, not a file; save its content as a file, and name that$"):
        reader(path)
    (tmp_path / "results").mkdir()
    os.mkfifo(tmp_path / "results/one.xml")
    with pytest.raises(Refused, match=r"one\.xml is a pipe, not a file"):
        intake.sheet(tmp_path / "results")


@pytest.mark.parametrize(("content", "remark"), ROSTERS, ids=[row[1] for row in ROSTERS])
def test_a_roster_is_read_however_it_was_saved(tmp_path: Path, content: bytes, remark: str) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(content)

    assert intake.roster(path).candidates == CLASS, remark


REFUSED = [
    (
        "r.csv",
        "姓名,电话\n王,1\n".encode(),
        (
            "r.csv: no column of candidates' numbers; the columns are '姓名', '电话'; "
            "give one of them the heading '学号' or 'id' (also recognised: 考号, student id, number)"
        ),
    ),
    ("r.csv", b"id\n1\n2\n1\n", "r.csv, line 4: candidate '1' appears twice; the first is on line 2"),
    ("r.csv", b'id,name\n1,"a\nb"\n,c\n', "r.csv, line 4: the candidate's number is missing"),
    (
        "r.csv",
        b"id\n2.02301E+11\n",
        (
            "r.csv, line 2: '2.02301E+11' is no longer a candidate's number: a spreadsheet changed it\n"
            "  → format the column as text and type the number again"
        ),
    ),
    ("r.csv", b"", "r.csv: the table is empty"),
    (
        "r.csv",
        b'id,name\n1,"a\n2,b\n',
        (
            "r.csv, line 2: the quotation marks do not match; save the table from a spreadsheet again, "
            'or write "" for each " within a cell'
        ),
    ),
    (
        "r.csv",
        b"id\n\xff\xff\n",
        "r.csv: not a text table in UTF-8, UTF-16, GBK, Big5 or Windows-1252; save it as 'CSV UTF-8'",
    ),
    ("r.xls", b"", "r.xls: a table cannot be read from an '.xls' file; save it as .xlsx"),
    (
        "r.odt", b"",
        "r.odt: a table cannot be read from a '.odt' file; the known endings are: .csv, .json, .parquet, .xlsx, .xml",
    ),
    (
        "r.xlsx",
        b"PK",
        "r.xlsx: not an Excel workbook: the file is damaged, or not a workbook; save it as .xlsx or .csv",
    ),
]


@pytest.mark.parametrize(("name", "content", "expected"), REFUSED)
def test_a_table_that_cannot_be_used_says_why(tmp_path: Path, name: str, content: bytes, expected: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Refused) as caught:
        intake.roster(tmp_path / name)

    assert str(caught.value).replace(f"{tmp_path}/", "") == expected


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be read: No such file or directory"):
        intake.roster(tmp_path / "none.csv")


def book(path: Path, rows: list[list[Any]], *, hidden: bool = False) -> Path:
    with xlsxwriter.Workbook(str(path)) as workbook:
        if hidden:
            workbook.add_worksheet("secret").hide()
            workbook.add_worksheet("class").activate()
        sheet = workbook.worksheets()[-1] if hidden else workbook.add_worksheet()
        if hidden:
            sheet.set_first_sheet()
        day, percent = workbook.add_format({"num_format": 'm"月"d"日"'}), workbook.add_format({"num_format": "[Red]0%"})
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, datetime.datetime):
                    sheet.write_datetime(row, column, cell, day)
                elif isinstance(cell, tuple):
                    sheet.write_formula(row, column, cell[0], None, cell[1])
                elif isinstance(cell, float):
                    sheet.write_number(row, column, cell, percent)
                elif isinstance(cell, str):
                    sheet.write_string(row, column, cell)
                else:
                    sheet.write(row, column, cell)
    return path


def test_a_workbook_gives_what_its_writer_sees(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["姓名", "学号", "班级"],
        ["王 伟", "0071", "一班"],
        [None, None, None],
        ["李娜", 20230101.0, True],
    ]

    people = intake.roster(book(tmp_path / "r.xlsx", rows, hidden=True))

    assert people.candidates == (Candidate("0071", "王 伟", "一班"), Candidate("20230101", "李娜", "TRUE"))


def test_numbers_in_a_workbook_have_the_digits_that_excel_shows(tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", [["id", "Q1", "Q2", "Q3", "Q4"], [7, 5.0, 0.1 + 0.2, 1e21, -0.5]])

    table = intake.responses(path, ["Q1", "Q2", "Q3", "Q4"])

    assert table.frame.row(0) == ("7", False, "5", "0.3", "1e+21", "-0.5")
    assert table.problems == ()


def test_what_excel_made_of_an_answer_is_told(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["id", "Q1", "Q2", "Q3"],
        ["a", datetime.datetime(2024, 1, 2), ("=-Rf/R1", "#NAME?"), ("=1+1", 2)],
    ]

    table = intake.responses(book(tmp_path / "r.xlsx", rows), ["Q1", "Q2", "Q3"])

    assert table.frame.row(0) == ("a", False, "2024-01-02", "-Rf/R1", "2")
    assert [str(problem).replace(f"{tmp_path}/", "") for problem in table.problems] == [
        (
            "r.xlsx, cell B2: a spreadsheet changed the text that was typed into the date 2024-01-02\n"
            "  → format the column as text, then type the answer again"
        ),
        (
            "r.xlsx, cell C2: a spreadsheet changed the text that was typed into a formula, which gives the error "
            "'-Rf/R1'\n"
            "  → format the column as text, then type the answer again"
        ),
        "r.xlsx, cell D2: a spreadsheet computed '2' from the formula '=1+1'\n  → type the value itself",
    ]
    assert [problem.severity for problem in table.problems] == ["error", "error", "warning"]


def test_a_column_of_answers_that_is_missing_is_told_though_there_is_one_for_marks(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("candidate,Q1,Q2 marks,Q3 marks\na,5,,2\nb,6,,\n", encoding="utf-8")

    table = intake.responses(path, ["Q1", "Q2", "Q3"])

    assert [str(problem).replace(f"{tmp_path}/", "") for problem in table.problems] == [
        "r.csv: no column for Q2; their answers count as blank"
    ]


def test_responses_are_the_text_that_was_typed(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text(
        "candidate,姓名,缺考,q1,Q2（得分）,第3题,Q1.1\n"
        "a,王,, 4.7 kΩ ,2.5,=cmd|' /C calc'!A0,x\nb,李,缺考,,,,\nc,何,maybe\n",
        encoding="utf-8",
    )

    table = intake.responses(path, ["Q1", "Q2", "Q3", "Q4"])

    assert table.candidates == ("a", "b", "c")
    assert table.frame.rows() == [
        ("a", False, " 4.7 kΩ ", "", "=cmd|' /C calc'!A0", ""),
        ("b", True, "", "", "", ""),
        ("c", False, "", "", "", ""),
    ]
    assert table.marks.to_dict(as_series=False) == {"Q2": ["2.5", "", ""]}
    assert table.lines == (2, 3, 4)
    assert [(problem.severity, str(problem).replace(f"{tmp_path}/", "")) for problem in table.problems] == [
        ("error", "r.csv, line 4: candidate 'c': absent is 'maybe'; write yes, or leave it empty"),
        ("warning", "r.csv: column 'Q1.1' is not a part of this exam and is not read; did you mean 'Q1'?"),
        ("warning", "r.csv: no column for Q4; their answers count as blank"),
    ]


def test_a_column_that_stands_twice_is_told(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("id,Q1,1\na,x,y\n")

    table = intake.responses(tmp_path / "r.csv", ["Q1"])

    told = f"{tmp_path}/r.csv: column '1' contains 'Q1' a second time"
    assert [problem.message for problem in table.problems] == [told]


def test_choices_typed_in_a_run_become_columns(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("id,1-5,Q6~7\na,AB CD-,（ACD）b\nb,,\nc,ABCD,A?\n", encoding="utf-8")

    table = intake.responses(tmp_path / "r.csv", [f"Q{number}" for number in range(1, 8)])

    assert table.frame.drop("absent").rows() == [
        ("a", "A", "B", "C", "D", "", "ACD", "b"),
        ("b", *[""] * 7),
        ("c", *[""] * 7),
    ]
    assert [problem.message.replace(f"{tmp_path}/", "") for problem in table.problems] == [
        "r.csv, line 4: candidate 'c': 'ABCD' has 4 answers, but '1-5' takes 5",
        "r.csv, line 4: candidate 'c': '?' in 'A?' cannot be read; 'Q6~7' takes 2 answers",
    ]


RUNS = [
    ("Q1-3", ("Q1", "Q2", "Q3"), ""),
    ("1–2", ("Q1", "Q2"), "an en dash"),
    ("第1至3题", ("Q1", "Q2", "Q3"), ""),
    ("Q2-1", (), "backwards"),
    ("Q1-9", (), "an end that is not there"),
    ("remarks", (), ""),
]


@pytest.mark.parametrize(("header", "expected", "remark"), RUNS)
def test_a_header_names_a_run(header: str, expected: tuple[str, ...], remark: str) -> None:
    assert _runs.span(header, ["Q1", "Q2", "Q3"]) == expected, remark


HOSTILE = st.text(st.sampled_from([*"=+-@'\"\t\r\n,;＝0159.eE abc中|!"]), max_size=8) | st.text(max_size=6)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(HOSTILE, HOSTILE), max_size=4))
@example([("=1+1", "'=1"), ("-5", "''-5"), ("@", "-R_f")])
def test_a_table_that_is_written_reads_back_the_same(ending: str, rows: list[tuple[str, str]]) -> None:
    rows = [(f"x{first}", second) for first, second in rows]
    frame = pl.DataFrame(rows, schema={"id": pl.String, "=answer": pl.String}, orient="row")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"t.{ending}"
        intake.write(path, frame)
        sheet = registry.load("intake", ending).read(path)

        assert [entry.name for entry in Path(folder).iterdir()] == [path.name]

    assert sheet.header == ("id", "=answer")
    assert [tuple(row) for row in sheet.rows] == rows


@given(HOSTILE)
def test_no_cell_that_is_written_is_a_formula(text: str) -> None:
    safe = _table.inert(text)

    assert _table.is_number(safe) or not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert _table.alive(safe) == text


def test_numbers_are_written_as_numbers(tmp_path: Path) -> None:
    frame = pl.DataFrame({"id": ["a"], "marks": [2.5], "rank": [1], "absent": [False], "none": [None]})
    intake.write(tmp_path / "t.xlsx", frame)
    intake.write(tmp_path / "t.csv", frame)

    assert registry.load("intake", "xlsx").read(tmp_path / "t.xlsx").rows == [["a", "2.5", "1", "FALSE", ""]]
    assert (tmp_path / "t.csv").read_bytes() == "\ufeffid,marks,rank,absent,none\r\na,2.5,1,false,\r\n".encode()


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=80), st.sampled_from(["csv", "xlsx"]))
def test_any_bytes_give_a_table_or_a_reason(content: bytes, ending: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"t.{ending}"
        path.write_bytes(content)
        try:
            intake.responses(path, ["Q1"])
        except Refused as error:
            assert str(error)
