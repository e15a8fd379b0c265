"""Timing two things in one run: the best of several turns each, taken alternately, and their ratio."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was done, how fast, against what, and the limit that was set for it."""

    what: str
    rate: float
    unit: str
    peer: str
    ratio: float
    target: str


def best(work: Callable[[], object], peer: Callable[[], object], turns: int = 5) -> tuple[float, float]:
    """The shortest seconds of the work and of its peer, turn about."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(turns):
        for each, taken in zip((work, peer), seconds, strict=True):
            start = time.perf_counter()
            each()
            taken.append(time.perf_counter() - start)
    return min(seconds[0]), min(seconds[1])


def command(arguments: list[str], peer: list[str], turns: int = 5) -> tuple[float, float]:
    """The shortest seconds of a command and of its peer, each in a fresh process of this Python."""

    def run(words: list[str]) -> Callable[[], object]:
        nothing = subprocess.DEVNULL
        return lambda: subprocess.run([sys.executable, *words], check=True, capture_output=True, stdin=nothing)

    return best(run(arguments), run(peer), turns)


def peak() -> float:
    """The most memory that this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def markdown(rows: list[Row]) -> str:
    """The rows as a table of Markdown, as a page of the manual shows them."""
    lines = ["| what | rate | against | ratio | target |", "| --- | ---: | --- | ---: | --- |"]
    lines += [f"| {r.what} | {r.rate:,.1f} {r.unit} | {r.peer} | {r.ratio:.2f} | {r.target} |" for r in rows]
    return "\n".join(lines)


def table(rows: list[Row]) -> str:
    """The rows as text."""
    lines = [f"{'what':58} {'rate':>16}  {'against':34} {'ratio':>7}  target"]
    lines += [f"{r.what:58} {r.rate:>9,.1f} {r.unit:6}  {r.peer:34} {r.ratio:>7.2f}  {r.target}" for r in rows]
    return "\n".join(lines)
