"""Regular expressions of the RE2 family: no backreferences and no lookaround, so that no text takes long to match.

The whole answer must match, as it is after folding. Time grows with the length of the answer alone.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from qbank import messages
from qbank.answers.text.words import Case, Folding

LONGEST_PATTERN = 300
"""In characters."""

MEMORY = 1 << 20
"""What one pattern may use, compiled and while it matches, in bytes."""


def sound(pattern: str) -> str:
    """The pattern itself; ValueError where RE2 refuses it, or where no folded answer could hold its characters.

    >>> sound("(a+)+$")
    '(a+)+$'
    >>> sound("a(?=b)")
    Traceback (most recent call last):
    ValueError: 'a(?=b)' is not a pattern of RE2: invalid perl operator: (?=
    """
    import re2

    plain = Folding("keep", "exact").of(pattern)
    if plain != pattern:
        raise ValueError(messages.tell(
            "{pattern!r} cannot match: answers are compared in half-width characters; write {plain!r}",
            pattern=pattern, plain=plain,
        ))  # fmt: skip
    try:
        _compiled(pattern, "keep")
    except re2.error as refused:
        told = refused.args[0]
        why = told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told)
        raise ValueError(messages.tell(
            "{pattern!r} is not a pattern of RE2: {why}", pattern=pattern, why=why
        )) from refused  # fmt: skip
    return pattern


def matches(pattern: str, folded: str, case: Case) -> bool:
    """Whether the whole text matches; capitals count where the part keeps them.

    >>> matches("NPN|PNP", "npn", "fold"), matches("NPN|PNP", "npn", "keep"), matches("n", "npn", "fold")
    (True, False, False)
    """
    return _compiled(pattern, case).fullmatch(folded.encode("utf-8", "surrogatepass")) is not None


@lru_cache(maxsize=1024)
def _compiled(pattern: str, case: Case) -> Any:
    import re2

    options = re2.Options()
    options.max_mem = MEMORY
    options.log_errors = False
    options.never_capture = True
    options.case_sensitive = case == "keep"
    return re2.compile(pattern.encode(), options)
