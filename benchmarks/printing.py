"""Personalised papers a second, against bare Typst on the same pages, and the memory that a class takes.

Memory is measured in a Python of its own, apart for the process that was started and for those that print.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import typst

from benchmarks.measure import Row, best
from qbank import bank, grading, intake, papers, resources, variants
from qbank.actions.make_paper import marking_rows, sheets
from qbank.actions.simulate import responses, roster
from qbank.bank import Source
from qbank.outputs import Workers, _view, html, pdf, workers
from qbank.outputs.pdf import paper, press, tree
from qbank.papers import Exam
from qbank.reports import feedback
from qbank.sheets import Keys, Section, Sheet

CLASS = int(os.environ.get("QBANK_BENCHMARK_CLASS", "300"))
LISTED = 10 * CLASS
"""The papers on a marking list."""

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
    """Papers beside Typst alone, a class and its marking list, its feedback, and what a graph adds to a paper."""
    return [_beside_typst(), *_class(), *_list(), _feedback(), _graph()]


def _beside_typst() -> Row:
    """From the exam to a volume for the printer, against Typst alone on the very same pages, in one process each."""
    exam = _exam("opamp-quiz", PAPERS)
    made = [sheet for _, sheet in sheets(exam)]
    plan = paper.planned(made[0])
    documents = [paper.document(each, tree.written(_view.sheet(each)), plan) for each in made]

    compiler: Any = typst.Compiler(root=press._root(), font_paths=press._fonts(), ignore_system_fonts=True)
    source = press._source("sheet", "zh", ()).encode()

    def alone() -> None:
        """Each page as for the first time: with another input of the system, nothing of an earlier one is kept."""
        for place, document in enumerate(documents):
            with press._given(document):
                compiler.compile(source, format="pdf", pdf_standards=list(press.STANDARDS[True]), timestamp=0,
                                 sys_inputs={"page": f"{time.time()} {place}"})  # fmt: skip

    def whole() -> None:
        printed = [content for _, content in pdf.print_all(sheets(exam), Workers(1))]
        pdf.together(printed, "zh", exam.imprint.imposition)

    seconds, bare = best(whole, alone, turns=3)
    what = f"personalised papers of {len(plan)} pages, to the volume"
    return Row(what, PAPERS / seconds, "/s", f"Typst alone: {PAPERS / bare:.0f}/s", bare / seconds, "≥ 0.8 of Typst")


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
    exam = _exam("electronics-final", 1)
    first = next(sheets(exam))[1]
    pages = _pages(pdf.sheet(first))
    start = time.perf_counter()
    for _ in range(20):
        pdf.sheet(first)
    bare = (time.perf_counter() - start) / 20
    some, all_ = _apart("print_class", CLASS // 3), _apart("print_class", CLASS)
    rate = CLASS / all_["seconds"]
    peer = f"one paper again and again: {1 / bare:.0f}/s"
    target = f"≥ 70 of 4 pages (here {rate * pages / 4:.0f})"
    return [
        Row(f"papers of {pages} pages for a class of {CLASS}", rate, "/s", peer, rate * bare, target),
        _memory("papers", "parent", some, all_, CLASS), _memory("papers", "worker", some, all_, CLASS),
    ]  # fmt: skip


def _list() -> list[Row]:
    """The marking list of a large class."""
    some, all_ = _apart("print_list", LISTED // 3), _apart("print_list", LISTED)
    rate = LISTED / all_["seconds"]
    peer = f"a third of them: {LISTED / 3 / some['seconds']:.0f}/s"
    return [
        Row(f"rows of a marking list of {LISTED}", rate, "/s", peer, rate * some["seconds"] / (LISTED / 3), "flat"),
        _memory("marking list", "parent", some, all_, LISTED), _memory("marking list", "worker", some, all_, LISTED),
    ]  # fmt: skip


def _memory(what: str, who: str, some: dict[str, float], all_: dict[str, float], count: int) -> Row:
    peer = f"for a third of them: {some[who]:.0f} MiB"
    name = f"memory of the {who}, {what} of {count}"
    return Row(name, all_[who], "MiB", peer, all_[who] / some[who], "≤ 350 MiB, flat")


def _apart(work: str, count: int) -> dict[str, float]:
    """What a function of this module takes in a Python of its own: seconds, and MiB of the parent and of a worker."""
    code = f"from benchmarks import printing; printing.measured(printing.{work}, {count})"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def measured(work: Callable[[int], Callable[[], None]], count: int) -> None:
    """Prints what a work that was prepared for so many candidates takes, as JSON."""
    prepared = work(count)
    start = time.perf_counter()
    prepared()
    seconds = time.perf_counter() - start
    status = Path("/proc/self/status").read_text(encoding="utf-8")  # ru_maxrss counts the program that started this one
    parent = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "parent": parent, "worker": worker}))


def print_class(count: int) -> Callable[[], None]:
    """What prints the papers of so many candidates and joins each hundred of them."""
    exam = _exam("electronics-final", count)

    def work() -> None:
        volume: list[bytes] = []
        with workers(resources.processors()) as several:
            for _, content in pdf.print_all(sheets(exam), several):
                volume.append(content)
                if len(volume) == 100:
                    several.later(pdf.together, volume, "zh", exam.imprint.imposition)()
                    volume = []

    return work


def print_list(count: int) -> Callable[[], None]:
    """What prints the marking list of so many candidates."""
    exam = _exam("electronics-final", count)
    marks = tuple(marks for _, _, marks in exam.columns().values())

    def work() -> None:
        keys = Keys("zh", exam.title["zh"], tuple(exam.columns()), marks, tuple(marking_rows(exam, "zh")))
        with workers(resources.processors()) as several:
            pdf.markinglist(keys, several)

    return work


def _feedback() -> Row:
    """Pages of feedback with names and answers of their own, against pages whose fonts are cut of the whole."""
    exam = _exam("electronics-final", PAPERS)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "responses.csv"
        intake.write(file, responses(exam, "benchmark"))
        graded = grading.grade(exam, intake.responses(file, list(exam.columns())))
    lessons = list(feedback.lessons(graded, range(PAPERS), "zh", key=True))
    alone = [replace(each, everyone="") for each in lessons]
    html.lesson(lessons[0])
    seconds, bare = best(lambda: [html.lesson(each) for each in lessons], lambda: [html.lesson(each) for each in alone],
                         turns=3)  # fmt: skip
    peer = f"fonts cut of the whole: {PAPERS / bare:.0f}/s"
    return Row("pages of feedback, with their fonts", PAPERS / seconds, "/s", peer, bare / seconds, "≥ 1.8")


def _pages(content: bytes) -> int:
    from io import BytesIO

    from pypdf import PdfReader

    return len(PdfReader(BytesIO(content)).pages)
