"""Lists as other programs write them: whose number counts, who is no candidate, which encoding a file is in."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank import intake
from qbank.intake import _encodings, _headings, _people
from qbank.model import Candidate, Refused


def read(folder: Path, content: str | bytes, name: str = "r.csv") -> intake.Roster:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return intake.roster(path)


def said(roster: intake.Roster, folder: Path) -> list[str]:
    return [str(problem).replace(f"{folder}/", "") for problem in roster.problems]


MOODLE = (
    '"First name","Last name","ID number","Email address",Groups\nWei,Wang,0071,w@x.edu,"A"\nNa,Li,0072,l@x.edu,"B"\n'
)
CANVAS = (
    'Student,ID,SIS User ID,SIS Login ID,Section,"Quiz 1 (1)",Final Score\n'
    "    Points Possible,,,,,10.0,(read only)\n"
    '"Wang, Wei",101,0071,wwang,EE-1,9,90\n"Li, Na",102,0072,lna,EE-1,8,80\n'
    '"Student, Test",103,,5f2e,EE-1,,\n'
)
REGISTRY = (
    "2025-2026学年第二学期 学生名单,,,,,,\n课程：电子技术基础,,,教师：张三,,,\n"
    "序号,学号,姓名,院系,专业,行政班,备注\n1,0071,王伟,电信学院,电子,电子2301,\n2,0072,李娜,电信学院,电子,电子2301,重修\n"
    "3,,,,,,\n合计,2人,,,,,\n,任课教师签字：,,日期：,,,\n"
)
EXPORTS = [
    (MOODLE, [("0071", "Wei Wang", "A"), ("0072", "Na Li", "B")], [], "Moodle"),
    ("名,姓氏,ID号,电子邮件地址\n伟,王,0071,w@x.edu\n娜,李,0072,\n", [("0071", "王伟", ""), ("0072", "李娜", "")], [],
     "Moodle in Chinese"),
    ("First name,Surname,ID number,Email address\nWei,Wang,,w@x.edu\nNa,Li,,l@x.edu\n",
     [("w@x.edu", "Wei Wang", ""), ("l@x.edu", "Na Li", "")], [],
     "Moodle where nobody has a number: an empty column does not count"),
    (CANVAS, [("0071", "Wang, Wei", "EE-1"), ("0072", "Li, Na", "EE-1")],
     ["r.csv: rows that are not candidates were not read: line 2 ('Points Possible'), line 5 ('Student, Test')"],
     "Canvas"),
    ('Student,ID,Section\n"Wang, Wei",101,EE-1\n', [("101", "Wang, Wei", "EE-1")], [], "Canvas without SIS"),
    (REGISTRY, [("0071", "王伟", "电子2301"), ("0072", "李娜", "电子2301")],
     ["r.csv: rows that are not candidates were not read: line 7 ('合计'), line 8 ('任课教师签字：')"],
     "a registry, with titles, prepared rows and signatures"),
    ("学号,姓名,教学班,行政班\n7,王,T1,电子1班\n", [("7", "王", "电子1班")], [],
     "the class of the registry before that of the course"),
    ("學號,姓名,班級\n7,王,甲班\n", [("7", "王", "甲班")], [], "traditional characters"),
    ("学号,姓名\n7,王\n人数：1,\n", [("7", "王", "")],
     ["r.csv: rows that are not candidates were not read: line 3 ('人数：1')"],
     "a total in the column of numbers"),
    ("student,group\n7,A\n8,B\n", [("7", "", "A"), ("8", "", "B")], [], "'student' alone is the number"),
    ("student,id\nWang,7\n", [("7", "Wang", "")], [], "'student' beside a number is the name"),
    (",id,name\n0,7,a\n1,8,b\n", [("7", "a", ""), ("8", "b", "")], [], "a running number without a heading"),
    ("id,name\n7,Sum\n8,Total\n", [("7", "Sum", ""), ("8", "Total", "")], [], "people may be called so"),
    ("id,name\nCS:001,x\nCS:002,\n", [("CS:001", "x", ""), ("CS:002", "", "")], [], "a number with a colon is no note"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "people", "warnings", "remark"), EXPORTS, ids=[row[3] for row in EXPORTS])
def test_a_list_of_another_program_is_a_roster(
    tmp_path: Path, content: str, people: list[tuple[str, str, str]], warnings: list[str], remark: str
) -> None:
    roster = read(tmp_path, content)

    assert roster.candidates == tuple(itertools.starmap(Candidate, people)), remark
    assert said(roster, tmp_path) == warnings, remark


MOVED = ("\n  → write a text that contains the separator in quotation marks (\"a,b\"), or delete the cells that are "
         "too far right")
TWO = "\n  → delete or rename the columns that do not count"
FAULTS = [
    ("id,name,class\n7,Wang, Wei,EE\n8,Li,EE\n", "r.csv, line 2: the row has 4 cells, but there are 3 headings" + MOVED,
     "one unquoted comma"),
    ("id,Q1,Q2\n7,10,5 V,\n", "r.csv, line 2: the row has 4 cells, but there are 3 headings" + MOVED,
     "the cell that is too many is empty"),
    ("id,name,,\n7,a,,\n8,b,x,\n", "r.csv, line 3: the cell 'x' has no heading" + MOVED, "below an empty heading"),
    ("id,学号\n1,2\n", "r.csv: several columns mean the candidate's number: 'id', '学号'" + TWO, ""),
    ("学号,姓名,学号,姓名\n1,a,2,b\n", "r.csv: several columns mean the candidate's number: '学号', '学号'" + TWO,
     "two lists side by side"),
    ("candidate,考号\n1,2\n", "r.csv: several columns mean the candidate's number: 'candidate', '考号'" + TWO, ""),
    ("number,编号\n1,2\n", "r.csv: several columns mean the candidate's number: 'number', '编号'" + TWO, ""),
    ("id\n7\n\u200b7\n", "r.csv, line 3: candidate '7' appears twice; the first is on line 2", "a sign of no width"),
    ("id\n7\n７\n", "r.csv, line 3: candidate '7' appears twice; the first is on line 2", "full width"),
    ("id,name\n", "r.csv: no candidates: there is no row with a number below the headings", "headings alone"),
    ("id\n7\n\u200b\n", "r.csv, line 3: the candidate's number is missing", "nothing but a sign of no width"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "expected", "remark"), FAULTS)
def test_what_could_be_read_in_two_ways_is_refused(tmp_path: Path, content: str, expected: str, remark: str) -> None:
    with pytest.raises(Refused) as caught:
        read(tmp_path, content)

    assert str(caught.value).replace(f"{tmp_path}/", "") == expected, remark


def test_many_rows_that_have_moved_are_not_told_one_by_one(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        read(tmp_path, "id,name\n" + "".join(f"{number},Wang, Wei\n" for number in range(3000)))

    assert len(caught.value.problems) == 9
    assert caught.value.problems[-1].message == f"{tmp_path}/r.csv: 2992 more rows like these"


def test_the_ranks_of_headings_do_not_overlap() -> None:
    for ranks in (_headings.NUMBER, _headings.NAME, _headings.GROUP):
        assert sum(map(len, ranks)) == len(frozenset().union(*ranks))
    for rank in (*_headings.NUMBER, *_headings.NAME, *_headings.GROUP, *_headings.FORM, *_headings.ABSENT):
        assert all(_headings.folded(name) == name for name in rank), "names are as they are compared"


# --- encodings ---------------------------------------------------------------------------------------------------

ENCODED = [
    ("id,Q1\n1,5 µV\n2,3 °C\n", "cp1252", "Windows-1252", "a Western Excel"),
    ("id,name\n1,José\n2,Müller\n3,Zoë Ångström\n", "cp1252", "Windows-1252", ""),
    ("id,name\n1,müßig Füße\n", "cp1252", "Windows-1252", "two accents side by side"),
    ("id,Q1\n1,“yes” – ½\n", "cp1252", "Windows-1252", "signs alone"),
    ("学号,姓名\n1,朱镕基\n", "gbk", "GBK", "a character that is not in GB 2312"),
    ("id,name\n1,张\n", "gbk", "GBK", "one character"),
    ("id,name\n1,喆\n", "gbk", "GBK", "one that is rare"),
    ("id,Q1\n1,47 kΩ\n2,5 μV\n", "gbk", "GBK", "Greek letters of a Chinese Excel"),
    ("id,Q1\n1,答案是“甲”；理由……\n", "gbk", "GBK", ""),
    ("id,name\n1,𠮷野家\n", "gb18030", "GBK", "four bytes"),
    ("學號,姓名\n1,陳小明\n2,林志玲\n", "cp950", "Big5", "Excel in Taipei and Hong Kong"),
    ("id,name\n1,陳小明\n2,黃美麗\n", "cp950", "Big5", "without a Chinese heading"),
    ("id,name\n1,王\n", "utf-16", "UTF-16", ""),
    ("id,name\n1,王\n", "utf-16-be", "UTF-16", "without a mark"),
    ("id,name\n1,王\n", "utf-8-sig", "UTF-8", ""),
]


@pytest.mark.parametrize(("text", "encoding", "expected", "remark"), ENCODED)
def test_an_encoding_is_told_by_what_it_says(text: str, encoding: str, expected: str, remark: str) -> None:
    assert _encodings.decoded(text.encode(encoding), "r.csv") == (text, expected), remark


def test_an_encoding_that_was_guessed_is_told(tmp_path: Path) -> None:
    assert said(read(tmp_path, "学号\n7\n".encode("gbk")), tmp_path) == [
        ("r.csv: read as GBK, because it is not UTF-8\n  → if a name or an answer looks wrong, save the file as 'CSV "
        "UTF-8'")
    ]
    assert said(read(tmp_path, "学号\n7\n"), tmp_path) == []


MIXED = [
    ("学号,姓名\n1,王伟\n".encode() + "2,李娜\n".encode("gbk"), (1, 3), "one list after another"),
    ("id,name\n1,李娜\n".encode("gbk") + "2,王伟\n".encode(), (3, 2), "the other way round"),
    (b"id,a,b\n1," + "王伟".encode() + b"," + "李娜".encode("gbk") + b"\n", (2, 2), "within one line"),
    ("id,a\n1,é\n".encode() + "2,ü\n".encode("cp1252"), (2, 3), "Western"),
    ("\ufeffid,a\n1,x\n".encode() + "2,李娜\n".encode("gbk"), (1, 3), "a mark says UTF-8"),
]


@pytest.mark.parametrize(("content", "lines", "remark"), MIXED, ids=[row[2] for row in MIXED])
def test_two_encodings_in_one_file_are_refused(
    tmp_path: Path, content: bytes, lines: tuple[int, int], remark: str
) -> None:
    with pytest.raises(Refused) as caught:
        read(tmp_path, content)

    assert str(caught.value).replace(f"{tmp_path}/", "") == (
        f"r.csv: two encodings in one file: line {lines[0]} is UTF-8, line {lines[1]} is not; "
        "put both parts into one table again, and save it as 'CSV UTF-8'"
    ), remark


# --- laws --------------------------------------------------------------------------------------------------------

NUMBERS = st.lists(st.from_regex(r"[A-C]?[0-9]{1,6}", fullmatch=True), min_size=1, max_size=6, unique=True)
NAMES = st.text(st.sampled_from([*"王伟李娜张三朱明 ", *"abc -"]), max_size=6).map(str.strip)
WIDE = str.maketrans("0123456789ABC", "０１２３４５６７８９ＡＢＣ")


@given(
    numbers=NUMBERS, names=st.lists(NAMES, min_size=6, max_size=6), order=st.permutations([0, 1, 2]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), separator=st.sampled_from(",;\t"),
    wide=st.booleans(), unseen=st.sampled_from(["", "\u200b", "\ufeff", "\u00ad", "\u2060"]),
    ending=st.sampled_from(["csv", "xlsx"]),
)  # fmt: skip
def test_neither_columns_nor_encoding_nor_width_change_who_is_who(
    numbers: list[str], names: list[str], order: list[int], encoding: str, separator: str, wide: bool, unseen: str,
    ending: str,
) -> None:  # fmt: skip
    written = [f"{number.translate(WIDE) if wide else number}{unseen}" for number in numbers]
    columns = [("学号", written), ("姓名", names[: len(numbers)]), ("班级", ["一班"] * len(numbers))]
    frame = pl.DataFrame([pl.Series(*columns[at], dtype=pl.String) for at in order])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"r.{ending}"
        if ending == "xlsx":
            intake.write(path, frame)
        else:
            path.write_bytes(frame.write_csv(separator=separator, quote_style="always").encode(encoding))
        people = intake.roster(path).candidates

    assert people == tuple(Candidate(*row, "一班") for row in zip(numbers, names, strict=False))


@given(st.text(max_size=12))
def test_folding_a_number_again_changes_nothing(text: str) -> None:
    once = intake.identity(text)

    assert intake.identity(once) == once
    assert intake.identity(f" \u200b{text}\ufe0f ") == once


@given(st.binary(max_size=60) | st.lists(st.sampled_from(
    [b"id", b",", b"\n", b'"', b"\xb5V", "王".encode(), "王".encode("gbk"), "陳".encode("big5"), b"\0", b"\xff\xfe"]
), max_size=12).map(b"".join))  # fmt: skip
def test_any_bytes_are_a_text_or_refused(content: bytes) -> None:
    try:
        text, encoding = _encodings.decoded(content, "r.csv")
    except Refused as refused:
        assert str(refused).startswith("r.csv: ")
        return

    assert isinstance(text, str)
    assert encoding in _encodings.NAMES.values()


@pytest.mark.parametrize(("text", "expected"), [("1E5", "1E5"), ("2.0230101E+07", "20230101"), ("2.02301E+11", None)])
def test_digits_come_back_where_none_is_lost(text: str, expected: str | None) -> None:
    assert _people.restored(text) == expected
