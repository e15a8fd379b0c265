"""Any text read as a formula or an equation: a tree, or Unreadable with its place; printed, it reads back as it prints.

The other readings of a text are trees, too; one of ten formulas is compared with a key, in bounded time.
"""

from __future__ import annotations

import _driver
import _words

with _driver.watched():
    from qbank import algebra, formulas
    from qbank.algebra import tree
    from qbank.formulas import Vocabulary, reasons

REPORT = _driver.Report("formulas")
VOCABULARIES = (
    Vocabulary(("R1", "Rf", "β", "x", "n")),
    Vocabulary(("R1", "R_1", "C"), parallel=True, imaginary=True, log="lg"),
    Vocabulary(("f", "c_prev", "h"), aliases={"c_prev": ("c_{t-1}", "c_(t-1)"), "f": ("f_t",)}, strangers=True),
)


def one(text: str, words: Vocabulary) -> None:
    try:
        found = formulas.usual(text, words)
    except formulas.Unreadable as error:
        assert 1 <= error.column <= len(text) + 1, (error.column, text)
        return
    REPORT.read += 1
    printed = algebra.plain(found.node)
    assert tree.named(found.node) <= set(words.names) or words.strangers
    if "?" not in printed and len(printed) < 800 and "∠" not in printed and "||" not in printed:
        try:
            assert algebra.plain(formulas.read(printed, words)) == printed, printed
        except formulas.Unreadable as error:  # it prints with more brackets than it was written with
            assert error.expected == reasons.DEEP, printed
    for other in found.others:
        assert tree.named(other) <= set(words.names) or words.strangers
    if REPORT.read % 10 == 0:
        compared(found.node, words)


def compared(node: tree.Node, words: Vocabulary) -> None:
    """A formula or an equation beside a key over the same letters."""
    points = formulas.Points(formulas.sampled(words.names, {}), words.imaginary)
    if tree.is_equation(node):
        formulas.Equations(points).alike(node, tree.equation(tree.Name(words.names[0]), tree.whole(1)))
        return
    target = formulas.Target(tree.Name(words.names[0]), points)
    formulas.same([node], formulas.values([node], target.sampled), target)


def batch(data: bytes) -> None:
    words = VOCABULARIES[len(data) % 3]
    for text in _driver.neighbours(data, _words.ALL, 40):
        REPORT.texts += 1
        text = text[:1000]
        _driver.bounded(REPORT, lambda text=text: one(text, words), text)  # type: ignore[misc]


SEEDS = [*_words.FORMULAS, "-Rf/R1", r"-\frac{R_f}{R_1}", "β(1+n)x^2!", "c_{t-1}*f"]
_driver.fuzz(REPORT, batch, SEEDS, _words.FORMULAS)
