"""Pieces of Markdown: tables, code in a line, the first sentence of a docstring."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pages.words import say
from qbank import messages


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A pipe table; bars inside cells are escaped, new lines become spaces. Its heads are translated."""
    heads = [say(head) if re.search("[a-z]", head) and "`" not in head else head for head in header]
    lines = [heads, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cell(each) for each in line)} |" for line in lines)


def cell(text: str) -> str:
    """A text that fits into one cell of a table.

    >>> cell("a | b")
    'a \\\\| b'
    """
    return text.replace("\n", " ").replace("|", "\\|")


def code(text: str) -> str:
    """A text as code in a line, whatever it holds; blanks are told in words.

    >>> code("4k7"), code("  ")
    ('`4k7`', '(nothing)')
    """
    shown = text.replace("\n", " ↵ ")
    if not shown.strip():
        return say("(nothing)")
    if "`" in shown:
        return f"`` {shown} ``"
    return f"`{shown}`"


def listed(texts: Iterable[str]) -> str:
    """Texts as code, with commas between."""
    return messages.listed(code(text) for text in texts)


def fenced(text: str, info: str = "") -> str:
    """A listing."""
    return f"```{info}\n{text.strip(chr(10))}\n```"


def first(docstring: str | None) -> str:
    """The first paragraph of a docstring on one line, without its last stop.

    >>> first("One thing.\\n\\nAnd more.")
    'One thing'
    """
    lead = re.split(r"\n\s*\n", (docstring or "").strip())[0]
    return " ".join(lead.split()).rstrip(".")
