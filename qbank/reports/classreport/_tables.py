"""The tables and plots of the class report that are over the whole class, as its template takes them."""

from __future__ import annotations

from typing import Any

import numpy as np

from qbank import statistics
from qbank.model import Bilingual, Lang, printed_marks
from qbank.reports import bands, classes, flags, measures, shares
from qbank.reports.classreport import _plots
from qbank.reports.classreport._words import WORDS, bounded, number, percent, words
from qbank.reports.findings import Findings, Question
from qbank.reports.flags import Flags, Reason

ROWS = 40
"""The most rows of a table of classes or of what waits; the tables in files have all."""
TOPICS, SHARES = 12, 200
"""The knowledge points shown at once, and all that there may be; topics are told as deep as the first allows."""

SAID = {
    "histogram": Bilingual(
        zh="总分的直方图，共 {sat} 人，{passed} 人在及格线 {mark} 分及以上。各段人数：{counts}。",
        en="A histogram of {sat} totals, {passed} of them at or above the pass mark of {mark}. Counts: {counts}.",
    ),
    "scatter": Bilingual(
        zh="每题一个点，横轴得分率，纵轴区分度；实心方块是值得检查的题，虚线为界限。数据见各题情况表。",
        en="One point for each question, facility across and discrimination up; filled squares deserve a look, dashed "
        "lines are the limits. The table of questions has the numbers.",
    ),
}
SHORT: dict[Reason, Bilingual] = {
    "reversed": Bilingual(zh="核对答案", en="check the key"),
    "rival": Bilingual(zh="核对答案", en="check the key"),
    "weak": Bilingual(zh="区分度低", en="weak"),
    "hard": Bilingual(zh="难", en="hard"),
    "blank": Bilingual(zh="多人未答", en="blanks"),
    "easy": Bilingual(zh="易", en="easy"),
}
"""What a table says of a flag."""


def facts(findings: Findings, lang: Lang) -> list[tuple[str, str]]:
    """The class in a few numbers, each with its name."""
    tally, sat = findings.tally, findings.sat
    waiting, doubtful = findings.undecided
    rows = [(WORDS["candidates"][lang], str(sat)), *((word, str(count)) for word, count in tally.away(lang).items())]
    told: list[tuple[str, str]] = []
    if sat:
        summary, passed = statistics.summary(findings.totals), bands.passed(findings.totals, findings.exam.total)
        told += [
            ("mean", bounded(summary.mean, findings.highest.mean, waiting, 1)),
            ("pass_rate", percent(passed, sat)),
            ("deviation", number(summary.deviation, 1)),
            ("median", f"{summary.quartiles[1]:g}"),
            ("range", f"{summary.lowest:g}–{summary.highest:g}".replace("-", "−")),
            ("reliability", number(findings.reliability.alpha, 2)),
        ]
    told += [("carried", str(tally.carried)), ("waiting", str(waiting)), ("doubtful", str(doubtful))]
    return [*rows, *((WORDS[name][lang], value) for name, value in told)]


def histogram(findings: Findings, lang: Lang) -> str:
    """The totals as a picture, nothing where nobody sat."""
    full = findings.exam.total
    if not len(findings.totals) or not full:
        return ""
    counts, edges = statistics.histogram(findings.totals, float(full))
    told = ", ".join(f"{low:g}–{high:g}: {count}" for low, high, count in zip(edges, edges[1:], counts, strict=False))
    mark, passed = bands.PASS * full, bands.passed(findings.totals, full)
    said = SAID["histogram"][lang].format(
        sat=len(findings.totals), passed=passed, mark=printed_marks(mark), counts=told
    )
    return _plots.histogram(counts.tolist(), edges, float(mark), WORDS["totals"][lang], said,
                            f"{WORDS['pass_mark'][lang]} {printed_marks(mark)}")  # fmt: skip


def banded(findings: Findings, lang: Lang) -> list[dict[str, str]]:
    """The bands with their counts and shares."""
    found = bands.table(findings.totals, findings.exam.total)
    return [
        {"name": each.word[lang], "count": str(each.count), "share": percent(each.count, len(findings.totals)),
         "from_to": f"{printed_marks(each.begins)}–{'<' * (each is not found[0])}{printed_marks(each.below)}"}
        for each in found
    ]  # fmt: skip


def sections(findings: Findings, lang: Lang) -> list[dict[str, str]]:
    """Every section: its marks, the mean, the facility, what waits."""
    return [
        {"title": section.title[lang], "marks": f"{own.worth:g}", "questions": str(len(section.placed)),
         "mean": bounded(own.mean, own.ceiling, own.waiting, 1),
         "facility": bounded(own.facility, own.highest, own.waiting),
         "discrimination": number(own.discrimination, 2), "waiting": str(own.waiting)}
        for section, own in findings.sections
    ]  # fmt: skip


def asked(findings: Findings, flagged: dict[str, Flags], lang: Lang) -> list[dict[str, str]]:
    """Every question in the order of the paper, with what its flags say in a word."""
    return [
        {"label": each.label, "title": each.placed.item.title[lang], "marks": f"{own.worth:g}",
         "facility": bounded(own.facility, own.highest, own.waiting),
         "discrimination": number(own.discrimination, 2), "blank": str(own.blank), "waiting": str(own.waiting),
         "look": marks_of(flagged.get(each.label, ()), lang)}
        for each in findings.questions for own in [each.measures]
    ]  # fmt: skip


def marks_of(own: Flags, lang: Lang) -> str:
    """Flags in a few words, with a question mark where chance may have done it."""
    doubt = "？" if lang == "zh" else "?"
    told = dict.fromkeys(SHORT[flag.reason][lang] + doubt * (not flag.sure) for flag in own)
    return ("、" if lang == "zh" else ", ").join(told)


def scatter(findings: Findings, flagged: dict[str, Flags], lang: Lang) -> str:
    """The questions by facility and discrimination, nothing where neither can be told of any."""
    points = [
        _plots.Point(each.label, each.measures.facility, each.measures.discrimination, each.label in flagged)
        for each in findings.questions if np.isfinite([each.measures.facility, each.measures.discrimination]).all()
    ]  # fmt: skip
    if not points:
        return ""
    axes = (WORDS["facility"][lang], WORDS["discrimination"][lang])
    limits = (measures.WEAK, measures.HARD, measures.EASY)
    return _plots.scatter(points, *limits, WORDS["map"][lang], SAID["scatter"][lang], axes)


def grouped(findings: Findings, lang: Lang) -> list[dict[str, Any]]:
    """The classes side by side, where there are several."""
    found = classes.table(findings)
    return [
        {"name": each.name or WORDS["no_class"][lang], "sat": str(each.totals.count),
         "mean": bounded(each.totals.mean, each.highest, each.waiting, 1), "error": number(each.error, 1),
         "median": f"{each.totals.quartiles[1]:g}", "passed": percent(each.passed, each.totals.count),
         "sections": [number(share, 2) for share in each.sections], "waiting": str(each.waiting)}
        for each in found
    ] if len(found) > 1 else []  # fmt: skip


def content(findings: Findings, lang: Lang) -> list[dict[str, Any]]:
    """Knowledge points, topics and levels as tables, each with what it is called; those that there are.

    The least earned of them are shown, `more` are folded, and so many are `left` out.
    """
    told = words(lang)
    found = [(told["points"], shares.points(findings)), (told["topics"], shares.topics(findings, TOPICS)),
             (told["levels"], shares.levels(findings))]  # fmt: skip
    return [
        {"title": title, "rows": rows[:TOPICS], "more": rows[TOPICS:SHARES],
         "left": WORDS["more_rows"][lang].format(count=left, file="items.csv") if left > 0 else ""}
        for title, own in found if own
        for rows, left in [([_share(findings, each, lang) for each in own[:SHARES]], len(own) - SHARES)]
    ]  # fmt: skip


def _share(findings: Findings, share: shares.Share, lang: Lang) -> dict[str, Any]:
    return {
        "name": shares.called(findings, share, lang), "questions": share.questions, "marks": f"{share.worth:g}",
        "share": bounded(share.share, share.highest, share.waiting), "waiting": str(share.waiting),
    }  # fmt: skip


def waiting(findings: Findings, lang: Lang) -> list[dict[str, str]]:
    """Every part with answers that a person has to look at, those first that can move the mean most."""
    found = []
    for question in findings.questions:
        for column in question.columns:
            own = findings.parts[column]
            if own.waiting or own.doubtful:
                rise = own.rise * float(findings.graded.scale)
                found.append((rise, own, column, question))
    return [
        {"column": column, "label": question.label, "title": question.placed.item.title[lang],
         "waiting": str(own.waiting), "unreadable": str(own.unread), "doubtful": str(own.doubtful),
         "rise": number(rise, 2)}
        for rise, own, column, question in sorted(found, key=lambda each: -each[0])
    ]  # fmt: skip


def order(findings: Findings) -> list[tuple[Question, Flags]]:
    """The questions that deserve a look, the gravest first."""
    return flags.gravest((question, flags.of(findings, question)) for question in findings.questions)
