"""Personalised papers a second, against bare Typst on the same pages, and the memory that a class takes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import partial

from benchmarks.measure import Row, best, peak
from qbank import bank, papers, resources, variants
from qbank.actions.make_paper import sheets
from qbank.actions.simulate import roster
from qbank.bank import Source
from qbank.outputs import pdf
from qbank.sheets import Section, Sheet

CLASS = int(os.environ.get("QBANK_BENCHMARK_CLASS", "300"))


GRAPH = """\
id: benchmark.graph
title: {zh: 充电, en: Charging}
topic: electronics
level: 1
parameters:
  U: {grid: [4, 10, 0.5], unit: V}
  T: {grid: [1m, 4m, 0.1m], unit: s}
%s
stem:
  zh: 电源电压为 {{ U }}，时间常数约为 {{ T }}。读出 $T$。
  en: The source has {{ U }}, the time constant is about {{ T }}. Read $T$.
parts:
  - id: a
    answer: {kind: number, key: T, unit: ms, tolerance: 5%%}
"""
FIGURE = """\
figures:
  main:
    x: {name: t, from: 0, to: 5*T, unit: ms}
    y: {unit: V, title: $u_C$}
    grid: fine
    graph:
      - {curve: U*(1 - exp(-t/T)), label: $u_C$}
      - {curve: U*exp(-t/T), label: {zh: 放电, en: discharge}}
      - {level: U, label: $U_S$}
"""
GRAPHS = 40
"""The papers on which a graph is timed, each a variant of its own."""


def rows() -> list[Row]:
    """The papers of a class, and what a graph adds to each."""
    return [*_class(), _graph()]


def _graph() -> Row:
    """A question with a graph of two curves, its grid and four labels, against the same question without it."""
    with_graph, without = (_sheets(GRAPH % figure) for figure in (FIGURE, ""))
    seconds, bare = best(
        lambda: [pdf.sheet(make()) for make in with_graph], lambda: [pdf.sheet(make()) for make in without]
    )
    added = (seconds - bare) / GRAPHS * 1000
    peer = f"the same page without: {bare / GRAPHS * 1000:.1f} ms"
    return Row("a graph on paper, a variant of its own each", added, "ms", peer, bare / seconds, "≤ 3 ms")


def _sheets(text: str) -> list[Callable[[], Sheet]]:
    """What makes a sheet of one question for each of some variants, drawing its figures."""
    item, problems = bank.read_item(Source("benchmark.yaml", text.encode()), {})
    assert item is not None, problems
    drawn = variants.make(item, "benchmark", range(GRAPHS))
    marks = tuple(part.marks for part in item.parts)

    def sheet(row: int) -> Sheet:
        asked = papers.question(drawn, row, "en", {}, 1, marks)
        section = Section("A", "", "", (), item.marks, (asked,))
        return Sheet("en", "Graphs", "", "", 60, item.marks, "A", None, (), (section,))

    return [partial(sheet, row) for row in range(GRAPHS)]


def _class() -> list[Row]:
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
