"""What of a class's names no font of the papers has, said before anything is printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qbank.model import Candidate, Problem
from qbank.outputs import pdf

SHOWN = 20
"""So many candidates are told one by one."""
_TYPED = "type the name with other characters in the roster, or write them by hand on the paper"
_PRIVATE = "ask the registry for the character that it means; " + _TYPED


def unprintable(candidates: Sequence[Candidate], places: Sequence[str] = ()) -> Iterator[Problem]:
    """A warning for each candidate whose number, name or class has such a character: its code, and what is printed.

    `places` are the file and line of each candidate, where they come from a file.
    """
    count = 0
    for at, who in enumerate(candidates):
        written = " ".join(filter(None, (who.id, who.name, who.group)))
        signs = pdf.unprintable(written)
        if not signs:
            continue
        count += 1
        if count <= SHOWN:
            place = f"{places[at]}: " if places else ""
            codes = ", ".join(f"U+{ord(sign):04X}" for sign in signs)
            message = f"{place}candidate {who.id!r}: no font has {codes}; the papers print {pdf.printable(written)}"
            yield _warning(message, _PRIVATE if any(_private(sign) for sign in signs) else _TYPED)
    if count > SHOWN:
        yield _warning(f"{count - SHOWN} more candidates have characters that no font has", _TYPED)


def _private(sign: str) -> bool:
    return "\ue000" <= sign <= "\uf8ff" or ord(sign) >= 0xF0000


def _warning(message: str, proposal: str) -> Problem:
    return Problem("paper.character", message, proposal=proposal, severity="warning")
