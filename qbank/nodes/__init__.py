"""YAML that remembers its lines, and resolves no types: every scalar is the text that was written.

>>> from qbank import nodes
>>> node = nodes.read(b"id: gain\\nmarks: no\\nparts: [1e3, 4:30]\\nnote:\\n", "item.yaml")
>>> nodes.plain(node)
{'id': 'gain', 'marks': 'no', 'parts': ['1e3', '4:30'], 'note': None}
>>> str(nodes.place(node, ["parts", 1]))
'item.yaml:3:14'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank import registry

if TYPE_CHECKING:
    from qbank.nodes._faults import Wrong, problems
    from qbank.nodes._oddities import Comment, commented, mangled
    from qbank.nodes._places import place, scalar_place
    from qbank.nodes._reading import DEPTH, SIZE, NodeError, read
    from qbank.nodes._tree import Mapping, Node, Path, Scalar, Sequence, Source, Span, path_text, plain
    from qbank.nodes._wordings import complaint
else:
    __getattr__ = registry.by_need(__name__, {
        **dict.fromkeys(("Wrong", "problems"), "_faults"),
        **dict.fromkeys(("Comment", "commented", "mangled"), "_oddities"),
        **dict.fromkeys(("place", "scalar_place"), "_places"),
        **dict.fromkeys(("DEPTH", "SIZE", "NodeError", "read"), "_reading"),
        **dict.fromkeys(("Mapping", "Node", "Path", "Scalar", "Sequence", "Source", "Span"), "_tree"),
        **dict.fromkeys(("path_text", "plain"), "_tree"),
        "complaint": "_wordings",
    })  # fmt: skip

__all__ = [
    "DEPTH",
    "SIZE",
    "Comment",
    "Mapping",
    "Node",
    "NodeError",
    "Path",
    "Scalar",
    "Sequence",
    "Source",
    "Span",
    "Wrong",
    "commented",
    "complaint",
    "mangled",
    "path_text",
    "place",
    "plain",
    "problems",
    "read",
    "scalar_place",
]
