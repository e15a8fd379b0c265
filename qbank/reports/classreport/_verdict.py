"""What the class report says first: who sat, how it went, what waits and may change it, what deserves a look."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qbank.model import Bilingual, Counted, Lang, printed_marks
from qbank.reports import bands, classes, flags, picks, shares
from qbank.reports.classreport._words import number, percent
from qbank.reports.findings import Findings, Question
from qbank.reports.flags import Flags, Reason

SAYS: dict[str, Bilingual] = {
    "sat": Bilingual(zh="应考 {all} 人，实考 {sat} 人{away}。", en="{sat} of {all} candidates sat the exam{away}."),
    "mean": Bilingual(
        zh="平均分 {mean}（满分 {full}）；{passed} 人及格（{mark} 分及以上），及格率 {rate}。",
        en="The mean is {mean} of {full}; {passed} passed ({mark} marks or more), which is {rate}.",
    ),
    "settled": Bilingual(zh="没有作答待人工评阅。", en="No answer waits for a person."),
    "doubt": Bilingual(
        zh="（其中 {count} 题可能只是偶然）", en=" ({count} of them perhaps only by chance)"
    ),
    "fine": Bilingual(zh="没有需要特别检查的题。", en="No question stands out."),
    "few": Bilingual(
        zh="不足 {fewest} 人参加，题目的统计量没有意义，不作标记。",
        en="Fewer than {fewest} candidates sat: measures of questions mean little, and nothing is flagged.",
    ),
    "more": Bilingual(zh="另有 {count} 题，见下文。", en="{count} more below."),
    "classes": Bilingual(
        zh="各班平均分从 {low}（{lowest}）到 {high}（{highest}）。",
        en="Class means run from {low} ({lowest}) to {high} ({highest}).",
    ),
    "points": Bilingual(
        zh="得分率最低的知识点：{names}。", en="The knowledge points with the lowest facility: {names}."
    ),
}
COUNTED: dict[str, Counted] = {
    "waits": Counted(
        zh="还有 {count} 处作答待人工评阅：评阅后平均分最高可到 {mean}，及格率最高可到 {rate}。",
        one="1 answer waits for a person: the mean may rise to at most {mean}, the share that passed to {rate}.",
        en="{count} answers wait for a person: the mean may rise to at most {mean}, the share that passed to {rate}.",
    ),
    "doubtful": Counted(
        zh="另有 {count} 处可疑，值得一看。", one="1 other is doubtful and worth a look.",
        en="{count} others are doubtful and worth a look.",
    ),
    "reliability": Counted(
        zh="信度 α = {alpha}，单个总分的测量误差约 ±{error} 分；{count} 名考生离及格线不足这个距离。",
        one="Reliability α = {alpha}: a total is uncertain by about ±{error} marks, and 1 candidate is as close as "
        "that to the pass mark.",
        en="Reliability α = {alpha}: a total is uncertain by about ±{error} marks, and {count} candidates are as "
        "close as that to the pass mark.",
    ),
    "look": Counted(
        zh="{total} 题中有 {count} 题值得检查{doubt}：", one="1 of {total} questions deserves a look{doubt}:",
        en="{count} of {total} questions deserve a look{doubt}:",
    ),
    "mistake": Counted(
        zh="最常见的已知错误：{column}，{name}（{count} 人）。",
        one="The most frequent named mistake: {column}, {name} (1 candidate).",
        en="The most frequent named mistake: {column}, {name} ({count} candidates).",
    ),
}  # fmt: skip
WHY: dict[Reason, Bilingual] = {
    "reversed": Bilingual(
        zh="总分高的考生反而得分低（区分度 {told}）", en="strong candidates did worse than weak ones ({told})"
    ),
    "rival": Bilingual(
        zh="高分组选“{option}”（{wrong} 人）多于选正确答案（{right} 人）",
        en="the upper group took “{option}” ({wrong}) more often than the key ({right})",
    ),
    "weak": Bilingual(zh="区分不出强弱（区分度 {told}）", en="does not separate strong from weak candidates ({told})"),
    "hard": Bilingual(zh="得分率低（{facility}）", en="few are right ({facility})"),
    "blank": Bilingual(zh="{blank} 人未答", en="{blank} left it blank"),
    "easy": Bilingual(zh="几乎人人得分（{facility}）", en="nearly all are right ({facility})"),
}
SAID: tuple[Reason, ...] = ("hard", "easy", "reversed", "rival", "weak", "blank")
"""The order in which reasons are told."""
CHANCE = Bilingual(zh="，也可能只是偶然", en=", perhaps by chance")
"""What is added where the number of candidates does not prove it."""
ADVICE: dict[str, Bilingual] = {
    "key": Bilingual(zh="先核对答案", en="check its key first"),
    "weak": Bilingual(zh="看题目有没有歧义", en="check whether its text is ambiguous"),
    "hard": Bilingual(zh="看是否讲过、时间是否够", en="was it taught, and was there time?"),
    "blank": Bilingual(zh="看时间是否够、题目是否看得懂", en="was there time, and is it clear what is asked?"),
    "easy": Bilingual(zh="对区分考生作用不大", en="it tells little about the class"),
}
LOOKS, POINTS = 6, 3
"""The questions and the knowledge points that the verdict names."""


@dataclass(frozen=True, slots=True)
class Look:
    """A question that deserves a look: its label and title, why, and what to do."""

    label: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The sentences in their order, each with the place of the page that says more; then what deserves a look."""

    said: tuple[tuple[str, str], ...]
    intro: str
    looks: tuple[Look, ...]
    more: str


def of(findings: Findings, flagged: list[tuple[Question, Flags]], lang: Lang) -> Verdict:
    """The verdict on one grading; `flagged` are the questions that deserve a look, the gravest first."""
    sat = findings.sat
    said = [(SAYS["sat"][lang].format(all=findings.tally.candidates, sat=sat, away=_away(findings, lang)), "")]
    if not sat:
        return Verdict(tuple(said), "", (), "")
    said += [_mean(findings, lang), _waiting(findings, lang), *_reliability(findings, lang)]
    said += [*_classes(findings, lang), *_points(findings, lang), *_mistake(findings, lang)]
    looks = tuple(
        Look(question.label, question.placed.item.title[lang], why(findings, question, own, lang))
        for question, own in flagged[:LOOKS]
    )
    if sat < flags.FEWEST:
        return Verdict(tuple(said), SAYS["few"][lang].format(fewest=flags.FEWEST), (), "")
    if not looks:
        return Verdict(tuple(said), SAYS["fine"][lang], (), "")
    chance = sum(not any(flag.sure for flag in own) for _, own in flagged)
    doubt = SAYS["doubt"][lang].format(count=chance) if chance else ""
    intro = COUNTED["look"].of(len(flagged), lang, total=len(findings.questions), doubt=doubt)
    rest = len(flagged) - len(looks)
    return Verdict(tuple(said), intro, looks, SAYS["more"][lang].format(count=rest) if rest else "")


def why(findings: Findings, question: Question, own: Flags, lang: Lang) -> str:
    """Why a question deserves a look, and what to do: few right (0.21) and …: look at its key first."""
    measured = question.measures
    fills = {"told": number(measured.discrimination, 2), "facility": number(measured.facility, 2),
             "blank": measured.blank, **_rival(findings, question, lang)}  # fmt: skip
    reasons = {flag.reason for flag in own}
    told = [WHY[reason][lang].format(**fills) for reason in SAID if reason in reasons]
    advice = ADVICE["key" if flags.suspect(own) else own[0].reason][lang]
    chance = "" if any(flag.sure for flag in own) else CHANCE[lang]
    return f"{'，'.join(told)}{chance}：{advice}" if lang == "zh" else f"{' and '.join(told)}{chance}: {advice}"


def _rival(findings: Findings, question: Question, lang: Lang) -> dict[str, object]:
    found: list[tuple[picks.Pick, int]] = []
    for column in question.columns:
        own = findings.picks.get(column, ())
        if (wrong := flags.rival(own)) is not None:
            found.append((wrong, max(each.upper for each in own if each.right is not False)))
    return {"option": found[0][0].text[lang], "wrong": found[0][0].upper, "right": found[0][1]} if found else {}


def _away(findings: Findings, lang: Lang) -> str:
    told = [
        f"{word} {count} 人" if lang == "zh" else f"{count} {word}"
        for word, count in findings.tally.away(lang).items() if count
    ]  # fmt: skip
    if not told:
        return ""
    return f"（{'，'.join(told)}）" if lang == "zh" else f" ({', '.join(told)})"


def _mean(findings: Findings, lang: Lang) -> tuple[str, str]:
    full, sat = findings.exam.total, findings.sat
    passed = bands.passed(findings.totals, full)
    said = SAYS["mean"][lang].format(
        mean=number(findings.totals.mean, 1), full=printed_marks(full), passed=passed,
        mark=printed_marks(bands.PASS * full), rate=percent(passed, sat),
    )  # fmt: skip
    return said, "totals"


def _waiting(findings: Findings, lang: Lang) -> tuple[str, str]:
    waiting, doubtful = findings.undecided
    full, sat = findings.exam.total, findings.sat
    told = [COUNTED["waits"].of(
        waiting, lang, mean=number(findings.highest.mean, 1),
        rate=percent(bands.passed(findings.highest, full), sat),
    )] if waiting else [SAYS["settled"][lang]]  # fmt: skip
    told += [COUNTED["doubtful"].of(doubtful, lang)] if doubtful else []
    return ("" if lang == "zh" else " ").join(told), "waiting" if waiting or doubtful else ""


def _reliability(findings: Findings, lang: Lang) -> list[tuple[str, str]]:
    """The standard error of measurement, where the reliability can be told."""
    alpha, error = findings.reliability.alpha, findings.reliability.measurement
    if not 0 < alpha < 1 or findings.sat < flags.FEWEST:
        return []
    mark = float(bands.PASS * findings.exam.total)
    near = int(findings.totals.counts[np.abs(findings.totals.marks.floats - mark) < error].sum())
    return [(COUNTED["reliability"].of(near, lang, alpha=number(alpha, 2), error=number(error, 1)), "")]


def _classes(findings: Findings, lang: Lang) -> list[tuple[str, str]]:
    found = sorted(classes.table(findings), key=lambda each: each.totals.mean)
    if len(found) < 2:
        return []
    low, high = found[0], found[-1]
    told = SAYS["classes"][lang].format(low=number(low.totals.mean, 1), lowest=low.name or "–",
                                        high=number(high.totals.mean, 1), highest=high.name or "–")  # fmt: skip
    return [(told, "classes")]


def _points(findings: Findings, lang: Lang) -> list[tuple[str, str]]:
    found = shares.points(findings)[:POINTS]
    between, told = ("、", "{}（{}）") if lang == "zh" else (", ", "{} ({})")
    names = between.join(
        told.format(shares.called(findings, each, lang).rstrip("。. "), number(each.share, 2)) for each in found
    )
    return [(SAYS["points"][lang].format(names=names), "content")] if found else []


def _mistake(findings: Findings, lang: Lang) -> list[tuple[str, str]]:
    named = next((each for each in findings.mistakes if ".mistake." in each.note), None)
    if named is None:
        return []
    told = COUNTED["mistake"].of(named.count, lang, column=named.column, name=named.name[lang].rstrip("。. "))
    return [(told, "mistakes")]
