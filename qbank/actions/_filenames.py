"""Names of files that are made from candidates' numbers: valid on every system, and no two alike.

They are checked before the first page is printed, so that no run ends half-way at a candidate's name.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Sequence

from qbank import messages
from qbank.model import Candidate, Problem, Refused
from qbank.papers import Exam

LONGEST = 200
"""The most bytes of a name; file systems allow 255, and an ending and a language are added."""
SHOWN = 8
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices, with any ending."""
_OURS = re.compile(r"(all-\d+-\d+|spare-\w+)", re.IGNORECASE)
"""Names of volumes for the printer and of spare papers."""


def sheets(exam: Exam) -> list[str]:
    """The name of each printed sheet's file: in the order of `exam.printed()`, then named forms in large print.

    Raises Refused with every form and every candidate whose code or number cannot name a file.
    """
    numbers = [each.id for each in exam.candidates]
    _refuse(_form, exam.forms, _faults(exam.forms))
    _refuse(_candidate, numbers, _faults(numbers, reserved=_OURS))
    if not exam.each:
        return [*exam.forms, *(f"{exam.forms[form]}-large-print" for form in exam.large_prints())]
    return [*map(_plain, numbers), *(f"spare-{exam.forms[form]}" for form in exam.spares)]


def apart(candidates: Sequence[Candidate]) -> list[str]:
    """A name for each candidate's file, without its ending: their number, and a digest where that alone cannot be one.

    >>> apart([Candidate("20/1"), Candidate("20:1"), Candidate("7")])
    ['20_1', '20_1-d3ef804a', '7']
    """
    numbers = [each.id for each in candidates]
    return [_marked(number) if fault else _plain(number)
            for number, fault in zip(numbers, _faults(numbers), strict=True)]  # fmt: skip


def _marked(number: str) -> str:
    digest = hashlib.blake2b(number.encode("utf-8", "replace"), digest_size=4).hexdigest()
    plain = _plain(number)[:40].strip(".").replace(".", "_")  # what follows a dot does not keep Windows from a device
    return f"{plain}-{digest}"


def _plain(number: str) -> str:
    """The number with `_` for every sign that is neither a letter nor a digit."""
    return re.sub(r"[^\w.-]", "_", unicodedata.normalize("NFC", number))


def _faults(numbers: Sequence[str], *, reserved: re.Pattern[str] | None = None) -> list[str]:
    """Why each number cannot name a file, or nothing."""
    first: dict[str, str] = {}
    faults = []
    for number in numbers:
        name = _plain(number)
        other = first.setdefault(unicodedata.normalize("NFKC", name).casefold(), number)
        fault = _fault(name, reserved)
        if not fault and other is not number:
            fault = messages.tell("it would name the same file as {other}", other=_short(other))
        faults.append(fault)
    return faults


def _refuse(told: Callable[[str, str], Problem], numbers: Sequence[str], faults: Sequence[str]) -> None:
    problems = [told(_short(number), fault) for number, fault in zip(numbers, faults, strict=True) if fault]
    if len(problems) > SHOWN:
        more = messages.tell("{count} more like these", count=len(problems) - SHOWN)
        problems[SHOWN:] = [Problem("paper.file", more)]
    if problems:
        raise Refused(*problems)


def _form(code: str, fault: str) -> Problem:
    message = messages.tell("form {code}: {fault}", code=code, fault=fault)
    return Problem("paper.file", message, proposal=messages.tell("choose another code"))


def _candidate(number: str, fault: str) -> Problem:
    message = messages.tell("candidate {number}: {fault}", number=number, fault=fault)
    return Problem("paper.file", message, proposal=messages.tell("give the candidate another number in the roster"))


def _fault(name: str, reserved: re.Pattern[str] | None) -> str:
    if not name.strip("."):
        return messages.tell("it has no letter or digit to name a file")
    if len(name.encode("utf-8", "replace")) > LONGEST:
        return messages.tell("it is too long for the name of a file ({count} characters)", count=len(name))
    if name.startswith(".") or name.endswith("."):
        return messages.tell("it begins or ends with a dot, which is not allowed in the name of a file")
    if _DEVICES.fullmatch(name):
        return messages.tell("it is a name that Windows keeps for a device")
    if reserved is not None and reserved.fullmatch(name):
        return messages.tell("it is the name of a file that qbank writes itself")
    return ""


def _short(number: str) -> str:
    return repr(number if len(number) <= 40 else f"{number[:40]}…")
