"""Many papers or pages at once: one compiler a process, in chunks, in the order they came, in bounded memory."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice
from typing import TypeVar

from qbank import messages
from qbank.model import Refused

Given = TypeVar("Given")
CHUNK = 16
"""Papers that travel to a process together."""
FEW = 24
"""So many papers are printed here and now: starting processes takes longer."""


class Workers:
    """So many processes that print; they are started by the first work that is large enough, and then do all of it.

    They are spawned: a forked one would inherit a compiler whose threads it has not.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self._pool: ProcessPoolExecutor | None = None

    def each(
        self, press: Callable[[Given], bytes], named: Iterable[tuple[str, Given]], *, heavy: bool = False,
    ) -> Iterator[tuple[str, bytes]]:
        """Each named thing as the press makes it by its name, in the given order; what is `heavy` is work for seconds.

        At most three chunks a process are under way, however many there are.
        """
        coming, (few, size) = iter(named), (1, 1) if heavy else (FEW, CHUNK)
        first = list(islice(coming, few + 1))
        if self._pool is None and (self.count <= 1 or len(first) <= few):
            for name, given in chain(first, coming):
                yield name, press(given)
            return
        under_way: deque[Future[list[tuple[str, bytes]]]] = deque()
        try:
            for own in _chunks(first, coming, size):
                under_way.append(self._begun(_print, press, own))
                if len(under_way) >= 3 * self.count:
                    yield from _result(under_way.popleft())
            while under_way:
                yield from _result(under_way.popleft())
        finally:
            for future in under_way:
                future.cancel()

    def later(self, work: Callable[..., bytes], *given: object) -> Callable[[], bytes]:
        """What the work makes of what is given, when it is called; begun at once, by a process where any is there."""
        if self._pool is None:
            made = work(*given)
            return lambda: made
        return partial(_result, self._begun(work, *given))

    def _begun(self, work: Callable[..., Given], *given: object) -> Future[Given]:
        if self._pool is None:
            spawn = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self.count, mp_context=spawn, initializer=_deaf_forever)
        try:
            with _deaf():
                return self._pool.submit(work, *given)
        except BrokenProcessPool as error:
            raise _ended() from error

    def close(self) -> None:
        """Ends the processes; what they have not begun is not begun any more."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def _result(future: Future[Given]) -> Given:
    """What a process has made. Raises Refused where it was killed, which a system does that has no memory left."""
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise _ended() from error


def _ended() -> Refused:
    return Refused(messages.tell("a process that prints was ended from outside; is there enough memory? Run the "
                                 "command again"))  # fmt: skip


@contextmanager
def workers(count: int) -> Iterator[Workers]:
    """So many processes to print on, until the end of the block."""
    started = Workers(count)
    try:
        yield started
    finally:
        started.close()


@contextmanager
def _deaf() -> Iterator[None]:
    """Processes started meanwhile never hear Ctrl-C: it is for the one that started them, which hears it afterwards.

    They have the mask of this thread; a library's thread without it may take the signal in, and so it is noted first.
    """
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[int] = []
    hears = signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        signal.signal(signal.SIGINT, hears)
        if heard:
            signal.raise_signal(signal.SIGINT)


def _deaf_forever() -> None:
    """What a process of ours does first: where threads have no masks it would hear Ctrl-C, and tell it as a fault."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _chunks(
    first: list[tuple[str, Given]], coming: Iterator[tuple[str, Given]], size: int
) -> Iterator[list[tuple[str, Given]]]:
    while len(first) >= size:
        yield first[:size]
        first = first[size:]
    while chunk := [*first, *islice(coming, size - len(first))]:
        yield chunk
        first = []


def _print(press: Callable[[Given], bytes], chunk: list[tuple[str, Given]]) -> list[tuple[str, bytes]]:
    return [(name, press(given)) for name, given in chunk]
