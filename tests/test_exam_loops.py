"""Runs that are killed and runs that race, on a real exam folder: a few rounds of each (see `exam_loops.py`)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

LOOPS = Path(__file__).with_name("exam_loops.py")

if not hasattr(os, "fork"):
    pytest.skip("runs are forked", allow_module_level=True)


@pytest.mark.parametrize(
    ("loop", "count", "rounds"),
    [
        ("some-kills", 8, 8),  # each writing command, killed before a change that it makes to the folder
        ("races", 1, 2),  # runs at the same time leave one whole exam
        ("full", 1, 5),  # a disk that is full keeps everything as it was
    ],
)
def test_nothing_is_lost(loop: str, count: int, rounds: int) -> None:
    """In a process of its own: a fork of one that has used Polars or Typst would wait for their threads for ever."""
    done = subprocess.run(
        [sys.executable, LOOPS, loop, str(count)], capture_output=True, text=True, timeout=600, check=False
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == f"{rounds} rounds; nothing was lost"
