"""Starting: commands cold and known, against importing click and yaml; opening an exam, and two banks."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Row, best, command
from qbank import bank, intake, papers, resources, store
from qbank.actions import grade as actions
from qbank.actions import new, simulate
from qbank.actions.make_paper import make_paper

CLASS = 200
FEW = 30
IMPORTS = "import click, yaml"
ITEM = "opamp.inverting.gain"


def rows() -> list[Row]:
    """Commands as users give them, and what they begin with."""
    seconds, imports = command(["-m", "qbank", "--help"], ["-c", IMPORTS])
    table = [Row("qbank --help", seconds * 1000, "ms", IMPORTS, seconds / imports, "≤ 2")]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        source = bank.load(resources.folder("questions"))
        exams = {}
        for count in (FEW, CLASS):
            candidates = simulate.roster(count, "benchmark")
            exam = make_paper(
                source, "electronics-final", home / f"{count}", candidates=candidates, forms="A,B", web_pages=0
            ).exam
            exams[count] = exam
            intake.write(home / f"{count}.csv", simulate.responses(exam, "benchmark"))
        actions.grade(home / f"{FEW}", home / f"{FEW}.csv")
        own = {"XDG_CACHE_HOME": str(home / "cache"), "QBANK_CACHE": "", "PYTHONDONTWRITEBYTECODE": ""}
        before = {name: os.environ.get(name) for name in own}
        os.environ.update(own)
        try:
            table += _commands(home, exams[FEW])
            table.append(_class(home, exams[CLASS]))
        finally:
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})
        opening = _opening(home / f"{CLASS}")
    return [*table, opening, _two_banks()]


def _commands(home: Path, exam: papers.Exam) -> Iterator[Row]:
    """Each command where nothing is known, and where it was given before."""
    found = next(path for path in resources.folder("questions").rglob(f"{ITEM}.yaml"))
    graded = str(home / f"{FEW}")
    who, what = exam.candidates[0].id, next(iter(exam.columns()))
    told = {
        "list": (["list"], 6), "show ITEM": (["show", ITEM], 6), "ask ITEM": (["ask", ITEM], 6),
        f"explain, {FEW} candidates": (["explain", graded, who, what], 6), "check ITEM": (["check", ITEM], 6),
        "check FILE": (["check", str(found)], 6),
        f"grade --dry-run, {FEW} candidates": (["grade", graded, str(home / f"{FEW}.csv"), "--dry-run"], 10),
        f"grade, {FEW} candidates": (["grade", graded, str(home / f"{FEW}.csv")], 20),
    }  # fmt: skip
    for name, (words, most) in told.items():
        arguments = ["-m", "qbank", *words]
        shutil.rmtree(home / "cache", ignore_errors=True)
        seconds, imports = command(arguments, ["-c", IMPORTS], 1)
        yield Row(f"qbank {name}: cold", seconds * 1000, "ms", IMPORTS, seconds / imports, "")
        seconds, imports = command(arguments, ["-c", IMPORTS], 7)
        yield Row(f"qbank {name}: known", seconds * 1000, "ms", IMPORTS, seconds / imports, f"≤ {most}")


def _class(home: Path, exam: papers.Exam) -> Row:
    """A class that is graded again."""
    arguments = ["-m", "qbank", "grade", str(home / f"{CLASS}"), str(home / f"{CLASS}.csv"), "--dry-run"]
    seconds, imports = command(arguments, ["-c", IMPORTS], 3)
    what = f"qbank grade: {CLASS} candidates × {len(exam.columns())} answers"
    return Row(what, seconds * 1000, "ms", IMPORTS, seconds / imports, "≤ 600 ms")


def _two_banks() -> Row:
    """The shipped bank and a small one beside it against the shipped one alone."""
    shipped = resources.folder("questions")
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "own"
        new.bank(own)
        seconds, peer = best(lambda: bank.load(shipped, own), lambda: bank.load(shipped), 7)
    return Row("loading two banks", seconds * 1000, "ms", "the shipped one alone", seconds / peer, "≤ 1.2 ×")


def _opening(folder: Path) -> Row:
    """Checking the seal of an exam against reading and hashing its private files."""

    def plain() -> None:
        for file in (folder / "private").rglob("*.*"):
            hashlib.sha256(file.read_bytes()).digest()

    seconds, peer = best(lambda: store.opened(folder), plain, 15)
    what = f"opening a sealed exam of {CLASS} candidates"
    return Row(what, seconds * 1000, "ms", "read and hash private/", seconds / peer, "≤ 30 ms")
