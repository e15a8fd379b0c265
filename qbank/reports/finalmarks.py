"""Final marks as a table: a row a candidate, with sections, mark, grade, a remark and the rule that made it.

Its headings are unique and on one line, so that a mail merge takes it as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qbank import messages
from qbank.grading import Summary
from qbank.model import Bilingual, Candidate, Lang, Marks, Refused
from qbank.scales import Final

if TYPE_CHECKING:
    import polars as pl

HEADS = {
    "number": Bilingual(zh="学号", en="number"),
    "name": Bilingual(zh="姓名", en="name"),
    "group": Bilingual(zh="班级", en="class"),
    "total": Bilingual(zh="卷面总分", en="total on paper"),
    "mark": Bilingual(zh="成绩", en="mark"),
    "grade": Bilingual(zh="等级", en="grade"),
    "points": Bilingual(zh="绩点", en="points"),
    "remark": Bilingual(zh="备注", en="remark"),
    "rule": Bilingual(zh="计分规则", en="rule"),
    "code": Bilingual(zh="卷号", en="code"),
    "digits": Bilingual(zh="学号后几位", en="last digits"),
    "waiting": Bilingual(zh="待评阅 {count} 处，成绩未定", en="answers that wait for a person: {count}; not final"),
}


def frame(
    final: Final, candidates: Sequence[Candidate], paper: Summary | None, lang: Lang,
    waiting: Sequence[int], *, texts: bool,
) -> pl.DataFrame:  # fmt: skip
    """Everyone with number, name and class; the sections of the one exam that there is, else the components; the mark.

    `paper` is that exam. With `texts` marks are texts as they are printed: 29 and not 29.0 in a CSV file.
    """
    columns: dict[str, list[Any]] = {
        HEADS["number"][lang]: [who.id for who in candidates],
        HEADS["name"][lang]: [who.name for who in candidates],
        HEADS["group"][lang]: [who.group for who in candidates],
    }
    for head, marks, there in _parts(final, paper, lang):
        columns[_free(head, columns)] = _shown(marks, there)
    columns |= _marks(final, lang, waiting, columns)
    return _of(columns, texts=texts)


def anonymous(
    final: Final, keys: Sequence[str], head: str, lang: Lang, waiting: Sequence[int], *, texts: bool
) -> pl.DataFrame:
    """A list for a wall: a code or last digits in place of people, sorted by it; no name, class or section.

    Raises Refused where two people have the same.
    """
    import polars as pl

    columns: dict[str, list[Any]] = {HEADS[head][lang]: list(keys)}
    columns |= _marks(final, lang, waiting, columns)
    if len(set(keys)) < len(keys):
        raise Refused(messages.tell("two candidates would have the same line in the list; use more digits"))
    return _of(columns, texts=texts).filter(pl.Series([bool(key) for key in keys])).sort(HEADS[head][lang])


def _marks(final: Final, lang: Lang, waiting: Sequence[int], before: Mapping[str, object]) -> dict[str, list[Any]]:
    told: dict[str, list[Any]] = {"mark": _shown(final.marks, final.counted.tolist())}
    if final.scheme.table is not None:
        told["grade"] = [word[lang] for word in final.grades]
        if any(final.points):
            told["points"] = list(final.points)
    between = "；" if lang == "zh" else "; "
    told["remark"] = [
        between.join(filter(None, (word[lang], HEADS["waiting"][lang].format(count=count) if count else "")))
        for word, count in zip(final.words, waiting, strict=True)
    ]
    told["rule"] = [between.join(rule[lang] for rule in final.rules)] * len(waiting)
    return {_free(HEADS[name][lang], before): cells for name, cells in told.items()}


def _parts(final: Final, paper: Summary | None, lang: Lang) -> list[tuple[str, Marks, list[bool]]]:
    """What the mark was made of, by heading: sections and the total on paper of one exam, components of a scheme."""
    if final.components:
        return [(name, marks, there.tolist()) for name, (marks, there) in final.components.items()]
    if paper is None:
        return []
    exam, totals = paper.exam, paper.totals
    there = final.counted.tolist()
    sections = [(section.title[lang] or str(place), own, there)
                for place, (section, own) in enumerate(zip(exam.sections, totals.sections, strict=True), start=1)]
    return [*sections, (HEADS["total"][lang], totals.rounded(), there)]


def _free(head: str, taken: Mapping[str, object]) -> str:
    """A heading on one line that no other column has."""
    plain = " ".join(head.split())[:60] or "-"
    number, found = 2, plain
    while found in taken:
        found, number = f"{plain} {number}", number + 1
    return found


def _shown(marks: Marks, there: Sequence[bool]) -> list[float | None]:
    return [number if here else None for number, here in zip(marks.decimals().tolist(), there, strict=True)]


def _of(columns: Mapping[str, list[Any]], *, texts: bool) -> pl.DataFrame:
    import polars as pl

    if texts:
        told = {name: [f"{cell:.4f}".rstrip("0").rstrip(".") if isinstance(cell, float) else cell for cell in cells]
                for name, cells in columns.items()}  # fmt: skip
        return pl.DataFrame(told, schema=dict.fromkeys(told, pl.String))
    numbers = {name: pl.Float64 for name, cells in columns.items() if any(isinstance(cell, float) for cell in cells)}
    return pl.DataFrame(columns, schema={name: numbers.get(name, pl.String) for name in columns})
