"""What a typed text is: its usual reading, which knows the other readings that usage knows.

The grammar is that of `grammar`, the places where usage parts those of `styles`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from qbank.algebra.tree import Node
from qbank.formulas.grammar import Reader
from qbank.formulas.source import Source, Unreadable
from qbank.formulas.styles import Kind, Style, both, others
from qbank.formulas.vocabulary import Vocabulary

WORK = 4000
"""How many tokens the second readings of a text may have together: more than forty of any that is not a joke."""
SHORT = 100
"""Up to this many tokens, readings are compared with each other; to compare deep trees takes Python's stack."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it is usually read; where usage parts on it, what is needed to read it otherwise."""

    node: Node
    passed: tuple[Kind, ...]
    """The places where usage parts."""
    _source: Source
    _decimal_comma: bool

    @property
    def others(self) -> Iterator[Node]:
        """The other usual readings that can be read; of a very long text the first few."""
        if not self.passed:
            return
        size, found, kinds = len(self._source.tokens), [], set(self.passed)
        for style in islice(chain(others(self.passed), both(kinds)), max(1, WORK // size)):
            try:
                node = Reader(self._source, style, self._decimal_comma).formula()
            except Unreadable:
                continue
            kinds.update(style.passed)
            if size > SHORT or node not in found:
                found.append(node)
                yield node


def usual(text: str, words: Vocabulary, *, decimal_comma: bool = False) -> Reading:
    """The usual reading of a text, which knows the others. Raises Unreadable.

    >>> from qbank.algebra.writing import plain
    >>> [plain(node) for node in usual("e^2x + 1", Vocabulary(("x",))).others]
    ['e^(2*x) + 1', 'e^(2*x + 1)']
    """
    source, style = Source(text, words), Style()
    node = Reader(source, style, decimal_comma).formula()
    return Reading(node, tuple(style.passed), source, decimal_comma)


def read(text: str, words: Vocabulary, *, decimal_comma: bool = False) -> Node:
    """The formula or equation that a text is, in its usual reading. Raises Unreadable.

    >>> read("2Rf", Vocabulary(("Rf",)))
    Binary(operator='*', left=Number(text='2', value=Decimal('2'), at=0), right=Name(name='Rf', at=0), at=0)
    >>> read("2(R1 R2", Vocabulary(("R1", "R2")))
    Traceback (most recent call last):
    qbank.formulas.source.Unreadable: column 8: the ( at column 2 is not closed
    """
    return usual(text, words, decimal_comma=decimal_comma).node
