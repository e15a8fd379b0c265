"""Runs that are killed and runs that race, on a real exam folder: a few rounds of each (see `exam_loops.py`)."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

if not hasattr(os, "fork"):
    pytest.skip("runs are forked", allow_module_level=True)

import exam_loops  # it needs what Windows has not
from sat_exam import digest


def test_a_run_that_is_killed_loses_nothing_and_the_next_one_works(tmp_path: Path) -> None:
    """Each writing command, killed before changes that it makes to the folder."""
    told = list(exam_loops.kills(6, tmp_path.resolve() / "loop", chance=random.Random(7)))

    assert len(told) == 6


def test_runs_at_the_same_time_leave_one_whole_exam(tmp_path: Path) -> None:
    assert list(exam_loops.races(1, tmp_path.resolve() / "loop")) == ["papers_race 1", "results_race 1"]


def test_a_disk_that_is_full_keeps_everything_as_it_was(tmp_path: Path) -> None:
    root = exam_loops.prepared(tmp_path.resolve() / "loop")
    before = digest(root / "quiz")
    for command in (
        ("grade", "quiz", "other.csv"), ("feedback", "quiz"), ("paper", "two.yaml", "-o", "new", "--no-html"),
        ("regrade", "quiz", "--with", "fixed.yaml", "--by", "Wang", "--write"),
    ):  # fmt: skip
        done = exam_loops.run(root, *command, room=4000)
        assert (done.code, "the disk is full" in done.said) == (2, True), done
        assert digest(root / "quiz") == before
    exam_loops.tidy(root)
    (root / "verdicts.csv").write_text(f"candidate,part,marks,comment\n1,Q2,3,{'why ' * 500}\n", encoding="utf-8")
    done = exam_loops.run(root, "review", "quiz", "--read", "verdicts.csv", "--by", "Wang", room=1000)
    assert (done.code, "the disk is full; nothing was written" in done.said) == (2, True), done
    assert digest(root / "quiz") == before
