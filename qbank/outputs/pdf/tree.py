"""The view of a page made ready for Typst: formulas written in its own language, and long texts marked as such."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from qbank import maths
from qbank.outputs import _text
from qbank.outputs._text import Node


@lru_cache(maxsize=1 << 14)
def _maths(tex: str) -> tuple[str, str]:
    return maths.typst(tex), _text.clean(maths.plain(tex)) or "formula"


def written(value: Any) -> Any:
    """The same tree, where each formula holds its Typst and how it reads; and each body, whether it may be torn."""
    if isinstance(value, dict):
        if value.get("k") == "maths":
            typst, alt = _maths(value["tex"])
            return {"k": "maths", "display": value["display"], "typst": typst, "alt": alt}
        node: Node = {key: written(inner) for key, inner in value.items()}
        if "action" in value or "parts" in value:
            node["long"] = height(value) > PAGE
        return node
    if isinstance(value, list):
        return [written(inner) for inner in value]
    return value


PAGE = 40.0
"""Lines of text that surely fit one page: a block of more must be allowed to break."""


def height(node: Node) -> float:
    """The estimated height of a question's or a part's own text and options, in lines."""
    lines = sum(_lines(block) for block in node["body"])
    for part in (node, *node.get("parts", ())):
        action = part.get("action", {})
        items = [*action.get("items", ()), *action.get("right", ())]
        lines += sum(_lines(block) for item in items for block in item["body"])
        lines += part.get("space", 0.0) * 28.35 / 18
    return lines


def _lines(block: Node) -> float:
    match block["k"]:
        case "figure":
            return float(block["height"]) / 18 + 2
        case "table":
            return 1.6 * (len(block["rows"]) + 2)
        case "listing":
            return float(block["v"].count("\n")) + 3
        case _:
            displays = sum(2 for node in block["x"] if node.get("display"))
            return _text.width(_text.plain(block["x"])) // _text.LINE + 1.3 + displays
