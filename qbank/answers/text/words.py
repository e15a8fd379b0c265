"""Words compared as an examiner compares them: folded, spaced as the part says, and one slip of the pen apart."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal, TypeAlias

Case: TypeAlias = Literal["fold", "keep"]
Spaces: TypeAlias = Literal["exact", "trim", "collapse", "remove"]

_CHINESE = "[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff]"
_BESIDE_CHINESE = re.compile(rf"(?<={_CHINESE})\s++|(?<!\s)\s++(?={_CHINESE})")  # each run of spaces tried once
_STOP = re.compile(r"(?<![\s。.,，;；])[\s。.,，;；]++$")


@dataclass(frozen=True, slots=True)
class Folding:
    """How two spellings are made the same."""

    case: Case = "fold"
    spaces: Spaces = "collapse"

    def of(self, text: str) -> str:
        """The text after NFKC, folding of case and dashes, and spaces; a full stop at the end falls away.

        `collapse` also drops spaces beside Chinese characters, where they mean nothing.

        >>> Folding().of(" Common  Emitter. "), Folding().of("共 射"), Folding(spaces="exact").of("a  b ")
        ('common emitter', '共射', 'a  b ')
        """
        folded = unicodedata.normalize("NFKC", text)
        folded = re.sub("[−–—―‐‑‒]", "-", folded)
        if self.case == "fold":
            folded = unicodedata.normalize("NFKC", folded.casefold())
        if self.spaces == "exact":
            return folded
        stopped = _STOP.sub("", folded).strip()
        folded = stopped or folded.strip()
        if self.spaces == "remove":
            return re.sub(r"\s+", "", folded)
        if self.spaces == "collapse":
            return re.sub(r"\s+", " ", _BESIDE_CHINESE.sub("", folded))
        return folded


def near(given: str, asked: str) -> bool:
    """Whether one edit (a character more, less, other, or two changed about) makes the one into the other.

    Short words are never near: one edit makes another word of them. A word needs two characters if Chinese, else four.

    >>> near("饱合", "饱和"), near("satuartion", "saturation"), near("on", "in"), near("satration", "saturation")
    (True, True, False, True)
    """
    least = 2 if re.search(_CHINESE, asked) else 4
    if given == asked or len(asked) < least or abs(len(given) - len(asked)) > 1:
        return False
    start = 0
    while start < min(len(given), len(asked)) and given[start] == asked[start]:
        start += 1
    rest, wanted = given[start:], asked[start:]
    if len(given) == len(asked):
        return rest[1:] == wanted[1:] or (rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:])
    return rest[1:] == wanted if len(given) > len(asked) else rest == wanted[1:]
