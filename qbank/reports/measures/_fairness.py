"""Whether a candidate's form, or the values drawn for a candidate, made the paper harder than another's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from qbank import statistics
from qbank.model import Array, Column
from qbank.reports.measures._paper import Paper, rounded

if TYPE_CHECKING:
    import polars as pl

TOTAL = "total"


def forms(paper: Paper) -> pl.DataFrame:
    """A row for the total and one for each question: whether the named forms differ. Empty where there are not two.

    `difference` is between the best form and the worst, in marks; `effect` is ω²; `chance` the p-value, those of the
    questions adjusted for being many (Holm); `detectable` the difference that would have been found with a chance of
    0.8. Raises ModuleNotFoundError without SciPy.
    """
    import polars as pl

    exam, rows = paper.graded.exam, []
    schema = {"question": pl.String, "item": pl.String, "best": pl.String, "worst": pl.String}
    numbers = dict.fromkeys(("difference", "effect", "chance", "detectable"), pl.Float64)
    groups = paper.graded.rows[paper.rows]
    if exam.each or exam.mixtures or not paper.count:
        return pl.DataFrame(schema={**schema, **numbers})
    whole = statistics.differences(paper.totals[:, None], groups)
    parts = statistics.differences(paper.items, groups, tests=len(paper.placed))
    names = [(TOTAL, ""), *((f"Q{placed.number}", placed.item.id) for placed in paper.placed)]
    if whole is not None and parts is not None:
        chances = [*whole.chance, *statistics.together(parts.chance)]
        means = np.concatenate([whole.means, parts.means], axis=1)
        effects, sizes = [*whole.effect, *parts.effect], [*whole.detectable, *parts.detectable]
        for place, (question, item) in enumerate(names):
            own = means[:, place]
            rows.append({
                "question": question, "item": item, "best": exam.forms[int(np.nanargmax(own))],
                "worst": exam.forms[int(np.nanargmin(own))], "difference": rounded(np.nanmax(own) - np.nanmin(own)),
                "effect": rounded(effects[place]), "chance": rounded(chances[place]),
                "detectable": rounded(sizes[place]),
            })  # fmt: skip
    return pl.DataFrame(rows, schema={**schema, **numbers})


def parameters(paper: Paper) -> pl.DataFrame:
    """A row for each drawn parameter, where every candidate has a form of their own; else empty.

    `difference` is the share of the item's marks between the value that was `easiest` and the one that was `hardest`,
    candidates of equal marks in the rest of the paper compared; `chance` is the p-value, adjusted for all the tests of
    the paper (Holm); `detectable` the difference that would have been found with a chance of 0.8. Raises
    ModuleNotFoundError without SciPy.
    """
    import polars as pl

    text = dict.fromkeys(("question", "item", "parameter", "easiest", "hardest"), pl.String)
    numbers = dict.fromkeys(("difference", "chance", "detectable"), pl.Float64)
    found = []
    for place, placed in enumerate(paper.placed):
        rest, share = paper.rest(paper.items[:, place]), paper.shares[:, place]
        for name, values in _drawn(paper, place):
            effect = statistics.effect(share, rest, values)
            if effect is not None:
                found.append((f"Q{placed.number}", placed.item.id, name, effect))
    chances = statistics.together(np.array([effect.chance for *_, effect in found]))
    rows = [
        {
            "question": question, "item": item, "parameter": name, "easiest": effect.easiest, "hardest": effect.hardest,
            "candidates": effect.count, "difference": rounded(effect.difference), "chance": rounded(chance),
            "detectable": rounded(effect.detectable(len(found))),
        }
        for (question, item, name, effect), chance in zip(found, chances.tolist(), strict=True)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema={**text, "candidates": pl.Int64, **numbers})


def _drawn(paper: Paper, place: int) -> Iterator[tuple[str, Array]]:
    """What was drawn for the candidates of an item: its scalar parameters, and which statement of a pair."""
    graded, item = paper.graded, paper.placed[place].item
    if not (graded.exam.each or graded.exam.mixtures):
        return
    drawn, forms = graded.exam.drawn[item.id], graded.rows[paper.rows]
    for name in item.parameters:
        values = _values(drawn.columns[name])[forms]
        if values.ndim == 1:
            yield name, values
    for part in item.parts:
        for name, codes in drawn.arrangements[part.id].items():
            if codes.ndim == 1 and len(part.facts.statements) > 1:
                names = np.array([statement.name for statement in part.facts.statements])
                yield f"{part.id} {name}", names[codes[forms].astype(np.intp)]


def _values(column: Column) -> Array:
    """Words by what they are, numbers as numbers."""
    if column.labels:
        return np.array(column.labels)[column.values.astype(np.intp)]
    return column.values.astype(np.str_) if column.values.dtype.kind == "b" else column.values
