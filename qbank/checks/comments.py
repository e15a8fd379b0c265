"""No text is cut off by a `#` that was meant to be part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qbank import messages, nodes
from qbank.bank import Bank
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.model import Problem

RATIONALE = (
    "A space and a `#` begin a comment in YAML, so that `en: see resistor #3 below` is the text `see resistor`. A "
    "comment is told after a text that candidates read, and wherever no space follows its `#`."
)
PROPOSAL = "put the text in quotes; write a comment on a line of its own"
_STEM = """
stem:
  zh: 反相放大电路中 $R_1 = {{ R1 }}$，$R_f = {{ Rf }}$%s
  en: In an inverting amplifier, $R_1 = {{ R1 }}$ and $R_f = {{ Rf }}$%s
"""
EXAMPLES = (
    Sample("comments.text", _STEM % (" #1", " #1"), _STEM % ("#1", "#1"), "without a space before it, # is text"),
    Sample("comments.text", "source: Exercise #3\n", "source: Exercise 3  # of chapter 2\n"),
)
_TEXTS = frozenset({"zh", "en", "title", "stem", "ask", "solution"})
"""The fields whose texts people read."""
_GLUED = re.compile(r"#+([^\s#])")
_PROSE = re.compile(r"\s|[^\x00-\x7f]")
"""What words have, and names and numbers have not."""


def check(scene: Scene) -> Iterator[Problem]:
    """Every such comment of an item."""
    yield from _of(scene.node, scene.item.id)


def check_bank(source: Bank) -> Iterator[Problem]:
    """Those of the blueprints."""
    for name, file in source.blueprint_sources.items():
        yield from _of(nodes.read(file.text, file.file), name)


def _of(node: nodes.Node, name: str) -> Iterator[Problem]:
    for found in nodes.commented(node):
        glued = _GLUED.match(found.comment)
        read = found.path[-1:] and found.path[-1] in _TEXTS
        if read or (glued and (glued[1].isdecimal() or _PROSE.search(found.text))):
            yield Problem(
                "comments.text",
                messages.tell("' #' begins a comment: the text is only {text!r}", text=found.text),
                found.place, nodes.path_text(found.path), messages.translated(PROPOSAL), name, "warning",
            )  # fmt: skip
