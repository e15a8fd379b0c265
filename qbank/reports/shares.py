"""What the class earned of the marks of each knowledge point, topic and level, by the items of the exam."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qbank import markup
from qbank.model import Lang
from qbank.reports.findings import Findings


@dataclass(frozen=True, slots=True)
class Share:
    """One point, topic or level: the questions that ask it, their marks, and the share of them that was earned.

    `waiting` counts the answers that wait for a person; `highest` is the share if they earned full marks.
    """

    name: str
    questions: tuple[str, ...]
    worth: float
    share: float
    highest: float
    waiting: int


def called(findings: Findings, share: Share, lang: Lang) -> str:
    """What a point or topic is called where the exam has its name, else the name by which it is known."""
    names = findings.exam.names
    return markup.called(names[share.name][lang]) if share.name in names else share.name


def points(findings: Findings) -> tuple[Share, ...]:
    """The knowledge points, the least earned first; where an item covers one as a whole, all its parts ask it."""
    placed = [question.placed for question in findings.questions]
    return _sorted(_shares(findings, (
        (point, each.column(part))
        for each in placed for point in each.item.points for part in each.item.asks.get(point, each.item.parts)
    )))  # fmt: skip


def topics(findings: Findings, most: int) -> tuple[Share, ...]:
    """The topics, the least earned first, told as deep in their tree as there are at most `most` of them."""
    paths = [question.placed.item.topic.split("/") for question in findings.questions]
    depths = range(max(map(len, paths), default=1), 1, -1)
    depth = next((each for each in depths if len({tuple(path[:each]) for path in paths}) <= most), 1)
    return _sorted(_shares(findings, (
        ("/".join(path[:depth]), column)
        for path, question in zip(paths, findings.questions, strict=True) for column in question.columns
    )))  # fmt: skip


def levels(findings: Findings) -> tuple[Share, ...]:
    """The levels of difficulty that the authors gave, the easiest first."""
    found = _shares(findings, (
        (str(question.placed.item.level), column) for question in findings.questions for column in question.columns
    ))  # fmt: skip
    return tuple(sorted(found, key=lambda each: each.name))


def _sorted(found: tuple[Share, ...]) -> tuple[Share, ...]:
    return tuple(sorted(found, key=lambda each: each.share))


def _shares(findings: Findings, asked: Iterator[tuple[str, str]]) -> tuple[Share, ...]:
    """The shares of what names stand for, each asked by columns; what is worth nothing any more is left out."""
    columns: dict[str, list[str]] = {}
    for name, column in asked:
        columns.setdefault(name, []).append(column)
    return tuple(
        share for name, own in columns.items() if (share := _share(findings, name, own)).worth and findings.sat
    )


def _share(findings: Findings, name: str, columns: list[str]) -> Share:
    parts = [findings.parts[column] for column in columns]
    worth = sum(part.worth for part in parts)
    questions = dict.fromkeys(column.partition(".")[0] for column in columns)

    def earned(means: Iterable[float]) -> float:
        return sum(means) / worth if worth and findings.sat else float("nan")

    return Share(name, tuple(questions), worth, earned(part.mean for part in parts),
                 earned(part.ceiling for part in parts), sum(part.waiting for part in parts))  # fmt: skip
