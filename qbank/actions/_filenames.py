"""Names of files that are made from candidates' numbers: valid on every system, and no two alike.

They are checked before the first page is printed, so that no run ends half-way at somebody's name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from qbank.model import Candidate, Problem, Refused
from qbank.papers import Exam

LONGEST = 200
"""The most bytes of a name; file systems allow 255, and an ending and a language are added."""
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices, with any ending."""
_OURS = re.compile(r"(all-\d+-\d+|spare-\w+)", re.IGNORECASE)
"""Names of volumes for the printer and of spare papers."""


def sheets(exam: Exam) -> list[str]:
    """The name of each printed sheet's file, in the order of `exam.printed()`.

    Raises Refused with every candidate whose number cannot name a file.
    """
    if not exam.each:
        return list(exam.forms)
    return [*named(exam.candidates, reserved=_OURS), *(f"spare-{exam.forms[form]}" for form in exam.spares)]


def named(candidates: Sequence[Candidate], *, reserved: re.Pattern[str] | None = None) -> list[str]:
    """The name of each candidate's file, without its ending; signs that are not letters or digits become `_`.

    Raises Refused with every candidate whose number cannot name a file, or names that of another candidate.
    """
    names = [re.sub(r"[^\w.-]", "_", unicodedata.normalize("NFC", each.id)) for each in candidates]
    problems = []
    first: dict[str, Candidate] = {}
    for candidate, name in zip(candidates, names, strict=True):
        why = _fault(name, reserved)
        other = first.setdefault(unicodedata.normalize("NFKC", name).casefold(), candidate)
        if not why and other is not candidate:
            why = f"would name the same file as that of candidate {_short(other.id)}"
        if why:
            message = f"candidate {_short(candidate.id)}: the number {why}"
            problems.append(Problem("roster.file", message, proposal="give the candidate another number in the roster"))
    if problems:
        raise Refused(*problems)
    return names


def _fault(name: str, reserved: re.Pattern[str] | None) -> str:
    if not name.strip("."):
        return "has no letter and no digit to name a file"
    if len(name.encode("utf-8", "replace")) > LONGEST:
        return f"is too long for the name of a file ({len(name)} characters)"
    if name.startswith(".") or name.endswith("."):
        return "begins or ends with a dot, which the name of a file may not"
    if _DEVICES.fullmatch(name):
        return "is a name that Windows keeps for a device"
    if reserved is not None and reserved.fullmatch(name):
        return "is the name of a file that qbank writes itself"
    return ""


def _short(number: str) -> str:
    return repr(number if len(number) <= 40 else f"{number[:40]}…")
