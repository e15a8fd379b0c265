"""Starting: the help and grading a class as commands; opening an exam, and two banks."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from benchmarks.measure import Row, best, command
from qbank import bank, intake, resources, store
from qbank.actions import new, simulate
from qbank.actions.make_paper import make_paper

CLASS = 200
IMPORTS = "import click, yaml"


def rows() -> list[Row]:
    """`qbank --help` and `qbank grade` against importing click and yaml."""
    seconds, imports = command(["-m", "qbank", "--help"], ["-c", IMPORTS])
    table = [Row("qbank --help", seconds * 1000, "ms", IMPORTS, seconds / imports, "≤ 2")]
    with tempfile.TemporaryDirectory() as folder:
        exam_folder, responses = Path(folder) / "exam", Path(folder) / "responses.csv"
        source, candidates = bank.load(resources.folder("questions")), simulate.roster(CLASS, "benchmark")
        exam = make_paper(
            source, "electronics-final", exam_folder, candidates=candidates, forms="A,B", web_pages=0
        ).exam
        intake.write(responses, simulate.responses(exam, "benchmark"))
        arguments = ["-m", "qbank", "grade", str(exam_folder), str(responses), "--dry-run"]
        seconds, imports = command(arguments, ["-c", IMPORTS], 3)
        opening = _opening(exam_folder)
        parts = len(exam.columns())
    what = f"qbank grade: {CLASS} candidates × {parts} answers"
    return [*table, Row(what, seconds * 1000, "ms", IMPORTS, seconds / imports, "≤ 600 ms"), opening, _two_banks()]


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
