"""How many blanks, choices and lines a sheet has. A throw-away output, added by the recipe."""



from __future__ import annotations

from collections import Counter
from typing import assert_never

from qbank.outputs import Output
from qbank.sheets import Sheet
from qbank.waist import Choice, EntryGrid, ExtendedText, Pairing, TextEntry


def _counts(sheet: Sheet) -> Counter[str]:
    """The number of things to do, by what is done."""
    found: Counter[str] = Counter()
    for section in sheet.sections:
        for question in section.questions:
            for part in question.parts:
                match part.interaction:
                    case TextEntry() | EntryGrid():
                        found["written"] += 1
                    case Choice() | Pairing():
                        found["picked"] += 1
                    case ExtendedText():
                        found["told"] += 1
                    case other:
                        assert_never(other)
    return found


def _written(sheet: Sheet) -> bytes:
    return "".join(f"{name} {count}\n" for name, count in sorted(_counts(sheet).items())).encode()


OUTPUT = Output(".counts.txt", sheet=_written)
