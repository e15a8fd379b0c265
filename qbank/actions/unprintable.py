"""The characters of a class's names that no font of the papers has, told before anything is printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qbank import messages
from qbank.model import Candidate, Problem
from qbank.outputs import pdf

SHOWN = 20
"""How many candidates are told one by one."""


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
            codes = messages.listed(f"U+{ord(sign):04X}" for sign in signs)
            message = messages.tell("candidate {candidate!r}: no font has {codes}; the papers print {printed}",
                                    candidate=who.id, codes=codes, printed=pdf.printable(written))  # fmt: skip
            if places:
                message = messages.tell("{place}: {message}", place=places[at], message=message)
            yield _warning(message, _proposal(private=any(_private(sign) for sign in signs)))
    if count > SHOWN:
        yield _warning(messages.tell_many(
            count - SHOWN, "{count} more candidate has characters that no font has",
            "{count} more candidates have characters that no font has",
        ), _proposal(private=False))  # fmt: skip


def _proposal(*, private: bool) -> str:
    if private:
        return messages.tell("ask the registry which character is meant; type the name with other characters in the "
                             "roster, or write them by hand on the paper")  # fmt: skip
    return messages.tell("type the name with other characters in the roster, or write them by hand on the paper")


def _private(sign: str) -> bool:
    return "\ue000" <= sign <= "\uf8ff" or ord(sign) >= 0xF0000


def _warning(message: str, proposal: str) -> Problem:
    return Problem("paper.character", message, proposal=proposal, severity="warning")
