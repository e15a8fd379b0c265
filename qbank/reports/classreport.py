"""The class report: how the totals lie, what each question did, the mistakes by name, every candidate's reasons.

One self-contained web page for the instructor. What a person still has to decide stands at the top.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from qbank import statistics
from qbank.answers import general
from qbank.grading import Graded
from qbank.model import Bilingual, Lang, exact_marks, printed_marks, total_marks
from qbank.outputs.html.page import Page
from qbank.regrades import POLICIES
from qbank.reports import answers, mistakes, questions, stepmarks
from qbank.reports._reasons import reasons

WORDS = {
    "report": Bilingual(zh="成绩报告", en="Class report"),
    "candidates": Bilingual(zh="参加考试", en="sat the exam"),
    "mean": Bilingual(zh="平均分", en="mean"),
    "deviation": Bilingual(zh="标准差", en="standard deviation"),
    "median": Bilingual(zh="中位数", en="median"),
    "range": Bilingual(zh="最低–最高", en="lowest–highest"),
    "reliability": Bilingual(zh="信度 α", en="reliability α"),
    "waiting": Bilingual(zh="待人工评阅", en="waiting for a person"),
    "doubtful": Bilingual(zh="可疑", en="doubtful"),
    "carried": Bilingual(zh="沿用前面错误给分", en="marked with an own earlier value"),
    "by_hand": Bilingual(zh="人工评分", en="marked by a person"),
    "totals": Bilingual(zh="总分分布", en="Totals"),
    "questions": Bilingual(zh="各题情况", en="Questions"),
    "question": Bilingual(zh="题", en="question"),
    "title": Bilingual(zh="题目", en="title"),
    "marks": Bilingual(zh="满分", en="marks"),
    "facility": Bilingual(zh="得分率", en="facility"),
    "discrimination": Bilingual(zh="区分度", en="discrimination"),
    "blank": Bilingual(zh="未答", en="blank"),
    "unreadable": Bilingual(zh="无法识读", en="unreadable"),
    "mistakes": Bilingual(zh="失分原因", en="Why marks were lost"),
    "count": Bilingual(zh="人数", en="candidates"),
    "reason": Bilingual(zh="原因", en="reason"),
    "steps": Bilingual(zh="按步骤评分", en="Marks by steps"),
    "step": Bilingual(zh="步骤", en="step"),
    "judged": Bilingual(zh="评阅份数", en="answers"),
    "answers": Bilingual(zh="各题最常见的作答", en="The most frequent answers"),
    "others": Bilingual(
        zh="另有 {others} 种作答，共 {writers} 人，见 answers.csv。",
        en="{others} other answers by {writers} candidates: answers.csv.",
    ),
    "left_out": Bilingual(
        zh="共 {count} 名考生，此处不逐一列出：成绩见 marks.csv；每人的原因用 qbank feedback 或 qbank explain 查看。",
        en="The {count} candidates are not listed here: marks.csv has their marks, qbank feedback and qbank explain "
        "give the reasons of each.",
    ),
    "everyone": Bilingual(zh="考生成绩与失分原因", en="Candidates and their reasons"),
    "candidate": Bilingual(zh="考号", en="candidate"),
    "name": Bilingual(zh="姓名", en="name"),
    "total": Bilingual(zh="总分", en="total"),
    "written": Bilingual(zh="作答", en="written"),
    "earned": Bilingual(zh="得分", en="marks"),
    "rules": Bilingual(
        zh="总分由评分规则得出，四舍五入到 {step} 分一次；人工评分 {hand} 处{who}。",
        en="Totals come from the rules of marking, rounded once to {step}; {hand} marks were given by a person{who}.",
    ),
    "read": Bilingual(
        zh="人工识读 {count} 处，按识读的内容评分。", en="{count} answers were marked as a person read them."
    ),
    "regrade": Bilingual(
        zh="{at} 由 {by} 更正 {item}：{policy}。", en="{at}: {item} was corrected by {by}: {policy}."
    ),
    "unsealed": Bilingual(
        zh="注意：考试文件夹中有内容与原先写入的不一致，仍按现有内容评分：{what}。",
        en="Note: not as it was written, and graded all the same: {what}.",
    ),
    "someone": Bilingual(zh="（未署名）", en="(no name)"),
    "meaning": Bilingual(
        zh="得分率：平均得分占满分的比例；区分度：本题得分与其余总分的相关系数，低于 0.2 的题值得检查；"
        "信度：Cronbach α。",
        en="Facility: the mean share of the marks. Discrimination: correlation with the rest of the total; "
        "look at questions below 0.2. Reliability: Cronbach's α.",
    ),
}


LISTED = 300
"""A class of up to so many is listed with everyone's reasons; of a larger one, the tables hold everybody."""
MISTAKES = 60
"""The most frequent mistakes that the report lists."""


def page(graded: Graded, lang: Lang) -> str:
    """The report in one language."""
    exam = graded.exam
    present = graded.sat
    totals = graded.totals().floats[present]
    words = {name: text[lang] for name, text in WORDS.items()}
    written = Page(lang, "report")
    title = f"{exam.title[lang]} · {words['report']}"
    small = len(graded.candidates) <= LISTED
    hand = sum(int((~np.isnan(marks)).sum()) for marks in graded.by_hand.values())
    body = written.fill(
        "report",
        title=title,
        w=words,
        facts=_facts(graded, lang),
        bars=_bars(totals, float(exam.total)),
        questions=_questions(graded, lang),
        mistakes=_mistakes(graded, lang),
        steps=_steps(graded, lang),
        sections=[section.title[lang] for section in exam.sections],
        answers=_answers(graded, lang),
        everyone=_everyone(graded, lang) if small else [],
        left_out="" if small else words["left_out"].format(count=f"{len(graded.candidates):,}"),
        rules=_basis(graded, hand, lang),
    )
    return written.finish(title, body)


def _basis(graded: Graded, hand: int, lang: Lang) -> str:
    """Which rules, reviews and regrades made the totals."""
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


def _facts(graded: Graded, lang: Lang) -> list[tuple[str, str]]:
    present = graded.sat
    waiting, doubtful = graded.undecided
    carried = sum(int((marked.carried & present).sum()) for marked in graded.marked.values())
    rows = [(WORDS["candidates"][lang], f"{int(present.sum())}")]
    rows += [(word, str(count)) for word, count in graded.away(lang).items()]
    figures: list[tuple[str, str]] = []
    if present.any():
        told = statistics.summary(graded.totals().floats[present])
        items = {
            str(placed.number): total_marks(
                [graded.marks(placed.column(part))[present] for part in placed.item.parts], told.count
            ).floats
            for _, placed in graded.exam.placed()
        }
        figures += [
            ("mean", f"{told.mean:.1f}"),
            ("deviation", _number(told.deviation, 1)),
            ("median", f"{told.quartiles[1]:g}"),
            ("range", f"{told.lowest:g}–{told.highest:g}"),
            ("reliability", _number(statistics.reliability(items), 2)),
        ]
    figures += [("carried", str(carried)), ("waiting", str(waiting)), ("doubtful", str(doubtful))]
    return [*rows, *((WORDS[name][lang], value) for name, value in figures)]


def _bars(totals: Any, full: float) -> list[dict[str, Any]]:
    counts, edges = statistics.histogram(totals, full)
    tallest = max(int(counts.max()), 1) if len(counts) else 1
    return [
        {"from": f"{low:g}", "to": f"{high:g}", "count": int(count), "height": round(100 * int(count) / tallest)}
        for count, low, high in zip(counts, edges[:-1], edges[1:], strict=True)
    ]


def _questions(graded: Graded, lang: Lang) -> list[dict[str, str]]:
    return [
        {
            "number": row["question"],
            "title": row["title"],
            "marks": f"{row['worth']:g}",
            "facility": _number(row["facility"], 2),
            "discrimination": _number(row["discrimination"], 2),
            "blank": str(row["blank"]),
            "unreadable": str(row["unreadable"]),
        }
        for row in questions.frame(graded, lang).iter_rows(named=True)
    ]


def _mistakes(graded: Graded, lang: Lang) -> list[dict[str, Any]]:
    """What cost marks, the most frequent first; blank, unreadable and waiting stand above."""
    return [
        {"number": each.column, "count": each.count, "note": each.note, "reason": each.name[lang]}
        for each in mistakes.table(graded)[:MISTAKES]
    ]


def _steps(graded: Graded, lang: Lang) -> list[dict[str, str]]:
    """What the class earned in every step that a person marked."""
    return [
        {"number": each.column, "step": general(each.text, lang), "marks": exact_marks(each.worth),
         "count": str(each.answers), "facility": f"{each.share:.2f}"}
        for each in stepmarks.table(graded)
    ]  # fmt: skip


def _answers(graded: Graded, lang: Lang) -> list[dict[str, Any]]:
    """The most frequent answers to each part, and in a sentence how many others there are."""
    return [
        {**part, "others": WORDS["others"][lang].format(**part) if part["others"] else ""}
        for part in answers.top(graded, lang) if part["answers"]
    ]  # fmt: skip


def _everyone(graded: Graded, lang: Lang) -> list[dict[str, Any]]:
    totals = graded.totals()
    sections = [graded.of_section(section) for section in graded.exam.sections]
    marks = {name: graded.marks(name) for name in graded.marked}
    worth = {name: each for name, (_, _, each) in graded.exam.columns().items()}
    rows = []
    for row, candidate in enumerate(graded.candidates):
        lost = [] if not graded.sat[row] else [
            {
                "number": name,
                "written": graded.texts[name][row],
                "earned": f"{printed_marks(marks[name][row])} / {printed_marks(worth[name])}",
                "reason": reasons(graded, name, row, lang),
            }
            for name in graded.marked
            if marks[name][row] < worth[name] or graded.marked[name].carried[row]
        ]  # fmt: skip
        rows.append(
            {
                "candidate": candidate.id,
                "name": candidate.name,
                "group": candidate.group,
                "total": graded.word(row, lang) or printed_marks(totals[row]),
                "sections": [printed_marks(each[row]) if graded.sat[row] else "–" for each in sections],
                "lost": lost,
            }
        )
    return rows


def _number(value: float | None, decimals: int) -> str:
    return "–" if value is None or np.isnan(value) else f"{round(value, decimals) + 0.0:.{decimals}f}".replace("-", "−")
