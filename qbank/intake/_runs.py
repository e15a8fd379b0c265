"""Choices typed in a run: `ABCDA BC-DA` under the header `1-10` is ten answers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from qbank.intake._headings import folded

_TO = re.compile(r"-|–|—|~|至|到|\.\.")
_TOKEN = re.compile(r"[\s,，、;；]*(?:[(（\[【]([A-Za-z\s,，、]*)[)）\]】]|([A-Za-z√✓×✗对错])|([-._]))[\s,，、;；]*")


def span(header: str, columns: Sequence[str]) -> tuple[str, ...]:
    """The columns from one to another that a header such as `Q1-10` names, or none.

    >>> span("Q1-3", ["Q1", "Q2", "Q3", "Q4"])
    ('Q1', 'Q2', 'Q3')
    >>> span("第2题-第4题", ["Q1", "Q2", "Q3", "Q4"])
    ('Q2', 'Q3', 'Q4')
    """
    known = [folded(column) for column in columns]
    for text in (header, folded(header)):  # the ends as they are written, or with 第…题 around both
        for match in _TO.finditer(text):
            first, last = folded(text[: match.start()]), folded(text[match.end() :])
            if first in known and last in known and known.index(first) < known.index(last):
                return tuple(columns[known.index(first) : known.index(last) + 1])
    return ()


def split(text: str) -> tuple[str, ...] | str:
    """The single answers of a run; or, where it cannot be read, the character that stands in the way.

    >>> split("AB-(ACD) d")
    ('A', 'B', '', 'ACD', 'd')
    """
    answers: list[str] = []
    at = 0
    text = unicodedata.normalize("NFKC", text).strip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            return text[at]
        several, one, _ = found.groups()
        answers.append(re.sub(r"[\s,，、]", "", several) if several is not None else one or "")
        at = found.end()
    return tuple(answers)
