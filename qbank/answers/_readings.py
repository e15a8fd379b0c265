"""Answers understood, as columns: what every kind that reads plain text shares."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from qbank import markup, numerals
from qbank.answers import Reading
from qbank.formulas import tokens
from qbank.model import BLANK, READ, UNREADABLE, Array, Bilingual, Columns, Inline, Lang, Steps, take

_LEAD = re.compile(
    r"(?:\s*+(?:(?:答案?|解|answer|ans)\s*[:：]|(?:解得|所以|因此|故|则|即)\s*[:：,，]?|∴))++", re.IGNORECASE
)
"""What says that an answer comes."""
LONGEST = 1000
"""The longest text that is read, in characters."""

TOO_LONG = Bilingual(zh=f"不超过 {LONGEST} 个字符", en=f"at most {LONGEST} characters")


Says: TypeAlias = Callable[[Columns, int, Lang], str]
"""What one row of the columns was taken for, in words."""


class Stopped(Exception):
    """Reading stopped at a column (from 1) of the text, where something else was expected."""

    def __init__(self, column: int, expected: Bilingual) -> None:
        super().__init__(f"column {column}: expected {expected.en}")
        self.column = column
        self.expected = expected


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """n texts understood: `columns` hold what they say, by name, (n, …) each; see `answers.Reading`."""

    state: NDArray[np.uint8]
    stop: NDArray[np.int64]
    wanted: NDArray[np.int64]
    """(n,) which of the sentences says what was expected."""
    sentences: tuple[Bilingual, ...]
    columns: Columns
    says: Says | None = None
    """What a row was taken for, where its text does not say it."""

    def take(self, rows: Array) -> Readings:
        """The readings of the given rows (indices, which may repeat, or a mask)."""
        return Readings(
            self.state[rows], self.stop[rows], self.wanted[rows], self.sentences, take(self.columns, rows),
            self.says,
        )  # fmt: skip

    def expected(self, row: int, lang: Lang) -> str:
        """What was expected where reading stopped; empty where it did not stop."""
        return self.sentences[int(self.wanted[row])][lang]

    def told(self, row: int, lang: Lang) -> str:
        """What a row was taken for, where the kind says it."""
        return "" if self.says is None else self.says(self.columns, row, lang)

    @property
    def read(self) -> NDArray[np.bool_]:
        """(n,) which texts were understood."""
        return np.equal(self.state, READ)


def unannounced(text: str) -> str:
    """The text with spaces in the place of what says that an answer comes.

    >>> unannounced("答：3+4j"), unannounced("解得 x = 2")
    ('  3+4j', '   x = 2')
    """
    lead = _LEAD.match(text)
    return text if lead is None else " " * lead.end() + text[lead.end() :]


def collect(
    texts: Sequence[str], one: Callable[[str], Mapping[str, Any]], empty: Columns, says: Says | None = None,
    *, whole: bool = False,
) -> Readings:  # fmt: skip
    """Every text through `one`, which gives the values of the columns or raises Stopped.

    `empty` names the columns, and holds the value (and so the type and shape) of a row that was not read; `says` tells
    what a row was taken for. What says that an answer comes is left out, but where the texts are taken `whole`.
    """
    count = len(texts)
    state = np.full(count, READ, dtype=np.uint8)
    stop = np.zeros(count, dtype=np.int64)
    wanted = np.zeros(count, dtype=np.int64)
    sentences = {Bilingual(zh="", en=""): 0}
    columns = {name: np.broadcast_to(value, (count, *value.shape)).copy() for name, value in empty.items()}
    for row, text in enumerate(texts):
        if not numerals.visible(text).strip():
            state[row] = BLANK
            continue
        try:
            if len(text) > LONGEST:
                raise Stopped(LONGEST + 1, TOO_LONG)
            for name, value in one(text if whole else unannounced(text)).items():
                columns[name][row] = value
        except Stopped as stopped:
            state[row] = UNREADABLE
            stop[row] = stopped.column
            wanted[row] = sentences.setdefault(stopped.expected, len(sentences))
    return Readings(state, stop, wanted, tuple(sentences), columns, says)


def begun(reading: Reading) -> Steps:
    """The steps that every kind begins with: what is blank or unreadable earns nothing."""
    steps = Steps(len(reading.state))
    if np.count_nonzero(reading.state == READ) == len(reading.state):
        return steps
    steps = steps.where(reading.state == BLANK, "blank", 0.0)
    return steps.where(reading.state == UNREADABLE, "unreadable", 0.0)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text with its look-alike characters folded, which still knows the column that each character came from."""

    text: str
    columns: tuple[int, ...]

    def column(self, index: int) -> int:
        """The column (from 1) of the text as written; one past its end for an index past the end."""
        return self.columns[min(index, len(self.columns) - 1)]


def fold(text: str) -> Folded:
    """A text by the one folding that every kind shares (`numerals.fold`), without TeX.

    >>> fold("（Ａ）①\u200b").text
    '(A)1'
    """
    folded, origin = tokens.unmarked(text)
    return Folded(folded, (*(index + 1 for index in origin), len(text) + 1))


def letter(position: int) -> str:
    """A, B, C, … for 0, 1, 2, …"""
    return chr(ord("A") + position)


def listed(marked: NDArray[np.bool_], names: Sequence[str], between: str = "") -> NDArray[np.str_]:
    """(n,) the names of what is marked (n, k), at most 62 of them, in one text such as "ACD".

    >>> listed(np.array([[True, False, True], [False, False, False]]), ["A", "B", "C"]).tolist()
    ['AC', '']
    """
    bits = 1 << np.arange(len(names), dtype=np.int64)
    codes, inverse = np.unique(marked @ bits, return_inverse=True)
    texts = [between.join(name for place, name in enumerate(names) if code >> place & 1) for code in codes.tolist()]
    return np.array(texts, dtype=np.str_)[inverse]


def plainly(text: Bilingual, lang: Lang) -> str:
    """An author's text on one line, without its markup."""
    return " ".join(markup.plain(markup.read(text[lang])).split())


def spoken(text: Bilingual, lang: Lang) -> tuple[Inline, ...]:
    """An author's text on one line, with its formulas."""
    return markup.line(" ".join(text[lang].split()))


def quoted(text: str) -> str:
    r"""Words as TeX of our subset.

    >>> quoted("50% open")
    '\\text{50\\% open}'
    """
    plain = text.replace("\\", "∖")
    return r"\text{" + "".join(f"\\{sign}" if sign in "{}%$#&_" else sign for sign in plain) + "}"
