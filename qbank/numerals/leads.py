"""What is written before a number: that an answer comes, what it is called, that it is about so much."""

from __future__ import annotations

import re

from qbank.folding import normalise
from qbank.numerals.constant import Stopped

_EQUALS = re.compile(r"==?|[≈:]|等于|\bis\b")
_LEAD = re.compile(
    r"\s*(?:(?:答案?|解)\s*:|ans(?:wer)?\s*[.:=]|(?:所以|因此|故|则|即|解得|(?:so|hence|thus|therefore)\b)\s*[,:]?)",
    re.IGNORECASE,
)
"""What says that an answer comes."""
_ABOUT = re.compile(
    r"\s*(?:大约为?|约等于|约为?|大概是?|≈|~|about|approx(?:imately|\.)?|roughly|around|circa|ca\.)\s*"
)
_MARKUP = str.maketrans("", "", "_{}()\\$ ")
"""What is left out where names are compared."""


def begin(text: str, name: str) -> int:
    """Where the number begins: after its name and an equals sign, after `约` or `≈`."""
    lead = _LEAD.match(text)
    at = lead.end() if lead else 0
    equals = _EQUALS.search(text, at)
    if equals is not None:
        left = text[at : equals.start()].translate(_MARKUP)
        about = _ABOUT.fullmatch(text[at : equals.start()])
        if left and not about and left not in {word.translate(_MARKUP) for word in normalise(name).split()}:
            raise Stopped(at, "name" if text[0] not in "0123456789+-" else "end")
        at = equals.end()
    found = _ABOUT.match(text, at)
    return found.end() if found else at
