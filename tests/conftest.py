"""What several tests share: the gallery, a small bank with every kind of answer, and one exam made from it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from qbank import bank, cli, papers
from qbank.bank import Bank
from qbank.model import Candidate
from qbank.papers import Exam

os.environ.setdefault("OPENPYXL_LXML", "False")  # as intake says before it imports openpyxl, whoever is first here
os.environ["QBANK_CACHE"] = "off"  # what a test finds is read from files; tests of the cache switch it on
os.environ["LANGUAGE"] = "en"  # what is asserted of messages is their English
settings.register_profile("qbank", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("qbank")

GALLERY = Path(__file__).parent / "gallery"
CLASS = (Candidate("2001", "张三", "一班"), Candidate("2002", "李四", "一班"), Candidate("2003", "O'Hara", "二班"))
Run = Callable[..., tuple[int, str, str]]
SEED = "never on a sheet 4b1d"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that lets the program speak another language leaves it to the next as it was."""
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.fixture(scope="session")
def gallery() -> Bank:
    """The gallery, which has no problems."""
    loaded = bank.load(GALLERY)
    assert loaded.problems == ()
    return loaded


@pytest.fixture(scope="session")
def exam(gallery: Bank) -> Exam:
    """The paper with one item of every kind, in both languages, in forms A and B for three candidates."""
    return papers.compose(
        gallery.blueprint("everything"), gallery, seed=SEED, candidates=CLASS, forms=("A", "B"), langs=("zh", "en")
    )


@pytest.fixture
def run(
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Runs the program in an empty folder on the gallery: (exit code, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QBANK_BANK", str(GALLERY))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))

    def program(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["qbank", *arguments])
        try:
            cli.main()
            code = 0
        except SystemExit as leave:
            code = leave.code if isinstance(leave.code, int) else 0 if leave.code is None else 1
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return program
