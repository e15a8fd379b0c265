"""A nation's examination: answers graded a second from Parquet to the results, and the memory that it takes.

The exam has ten questions and four named forms; who had which, the responses say. Every size is graded by a process of
its own, `qbank grade`, whose memory the kernel counts; its peer is Polars, reading the same table and writing it again.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.measure import Row
from qbank import answers, bank, papers, resources, store
from qbank.papers import Exam

SIZES = tuple(int(float(size)) for size in os.environ.get("QBANK_BENCHMARK_NATION", "1e3 1e4 1e5 1e6").split())
WATCH = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
PIECE = 250_000
"""The candidates whose responses are made at once."""
BLANK, UNREADABLE, RIGHT, OTHER = 0.03, 0.01, 0.6, 0.1
"""How often an answer is nothing, cannot be read, is right, or is a number that nobody foresaw."""
BLUEPRINT = """\
id: nation
title: {zh: 全国统一考试, en: A nation's examination}
minutes: 60
total: 21
sections:
  - title: {zh: 判断, en: True or false}
    marks: 3
    items:
      - {draw: 3, topic: electronics/opamp, kind: truth}
  - title: {zh: 选择, en: Choice}
    marks: 6
    items:
      - {draw: 3, topic: electronics/opamp, kind: choice, level: [1, 2]}
  - title: {zh: 填空, en: Numbers}
    marks: 12
    items:
      - {draw: 1, topic: electronics/opamp/inverting, kind: number, level: [1, 2], marks: 3}
      - {draw: 1, topic: electronics/opamp/noninverting, kind: number, level: [1, 3], marks: 3}
      - {draw: 1, topic: electronics/opamp/summing, kind: number, level: [2, 4], marks: 3}
      - {draw: 1, topic: electronics/opamp/difference, kind: number, level: [2, 3], marks: 3}
"""


def rows() -> list[Row]:
    """Classes of a thousand to a million candidates."""
    with tempfile.TemporaryDirectory() as room:
        exam = _exam(Path(room))
        return [row for size in SIZES for row in _graded(exam, Path(room), size)]


def _graded(exam: Exam, room: Path, size: int) -> Iterator[Row]:
    path, cells = room / f"{size}.parquet", size * len(exam.columns())
    _respond(exam, path, size)
    begun = time.perf_counter()
    pl.scan_parquet(path).sink_parquet(room / "again.parquet")
    peer = time.perf_counter() - begun
    begun = time.perf_counter()
    busy, peak = _used([sys.executable, "-m", "qbank", "grade", str(room / "exam"), str(path)])
    seconds = time.perf_counter() - begun
    what = f"{size:,} candidates × {len(exam.columns())} answers graded"
    yield Row(what, cells / seconds / 1e6, "M/s", "Polars, read and written", peer / seconds, "≥ 2 M/s of 1e6 on")
    yield Row("the same by processor time", cells / busy / 1e6, "M/s", "", float("nan"), "")
    yield Row(f"memory of {size:,} candidates", peak, "MiB", "", float("nan"), "≤ 400 MiB")
    path.unlink()


def _used(command: list[str]) -> tuple[float, float]:
    """The processor seconds of a command and the most memory in MiB, by the kernel's own count of them.

    A small process starts it: the kernel counts what the starting process holds as well. Raises CalledProcessError
    when it fails.
    """
    told = subprocess.run([sys.executable, "-c", WATCH, *command], check=True, capture_output=True, text=True).stdout
    seconds, peak = told.split()[-2:]
    return float(seconds), float(peak) / 1024


def _exam(room: Path) -> Exam:
    """The exam, sealed in the room."""
    (room / "bank/blueprints").mkdir(parents=True)
    (room / "bank/blueprints/nation.yaml").write_text(BLUEPRINT, encoding="utf-8")
    source = bank.load(room / "bank", resources.folder("questions"))
    exam = papers.compose(source.blueprint("nation"), source, seed="benchmark", forms=("A", "B", "C", "D"))
    store.seal(room / "exam", store.chained({"exam": exam.id}, papers.files(exam)))
    return exam


def _respond(exam: Exam, path: Path, size: int) -> None:
    """The responses of so many candidates: right and wrong ones as they are foreseen, numbers, blanks, nonsense."""
    rng, pieces = np.random.default_rng(1), []
    for start in range(0, size, PIECE):
        count = min(PIECE, size - start)
        forms = rng.integers(0, len(exam.forms), count)
        columns = {
            "candidate": pl.Series(np.arange(start, start + count) + 10_000_000).cast(pl.String),
            "form": pl.Series(exam.forms).gather(forms),
            **{name: _column(exam, name, forms, rng) for name in exam.columns()},
        }
        pieces.append(path.with_name(f"piece-{start}.parquet"))
        pl.DataFrame(columns).write_parquet(pieces[-1])
    pl.scan_parquet(pieces).sink_parquet(path)
    for piece in pieces:
        piece.unlink()


def _column(exam: Exam, name: str, forms: np.ndarray[tuple[int], np.dtype[np.int64]], rng: np.random.Generator
            ) -> pl.Series:  # fmt: skip
    """What the candidates with these forms wrote to a part."""
    placed, part, _ = exam.columns()[name]
    kind, drawn = answers.kind_of(part.kind), exam.drawn[placed.item.id]
    key, arrangement = drawn.keys[part.id], drawn.arrangements[part.id]
    junk = [text for text in kind.unreadable(part.answer) if len(text) < 40]
    numbers = [f"{value:.2f}" for value in rng.normal(0, 40, 2000)]
    texts: list[str] = ["", *junk, *numbers]
    ends = {"junk": (1, len(junk)), "number": (1 + len(junk), len(numbers))}
    spans = np.zeros((2, len(exam.forms), 2), dtype=np.int64)
    for form in range(len(exam.forms)):
        right = kind.spellings(part.answer, key, arrangement, form)
        wrong = [text for text, _ in kind.wrong(part.answer, key, arrangement, form)] or [""]
        for place, found in enumerate((right, wrong)):
            spans[place, form] = len(texts), len(found)
            texts += found
    luck, draw = rng.random(len(forms)), rng.random(len(forms))
    start, length = spans[(luck > RIGHT).astype(int), forms].T
    for share, which in ((BLANK + UNREADABLE + OTHER, "number"), (BLANK + UNREADABLE, "junk")):
        if part.kind == "number" or which == "junk":
            start, length = (np.where(luck > 1 - share, new, old) for new, old in
                             zip(ends[which], (start, length), strict=True))  # fmt: skip
    start, length = (np.where(luck > 1 - BLANK, new, old) for new, old in zip((0, 1), (start, length), strict=True))
    return pl.Series(texts).gather(start + (draw * length).astype(np.int64))
