"""One question of the class report: its parts, its options, why marks were lost, what was written most often."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qbank.answers import general
from qbank.model import Bilingual, Lang, exact_marks
from qbank.reports import answers
from qbank.reports.classreport import _plots, _tables, _verdict
from qbank.reports.classreport._words import WORDS, bounded, number
from qbank.reports.findings import Findings, Question
from qbank.reports.flags import Flags
from qbank.reports.mistakes import Mistake
from qbank.reports.picks import Pick

ENOUGH = 25
"""With fewer candidates than this, the fifths of a class are too small to draw."""
REASONS = 8
"""The most frequent reasons for lost marks that are told of one question."""
LONGEST = 120
"""The most characters of one candidate's answer that the report shows."""
CURVE = Bilingual(
    zh="{label} 的得分率，按总分从最弱到最强的五等分：{shares}。",
    en="Facility of {label} in the fifths of the class by total, weakest first: {shares}.",
)


def block(findings: Findings, question: Question, own: Flags, lang: Lang) -> dict[str, Any]:
    """What the template says of one question."""
    measured = question.measures
    curve = ""
    if own and findings.sat >= ENOUGH:
        shares = ", ".join(number(share, 2) for share in measured.fifths)
        said = CURVE[lang].format(label=question.label, shares=shares)
        ends = (WORDS["weakest"][lang], WORDS["strongest"][lang])
        curve = _plots.curve(question.label, measured.fifths, f"{question.label}: {WORDS['fifths'][lang]}", said, ends)
    return {
        "label": question.label, "title": question.placed.item.title[lang], "item": question.placed.item.id,
        "marks": f"{measured.worth:g}", "facility": bounded(measured.facility, measured.highest, measured.waiting),
        "discrimination": number(measured.discrimination, 2), "waiting": measured.waiting,
        "look": _tables.marks_of(own, lang), "why": _verdict.why(findings, question, own, lang) if own else "",
        "curve": curve, "fifths": [number(share, 2) for share in measured.fifths] if curve else [],
        "parts": [_part(findings, column) for column in question.columns] if len(question.columns) > 1 else [],
        "options": [
            {"number": column, "rows": [_option(each, lang) for each in findings.picks[column]]}
            for column in question.columns if column in findings.picks
        ],
        "reasons": reasons((each for each in findings.mistakes if each.column in question.columns), REASONS, lang),
        "steps": [
            {"number": each.column, "step": general(each.text, lang), "marks": exact_marks(each.worth),
             "count": str(each.answers), "facility": number(each.share, 2)}
            for each in findings.steps if each.column in question.columns
        ],
        "answers": [
            {**each, "others": WORDS["others"][lang].format(**each) if each["others"] else ""}
            for column in question.columns if column not in findings.picks
            for each in [answers.top(findings, column, lang, LONGEST)] if each["answers"]
        ],
    }  # fmt: skip


def reasons(found: Iterable[Mistake], most: int, lang: Lang) -> list[dict[str, Any]]:
    """What cost marks, the most frequent first; blank, unreadable and waiting answers are counted elsewhere."""
    return [
        {"number": each.column, "count": each.count, "note": each.note, "reason": each.name[lang]}
        for each, _ in zip(found, range(most), strict=False)
    ]


def _part(findings: Findings, column: str) -> dict[str, str]:
    own = findings.parts[column]
    return {
        "number": column, "marks": f"{own.worth:g}", "facility": bounded(own.facility, own.highest, own.waiting),
        "discrimination": number(own.discrimination, 2), "blank": str(own.blank), "unreadable": str(own.unreadable),
        "waiting": str(own.waiting), "doubtful": str(own.doubtful),
    }  # fmt: skip


def _option(pick: Pick, lang: Lang) -> dict[str, str]:
    """One option: the whole class, and the share of either group that saw and took it."""
    key = "✓" if pick.right else WORDS["sometimes"][lang] if pick.right is None else ""
    return {
        "text": pick.text[lang], "key": key, "count": f"{pick.count} / {pick.seen}",
        "lower": f"{pick.lower} / {pick.seen_lower}", "upper": f"{pick.upper} / {pick.seen_upper}",
    }  # fmt: skip
