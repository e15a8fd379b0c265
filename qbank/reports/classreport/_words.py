"""The words of the class report in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from qbank import statistics
from qbank.model import Bilingual, Lang
from qbank.reports import flags, measures

WORDS: Mapping[str, Bilingual] = {
    "report": Bilingual(zh="成绩报告", en="Class report"),
    "colon": Bilingual(zh="：", en=": "),
    "each_question": Bilingual(zh="各题详情", en="Every question"),
    "map_reads": Bilingual(
        zh="每题一个点；实心方块为值得检查的题，虚线为区分度 {weak} 和得分率 {hard}、{easy} 的界限。",
        en="One point for each question; filled squares deserve a look; dashed lines: discrimination {weak}, facility "
        "{hard} and {easy}.",
    ),
    "classes_read": Bilingual(
        zh="后几列为各大题的得分率。两班平均分之差不足其标准误两倍时，可能只是偶然。",
        en="The last columns are the facility of each section. Means that differ by less than twice their standard "
        "errors may differ by chance.",
    ),
    "verdict": Bilingual(zh="结论", en="In short"),
    "candidates": Bilingual(zh="参加考试", en="sat the exam"),
    "mean": Bilingual(zh="平均分", en="mean"),
    "pass_rate": Bilingual(zh="及格率", en="passed"),
    "deviation": Bilingual(zh="标准差", en="standard deviation"),
    "median": Bilingual(zh="中位数", en="median"),
    "range": Bilingual(zh="最低–最高", en="lowest–highest"),
    "reliability": Bilingual(zh="信度 α", en="reliability α"),
    "waiting": Bilingual(zh="待人工评阅", en="waiting for a person"),
    "what_waits": Bilingual(zh="待人工评阅的作答", en="What waits for a person"),
    "waits": Bilingual(zh="待评", en="waiting"),
    "doubtful": Bilingual(zh="可疑", en="doubtful"),
    "carried": Bilingual(zh="沿用前面错误给分", en="marked with an own earlier value"),
    "totals": Bilingual(zh="总分分布", en="Totals"),
    "band": Bilingual(zh="等级", en="band"),
    "from_to": Bilingual(zh="分数", en="marks"),
    "share": Bilingual(zh="占比", en="share"),
    "sections": Bilingual(zh="各大题", en="Sections"),
    "section": Bilingual(zh="大题", en="section"),
    "questions": Bilingual(zh="各题情况", en="Questions"),
    "flagged": Bilingual(zh="先看这些题", en="Questions that deserve a look"),
    "others_asked": Bilingual(zh="其余各题", en="The other questions"),
    "question": Bilingual(zh="题", en="question"),
    "part": Bilingual(zh="小题", en="part"),
    "parts": Bilingual(zh="各小题", en="Parts"),
    "title": Bilingual(zh="题目", en="title"),
    "marks": Bilingual(zh="满分", en="marks"),
    "facility": Bilingual(zh="得分率", en="facility"),
    "discrimination": Bilingual(zh="区分度", en="discrimination"),
    "blank": Bilingual(zh="未答", en="blank"),
    "unreadable": Bilingual(zh="无法识别", en="unreadable"),
    "look": Bilingual(zh="提示", en="look"),
    "map": Bilingual(zh="得分率与区分度", en="Facility and discrimination"),
    "fifths": Bilingual(zh="按总分五等分各组的得分率", en="Facility by fifths of the class"),
    "weakest": Bilingual(zh="最弱", en="weakest"),
    "strongest": Bilingual(zh="最强", en="strongest"),
    "options": Bilingual(zh="选项", en="Options"),
    "option": Bilingual(zh="选项", en="option"),
    "key": Bilingual(zh="答案", en="key"),
    "lower": Bilingual(zh="低分组", en="lower group"),
    "upper": Bilingual(zh="高分组", en="upper group"),
    "sometimes": Bilingual(zh="因卷而异", en="differs"),
    "pass_mark": Bilingual(zh="及格线", en="pass mark"),
    "classes": Bilingual(zh="各班对比", en="Classes side by side"),
    "class": Bilingual(zh="班级", en="class"),
    "no_class": Bilingual(zh="（未分班）", en="(no class)"),
    "sat": Bilingual(zh="实考", en="sat"),
    "error": Bilingual(zh="均值标准误", en="standard error"),
    "content": Bilingual(zh="知识点、主题与难度", en="Knowledge points, topics and levels"),
    "points": Bilingual(zh="知识点", en="Knowledge points"),
    "other_points": Bilingual(zh="其余知识点", en="The other knowledge points"),
    "topics": Bilingual(zh="主题", en="Topics"),
    "levels": Bilingual(zh="难度等级", en="Levels"),
    "asked_by": Bilingual(zh="考查的题", en="asked by"),
    "mistakes": Bilingual(zh="失分原因", en="Why marks were lost"),
    "count": Bilingual(zh="人数", en="candidates"),
    "reason": Bilingual(zh="原因", en="reason"),
    "steps": Bilingual(zh="按步骤评分", en="Marks by steps"),
    "step": Bilingual(zh="步骤", en="step"),
    "judged": Bilingual(zh="评阅份数", en="answers"),
    "answers": Bilingual(zh="最常见的作答", en="The most frequent answers"),
    "raises": Bilingual(zh="至多使平均分提高", en="may raise the mean by up to"),
    "others": Bilingual(
        zh="另有 {others} 种作答，共 {writers} 人，见 answers.csv。",
        en="Other answers: {others} (candidates: {writers}), see answers.csv.",
    ),
    "more_rows": Bilingual(zh="其余 {count} 行见 {file}。", en="More rows ({count}): {file}."),
    "left_out": Bilingual(
        zh="共 {count} 名考生，此处不逐一列出：成绩见 marks.csv；每人的原因用 qbank feedback 或 qbank explain 查看。",
        en="The {count} candidates are not listed here: marks.csv has their marks, qbank feedback and qbank explain "
        "give the reasons of each.",
    ),
    "reasons_left_out": Bilingual(
        zh="每人的失分原因用 qbank feedback 或 qbank explain 查看。",
        en="qbank feedback and qbank explain give the reasons of each candidate.",
    ),
    "everyone": Bilingual(zh="考生成绩与失分原因", en="Candidates and their reasons"),
    "candidate": Bilingual(zh="考号", en="candidate"),
    "name": Bilingual(zh="姓名", en="name"),
    "total": Bilingual(zh="总分", en="total"),
    "written": Bilingual(zh="作答", en="written"),
    "earned": Bilingual(zh="得分", en="marks"),
    "basis": Bilingual(zh="说明", en="How to read this"),
    "rules": Bilingual(
        zh="总分由评分规则得出，四舍五入到 {step} 分一次；人工评分 {hand} 处{who}。",
        en="Totals come from the rules of marking, rounded once to {step}; answers marked by a person: {hand}{who}.",
    ),
    "read": Bilingual(
        zh="人工识别 {count} 处，按识别的内容评分。", en="Answers marked as a person read them: {count}."
    ),
    "regrade": Bilingual(
        zh="{at} 由 {by} 更正 {item}：{policy}。", en="{at}: {item} was corrected by {by}: {policy}."
    ),
    "unsealed": Bilingual(
        zh="注意：考试文件夹中有内容与原先写入的不一致，仍按现有内容评分：{what}。",
        en="Note: not as it was written, and graded all the same: {what}.",
    ),
    "someone": Bilingual(zh="（未署名）", en="(no name)"),
    "review": Bilingual(
        zh="用 qbank review 列出并评阅；无法识别的作答见 {link}。",
        en="qbank review lists them and takes a person's marks; unreadable answers: {link}.",
    ),
    "nothing_waits": Bilingual(
        zh="没有作答待人工评阅，成绩不会因评阅而改变。", en="Nothing waits for a person: no review is outstanding."
    ),
    "meaning": Bilingual(
        zh="得分率：平均得分占满分的比例，待评的作答按现有得分计入，“≤”后为这些作答全部得满分时的值。"
        "区分度：本题得分与其余总分的相关系数。高分组、低分组：其余各题得分最高与最低的 {extreme}。"
        "信度：以题为单位的 Cronbach α。"
        "标记的题：区分度低于 {weak}；得分率低于 {hard} 或高于 {easy}；{blank} 以上的考生未答；"
        "区分度为负，或高分组选错误选项多于正确选项。不足 {fewest} 人时不作标记；人数少、可能只是偶然的，加“？”。"
        "每题的全部数据见 items.csv，每小题见 questions.csv；置信区间和公平性用 qbank stats 查看。",
        en="Facility: the mean share of the marks; answers that wait count with what they have now, and “≤” is the "
        "value if all of them earned full marks. Discrimination: the correlation with the rest of the total. "
        "Upper and lower group: the {extreme} with the most and the fewest marks in the rest of the paper. "
        "Reliability: Cronbach's α over questions. Flagged: discrimination below {weak}; facility below {hard} "
        "or above {easy}; more than {blank} left it blank; a negative discrimination, or a wrong option that the "
        "upper group took more often than the right one. With fewer than {fewest} candidates nothing is flagged; "
        "“?” where chance may have done it. items.csv has every measure by question, questions.csv by part; "
        "qbank stats adds intervals, fairness and a model.",
    ),
}
"""Headings, the names of columns, and sentences with gaps."""


def words(lang: Lang) -> dict[str, str]:
    """All of them in one language, with the limits of what is flagged."""
    limits = {
        "weak": f"{measures.WEAK:g}", "hard": f"{measures.HARD:g}", "easy": f"{measures.EASY:g}",
        "blank": f"{flags.BLANK:.0%}",
        "fewest": str(flags.FEWEST), "extreme": f"{statistics.OUTER:.0%}",
    }  # fmt: skip
    told = {name: text[lang] for name, text in WORDS.items()}
    return told | {name: told[name].format_map(limits) for name in ("meaning", "map_reads")}


def number(value: float | None, decimals: int) -> str:
    """A number with so many decimals and a true minus; a dash where there is none.

    >>> number(-0.064, 2), number(float("nan"), 2), number(-0.001, 2)
    ('−0.06', '–', '0.00')
    """
    if value is None or value != value:
        return "–"
    return f"{round(value, decimals) + 0.0:.{decimals}f}".replace("-", "−")


def percent(count: int, whole: int) -> str:
    """A share of a whole in whole percent.

    >>> percent(2, 3), percent(0, 0)
    ('67%', '–')
    """
    return f"{100 * count / whole:.0f}%" if whole else "–"


def bounded(value: float, highest: float, waiting: int, decimals: int = 2) -> str:
    """A value, and what it may at most become where answers wait.

    >>> bounded(0.5, 0.625, 3), bounded(0.5, 0.5, 0)
    ('0.50 (≤\\xa00.62)', '0.50')
    """
    told = number(value, decimals)
    most = number(highest, decimals)
    return f"{told} (≤\u00a0{most})" if waiting and most != told else told
