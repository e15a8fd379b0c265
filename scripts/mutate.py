"""Change one thing in a module that marks, run the tests that ran that line, and print what no test noticed.

`python scripts/mutate.py --count 200 --seed 1` takes that many of all changes by chance, the same for the same seed;
`python scripts/mutate.py numerals answers/_bands.py` takes them from those rooms or files alone. No file is written: a
change is made in a process of its own. Changes that make no difference are in tests/mutants.yaml with the reason, and
are not printed again. It ends with 1 if a change survived that is not there.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache, partial
from importlib import import_module
from itertools import accumulate
from pathlib import Path

import _trying
import coverage
import pytest
import yaml
from _changes import ROOT, Change, changes

QUICK = 0.3
"""Seconds, as measured with every line noted."""
KEPT = ROOT / "tests/mutants.yaml"
ROOMS = ("algebra", "answers", "formulas", "grading", "marking", "numerals", "regrading", "scales", "units")
TESTS = (
    r"test_(algebra|answers|band_edges|batches|checks_(?!command)|columns|entries|exact_constants|examiner|examples|"
    r"exams_kept|explain|feedback|final_marks|fineness|formula|gift|grading|hostile|infinite|kinds|marking|marks|moodle\.|names|"
    r"numerals|one_language|passages|rationals|regrade|rests|review|scales|schema|shown_options|step_marks|tally|"
    r"two_parameter|units|variants|vectors|waist|words|written)"
)


@dataclass(frozen=True, slots=True)
class _Contexts:
    """Names the test that is running in what coverage measures, and adds up the seconds that each test takes."""

    measured: coverage.Coverage
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.measured.switch_context(nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] += report.duration


def main() -> int:
    """Take the changes, try them, print the survivors that no reason is kept for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("rooms", nargs="*", default=ROOMS, help="such as numerals or answers/_bands.py; all that mark")
    asked.add_argument("--count", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--jobs", type=int, default=2)
    asked.add_argument("--measured", type=Path, help="a folder that keeps which test ran which line for the next run")
    asked.add_argument("--tests", default=TESTS, help="a pattern of test files, such as test_(units|rests)")
    asked.add_argument("--most", type=float, default=math.inf, help="seconds of tests for one change, nearest first")
    given = asked.parse_args()
    os.chdir(ROOT)
    os.environ["CI"] = "1"  # Hypothesis draws the same examples for every change
    os.environ["PYTHONPATH"] = str(ROOT)
    for library in ("jinja2", "mpmath", "numpy", "pydantic", "re2"):
        import_module(library)  # once, and not in each process
    files = [file for room in given.rooms for file in sorted((ROOT / "qbank" / room).rglob("*.py"))]
    files += [file for room in given.rooms if (file := ROOT / "qbank" / room).is_file()]
    marking = [file for file in files if file.name != "examples.py"]
    every = [change for file in marking for change in changes(file.relative_to(ROOT).as_posix())]
    taken = random.Random(given.seed).sample(every, min(given.count, len(every)))
    with tempfile.TemporaryDirectory() as folder:
        measured = given.measured or Path(folder)
        _measured(measured, given.tests, given.jobs)
        trials = _trials(taken, measured, given.most)
    codes = _trying.tried(trials, given.jobs)
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


def _measured(folder: Path, pattern: str, jobs: int) -> None:
    """Which test ran which line, written into the folder unless it is there."""
    there = (ROOT / "tests").glob("test_*.py")
    tests = sorted(str(test.relative_to(ROOT)) for test in there if re.match(pattern, test.name))
    if not list(folder.glob("lines.*")):
        print(f"measuring which tests of {len(tests)} files run which line", file=sys.stderr)
        parts = [partial(_measure, folder, tests[part::jobs]) for part in range(jobs)]
        if any(code != 0 for code in _trying.ended(parts, jobs, longest=3600)):
            sys.exit("the tests do not pass as the program is")


def _measure(folder: Path, tests: Sequence[str]) -> int:
    lines = coverage.Coverage(data_file=folder / f"lines.{os.getpid()}", source=["qbank"], config_file=False)
    lines.start()
    contexts = _Contexts(lines)
    code = pytest.main([*_trying.PYTEST, *tests], plugins=[contexts])
    lines.stop()
    lines.save()
    (folder / f"seconds.{os.getpid()}").write_text(json.dumps(contexts.seconds), encoding="utf-8")
    return int(code)


def _trials(taken: Sequence[Change], folder: Path, most: float) -> list[_trying.Trial]:
    """Each change with the tests that ran its lines, or else, where these run as they are imported, its function, its
    file or its folder. Quick tests come first, and those of the files that have most of their tests among them or are
    named for the room."""
    kept = [coverage.CoverageData(str(file)) for file in folder.glob("lines.*")]
    for each in kept:
        each.read()
    seconds = {test: took for file in folder.glob("seconds.*") for test, took in json.loads(file.read_text()).items()}
    every = Counter(map(_file, seconds))

    @cache
    def lines(file: str) -> Mapping[int, Set[str]]:
        ran: defaultdict[int, set[str]] = defaultdict(set)
        for each in kept:
            for line, tests in each.contexts_by_lineno(str(ROOT / file)).items():
                ran[line].update(tests)
        return ran

    trials = []
    for one in taken:
        ran = lines(one.file)
        own = _between(ran, one.first, one.last)
        tests = own - {""} or _between(ran, *one.body) - {""} or _between(ran) - {""}
        for other in (ROOT / one.file).parent.glob("*.py") if not tests else ():
            tests |= _between(lines(other.relative_to(ROOT).as_posix())) - {""}
        tests = tests or set(seconds)
        among = Counter(map(_file, tests))
        rooms = Path(one.file).parts[1:-1]
        near = {file: count / every[file] + sum(room in file for room in rooms) for file, count in among.items()}
        order = sorted(tests, key=lambda test: (seconds[test] > QUICK, -near[_file(test)], test))
        sums = accumulate(seconds[test] for test in order)
        chosen = [test for test, until in zip(order, sums, strict=True) if until <= most]
        trials.append(_trying.Trial(one, chosen, imported="" in own))
    return trials


def _between(ran: Mapping[int, Set[str]], first: int = 0, last: int = sys.maxsize) -> set[str]:
    """The tests that ran a line of these; the name is empty for what ran as the tests were collected."""
    return {test for line, tests in ran.items() if first <= line <= last for test in tests}


def _file(test: str) -> str:
    return test.partition("::")[0]


if __name__ == "__main__":
    sys.exit(main())
