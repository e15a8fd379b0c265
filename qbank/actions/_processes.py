"""Work shared among processes, of which one may die: what it was doing is named, and everything else is done."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeAlias, TypeVar

from qbank import resources

Given = TypeVar("Given")
Found = TypeVar("Found")
Opening: TypeAlias = tuple[Callable[..., object], tuple[Any, ...]]
"""A function that every process calls first, and its arguments."""


def shared(
    pieces: Sequence[Given], work: Callable[[Given], Found], opening: Opening, jobs: int
) -> Iterator[tuple[Given, Found | None]]:
    """Each piece with what the work finds for it, as it is done; None where the process that worked on it died.

    No more pieces are given out than there are processes, so that few are in doubt when one dies: each of those is
    tried once more in a process of its own. Raises BrokenProcessPool where no process can be started at all.
    """
    waiting, doubtful, jobs = list(reversed(pieces)), list[Given](), resources.processes(jobs)
    while waiting:
        with _pool(opening, min(jobs, len(waiting))) as pool:
            running: dict[Future[Found], Given] = {}
            try:
                while waiting or running:
                    while waiting and len(running) < jobs:
                        future = pool.submit(work, waiting[-1])
                        running[future] = waiting.pop()
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        found = future.result()
                        yield running.pop(future), found
            except BrokenProcessPool:
                doubtful += running.values()
                if not _starts(opening):
                    raise
            finally:
                pool.shutdown(wait=False, cancel_futures=True)  # stopped half-way, nothing more is begun
    for piece in doubtful:
        with _pool(opening, 1) as pool:
            try:
                found = pool.submit(work, piece).result()
            except BrokenProcessPool:
                yield piece, None
            else:
                yield piece, found


def _pool(opening: Opening, jobs: int) -> ProcessPoolExecutor:
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=spawn, initializer=_begin, initargs=(opening[0], *opening[1]))


def _begin(open_: Callable[..., object], *arguments: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started this one decides when to stop
    open_(*arguments)


def _starts(opening: Opening) -> bool:
    """Whether a process can be started here at all."""
    with _pool(opening, 1) as pool:
        try:
            return pool.submit(_alive).result()
        except BrokenProcessPool:
            return False


def _alive() -> bool:
    return True
