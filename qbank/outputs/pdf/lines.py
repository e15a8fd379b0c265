"""Places where a line may not end: no line of one Chinese character, no blank far from the `=` before it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from qbank.outputs import _text

Node: TypeAlias = Mapping[str, Any]
WIDEST = 14.0
"""What is wider than so many em is never kept together."""
_LAST = re.compile(r"[\u4e00-\u9fff]{2}[^\u4e00-\u9fff\w]{0,3}\Z")


def held(run: Sequence[Node]) -> list[Node]:
    """The nodes of a paragraph, with its last two Chinese characters, and each `=` and its blank, as one `Held` node.

    >>> [node["sort"] for node in held([{"sort": "Text", "text": "正常工作。"}])]
    ['Text', 'Held']
    """
    kept: list[Node] = []
    for node in run:
        before = _before(kept) if node["sort"] == "Entry" else 0
        if before:
            kept[-before:] = [{"sort": "Held", "run": [*kept[-before:], node]}]
        else:
            kept.append(node)
    if kept and kept[-1]["sort"] == "Text":
        text = kept[-1]["text"]
        last = _LAST.search(text)
        if last is not None and last.start():
            kept[-1:] = [{**kept[-1], "text": text[: last.start()]}, _held_text(last[0])]
    return kept


def _held_text(text: str) -> Node:
    return {"sort": "Held", "run": [{"sort": "Text", "text": text}]}


def _before(kept: Sequence[Node]) -> int:
    """How many nodes before a blank are a formula that ends with `=`, and the space after it."""
    count = 2 if kept and kept[-1]["sort"] == "Text" and not kept[-1]["text"].strip() else 1
    formula = kept[-count] if len(kept) >= count else {"sort": ""}
    if formula["sort"] != "Formula" or formula["display"] or not formula["alt"].rstrip().endswith("="):
        return 0
    return count if _text.width(formula["alt"]) <= WIDEST else 0
