"""Files that a person names: nothing that may be somebody's work is written over, whichever command it is."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from qbank import cli
from qbank.model import Refused

GALLERY = Path(__file__).parent / "gallery"
EXAM = Path(__file__).parent / "exams/format-2"

COMMANDS: dict[str, tuple[str, ...]] = {
    "marks.csv": ("marks", "{exam}", "-o"),
    "marks.xlsx": ("marks", "{exam}", "-o"),
    "filled.csv": ("marks", "{exam}", "--into", "{into}", "-o"),
    "grades.csv": ("export", "canvas_grades", "{exam}", "-o"),
    "items.xml": ("export", "moodle", "gallery.number", "-n", "1", "--seed", "s", "--bank", str(GALLERY), "-o"),
    "losses.json": ("export", "gift", "gallery.number", "-n", "1", "--seed", "s", "--bank", str(GALLERY), "-o",
                    "{own}", "--losses"),
    "list.csv": ("review", "{exam}", "-o"),
    "list.xlsx": ("review", "{exam}", "-o"),
    "preview.html": ("preview", "gallery.number", "--bank", str(GALLERY), "-o"),
    "check.html": ("check", "gallery.number", "--seats", "2", "--no-cache", "--bank", str(GALLERY), "--html"),
    "feedback.zip": ("feedback", "{exam}", "--zip"),
}  # fmt: skip
"""The commands that write a file that the person names, with a name for it."""


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(EXAM, tmp_path_factory.mktemp("deliver") / "exam"))


@pytest.fixture
def told(exam: Path, tmp_path: Path) -> Callable[..., str]:
    """Runs a command for a file, and gives why it was refused; nothing where it was not."""
    into = tmp_path / "department.csv"
    into.write_text("学号,姓名,成绩\n1,甲,\n", encoding="utf-8")

    def run(name: str, path: Path, *more: str) -> str:
        words = [each.format(exam=exam, into=into, own=tmp_path / "own.txt") for each in COMMANDS[name]]
        done = CliRunner().invoke(cli.group, [*words, str(path), *more])
        if isinstance(done.exception, Refused):
            return str(done.exception)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return ""

    return run


@pytest.mark.parametrize("name", COMMANDS)
def test_a_file_that_may_be_somebodys_work_is_written_over_only_with_replace(
    name: str, told: Callable[..., str], tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(b"mine")

    assert told(name, path) == (
        f"{path} already exists, and may be somebody's work\n  → name another file, or replace this one (--replace)"
    )
    assert path.read_bytes() == b"mine"
    assert told(name, path, "--replace") == ""
    assert path.read_bytes() != b"mine"


@pytest.mark.parametrize("name", ["preview.html", "check.html", "list.csv", "list.xlsx", "items.xml", "grades.csv"])
def test_what_qbank_made_and_nobody_filled_in_gives_way(name: str, told: Callable[..., str], tmp_path: Path) -> None:
    path = tmp_path / name
    assert (told(name, path), told(name, path)) == ("", ""), "a page, an empty list, the same bytes"


@pytest.mark.parametrize("place", ["folder", "pipe", "socket", "device"])
def test_what_is_no_file_is_never_written_over(place: str, told: Callable[..., str], tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    match place:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "socket":
            with socket.socket(socket.AF_UNIX) as own:
                own.bind(os.fspath(path))
        case _:
            path.symlink_to(os.devnull)
    before = path.stat().st_mode

    said = told("filled.csv", path, "--replace") if place != "folder" else told("list.csv", path, "--replace")
    assert f"{path} is a {place}, not a file" in said or (place == "folder" and not said), "click refuses a folder"
    assert path.stat().st_mode == before
    assert Path(os.devnull).is_char_device()


@pytest.mark.parametrize("own", ["exam.yaml", "responses.csv", "results/marks.csv", "results/new.csv", "roll.jsonl",
                                 "private/marks.csv", "sheets/marks.csv"])  # fmt: skip
def test_no_file_of_an_exam_is_written_by_name(own: str, told: Callable[..., str], exam: Path) -> None:
    path = exam / own
    before = path.read_bytes() if path.exists() else None
    assert f"{path} is among the files of the exam" in told("feedback.zip", path, "--replace")
    assert (path.read_bytes() if path.exists() else None) == before


def test_a_file_beside_the_exams_own_and_the_aim_of_a_link_are_written(
    told: Callable[..., str], exam: Path, tmp_path: Path
) -> None:
    assert told("marks.csv", exam / "final.csv", "--replace") == ""
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "aim.csv")
    assert told("marks.csv", link) == ""
    assert link.is_symlink()
    assert (tmp_path / "aim.csv").read_bytes() == (exam / "final.csv").read_bytes()
