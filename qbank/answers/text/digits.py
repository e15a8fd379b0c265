"""Digits in base 2, 8 or 16 as candidates write them: with the sign of the base or without, in groups, in either case.

    digits := [prefix] group {(" " | "_") group} [suffix] | "(" digits ")" ["_"] base
    prefix := "0x" | "0o" | "0b"          suffix := "h" | "o" or "q" | "b" | "_" base | "_{" base "}"

Zeros may appear before the digits, unless the author says how many digits there are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

Bases: TypeAlias = Mapping[str, tuple[int, int]]
"""The names whose values print in another base than ten: the base, and how many digits there are at least."""

_SIGNS: Mapping[int, tuple[str, str]] = {2: ("0b", "b"), 8: ("0o", "[oq]"), 16: ("0x", "h")}


def spellings(text: str, base: int) -> tuple[str, str]:
    """The digits as they print, and with the prefix of their base.

    >>> spellings("1F", 16), spellings("−101", 2)
    (('1F', '0x1F'), ('−101', '−0b101'))
    """
    sign, bare = ("−", text[1:]) if text.startswith("−") else ("", text)
    return text, f"{sign}{_SIGNS[base][0]}{bare}"


def pattern(text: str, base: int, width: int) -> str:
    """What matches every writing of the digits, once a text is folded.

    >>> bool(re.fullmatch(pattern("1F", 16, 0), "0x001f")), bool(re.fullmatch(pattern("001F", 16, 4), "1f"))
    (True, False)
    >>> bool(re.fullmatch(pattern("11110000", 2, 8), "1111 0000b")), bool(re.fullmatch(pattern("1F", 16, 0), "(1F)16"))
    (True, True)
    >>> bool(re.fullmatch(pattern("−101", 2, 0), "-0b101")), bool(re.fullmatch(pattern("1F", 16, 0), "1f_{16}"))
    (True, True)
    """
    prefix, suffix = _SIGNS[base]
    sign, bare = ("-", text[1:]) if text.startswith("−") else ("", text)
    zeros = "" if width else "(0[ _]?)*"
    written = zeros + "[ _]?".join(re.escape(digit) for digit in bare)
    return rf"(?i){sign}(({prefix})?{written}( ?{suffix}|_{base}|_\{{{base}\}})?|\({written}\) ?_?{base})"
