"""Any text read as mathematics: a tree that prints three ways, or MathsError with its place."""

from __future__ import annotations

from xml.etree import ElementTree

import _driver
import _words

with _driver.watched():
    from qbank import maths

REPORT = _driver.Report("maths")
WORDS = (
    *_driver.words(
    r"\frac \dfrac \binom \sqrt [3] \bar \hat \vec \underline \overline \mathrm \mathbf \text{ \sin \lim "
    r"\left( \right) \left. \begin{matrix} \end{matrix} \begin{cases} \end{cases} & \\ ^ _ ' '' \sum \int "
    r"\prod \cdot \times \leq \infty \quad \, \; \! \% \{ \} \| | { } ^{ _{ \operatorname{ \ell \beta "
    r"\Omega \middle| \color{ \href{ \def \input"
),
    *_words.HOSTILE,
)
SEEDS = (
    r"u_o = -\frac{R_f}{R_1} u_i", r"\begin{cases} a & x < 1 \\ b & x \geq 1 \end{cases}", r"\sum_{i=1}^{n} x_i^2",
    r"\left| \sqrt[3]{x'} \right|", r"\text{其中 $x$}",
)  # fmt: skip


def one(text: str) -> None:
    try:
        maths.parse(text)
    except maths.MathsError as error:
        assert str(error)
        return
    REPORT.read += 1
    assert isinstance(maths.plain(text), str)
    assert isinstance(maths.typst(text), str)
    printed = maths.mathml(text)
    allowed = {c for c in text if (c < " " and c not in "\t\n\r") or "\ud800" <= c <= "\udfff" or c in "\ufffe\uffff"}
    if not allowed:
        ElementTree.fromstring(printed)


def batch(data: bytes) -> None:
    for text in _driver.neighbours(data, WORDS, 20):
        REPORT.texts += 1
        _driver.bounded(REPORT, lambda text=text: one(text), text)  # type: ignore[misc]


_driver.fuzz(REPORT, batch, SEEDS, WORDS)
