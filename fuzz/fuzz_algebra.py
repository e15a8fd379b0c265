"""Any text read as an author's expression: an expression, or ExpressionError with its place."""

from __future__ import annotations

import _driver
import _words

with _driver.watched():
    from qbank import algebra

REPORT = _driver.Report("algebra")
WORDS = (
    *_driver.words(
    "Rf R1 + - * / ** @ // % < <= == != and or not if else [ ] ( ) , . : 'a' 4.7k 1e3 1e999 9**9**9 sqrt( "
    "parallel( lambda x: f(x for x in) {1:2} *a **b := f'' b'' 0x10 1_0 1j ... None True is in await "
    "yield ; # \\"
),
    *_words.HOSTILE,
)


def one(text: str) -> None:
    try:
        found = algebra.read(text)
    except algebra.ExpressionError as error:
        assert str(error)
        return
    REPORT.read += 1
    algebra.names(found)
    algebra.functions(found)
    assert isinstance(algebra.latex(found, {}), str)


def batch(data: bytes) -> None:
    for text in _driver.neighbours(data, WORDS, 20):
        REPORT.texts += 1
        _driver.bounded(REPORT, lambda text=text: one(text), text)  # type: ignore[misc]


SEEDS = ["-Rf/R1", "a if b == 'x' else c", "W @ x + b", "parallel(R1, 4.7k)**2", "1 <= x < 2"]
_driver.fuzz(REPORT, batch, SEEDS, WORDS)
