"""The class report: a diagnosis of an exam that a lecturer reads in three minutes, as one web page.

First the verdict in sentences, then the totals, the sections and the questions that deserve a look; classes, knowledge
points and what waits for a person; last the details of every question and candidate, folded. What a page can hold is
bounded; the tables beside it hold the rest.
"""

from __future__ import annotations

import numpy as np

from qbank.grading import Graded
from qbank.model import Lang
from qbank.outputs.html.page import Page
from qbank.regrades import POLICIES
from qbank.reports.classreport import _people, _questions, _tables, _verdict
from qbank.reports.classreport._words import WORDS, words
from qbank.reports.findings import Findings

MISTAKES = 20
"""The most frequent mistakes of the whole exam that the report lists."""
OPEN = 8
"""So many of the questions that deserve a look are shown unfolded."""


def page(graded: Graded, lang: Lang) -> str:
    """The report on a grading in one language."""
    return written(Findings(graded), lang)


def written(findings: Findings, lang: Lang) -> str:
    """The report on what was measured already."""
    graded, told = findings.graded, words(lang)
    page_, title = Page(lang, "report"), f"{graded.exam.title[lang]} · {told['report']}"
    ordered = _tables.order(findings)
    flagged = {question.label: own for question, own in ordered}
    waiting, groups = _tables.waiting(findings, lang), _tables.grouped(findings, lang)
    body = page_.fill(
        "report",
        title=title,
        w=told,
        facts=_tables.facts(findings, lang),
        verdict=_verdict.of(findings, ordered, lang),
        histogram=_tables.histogram(findings, lang),
        bands=_tables.banded(findings, lang),
        sections=_tables.sections(findings, lang),
        questions=_tables.asked(findings, flagged, lang),
        scatter=_tables.scatter(findings, flagged, lang),
        looks=[_questions.block(findings, question, own, lang) for question, own in ordered],
        rest=[_questions.block(findings, each, (), lang) for each in findings.questions if each.label not in flagged],
        unfolded=OPEN,
        classes=groups[: _tables.ROWS],
        classes_left=_left(len(groups), "marks.csv", lang),
        content=_tables.content(findings, lang),
        waiting=waiting[: _tables.ROWS],
        waiting_left=_left(len(waiting), "questions.csv", lang),
        mistakes=_questions.reasons(findings.mistakes, MISTAKES, lang),
        everyone=_people.everyone(findings, lang),
        left_out=_left_out(findings, lang),
        rules=_basis(graded, lang),
    )  # fmt: skip
    return page_.finish(title, body)


def _left(count: int, file: str, lang: Lang) -> str:
    """What is said under a table that does not hold all its rows."""
    return WORDS["more_rows"][lang].format(count=count - _tables.ROWS, file=file) if count > _tables.ROWS else ""


def _left_out(findings: Findings, lang: Lang) -> str:
    """What is said where not everyone, or not everyone's reasons, are on the page."""
    if not _people.listed(findings):
        return WORDS["left_out"][lang].format(count=f"{len(findings.graded.candidates):,}")
    return "" if _people.told(findings) else WORDS["reasons_left_out"][lang]


def _basis(graded: Graded, lang: Lang) -> str:
    """Which rules, reviews and regrades made the totals."""
    hand = sum(int((~np.isnan(marks)).sum()) for marks in graded.by_hand.values())
    given: dict[str, int] = {}
    read = sum(1 for review in graded.reviews.values() if review.reading)
    for review in graded.reviews.values():
        if review.marks is None:
            continue
        by = review.by or WORDS["someone"][lang]
        given[by] = given.get(by, 0) + 1
    said = ", ".join(f"{name} {count}" for name, count in given.items())
    who = "" if not said else f"（{said}）" if lang == "zh" else f" ({said})"
    step = f"{float(graded.exam.rules.round_to):g}"
    told = [WORDS["rules"][lang].format(step=step, hand=hand, who=who)]
    told += [WORDS["read"][lang].format(count=read)] if read else []
    told += [
        WORDS["regrade"][lang].format(
            at=regrade.at, by=regrade.by or WORDS["someone"][lang], policy=POLICIES[regrade.policy][lang],
            item=" ".join((regrade.item, *regrade.parts)),
        )
        for regrade in graded.regrades
    ]
    if graded.differences:
        told.append(WORDS["unsealed"][lang].format(what="; ".join(graded.differences)))
    return ("" if lang == "zh" else " ").join(told)
