"""Any bytes read as YAML: nodes, or NodeError, every problem with a place in the file."""

from __future__ import annotations

import _driver
import _words

with _driver.watched():
    from qbank import nodes

REPORT = _driver.Report("nodes")
WORDS = (*_driver.words(
    '- : ? | > & * ! % @ ` { } [ ] , # --- ... !!python/object: <<: &a *a !!int " \' |- >+ \ufeff'
),
         *_words.HOSTILE[:13], "\n", "\t", "\x85")  # fmt: skip


def one(content: bytes) -> None:
    try:
        found = nodes.read(content, "item.yaml")
    except nodes.NodeError as error:
        assert error.problems
        for problem in error.problems:
            assert problem.message
            assert problem.place is None or problem.place.line >= 1
        return
    REPORT.read += 1
    nodes.plain(found)


def batch(data: bytes) -> None:
    for text in _driver.neighbours(data, WORDS, 6):
        REPORT.texts += 1
        wide = "utf-16" if len(data) % 3 == 0 else "utf-8"
        content = text.encode(wide, "surrogatepass")
        _driver.bounded(REPORT, lambda content=content: one(content), content)  # type: ignore[misc]
    _driver.bounded(REPORT, lambda: one(data), data)


def encodable(text: str) -> str:
    """The text without lone surrogates that stand for no byte."""
    return text.encode("utf-8", "replace").decode()


SEEDS = (
    "id: gain\nmarks: no\nparts: [1e3, 4:30]\nnote:\n", "a: {b: 'c', d: \"\\u0041\"}\n",
    "- |\n  text\n- >-\n  folded\n",
    "&a [*a]\n", "? [a]\n: b\n", "a: 1\na: 2\n",
)  # fmt: skip
_driver.fuzz(REPORT, batch, SEEDS, map(encodable, WORDS))
