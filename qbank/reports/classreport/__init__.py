"""The class report: a diagnosis of an exam that a lecturer reads in three minutes, as one web page.

First the verdict in sentences, then the totals, the sections and the questions that deserve a look; classes, knowledge
points and what waits for a person; last the details of every question and candidate, folded. What a page can hold is
bounded; the tables beside it hold the rest.
"""

from __future__ import annotations

from qbank.grading import Graded
from qbank.model import Lang
from qbank.outputs.html.page import Page
from qbank.regrades import POLICIES
from qbank.reports import findings
from qbank.reports.classreport import _people, _questions, _tables, _verdict
from qbank.reports.classreport._words import WORDS, words
from qbank.reports.findings import Findings

MISTAKES = 20
"""The most frequent mistakes of the whole exam that the report lists."""
OPEN = 8
"""So many of the questions that deserve a look are shown unfolded."""


def page(graded: Graded, lang: Lang) -> str:
    """The report on a grading in one language."""
    return written(findings.of(graded), lang)


def written(found: Findings, lang: Lang) -> str:
    """The report on what was measured already."""
    told = words(lang)
    page_, title = Page(lang, "report"), f"{found.exam.title[lang]} · {told['report']}"
    ordered = _tables.order(found)
    flagged = {question.label: own for question, own in ordered}
    waiting, groups = _tables.waiting(found, lang), _tables.grouped(found, lang)
    body = page_.fill(
        "report",
        title=title,
        w=told,
        facts=_tables.facts(found, lang),
        verdict=_verdict.of(found, ordered, lang),
        histogram=_tables.histogram(found, lang),
        bands=_tables.banded(found, lang),
        sections=_tables.sections(found, lang),
        questions=_tables.asked(found, flagged, lang),
        scatter=_tables.scatter(found, flagged, lang),
        looks=[_questions.block(found, question, own, lang) for question, own in ordered],
        rest=[_questions.block(found, each, (), lang) for each in found.questions if each.label not in flagged],
        unfolded=OPEN,
        classes=groups[: _tables.ROWS],
        classes_left=_left(len(groups), "marks.csv", lang),
        content=_tables.content(found, lang),
        waiting=waiting[: _tables.ROWS],
        waiting_left=_left(len(waiting), "questions.csv", lang),
        mistakes=_questions.reasons(found.mistakes, MISTAKES, lang),
        everyone=_people.everyone(found, lang),
        left_out=_left_out(found, lang),
        rules=_basis(found, lang),
    )  # fmt: skip
    return page_.finish(title, body)


def _left(count: int, file: str, lang: Lang) -> str:
    """What is said under a table that does not hold all its rows."""
    return WORDS["more_rows"][lang].format(count=count - _tables.ROWS, file=file) if count > _tables.ROWS else ""


def _left_out(found: Findings, lang: Lang) -> str:
    """What is said where not everyone, or not everyone's reasons, are on the page."""
    if not _people.listed(found):
        return WORDS["left_out"][lang].format(count=f"{found.tally.candidates:,}")
    return "" if _people.told(found) else WORDS["reasons_left_out"][lang]


def _basis(found: Findings, lang: Lang) -> str:
    """Which rules, reviews and regrades made the totals."""
    graded, hands = found.graded, found.tally.hands
    given = [f"{name or WORDS['someone'][lang]} {count}" for name, count in hands.names().items()]
    said = ", ".join(given)
    who = "" if not said else f"（{said}）" if lang == "zh" else f" ({said})"
    step = f"{float(graded.exam.rules.round_to):g}"
    told = [WORDS["rules"][lang].format(step=step, hand=hands.marks, who=who)]
    told += [WORDS["read"][lang].format(count=hands.read)] if hands.read else []
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
