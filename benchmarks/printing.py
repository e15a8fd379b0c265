"""Personalised papers a second, against bare Typst on the same pages, and the memory that a class takes."""

from __future__ import annotations

import os
import time

from benchmarks.measure import Row, peak
from qbank import bank, papers, resources
from qbank.actions.make_paper import sheets
from qbank.actions.simulate import roster
from qbank.outputs import pdf

CLASS = int(os.environ.get("QBANK_BENCHMARK_CLASS", "300"))


def rows() -> list[Row]:
    """The papers of a class: the final examination, one form for each candidate."""
    source = bank.load(resources.folder("questions"))
    exam = papers.compose(source.blueprint("electronics-final"), source, seed="benchmark",
                          candidates=roster(CLASS, "benchmark"), each=True)  # fmt: skip
    start = time.perf_counter()
    first = next(sheets(exam))[1]
    pages = _pages(pdf.sheet(first))
    alone = time.perf_counter()
    for _ in range(20):
        pdf.sheet(first)
    bare = (time.perf_counter() - alone) / 20
    start = time.perf_counter()
    half = 0.0
    for place, _ in enumerate(pdf.print_all(sheets(exam), resources.processors())):
        if place == CLASS // 2:
            half = peak()
    seconds = time.perf_counter() - start
    rate = CLASS / seconds
    grown = peak() - half
    what = f"papers of {pages} pages for a class of {CLASS}"
    target = f"≥ 70 of 4 pages (here {rate * pages / 4:.0f})"
    return [
        Row(what, rate, "/s", f"one paper again and again: {1 / bare:.0f}/s", rate * bare, target),
        Row("memory from the middle of the class to its end", grown, "MiB", f"peak {peak():.0f} MiB", 1.0, "flat"),
    ]


def _pages(content: bytes) -> int:
    from io import BytesIO

    from pypdf import PdfReader

    return len(PdfReader(BytesIO(content)).pages)
