"""Where another system gave other marks than qbank, answer by answer, and why: a loss of the export, a rule of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qbank import answers, papers
from qbank.grading import Graded
from qbank.marking import CARRIED
from qbank.model import Bilingual, Lang
from qbank.reports._reasons import joined, reasons
from qbank.waist import Cells, Numbers

if TYPE_CHECKING:
    import polars as pl

ROUNDING = 0.01
"""The share of the marks by which rounded marks of another system may differ."""
WHY = {
    "settled": Bilingual(zh="此处整题改判", en="settled for everyone here"),
    "regraded": Bilingual(zh="此处重新评阅过", en="regraded here"),
    "hand": Bilingual(zh="此处由人工评分", en="marked by a person here"),
    "waits": Bilingual(zh="此处待人工评阅", en="waits for a person here"),
    "carried": Bilingual(zh="此处按前面的错误结果继续评分", en="the earlier error is carried forward here"),
    "read": Bilingual(zh="对方系统只识别普通小数", en="only plain decimals are read there"),
    "lost": Bilingual(zh="导出时缺失：{what}", en="lost in the export: {what}"),
    "none": Bilingual(zh="原因不明：题目或答案是否在对方系统中改过？",
                      en="no cause is known: was the question or its key changed there?"),
}  # fmt: skip
"""Why marks differ."""
FIELDS = {
    "candidate": str, "name": str, "question": str, "code": str, "answer": str, "marks there": float, "marks": float,
    "worth": float, "why": str, "note": str,
}  # fmt: skip
_PLAIN = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*([^\d\s.,+\-*/^(].*)?")


@dataclass(frozen=True, slots=True)
class Difference:
    """A question (or part) that one candidate, in a row of the grading, was given other marks for: there and here."""

    row: int
    key: str
    columns: tuple[str, ...]
    there: float
    here: float
    worth: float


def differences(graded: Graded) -> Iterator[Difference]:
    """Every answer of those who sat the exam that earned something else there."""
    if graded.table is None:
        return
    lines = {graded.exam.number(number): line for line, number in enumerate(graded.table.candidates)}
    order = np.array([lines.get(each.id, -1) for each in graded.candidates])
    for key, shares in graded.table.shares.items():
        columns = tuple(name for name in graded.exam.columns() if name == key or name.startswith(f"{key}."))
        if not columns:
            continue
        worth = float(sum(graded.exam.columns()[name][2] for name in columns))
        here = np.sum([graded.marks(name).floats for name in columns], axis=0)
        for row in np.flatnonzero(graded.sat & (order >= 0)).tolist():
            share = _number(shares[order[row]])
            if share is not None and abs(share * worth - here[row]) > ROUNDING * max(worth, 0.0):
                yield Difference(row, key, columns, share * worth, float(here[row]), worth)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def frame(graded: Graded, losses: Mapping[str, Sequence[str]], lang: Lang) -> pl.DataFrame:
    """A row for each difference, those of no known cause first; `losses` says by column what the export lost."""
    import polars as pl

    rows = []
    for each in differences(graded):
        who = graded.candidates[each.row]
        written = [graded.texts[name][each.row] for name in each.columns]
        notes = (reasons(graded, name, each.row, lang) for name in each.columns)
        rows.append({
            "candidate": who.id, "name": who.name, "question": each.key,
            "code": _code(graded, each), "answer": " | ".join(written),
            "marks there": round(each.there, 4), "marks": round(each.here, 4), "worth": each.worth,
            "why": joined(why(graded, each, losses, lang), lang), "note": " ".join(notes),
        })  # fmt: skip
    unknown = joined([WHY["none"][lang]], lang)
    return pl.DataFrame(sorted(rows, key=lambda row: row["why"] != unknown), schema=FIELDS)


def _code(graded: Graded, found: Difference) -> str:
    """The code that the question had there."""
    number = graded.exam.columns()[found.columns[0]][0].number
    return papers.question_name(graded.exam, int(graded.rows[found.row]), number)


def why(graded: Graded, found: Difference, losses: Mapping[str, Sequence[str]], lang: Lang) -> list[str]:
    """Why the marks of an answer differ, the surest reason alone; every loss of the export that may be it."""
    row = found.row
    sure = (_sure(graded, name, row) for name in found.columns)
    codes = list(dict.fromkeys(code for code in sure if code))
    if codes:
        return [WHY[code][lang] for code in codes]
    lost = dict.fromkeys(what for name in found.columns for what in losses.get(name, ()))
    return [WHY["lost"][lang].format(what=what) for what in lost] or [WHY["none"][lang]]


def _sure(graded: Graded, column: str, row: int) -> str:
    """What was done here with an answer that no other system does; empty where nothing was."""
    hand = graded.by_hand.get(column)
    if column in graded.settled:
        return "settled"
    if any(each.item == graded.exam.columns()[column][0].item.id for each in graded.regrades):
        return "regraded"
    if hand is not None and not np.isnan(hand[row]):
        return "hand"
    if graded.waiting(column)[row]:
        return "waits"
    marked = graded.marked[column]
    if any(note.startswith(CARRIED) for note, _, _ in marked.steps.of(row)):
        return "carried"
    return "" if _plain(graded, column, row) else "read"


def _plain(graded: Graded, column: str, row: int) -> bool:
    """Whether an answer is no number at all, or one that any system reads."""
    placed, part, _ = graded.exam.columns()[column]
    drawn, form = graded.exam.drawn[placed.item.id], int(graded.rows[row])
    scoring = answers.kind_of(part.kind).scoring(
        part.answer, drawn.keys[part.id], drawn.arrangements[part.id], form, graded.exam.rules)
    text = graded.texts[column][row]
    cells = re.split(r"[,;]", text.strip("()[]")) if isinstance(scoring, Cells) else [text]
    return not isinstance(scoring, Numbers | Cells) or not text.strip() or all(map(_PLAIN.fullmatch, cells))
