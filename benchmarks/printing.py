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
from qbank.outputs import Workers, _view, pdf, workers
from qbank.outputs.pdf import paper, tree
from qbank.papers import Exam
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
PAPERS = 40
"""The papers that are timed beside Typst."""
GRAPHS = 40
"""The papers on which a graph is timed, each a variant of its own."""


def rows() -> list[Row]:
    """Papers beside Typst alone, the papers of a class, and what a graph adds to each."""
    return [_beside_typst(), *_class(), _graph()]


def _beside_typst() -> Row:
    """From the exam to a volume for the printer, against Typst alone on the very same pages, in one process each."""
    exam = _exam("opamp-quiz", PAPERS)
    made = [sheet for _, sheet in sheets(exam)]
    plan = paper.planned(made[0])
    documents = [paper.document(each, tree.written(_view.sheet(each)), plan) for each in made]

    def whole() -> None:
        printed = [content for _, content in pdf.print_all(sheets(exam), Workers(1))]
        pdf.together(printed, "zh", exam.imprint.imposition)

    seconds, bare = best(whole, lambda: [pdf.typeset("sheet", "zh", each) for each in documents], turns=3)
    what = f"personalised papers of {len(plan)} pages, to the volume"
    return Row(what, PAPERS / seconds, "/s", f"Typst alone: {PAPERS / bare:.0f}/s", bare / seconds, "≥ 0.6 of Typst")


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


def _exam(blueprint: str, size: int) -> Exam:
    """An exam with a form for each of so many candidates."""
    source = bank.load(resources.folder("questions"))
    people = roster(size, "benchmark")
    return papers.compose(source.blueprint(blueprint), source, seed="benchmark", candidates=people, each=True)


def _class() -> list[Row]:
    """The papers of a class: the final examination, one form for each candidate."""
    exam = _exam("electronics-final", CLASS)
    start = time.perf_counter()
    first = next(sheets(exam))[1]
    pages = _pages(pdf.sheet(first))
    alone = time.perf_counter()
    for _ in range(20):
        pdf.sheet(first)
    bare = (time.perf_counter() - alone) / 20
    start = time.perf_counter()
    half = 0.0
    with workers(resources.processors()) as several:
        for place, _ in enumerate(pdf.print_all(sheets(exam), several)):
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
