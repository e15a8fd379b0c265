"""The command line: what each command says, how it leaves, and what is on disk after it goes wrong."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import GALLERY, Run

from qbank import cli
from qbank.cli import COMMANDS
from qbank.outputs.pdf import paper
from qbank.store import _trees

ROSTER = "学号,姓名,班级\n2001,张三,一班\n2002,李四,一班\n2003,O'Hara,二班\n"


def shell(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "qbank", *arguments], cwd=cwd, capture_output=True, text=True, errors="replace",
        env={"PATH": os.environ["PATH"], "QBANK_BANK": str(GALLERY), **environment}, check=False, timeout=60,
    )  # fmt: skip


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str) -> None:
    done = CliRunner().invoke(cli.group, [name, "--help"])

    assert done.exit_code == 0, done.exception
    assert done.output.startswith(f"Usage: qbank {name} ") or done.output.startswith(f"Usage: group {name} ")
    for option in re.findall(r"^  (--?[a-z-]+.*)$", done.output, re.MULTILINE):
        assert len(re.split(r"  +", option)) > 1 or len(option) > 24 or "--" in option, f"{option} says nothing"


def test_the_help_lists_every_command_and_loads_none(run: Run) -> None:
    code, out, err = run("--help")

    assert (code, err) == (0, "")
    assert re.findall(r"^  ([a-z]+) ", out.split("Commands:")[1], re.MULTILINE) == list(COMMANDS)


def test_the_version_is_told(run: Run) -> None:
    code, out, _ = run("--version")

    assert code == 0
    assert re.fullmatch(r"qbank \d+\.\d+\.\d+\n", out)


def test_a_misspelt_command_is_guessed(run: Run) -> None:
    assert run("grad") == (
        2,
        "",
        ("Usage: qbank [OPTIONS] COMMAND [ARGS]...\nTry 'qbank --help' for help.\n\n"
        "Error: there is no command 'grad'; did you mean 'grade'?\n"),
    )


# --- the way of an exam ------------------------------------------------------------------------------------------


def test_an_exam_is_made_filled_in_and_graded(run: Run, tmp_path: Path) -> None:
    (tmp_path / "class.csv").write_text(ROSTER, encoding="utf-8")

    made = run("paper", "everything", "-o", "quiz", "--roster", "class.csv", "--forms", "A,B",
               "--seed", "a seed nobody would guess")
    assert (made[0], made[2]) == (0, "")
    assert made[1].startswith(
        "样例试卷: 15 questions, 34 marks, 60 minutes\n2 forms, 3 candidates\n"
        "3 pages on 2 sheets of A4; 3 papers, 6 sheets\nto print:    quiz/sheets\n"
        "to fill in:  quiz/responses.csv\nkeep secret: quiz/private\n     item "
    )
    assert left(tmp_path / "quiz") == ["exam.yaml", "private", "responses.csv", "sheets"]
    assert left(tmp_path / "quiz/sheets") == ["A.html", "A.pdf", "B.html", "B.pdf", "all-001-003.pdf"]

    form = (tmp_path / "quiz/responses.csv").read_text(encoding="utf-8-sig").splitlines()
    assert form[0].startswith("candidate,name,absent,form,Q1.1,Q1.2,Q1.3,Q1.4,Q2,Q3,Q4")
    assert form[1].startswith('2001,张三,"",A,"",')
    assert [line.split(",")[3] for line in form[1:]] == ["A", "B", "A"]

    code, out, err = run("grade", "quiz", "quiz/responses.csv")
    empty = "quiz/responses.csv: 3 candidates (2001, 2002, 2003) have no answer and are not marked absent: 0 marks"
    assert (code, err) == (0, f"qbank: {empty}\n")
    assert run("grade", "quiz")[1].startswith("the responses that were graded last: quiz/results/responses.csv\n")
    assert out.splitlines()[:2] == ["3 candidates graded, 0 absent", "mean 0.0, lowest 0, highest 0 of 34"]
    assert {"marks.csv", "unreadable.csv", "report.html"} <= set(left(tmp_path / "quiz/results"))
    marks = (tmp_path / "quiz/results/marks.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(marks) == 4
    assert marks[1].startswith("2001,张三,一班,A,")


def test_a_dry_run_writes_nothing(run: Run, tmp_path: Path) -> None:
    assert run("paper", "everything", "-o", "quiz", "--seed", "s", "--no-html", "--one-book")[0] == 0
    (tmp_path / "given.csv").write_text("candidate,Q9\n7,-10\n", encoding="utf-8")

    code, out, _ = run("grade", "quiz", "given.csv", "--dry-run")

    assert code == 0
    assert "written" not in out
    assert left(tmp_path / "quiz") == ["exam.yaml", "private", "responses.csv", "sheets"]


def test_every_candidate_may_have_a_paper_of_their_own(run: Run, tmp_path: Path) -> None:
    (tmp_path / "class.csv").write_text(ROSTER, encoding="utf-8")

    code, _, err = run("paper", "everything", "-o", "quiz", "--roster", "class.csv", "--forms", "each", "--no-html")

    assert (code, err) == (0, "")
    assert left(tmp_path / "quiz/sheets") == ["2001.pdf", "2002.pdf", "2003.pdf", "all-001-003.pdf"]
    assert "marking-list.pdf" in left(tmp_path / "quiz/private")


def test_a_seed_that_can_be_found_by_trying_is_warned_of(run: Run) -> None:
    short = run("paper", "everything", "-o", "short", "--no-html", "--one-book", "--seed", "midterm2026")
    long = run("paper", "everything", "-o", "long", "--no-html", "--one-book", "--seed", "0123456789abcdef")

    assert (short[0], short[2]) == (0, (
        "qbank: the seed 'midterm2026' is shorter than 16 characters: anybody who has the bank can find it, "
        "and with it every paper, by trying words; leave --seed out for a real exam\n"
    ))  # fmt: skip
    assert (long[0], long[2]) == (0, "")


def test_the_same_seed_writes_the_same_exam_and_no_seed_another(run: Run, tmp_path: Path) -> None:
    for folder, seed in (("one", ["--seed", "s"]), ("two", ["--seed", "s"]), ("three", []), ("four", [])):
        assert run("paper", "everything", "-o", folder, "--no-html", "--one-book", *seed)[0] == 0
    papers = [(tmp_path / folder / "sheets/A.pdf").read_bytes() for folder in ("one", "two", "three", "four")]

    assert (tmp_path / "one/exam.yaml").read_bytes() == (tmp_path / "two/exam.yaml").read_bytes()
    assert papers[0] == papers[1]
    assert len(set(papers)) == 3
    assert "seed" not in (tmp_path / "one/exam.yaml").read_text(encoding="utf-8")


# --- errors on purpose -------------------------------------------------------------------------------------------

ID = "give one of them the heading '学号' or 'id' (also recognised: 考号, student id, number)"
BAD_PLAN = """
id: odd
title: {zh: 小测, en: Quiz}
minutes: 30
total: 5
sections:
  - title: {zh: 题, en: Questions}
    marks: 4
    items: [gallery.number]
"""


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["show", "gallery.nubmer"], "qbank: the item 'gallery.nubmer' is not known; did you mean 'gallery.number'?\n"),
        (["show", "none.yaml"], "qbank: there is no file none.yaml\n"),
        (["check", "none.yaml"], "qbank: there is no file none.yaml\n"),
        (["preview", "galery"], "qbank: the item or topic 'galery' is not known; did you mean 'gallery'?\n"),
        (["paper", "everithing", "-o", "quiz"],
         "qbank: the blueprint 'everithing' is not known; did you mean 'everything'?\n"),
        (["paper", "everything", "-o", "quiz", "--roster", "bad.csv"],
         f"qbank: bad.csv: no column of candidates' numbers; the columns are 'name', 'class'; {ID}\n"),
        (["paper", "everything", "-o", "quiz", "--forms", "A,A"],
         "qbank: 'A,A' does not name forms; write each, or codes such as A,B\n"),
        (["paper", "everything", "-o", "quiz", "--forms", "each"],
         "qbank: a form for each candidate needs a roster (--roster FILE); for named forms: --forms A,B\n"),
        (["paper", "odd", "-o", "quiz", "--bank", "bank"],
         ("qbank: the item 'gallery.number' is not known\n"
         "qbank: blueprint odd: total: is 5 marks, but the sections have 4\n"
         "  → change total: or the sections' marks\n")),
        (["list", "--bank", "none"], "qbank: there is no folder none; give the folder of your items with --bank\n"),
        (["paper", "everything", "-o", "bad.csv/quiz"],
         "qbank: {tmp}/bad.csv/quiz: cannot be written: bad.csv is a file\n"),
        (["paper", "everything", "-o", "bank"],
         "qbank: {tmp}/bank is not empty and contains no exam; choose another folder\n"),
        (["grade", "bank", "bad.csv"],
         "qbank: bank is not a sealed exam (it has no exam.yaml); 'qbank paper' makes one\n"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_what_cannot_be_done_is_said_in_full_and_leaves_nothing(
    run: Run, tmp_path: Path, arguments: list[str], expected: str
) -> None:
    (tmp_path / "bad.csv").write_text("name,class\nX,1\n", encoding="utf-8")
    (tmp_path / "bank/blueprints").mkdir(parents=True)
    (tmp_path / "bank/blueprints/odd.yaml").write_text(BAD_PLAN, encoding="utf-8")

    assert run(*arguments) == (2, "", expected.replace("{tmp}", str(tmp_path)))
    assert left(tmp_path) == ["bad.csv", "bank"]


def test_responses_for_an_unknown_candidate_are_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "class.csv").write_text(ROSTER, encoding="utf-8")
    run("paper", "everything", "-o", "quiz", "--roster", "class.csv", "--no-html", "--one-book")
    columns = "Q1.1-Q1.4,Q2,Q3"
    (tmp_path / "given.csv").write_text(f"candidate,{columns}\n2004,,,\n2001,,,\n", encoding="utf-8")

    code, out, err = run("grade", "quiz", "given.csv")

    assert (code, out) == (2, "")
    assert err.endswith(
        "given.csv, line 2: candidate '2004' is not known; did you mean '2003'?\n"
        "  → correct the number or delete the row\n"
    )
    assert "results" not in left(tmp_path / "quiz")


def test_an_exam_is_replaced_only_where_that_is_said_and_never_with_its_results(run: Run, tmp_path: Path) -> None:
    make = ("paper", "everything", "-o", "quiz", "--no-html", "--one-book")
    (tmp_path / "given.csv").write_text("candidate,Q9\n7,-10\n", encoding="utf-8")
    assert run(*make)[0] == 0

    again = run(*make)
    replaced = run(*make, "--replace")
    graded = run("grade", "quiz", "given.csv")
    lost = run(*make, "--replace")

    said = "choose another folder, or replace it (--replace)"
    assert again == (2, "", f"qbank: {tmp_path}/quiz already contains an exam; {said}\n")
    assert (replaced[0], graded[0]) == (0, 0)
    kept = "quiz.replaced-1 (the earlier exam; its keys belong to its printed papers)"
    assert replaced[1].splitlines()[0] == f"kept:        {tmp_path}/{kept}"
    assert lost == (
        2, "",
        (f"qbank: {tmp_path}/quiz already contains an exam that has results; move it away, or choose another "
         "folder\n"),
    )  # fmt: skip
    assert left(tmp_path) == ["given.csv", "quiz", "quiz.replaced-1"]
    assert "marks.csv" in left(tmp_path / "quiz/results")


def test_a_full_disk_leaves_nothing(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: Path, content: bytes, *, mode: int) -> None:
        if file.suffix == ".pdf":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(file))
        create(file, content, mode=mode)

    create = _trees.create
    monkeypatch.setattr(_trees, "create", full)

    code, out, err = run("paper", "everything", "-o", "quiz")

    assert (code, out) == (2, "")
    assert re.fullmatch(
        rf"qbank: {re.escape(str(tmp_path))}/quiz: the disk is full after \d\.\d MiB, and more is needed; nothing "
        r"was kept, and [\d.]+ MiB are free now; make room or choose another disk\n",
        err,
    )
    assert left(tmp_path) == []


def test_stopping_by_hand_leaves_nothing(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(paper, "printed", stopped)

    code, out, err = run("paper", "everything", "-o", "quiz")

    assert (code, out) == (130, "")
    assert err == "\nstopped; nothing was left half-written\n"
    assert left(tmp_path) == []


EACH = ("--forms", "each")
STOPPED = (130, -signal.SIGINT)
"""A shell says 130 of both: Python ends by the signal itself where that came while a class was being made."""


def test_a_signal_in_the_middle_of_printing_leaves_nothing(tmp_path: Path) -> None:
    rows = "".join(f"{seat},X,1\n" for seat in range(400))
    (tmp_path / "class.csv").write_text("id,name,class\n" + rows, encoding="utf-8")
    program = subprocess.Popen(
        [sys.executable, "-m", "qbank", "paper", "everything", "-o", "quiz", "--roster", "class.csv", *EACH],
        cwd=tmp_path, env={**os.environ, "QBANK_BANK": str(GALLERY)}, stderr=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True, start_new_session=True,
    )  # fmt: skip
    until = time.monotonic() + 30
    while len(left(tmp_path)) < 2 and time.monotonic() < until:
        time.sleep(0.02)
    time.sleep(0.4)
    os.killpg(program.pid, signal.SIGINT)
    _, err = program.communicate(timeout=30)

    assert err == "\nstopped; nothing was left half-written\n", "of each process"
    assert program.returncode in STOPPED
    assert left(tmp_path) == ["class.csv"]


def test_our_own_mistake_is_no_message_but_a_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr(paper, "printed", broken)

    with pytest.raises(ZeroDivisionError):
        run("paper", "everything", "-o", "quiz")


# --- looking -----------------------------------------------------------------------------------------------------


def test_items_are_listed_for_people_and_for_programs(run: Run) -> None:
    code, out, err = run("list", "gallery/networks", "--lang", "en")
    assert (code, err) == (0, "")
    assert out.splitlines()[0].split() == ["id", "topic", "level", "kinds", "marks", "title"]
    assert out.splitlines()[-1] == "5 items"
    assert [line.split()[0] for line in out.splitlines()[1:-1]] == [
        "gallery.matching", "gallery.set", "gallery.several", "gallery.shape", "gallery.vector",
    ]  # fmt: skip

    rows = [json.loads(line) for line in run("list", "--json", "--kind", "text", "--lang", "zh")[1].splitlines()]
    assert rows == [{"id": "gallery.blanks", "topic": "gallery/electronics", "level": 1, "kinds": ["text", "number"],
                     "status": "ready", "languages": ["zh", "en"], "tags": [], "author": "", "licence": "",
                     "reviewed": [], "title": "填空"}]  # fmt: skip


def test_an_item_is_shown_without_its_key_unless_that_is_asked(run: Run) -> None:
    _, asked, _ = run("show", "gallery.number", "--lang", "en", "--seed", "x", "--seat", "3")
    _, told, _ = run("show", "gallery.number", "--lang", "en", "--seed", "x", "--seat", "3", "--key")

    assert asked.splitlines()[0] == "gallery.number  Inverting amplifier  [gallery/electronics, level 1]"
    assert "the minus sign is missing" not in asked
    assert "the minus sign is missing" in told
    assert told.startswith(asked.splitlines()[0])


def test_a_preview_is_one_page(run: Run, tmp_path: Path) -> None:
    code, out, err = run("preview", "gallery.number", "gallery.truth_1", "-o", "look.html", "--variants", "2")

    assert (code, out, err) == (0, "open look.html in a browser\n", "")
    page = (tmp_path / "look.html").read_text(encoding="utf-8")
    assert page.startswith(("<!doctype html>", "<!DOCTYPE html>"))


def test_what_a_file_holds_is_shown_checked_and_printed_before_it_is_in_a_bank(run: Run) -> None:
    assert run("new", "item", "circuit.divider", "--topic", "gallery")[0] == 0
    assert run("new", "blueprint", "mytest", "--item", "gallery.number")[0] == 0

    code, out, _ = run("show", "circuit.divider.yaml", "--lang", "en", "--key")
    assert (code, out.partition("\n")[0]) == (0, "circuit.divider  Current in a series circuit  [gallery, level 1]")
    assert " mA\n" in out.rpartition("≈")[2]  # the worked line ends with the unit
    assert run("witness", "circuit.divider.yaml") == (0, "current: no witness: one step of Ohm's law\n", "")
    assert run("preview", "circuit.divider.yaml", "-o", "look.html") == (0, "open look.html in a browser\n", "")
    assert run("check", "mytest.yaml") == (0, "1 blueprint: 0 errors, 0 warnings\n", "")
    code, out, _ = run("paper", "mytest.yaml", "-o", "quiz")
    assert (code, out.splitlines()[1]) == (0, "1 form, no roster: write the name of every candidate into responses.csv")
    assert "exam.yaml" not in run("check", ".", "--seats", "20")[1]  # neither the blueprint nor the exam is an item


def test_a_blueprint_that_does_not_add_up_is_found_before_it_is_printed(run: Run, tmp_path: Path) -> None:
    run("new", "blueprint", "mytest", "--item", "gallery.number")
    plan = tmp_path / "mytest.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("total: 4", "total: 5"), encoding="utf-8")

    code, out, _ = run("check", "mytest.yaml")

    assert code == 1
    assert "total: is 5 marks, but the sections have 4\n  → change total: or the sections' marks" in out


def test_a_page_that_does_not_fit_leaves_what_was_there(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "look.html").write_text("before", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    assert run("preview", "gallery.number", "-o", "look.html", "--replace") == (
        2, "", "qbank: look.html: cannot be written: No space left on device; make room on the disk, then try again\n"
    )  # fmt: skip
    assert left(tmp_path) == ["look.html"]
    assert (tmp_path / "look.html").read_text(encoding="utf-8") == "before"


def test_a_bank_without_faults_is_found_sound(run: Run) -> None:
    assert run("check", "gallery.number", "gallery.chain", "--seats", "20")[0] == 0


def test_the_faults_of_a_bank_are_told_with_their_places(run: Run, tmp_path: Path) -> None:
    item = (GALLERY / "items/number.yaml").read_text(encoding="utf-8").replace("level: 1", "level: 7")
    (tmp_path / "bank").mkdir()
    (tmp_path / "bank/x.yaml").write_text(item, encoding="utf-8")

    code, out, err = run("check", "--bank", "bank")
    row = run("check", "--bank", "bank", "--format", "json")

    assert (code, err) == (1, "")
    assert "error: bank/x.yaml:6:8: $.level: '7' must be at most 5\n  level: 7\n         ^ [" in out
    assert row[0] == 1
    told = json.loads(row[1])["problems"][0]
    assert [told[name] for name in ("file", "line", "column", "item")] == ["bank/x.yaml", 6, 8, "gallery.number"]


@pytest.mark.parametrize("record", ["item", "blueprint"])
def test_a_schema_is_json_that_names_its_standard(run: Run, record: str) -> None:
    schema = json.loads(run("schema", "--of", record)[1])

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert {"id", "title"} <= set(schema["properties"])


# --- where it runs -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["list", "--lang", "zh"], 0), (["show", "gallery.choice", "--key", "--lang", "zh"], 0), (["show", "没有"], 2),
     (["--help"], 0)],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_without_a_locale_nothing_crashes_and_chinese_is_written_all_the_same(
    tmp_path: Path, arguments: list[str], code: int
) -> None:
    done = shell(*arguments, cwd=tmp_path, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")

    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert "�" not in done.stdout + done.stderr
    assert ("工作区" in done.stdout) == (arguments[0] in ("list", "show") and code == 0)


def test_a_reader_that_leaves_early_is_told_nothing(tmp_path: Path) -> None:
    """`qbank schema | head -1`"""
    program = subprocess.Popen(
        [sys.executable, "-m", "qbank", "schema"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.close()
    err = program.stderr.read()
    program.stderr.close()

    program.wait(30)
    assert err == b""
