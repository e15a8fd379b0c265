"""Ctrl-C while a process is being started: it waits until that has happened, whichever thread takes it in."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from qbank.outputs import _parallel


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="there are no masks of threads")
def test_a_signal_that_another_thread_takes_in_is_heard_afterwards() -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)  # as a library's: it blocks nothing
    other.start()
    finished = False
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job of a shell ignores it
    try:
        with pytest.raises(KeyboardInterrupt), _parallel._deaf():
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.05)
            finished = True
    finally:
        done.set()
        other.join()

    assert finished
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, set())
    signal.signal(signal.SIGINT, before)


def hears() -> bool:
    """Whether this process hears Ctrl-C."""
    return signal.getsignal(signal.SIGINT) != signal.SIG_IGN


def test_a_process_that_prints_does_not_hear_ctrl_c_on_any_system() -> None:
    """Windows tells it to every process of a console, and has no masks."""
    started = _parallel.Workers(1)
    try:
        assert started._begun(hears).result() is False
    finally:
        started.close()
