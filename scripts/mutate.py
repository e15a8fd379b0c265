"""Change one thing in a module that marks, run the tests that ran that line, and print what no test noticed.

`python scripts/mutate.py --count 200 --seed 1` takes that many of all changes by chance, the same for the same seed;
`python scripts/mutate.py numerals answers/_bands.py` takes them from those rooms or files alone. No file is written: a
change is made as the module is imported, in a process of its own. Changes that make no difference are in
tests/mutants.yaml with the reason, and are not printed again. It ends with 1 if a change survived that is not there.
"""

from __future__ import annotations

import argparse
import importlib.machinery
import os
import random
import re
import resource
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from types import CodeType
from unittest.mock import patch

import coverage
import pytest
import yaml
from _changes import ROOT, Change, changed, changes

KEPT = ROOT / "tests/mutants.yaml"
ROOMS = ("algebra", "answers", "formulas", "grading", "marking", "numerals", "regrading", "scales", "units")
TESTS = re.compile(
    r"test_(algebra|answers|band_edges|batches|checks_(?!command)|columns|entries|exact_constants|examiner|exams_kept|"
    r"explain|feedback|final_marks|fineness|formula|gift|grading|hostile|infinite|kinds|marking|marks|moodle\.|names|"
    r"numerals|one_language|passages|rationals|regrade|rests|review|scales|schema|shown_options|step_marks|tally|"
    r"two_parameter|units|variants|vectors|waist|words|written)"
)
PYTEST = ("-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", "-o", "addopts=")
LONGEST = 900.0
"""Seconds that the tests of one change may take: a change that makes a loop endless is noticed too."""
MEMORY = 8 << 30
"""Bytes that the tests of one change may take: a change may ask for an endless array."""
Ran = Mapping[str, Mapping[int, Set[str]]]


@dataclass(frozen=True, slots=True)
class _Contexts:
    """Names the test that is running, without its row, in what coverage measures."""

    measured: coverage.Coverage

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.measured.switch_context(nodeid.partition("[")[0])


def main() -> int:
    """Take the changes, try them, print the survivors that no reason is kept for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("rooms", nargs="*", default=ROOMS, help="such as numerals or answers/_bands.py; all that mark")
    asked.add_argument("--count", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--jobs", type=int, default=2)
    asked.add_argument("--measured", type=Path, help="a folder that keeps which test ran which line for the next run")
    given = asked.parse_args()
    os.chdir(ROOT)
    os.environ["CI"] = "1"  # Hypothesis draws the same examples for every change
    os.environ["PYTHONPATH"] = str(ROOT)
    for library in ("jinja2", "mpmath", "numpy", "pydantic", "re2"):
        import_module(library)  # once, and not in each process
    files = [file for room in given.rooms for file in sorted((ROOT / "qbank" / room).rglob("*.py"))]
    files += [file for room in given.rooms if (file := ROOT / "qbank" / room).is_file()]
    every = [change for file in files for change in changes(file.relative_to(ROOT).as_posix())]
    taken = random.Random(given.seed).sample(every, min(given.count, len(every)))
    with tempfile.TemporaryDirectory() as folder:
        ran = _ran(given.measured or Path(folder), given.jobs)
        known = frozenset(test for lines in ran.values() for tests in lines.values() for test in tests)
        tests = [_told(one, ran) or known for one in taken]
        first = [_nearest(each, known) for each in tests]
        codes = _ended([partial(_try, one, near) for one, near in zip(taken, first, strict=True)], given.jobs)
        left = [number for number, code in enumerate(codes) if code == 0 and tests[number] - first[number]]
        again = _ended([partial(_try, taken[number], tests[number] - first[number]) for number in left], given.jobs)
        for number, code in zip(left, again, strict=True):
            codes[number] = code
        if not {0, 1, 2, None}.issuperset(codes):
            sys.exit("pytest could not run the tests")
    reasons = {(one["file"], one["in"], one["was"], one["now"]) for one in yaml.safe_load(KEPT.read_text("utf-8"))}
    survived = [change for change, code in zip(taken, codes, strict=True) if code == 0]
    new = [one for one in survived if (one.file, one.within, one.was, one.now) not in reasons]
    for one in sorted(new, key=lambda one: (one.file, one.first)):
        record = {"file": one.file, "in": one.within, "was": one.was, "now": one.now, "line": one.first}
        print(yaml.safe_dump([record], allow_unicode=True, sort_keys=False, width=1000), end="")
    print(f"{len(taken)} of {len(every)} changes: {len(taken) - len(survived)} noticed, {codes.count(None)} of them by "
          f"time; {len(survived) - len(new)} make no difference, {len(new)} survived")  # fmt: skip
    return int(bool(new))


def _ran(folder: Path, jobs: int) -> Ran:
    """Which tests ran each line of each file: {file: {line: tests}}, measured once unless the folder has them."""
    tests = sorted(str(test.relative_to(ROOT)) for test in (ROOT / "tests").glob("test_*.py") if TESTS.match(test.name))
    if not list(folder.glob("lines.*")):
        print(f"measuring which tests of {len(tests)} files run which line", file=sys.stderr)
        if any(_ended([partial(_measure, folder, tests[part::jobs]) for part in range(jobs)], jobs, longest=3600)):
            sys.exit("the tests do not pass as the program is")
    ran: defaultdict[str, defaultdict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for file in folder.glob("lines.*"):
        lines = coverage.CoverageData(str(file))
        lines.read()
        for measured in lines.measured_files():
            for line, contexts in lines.contexts_by_lineno(measured).items():
                ran[Path(measured).relative_to(ROOT).as_posix()][line].update(filter(None, contexts))
    return ran


def _measure(folder: Path, tests: Sequence[str]) -> int:
    lines = coverage.Coverage(data_file=folder / f"lines.{os.getpid()}", source=["qbank"], config_file=False)
    lines.start()
    code = pytest.main([*PYTEST, *tests], plugins=[_Contexts(lines)])
    lines.stop()
    lines.save()
    return int(code)


def _told(change: Change, ran: Ran) -> Set[str]:
    """The tests that ran the changed lines; those that ran the file where they run as it is imported; or none."""
    lines = ran.get(change.file, {})
    for first, last in ((change.first, change.last), change.body, (0, sys.maxsize)):
        tests = {test for line, tests in lines.items() if first <= line <= last for test in tests}
        if tests:
            return tests
    return frozenset()


def _nearest(tests: Set[str], known: Set[str]) -> Set[str]:
    """The tests of the three files that have most of their tests among these: they are about the changed line."""
    each, among = Counter(map(_file, known)), Counter(map(_file, tests))
    near = sorted(among, key=lambda file: (-among[file] / each[file], file))[:3]
    return {test for test in tests if _file(test) in near}


def _file(test: str) -> str:
    return test.partition("::")[0]


def _try(change: Change, tests: Set[str]) -> int:
    """The exit code of the tests with the change made, which is 0 if none of them noticed."""
    module = change.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    code, as_written = changed(change), importlib.machinery.SourceFileLoader.get_code

    def get_code(self: importlib.machinery.SourceFileLoader, name: str) -> CodeType | None:
        return code if name == module else as_written(self, name)

    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    with patch.object(importlib.machinery.SourceFileLoader, "get_code", get_code):
        return int(pytest.main([*PYTEST, *sorted(tests)]))


def _ended(tries: Sequence[Callable[[], int]], jobs: int, longest: float = LONGEST) -> list[int | None]:
    """The exit code of each, run in a process of its own, so many at a time; None for one that was stopped."""
    codes: list[int | None] = [None] * len(tries)
    running: dict[int, tuple[int, float]] = {}
    waiting = deque(enumerate(tries))
    while waiting or running:
        while waiting and len(running) < jobs:
            number, attempt = waiting.popleft()
            running[_forked(attempt)] = number, time.monotonic() + longest
        time.sleep(0.05)
        for child, (number, until) in list(running.items()):
            if time.monotonic() > until:
                os.killpg(child, signal.SIGKILL)
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                codes[number] = os.WEXITSTATUS(status) if os.WIFEXITED(status) else None
                del running[child]
                print(f"{len(tries) - len(waiting) - len(running)} of {len(tries)}", end="\r", file=sys.stderr)
    return codes


def _forked(attempt: Callable[[], int]) -> int:
    child = os.fork()
    if child:
        return child
    code = 3
    try:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        os.dup2(2, 1)
        code = attempt()
    finally:
        sys.stdout.flush()
        os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
