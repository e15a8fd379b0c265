"""Several banks on the command line: which are meant, and every command that takes them."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest
from conftest import GALLERY, Run

OWN = """
id: own.sum
title: {zh: 求和, en: A sum}
topic: own
level: 1
author: Wang
licence: CC0-1.0
tags: [warm-up]
status: STATUS
reviewed: [{by: 李, on: 2026-01-05}]
stem: {zh: '一加一等于 [[two]]。', en: 'One and one is [[two]].'}
parts:
  - id: two
    answer: {kind: number, key: '2', tolerance: exact}
    witness: none
    because: so few
"""
PLAN = """
id: mixed
title: {zh: 混合, en: Mixed}
minutes: 10
total: 6
sections:
  - title: {zh: 题, en: Questions}
    marks: 6
    items: [{item: own.sum, marks: 1}, {file: more.yaml, marks: 1}, {item: gallery.number, marks: 4}]
"""


@pytest.fixture
def program(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The program in a folder with a bank of one's own, and no $QBANK_BANK."""
    monkeypatch.delenv("QBANK_BANK")
    folder = Path("own")
    (folder / "plans").mkdir(parents=True)
    for name, text in {
        "own/bank": "title: {zh: 自己的, en: Own}", "own/topics": "own: {zh: 自己的, en: Own}",
        "own/sum": OWN.replace("STATUS", "ready"), "mixed": PLAN,
        "more": OWN.replace("own.sum", "own.more").replace("STATUS", "ready"),
    }.items():  # fmt: skip
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")
    return run


BOTH = ("--bank", str(GALLERY), "--bank", "own")


def test_a_paper_of_two_banks_and_a_file_is_sealed_and_graded(program: Run) -> None:
    code, out, err = program("paper", "mixed.yaml", "-o", "exam", "--seed", "never on a sheet", *BOTH)
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "混合: 3 questions, 6 marks, 10 minutes"
    assert sorted(path.name for path in Path("exam/private/items").iterdir()) == [
        "gallery.number.yaml", "own.more.yaml", "own.sum.yaml",
    ]  # fmt: skip
    assert Path("exam/private/items/own.more.yaml").read_bytes() == Path("more.yaml").read_bytes()
    Path("more.yaml").unlink()
    Path("answers.csv").write_text("candidate,Q1,Q2,Q3\n1,2,2,\n", encoding="utf-8")

    assert program("grade", "exam", "answers.csv")[0] == 0
    marks = Path("exam/results/marks.csv").read_text(encoding="utf-8-sig")
    assert [row.split(",")[0] for row in marks.splitlines()[1:]] == ["1"]


def test_every_command_takes_several_banks(program: Run) -> None:
    for command in (
        ["list", "own", "gallery/networks"], ["show", "own.sum"], ["preview", "own.sum", "gallery.number"],
        ["check", "own.sum", "gallery.shape", "--seats", "5"], ["check", "mixed.yaml", "--seats", "5"],
        ["witness", "own.sum"], ["export", "gift", "own.sum", "gallery.number"],
    ):  # fmt: skip
        code, _, err = program(*command, *BOTH)
        assert (code, [line for line in err.splitlines() if not line.startswith(("lost", "open"))]) == (0, []), command


def test_an_item_of_the_second_bank_is_asked(program: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("2\n"))

    assert "得分 1 / 1  正确" in program("ask", "own.sum", "--lang", "zh", *BOTH)[1]


def test_the_shipped_bank_goes_by_its_name(program: Run) -> None:
    code, out, _ = program("list", "own", "electronics/opamp/inverting", "--bank", "shipped", "--bank", "own", "--json")

    assert code == 0
    assert [json.loads(line)["id"] for line in out.splitlines()][-1] == "own.sum"
    assert len(out.splitlines()) > 1


MEANT = [
    ((), "", ".", "electronics", "none named: the shipped one"),
    ((), "", "own", "own", "the one around the working folder"),
    ((), "", "own/plans", "own", "however deep"),
    ((), "GALLERY", "own", "gallery/electronics", "$QBANK_BANK before the one around"),
    ((), "GALLERY:own", ".", "gallery/electronics own", "several in $QBANK_BANK"),
    (("--bank", "."), "GALLERY", "own", "own", "what is named before everything else"),
]


@pytest.mark.parametrize(("options", "environment", "folder", "topics", "remark"), MEANT, ids=[row[4] for row in MEANT])
def test_which_bank_is_meant(
    program: Run, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], environment: str, folder: str,
    topics: str, remark: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("QBANK_BANK", environment.replace("GALLERY", str(GALLERY)).replace(":", os.pathsep))
    monkeypatch.chdir(folder)

    code, out, _ = program("list", "--json", *options)

    found = {json.loads(line)["topic"] for line in out.splitlines()}
    assert code == 0
    assert [any(each.startswith(topic) for each in found) for topic in topics.split()] == [True] * len(topics.split())
    assert ("own" in found) == ("own" in topics.split()), remark


def test_a_file_is_of_the_bank_that_it_lies_in(program: Run) -> None:
    code, out, _ = program("check", "own/sum.yaml", "--seats", "5")

    assert (code, out.splitlines()[-1]) == (0, "1 item: 0 errors, 1 warning"), "it has no solution"


REFUSED = [
    (("list", "--bank", "none"), "qbank: there is no folder none; give the folder of your items with --bank\n"),
    (("list", "--bank", "own", "--bank", "own/"), "qbank: the banks own and own are the same folder; name it once\n"),
    (("list", "--bank", "own", "--bank", "own/plans"),
     "qbank: the bank own/plans is inside the bank own; move it out, or name only one\n"),
    (("new", "bank", "own/inner"), "qbank: own/inner is inside the bank own; name a folder outside it\n"),
    (("new", "bank", "own"), "qbank: own is not empty; name a new folder\n"),
    (("new", "bank", "more.yaml"), "qbank: more.yaml is a file; name a new folder\n"),
    (("paper", "mixed.yaml", "-o", "exam", "--seed", "never on a sheet", "--bank", "own"),
     "qbank: the item 'gallery.number' is not known; the known ones are: own.more, own.sum\n"),
]  # fmt: skip


@pytest.mark.parametrize(("command", "message"), REFUSED, ids=[" ".join(row[0]) for row in REFUSED])
def test_what_cannot_be_opened_together_is_refused(program: Run, command: tuple[str, ...], message: str) -> None:
    assert program(*command) == (2, "", message)
    assert not Path("exam").exists()


def test_an_item_is_listed_by_tag_and_status_and_shown_with_what_is_kept_of_it(program: Run) -> None:
    (Path("own") / "draft.yaml").write_text(
        OWN.replace("STATUS", "draft").replace("own.sum", "own.draft").replace("warm-up", "hard"), encoding="utf-8"
    )

    def listed(*options: str) -> list[str]:
        rows = map(json.loads, program("list", "--json", "--bank", "own", *options)[1].splitlines())
        return [row["id"] for row in rows]

    assert listed() == ["own.draft", "own.sum"]
    assert listed("--tag", "hard") == ["own.draft"]
    assert listed("--tag", "hard", "--tag", "warm-up") == ["own.draft", "own.sum"]
    assert listed("--status", "ready") == ["own.sum"]
    assert listed("--tag", "hard", "--status", "ready") == []
    assert "求和 (draft)" in program("list", "--bank", "own", "--lang", "zh")[1]
    assert program("show", "own.draft", "--bank", "own", "--lang", "en")[1].splitlines()[:6] == [
        "own.draft  A sum  [own, level 1]", "status: draft", "tags: hard", "author: Wang", "licence: CC0-1.0",
        "reviewed: 李, 2026-01-05",
    ]  # fmt: skip


def test_a_newcomer_begins_in_an_empty_folder(program: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert program("new", "bank", "mine")[1].splitlines()[-1] == (
        "next:    cd mine, then  qbank check   and   qbank paper quiz -o exam/"
    )
    monkeypatch.chdir("mine")
    assert program("new", "item", "a.b")[0] == 0
    assert program("new", "blueprint", "two")[0] == 0
    code, out, _ = program("check", "--seats", "20")
    assert (code, out.splitlines()[-1]) == (0, "2 items: 0 errors, 1 warning"), "they are the same example"
    assert program("paper", "two", "-o", "exam", "--seed", "never on a sheet")[0] == 0
    assert program("check", "--seats", "20")[0] == 0, "the exam is no part of the bank"
