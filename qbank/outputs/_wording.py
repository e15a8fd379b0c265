"""The words a page says on its own account, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from qbank.model import Accommodation, Lang


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's words; a text with braces is filled by `str.format`."""

    form: str
    minutes: str
    total: str
    name: str
    number: str
    group: str
    question: str
    sum: str
    score: str
    marker: str
    reviewer: str
    section: str
    section_marks: str
    lead_marks: str
    part_marks: str
    step_marks: str
    question_marks: str
    total_marks: str
    answer: str
    order: str
    several: str
    bracket: str
    page_before: str
    page_between: str
    page_after: str
    seal: str
    sealed: str
    continued: str
    turn_over: str
    end: str
    blank_page: str
    open_book: str
    closed_book: str
    course_code: str
    logo: str
    large_print: str
    extra_time: str
    extra_minutes: str
    time_and_more: str
    notices: str
    question_number: str
    blank: str
    nth: str
    working: str
    book: str
    examiners: str
    key: str
    grid_answer: str
    glance: str
    accepted: str
    further: str
    span: str
    mistakes: str
    credit: str
    scheme: str
    solution: str
    marks: str
    candidate: str
    paper: str
    variant: str
    show: str
    marking_list: str
    formula: str
    table: str
    answer_grid: str
    contents: str


ZH = Wording(
    form="（{} 卷）",
    minutes="考试时间：{} 分钟",
    total="满分：{} 分",
    name="姓名",
    number="学号",
    group="班级",
    question="题号",
    sum="总分",
    score="得分",
    marker="阅卷人",
    reviewer="复核人",
    section="{}、{}",
    section_marks="共 {} 分",
    lead_marks="（{} 分）",
    part_marks="（{} 分）",
    step_marks="（{} 分）",
    question_marks="（{} 分）",
    total_marks="（{} 分）",
    answer="答：",
    order="顺序：",
    several="（多选）",
    bracket="（　　）",
    page_before="第",
    page_between="页　共",
    page_after="页",
    seal="密封线",
    sealed="密封线内请勿答题",
    continued="第 {} 题（续）",
    turn_over="请翻页",
    end="（全卷完）",
    blank_page="本页无试题",
    open_book="开卷",
    closed_book="闭卷",
    course_code="课程代码：{}",
    logo="{}校徽",
    large_print="大字卷",
    extra_time="延长时间",
    extra_minutes="{} 分钟",
    time_and_more="{} 分钟（含延长 {} 分钟）",
    notices="注意事项",
    question_number="题号",
    blank="空格",
    nth="第 {} 空",
    working="解答区",
    book="参考答案与评分标准",
    examiners="仅供阅卷使用，请勿外传",
    key="答案",
    grid_answer="答案",
    glance="答案一览",
    accepted="给分范围",
    further=" 等",
    span=" ～ ",
    mistakes="常见错误",
    credit="得分率",
    scheme="评分标准",
    solution="解答",
    marks="分值",
    candidate="考生",
    paper="卷别",
    variant="变式",
    show="答案与解答",
    marking_list="阅卷对照表",
    formula="公式",
    table="表格",
    answer_grid="答题栏",
    contents="目录",
)
EN = Wording(
    form=" — Paper {}",
    minutes="Time allowed: {} minutes",
    total="Total: {} marks",
    name="Name",
    number="Student No.",
    group="Class",
    question="Section",
    sum="Total",
    score="Marks",
    marker="Marked by",
    reviewer="Checked by",
    section="Section {}. {}",
    section_marks="{} marks",
    lead_marks="",
    part_marks="[{}]",
    step_marks="[{}]",
    question_marks="[{}]",
    total_marks="({} marks)",
    answer="Answer:",
    order="Order:",
    several="(choose all that apply)",
    bracket="(\u2003\u2003)",
    page_before="Page",
    page_between="of",
    page_after="",
    seal="",
    sealed="This strip is sealed before marking. Do not answer in it.",
    continued="Question {} continued",
    turn_over="Turn over",
    end="End of paper",
    blank_page="This page is blank",
    open_book="Open book",
    closed_book="Closed book",
    course_code="Course code: {}",
    logo="Logo of {}",
    large_print="Large print",
    extra_time="Extra time",
    extra_minutes="{} min",
    time_and_more="{} minutes, {} of them extra",
    notices="Notices",
    question_number="Question",
    blank="blank",
    nth="no. {}",
    working="working space",
    book="Answers and marking scheme",
    examiners="For examiners only",
    key="Key",
    grid_answer="Answer",
    glance="All keys at a glance",
    accepted="Accepted",
    further=" …",
    span=" to ",
    mistakes="Foreseen mistakes",
    credit="Credit",
    scheme="Mark scheme",
    solution="Solution",
    marks="Marks",
    candidate="Candidate",
    paper="Paper",
    variant="Variant",
    show="Key and solution",
    marking_list="Marking list",
    formula="formula",
    table="table",
    answer_grid="answer grid",
    contents="Contents",
)


def wording(lang: Lang) -> Wording:
    """The words of one language."""
    return ZH if lang == "zh" else EN


def granted(accommodation: Accommodation, lang: Lang) -> str:
    """What a candidate is granted, in a few words; empty for nothing.

    >>> granted(Accommodation(True, percent=25.0), "en"), granted(Accommodation(minutes=30), "zh")
    ('Large print, Extra time 25%', '延长时间 30 分钟')
    """
    words = wording(lang)
    much = [
        *([f"{accommodation.percent:g}%"] if accommodation.percent else []),
        *([words.extra_minutes.format(accommodation.minutes)] if accommodation.minutes else []),
    ]
    said = [words.large_print] * accommodation.large_print + [f"{words.extra_time} {each}" for each in much]
    return ("，" if lang == "zh" else ", ").join(said)


def number(marks: Fraction) -> str:
    """Marks as a page prints them.

    >>> number(Fraction(3)), number(Fraction(5, 2))
    ('3', '2.5')
    """
    return str(marks.numerator) if marks.denominator == 1 else f"{float(marks):g}"
