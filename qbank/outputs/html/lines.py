"""What may not be torn at the end of a line of a web page: a formula, and the signs that touch it.

A browser may break a line on either side of a formula, whatever is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from qbank.outputs._page import Formula, Inline, Text

_CLOSING = re.compile(r"[，。；：、？！）】》」』”’…,.;:?!)\]%°]+")
_OPENING = re.compile(r"[（【《「『“‘(\[]+\Z")


def glued(run: Iterable[Inline]) -> list[list[Inline]]:
    """The inlines in groups, none of which may be torn: a formula with the brackets and stops around it.

    >>> [[getattr(each, "text", "x") for each in group] for group in glued((Text("由（"), Formula("x"), Text("）得")))]
    [['由'], ['（', 'x', '）'], ['得']]
    """
    rest, groups = list(run), list[list[Inline]]()
    for place, node in enumerate(rest):
        group = [node]
        if isinstance(node, Formula) and not node.display:
            before = groups[-1][-1] if groups and len(groups[-1]) == 1 else None
            if isinstance(before, Text) and (found := _OPENING.search(before.text)):
                groups[-1] = [Text(before.text[: found.start()])]
                group.insert(0, Text(found[0]))
            after = rest[place + 1] if place + 1 < len(rest) else None
            if isinstance(after, Text) and (found := _CLOSING.match(after.text)):
                group.append(Text(found[0]))
                rest[place + 1] = Text(after.text[found.end() :])
        groups.append(group)
    return groups
