"""Every frozen type that crosses a room. Values only: no file, no chance, no marking happens here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank import registry

if TYPE_CHECKING:
    from qbank.model._columns import Array, Column, Columns, Floats, flat, gather, take
    from qbank.model._imprint import Imposition, Imprint
    from qbank.model._marks import Marks, exact_marks, printed_marks, simplest, total_marks
    from qbank.model._people import Accommodation, Candidate, duplicates
    from qbank.model._problems import FAILED, Place, Problem, Refused, caught
    from qbank.model._rich import (
        Attachment,
        Blank,
        Block,
        Code,
        Content,
        Derivation,
        Drawing,
        FigureSlot,
        FileSlot,
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
    from qbank.model._states import STANDINGS, STATES, Standing, State, away
    from qbank.model._steps import BLANK, READ, UNREADABLE, WAITS, Example, Rules, Step, Steps, merge
    from qbank.model._texts import LANGS, Bilingual, Counted, Lang
else:
    __getattr__ = registry.by_need(__name__, {
        **dict.fromkeys(("Array", "Column", "Columns", "Floats", "flat", "gather", "take"), "_columns"),
        **dict.fromkeys(("Imposition", "Imprint"), "_imprint"),
        **dict.fromkeys(("Marks", "exact_marks", "printed_marks", "simplest", "total_marks"), "_marks"),
        **dict.fromkeys(("Accommodation", "Candidate", "duplicates"), "_people"),
        **dict.fromkeys(("FAILED", "Place", "Problem", "Refused", "caught"), "_problems"),
        **dict.fromkeys(("Attachment", "Blank", "Block", "Code", "Content", "Derivation", "Drawing"), "_rich"),
        **dict.fromkeys(("FigureSlot", "FileSlot", "Inline", "Label", "Listing", "Maths", "Name"), "_rich"),
        **dict.fromkeys(("Paragraph", "Printed", "Rich", "Strong", "Table", "Text"), "_rich"),
        **dict.fromkeys(("STANDINGS", "STATES", "Standing", "State", "away"), "_states"),
        **dict.fromkeys(("BLANK", "READ", "UNREADABLE", "WAITS", "Example"), "_steps"),
        **dict.fromkeys(("Rules", "Step", "Steps", "merge"), "_steps"),
        **dict.fromkeys(("LANGS", "Bilingual", "Counted", "Lang"), "_texts"),
    })  # fmt: skip

__all__ = [
    "BLANK",
    "FAILED",
    "LANGS",
    "READ",
    "STANDINGS",
    "STATES",
    "UNREADABLE",
    "WAITS",
    "Accommodation",
    "Array",
    "Attachment",
    "Bilingual",
    "Blank",
    "Block",
    "Candidate",
    "Code",
    "Column",
    "Columns",
    "Content",
    "Counted",
    "Derivation",
    "Drawing",
    "Example",
    "FigureSlot",
    "FileSlot",
    "Floats",
    "Imposition",
    "Imprint",
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
    "Standing",
    "State",
    "Step",
    "Steps",
    "Strong",
    "Table",
    "Text",
    "away",
    "caught",
    "duplicates",
    "exact_marks",
    "flat",
    "gather",
    "merge",
    "printed_marks",
    "simplest",
    "take",
    "total_marks",
]
