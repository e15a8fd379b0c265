"""A hook of MkDocs: what of a page is for those who write it, and not for the site."""

from __future__ import annotations

import re
from typing import Any

_FENCE = re.compile(r"^( *```+[\w-]+) [^\n`]+$", re.MULTILINE)
_NOTE = re.compile(r"\A<!--.*?-->\s*")


def on_page_markdown(markdown: str, **_context: Any) -> str:
    """A page without the note that it was made, before which no title is found, and with plain fences.

    >>> on_page_markdown("<!-- Made. -->\\n\\n# Truth\\n\\n```yaml answer\\nkind: truth\\n```")
    '# Truth\\n\\n```yaml\\nkind: truth\\n```'
    """
    return _FENCE.sub(r"\1", _NOTE.sub("", markdown))
