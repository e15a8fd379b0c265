"""Windows and macOS, as far as they can be tried here: their rules for files, names, encodings, ends of lines."""

from __future__ import annotations

import ast
import errno
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
import unicodedata
import zipfile
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
import test_week
import windows_files
from conftest import GALLERY, Run
from exam_loops import FIXED, PLAN

import qbank
from qbank import bank, papers, resources, store
from qbank.actions import _filenames, _parted
from qbank.bank import settings
from qbank.intake import _batches
from qbank.model import Candidate, Refused
from qbank.store import _lock, _siblings

ROOT = Path(qbank.__file__).parents[1]
IN_USE = "if it is open in another program (Excel, a PDF reader, a terminal), close it there, then try again"

needs_proc = pytest.mark.skipif(not windows_files.PROC.exists(), reason="what is open is read from /proc")


@pytest.fixture
def windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules of Windows for files."""
    windows_files.lay_down(monkeypatch, tmp_path / "temporary")


@pytest.fixture
def quiz(run: Run, tmp_path: Path) -> Path:
    """A graded exam with an essay that waits, a corrected item and a list of verdicts beside it."""
    (tmp_path / "two.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "class.csv").write_text("id,name\n1,A\n2,B\n3,C\n", encoding="utf-8")
    (tmp_path / "given.csv").write_text("candidate,Q1,Q2\n1,-10,heat\n2,10,cold\n3,,\n", encoding="utf-8")
    (tmp_path / "other.csv").write_text("candidate,Q1,Q2\n1,10,heat\n2,-10,cold\n3,-20,\n", encoding="utf-8")
    (tmp_path / "verdicts.csv").write_text("candidate,part,marks\n1,Q2,3\n2,Q2,1\n", encoding="utf-8")
    (tmp_path / "fixed.yaml").write_text(FIXED, encoding="utf-8")
    paper = run("paper", "two.yaml", "-o", "quiz", "--roster", "class.csv", "--no-html", "--seed", "s", "--lang", "en")
    assert paper[0] == 0, paper
    assert run("grade", "quiz", "given.csv")[0] == 0
    return tmp_path / "quiz"


# --- open files --------------------------------------------------------------------------------------------------


@needs_proc
@pytest.mark.usefixtures("windows")
@pytest.mark.parametrize("forms", ["each", "A,B"])
def test_a_week_on_one_exam_keeps_to_the_rules_of_windows(tmp_path: Path, forms: str) -> None:
    test_week.test_a_week_on_one_exam(tmp_path, forms)


@needs_proc
@pytest.mark.usefixtures("windows")
def test_every_command_that_writes_keeps_to_the_rules_of_windows(
    run: Run, quiz: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QBANK_PASSPHRASE", "correct horse battery staple")
    commands = (
        "grade quiz other.csv", "review quiz --read verdicts.csv --by Wang", "grade quiz",
        "regrade quiz --with fixed.yaml --by Wang --write", "feedback quiz", "marks quiz -o marks.csv",
        "marks quiz -o marks.csv", "export moodle_grades quiz -o moodle.csv", "anonymise quiz -o nobody",
        "pack quiz -o quiz.qbank", "unpack quiz.qbank -o again",
    )  # fmt: skip
    for command in commands:
        assert run(*command.split())[0] == 0, (command, run(*command.split()))
    monkeypatch.setattr(_batches, "LARGE", 1)
    monkeypatch.setattr(_parted, "MOST", 2)
    assert run("grade", "again", "given.csv")[0] == 0

    assert store.verified(quiz) == ()
    assert list(quiz.rglob(".*")) == []


@needs_proc
@pytest.mark.usefixtures("windows")
def test_an_exam_is_replaced_where_no_folder_with_an_open_file_is_renamed(run: Run, quiz: Path) -> None:
    shutil.rmtree(quiz / "results")
    before = (quiz / "exam.yaml").read_bytes()
    again = ("paper", "two.yaml", "-o", "quiz", "--no-html", "--lang", "en", "--replace")

    with (quiz / "sheets/A.pdf").open("rb"):  # a reader of PDF shows it
        code, _, err = run(*again)
    assert code == 2
    assert f"quiz: cannot be written: Access is denied; {IN_USE}" in err
    assert (quiz / "exam.yaml").read_bytes() == before
    assert sorted(path.name for path in quiz.parent.glob("*quiz*")) == ["quiz"]

    assert run(*again)[0] == 0
    assert (quiz.parent / "quiz.replaced-1/exam.yaml").read_bytes() == before
    assert store.verified(quiz) == store.verified(quiz.parent / "quiz.replaced-1") == ()


@needs_proc
@pytest.mark.usefixtures("windows")
def test_results_that_a_spreadsheet_has_open_are_renewed_when_it_is_closed(run: Run, quiz: Path) -> None:
    earlier = (quiz / "results/responses.csv").read_bytes()

    with (quiz / "results/marks.csv").open("rb"):
        code, _, err = run("grade", "quiz", "other.csv")
        again = run("history", "quiz")
    assert code == again[0] == 2
    kept = "the new results are kept, but could not be put in place: cannot be written: Access is denied"
    assert f"quiz: {kept}; {IN_USE}; the next command does it" in err
    unfinished = "an earlier run was stopped while it was writing there, and its work cannot be finished"
    assert f"{unfinished}: {quiz}: cannot" in again[2]

    assert run("history", "quiz")[0] == 0
    assert (quiz / "results/responses.csv").read_bytes() != earlier
    assert (quiz / "results/history/1/responses.csv").read_bytes() == earlier
    assert run("history", "quiz", "--verify")[0] == 0


@needs_proc
@pytest.mark.usefixtures("windows")
def test_a_table_that_a_spreadsheet_has_open_is_not_written(run: Run, quiz: Path) -> None:
    target = quiz.parent / "marks.csv"
    target.write_bytes(b"mine")
    with target.open("rb"):
        code, _, err = run("marks", "quiz", "-o", "marks.csv", "--replace")

    assert code == 2
    assert f"marks.csv: cannot be written: Used by another process; {IN_USE}" in err
    assert target.read_bytes() == b"mine"
    assert list(quiz.parent.glob(".marks*")) == []


@needs_proc
@pytest.mark.usefixtures("windows")
def test_a_new_journal_that_does_not_fit_on_the_disk_is_removed_after_it_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.seal(tmp_path / "quiz", [("exam.yaml", b"{}\n")])
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, lines: write(handle, lines[:3]))
    with store.writing(tmp_path / "quiz") as exam, pytest.raises(Refused) as refused:
        store.append(exam, "reviews.jsonl", b'{"by": "Wang"}\n')

    assert str(refused.value) == f"{tmp_path}/quiz/reviews.jsonl: the disk is full; nothing was written"
    assert sorted(path.name for path in (tmp_path / "quiz").iterdir()) == ["exam.yaml"]


# --- locks and processes -----------------------------------------------------------------------------------------


def on(system: str, module: ModuleType, patch: pytest.MonkeyPatch) -> ModuleType:
    """A module as another system imports it."""
    patch.setattr(sys, "platform", system)
    assert module.__spec__ is not None
    assert module.__spec__.loader is not None
    copy = importlib.util.module_from_spec(module.__spec__)
    module.__spec__.loader.exec_module(copy)
    return copy


def test_the_lock_of_windows_is_a_byte_that_nobody_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []

    def locking(handle: int, mode: int, count: int) -> None:
        assert (mode, count) == (2, 1)
        if taken:
            raise PermissionError(errno.EACCES, "Permission denied")
        taken.append(os.lseek(handle, 0, os.SEEK_CUR))

    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(locking=locking, LK_NBLCK=2))
    with monkeypatch.context() as patch:
        lock = on("win32", _lock, patch)
        (tmp_path / "exam.yaml").write_bytes(b"{}")
        with lock.held(tmp_path) as before_moving:
            assert taken == [1 << 30]
            patch.setattr(lock, "PATIENCE", 0.05)
            with pytest.raises(Refused, match="another run of qbank is writing there"), lock.held(tmp_path):
                pass
            before = len(list(Path("/proc/self/fd").iterdir())) if windows_files.PROC.exists() else 0
            before_moving()
            assert not before or len(list(Path("/proc/self/fd").iterdir())) == before - 1


@pytest.mark.parametrize(
    ("state", "age", "alive"),
    [("new", 0, True), ("new", 3600, True), ("new", 90_000, False), ("replacing", 0, True), ("replacing", 700, False)],
)
def test_windows_is_not_asked_whether_a_process_lives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state: str, age: float, alive: bool
) -> None:
    """There `os.kill(process, 0)` ends the process."""
    path = tmp_path / f".midterm.{_siblings._machine()}.4194305.1.{state}"
    path.mkdir()
    os.utime(path, (time.time() - age,) * 2)
    monkeypatch.setattr(_siblings, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(os, "kill", lambda *_: pytest.fail("a process was ended"))

    assert _siblings.left(tmp_path / "midterm", state) == ([] if alive else [path])


def test_one_process_of_windows_waits_for_61_others_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    assert resources.processes(200) == 200
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 128)

    assert resources.processors() == resources.processes(200) == 61
    assert resources.processes(8) == 8


def test_a_bank_on_another_drive_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bank.yaml").write_text("id: x\n", encoding="utf-8")

    def relpath(path: object) -> str:
        raise ValueError(f"path is on mount 'D:', start on mount 'C:': {path}")

    monkeypatch.setattr(os.path, "relpath", relpath)
    assert settings.around(tmp_path / "items" / "x.yaml") == tmp_path


# --- names -------------------------------------------------------------------------------------------------------

DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE)
FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')
LONGEST = 180
"""Windows takes 260 characters of a whole path where nothing else was set; a folder of the user's is part of it."""


def unfit(paths: Iterable[str]) -> list[str]:
    """Of relative paths, those that Windows or macOS cannot hold, or not beside each other."""
    found, seen = [], dict[str, str]()
    for path in paths:
        parts = path.rstrip("/").split("/")
        folded = unicodedata.normalize("NFD", path).casefold()
        if seen.setdefault(folded, path) != path:
            found.append(f"{path} is {seen[folded]} on Windows and macOS")
        if any(DEVICES.fullmatch(part) or FORBIDDEN.search(part) for part in parts):
            found.append(f"{path} cannot be on Windows")
        if len(path) > LONGEST or path != unicodedata.normalize("NFC", path):
            found.append(f"{path} is too long or decomposed")
    return found


def below(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in folder.rglob("*") if "__pycache__" not in path.parts]


def test_names_that_are_unfit_are_seen() -> None:
    paths = ["a/é.pdf", "a/É.pdf", "aux.pdf", "a/b.", "a:b", "x" * 200, "a/e\u0301x", "fine.pdf"]
    assert [told.split()[0] for told in unfit(paths)] == ["a/É.pdf", "aux.pdf", "a/b.", "a:b", "x" * 200, "a/e\u0301x"]


@pytest.mark.parametrize("folder", ["qbank", "questions", "templates", "docs", "tests", "scripts", "benchmarks"])
def test_every_system_can_hold_what_is_shipped(folder: str) -> None:
    paths = [path for path in below(ROOT / folder) if "node_modules" not in path]
    assert len(paths) > 5
    assert unfit(f"{folder}/{path}" for path in paths) == []


@needs_proc
def test_every_system_can_hold_what_is_written(run: Run, quiz: Path) -> None:
    commands = ("grade quiz other.csv", "feedback quiz --pdf", "export moodle_grades quiz -o moodle.csv",
                "export qti3 gallery.number gallery.choice -o items.zip", "anonymise quiz -o nobody",
                "feedback quiz --zip pages.zip")  # fmt: skip
    for command in commands:
        done = run(*command.split())
        assert done[0] in (0, 1), (command, done)
    archives = list(quiz.parent.glob("*.zip"))

    assert len(archives) >= 1
    assert unfit(below(quiz.parent)) == []
    for archive in archives:
        assert unfit(zipfile.ZipFile(archive).namelist()) == [], archive.name


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (("a1", "A1"), ["a1", "A1-…"]),
        (("e\u0301", "\u00e9"), ["\u00e9", "\u00e9-…"]),
        (("aux", "COM1.x"), ["aux-…", "COM1_x-…"]),
        (("7.", " 8 ", "9:1"), ["7-…", "_8_", "9_1"]),
        (("ß", "SS"), ["ß", "SS-…"]),
    ],
)
def test_candidates_numbers_name_files_that_every_system_keeps_apart(
    numbers: tuple[str, ...], expected: list[str]
) -> None:
    names = _filenames.apart([Candidate(number) for number in numbers])

    assert [re.sub(r"-[0-9a-f]{8}$", "-…", name) for name in names] == expected
    assert unfit(names) == []


@pytest.mark.parametrize("path", ["sheets/.. /x", "private/x.", "sheets/x ", "a/.../b"])
def test_a_path_that_windows_shortens_is_none_of_an_exam(tmp_path: Path, path: str) -> None:
    with pytest.raises(Refused) as refused:
        store.seal(tmp_path / "quiz", [("exam.yaml", b""), (path, b"")])

    assert str(refused.value) == f"{path!r} is not a path within an exam"


# --- encodings and ends of lines ---------------------------------------------------------------------------------


def program(*arguments: str, cwd: Path, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "qbank", *arguments], cwd=cwd, capture_output=True, input=given, check=False, timeout=60,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "QBANK_BANK": str(GALLERY), "PYTHONUTF8": "0",
             "QBANK_CACHE": "off", **environment},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "code"),
    [("list --lang zh", 0), ("show gallery.choice --key --lang zh", 0), ("check gallery.choice --format text", 0),
     ("show 没有", 2)],
)
@pytest.mark.parametrize("encoding", ["gbk", "cp1252", "cp437"])
def test_a_console_of_any_code_page_is_written_to(tmp_path: Path, arguments: str, code: int, encoding: str) -> None:
    done = program(*arguments.split(), cwd=tmp_path, PYTHONIOENCODING=encoding)

    assert (done.returncode, b"Traceback" in done.stderr) == (code, False)
    if encoding == "gbk" and code == 0 and "check" not in arguments:
        assert "工作区" in done.stdout.decode("gbk")


@pytest.mark.parametrize(
    "arguments",
    ["list --json", "schema", "coverage --format json", "coverage --format csv", "check gallery.choice --format json"],
)
@pytest.mark.parametrize("encoding", ["gbk", "cp1252"])
def test_what_a_program_reads_is_utf8_whatever_the_console_has(tmp_path: Path, arguments: str, encoding: str) -> None:
    plain = program(*arguments.split(), cwd=tmp_path, PYTHONIOENCODING="utf-8")
    done = program(*arguments.split(), cwd=tmp_path, PYTHONIOENCODING=encoding)

    assert done.stdout == plain.stdout
    assert "�" not in done.stdout.decode("utf-8-sig")
    if "json" in arguments:
        for line in [done.stdout] if "check" in arguments else done.stdout.splitlines():
            json.loads(line)


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_an_answer_in_another_encoding_is_one_that_cannot_be_read(tmp_path: Path, encoding: str) -> None:
    done = program("ask", "gallery.number", cwd=tmp_path, given=b"\xff\xfe4.7\n", PYTHONIOENCODING=encoding)

    assert b"Traceback" not in done.stderr
    assert done.returncode == 0


@pytest.mark.parametrize("file", sorted((ROOT / "qbank").rglob("*.py")), ids=lambda file: file.stem)
def test_what_other_programs_say_is_read_in_a_named_encoding(file: Path) -> None:
    """Ruff's PLW1514 holds the same of every file that is opened."""
    for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call):
            named = {keyword.arg for keyword in call.keywords}
            assert "encoding" in named or not {"text", "universal_newlines"} & named or "capture_output" not in named


def test_a_bank_with_the_line_ends_of_windows_is_the_same_bank(tmp_path: Path) -> None:
    for path in GALLERY.rglob("*"):
        target = tmp_path / "bank" / path.relative_to(GALLERY)
        if path.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            content = path.read_bytes()
            target.write_bytes(content.replace(b"\n", b"\r\n") if path.suffix == ".yaml" else content)
    one, other = bank.load(GALLERY), bank.load(tmp_path / "bank")

    assert (other.problems, set(other.items)) == (one.problems, set(one.items))
    exams = [papers.compose(each.blueprint("everything"), each, seed="s", forms=("A",)) for each in (one, other)]
    keys = [{item: drawn.keys for item, drawn in exam.drawn.items()} for exam in exams]
    assert repr(keys[0]) == repr(keys[1])
