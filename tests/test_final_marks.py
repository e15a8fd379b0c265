"""Final marks of a registry: its own file is filled in by number, and every other byte of it stays."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import Run
from openpyxl.worksheet.datavalidation import DataValidation
from sat_exam import digest, respond, sealed

from qbank import api, intake, store
from qbank.actions import correct, fill, marks
from qbank.actions.grade import grade
from qbank.intake import Entry
from qbank.model import Candidate, Refused
from qbank.papers import Exam

HOSTILE = "=HYPERLINK(1)"
CLASS = (Candidate("0071", "张三", "一班"), Candidate("2002", "李四", "一班"), Candidate("2003", HOSTILE, "二班"),
         Candidate("2004", "王五", "二班"))  # fmt: skip


@pytest.fixture(scope="session")
def final(exam: Exam, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graded exam of 34 marks: 29, 19, absent and 29."""
    root = tmp_path_factory.mktemp("registry")
    own = replace(exam, candidates=CLASS, form_of=exam.form_of[[0, 1, 2, 0]])
    folder = sealed(own, root / "final")
    columns = list(own.columns())
    changed = {("2002", column): "" for column in columns[:8]} | {("2003", column): "" for column in columns}
    grade(folder, respond(own, root / "responses.csv", changed | {("2003", "absent"): "yes"}))
    return folder


def workbook(path: Path, rows: Sequence[Any], change: Callable[[Any], object] = str) -> Path:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title, first["A1"] = "说明", "填表说明"
    sheet = book.create_sheet("成绩")
    for row in rows:
        sheet.append(row)
    book.create_sheet("隐藏").sheet_state = "hidden"
    change(sheet)
    book.save(path)
    return path


def cells(path: Path, sheet: str = "成绩") -> dict[str, Any]:
    return {cell.coordinate: cell.value for row in openpyxl.load_workbook(path)[sheet].iter_rows() for cell in row
            if cell.value is not None}  # fmt: skip


def parts(path: Path) -> Mapping[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


LIST = [["登记表"], ["序号", "学号", "姓名", "平时成绩", "成绩", "备注"], [1, 71, "张三", 80], [2, "2002", "李四", 90],
        [3, 2003, None, 60], [4, "2009", "赵六", 70], ["任课教师："]]  # fmt: skip


def test_a_template_is_filled_by_number_and_nothing_else_is_changed(run: Run, final: Path, tmp_path: Path) -> None:
    def formatted(sheet: Any) -> None:
        sheet.merge_cells("A1:F1")
        sheet["E3"].number_format, sheet["E4"].number_format = "0.0", "@"
        sheet.column_dimensions["E"].width = 17
        rule = DataValidation(type="decimal", formula1="0", formula2="100")
        sheet.add_data_validation(rule)
        rule.add("E3:E6")

    path = workbook(tmp_path / "t.xlsx", LIST, formatted)
    code, out, err = run("marks", str(final), "--into", "t.xlsx", "-o", "f.xlsx")

    assert code == 0
    assert out == ("f.xlsx: 3 of 4 rows filled: mark into '成绩', remark into '备注'\n"
                   "rule: 按原分（满分 34）\nrule: 最后一次取整：四舍五入到 0.5 分的整数倍\n")  # fmt: skip
    assert err == (
        "qbank: t.xlsx, sheet '成绩': numbers without their leading zeros, read as the full numbers (71 is 0071)\n"
        "  → check that these are the same people\n"
        "qbank: t.xlsx, sheet '成绩': no marks for 1 row, whose number the exam does not have: 2009 赵六\n"
        "qbank: t.xlsx, sheet '成绩': no row for 1 candidate of the exam: 2004 王五\n"
    )
    before, after = cells(path), cells(tmp_path / "f.xlsx")
    assert {at: after[at] for at in after.keys() - before.keys()} == {"E3": 29, "E4": "19", "E5": 0, "F5": "缺考"}
    assert all(after[at] == value for at, value in before.items())
    old, new = parts(path), parts(tmp_path / "f.xlsx")
    assert list(old) == list(new)
    assert [name for name in old if old[name] != new[name]] == ["xl/worksheets/sheet2.xml"]


def test_every_byte_outside_the_cells_stays(final: Path, tmp_path: Path) -> None:
    """A sheet with what no library keeps: an extension, a comment, a prefix, cells without names."""
    path = workbook(tmp_path / "t.xlsx", [["学号", "成绩"], ["2002"]])
    content = parts(path)
    own = (
        b'<?xml version="1.0"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<!-- kept > --><x:cols><x:col min="2" max="2" width="9" style="0"/></x:cols><x:sheetData>'
        b'<x:row r="1"><x:c t="inlineStr"><x:is><x:t>id</x:t></x:is></x:c>'
        b'<x:c t="inlineStr"><x:is><x:t>Total</x:t></x:is></x:c></x:row>'
        b'<x:row r="2" spans="1:2"><x:c t="inlineStr"><x:is><x:t>2002</x:t></x:is></x:c></x:row>'
        b'<x:row r="3"/></x:sheetData><x:extLst><x:ext uri="{1}"/></x:extLst></x:worksheet>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, held in content.items():
            archive.writestr(name, own if name == "xl/worksheets/sheet2.xml" else held)
    filled = fill.filled(marks.finals([final], marks.Rule()), path)

    cell, below = b'<x:c r="B2" s="0"><x:v>19</x:v></x:c>', b'</x:row><x:row r="3"'
    with zipfile.ZipFile(io.BytesIO(filled.content)) as archive:
        assert archive.read("xl/worksheets/sheet2.xml") == own.replace(below, cell + below)


def test_formulas_are_computed_again_and_never_replaced(final: Path, tmp_path: Path) -> None:
    rows = [["学号", "期末", "总评"], ["2002", None, "=B2*0.7"], ["2004", None, "=B3*0.7"]]
    path = workbook(tmp_path / "t.xlsx", rows)
    done = marks.finals([final], marks.Rule())

    with pytest.raises(Refused, match=r"several columns may be meant: '期末', '总评'; give one: --column 总评"):
        fill.filled(done, path)
    with pytest.raises(Refused, match=r"cell C2: the cell has a formula, which is never replaced; fill in the column"):
        fill.filled(done, path, columns=["总评"], overwrite=True)
    filled = fill.filled(done, path, columns=["期末"])
    (tmp_path / "f.xlsx").write_bytes(filled.content)
    assert cells(tmp_path / "f.xlsx") == cells(path) | {"B2": 19, "B3": 29}
    assert b'fullCalcOnLoad="1"' in parts(tmp_path / "f.xlsx")["xl/workbook.xml"]
    assert "the file has formulas; a spreadsheet computes them again" in str(filled.problems[0])


def test_headings_in_two_rows_and_people_in_two_blocks(final: Path, tmp_path: Path) -> None:
    def merged(sheet: Any) -> None:
        for area in ("A1:A2", "B1:B2", "C1:D1", "E1:E2", "F1:F2", "G1:H1"):
            sheet.merge_cells(area)

    path = workbook(tmp_path / "t.xlsx", [
        ["学号", "姓名", "成绩", None, "学号", "姓名", "成绩"],
        [None, None, "平时", "期末", None, None, "平时", "期末"],
        ["2002", "李四", 80, None, "0071", "张三", 70], ["2004", "王五", 60],
    ], merged)  # fmt: skip
    (tmp_path / "f.xlsx").write_bytes(fill.filled(marks.finals([final], marks.Rule()), path).content)

    assert cells(tmp_path / "f.xlsx") == cells(path) | {"D3": 19, "H3": 29, "D4": 29}


def test_a_filled_cell_stays_unless_it_is_said(final: Path, tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", [["学号", "成绩"], ["2002", 20], ["2004", 29.0], ["0071", None]])
    done = marks.finals([final], marks.Rule())

    kept = fill.filled(done, path)
    (tmp_path / "f.xlsx").write_bytes(kept.content)
    assert cells(tmp_path / "f.xlsx") == cells(path) | {"B4": 29}
    assert "1 cell with another value, which was kept: 2002: '20', not '19'" in "\n".join(map(str, kept.problems))
    (tmp_path / "f.xlsx").write_bytes(fill.filled(done, path, overwrite=True).content)
    assert cells(tmp_path / "f.xlsx") == cells(path) | {"B2": 19, "B4": 29}


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_a_text_table_keeps_its_encoding_and_ends(final: Path, tmp_path: Path, mark: bytes, end: str) -> None:
    lines = ["期末登记;;;", '学号;"姓名";成绩;备注', '"0071";张三;;', "2002;李四", "2003;;;", ";;;;合计"]
    codec = "utf-8" if mark else "gbk"
    path = tmp_path / "t.csv"
    path.write_bytes(mark + end.join(lines).encode(codec))
    filled = fill.filled(marks.finals([final], marks.Rule()), path)

    expected = [*lines[:2], '"0071";张三;29;', "2002;李四;19", "2003;;0;缺考", lines[5]]
    assert filled.content == mark + end.join(expected).encode(codec)


def test_words_are_told_where_no_column_takes_them(final: Path, tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", [["学号", "成绩"], ["2003"]])

    told = "\n".join(map(str, fill.filled(marks.finals([final], marks.Rule()), path).problems))
    assert f"has no column for remarks (备注), so it does not show: 2003 {HOSTILE} 缺考" in told


def test_the_grade_is_the_mark_where_there_is_one_column(final: Path, tmp_path: Path) -> None:
    rule = marks.Rule("to-100", grade="five-level")
    done = marks.finals([final], rule)
    one = workbook(tmp_path / "one.xlsx", [["学号", "成绩"], ["2002"]])
    two = workbook(tmp_path / "two.xlsx", [["学号", "成绩", "等级"], ["2002"]])

    for path in (one, two):
        path.write_bytes(fill.filled(done, path).content)
    assert cells(one)["B2"] == "不及格"
    assert (cells(two)["B2"], cells(two)["C2"]) == (56, "不及格")


def test_a_scheme_takes_columns_of_the_template(run: Run, final: Path, tmp_path: Path) -> None:
    (tmp_path / "scheme.yaml").write_text(
        "components:\n  - {name: 平时, weight: 40, column: 平时成绩}\n  - {name: 期末, weight: 60, exam: final}\n"
        "round: 1\n", "utf-8",
    )  # fmt: skip
    rows = [["学号", "平时成绩", "期末成绩", "总评"], ["2002", 90], ["2003", "缓考"], ["2004", None], ["0071", 80]]
    path = workbook(tmp_path / "t.xlsx", rows)
    code, out, err = run("marks", str(final), "--into", "t.xlsx", "--scheme", "scheme.yaml", "--column", "总评",
                         "--column", "期末成绩=期末")  # fmt: skip

    assert code == 0, err
    assert out.startswith("t-filled.xlsx: 4 of 4 rows filled: mark into '总评', 期末 into '期末成绩'\n")
    # 36 + 0.6 × 100 × 19/34 = 69.53; 32 + 0.6 × 100 × 29/34 = 83.18
    new = {"C2": 56, "D2": 70, "C3": 0, "C4": 85, "C5": 85, "D5": 83}
    assert cells(tmp_path / "t-filled.xlsx") == cells(path) | new
    assert "2003 =HYPERLINK(1) 平时缓考；期末缺考, 2004 王五 平时不在名单上" in err
    again = run("marks", str(final), "--into", "t.xlsx", "--scheme", "scheme.yaml", "--column", "总评")
    assert again == (2, "", (
        "qbank: t-filled.xlsx already exists, and may be somebody's work\n"
        "  → name another file, or replace this one (--replace)\n"
    ))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["姓名", "成绩"], ["张三"]], "no column of candidates' numbers; the cells of its longest row are '姓名'"),
        ([["学号", "姓名"], ["2002", "李四"]], "no column for the marks is recognised among '姓名'; name it: --column"),
        ([["学号", "id", "成绩"], ["2002", "1"]], "several columns mean the candidate's number: '学号', 'id'"),
        ([["学号", "成绩"]], "no row with a candidate's number below the headings, so there is nothing to fill in"),
        ([["学号", "成绩"], ["2002"], [2002]], "cell A3: candidate '2002' appears twice; first in cell A2"),
        ([["学号", "成绩"], ["2.02301E+11"]], "cell A2: '2.02301E+11' is no longer a candidate's number"),
        ([["学号", "成绩", "分数"], ["2002"]], "several columns may be meant: '成绩', '分数'; give one: --column 分"),
    ],
)  # fmt: skip
def test_a_template_that_cannot_be_filled_is_refused(final: Path, tmp_path: Path, rows: Any, said: str) -> None:
    path = workbook(tmp_path / "t.xlsx", rows)
    kept = path.read_bytes()

    with pytest.raises(Refused) as refused:
        fill.filled(marks.finals([final], marks.Rule()), path)
    assert said in str(refused.value)
    assert path.read_bytes() == kept


def test_an_old_workbook_is_refused_with_what_to_do(run: Run, final: Path, tmp_path: Path) -> None:
    (tmp_path / "t.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    before = digest(final)

    code, out, err = run("marks", str(final), "--into", "t.xls")
    assert (code, out) == (2, "")
    assert "open it in a spreadsheet, save it as .xlsx, fill that in, and save the result as .xls again" in err
    assert digest(final) == before, "nothing is recorded of what was refused"


def test_a_character_that_the_file_cannot_hold_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("学号,备注\r\n2002,\r\n".encode("gbk"))
    template = intake.template(path)

    with pytest.raises(Refused, match=r"'€|\U0001f600' cannot be written in GBK; save it as 'CSV UTF-8'"):
        template.filled({(1, 1): Entry("\U0001f600")})
    assert template.filled({(1, 1): Entry('=1, "x"')}) == '学号,备注\r\n2002,"\'=1, ""x"""\r\n'.encode("gbk")


def test_a_table_of_our_own_for_a_mail_merge(run: Run, final: Path, tmp_path: Path) -> None:
    assert run("marks", str(final), "-o", "m.csv", "--scale", "sqrt", "--round", "1", "--grade", "letters", "--lang",
               "en", "--encoding", "gbk")[0] == 0  # fmt: skip

    rows = list(csv.reader(io.StringIO((tmp_path / "m.csv").read_bytes().decode("gbk"))))
    assert len(set(rows[0])) == len(rows[0]) and rows[0][:3] == ["number", "name", "class"]
    assert rows[0][-6:] == ["total on paper", "mark", "grade", "points", "remark", "rule"]
    assert [row[-6:-1] for row in rows[1:]] == [
        ["29", "92", "A", "4", ""], ["19", "75", "C", "2", ""], ["0", "0", "F", "0", "absent"],
        ["29", "92", "A", "4", ""],
    ]  # fmt: skip
    assert rows[3][:2] == ["2003", f"'{HOSTILE}"]
    assert rows[1][-1].startswith("the square root curve 100·√(x/34); rounded once")
    kept = (final / marks.RECORD).read_bytes().decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(kept))) == rows, "the results of the exam hold the marks and their rule"
    assert store.verified(final) == ()


def test_a_list_for_a_wall_has_no_people_in_it(run: Run, final: Path, tmp_path: Path) -> None:
    assert run("marks", str(final), "-o", "wall.csv", "--anonymous", "last-2")[0] == 0
    text = (tmp_path / "wall.csv").read_text("utf-8-sig")

    assert [line.split(",")[:3] for line in text.splitlines()[1:]] == [
        ["02", "19", '""'], ["03", "0", "缺考"], ["04", "29", '""'], ["71", "29", '""'],
    ]  # fmt: skip
    assert not any(who.name in text or who.id in text for who in CLASS)
    for how, said in (("last-9", "these are whole numbers, which identify people; use fewer digits"),
                      ("code", "needs one exam in which every paper has its own code"), ("x", "write code, or last-4")):
        code, _, err = run("marks", str(final), "-o", "other.csv", "--anonymous", how)
        assert code == 2 and said in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "give the department's file (--into FILE) or the table to write (-o marks.xlsx)"),
        (["-o", "m.csv", "--column", "总评"], "--column, --sheet and --overwrite need the department's file"),
        (["-o", "m.csv", "--round", "x"], "--round x: give a step such as 1, 0.5 or 0.1 (0 does not round)"),
        (["-o", "m.csv", "--grade", "five-level"], "the table 'five-level' is for marks out of 100"),
        (["-o", "m.pdf"], "a table cannot be read from a '.pdf' file"),
    ],
)
def test_a_command_that_cannot_be_done_says_why(run: Run, final: Path, arguments: list[str], said: str) -> None:
    code, out, err = run("marks", str(final), *arguments)

    assert (code, out) == (2, "")
    assert said in err


def test_python_has_the_same(final: Path, tmp_path: Path) -> None:
    done = api.final_marks(final, scale="sqrt", step=1, grade="letters")
    path = workbook(tmp_path / "t.xlsx", [["id", "Total", "Letter grade"], ["2002"]])
    filled = done.fill(path, tmp_path / "f.xlsx", lang="en")

    assert done.frame("en")["mark"].to_list() == [92, 75, 0, 92]
    assert done.rules("en")[0] == "the square root curve 100·√(x/34)"
    assert repr(done) == "FinalMarks(final: 4 candidates)"
    assert (filled.count, filled.columns) == (1, (("Total", "mark"), ("Letter grade", "grade")))
    assert cells(tmp_path / "f.xlsx") == cells(path) | {"B2": 75, "C2": "C"}
    assert done.write(tmp_path / "wall.xlsx", anonymous="last-2") == 4


def test_two_exams_need_a_rule(run: Run, final: Path, tmp_path: Path) -> None:
    shutil.copytree(final, tmp_path / "quiz")
    code, _, err = run("marks", str(final), "quiz", "-o", "m.csv")
    assert (code, err.split(":")[1]) == (2, " there are several exams; choose how they make one mark")
    assert run("marks", str(final), "quiz", "-o", "m.csv", "--best", "1")[0] == 0
    rows = list(csv.reader(io.StringIO((tmp_path / "m.csv").read_text("utf-8-sig"))))
    assert [row[3] for row in rows] == ["成绩", "85.5", "56", "0", "85.5"]


@pytest.mark.parametrize(("name", "count", "said", "remark"), [
    ("", 4, "", "the number alone was wrong: one person"),
    ("李 四", 4, "", "the same name, written otherwise"),
    ("李思", 5, "2002 in final, 2020 in another: qbank correct final 2002 --number 2020", "it may be somebody else"),
])  # fmt: skip
@pytest.mark.parametrize("first", [True, False])
def test_a_number_that_was_corrected_in_one_exam_is_one_person(
    run: Run, final: Path, tmp_path: Path, name: str, count: int, said: str, remark: str, *, first: bool
) -> None:
    quiz = Path(shutil.copytree(final, tmp_path / "quiz"))
    correct.correct(quiz, "2002", number="2020", name=name, by="Wang")
    grade(quiz)
    exams = ("quiz", str(final)) if first else (str(final), "quiz")
    code, _, err = run("marks", *exams, "-o", "m.csv", "--best", "2")
    rows = list(csv.reader(io.StringIO((tmp_path / "m.csv").read_text("utf-8-sig"))))[1:]

    assert code == 0, err
    assert len(rows) == count, remark
    assert {row[0]: row[3] for row in rows}["2020"] == ("56" if count == 4 else ""), remark
    assert said in err.replace(str(final), "final"), remark
    assert ("counted as two" in err) is (count == 5), remark


@pytest.mark.parametrize(("name", "filled"), [("李四", 1), ("", 0), ("赵六", 0)])
def test_a_table_with_the_number_before_its_correction_is_filled_where_the_name_agrees(
    run: Run, final: Path, tmp_path: Path, name: str, filled: int
) -> None:
    quiz = Path(shutil.copytree(final, tmp_path / "quiz"))
    correct.correct(quiz, "2002", number="2020", by="Wang")
    grade(quiz)
    workbook(tmp_path / "t.xlsx", [["学号", "姓名", "成绩"], ["2002", name]])
    code, out, err = run("marks", "quiz", "--into", "t.xlsx")

    assert code == 0, err
    assert f"{filled} of 1 row filled" in out
    assert ("numbers as they were before they were corrected (2002 is 2020)" in err) is bool(filled)
