"""One candidate's marks and reasons on paper: a row a part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from qbank.model import Candidate, Lang
from qbank.outputs import _text
from qbank.outputs._wording import wording
from qbank.outputs.pdf.press import typeset

LONGEST = 400
"""The most characters of a written answer that are printed."""


def feedbacksheet(
    who: Candidate, title: str, facts: Sequence[str], heads: Sequence[str], rows: Sequence[Sequence[str]], note: str,
    lang: Lang,
) -> bytes:  # fmt: skip
    """A PDF of a table: `heads` over `rows`, the first column the question's number; characters no font has are 〓.

    Raises ValueError when a row has not one cell for each head.
    """
    for row in rows:
        if len(row) != len(heads):
            raise ValueError(f"{row[:1]} has {len(row)} cells for {len(heads)} columns")
    tree: dict[str, Any] = {
        "words": asdict(wording(lang)),
        "title": _text.printable(title),
        "who": _text.printable(" ".join(filter(None, (who.id, who.name, who.group)))),
        "facts": [_text.printable(fact) for fact in facts],
        "heads": [_text.clean(head) for head in heads],
        "rows": [[_text.printable(cell[:LONGEST] + "…" * (len(cell) > LONGEST)) for cell in row] for row in rows],
        "note": _text.printable(note),
    }
    return typeset("feedback", lang, tree)
