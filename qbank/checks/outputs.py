"""Every output can print the item, in each of its languages."""

from __future__ import annotations

from collections.abc import Iterator

from qbank import messages
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.model import Problem, Refused
from qbank.sheets import Book

RATIONALE = "Otherwise a missing glyph, or a formula that one output cannot set, is found only at the printer."
PROPOSAL = "correct the text that the message names"
LOOKED = 1
"""The variants that are printed, in each language."""
EXAMPLES = (
    Sample(
        "outputs.pdf",
        bad="""
stem:
  zh: 😀 电路中 $R_1 = {{ R1 }}$，$R_f = {{ Rf }}$。
  en: In the circuit, $R_1 = {{ R1 }}$ and $R_f = {{ Rf }}$.
""",
        good="""
stem:
  zh: ① 电路中 $R_1 = {{ R1 }}$，$R_f = {{ Rf }}$。
  en: In the circuit, $R_1 = {{ R1 }}$ and $R_f = {{ Rf }}$.
""",
        remark="no font of the paper has the emoji",
    ),
)


def check(scene: Scene) -> Iterator[Problem]:
    """What a PDF or a web page of the item cannot print."""
    for lang in scene.item.languages:
        book = scene.book(0, lang)
        for name, print_it in (("pdf", _pdf), ("html", _html)):
            try:
                print_it(book)
            except Refused as refused:
                for problem in refused.problems:
                    message = messages.tell("{output} ({lang}): {problem}",
                                            output=name, lang=lang, problem=problem.message)  # fmt: skip
                    yield scene.problem(f"outputs.{name}", message, proposal=PROPOSAL)


def _pdf(book: Book) -> None:
    from qbank.outputs import pdf

    pdf.book(book)


def _html(book: Book) -> None:
    """The body of the page alone: packing its fonts takes longer than everything else together."""
    from qbank.outputs import html

    html.source(book)
