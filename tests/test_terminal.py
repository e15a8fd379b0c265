"""What is printed in a terminal: no line wider than it, nothing broken that belongs together, columns in line."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios

import pytest
from conftest import GALLERY
from hypothesis import given
from hypothesis import strategies as st

from qbank.cli._terminal import Column, cells, tabled, wrapped

WORDS = st.text("abcXYZ019._-/μΩ", min_size=1, max_size=18)
HAN = st.text("反相比例运算电路的增益，。（）", min_size=1, max_size=40)
TEXTS = st.lists(WORDS | HAN, min_size=1, max_size=12).map(" ".join)
ROOMS = st.sampled_from([60, 80, 120])


@given(TEXTS, ROOMS)
def test_no_line_is_wider_than_the_terminal(text: str, room: int) -> None:
    assert max(map(cells, wrapped(text, room))) <= room


@given(TEXTS, ROOMS)
def test_nothing_is_lost_or_added_but_white_space(text: str, room: int) -> None:
    assert "".join("".join(wrapped(text, room)).split()) == "".join(text.split())


@given(st.lists(WORDS, min_size=1, max_size=30), ROOMS)
def test_no_word_is_broken(words: list[str], room: int) -> None:
    assert " ".join(wrapped(" ".join(words), room)).split() == words


@given(HAN, st.integers(20, 60))
def test_no_line_but_the_first_begins_with_a_closing_sign(text: str, room: int) -> None:
    assert not [line for line in wrapped(text, room)[1:] if line.strip()[:1] in "，。）"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("fits", ["fits"]),
        ("a line that goes on for some time", ["a line that goes on", "    for some time"]),
        ("  A. an option that goes on and on", ["  A. an option that", "     goes on and on"]),  # under its text
        ("(1) a part that goes on and on", ["(1) a part that goes", "    on and on"]),
        ("    s: 2*a + a name that is long\n       ~~^", ["    s: 2*a + a name that is long", "       ~~^"]),  # kept
        ("exam/results/feedback/2001.html", ["exam/results/feedback/2001.html"]),  # a path stays whole
        ("", [""]),
    ],
)
def test_a_line_goes_on_under_its_beginning(text: str, lines: list[str]) -> None:
    assert wrapped(text, 20) == lines


COLUMNS = (Column("id"), Column("marks", right=True), Column("title", wraps=True))
ROWS = st.lists(st.tuples(WORDS, st.integers(0, 999).map(str), TEXTS), min_size=1, max_size=6)


@given(ROWS, ROOMS)
def test_a_table_keeps_to_the_terminal_and_its_ids_whole(rows: list[tuple[str, ...]], room: int) -> None:
    lines = list(tabled(COLUMNS, rows, room))

    assert max(map(cells, lines)) <= room
    assert [row[0] for row in rows if not any(line.startswith(row[0]) for line in lines)] == []


@given(ROWS)
def test_a_pipe_gets_a_line_a_row(rows: list[tuple[str, ...]]) -> None:
    assert len(list(tabled(COLUMNS, rows, None))) == 1 + len(rows)


@pytest.mark.parametrize(
    ("room", "lines"),
    [
        (40, ["id           marks  title", "opamp.gain       3  反相比例电路", "bjt.ce.gain     12  gain of a stage"]),
        (36, ["id           marks  title", "opamp.gain       3  反相比例电路", "bjt.ce.gain     12  gain of a stage"]),
        (32, ["opamp.gain  反相比例电路", "    marks 3", "bjt.ce.gain  gain of a stage", "    marks 12"]),
        (24, ["opamp.gain  反相比例电路", "    marks 3", "bjt.ce.gain  gain of a", "    stage", "    marks 12"]),
    ],
)
def test_a_table_that_does_not_fit_is_told_row_by_row(room: int, lines: list[str]) -> None:
    rows = [("opamp.gain", "3", "反相比例电路"), ("bjt.ce.gain", "12", "gain of a stage")]

    assert list(tabled(COLUMNS, rows, room)) == lines


def on_a_terminal(width: int, *arguments: str, env: dict[str, str] | None = None) -> str:
    """What the program prints on a terminal so many columns wide."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    around = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    with subprocess.Popen([sys.executable, "-m", "qbank", *arguments], stdin=subprocess.DEVNULL, stdout=theirs,
                          stderr=theirs, env=around | (env or {})):  # fmt: skip
        os.close(theirs)
        said = b""
        while piece := _read(ours):
            said += piece
    os.close(ours)
    return said.decode("utf-8", "replace").replace("\r\n", "\n")


def _read(end: int) -> bytes:
    try:
        return os.read(end, 65536)
    except OSError:  # how Linux tells that the other end is closed
        return b""


BANK = ("--bank", str(GALLERY))


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize(
    "arguments",
    [
        ("list", *BANK),
        ("coverage", *BANK, "--lang", "zh"),
        ("show", "gallery.choice", "--key", *BANK),
        ("show", "gallery.chain", "--key", "--lang", "en", *BANK),
        ("ask", "gallery.chain", *BANK),
        ("--help",),
        ("paper", "--help"),
        ("new", "--help"),
    ],
    ids=" ".join,
)
def test_a_command_keeps_to_the_terminal(arguments: tuple[str, ...], width: int) -> None:
    said = on_a_terminal(width, *arguments).splitlines()

    assert said
    assert [line for line in said if cells(line) > width] == []


def test_parts_are_asked_for_as_the_sheet_calls_them() -> None:
    said = on_a_terminal(80, "ask", "gallery.chain", "--lang", "en", *BANK)

    assert "(1) answer:" in said
    assert "p answer:" not in said
