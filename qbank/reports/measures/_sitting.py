"""What an exam measured, as it is kept beside the items of a bank: counts and measures, no key, no seed, no person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date as day

import numpy as np

from qbank import papers, statistics
from qbank.bank import Sitting
from qbank.bank.item import Part
from qbank.bank.sittings import ItemMeasured, PartMeasured
from qbank.model import BLANK, Floats, flat
from qbank.papers import Placed
from qbank.reports import mistakes, stepmarks
from qbank.reports.measures._options import taken
from qbank.reports.measures._paper import Paper, rounded
from qbank.reports.mistakes import Mistake

MISTAKES = 20
"""So many mistakes of a part are kept, the most frequent."""


def sitting(paper: Paper, on: day, seal: str) -> Sitting:
    """The sitting of a graded exam; `seal` is the digest of its first seal."""
    exam, steps = paper.graded.exam, stepmarks.counted(paper.graded)
    found = mistakes.table(exam, mistakes.counted(paper.graded), stepmarks.table(exam, steps))
    shares, told = _means(paper.parts, paper.worth), statistics.discriminations(paper.parts, paper.totals)
    parts = {
        column: _part(paper, column, exam.columns()[column][1], float(share), float(own), found)
        for column, share, own in zip(paper.columns, shares, told, strict=True)
    }
    facility, apart = _means(paper.items, paper.items_worth), statistics.discriminations(paper.items, paper.totals)
    items = {
        placed.item.id: ItemMeasured(
            count=paper.count, variants=_variants(paper, placed), marks=placed.total, facility=rounded(float(share)),
            discrimination=rounded(float(own)),
            parts={part.id: parts[column] for part in placed.item.parts if (column := placed.column(part)) in parts},
        )
        for placed, share, own in zip(paper.placed, facility, apart, strict=True)
    }  # fmt: skip
    return Sitting(
        exam=exam.id, number=papers.exam_number(exam), seal=seal, title=exam.title, date=on, candidates=paper.count,
        reliability=rounded(statistics.reliable(paper.items).alpha), items=items,
    )  # fmt: skip


def _part(
    paper: Paper, column: str, part: Part, share: float, discrimination: float, found: Sequence[Mistake]
) -> PartMeasured:
    state = paper.graded.marked[column].reading.state[paper.rows]
    names = [option.name for option in part.facts.options]
    chosen = taken(paper, column, part)[0].sum(axis=0).tolist() if names else []
    counts: Counter[str] = Counter()
    for each in found:
        if each.column == column:
            counts[each.note] += each.count
    return PartMeasured(
        marks=paper.graded.exam.columns()[column][2], facility=rounded(share), discrimination=rounded(discrimination),
        blank=int((state == BLANK).sum()), options=dict(zip(names, chosen, strict=True)),
        mistakes=dict(counts.most_common(MISTAKES)),
    )  # fmt: skip


def _means(table: Floats, worth: Floats) -> Floats:
    return np.asarray((table / worth).mean(axis=0)) if len(table) else np.full(len(worth), np.nan)


def _variants(paper: Paper, placed: Placed) -> int:
    """How many different values of its parameters the candidates had."""
    graded = paper.graded
    columns, forms = graded.exam.drawn[placed.item.id].columns, graded.rows[paper.rows]
    values = [flat(columns[name].values[forms]) for name in placed.item.parameters]
    return max(len(np.unique(np.concatenate(values, axis=1), axis=0)), 1) if values else 1
