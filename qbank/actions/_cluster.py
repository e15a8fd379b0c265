"""Where the partitions of a large class are marked: on the processors of this machine, or on a Dask cluster.

Dask schedules, moves and retries; nothing of that is ours. A job names the exam's folder and the run's workspace, and
a worker opens both: what is sealed never goes through the scheduler. A worker that dies takes its partition with it,
which another does again; what others have given back is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, TypeAlias

from qbank import messages, resources
from qbank.actions import _processes
from qbank.actions._pieces import Found, Job, Sealed, elsewhere, opened
from qbank.model import Refused

if TYPE_CHECKING:
    from distributed import Client

Work: TypeAlias = Callable[[Sealed, Job], Found]
"""What is done for a partition; another process knows it by its name."""
LOCAL = "local:"
FEW = 8
"""So many partitions are worth starting processes for."""
PATIENCE = 60
"""Seconds that a run waits for a first worker."""


def each(exam: Sealed, jobs: Sequence[Job], on: str, work: Work[Found]) -> Iterator[tuple[Job, Found]]:
    """Every job with what the work finds, as it is finished: on all processors of this machine, or as `on` says.

    Raises Refused where there is no cluster, and what a job raises.
    """
    if not on or on.startswith(LOCAL):
        yield from _here(exam, jobs, _count(on) if on else resources.processors(), work)
        return
    if find_spec("distributed") is None:
        raise Refused(messages.tell("marking on a cluster needs Dask, which is not installed: "
                                    "python -m pip install 'qbank[cluster]'"))  # fmt: skip
    with ExitStack() as stack:
        yield from _by_workers(_client(stack, on), jobs, work)


def _count(on: str) -> int:
    count = on.removeprefix(LOCAL)
    if not count.isdecimal() or not int(count):
        raise Refused(messages.tell("--on {on}: write local:8 for eight processes on this machine", on=on))
    return int(count)


def _here(
    exam: Sealed, jobs: Sequence[Job], processes: int, work: Work[Found]
) -> Iterator[tuple[Job, Found]]:
    """The jobs done by so many processes of this machine; few jobs, and what no process can be started for, in this."""
    left = dict.fromkeys(jobs)
    if processes > 1 and len(jobs) >= FEW:
        opening = opened, (jobs[0].folder, jobs[0].work, jobs[0].seal, jobs[0].unsealed)
        try:
            for job, done in _processes.shared(jobs, partial(elsewhere, work), opening, processes):
                if done is None:
                    raise _killed()
                del left[job]
                yield job, done
        except BrokenProcessPool:  # no process can be started here
            pass
    yield from ((job, work(exam, job)) for job in left)


def _killed() -> Refused:
    return Refused(messages.tell("a partition ended every worker that marked it; does each worker have enough "
                                 "memory (400 MiB)?"))  # fmt: skip


def _client(stack: ExitStack, on: str) -> Client:
    """A client of the cluster at an address."""
    from distributed import Client

    try:
        client = stack.enter_context(Client(on, timeout=PATIENCE))
        client.wait_for_workers(1, timeout=PATIENCE)
    except (OSError, ValueError, TimeoutError) as error:
        raise Refused(messages.tell("--on {on}: there is no Dask scheduler with a worker: {reason}; start them with "
                                    "'dask scheduler' and 'dask worker tcp://host:8786'", on=on,
                                    reason=error or type(error).__name__)) from error  # fmt: skip
    return client


def _by_workers(client: Client, jobs: Sequence[Job], work: Work[Found]) -> Iterator[tuple[Job, Found]]:
    """The jobs done by whoever is free; each worker marks one partition at a time."""
    from distributed import KilledWorker, as_completed

    futures = dict(zip(client.map(partial(elsewhere, work), jobs, pure=False, retries=2), jobs, strict=True))
    try:
        for future in as_completed(futures):
            yield futures[future], future.result()
            future.release()
    except KilledWorker as error:
        raise _killed() from error
    finally:
        client.cancel(list(futures))
