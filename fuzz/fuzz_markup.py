"""Any text read as an author's mark-up: blocks, or MarkupError with its place; what is read prints."""

from __future__ import annotations

from typing import Any

import _driver
import _words

with _driver.watched():
    from qbank import markup

REPORT = _driver.Report("markup")
WORDS = (
    *_driver.words(
    r"{{ R1 }} {{R1:number}} [[gain]] [[figure [[derivation ]] $ $$ ** * ` ``` | --- |---| \ # - 1. < > & "
    r"\frac{1}{2}"
),
    *_words.FORMULAS,
    *_words.HOSTILE,
)
SEEDS = (
    "电路如图，$R_1 = {{ R1 }}$，**求**增益 [[gain]]。",
    "| a | b |\n|---|---|\n| $x$ | `c` |\n\n[[figure main]]\n\n```\ncode\n```\n",
    "[[derivation A]] and {{ A:number }}",
)


def one(text: str) -> None:
    for read, print_ in ((markup.read, markup.plain), (markup.line, markup.plain_line)):
        tried(text, read, print_)


def tried(text: str, read: Any, print_: Any) -> None:
    """One of the two ways to read, and how what it reads prints."""
    try:
        found = read(text)
    except markup.MarkupError as error:
        assert 0 <= error.offset <= len(text), (error.offset, text)
        return
    REPORT.read += 1
    if not markup.names(found):
        assert isinstance(print_(found), str)


def batch(data: bytes) -> None:
    for text in _driver.neighbours(data, WORDS, 20):
        REPORT.texts += 1
        _driver.bounded(REPORT, lambda text=text: one(text), text)  # type: ignore[misc]


_driver.fuzz(REPORT, batch, SEEDS, WORDS)
