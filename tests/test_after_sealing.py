"""What happens to an exam later on: two rooms, full and read-only disks, files that are not what their names say."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import zipfile
from pathlib import Path

import pytest
from conftest import Run
from exam_loops import FIXED, PLAN

from qbank import files, store
from qbank.actions import grade_large
from qbank.intake import _batches
from qbank.model import Refused
from qbank.store import _adding

EXCEL = "﻿candidate;name;answers;part;marks;read as;comment\r\n"


@pytest.fixture
def quiz(run: Run, tmp_path: Path) -> Path:
    """A graded exam of three candidates, in two rooms."""
    (tmp_path / "two.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "class.csv").write_text("id,name\n1,A\n2,B\n3,C\n", encoding="utf-8")
    (tmp_path / "late.csv").write_text("id,name\n4,D\n", encoding="utf-8")
    (tmp_path / "given.csv").write_text("candidate,Q1,Q2\n1,-10,heat\n2,10,cold\n3,,\n", encoding="utf-8")
    (tmp_path / "fixed.yaml").write_text(FIXED, encoding="utf-8")
    for command in ("paper two.yaml -o quiz --roster class.csv --no-html --seed s --lang en", "grade quiz given.csv"):
        assert run(*command.split())[0] == 0
    return tmp_path / "quiz"


# --- two tables of responses -------------------------------------------------------------------------------------

LOST = "have no row, and would lose their marks"


@pytest.mark.parametrize(
    ("rows", "before", "refused", "remark"),
    [
        ("1,-10,heat\n", "", "2 candidates who were graded before (2, 3) " + LOST, "the other room"),
        ("1,-10,heat\n2,10,cold\n3,,\n", "", "", "the same candidates, corrected"),
        ("1,-10,heat\n2,10,cold\n", "status quiz excused 3", "", "what became of the third is recorded"),
        ("1,-10,heat\n2,10,cold\n30,,\n", "correct quiz 3 --number 30", "", "by the corrected number"),
        ("1,-10,heat\n2,10,cold\n3,,\n", "correct quiz 3 --number 30", "", "by the earlier one"),
    ],
)
@pytest.mark.parametrize("large", [False, True])
def test_nobody_who_was_graded_is_lost_by_another_table(
    run: Run, quiz: Path, monkeypatch: pytest.MonkeyPatch, rows: str, before: str, refused: str, remark: str,
    large: bool,
) -> None:  # fmt: skip
    if before:
        assert run(*before.split(), "--by", "Wang")[0] == 0
    if large:
        monkeypatch.setattr(_batches, "LARGE", 1)
        monkeypatch.setattr(grade_large, "is_parted", lambda _: True)
    (quiz.parent / "b.csv").write_text(f"candidate,Q1,Q2\n{rows}", encoding="utf-8")
    earlier = (quiz / "results/marks.csv").read_bytes()

    code, _, err = run("grade", "quiz", "b.csv")

    assert (code, refused in err) == (2 if refused else 0, True), remark
    if refused:
        assert (quiz / "results/marks.csv").read_bytes() == earlier
        assert "qbank grade EXAM FILE --fewer" in err
        assert run("grade", "quiz", "b.csv", "--dry-run")[0] == 0, "nothing is written, and nothing lost"
        assert run("grade", "quiz", "b.csv", "--fewer")[0] == 0


def test_the_absent_of_the_first_room_come_with_the_table_of_both(run: Run, quiz: Path) -> None:
    shutil.rmtree(quiz / "results")
    tables = {"a.csv": "1,-10,heat\n", "b.csv": "2,10,cold\n3,,\n", "both.csv": "1,-10,heat\n2,10,cold\n3,,\n"}
    for name, rows in tables.items():
        (quiz.parent / name).write_text(f"candidate,Q1,Q2\n{rows}", encoding="utf-8")

    assert [run("grade", "quiz", name)[0] for name in tables] == [0, 2, 0]


@pytest.mark.usefixtures("quiz")
def test_marks_are_not_made_of_results_without_a_late_candidate(run: Run) -> None:
    assert run("add", "quiz", "--roster", "late.csv", "--by", "Wang")[0] == 0
    told = "quiz: candidates or papers were added since the results were made; first run: qbank grade quiz"

    for command in ("marks quiz -o marks.csv", "feedback quiz"):
        code, _, err = run(*command.split())
        assert (code, told in err) == (2, True), command
    assert run("grade", "quiz")[0] == run("marks", "quiz", "-o", "marks.csv")[0] == 0


# --- full and read-only disks ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.EROFS, "Read-only file system; choose a place that is not read-only, or work on a copy there"),
        (errno.ENOSPC, "No space left on device; make room on the disk, then try again"),
        (errno.EACCES, "Permission denied"),
    ],
)
def test_a_file_that_cannot_be_written_is_named_though_nothing_can_be_removed_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, told: str
) -> None:
    """A read-only disk refuses to remove even what is not there."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), ".a.txt.tmp")

    monkeypatch.setattr(Path, "unlink", refuse)
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(Refused) as refused:
        files.put(tmp_path / "a.txt", b"x")

    assert str(refused.value) == f"{tmp_path}/a.txt: cannot be written: {told}"


def test_a_new_file_of_an_item_is_there_whole_or_not_at_all(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(errno.ENOSPC, "No space left on device")))
        assert run("new", "item", "my.item")[0] == 2

    assert list(tmp_path.iterdir()) == []
    assert run("new", "item", "my.item")[0] == 0


def test_an_addition_without_room_leaves_no_folder(run: Run, quiz: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The empty folder made the exam one with additions, which is not replaced."""

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(_adding, "write", full)
        code, _, err = run("add", "quiz", "--roster", "late.csv", "--by", "Wang")

    assert (code, "the disk is full" in err) == (2, True)
    assert not (quiz / "private/additions").exists()
    assert run("add", "quiz", "--roster", "late.csv", "--by", "Wang")[0] == 0


def test_an_exam_on_a_read_only_disk_is_locked_for_reading(quiz: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open

    def read_only(path: Path, flags: int, *more: int) -> int:
        if flags & os.O_RDWR:
            raise OSError(errno.EROFS, "Read-only file system", str(path))
        return opened(path, flags, *more)

    monkeypatch.setattr(os, "open", read_only)
    with store.writing(quiz):
        pass


def test_marks_are_made_of_a_read_only_exam_and_say_that_they_are_not_kept(
    run: Run, quiz: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and access(path, mode))

    code, _, err = run("marks", "quiz", "-o", "marks.csv")

    assert code == 0
    assert "quiz is read-only: the final marks and their rule are not kept in its results" in err
    assert (quiz.parent / "marks.csv").exists()
    assert not (quiz / "results/final-marks.csv").exists()


# --- what a file is, whatever its name says ----------------------------------------------------------------------


def packed(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return content.getvalue()


SORTS: tuple[tuple[str, bytes, str], ...] = (
    ("a.csv", packed("xl/workbook.xml"), ("is an Excel workbook, whatever its name says; change the end of its name to "
                                         ".xlsx")),
    ("a.csv", packed("mimetype", "content.xml"), ("is an OpenDocument file, whatever its name says; save it as .xlsx "
                                                  "or .csv")),
    ("a.xlsx", packed("mimetype", "content.xml"), ("is an OpenDocument file, whatever its name says; save it as .xlsx "
                                                  "or .csv")),
    ("a.csv", packed("x"), "is an archive, not a table, whatever its name says"),
    ("a.csv", b"\xd0\xcf\x11\xe0" + bytes(600), ("is an old Excel workbook (.xls), or one with a password, whatever "
                                                 "its name says; save it as .xlsx without a password")),
    ("a.csv", b"%PDF-1.7\n", "is a PDF, not a table, whatever its name says"),
    ("a.csv", b"\x89PNG\r\n\x1a\n", "is a picture, not a table, whatever its name says"),
    ("a.csv", b"\xef\xbb\xbf\r\n<HTML><table>", ("is a web page, whatever its name says; open it in a spreadsheet and "
                                              "save it as .xlsx")),
    ("a.xlsx", b"candidate,Q1\n1,2\n", ("is a text, not a workbook; if it is a table, change the end of its name to "
                                       ".csv")),
    ("~$a.xlsx", bytes(165),
     "is not a table: Excel leaves it beside a workbook that is open; name the workbook itself"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "content", "told"), SORTS)
def test_a_file_of_another_sort_is_called_what_it_is(
    run: Run, quiz: Path, name: str, content: bytes, told: str
) -> None:
    (quiz.parent / name).write_bytes(content)

    for command in ("grade quiz", "review quiz --read", "marks quiz --into"):
        code, _, err = run(*command.split(), name)
        assert (code, f"{name} {told}" in err) == (2, True), (command, err)


@pytest.mark.parametrize("text", [
    "BMI,candidate,Q1,Q2\n9,1,-10,\n9,2,10,\n9,3,,\n",
    "candidate,Q1,Q2\n1,<html>,\n2,,\n3,,\n",
])  # fmt: skip
def test_a_table_that_looks_like_another_sort_is_read(run: Run, quiz: Path, text: str) -> None:
    (quiz.parent / "a.csv").write_text(text, encoding="utf-8")

    assert run("grade", "quiz", "a.csv")[0] == 0


@pytest.mark.parametrize("mark", ["~$given.csv", ".~lock.given.csv#"])
def test_a_table_that_a_spreadsheet_has_open_is_told(run: Run, quiz: Path, mark: str) -> None:
    (quiz.parent / mark).write_bytes(b"x")

    code, _, err = run("grade", "quiz", "given.csv")

    assert code == 0
    assert "given.csv seems to be open in a spreadsheet: what was not saved there is not read" in err


# --- lists that come back ----------------------------------------------------------------------------------------


def test_a_list_that_is_read_again_after_a_number_was_corrected_takes_nothing_back(run: Run, quiz: Path) -> None:
    (quiz.parent / "first.csv").write_text("candidate,part,marks\n1,Q2,3\n2,Q2,1\n", encoding="utf-8")
    (quiz.parent / "later.csv").write_text("candidate,part,marks\n20,Q2,2\n", encoding="utf-8")
    for command in ("review quiz --read first.csv", "correct quiz 2 --number 20", "review quiz --read later.csv",
                    "review quiz --read first.csv"):  # fmt: skip
        assert run(*command.split(), "--by", "Wang")[0] == 0

    told = [json.loads(line) for line in (quiz / "reviews.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(each["candidate"], each["marks"]) for each in told] == [("1", 3), ("2", 1), ("20", 2)]


@pytest.mark.parametrize(
    ("content", "unfilled", "remark"),
    [
        (EXCEL + "1;A;;Q2;;;\r\n", True, "saved by a spreadsheet"),
        (EXCEL + '"1";"A";"";"Q2";"";" ";""\r\n;;;;;;\r\n', True, "blanks in quotation marks, empty rows"),
        (EXCEL + "1;A;;Q2;1;;\r\n", False, "a mark"),
        (EXCEL + "1;A;;Q2;;;look\r\n", False, "a comment"),
        (EXCEL.replace("\r\n", ";mine\r\n") + "1;A;;Q2;;;;look\r\n", False, "a column of somebody's own"),
        (EXCEL + "1;A;;Q2;;;\r\nask Li about this;;;;;;\r\n", False, "a row of somebody's own"),
    ],
)
def test_a_list_gives_way_to_a_new_one_where_nobody_has_written(
    run: Run, quiz: Path, content: str, unfilled: bool, remark: str
) -> None:
    (quiz.parent / "list.csv").write_text(content, encoding="utf-8")

    assert run("review", "quiz", "-o", "list.csv")[0] == (0 if unfilled else 2), remark


@pytest.mark.usefixtures("quiz")
def test_a_sheet_is_not_printed_into_a_file_that_is_no_pdf(run: Run) -> None:
    code, _, err = run("reprint", "quiz", "1", "-o", "given.csv")

    assert (code, "given.csv is a file; name a folder, or a file that ends with .pdf" in err) == (2, True)


# --- moved, synced, checked out ----------------------------------------------------------------------------------


def test_line_ends_that_git_changed_are_named(run: Run, quiz: Path) -> None:
    for path in ("exam.yaml", "private/seal.json", "private/exam.json"):
        file = quiz / path
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))

    code, _, err = run("grade", "quiz")

    assert code == 2
    for path in ("private/seal.json", "exam.yaml", "private/exam.json"):
        assert f"{path} (its line ends were changed, as git does with core.autocrlf)" in err


@pytest.mark.parametrize("path", ["exam.yaml", "private/seal.json", "private/exam.json"])
def test_other_changes_are_not_called_line_ends(run: Run, quiz: Path, path: str) -> None:
    file = quiz / path
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n").replace(b'"two"', b'"one"') + b" ")

    assert "line ends" not in run("grade", "quiz")[2]


def test_a_copy_of_a_journal_that_a_cloud_made_is_told(run: Run, quiz: Path) -> None:
    (quiz / "reviews (1).jsonl").write_bytes(b"{}\n")
    (quiz / "notes.jsonl").write_bytes(b"{}\n")
    told = "quiz: reviews (1).jsonl: a copy beside the records of the exam, which is not read and does not count"

    assert told in run("grade", "quiz")[2]
    assert told in run("history", "quiz")[2]


def test_results_whose_record_was_damaged_can_be_made_anew(run: Run, quiz: Path) -> None:
    record = quiz / "results/sources.json"
    record.write_bytes(record.read_bytes().replace(b"\n", b"\r\n"))

    code, _, err = run("grade", "quiz", "given.csv")
    assert (code, "quiz: results/sources.json (changed after it was made); restore it" in err) == (2, True)
    assert run("grade", "quiz", "given.csv", "--unsealed")[0] == 0
    assert run("grade", "quiz")[0] == 0


@pytest.mark.parametrize("name", ["~$responses.xlsx", "sheets/~$A.xlsx", ".~lock.responses.csv#", "desktop.ini"])
def test_what_a_system_leaves_in_an_exam_is_nobodys_work(run: Run, quiz: Path, name: str) -> None:
    shutil.rmtree(quiz / "results")
    (quiz / name).write_bytes(b"x")

    again = run("paper", "two.yaml", "-o", "quiz", "--roster", "class.csv", "--no-html", "--lang", "en", "--replace")
    assert again[0] == 0
