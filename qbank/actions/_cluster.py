"""Where the partitions of a large class are marked: in this process, or by the workers of a Dask cluster.

Dask schedules, moves and retries; nothing of that is ours. A job names the exam's folder and the run's workspace, and
a worker opens both: what is sealed never goes through the scheduler. A worker that dies takes its partition with it,
which another does again; what others have given back is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from importlib.util import find_spec
from typing import TYPE_CHECKING

from qbank import messages
from qbank.actions._pieces import Done, Job, Sealed, do, elsewhere
from qbank.model import Refused

if TYPE_CHECKING:
    from distributed import Client

LOCAL = "local:"
PATIENCE = 60
"""Seconds that a run waits for a first worker."""


def each(exam: Sealed, jobs: Sequence[Job], on: str) -> Iterator[Done]:
    """Every job done, in the order in which they are finished.

    Raises Refused where there is no cluster, and what a job raises.
    """
    if not on:
        yield from (do(exam, job) for job in jobs)
        return
    if find_spec("distributed") is None:
        raise Refused(messages.tell("marking on a cluster needs Dask, which is not installed: "
                                    "python -m pip install 'qbank[cluster]'"))  # fmt: skip
    with ExitStack() as stack:
        yield from _by_workers(_client(stack, on), jobs)


def _client(stack: ExitStack, on: str) -> Client:
    """A client of the cluster at an address, or of one that lives as long as the run."""
    from distributed import Client, LocalCluster

    try:
        if on.startswith(LOCAL):
            count = on.removeprefix(LOCAL)
            if not count.isdecimal() or not int(count):
                raise Refused(messages.tell("--on {on}: write local:8 for eight processes on this machine", on=on))
            cluster = LocalCluster(n_workers=int(count), threads_per_worker=1, dashboard_address=None)
            return stack.enter_context(Client(stack.enter_context(cluster)))
        client = stack.enter_context(Client(on, timeout=PATIENCE))
        client.wait_for_workers(1, timeout=PATIENCE)
    except (OSError, ValueError, TimeoutError) as error:
        raise Refused(messages.tell("--on {on}: there is no Dask scheduler with a worker: {reason}; start them with "
                                    "'dask scheduler' and 'dask worker tcp://host:8786'", on=on,
                                    reason=error or type(error).__name__)) from error  # fmt: skip
    return client


def _by_workers(client: Client, jobs: Sequence[Job]) -> Iterator[Done]:
    """The jobs done by whoever is free; each worker marks one partition at a time."""
    from distributed import KilledWorker, as_completed

    futures = client.map(elsewhere, jobs, pure=False, retries=2)
    try:
        for future in as_completed(futures):
            yield future.result()
            future.release()
    except KilledWorker as error:
        raise Refused(messages.tell("a partition ended every worker that marked it; does each worker have enough "
                                    "memory (400 MiB)?")) from error  # fmt: skip
    finally:
        client.cancel(futures)
