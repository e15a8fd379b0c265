"""Runs tests on a change of `mutate.py`, each change in a process of its own that forks from one with the tests read.

A change inside a function is put into the functions that are there, so that neither the program is imported again nor
the tests collected; any other is made as the module is imported.
"""

from __future__ import annotations

import gc
import importlib.machinery
import json
import math
import os
import resource
import signal
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import _lru_cache_wrapper, partial
from inspect import CO_OPTIMIZED
from pathlib import Path
from types import CodeType, FunctionType
from unittest.mock import patch

import pytest
from _changes import ROOT, Change, changed, unchanged

PYTEST = ("-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", "-o", "addopts=")
LONGEST = 900.0
"""Seconds that the tests of one change may take: a change that makes a loop endless is noticed too."""
MEMORY = 8 << 30
"""Bytes that the tests of one change may take: a change may ask for an endless array."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A change and its tests, the nearest first; with `imported` it can be seen only as its module is imported."""

    change: Change
    tests: Sequence[str]
    imported: bool


def tried(trials: Sequence[Trial], jobs: int) -> list[int | None]:
    """The exit code of the tests of each change: 0 if none noticed it, None if they were stopped."""
    inside = [trial for trial in trials if _inside(trial.change)]
    codes: dict[Change, int | None] = {}
    with tempfile.TemporaryDirectory() as folder:  # a process of its own: in this one nothing is imported yet
        told = Path(folder, "codes")
        if inside and ended([partial(_in_place, inside, jobs, told)], 1, longest=math.inf) != [0]:
            sys.exit("pytest could not collect the tests")
        found = json.loads(told.read_text(encoding="utf-8")) if inside else []
        codes |= {trial.change: code for trial, code in zip(inside, found, strict=True)}
    left = [trial for trial in trials if trial.change not in codes or (codes[trial.change] == 0 and trial.imported)]
    again = ended([partial(_imported, trial) for trial in left], jobs)
    codes |= {trial.change: code for trial, code in zip(left, again, strict=True)}
    return [codes[trial.change] for trial in trials]


def _in_place(trials: Sequence[Trial], jobs: int, told: Path) -> int:
    """Collects the tests of the trials, tries each, and writes the codes of all."""
    loop = _Loop(trials, jobs)
    files = sorted({test.partition("::")[0] for trial in trials for test in trial.tests})
    code = pytest.main([*PYTEST, *files], plugins=[loop])
    told.write_text(json.dumps(loop.codes), encoding="utf-8")
    return int(code)


@dataclass(slots=True)
class _Loop:
    """In the place of running what was collected: tries every change on its own tests."""

    trials: Sequence[Trial]
    jobs: int
    codes: list[int | None] = field(default_factory=list)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        session.config.pluginmanager.unregister(name="terminalreporter")
        items = {item.nodeid: item for item in session.items}
        there = gc.get_objects()
        functions = [each for each in there if isinstance(each, FunctionType)]
        kept = [each for each in there if isinstance(each, _lru_cache_wrapper)]
        del there
        gc.freeze()
        tries = []
        for trial in self.trials:
            path = str(ROOT / trial.change.file)
            own = [each for each in functions if each.__code__.co_filename == path]
            chosen = [items[test] for test in trial.tests if test in items]
            tries.append(partial(_inserted, trial.change, own, kept, chosen))
        self.codes = ended(tries, self.jobs)
        return True


def _inserted(
    change: Change, functions: Sequence[FunctionType], kept: Sequence[_lru_cache_wrapper[object]],
    items: Sequence[pytest.Item],
) -> int:  # fmt: skip
    """Whether a test fails with the change put into the functions of its module; what they gave before is forgotten."""
    now = {_place(was): code for was, code in _pairs(unchanged(change), changed(change))}
    for function in functions:
        function.__code__ = now.get(_place(function.__code__), function.__code__)
    for each in kept:
        each.cache_clear()
    with _quiet(change):
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if item.session.testsfailed:
                return 1
    return 0


def _imported(trial: Trial) -> int:
    """The exit code of the tests with the change made as its module is imported."""
    with _quiet(trial.change):
        for part in (trial.tests[:400], trial.tests[400:]):  # the nearest, before the others are collected
            files = sorted({test.partition("::")[0] for test in part})
            code = pytest.main([*PYTEST, *files], plugins=[_Chosen(frozenset(part))]) if part else 0
            if code == pytest.ExitCode.USAGE_ERROR:  # conftest.py cannot be imported with the change
                return int(pytest.ExitCode.TESTS_FAILED)
            if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
                return int(code)
    return 0


@dataclass(frozen=True, slots=True)
class _Chosen:
    tests: Set[str]

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if item.nodeid in self.tests]


@contextmanager
def _quiet(change: Change) -> Iterator[None]:
    """Nothing is printed, what tests write goes, and where the module is imported from here on it has the change."""
    module, as_written = _module(change), importlib.machinery.SourceFileLoader.get_code

    def get_code(self: importlib.machinery.SourceFileLoader, name: str) -> CodeType | None:
        return changed(change) if name == module else as_written(self, name)

    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ["PYTEST_DEBUG_TEMPROOT"] = folder
        with patch.object(importlib.machinery.SourceFileLoader, "get_code", get_code):
            yield


def _module(change: Change) -> str:
    return change.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _inside(change: Change) -> bool:
    """Whether a change is in functions alone: not in what runs as a module is imported or a class is made."""
    try:
        pairs = list(_pairs(unchanged(change), changed(change)))
    except ValueError:  # a function within another went with the change
        return False
    return all(was.co_flags & CO_OPTIMIZED or _own(was) == _own(now) for was, now in pairs)


def _place(code: CodeType) -> tuple[object, ...]:
    return code.co_qualname, code.co_firstlineno, code.co_linetable


def _pairs(was: CodeType, now: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """Both codes, and those within them."""
    yield was, now
    for inner, other in zip(_codes(was), _codes(now), strict=True):
        yield from _pairs(inner, other)


def _codes(code: CodeType) -> list[CodeType]:
    return [each for each in code.co_consts if isinstance(each, CodeType)]


def _own(code: CodeType) -> tuple[object, ...]:
    """What a code does itself, without those within it."""
    return code.co_code, code.co_names, [each for each in code.co_consts if not isinstance(each, CodeType)]


def ended(tries: Sequence[Callable[[], int]], jobs: int, longest: float = LONGEST) -> list[int | None]:
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
