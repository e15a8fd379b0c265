"""Many papers or pages at once: one compiler a process, in chunks, in the order they came, in bounded memory."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

Given = TypeVar("Given")
CHUNK = 16
"""Papers that travel to a process together."""
FEW = 24
"""So many papers are printed here and now: starting processes takes longer."""


def print_all(
    sheets: Iterable[tuple[str, Given]], workers: int, press: Callable[[Given], bytes],
) -> Iterator[tuple[str, bytes]]:
    """Each named sheet as the press makes it by its name, in the given order, printed by so many processes.

    At most three chunks a process are under way, however many sheets there are. Processes are spawned: a forked one
    would inherit a compiler whose threads it has not.
    """
    coming = iter(sheets)
    first = list(islice(coming, FEW + 1))
    if workers <= 1 or len(first) <= FEW:
        for name, sheet in first:
            yield name, press(sheet)
        for name, sheet in coming:
            yield name, press(sheet)
        return
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=spawn) as pool:
        under_way: deque[Future[list[tuple[str, bytes]]]] = deque()
        try:
            for chunk in _chunks(first, coming):
                with _deaf():
                    under_way.append(pool.submit(_print, press, chunk))
                if len(under_way) >= 3 * workers:
                    yield from under_way.popleft().result()
            while under_way:
                yield from under_way.popleft().result()
        finally:
            for future in under_way:
                future.cancel()


@contextmanager
def _deaf() -> Iterator[None]:
    """Processes started meanwhile never hear Ctrl-C: it is for the one that started them, which hears it afterwards."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _chunks(first: list[tuple[str, Given]], coming: Iterator[tuple[str, Given]]) -> Iterator[list[tuple[str, Given]]]:
    while len(first) >= CHUNK:
        yield first[:CHUNK]
        first = first[CHUNK:]
    while chunk := [*first, *islice(coming, CHUNK - len(first))]:
        yield chunk
        first = []


def _print(press: Callable[[Given], bytes], chunk: list[tuple[str, Given]]) -> list[tuple[str, bytes]]:
    return [(name, press(sheet)) for name, sheet in chunk]
