"""The table of questions, all parts of one together: what an item did in this exam, for a spreadsheet.

`results/items.csv` has it by question, `results/questions.csv` (`reports.questions`) by part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qbank.model import Lang, printed_marks
from qbank.reports import flags
from qbank.reports.findings import FIFTHS, Findings, Measures

if TYPE_CHECKING:
    import polars as pl

DIGITS = 4


def frame(findings: Findings, lang: Lang) -> pl.DataFrame:
    """A row a question, in the order of the paper.

    Its section, item, title, topic, knowledge points, level and number of parts; `worth`, and `counts`, what it is
    worth in a total that was scaled; how many `sat` the exam and the `mean` marks; the measures of `reports.questions`;
    `highest`, the facility if all that waits earned full marks; `lower` and `upper`, the facility for the weakest and
    the strongest 27 % in the rest of the paper, `fifth 1` (weakest) to `fifth 5` that in the fifths by total; `flags`,
    why it deserves a look (`reports.flags`), with "?" where chance may have done it.
    """
    import polars as pl

    rows: list[dict[str, Any]] = []
    for each in findings.questions:
        item, own = each.placed.item, each.measures
        rows.append({
            "question": each.label, "section": each.section.title[lang], "item": item.id, "title": item.title[lang],
            "topic": item.topic,
            "covers": " ".join(item.points), "level": item.level, "parts": len(each.columns),
            "worth": float(printed_marks(each.placed.total)),
            "counts": float(printed_marks(each.placed.total * findings.graded.scale)),
            "sat": own.count, "mean": decimals(own.mean), **measures(own), "highest": decimals(own.highest),
            "lower": decimals(own.lower), "upper": decimals(own.upper),
            **{f"fifth {place + 1}": decimals(own.fifths[place]) for place in range(FIFTHS)},
            "flags": " ".join(map(str, flags.of(findings, each))),
        })  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)


def measures(own: Measures) -> dict[str, float | int | None]:
    """The columns that a part and a question have in common."""
    return {
        "facility": decimals(own.facility), "discrimination": decimals(own.discrimination), "blank": own.blank,
        "unreadable": own.unreadable, "waiting": own.waiting, "doubtful": own.doubtful,
    }  # fmt: skip


def decimals(value: float) -> float | None:
    """To four decimals, and never minus zero; null where there is no value."""
    return None if value != value else round(value, DIGITS) + 0.0
