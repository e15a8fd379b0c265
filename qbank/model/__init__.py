"""Every frozen type that crosses a room. Values only: no file, no chance, no marking happens here."""

from __future__ import annotations

from qbank.model._columns import LANGS, Array, Bilingual, Column, Columns, Floats, Lang, take
from qbank.model._marks import Marks, printed_marks, total_marks
from qbank.model._people import Candidate, duplicates
from qbank.model._problems import FAILED, Place, Problem, Refused, caught
from qbank.model._rich import (
    Blank,
    Block,
    Code,
    Derivation,
    Drawing,
    FigureSlot,
    Inline,
    Label,
    Listing,
    Maths,
    Name,
    Paragraph,
    Printed,
    Rich,
    Strong,
    Table,
    Text,
)
from qbank.model._steps import BLANK, READ, UNREADABLE, Example, Rules, Step, Steps, merge

__all__ = [
    "BLANK",
    "FAILED",
    "LANGS",
    "READ",
    "UNREADABLE",
    "Array",
    "Bilingual",
    "Blank",
    "Block",
    "Candidate",
    "Code",
    "Column",
    "Columns",
    "Derivation",
    "Drawing",
    "Example",
    "FigureSlot",
    "Floats",
    "Inline",
    "Label",
    "Lang",
    "Listing",
    "Marks",
    "Maths",
    "Name",
    "Paragraph",
    "Place",
    "Printed",
    "Problem",
    "Refused",
    "Rich",
    "Rules",
    "Step",
    "Steps",
    "Strong",
    "Table",
    "Text",
    "caught",
    "duplicates",
    "merge",
    "printed_marks",
    "take",
    "total_marks",
]
